"""What an exercise with drawn values answers, found without its steps: fast enough to try thousands of draws.

The derivative is worked out once with the numbers as symbols. For a draw the symbols are replaced by its
numbers, the result is simplified, and compared at points with the derivative of the concrete function, which
the complex step gives: a second derivative by a step of the first one, after that was compared with the function.
Where that does not go, the concrete function is derived. What students and graders get is always derived from the
concrete function.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derivgen.answers.claims import second_by_step
from derivgen.calculus.checks import SURE, WrongStep, difference
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.derive import derive, numerator_of
from derivgen.calculus.factoring import in_order
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Values
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, NoRule, ShapeError
from derivgen.expr.nodes import Expr, Reference, Unresolved
from derivgen.expr.walk import replaced
from derivgen.problem.problem import Problem, Request
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.parameters import Drawn, known
from derivgen.spec.homework.templates import Ready, Template, scope_of

POINTS = 2


@dataclass(frozen=True, slots=True)
class Answered:
    """A request with its derivative in both layouts, and the values at points where both were seen."""

    request: Request
    numerator: Expr
    denominator: Expr
    values: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class _Result:
    """A derivative with symbols in the place of numbers, in both layouts; of a second one also the first."""

    numerator: Expr
    denominator: Expr
    first: Expr | None = None


@dataclass(frozen=True, slots=True)
class _General:
    """An exercise with symbols in the place of numbers."""

    problem: Problem
    results: tuple[_Result, ...]


class Answering:
    """Answers the draws of one exercise."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._symbols = {p.name for p in template.parameters if p.is_numeric}
        self._general: dict[tuple[tuple[str, str], ...], _General | None] = {}

    def answers(self, exercise: Exercise, drawn: Drawn) -> tuple[Answered, ...]:
        """The answers to the questions of an exercise with these values.

        Raises: DerivgenError, NoRule or WrongStep where one cannot be found and verified.
        """
        general = self._found(drawn)
        quick = None if general is None else _quick(general, exercise, drawn)
        return quick or tuple(_derived(exercise, request) for request in exercise.requests)

    def ready(self, drawn: Drawn) -> Ready | None:
        """The functions with these values put in; None where they must be read from their texts."""
        general = self._found(drawn)
        if general is None:
            return None
        numbers = known(drawn)
        table: dict[Expr, Expr] = {
            variable: numbers[name] for name, variable in general.problem.variables.items() if name in numbers
        }
        functions = general.problem.functions.items()
        bodies = {name: replaced(one.body, table) for name, one in functions if isinstance(one, Reference)}
        return Ready(bodies, scope_of(general.problem))

    def _found(self, drawn: Drawn) -> _General | None:
        texts = tuple((name, value) for name, value in drawn.items() if name not in self._symbols)
        if texts not in self._general:
            self._general[texts] = self._generalised(dict(texts), drawn)
        return self._general[texts]

    def _generalised(self, texts: Drawn, drawn: Drawn) -> _General | None:
        shapes = {name: value.shape for name, value in known(drawn).items() if name in self._symbols}
        try:
            exercise = self._template.general(texts, shapes)
            # What is asked in two layouts is derived once.
            by_derivative = {request.derivative: request for request in exercise.requests}
            results = {asked: _result(exercise.problem, request) for asked, request in by_derivative.items()}
        except (DerivgenError, NoRule, WrongStep):
            return None
        return _General(exercise.problem, tuple(results[request.derivative] for request in exercise.requests))


def _result(problem: Problem, request: Request) -> _Result:
    found = derive(problem, request)
    first = numerator_of(problem, replace(request, order=1, then=())) if request.is_second else None
    return _Result(found.result("numerator"), found.result("denominator"), first)


def answered(problem: Problem, derivation: Derivation) -> Answered:
    """The answer of a derivation, with values at points.

    Raises: DerivgenError if there is no point.
    """
    numerator, denominator = derivation.result("numerator"), derivation.result("denominator")
    values = _values(problem, derivation.request, numerator)
    return Answered(derivation.request, numerator, denominator, values)


def _derived(exercise: Exercise, request: Request) -> Answered:
    return answered(exercise.problem, derive(exercise.problem, request))


def _quick(general: _General, exercise: Exercise, drawn: Drawn) -> tuple[Answered, ...] | None:
    """The answers by putting numbers into the general ones; None where the check does not bear them out."""
    numbers = known(drawn)
    table: dict[Expr, Expr] = {
        variable: numbers[name] for name, variable in general.problem.variables.items() if name in numbers
    }
    table |= {general.problem.functions[name]: function for name, function in exercise.problem.functions.items()}
    made: dict[Unresolved, Answered] = {}
    for request, result in zip(exercise.requests, general.results, strict=True):
        known_one = made.get(request.derivative)
        found = _with_numbers(result, table, exercise.problem, request) if known_one is None else known_one
        if found is None:
            return None
        made.setdefault(request.derivative, found)
    return tuple(replace(made[request.derivative], request=request) for request in exercise.requests)


def _with_numbers(result: _Result, table: dict[Expr, Expr], problem: Problem, request: Request) -> Answered | None:
    try:
        numerator, denominator = (
            in_order(tidy(replaced(one, table))) for one in (result.numerator, result.denominator)
        )
        values = _values(problem, request, numerator)
        first = None if result.first is None else replaced(result.first, table)
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
