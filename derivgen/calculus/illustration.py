"""A point with short numbers at which a reader can redo the check by hand.

The points are tried in a fixed order, small whole numbers first; the one with the shortest
numbers wins. Beside the formula stands a central difference, which uses the function only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from derivgen.calculus.arrays import entrywise
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.numbers import FLOATS, Point, central, point_in, precise, value
from derivgen.calculus.points import Ground, admissible, size_assignments
from derivgen.calculus.records import Derivation
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Constant as Number
from derivgen.expr.nodes import Expr, Stack, Unresolved, Unspecified, Variable
from derivgen.expr.walk import leaves
from derivgen.problem.problem import Condition, LayoutName, Problem

TRIES = 48
PLACES = 4
# More entries than this nobody compares by eye.
LARGEST = 36
MOST_SIZES = 4096


@dataclass(frozen=True, slots=True)
class Illustration:
    """The values of the variables, of the function, of the formula in a layout, and of finite differences."""

    layout: LayoutName
    sizes: tuple[tuple[str, int], ...]
    given: tuple[tuple[Variable, Expr], ...]
    function: Expr
    formula: Expr
    difference: Expr
    is_exact: bool


def illustrations(problem: Problem, derivation: Derivation) -> tuple[Illustration, ...]:
    """One small point, or two where a scalar has a kink between them; none for an unspecified function."""
    request = derivation.request
    if any(isinstance(leaf, Unspecified) for leaf in leaves(request.of)):
        return ()
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    ground = Ground((request.of, *request.wrt, *request.then), conditions)
    kinks = [c for c in conditions if c.relation == "!=" and _is_kink(c, derivation)]
    for sizes in _sizes(ground, derivation):
        points = [point for point in _candidates(ground, sizes) if admissible(ground, point)]
        if points:
            chosen = _both_sides(points, kinks[0], derivation) if kinks else _best(points, derivation)
            layout = problem.layouts(request)[0]
            return tuple(_shown(point, ground, derivation, layout) for point in chosen)
    return ()


def _sizes(ground: Ground, derivation: Derivation) -> tuple[dict[str, int], ...]:
    """A few assignments of sizes, the best one first: small arrays, and none square that need not be.

    Where the answer is large all the same, a size may be 1.
    """
    names = ground.size_names
    answer = derivation.result("numerator").shape
    shapes = (answer, derivation.request.of.shape, *(variable.shape for variable in ground.variables))

    def cost(sizes: dict[str, int]) -> tuple[int, int, tuple[int, ...]]:
        numbers = [(shape.rows.at(sizes), shape.columns.at(sizes)) for shape in shapes]
        hidden = sum(
            rows == columns and shape.rows != shape.columns
            for shape, (rows, columns) in zip(shapes, numbers, strict=True)
        )
        return hidden, sum(rows * columns for rows, columns in numbers), tuple(-k for k in sizes.values())

    def found(numbers: tuple[int, ...]) -> list[dict[str, int]]:
        several = islice(product(numbers, repeat=len(names)), MOST_SIZES)
        fitting = (sizes for picked in several if ground.fits(sizes := dict(zip(names, picked, strict=True))))
        return sorted(fitting, key=cost)

    usual = found((2, 3))
    if usual and answer.entries.at(usual[0]) > LARGEST:
        smaller = [sizes for sizes in found((1, 2, 3)) if answer.entries.at(sizes) <= LARGEST]
        usual = [*smaller, *usual]
    return (*usual[:4], *islice(size_assignments(ground), 24))


def _candidates(ground: Ground, sizes: dict[str, int]) -> Iterator[Point]:
    """Small whole numbers in a fixed order, then halves, then smaller numbers for products of many arrays."""
    for k in range(TRIES):
        halves = Fraction(1, 2) if k >= TRIES * 3 // 4 else Fraction(1)
        yield _point(ground, sizes, tuple(halves * step for step in _STEPS), k)
    for k in range(TRIES // 2):
        yield _point(ground, sizes, tuple(map(Fraction, _SMALL)), k)


def _point(ground: Ground, sizes: dict[str, int], numbers: tuple[Fraction, ...], k: int) -> Point:
    return Point({v.name: _array(v, sizes, numbers, k + 2 * j) for j, v in enumerate(ground.variables)}, sizes)


_SMALL = (1, 2, -1, 3, 1, -2, 2, 1, -1, 2, 3, 1, -2)
_STEPS = (2, 3, 1, -2, 4, 2, -1, 3, 5, -3, 2, 1, 4, -2)


def _array(variable: Variable, sizes: dict[str, int], numbers: tuple[Fraction, ...], start: int) -> Array:
    rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)

    def entry(i: int, j: int) -> complex:
        i, j = (min(i, j), max(i, j)) if variable.symmetric else (i, j)
        return complex(numbers[(start + 3 * i * (columns > 1) + i * (columns == 1) + j) % len(numbers)])

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
    mixed = [point for point in points if {1, -1} <= _sides(kink, point)]
    if mixed:
        return _best(mixed, derivation)
    found = []
    for sign in (1, -1):
        side = [point for point in points if _sides(kink, point) == {sign}]
        found += _best(side, derivation)
    return found or _best(points, derivation)


def _sides(kink: Condition, point: Point) -> set[int]:
    """On which sides of a kink the entries are: both, where an array has an entry on each."""
    if kink.right is None:
        return set()
    gaps = entrywise(value(kink.left, point, FLOATS), value(kink.right, point, FLOATS), lambda a, b: a - b)
    return {1 if complex(gap).real > 0 else -1 for row in gaps for gap in row}


def _length(point: Point, derivation: Derivation) -> float:
    """How long the numbers of the answer are, with a price for zeros and for large ones."""
    answer = value(derivation.result("numerator"), point, FLOATS)
    # Where the whole answer is 0, a wrong factor in it would not show.
    total = 20.0 if all(z == 0 for row in answer for z in row) else 0.0
    for z in (z for row in answer for z in row):
        number = complex(z).real
        total += len(f"{number:.6g}") + (1.5 if number == 0 else 0.0) + (2.0 if abs(number) > 200 else 0.0)
    # A large value of the function is no pleasure to work out either.
    reached = value(derivation.request.of, point, FLOATS)
    for z in (z for row in reached for z in row):
        total += 0.5 * len(f"{complex(z).real:.6g}") + (2.0 if abs(z) > 200 or z == 0 else 0.0)
    inputs = [complex(z).real for array in point.values.values() for row in array for z in row]
    # At 0 and at ±1 the powers of a number agree, and a wrong exponent would not show.
    moving = {v.name for v in (*derivation.request.wrt, *derivation.request.then) if v.is_scalar}
    scalars = [complex(point.values[name][0][0]).real for name in moving]
    total += 15.0 * sum(1 for z in scalars if abs(z) in (0, 1))
    total += 0.4 * sum(1 for z in inputs if abs(z) in (0, 1))
    total += 3.0 * sum(1 for z in inputs if z != round(z))
    return total + 0.3 * sum(1 for z in inputs if z < 0) + 0.4 * (len(inputs) - len(set(inputs)))


def _shown(point: Point, ground: Ground, derivation: Derivation, layout: LayoutName) -> Illustration:
    request = derivation.request
    function, formula = value(request.of, point, FLOATS), value(derivation.result(layout), point, FLOATS)
    difference = _differences(derivation, point)
    if layout == "denominator":
        difference = [list(column) for column in zip(*difference, strict=True)]
    exact = all(_is_short(z) for array in (function, formula) for row in array for z in row)
    given = tuple((v, as_expr(point.values[v.name])) for v in ground.variables)
    sizes = tuple((name, point.sizes[name]) for name in ground.size_names)
    return Illustration(layout, sizes, given, as_expr(function), as_expr(formula), as_expr(difference), exact)


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
