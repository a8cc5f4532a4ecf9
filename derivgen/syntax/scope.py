"""What the names of a text may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from derivgen.expr.nodes import Expr, Index
from derivgen.record import record


@record
class Scope:
    """The declared names: variables, earlier functions (references) and unspecified functions; and the sizes.

    With `differentials`, dX is the differential of a declared X and d(...) that of an expression; lines in index
    notation are known too, and `indices` are the letters that the sums around a place count with.
    """

    names: Mapping[str, Expr]
    sizes: frozenset[str] = frozenset()
    differentials: bool = False
    indices: Mapping[str, Index] = field(default_factory=dict)
