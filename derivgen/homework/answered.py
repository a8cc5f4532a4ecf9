"""What an exercise with drawn values answers, found without its steps: fast enough to try thousands of draws.

The derivative is worked out once with the numbers as symbols. For a draw the symbols are replaced by its
numbers, the result is simplified, and compared at points with the derivative of the concrete function, which
the complex step gives: a second derivative by a step of the first one, after that was compared with the function.
Where that does not go, the concrete function is derived. What students and graders get is always derived from the
concrete function.
"""

from __future__ import annotations

from dataclasses import replace

from derivgen.answers.claims import second_by_step
from derivgen.answers.key import LAYOUTS
from derivgen.calculus.checks import SURE, difference
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.derive import derive
from derivgen.calculus.factoring import in_order
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Values
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, NoRule, ShapeError
from derivgen.expr.nodes import Expr, Unresolved
from derivgen.expr.walk import replaced
from derivgen.homework.general import Found, General
from derivgen.problem.problem import Problem, Request
from derivgen.record import record
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.parameters import Drawn

POINTS = 2


@record
class Answered:
    """A request with its derivative in both layouts, and the values at points where both were seen."""

    request: Request
    numerator: Expr
    denominator: Expr
    values: tuple[Values, ...]


def answers(general: General | None, exercise: Exercise, drawn: Drawn) -> tuple[Answered, ...]:
    """The answers to the questions of an exercise with these values.

    Raises: DerivgenError, NoRule or WrongStep where one cannot be found and verified.
    """
    quick = None if general is None else _quick(general, exercise, drawn)
    return quick or tuple(_derived(exercise, request) for request in exercise.requests)


def answered(problem: Problem, derivation: Derivation) -> Answered:
    """The answer of a derivation, with values at points.

    Raises: DerivgenError if there is no point.
    """
    numerator, denominator = derivation.result("numerator"), derivation.result("denominator")
    values = _values(problem, derivation.request, numerator)
    return Answered(derivation.request, numerator, denominator, values)


def _derived(exercise: Exercise, request: Request) -> Answered:
    return answered(exercise.problem, derive(exercise.problem, request))


def _quick(general: General, exercise: Exercise, drawn: Drawn) -> tuple[Answered, ...] | None:
    """The answers by putting numbers into the general ones; None where the check does not bear them out."""
    table = general.table(exercise, drawn)
    made: dict[Unresolved, Answered] = {}
    for request, one in zip(exercise.requests, general.found, strict=True):
        known_one = made.get(request.derivative)
        found = _with_numbers(one, table, exercise.problem, request) if known_one is None else known_one
        if found is None:
            return None
        made.setdefault(request.derivative, found)
    return tuple(replace(made[request.derivative], request=request) for request in exercise.requests)


def _with_numbers(general: Found, table: dict[Expr, Expr], problem: Problem, request: Request) -> Answered | None:
    try:
        results = (general.derivation.result(layout) for layout in LAYOUTS)
        numerator, denominator = (in_order(tidy(replaced(result, table))) for result in results)
        values = _values(problem, request, numerator)
        first = None if general.first is None else replaced(general.first, table)
        bears_out = all(_is_derivative(numerator, first, request, at) for at in values)
    except (DerivgenError, NoRule, ShapeError, *NO_VALUE):
        return None
    return Answered(request, numerator, denominator, values) if bears_out else None


def _is_derivative(result: Expr, first: Expr | None, request: Request, at: Values) -> bool:
    """Whether a small step gives it: of the function, or of its first derivative, which is checked too."""
    asked = request.derivative
    if first is None or not isinstance(asked.of, Unresolved):
        return difference(at.of(asked), at.of(result)) < SURE
    by_step = second_by_step(asked, first)
    return difference(at.of(asked.of), at.of(first)) < SURE and difference(at.of(by_step), at.of(result)) < SURE


def _values(problem: Problem, request: Request, answer: Expr) -> tuple[Values, ...]:
    results = (answer, *request.wrt, *request.then)
    ground = Ground((request.of, *results), (*problem.assumptions, *smooth_domain(request.of)))
    return tuple(Values(point, FLOATS) for point in draw(ground, f"answer to {request.text}", wanted=POINTS))
