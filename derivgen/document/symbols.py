"""The table of symbols: every sign of a page that is not a name of the spec, said once."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Given
from derivgen.expr.nodes import (
    Apply,
    Differential,
    Expr,
    Hadamard,
    Quotient,
    Reference,
    Transpose,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import parts
from derivgen.printing.boxes import Box, Operator


def symbols_used(derivations: Sequence[Derivation]) -> list[Given]:
    """A row for each sign that the steps or the answers of a page use, in the order of the table."""
    seen: dict[str, Expr] = {}
    for derivation in derivations:
        lines = [form for step in derivation.steps for form in (step.left, *step.between, step.after)]
        for expr in (*lines, *(result.expr for result in derivation.results), derivation.request.of):
            _note(expr, seen)
    return [_row(sign, seen[sign]) for sign in _ROLES if sign in seen]


_ROLES = {
    "d": "",
    "transpose": "transpose: rows and columns exchanged",
    "hadamard": "element-wise product",
    "division": "element-wise division",
    "ones": "the vector of ones",
    "zeros": "zeros only",
    "eye": "identity matrix",
    "unit": "unit vector: a one in the place of its index, zeros elsewhere",
    "step": "indicator: 1 where the condition holds, else 0",
    "diag": "diagonal matrix with these entries on its diagonal",
    "log": "natural logarithm",
    "sigmoid": "sigmoid, 1/(1 + exp(−z))",
    "norm": "Euclidean norm",
}


def _note(expr: Expr, seen: dict[str, Expr]) -> None:
    match expr:
        case Differential(of=Variable() | Reference() | Unspecified()):
            seen.setdefault("d", expr)
        case Transpose(argument=Variable() | Reference()):
            seen.setdefault("transpose", expr)
        case Apply(function=name) if name == "dot":
            seen.setdefault("transpose", Transpose(expr.arguments[0]))
        case Hadamard():
            seen.setdefault("hadamard", expr)
        case Quotient() if not expr.denominator.is_scalar:
            seen.setdefault("division", expr)
        case Apply(function=name) if name in _ROLES:
            seen.setdefault(name, expr)
        case _:
            pass
    for part in (expr.body,) if isinstance(expr, Reference) else parts(expr):
        _note(part, seen)


def _row(sign: str, example: Expr) -> Given:
    symbol: Expr | Box = example
    shape: Shape | None = None
    match sign:
        case "hadamard":
            symbol = Operator("⊙", "binary")
        case "division":
            symbol = Operator("⊘", "binary")
        case _:
            shape = example.shape
    if isinstance(example, Differential):
        return Given(
            example,
            f"{example.shape.rows} x {example.shape.columns}",
            ("the change of ", example.of, ", to first order"),
        )
    return Given(symbol, "" if shape is None else f"{shape.rows} x {shape.columns}", (_ROLES[sign],))
