"""Expressions as the source of a file that builds them with SymPy: symbols, then one name a line."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from derivgen.expr.nodes import Expr
from derivgen.printing.identifiers import python_names
from derivgen.printing.sympy import built
from derivgen.printing.sympykit import ELSEWHERE

RESERVED = frozenset({"sp", *ELSEWHERE})


def sympy_lines(named: Iterable[tuple[str, Expr]], names: Iterable[str]) -> str:
    """Assignments of expressions to names; `names` are all names of the spec that the expressions may use.

    Raises: DerivgenError for what SymPy cannot hold.
    """
    results = tuple(named)
    spec_names = tuple(dict.fromkeys(names))
    kit = _Source(python_names(spec_names, RESERVED | {name for name, _ in results}))
    for name, expr in results:
        kit.assign(name, built(expr, kit))
    imports = [
        "import sympy as sp",
        *(f"from {ELSEWHERE[name]} import {name}" for name in ELSEWHERE if name in kit.used),
    ]
    body = ast.unparse(ast.fix_missing_locations(ast.Module(kit.lines, [])))
    return "\n".join([*imports, "", body, ""])


@dataclass(slots=True)
class _Source:
    """Calls as Python's nodes, and the assignments so far."""

    names: dict[str, str]
    lines: list[ast.stmt] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def assign(self, name: str, value: ast.expr) -> None:
        """Give a value a name."""
        if isinstance(value, ast.Constant | ast.UnaryOp):
            value = self.call("Integer", value)
        self.lines.append(ast.Assign([ast.Name(name, ast.Store())], value, lineno=0))

    def call(self, function: str, *arguments: ast.expr) -> ast.expr:
        """A call of SymPy; a tuple is Python's own."""
        if function == "Tuple":
            return ast.Tuple(list(arguments), ast.Load())
        return ast.Call(self.constant(function), list(arguments), [])

    def constant(self, name: str) -> ast.expr:
        """A name of SymPy."""
        if name in ELSEWHERE:
            self.used.add(name)
            return ast.Name(name, ast.Load())
        return ast.Attribute(ast.Name("sp", ast.Load()), name, ast.Load())

    def whole(self, value: int) -> ast.expr:
        """A whole number."""
        return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)

    def size(self, name: str) -> ast.expr:
        """The symbol of a size."""
        return self._symbol(name, "Symbol", (), integer=True, positive=True)

    def variable(self, name: str, shape: tuple[ast.expr, ast.expr] | None) -> ast.expr:
        """The symbol of a variable."""
        return (
            self._symbol(name, "Symbol", (), real=True) if shape is None else self._symbol(name, "MatrixSymbol", shape)
        )

    def index(self, name: str) -> ast.expr:
        """A fresh symbol to run over."""
        taken = {*self.names, *self.names.values()}
        free = next(one for k in range(len(taken) + 1) if (one := f"{name}_{k}" if k else name) not in taken)
        self.names[free] = free
        return self._symbol(
            free, "Symbol", (), **({"real": True} if name == "z" else {"integer": True, "nonnegative": True})
        )

    def reference(self, name: str, value: ast.expr) -> ast.expr:
        """An earlier function, which is assigned once."""
        if name not in self.known:
            self.known.add(name)
            self.assign(self.names[name], value)
        return ast.Name(self.names[name], ast.Load())

    def _symbol(self, name: str, kind: str, shape: tuple[ast.expr, ...], **assumptions: bool) -> ast.expr:
        if name not in self.known:
            self.known.add(name)
            keywords = [ast.keyword(word, ast.Constant(value)) for word, value in assumptions.items()]
            made = ast.Call(self.constant(kind), [ast.Constant(name), *shape], keywords)
            self.assign(self.names[name], made)
        return ast.Name(self.names[name], ast.Load())
