"""Two sides that can be one all around a point, and not at single points alone: r*A and clip(r)*A inside the clip.

There neither side is larger, both have the same derivative, and there is no kink; elsewhere there may be one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derivgen.calculus.monomials import is_zero
from derivgen.calculus.simplify import tidy
from derivgen.errors import NoRule
from derivgen.expr.build import negative, zeros
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Choice, Expr, Sum
from derivgen.expr.walk import inlined, leaves, nodes_within, replaced

# So many functions with branches are followed, which is eight ways through them.
_MOST = 3


@remembered
def agree_around(left: Expr, right: Expr) -> bool:
    """Whether one way through the branches of both sides makes them equal everywhere."""
    gap = inlined(Sum((left, negative(right))))
    if any(isinstance(node, Apply) and node.function in {"step", "sign"} for node in nodes_within(gap)):
        return False  # what is flat on both sides of a jump is told by other conditions
    try:
        return any(is_zero(tidy(way)) for way in _ways(gap))
    except NoRule:
        return False


def _ways(expr: Expr) -> Iterator[Expr]:
    """The expression with each function that has branches replaced by one of them; none where it has no such."""
    found = {node: sides for node in nodes_within(expr) if leaves(node) and (sides := _branches(node))}
    if not 0 < len(found) <= _MOST:
        return
    for chosen in product(*found.values()):
        yield _followed(expr, dict(zip(found, chosen, strict=True)))


def _followed(expr: Expr, table: dict[Expr, Expr]) -> Expr:
    """What is replaced outermost first, until nothing is left: a branch may hold another function with branches."""
    changed = replaced(expr, table)
    return expr if changed == expr else _followed(changed, table)


def _branches(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case Apply(function="max" | "min", arguments=sides) if all(side.shape == expr.shape for side in sides):
            return sides
        case Apply(function="max" | "min", arguments=sides):
            return tuple(side for side in sides if side.shape == expr.shape)
        case Apply(function="relu", arguments=(inner,)):
            return inner, zeros(expr.shape)
        case Apply(function="abs", arguments=(inner,)):
            return inner, negative(inner)
        case Choice(then=then, otherwise=otherwise):
            return tuple(side for side in (then, otherwise) if side.shape == expr.shape)
        case _:
            return ()
