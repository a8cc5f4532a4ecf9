"""A point with short numbers at which a reader can redo the check by hand.

The points are tried in a fixed order, small whole numbers first; the one with the shortest
numbers wins. Beside the formula stands a central difference, which uses the function only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.numbers import FLOATS, Point, central, point_in, precise, value
from derivgen.calculus.points import Ground, admissible, size_assignments
from derivgen.calculus.records import Derivation
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Constant as Number
from derivgen.expr.nodes import Expr, Stack, Unresolved, Unspecified, Variable
from derivgen.expr.walk import leaves
from derivgen.problem.problem import Condition, Problem

TRIES = 48
PLACES = 4


@dataclass(frozen=True, slots=True)
class Illustration:
    """The values of the variables, of the function, of the formula, and of finite differences."""

    given: tuple[tuple[Variable, Expr], ...]
    function: Expr
    formula: Expr
    difference: Expr
    is_exact: bool


def illustrations(problem: Problem, derivation: Derivation) -> tuple[Illustration, ...]:
    """One small point, or two on both sides of a kink; none for an unspecified function."""
    request = derivation.request
    if any(isinstance(leaf, Unspecified) for leaf in leaves(request.of)):
        return ()
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    ground = Ground((request.of, *request.wrt, *request.then), conditions)
    sizes = next(iter(size_assignments(ground)))
    points = [point for point in _candidates(ground, sizes) if admissible(ground, point)]
    kinks = [c for c in conditions if c.relation == "!=" and _is_kink(c, derivation)]
    chosen = _both_sides(points, kinks[0], derivation) if kinks else _best(points, derivation)
    return tuple(_shown(point, ground, derivation) for point in chosen)


def _candidates(ground: Ground, sizes: dict[str, int]) -> Iterator[Point]:
    """Small whole numbers in a fixed order, then halves."""
    for k in range(TRIES):
        values = {}
        for j, variable in enumerate(ground.variables):
            values[variable.name] = _array(variable, sizes, start=k + 2 * j, halves=k >= TRIES * 3 // 4)
        yield Point(values, sizes)


_STEPS = (2, 3, 1, -2, 4, 2, -1, 3, 5, -3, 2, 1, 4, -2)


def _array(variable: Variable, sizes: dict[str, int], *, start: int, halves: bool) -> Array:
    rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)
    number = Fraction(1, 2) if halves else Fraction(1)

    def entry(i: int, j: int) -> complex:
        i, j = (min(i, j), max(i, j)) if variable.symmetric else (i, j)
        return complex(number * _STEPS[(start + 3 * i * (columns > 1) + i * (columns == 1) + j) % len(_STEPS)])

    return [[entry(i, j) for j in range(columns)] for i in range(rows)]


def _is_kink(condition: Condition, derivation: Derivation) -> bool:
    """Whether a condition keeps a point off a kink (and not off a division by zero)."""
    rules = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    used = {c for step in derivation.steps if {step.rule, *step.also} & _KINK_RULES for c in step.conditions}
    return bool(rules & _KINK_RULES) and condition in used


_KINK_RULES = {"relu", "abs", "sign", "max-min", "cases", "norm1"}


def _best(points: list[Point], derivation: Derivation) -> list[Point]:
    return sorted(points, key=lambda point: _length(point, derivation))[:1]


def _both_sides(points: list[Point], kink: Condition, derivation: Derivation) -> list[Point]:
    found = []
    for sign in (1, -1):
        side = [point for point in points if _side(kink, point) == sign]
        found += _best(side, derivation)
    return found or _best(points, derivation)


def _side(kink: Condition, point: Point) -> int:
    if kink.right is None:
        return 0
    gap = value(kink.left, point, FLOATS)[0][0] - value(kink.right, point, FLOATS)[0][0]
    return 1 if complex(gap).real > 0 else -1


def _length(point: Point, derivation: Derivation) -> float:
    """How long the numbers of the answer are, with a price for zeros and for large ones."""
    answer = value(derivation.result("numerator"), point, FLOATS)
    total = 0.0
    for z in (z for row in answer for z in row):
        number = complex(z).real
        total += len(f"{number:.6g}") + (0.5 if number == 0 else 0.0) + (2.0 if abs(number) > 200 else 0.0)
    inputs = [complex(z).real for array in point.values.values() for row in array for z in row]
    # At 0 and at ±1 the powers of a number agree, and a wrong exponent would not show.
    moving = {v.name for v in (*derivation.request.wrt, *derivation.request.then) if v.is_scalar}
    scalars = [complex(point.values[name][0][0]).real for name in moving]
    total += 15.0 * sum(1 for z in scalars if abs(z) in (0, 1))
    total += 1.0 * sum(1 for z in inputs if abs(z) in (0, 1))
    total += 3.0 * sum(1 for z in inputs if z != round(z))
    return total + 0.3 * sum(1 for z in inputs if z < 0) + 0.5 * (len(inputs) - len(set(inputs)))


def _shown(point: Point, ground: Ground, derivation: Derivation) -> Illustration:
    request = derivation.request
    function, formula = value(request.of, point, FLOATS), value(derivation.result("numerator"), point, FLOATS)
    difference = _differences(derivation, point)
    exact = all(_is_short(z) for array in (function, formula) for row in array for z in row)
    given = tuple((v, as_expr(point.values[v.name])) for v in ground.variables)
    return Illustration(given, as_expr(function), as_expr(formula), as_expr(difference), exact)


def _differences(derivation: Derivation, point: Point) -> Array:
    """Central differences of the function alone, of themselves for a second derivative."""
    request, m = derivation.request, precise()
    first = Unresolved(request.of, request.wrt)

    def slope(at: Point) -> Array:
        return central(lambda here: value(request.of, here, m), first, at)

    start = point_in(point, m)
    if request.order == 2 or request.then:
        return central(slope, Unresolved(first, request.then or request.wrt), start)
    return slope(start)


def _is_short(z: complex) -> bool:
    number = complex(z).real
    return abs(number - round(number, PLACES)) < 1e-9


def as_expr(array: Array) -> Expr:
    """The numbers as an expression, rounded to four places."""
    rows = tuple(tuple(Number(_rounded(z)) for z in row) for row in array)
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else Stack(rows)


def _rounded(z: complex) -> Fraction:
    return Fraction(str(round(complex(z).real, PLACES)))
