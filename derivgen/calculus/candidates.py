"""Points of few, small numbers that a check by hand may be made at, in a fixed order."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product

from derivgen.calculus.numbers import Point
from derivgen.calculus.points import Ground
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Apply, Constant, Variable
from derivgen.expr.walk import nodes_within
from derivgen.problem.problem import Condition

PATTERNED = 48
DRAWN = 180

Numbers = tuple[complex, ...]

_STEPS = tuple(map(complex, (2, 3, 1, -2, 4, 2, -1, 3, 5, -3, 2, 1, 4, -2)))
_HALVES = tuple(step / 2 for step in _STEPS)
_SMALL = tuple(map(complex, (1, 2, -1, 3, 1, -2, 2, 1, -1, 2, 3, 1, -2)))
# Whole numbers whose squares add up to a square: a norm is then a whole number too.
_WHOLE_NORMS = ((3, 4), (4, 3), (1, 2, 2), (2, 1, 2), (-3, 4), (2, -1, 2), (2, 3, 6), (6, 8))
# At logarithms of whole numbers these functions have short values: shares of 5, 8 and 10 are short decimals.
_EXPONENTIAL = frozenset({"exp", "softmax", "logsumexp", "sigmoid", "tanh"})
_LOGGED = ((2, 5, 3), (5, 3, 2), (3, 2), (3, 2, 3), (3, 4, 9), (2, 3, 7), (2, 3, 5, 4))
_POOL = tuple(map(complex, (1, 2, 3, 1, 2, -1, 4, -2, 3, 0)))


def candidates(ground: Ground, sizes: dict[str, int]) -> Iterator[Point]:
    """Small whole numbers, then halves, numbers of whole norms, logarithms where exp takes them, and a draw.

    The draw is the same in every run.
    """
    patterns = [(_STEPS, k) for k in range(PATTERNED * 3 // 4)]
    patterns += [(_HALVES, k) for k in range(PATTERNED * 3 // 4, PATTERNED)]
    patterns += [(_SMALL, k) for k in range(PATTERNED // 2)]
    patterns += [(tuple(map(complex, numbers)), 0) for numbers in _WHOLE_NORMS]
    variables = ground.variables
    for numbers, k in patterns:
        arrays = {v.name: _array(v, sizes, numbers, k + 2 * j) for j, v in enumerate(variables)}
        yield _met(ground, Point(arrays, sizes))
    yield from _logarithms(ground, sizes)
    drawn = iter(_drawn(DRAWN * len(variables)))
    for _ in range(DRAWN):
        arrays = {v.name: _array(v, sizes, next(drawn), 0) for v in variables}
        yield _met(ground, Point(arrays, sizes))


def _logarithms(ground: Ground, sizes: dict[str, int]) -> Iterator[Point]:
    """Points at which vectors that only exponential functions see have logarithms for entries: log 2, log 5, log 3."""
    logged = _exponents(ground)
    variables = ground.variables
    for numbers, k in product(_LOGGED if logged else (), range(4)):
        logs = tuple(complex(math.log(number)) for number in numbers)
        arrays = {
            v.name: _array(v, sizes, logs, 0) if v.name in logged else _array(v, sizes, _STEPS, k + 2 * j)
            for j, v in enumerate(variables)
        }
        yield _met(ground, Point(arrays, sizes))


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


def _array(variable: Variable, sizes: dict[str, int], numbers: Numbers, start: int) -> Array:
    rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)

    def entry(i: int, j: int) -> complex:
        i, j = (min(i, j), max(i, j)) if variable.symmetric else (i, j)
        return numbers[(start + 3 * i * (columns > 1) + i * (columns == 1) + j) % len(numbers)]

    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def _met(ground: Ground, point: Point) -> Point:
    """The point with its arrays changed so that their entries add up to what is assumed: sum(t) = 1."""
    for condition in ground.conditions:
        match condition:
            case Condition(Apply(function="sum", arguments=(Variable(name=name),)), "=", Constant(value=total)):
                arrays = {**point.values, name: _adding_up(point.values[name], float(total))}
                point = replace(point, values=arrays)
    return point


def _adding_up(array: Array, total: float) -> Array:
    """Shares of the total in quarters, so that no entry is negative where the total is not."""
    entries = [abs(complex(z).real) for row in array for z in row]
    shares = [min(int(z), 3) * total / 4 for z in entries[:-1]]
    over = max(0.0, sum(shares) - total)
    shares = [total / 4 * (k == 0) for k in range(len(shares))] if over else shares
    made = iter([*shares, total - sum(shares)])
    return [[complex(next(made)) for _ in row] for row in array]
