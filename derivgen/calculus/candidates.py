"""Points of few, small numbers that a check by hand may be made at, in a fixed order."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from derivgen.calculus.draws import centres
from derivgen.calculus.points import Ground
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Apply, Constant, Variable
from derivgen.expr.walk import nodes_within
from derivgen.problem.problem import Condition
from derivgen.record import record

PATTERNED = 48
DRAWN = 180
# So many around each number of a condition; up to NEAR the others are near enough.
AROUND, NEAR = 4, 2

Numbers = tuple[complex, ...]
# Those of all variables, in their order; several points share them, and nobody changes them.
Arrays = tuple[Array, ...]

_STEPS = tuple(map(complex, (2, 3, 1, -2, 4, 2, -1, 3, 5, -3, 2, 1, 4, -2)))
_HALVES = tuple(step / 2 for step in _STEPS)
_SMALL = tuple(map(complex, (1, 2, -1, 3, 1, -2, 2, 1, -1, 2, 3, 1, -2)))
# Whole numbers whose squares add up to a square: a norm is then a whole number too.
_WHOLE_NORMS = ((3, 4), (4, 3), (1, 2, 2), (2, 1, 2), (-3, 4), (2, -1, 2), (2, 3, 6), (6, 8))
# At logarithms of whole numbers these functions have short values: shares of 5, 8 and 10 are short decimals.
_EXPONENTIAL = frozenset({"exp", "softmax", "logsumexp", "sigmoid", "tanh"})
_LOGGED = ((2, 5, 3), (5, 3, 2), (3, 2), (3, 2, 3), (3, 4, 9), (2, 3, 7), (2, 3, 5, 4))
_POOL = tuple(map(complex, (1, 2, 3, 1, 2, -1, 4, -2, 3, 0)))


@record
class Form:
    """What candidates depend on: the arrays of the variables in their order, and what is asked of each by its place.

    `shapes` has the rows and columns of each, and whether it is symmetric; `logged` are the vectors that only
    exponential functions see; `totals` what the entries of some add up to; `centres` are whole numbers around which
    conditions may hold, as 30 for log(x - 30).
    """

    shapes: tuple[tuple[int, int, bool], ...]
    logged: frozenset[int]
    totals: tuple[tuple[int, float], ...]
    centres: tuple[int, ...]


def form_of(ground: Ground, sizes: Mapping[str, int]) -> Form:
    """The form of the points of a ground at these sizes."""
    variables = ground.variables
    shapes = tuple((v.shape.rows.at(sizes), v.shape.columns.at(sizes), v.symmetric) for v in variables)
    exponents = _exponents(ground)
    places = {variable.name: k for k, variable in enumerate(variables)}
    totals = tuple(_totals(ground, places))
    around = dict.fromkeys(math.ceil(centre) for centre in centres(ground.held) if centre > NEAR)
    return Form(shapes, frozenset(k for name, k in places.items() if name in exponents), totals, tuple(around))


def candidates(form: Form) -> Iterator[Arrays]:
    """Small whole numbers, then halves, numbers of whole norms, logarithms where exp takes them, and a draw.

    An array for each variable, in their order. The draw is the same in every run.
    """
    patterns = [(_STEPS, k) for k in range(PATTERNED * 3 // 4)]
    patterns += [(_HALVES, k) for k in range(PATTERNED * 3 // 4, PATTERNED)]
    patterns += [(_SMALL, k) for k in range(PATTERNED // 2)]
    patterns += [(tuple(map(complex, numbers)), 0) for numbers in _WHOLE_NORMS]
    for numbers, k in patterns:
        yield _met(form, [_array(shape, numbers, k + 2 * j) for j, shape in enumerate(form.shapes)])
    yield from _logarithms(form)
    drawn = iter(_drawn(DRAWN * len(form.shapes)))
    for _ in range(DRAWN):
        yield _met(form, [_array(shape, next(drawn), 0) for shape in form.shapes])
    yield from _centred(form)


def _centred(form: Form) -> Iterator[Arrays]:
    """Numbers a little away from a centre, for one variable or for all."""
    places = range(len(form.shapes))
    moved = [*((place,) for place in places), tuple(places)] if len(places) > 1 else [(0,)]
    for centre, sign, numbers, k, those in product(form.centres, (1, -1), (_STEPS, _HALVES), range(AROUND), moved):
        arrays = [_array(shape, numbers, k + 2 * j) for j, shape in enumerate(form.shapes)]
        for place in those:
            arrays[place] = [[sign * centre + z for z in row] for row in arrays[place]]
        yield _met(form, arrays)


def _logarithms(form: Form) -> Iterator[Arrays]:
    """Points at which vectors that only exponential functions see have logarithms for entries: log 2, log 5, log 3."""
    for numbers, k in product(_LOGGED if form.logged else (), range(4)):
        logs = tuple(complex(math.log(number)) for number in numbers)
        yield _met(
            form,
            [
                _array(shape, logs, 0) if j in form.logged else _array(shape, _STEPS, k + 2 * j)
                for j, shape in enumerate(form.shapes)
            ],
        )


def _exponents(ground: Ground) -> frozenset[str]:
    """The vectors that are the whole argument of an exponential function."""
    found = (part for expr in ground.expressions for part in nodes_within(expr))
    arguments = (part.arguments for part in found if isinstance(part, Apply) and part.function in _EXPONENTIAL)
    return frozenset(a.name for (a, *_) in arguments if isinstance(a, Variable) and not a.is_scalar)


def logarithm_of(z: complex) -> int | None:
    """The whole number, from 2 to 9, of which a number is the logarithm."""
    number = complex(z).real
    return next((k for k in range(2, 10) if abs(number - math.log(k)) < 1e-12), None)


@cache
def _drawn(count: int) -> tuple[Numbers, ...]:
    """Numbers for so many arrays; an odd count of them, so that the rows of a matrix do not repeat."""
    rng = random.Random(7)  # noqa: S311  # the same points in every run are wanted
    return tuple(tuple(rng.choice(_POOL) for _ in range(37)) for _ in range(count))


def _array(shape: tuple[int, int, bool], numbers: Numbers, start: int) -> Array:
    rows, columns, symmetric = shape

    def entry(i: int, j: int) -> complex:
        i, j = (min(i, j), max(i, j)) if symmetric else (i, j)
        return numbers[(start + 3 * i * (columns > 1) + i * (columns == 1) + j) % len(numbers)]

    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def _totals(ground: Ground, places: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    """What entries are assumed to add up to: sum(t) = 1."""
    for condition in ground.conditions:
        match condition:
            case Condition(Apply(function="sum", arguments=(Variable(name=name),)), "=", Constant(value=total)):
                yield places[name], float(total)


def _met(form: Form, arrays: list[Array]) -> Arrays:
    """The arrays, changed so that their entries add up to what is assumed."""
    for place, total in form.totals:
        arrays[place] = _adding_up(arrays[place], total)
    return tuple(arrays)


def _adding_up(array: Array, total: float) -> Array:
    """Shares of the total in quarters, so that no entry is negative where the total is not."""
    entries = [abs(complex(z).real) for row in array for z in row]
    shares = [min(int(z), 3) * total / 4 for z in entries[:-1]]
    over = max(0.0, sum(shares) - total)
    shares = [total / 4 * (k == 0) for k in range(len(shares))] if over else shares
    made = iter([*shares, total - sum(shares)])
    return [[complex(next(made)) for _ in row] for row in array]
