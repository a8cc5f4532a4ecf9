"""The functions that an expression uses by name."""

from __future__ import annotations

from derivgen.expr.nodes import Expr, Reference
from derivgen.expr.walk import parts


def names_within(expr: Expr) -> dict[str, Expr]:
    """The references that occur, by name, also inside one another."""
    if isinstance(expr, Reference):
        return {expr.name: expr, **names_within(expr.body)}
    return {name: found for part in parts(expr) for name, found in names_within(part).items()}
