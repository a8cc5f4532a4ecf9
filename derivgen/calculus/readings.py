"""Readings of an answer: the same value in a form that shows what it says, checked like every line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivgen.calculus.checks import Checker
from derivgen.calculus.factoring import in_order
from derivgen.calculus.numbers import NO_VALUE
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.records import Step
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER
from derivgen.expr.nodes import Apply, Choice, Expr
from derivgen.expr.walk import count, inlined, parts, replaced
from derivgen.problem.problem import Condition

READ = "read"
LONGEST = 9


def readings(last: Step, checker: Checker) -> tuple[Step, ...]:
    """What may be read off the answer of `last`: two cases where one indicator of a scalar stands in it."""
    steps = tuple(dict.fromkeys(_indicators(last.after)))
    if len(steps) != 1:
        return ()
    (indicator,) = steps
    (inside,) = indicator.arguments
    spelled = inlined(inside)
    left = spelled if count(spelled) <= LONGEST else inside
    on, off = (in_order(tidy(replaced(last.after, {indicator: value}))) for value in (ONE_NUMBER, ZERO_NUMBER))
    # On the kink there is no derivative, so no case says what it is there.
    whole = Choice(">", left, ZERO_NUMBER, on, off, is_open=True)
    recorder = Recorder(checker)
    condition = Condition(inside, "!=", ZERO_NUMBER)
    facts: dict[str, Expr] = {"indicator": indicator}
    try:
        step = recorder.line("cases", last.left, whole, subgoal=READ, facts=facts, conditions=(condition,))
    except NO_VALUE:
        return ()  # one of the cases has no value: 1/step(s) below 0
    return (replace(step, number="R"),)


def _indicators(expr: Expr) -> Iterator[Apply]:
    """The indicators of scalars in sight."""
    if isinstance(expr, Apply) and expr.function == "step" and expr.is_scalar:
        yield expr
    else:
        for part in parts(expr):
            yield from _indicators(part)
