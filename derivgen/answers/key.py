"""The key of a question: the derivative in both layouts, and its values at points that tell answers apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from derivgen.answers.kinks import far_beyond
from derivgen.answers.limits import MOST_WORK, variables_of, work
from derivgen.answers.meant import meanings
from derivgen.answers.reals import Reading, arithmetic_for, real_point, real_value, with_plain_exponents
from derivgen.calculus.checks import difference
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, Values
from derivgen.calculus.points import Ground, admissible, draw
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import Component, Expr, Unspecified
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import inlined, nodes_within
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutChoice, LayoutName, Problem, Request
from derivgen.problem.requests import with_names
from derivgen.record import record
from derivgen.syntax.scope import Scope

LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")
POINTS = 10
SHOWN = 8
_SHOWN_DRAWS = 60
# Larger matrices have no points of their own sizes: to draw them takes too long.
MOST_ENTRIES = 10_000
# What a number means is told by a step that is small: it leaves fewer digits than the derivative has.
ALIKE = 1e-6


@record
class Place:
    """A point, and the derivative there in numerator and in denominator layout."""

    point: Point
    values: dict[LayoutName, Reading]


@record
class Key:
    """What answers to one question are compared with.

    `places` decide; `shown` are points of short numbers, for a counterexample that can be
    checked by hand. `names` are the variables that the derivative depends on, `allowance`
    is how much work an answer may take at the largest sizes. `remembered` is what was worked
    out for one wrong answer and serves the next.
    """

    problem: Problem
    request: Request
    scope: Scope
    layout: LayoutChoice
    results: dict[LayoutName, Expr]
    places: tuple[Place, ...]
    shown: tuple[Place, ...]
    names: frozenset[str]
    order: tuple[str, ...]
    allowance: int
    remembered: dict[str, object] = field(default_factory=dict, compare=False)

    def shape(self, layout: LayoutName) -> Shape:
        """Rows and columns in a layout."""
        return self.results[layout].shape


def key_of(problem: Problem, derivation: Derivation) -> Key:
    """The key of a derivative.

    Raises: DerivgenError if no point is found at which the derivative has a value.
    """
    return key_with(problem, derivation.request, {name: derivation.result(name) for name in LAYOUTS})


def key_with(
    problem: Problem, request: Request, answers: Mapping[LayoutName, Expr], *, named: tuple[Expr, ...] = ()
) -> Key:
    """The key of a derivative that is known in both layouts, at sizes that have the entries which `named` takes.

    Raises: DerivgenError if no point is found at which the derivative has a value.
    """
    results: dict[LayoutName, Expr] = {name: with_plain_exponents(answers[name]) for name in LAYOUTS}
    ground = ground_of(problem, request, results)
    ground = replace(ground, expressions=(*ground.expressions, *named))
    drawn = draw(ground, f"{request.text}: {text(results['numerator'])}", wanted=POINTS)
    results = _meant(request, results, drawn)
    places = tuple(places_of(results, _with_mirrors(ground, drawn)))
    far = far_beyond(ground, results["numerator"], [place.point for place in places])
    places += tuple(places_of(results, far))
    if not places:
        message = f"{text(results['numerator'])} has no real value at the points that were tried"
        raise DerivgenError(Fault("no-admissible-point", message, "narrow the variables with `assume:`", request.span))
    most = max(work(result, place.point.sizes) for place in places for result in results.values())
    return Key(
        problem,
        request,
        scope_of(problem, request),
        request.layout or problem.layout,
        results,
        places,
        tuple(places_of(results, _short_points(ground, drawn[0].sizes))),
        variables_of(request.of) | variables_of(results["numerator"]),
        tuple(variable.name for variable in ground.variables),
        max(MOST_WORK, 20 * most),
    )


def _meant(request: Request, results: dict[LayoutName, Expr], points: tuple[Point, ...]) -> dict[LayoutName, Expr]:
    """The results with their numbers as the derivative has them: of what was stored as text nobody knows."""
    several = [tuple(meanings(result, points[0].stands)) for result in results.values()]
    if len(several[0]) == 1:
        return results
    tried = [Values(point, FLOATS) for point in (points[0], points[-1])]
    for meant in zip(*several, strict=True):
        found: dict[LayoutName, Expr] = dict(zip(results, meant, strict=True))
        if all(difference(at.of(request.derivative), at.of(found["numerator"])) < ALIKE for at in tried):
            return found
    return results


def with_entries(key: Key, answer: Expr) -> Key:
    """The key at sizes as declared, where the answer takes an entry that small arrays in their place may not have."""
    if not key.places[0].point.stands or not Ground((answer,), ()).names_entries:
        return key
    return _at_own_sizes(key, tuple(node for node in nodes_within(inlined(answer)) if isinstance(node, Component)))


def at_own_sizes(key: Key) -> Key:
    """The key at sizes as declared, where numbers of an answer may mean sizes or not; itself where that takes long."""
    if "own" not in key.remembered:
        letters = {name: number for name, number in key.places[0].point.sizes.items() if not name.isdecimal()}
        large = next((v for v in key.problem.variables.values() if not (v.is_scalar or v.shape.entries.names)), None)
        is_long = work(key.results["numerator"], letters) > MOST_WORK
        last = None if large is None else Component(large, large.shape.rows.at({}), large.shape.columns.at({}))
        key.remembered["own"] = key if last is None or is_long else _at_own_sizes(key, (last,))
    return key.remembered["own"]  # type: ignore[return-value]


def _at_own_sizes(key: Key, named: tuple[Expr, ...]) -> Key:
    if any(v.shape.entries.at({}) > MOST_ENTRIES for v in key.problem.variables.values() if not v.shape.entries.names):
        return key
    try:
        made = key_with(key.problem, key.request, key.results, named=named)
    except DerivgenError:
        return key
    return replace(made, scope=key.scope, layout=key.layout)


def ground_of(problem: Problem, request: Request, results: Mapping[LayoutName, Expr]) -> Ground:
    """What has to have a value at the points: the function, its derivative, and every name an answer may use."""
    unspecified = tuple(f for f in problem.functions.values() if isinstance(f, Unspecified))
    variables = (*problem.variables.values(), *request.wrt, *request.then)
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    return Ground((request.of, *results.values(), *unspecified, *variables), conditions, keeps_vectors=True)


def scope_of(problem: Problem, request: Request) -> Scope:
    """The names of the problem. A function that is differentiated by is an independent variable, in others too."""
    names: dict[str, Expr] = {**problem.variables, **problem.functions}
    for variable in (*request.wrt, *request.then):
        if variable.name in problem.functions:
            names = {name: with_names(expr, {variable.name: variable}) for name, expr in names.items()}
    return Scope({name: with_plain_exponents(expr) for name, expr in names.items()}, frozenset(problem.sizes))


def _with_mirrors(ground: Ground, drawn: tuple[Point, ...]) -> Iterator[Point]:
    """Each point, and after it its mirror image where that is admissible: so kinks are seen from both sides."""
    for point in drawn:
        yield point
        turned = {name: [[-z for z in row] for row in array] for name, array in point.values.items()}
        mirrored = replace(point, values=turned)
        if admissible(ground, mirrored):
            yield mirrored


def places_of(results: dict[LayoutName, Expr], points: Iterable[Point]) -> Iterator[Place]:
    """The points at which the derivative has a value in real numbers, with its values."""
    m = arithmetic_for(*results.values())
    for point in map(real_point, points):
        values = {layout: real_value(result, point, m) for layout, result in results.items()}
        found = {layout: reading for layout, reading in values.items() if reading is not None}
        if len(found) == len(values):
            yield Place(point, found)


def _short_points(ground: Ground, sizes: dict[str, int]) -> Iterator[Point]:
    """Admissible points of small whole numbers, else of halves, else of tenths."""
    rng = random.Random(1)  # noqa: S311  # the same points in every run are wanted
    made = 0
    for divisor, most in ((1, 4), (2, 5), (10, 9)):
        for number in range(_SHOWN_DRAWS):
            # Positive numbers are the easiest to check by hand; signs tell more apart.
            point = _short_point(ground, sizes, rng, divisor, most, signs=(1,) if number % 2 == 0 else (-1, 1))
            if made < SHOWN and admissible(ground, point):
                made += 1
                yield point


def _short_point(
    ground: Ground, sizes: dict[str, int], rng: random.Random, divisor: int, most: int, *, signs: tuple[int, ...]
) -> Point:
    values = {}
    for variable in ground.variables:
        rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)
        drawn: list[list[complex]] = [
            [rng.randint(1, most) / divisor * rng.choice(signs) for _ in range(columns)] for _ in range(rows)
        ]
        if variable.symmetric:
            drawn = [[drawn[min(i, j)][max(i, j)] for j in range(columns)] for i in range(rows)]
        values[variable.name] = drawn
    return Point(values, sizes)
