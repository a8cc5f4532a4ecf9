"""The steps of a derivation in the layouts that are asked for: the first one leads, the other may stand beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivgen.calculus.checks import Checker, Named
from derivgen.calculus.constantsteps import with_constants_apart
from derivgen.calculus.layouts import in_symbols, same_in_both, turned, turns
from derivgen.calculus.recorder import Recorder, numbered
from derivgen.calculus.records import Step
from derivgen.expr.nodes import Expr, Reference, Transpose, Unresolved, Unspecified
from derivgen.expr.walk import nodes_within
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName, Problem, Request

LAYOUT, SECOND = "layout", "second"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the lines of one request are laid out."""

    problem: Problem
    request: Request
    checker: Checker

    @property
    def first(self) -> LayoutName:
        """The layout of the answer in which the steps end."""
        return self.problem.layouts(self.request)[0]

    @property
    def layout(self) -> LayoutName:
        """The layout in which the lines are written."""
        return self.first if turns(self.request) else "numerator"

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
        if self.first == "denominator" and text(made[-1].after) != text(denominator):
            made = (*made, self._last(made[-1], denominator))
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
        count = self._turned_count(made)
        others = [turned(step, checker) if k < count else step for k, step in enumerate(made)]
        if count == len(made):
            others[-1] = _ending(others[-1], in_symbols(denominator), checker)
        return tuple(self._led(step, other) for step, other in zip(made, others, strict=True))

    def _led(self, step: Step, other: Step) -> Step:
        """The line of the layout that leads, with the other one beside it if that is asked for."""
        lead, beside = (other, step) if self.layout == "denominator" else (step, other)
        parts = tuple(self._led(a, b) for a, b in zip(step.parts, other.parts, strict=True))
        differs = self.is_beside and not same_in_both(step, other)
        return replace(lead, parts=parts, other=replace(beside, parts=()) if differs else None)

    def _turned_count(self, made: tuple[Step, ...]) -> int:
        """How many of the first steps turn: a Hessian, which is symmetric, and its gradient as a column stay."""
        if self.request.order == 1 or self.request.then:
            return len(made)
        return next((k for k, step in enumerate(made) if step.subgoal == SECOND), len(made))

    def _last(self, last: Step, denominator: Expr) -> Step:
        """The step that turns the array where only the answer is in denominator layout."""
        left = last.left
        turned_left = replace(left, denominator=True) if isinstance(left, Unresolved) else Transpose(left)
        facts: dict[str, Expr] = {"variable": self.request.wrt[0]}
        return Recorder(self.checker).line(
            "transpose-layout", turned_left, denominator, before=Transpose(last.after), subgoal=LAYOUT, facts=facts
        )


def named_within(of: Named) -> tuple[Named, ...]:
    """The functions on the way, innermost first: a line may speak of a derivative by one of them."""
    within = {n.name: n for n in nodes_within(of) if isinstance(n, Reference | Unspecified) and n.name != of.name}
    # A function has fewer nodes than each that uses it.
    return tuple(sorted(within.values(), key=lambda function: sum(1 for _ in nodes_within(function))))


def _ending(step: Step, answer: Expr, checker: Checker) -> Step:
    """The last step with the answer as it is printed."""
    if step.after == answer:
        return step
    between = tuple(form for form in step.between if form != answer)
    check = checker.check(step.left, *between, answer)
    return replace(step, after=answer, between=between, check=check)
