"""What the names of a text may mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derivgen.expr.nodes import Expr


@dataclass(frozen=True, slots=True)
class Scope:
    """The declared names: variables, earlier functions (references) and unspecified functions; and the sizes.

    With `differentials`, dX is the differential of a declared X and d(...) that of an expression.
    """

    names: Mapping[str, Expr]
    sizes: frozenset[str] = frozenset()
    differentials: bool = False
