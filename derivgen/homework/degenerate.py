"""What makes a drawn exercise no exercise: an answer that is zero, that is the function itself, that hides a layout.

Some of it may be meant: of a linear function every gradient is constant, of a Hessian both layouts are
the same. So constancy and equal layouts count only where other draws of the same exercise have neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derivgen.calculus.checks import SURE, difference
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, Values
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Derivation
from derivgen.expr.functions.table import Array
from derivgen.expr.walk import depends_on
from derivgen.printing.text import text
from derivgen.problem.problem import Problem
from derivgen.spec.homework.exercises import Exercise

# Longer answers are no answer that a person would type.
LONGEST = 240

# Each rule with the words in which a fault tells of it, in the order in which rules are tried.
RULES: Mapping[str, str] = {
    "require": "a constraint does not hold",
    "vanish": "a number takes a part of the function away",
    "read": "the exercise cannot be read with these values",
    "derivation": "the derivative cannot be found and verified",
    "zero": "the answer is zero",
    "same": "the answer is the function itself",
    "constant": "the answer does not change with the variable",
    "layouts": "both layouts give the same answer",
    "length": f"an answer has more than {LONGEST} characters",
    "repeat": "somebody else has this variant",
}
# What is no fault of a draw if it holds for every draw.
RELATIVE = ("constant", "layouts")


def flaws(exercise: Exercise, derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """The rules that a drawn exercise breaks, by name."""
    found = dict.fromkeys(name for derivation in derivations for name in _flaws(exercise.problem, derivation))
    return tuple(name for name in RULES if name in found)


def _flaws(problem: Problem, derivation: Derivation) -> list[str]:
    request, result = derivation.request, derivation.result("numerator")
    other = derivation.result("denominator")
    found = []
    if max(len(text(result)), len(text(other))) > LONGEST:
        found.append("length")
    if not any(depends_on(result, variable.name) for variable in request.wrt):
        found.append("constant")
    is_square = result.shape == other.shape and not result.is_scalar
    if is_square and result == other:
        found.append("layouts")
    looks_new = request.of.shape != result.shape
    for point in _points(problem, derivation):
        values = Values(point, FLOATS)
        answer, turned = values.of(result), values.of(other)
        if is_zero(answer):
            return [*found, "zero"]
        if not looks_new and difference(values.of(request.body), answer) > SURE:
            looks_new = True
        if is_square and difference(answer, turned) > SURE:
            is_square = False
    same = [] if looks_new else ["same"]
    layouts = ["layouts"] if is_square and "layouts" not in found else []
    return [*found, *same, *layouts]


def _points(problem: Problem, derivation: Derivation) -> tuple[Point, ...]:
    request = derivation.request
    results = (derivation.result("numerator"), *request.wrt, *request.then)
    ground = Ground((request.of, *results), (*problem.assumptions, *smooth_domain(request.of)))
    return draw(ground, f"degenerate {request.text}", wanted=2)


def is_zero(array: Array) -> bool:
    """Whether every entry is zero but for rounding."""
    return all(abs(z) < SURE for row in array for z in row)
