"""Products with the vector of ones, which the notation may write as sums of entries."""

from __future__ import annotations

from itertools import takewhile

from derivgen.expr.build import apply
from derivgen.expr.nodes import Apply, Expr, Product, Transpose
from derivgen.printing.notation import Notation


def with_sums(expr: Product, notation: Notation) -> Expr:
    """The product with sum(v) for its factors 1^T v, or v^T 1, where the notation wants that; else as it is."""
    if notation.ones != "sum" or not expr.is_scalar:
        return expr
    scalars = tuple(takewhile(lambda factor: factor.is_scalar, expr.factors))
    added = _added(expr.factors[len(scalars) :])
    if added is None:
        return expr
    total = apply("sum", added)
    return Product((*scalars, total)) if scalars else total


def _added(factors: tuple[Expr, ...]) -> Expr | None:
    """The vector that is added up: what stands behind a row of ones, or before a column of them."""
    match factors:
        case (first, *rest) if rest and first.shape.is_row and _is_ones(first):
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
        case (Transpose(argument=vector), last) if vector.shape.is_column and _is_ones(last):
            return vector
        case _:
            return None


def _is_ones(expr: Expr) -> bool:
    match expr:
        case Apply(function="ones") | Transpose(argument=Apply(function="ones")):
            return True
        case _:
            return False
