"""What makes a drawn exercise no exercise: an answer that is zero, that is the function itself, that hides a layout.

Some of it may be meant: of a linear function every gradient is constant, of a Hessian both layouts are
the same. So constancy and equal layouts count only where other draws of the same exercise have neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derivgen.calculus.checks import SURE, difference, is_nothing
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, Values
from derivgen.expr.walk import depends_on
from derivgen.homework.answered import Answered
from derivgen.printing.text import text

CLOSER = 1e-3
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
    "options": "too few wrong answers can be told apart",
    "repeat": "somebody else has this variant",
}
# What is no fault of a draw if it holds for every draw.
RELATIVE = ("constant", "layouts")


def flaws(answers: Sequence[Answered]) -> tuple[str, ...]:
    """The rules that a drawn exercise breaks, by name."""
    found = {name for answer in answers for name in _flaws(answer)}
    return tuple(name for name in RULES if name in found)


def _flaws(answer: Answered) -> Iterator[str]:
    request, result, other = answer.request, answer.numerator, answer.denominator
    if max(len(text(result)), len(text(other))) > LONGEST:
        yield "length"
    if not any(depends_on(result, variable.name) for variable in request.wrt):
        yield "constant"
    if _vanishes(answer):
        yield "zero"
    if all(difference(values.of(request.body), values.of(result)) <= SURE for values in answer.values):
        yield "same"
    # A single number has one layout only, and nobody can give the other.
    if not result.is_scalar and all(difference(v.of(result), v.of(other)) <= SURE for v in answer.values):
        yield "layouts"


def _vanishes(answer: Answered) -> bool:
    """Whether the answer is zero at every point, and close to the origin too: tanh(900*x) is flat elsewhere."""
    if not all(is_nothing(values.of(answer.numerator)) for values in answer.values):
        return False
    try:
        return all(is_nothing(Values(_closer(v.point), FLOATS).of(answer.numerator)) for v in answer.values)
    except NO_VALUE:
        return True


def _closer(point: Point) -> Point:
    values = {name: [[z * CLOSER for z in row] for row in array] for name, array in point.values.items()}
    return Point(values, point.sizes)
