"""Square arrays that are the same on the diagonal whatever their variables are: X and X.T, x @ 1.T and 1 @ x.T.

Compared entry by entry they have no kink there; beside the diagonal they may have one.
"""

from __future__ import annotations

from derivgen.calculus.entries import entry
from derivgen.calculus.monomials import is_zero
from derivgen.calculus.simplify import tidy
from derivgen.errors import NoRule
from derivgen.expr.build import negative
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Component, Expr, Stack, Sum, Transpose
from derivgen.expr.sizes import SCALAR
from derivgen.expr.walk import inlined, nodes_within

# What treats the first row otherwise than the others.
_PLACED = frozenset({"unit", "vec", "kron", "commutation"})


@remembered
def meet_on_diagonal(left: Expr, right: Expr) -> bool:
    """Whether both sides are equal on the whole diagonal for all values."""
    if left.is_scalar or left.shape.rows != left.shape.columns or right.shape not in (left.shape, SCALAR):
        return False
    gap = inlined(Sum((left, negative(right))))
    try:
        return is_zero(tidy(Sum((gap, Transpose(gap))))) or _has_no_diagonal(gap)
    except NoRule:
        return False


def _has_no_diagonal(gap: Expr) -> bool:
    # Where no entry is named, what holds of the first one holds of all.
    rows = gap.shape.rows.number if any(map(_names_entries, nodes_within(gap))) else 1
    return rows is not None and all(is_zero(tidy(entry(gap, i, i))) for i in range(1, rows + 1))


def _names_entries(node: Expr) -> bool:
    return isinstance(node, Component | Stack) or (isinstance(node, Apply) and node.function in _PLACED)
