"""Conditions on sizes that follow from the structure: A.T @ A has an inverse only if A is tall.

A product has no larger rank than each of its factors, a sum no larger one than the sum of
the ranks. Source: Horn and Johnson, Matrix Analysis, 2nd ed. (2013), sec. 0.4.5.
"""

from __future__ import annotations

from itertools import product

from derivgen.expr.build import ZERO_NUMBER, size
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Constant, Expr, Product, Quotient, Reference, Sum, Transpose
from derivgen.expr.sizes import Size
from derivgen.problem.problem import Condition

_MOST = 8


def size_conditions(condition: Condition) -> tuple[Condition, ...]:
    """What the sizes must meet for a condition on a matrix: m >= n for `A.T @ A invertible`, A being m x n."""
    match condition:
        case Condition(relation="invertible" | "positive definite", left=matrix):
            return _full_rank(matrix)
        case Condition(relation=">" | "<" | "!=", left=Apply(function="det", arguments=(matrix,)), right=right) if (
            right == ZERO_NUMBER
        ):
            return _full_rank(matrix)
        case _:
            return ()


def _full_rank(matrix: Expr) -> tuple[Condition, ...]:
    rows = matrix.shape.rows
    short = [bound for bound in _bounds(matrix) if any(count < 0 for _, count in (bound - rows).terms)]
    named = [bound for bound in short if bound.number is None or rows.number is None]
    return tuple(
        Condition(size(rows), "<=", size(bound))
        if bound.number is not None
        else Condition(size(bound), ">=", size(rows))
        for bound in named
    )


@remembered
def _bounds(expr: Expr) -> tuple[Size, ...]:
    """Numbers that the rank is never above; each holds, and the smallest is what counts."""
    own = (expr.shape.rows, expr.shape.columns)
    match expr:
        case Reference(body=inner) | Transpose(argument=inner) | Apply(function="inv", arguments=(inner,)):
            return _bounds(inner)
        case Apply(function="matpow", arguments=(inner, Constant(value=k))) if k:
            return _bounds(inner)
        case Product(factors=factors):
            return _distinct(tuple(bound for f in factors if not f.is_scalar for bound in _bounds(f)) or own)
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar:
            return _distinct(_bounds(top))
        case Sum(terms=terms):
            sums = product(*(_bounds(term) for term in terms))
            return _distinct(
                (*own, *(sum(chosen, Size.whole(0)) for _, chosen in zip(range(_MOST), sums, strict=False)))
            )
        case Apply(function="outer"):
            return _distinct((*own, Size.whole(1)))
        case _:
            return _distinct(own)


def _distinct(sizes: tuple[Size, ...]) -> tuple[Size, ...]:
    return tuple(dict.fromkeys(sizes))
