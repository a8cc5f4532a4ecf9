"""NumPy programs as JAX programs: jax.numpy has the same functions under the same names."""

from __future__ import annotations

import ast

from derivgen.printing.numpy import RESERVED, Program

IMPORTS = "import jax.numpy as jnp"
NAMES = RESERVED - {"np"} | {"jnp"}


def in_jax(program: Program) -> ast.FunctionDef:
    """The function with jnp for np."""
    made: ast.FunctionDef = _Renamed().visit(program.function)
    return made


class _Renamed(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:  # ast's own naming
        return ast.Name("jnp", node.ctx) if node.id == "np" else node
