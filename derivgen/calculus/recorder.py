"""Recording steps: each line is checked when it is made, and numbered when the derivation is done."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.checks import Checker
from derivgen.calculus.records import Step
from derivgen.expr.nodes import Expr
from derivgen.problem.problem import Condition


class Recorder:
    """Collects the steps of one derivation; a line that fails its check is never recorded.

    `known` holds what is assumed to be equal: sum(t) and 1. `names` are those of the problem: no line may call
    anything else by them.
    """

    def __init__(self, checker: Checker, known: dict[Expr, Expr] | None = None, *, names: tuple[str, ...] = ()) -> None:
        self.checker = checker
        self.known = known or {}
        self.names = names
        self.steps: list[Step] = []

    def line(
        self,
        rule: str,
        left: Expr,
        after: Expr,
        *,
        subgoal: str,
        before: Expr | None = None,
        between: tuple[Expr, ...] = (),
        also: tuple[str, ...] = (),
        facts: dict[str, Expr] | None = None,
        conditions: tuple[Condition, ...] = (),
        identifies: Expr | None = None,
    ) -> Step:
        """One step left = between = ... = after, checked.

        Raises: WrongStep if the two sides differ.
        """
        shown = tuple(form for form in dict.fromkeys(between) if form not in (left, after))
        step = Step(
            number="",
            subgoal=subgoal,
            rule=rule,
            left=left,
            before=left if before is None else before,
            after=after,
            check=self.checker.check(left, *shown, after),
            also=tuple(name for name in dict.fromkeys(also) if name != rule),
            between=shown,
            facts=facts or {},
            conditions=conditions,
            weight=RULES[rule].weight,
            identifies=identifies,
        )
        self.steps.append(step)
        return step


def numbered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with their numbers: 1, 2, 3, and 2a, 2b for finer steps within one."""
    made = []
    for k, step in enumerate(steps, start=1):
        finer = tuple(replace(part, number=f"{k}{_letter(i)}") for i, part in enumerate(step.parts))
        made.append(replace(step, number=str(k), parts=finer))
    return tuple(made)


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else f"z{index - 24}"


def merged(parts: tuple[Step, ...], checker: Checker) -> Step:
    """Several steps with one left side as one line that shows the forms between."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return first
    # The first line says what was done; the last form before the answer shows the arithmetic.
    between = ((first.between or (first.after,))[-1], *(last.between or ())[-1:])
    shown = tuple(form for form in dict.fromkeys(between) if form not in (first.left, last.after))
    rules = [name for part in parts for name in (part.rule, *part.also)]
    return replace(
        last,
        rule=first.rule,
        before=first.before,
        between=shown,
        also=tuple(name for name in dict.fromkeys(rules) if name != first.rule),
        facts={**last.facts, **first.facts},
        conditions=tuple(dict.fromkeys(c for part in parts for c in part.conditions)),
        weight=first.weight,
        check=checker.check(first.left, *shown, last.after),
        parts=parts,
    )
