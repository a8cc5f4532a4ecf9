"""The steps of a derivation in the layouts that are asked for: the first one leads, the other may stand beside it."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.checks import Checker, Named
from derivgen.calculus.constantsteps import with_constants_apart
from derivgen.calculus.layouts import in_symbols, same_in_both, turned, turns
from derivgen.calculus.recorder import numbered
from derivgen.calculus.records import Step
from derivgen.expr.nodes import Expr, Reference, Unspecified
from derivgen.expr.walk import nodes_within
from derivgen.problem.problem import LayoutName, Problem, Request
from derivgen.record import record

SECOND = "second"


@record
class Arrangement:
    """How the lines of one request are laid out."""

    problem: Problem
    request: Request
    checker: Checker

    @property
    def layout(self) -> LayoutName:
        """The layout of the answer in which the steps end, and of the lines that have one."""
        return self.problem.layouts(self.request)[0]

    @property
    def is_beside(self) -> bool:
        """Whether each line stands in both layouts: where everything is shown, and both are."""
        both = len(self.problem.layouts(self.request)) > 1
        return both and self.problem.detail == "detailed" and turns(self.request)

    def steps(self, made: tuple[Step, ...], denominator: Expr) -> tuple[Step, ...]:
        """The numbered steps; the last one ends in the answer of the first layout.

        Raises: WrongStep if a turned line fails its check.
        """
        if self.layout == "denominator" or self.is_beside:
            return self._pairs(self._numbered(made), denominator)
        return self._numbered(made)

    def _numbered(self, made: tuple[Step, ...]) -> tuple[Step, ...]:
        """The steps with their numbers; where everything is shown, with what is constant in steps of its own."""
        steps = numbered(made)
        if self.problem.detail != "detailed":
            return steps
        checker = self.checker.naming(named_within(self.request.of))
        return tuple(with_constants_apart(step, checker) for step in steps)

    def _pairs(self, made: tuple[Step, ...], denominator: Expr) -> tuple[Step, ...]:
        checker = self.checker.naming(named_within(self.request.of))
        places = self._turning(made)
        others = [_column(turned(step, checker) if k in places else step) for k, step in enumerate(made)]
        if len(made) - 1 in places:
            others[-1] = _ending(others[-1], in_symbols(denominator), checker)
        return tuple(self._led(step, other) for step, other in zip(made, others, strict=True))

    def _led(self, step: Step, other: Step) -> Step:
        """The line of the layout that leads, with the other one beside it if that is asked for."""
        lead, beside = (other, step) if self.layout == "denominator" else (step, other)
        parts = tuple(self._led(a, b) for a, b in zip(step.parts, other.parts, strict=True))
        differs = self.is_beside and not same_in_both(step, other)
        return replace(lead, parts=parts, other=replace(beside, parts=()) if differs else None)

    def _turning(self, made: tuple[Step, ...]) -> range:
        """Which steps turn.

        A Hessian, which is symmetric, and its gradient as a column stay. The second derivative of an array is found
        from its first one in numerator layout, so there the first lines stay, and those of the second one turn.
        """
        second = next((k for k, step in enumerate(made) if step.subgoal == SECOND), len(made))
        if not turns(self.request):
            return range(second, len(made))
        return range(len(made) if self.request.order == 1 or self.request.then else second)


def named_within(of: Named) -> tuple[Named, ...]:
    """The functions on the way, innermost first: a line may speak of a derivative by one of them."""
    within = {n.name: n for n in nodes_within(of) if isinstance(n, Reference | Unspecified) and n.name != of.name}
    # A function has fewer nodes than each that uses it.
    return tuple(sorted(within.values(), key=lambda function: sum(1 for _ in nodes_within(function))))


def _column(step: Step) -> Step:
    """The line that names the gradient, a column in denominator layout already: no layout changes there."""
    return replace(step, also=tuple(rule for rule in step.also if rule != "transpose-layout"))


def _ending(step: Step, answer: Expr, checker: Checker) -> Step:
    """The last step with the answer as it is printed."""
    if step.after == answer:
        return step
    between = tuple(form for form in step.between if form != answer)
    check = checker.check(step.left, *between, answer)
    return replace(step, after=answer, between=between, check=check)
