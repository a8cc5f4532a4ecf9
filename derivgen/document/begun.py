"""Where a second derivative begins with a gradient that was found before: those steps are not shown again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from derivgen.calculus.records import Derivation, Step
from derivgen.expr.nodes import Expr
from derivgen.record import record


@record
class Begun:
    """How many first steps of a derivation an earlier one has, and the place of that one, counted from 0."""

    count: int = 0
    place: int = 0

    def new(self, steps: Sequence[Step]) -> tuple[Step, ...]:
        """The steps that the earlier derivation does not have."""
        return tuple(step for step in steps if not self.has(step))

    def has(self, step: Step) -> bool:
        """Whether the earlier derivation has this step."""
        return int("".join(takewhile(str.isdigit, step.number))) <= self.count


# A derivation of which nothing was found before.
WHOLE = Begun()


def begun_by(earlier: Sequence[Derivation], derivation: Derivation) -> Begun:
    """Where the gradient, of which a second derivative starts, has been found before; no steps where it has not."""
    request = derivation.request
    if not request.is_second:
        return WHOLE
    for place, one in enumerate(earlier):
        lines = _lines(one.steps)
        is_gradient = not one.request.is_second
        same = (one.request.of, one.request.wrt) == (request.of, request.wrt)
        if is_gradient and same and lines == _lines(derivation.steps[: len(lines)]):
            return Begun(len(lines), place)
    return WHOLE


def _lines(made: Sequence[Step]) -> tuple[tuple[str, Expr, Expr], ...]:
    return tuple((step.rule, step.left, step.after) for step in made)
