"""Derivations as a file of Python that runs: functions for NumPy, JAX or PyTorch, expressions for SymPy."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence

from derivgen.calculus.records import Derivation, Result
from derivgen.expr.nodes import Expr, Reference, Unspecified, Variable
from derivgen.expr.walk import leaves, nodes_within, size_names
from derivgen.printing import jax, numpy, torch
from derivgen.printing.identifiers import python_names
from derivgen.printing.numpy import Program, array_program, value_program
from derivgen.printing.sympysource import RESERVED, sympy_lines
from derivgen.printing.text import text
from derivgen.record import record

ARGUMENTS = "Vectors are n x 1 arrays, matrices have two axes, scalars are numbers."
TENSORS = (
    "Vectors are n x 1 tensors, matrices have two axes, scalars are tensors without one; give all of them one dtype."
)


@record
class Library:
    """What a file for one library begins with, which names it keeps for itself, and how a program is turned."""

    imports: str
    reserved: frozenset[str]
    turned: Callable[[Program], ast.FunctionDef]
    arguments: str


def _as_made(program: Program) -> ast.FunctionDef:
    return program.function


LIBRARIES = {
    "numpy": Library("import numpy as np", numpy.RESERVED, _as_made, ARGUMENTS),
    "jax": Library(jax.IMPORTS, jax.NAMES, jax.in_jax, ARGUMENTS),
    "torch": Library(torch.IMPORTS, torch.NAMES, torch.in_torch, TENSORS),
}


@record
class Named:
    """An expression with its name in the file and what there is to say of it."""

    name: str
    expr: Expr
    words: str
    is_derivative: bool


def module(title: str, found: Sequence[Derivation], library: Library) -> str:
    """The file with the functions themselves and their derivatives."""
    head = ast.unparse(ast.Module([ast.Expr(ast.Constant(f"{title}\n\n{library.arguments}\n"))], []))
    order = tuple(dict.fromkeys(name for one in found for name in _names_within(one)))
    functions = []
    for named in _named(found, library.reserved):
        make = array_program if named.is_derivative else value_program
        program = make(named.expr, named.name, order=order, reserved=library.reserved)
        function = library.turned(program)
        function.body.insert(0, ast.Expr(ast.Constant(named.words)))
        functions.append(numpy.written_out(function))
    return "\n\n\n".join([f"{head}\n\n{library.imports}", *functions]) + "\n"


def sympy_module(title: str, found: Sequence[Derivation]) -> str:
    """The file that builds the functions and their derivatives with SymPy.

    Raises: DerivgenError for what SymPy cannot hold.
    """
    named = tuple(_named(found, RESERVED))
    spec_names = [name for one in found for name in _names_within(one)]
    derivatives = [(one.name, one.expr) for one in named if one.is_derivative]
    head = ast.unparse(ast.Module([ast.Expr(ast.Constant(f"{title}\n\n{_listed(named)}\n"))], []))
    functions = [(one.name, one.expr) for one in named if not one.is_derivative]
    return f"{head}\n\n{sympy_lines([*functions, *derivatives], spec_names)}"


def _listed(named: Sequence[Named]) -> str:
    return "\n".join(f"{one.name}: {one.words}" for one in named)


def _names_within(found: Derivation) -> Iterator[str]:
    for expr in (found.request.of, *(result.expr for result in found.results)):
        yield from (leaf.name for leaf in leaves(expr) if isinstance(leaf, Variable | Unspecified))
        yield from size_names(expr)
        yield from (node.name for node in nodes_within(expr) if isinstance(node, Reference))


def _named(found: Sequence[Derivation], reserved: frozenset[str]) -> Iterator[Named]:
    """Each function once, then each derivative in its layouts; all names differ."""
    wanted: list[tuple[str, Expr, str, bool]] = [
        (function.name, function.body, text(function.body), False)
        for function in dict.fromkeys(one.request.of for one in found)
        if isinstance(function, Reference) and not any(isinstance(leaf, Unspecified) for leaf in leaves(function))
    ]
    for one in found:
        base = "derivative" if len(found) == 1 else _name_of(one)
        for k, result in enumerate(_different(one)):
            wanted.append((f"{base}_{result.layout}" if k else base, result.expr, _words(one, result), True))
    # The derivatives keep their names; a function that is called like one of them gives way.
    order = sorted(range(len(wanted)), key=lambda k: not wanted[k][3])
    taken: set[str] = set()
    names: dict[int, str] = {}
    for k in order:
        (names[k],) = python_names((wanted[k][0],), reserved | taken).values()
        taken.add(names[k])
    return (Named(names[k], expr, words, is_derivative) for k, (_, expr, words, is_derivative) in enumerate(wanted))


def _different(one: Derivation) -> tuple[Result, ...]:
    """The layouts that were asked for; one where they are the same."""
    return tuple({result.expr: result for result in reversed((*one.results, *one.views))}.values())[::-1]


def _words(one: Derivation, result: Result) -> str:
    layouts = " and ".join(other.layout for other in one.results if other.expr == result.expr)
    said = (
        f"{layouts} layout" if layouts else "",
        *(f"{view.layout} convention" for view in one.views if view.expr == result.expr),
    )
    return f"{one.request.text}, {' and '.join(filter(None, said))}, {result.shape}: {text(result.expr)}"


def _name_of(one: Derivation) -> str:
    request = one.request
    wrt = "".join(f"_d{variable.name}" for variable in request.wrt)
    then = "".join(f"_d{variable.name}" for variable in request.then)
    end = f"_then{then}" if then else "_twice" if request.order == 2 else ""
    return f"d{request.of.name}{wrt}{end}"
