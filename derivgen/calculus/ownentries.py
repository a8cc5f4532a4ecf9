"""An array compared with one of its own entries: max(x, x[2]), abs(x - x[1]), where(X > X[1, 1], X, 0).

At that entry both sides are the same whatever x is, so there is no kink; everywhere else there may be one.
"""

from __future__ import annotations

from derivgen.calculus.entries import entry, spelled
from derivgen.calculus.monomials import is_zero
from derivgen.calculus.simplify import tidy
from derivgen.errors import NoRule
from derivgen.expr.build import MINUS_ONE
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Component, Expr, Product, Sum
from derivgen.expr.walk import inlined, nodes_within

Place = tuple[int, int]


@remembered
def own_entry(array: Expr, number: Expr) -> Place | None:
    """Row and column of the entry of `array` that `number` is, counted from 1; None where it is no such entry."""
    if array.is_scalar or not number.is_scalar:
        return None
    whole, part = inlined(array), inlined(number)
    for node in nodes_within(part):
        match node:
            case Component(row=int(i), column=int(j)) if _is_entry(part, whole, i, j):
                return i, j
            case _:
                pass
    return None


def _is_entry(part: Expr, whole: Expr, i: int, j: int) -> bool:
    if not _has_entry(whole, i, j):
        return False
    if part == Component(whole, i, j):
        return True
    try:
        return is_zero(tidy(Sum((entry(whole, i, j), Product((MINUS_ONE, spelled(part)))))))
    except NoRule:
        return False


def _has_entry(whole: Expr, i: int, j: int) -> bool:
    rows, columns = whole.shape
    return all(size.number is None or place <= size.number for size, place in ((rows, i), (columns, j)))
