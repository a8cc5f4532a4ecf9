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
    SizeNumber,
    Transpose,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Shape, Size
from derivgen.expr.walk import parts
from derivgen.printing.boxes import Box, Fenced, Operator, Row
from derivgen.printing.present import present


def symbols_used(derivations: Sequence[Derivation]) -> list[Given]:
    """A row for each sign that the steps or the answers of a page use, in the order of the table."""
    seen: dict[str, Expr] = {}
    changes: dict[Expr, None] = {}
    for derivation in derivations:
        lines = [form for step in derivation.steps for form in (step.left, *step.between, step.after)]
        for expr in (*lines, *(result.expr for result in derivation.results), derivation.request.of):
            _note(expr, seen, changes)
    rows = [_change(change) for change in changes if isinstance(change, Differential)]
    return rows + [_row(sign, seen[sign]) for sign in _ROLES if sign in seen]


def stacked(variables: Sequence[Variable]) -> Given:
    """The row of several scalars after `wrt`: a column, in this order."""
    boxes: list[Box] = []
    for variable in variables:
        boxes += [*([Operator(",", "punctuation")] if boxes else []), present(variable)]
    shape = f"{len(variables)} x 1"
    return Given(Fenced("(", Row(tuple(boxes)), ")"), shape, ("the variables, in this order",))


def sizes_used(names: Sequence[str]) -> list[Given]:
    """A row for each name of a size."""
    return [Given(SizeNumber(Size.named(name)), "", ("a size: any whole number from 1 up",)) for name in names]


def _change(change: Differential) -> Given:
    return Given(change, str(change.shape), ("the change of ", change.of, ", to first order"))


_ROLES = {
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


def _note(expr: Expr, seen: dict[str, Expr], changes: dict[Expr, None]) -> None:
    match expr:
        case Differential(of=Variable() | Reference() | Unspecified()):
            changes.setdefault(expr)
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
        _note(part, seen, changes)


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
    return Given(symbol, "" if shape is None else str(shape), (_ROLES[sign],))
