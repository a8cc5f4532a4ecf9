"""A point with short numbers at which a reader can redo the check by hand.

The points are tried in a fixed order, small whole numbers first; the one with the shortest
numbers wins. Beside the formula stands a central difference, which uses the function only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, islice, product
from math import inf
from operator import itemgetter

from derivgen.calculus.arrays import entrywise, turned
from derivgen.calculus.candidates import logarithm_of
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, Values, central, point_in, value
from derivgen.calculus.points import Ground, admissible, admits, size_assignments
from derivgen.calculus.precision import precise
from derivgen.calculus.records import Derivation
from derivgen.calculus.shortness import PLACES, Price, rounded
from derivgen.expr.build import apply
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Constant as Number
from derivgen.expr.nodes import Expr, Stack, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE
from derivgen.expr.walk import leaves
from derivgen.problem.problem import Condition, LayoutName, Problem, counterpart
from derivgen.record import record

# More entries than this nobody compares by eye.
LARGEST = 36
# What a table of one point has room for on paper, and one of both sides of a kink; in digits.
WIDEST = {1: 50, 2: 28}
GAP = 2  # digits, between two columns of an array
ROUNDING = 1e-6  # in a sum of prices
MOST_SIZES = 4096
OTHERS = 6  # assignments of sizes that are tried where the first one makes arrays that are too wide


@record
class Illustration:
    """The values of the variables, of the function, of the formula in a layout, and of finite differences."""

    layout: LayoutName
    sizes: tuple[tuple[str, int], ...]
    given: tuple[tuple[Variable, Expr], ...]
    function: Expr
    formula: Expr
    difference: Expr
    is_exact: bool
    point: Point

    @property
    def width(self) -> int:
        """The digits, signs and gaps of the widest array of numbers."""
        given = (array for _, array in self.given)
        return max(map(_width, (*given, self.function, self.formula, self.difference)))

    def in_layout(self, layout: LayoutName) -> Illustration:
        """The same numbers in a layout."""
        if layout == self.layout:
            return self
        formula, difference = _transposed(self.formula), _transposed(self.difference)
        return replace(self, layout=layout, formula=formula, difference=difference)

    def value_of(self, expr: Expr) -> Expr | None:
        """The value of another expression at this point, rounded; None where it has none."""
        try:
            return as_expr(value(expr, self.point, FLOATS))
        except NO_VALUE:
            return None

    def shows_exactly(self, expr: Expr) -> bool:
        """Whether the value of another expression needs no rounding."""
        try:
            return all(_is_short(z) for row in value(expr, self.point, FLOATS) for z in row)
        except NO_VALUE:
            return True


def illustrations(
    problem: Problem, derivation: Derivation, *, apart: tuple[tuple[Expr, Expr], ...] = ()
) -> tuple[Illustration, ...]:
    """One small point, or two where a scalar has a kink between them; none of an unspecified function or without room.

    The two expressions of each pair in `apart` have different values there, if any point can do that.
    """
    if any(isinstance(leaf, Unspecified) for leaf in leaves(derivation.request.of)):
        return ()
    found = _found(problem, derivation, apart)
    first = next(found, ())
    if not _has_room(first):
        turned_round = _turned_round(first)
        first = next((other for other in islice(found, OTHERS) if _has_room(other)), turned_round)
    ground, _ = _ground_of(problem, derivation)
    if not _is_of_vectors(ground) or all(one.is_exact and _tells(one.point) for one in first):
        return first
    # Two numbers may have a whole norm where three have none that is short.
    second = next(found, ())
    is_better = second and _has_room(second) and all(one.is_exact and _tells(one.point) for one in second)
    return second if is_better else first


def _found(
    problem: Problem, derivation: Derivation, apart: tuple[tuple[Expr, Expr], ...] = ()
) -> Iterator[tuple[Illustration, ...]]:
    """What can be shown at each of a few assignments of sizes, the best one first, whether or not a table has room."""
    ground, kinks = _ground_of(problem, derivation)
    price = Price.over(ground, derivation, apart=apart)
    layout = problem.layouts(derivation.request)[0]
    for sizes in _sizes(ground, derivation):
        if chosen := _both_sides(sizes, kinks[0], price) if kinks else _cheapest(sizes, price):
            yield tuple(_shown(point, ground, derivation, layout) for point in chosen)


def are_too_large(problem: Problem, derivation: Derivation) -> bool:
    """Whether there is a point with short numbers, though no table has room for them."""
    return any(not _has_room(made) for made in _found(problem, derivation))


def _turned_round(several: tuple[Illustration, ...]) -> tuple[Illustration, ...]:
    """What is too wide for a table, in the layout in which it is high instead; none where that does not help."""
    turned_round = tuple(one.in_layout(counterpart(one.layout)) for one in several)
    is_small = all(_entries(one.formula) <= LARGEST for one in several)
    return turned_round if is_small and _has_room(turned_round) else ()


def _has_room(several: tuple[Illustration, ...]) -> bool:
    """Whether a table has room for these points beside each other."""
    return all(one.width <= WIDEST[len(several)] for one in several)


def _transposed(shown: Expr) -> Expr:
    return Stack(tuple(zip(*shown.rows, strict=True))) if isinstance(shown, Stack) else shown


def _entries(shown: Expr) -> int:
    return len(shown.rows) * len(shown.rows[0]) if isinstance(shown, Stack) else 1


def _width(shown: Expr) -> int:
    if not isinstance(shown, Stack):
        return 0
    return sum(max(map(_digits, column)) + GAP for column in zip(*shown.rows, strict=True))


def _digits(entry: Expr) -> int:
    return len(f"{float(entry.value):.{PLACES}f}".rstrip("0").rstrip(".")) if isinstance(entry, Number) else 1


def _ground_of(problem: Problem, derivation: Derivation) -> tuple[Ground, list[Condition]]:
    """What a point has to fulfil, and the kinks among it."""
    request = derivation.request
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    kinks = [c for c in conditions if c.relation == "!=" and _is_kink(c, derivation)]
    return Ground((request.of, *request.wrt, *request.then), conditions), kinks


def illustrated_at(
    problem: Problem, derivation: Derivation, earlier: tuple[Illustration, ...]
) -> tuple[Illustration, ...]:
    """The numbers of another derivative at the points of an earlier one; none where these points do not serve it.

    They do where all is given, where the answer is not 0, and where they lie on both sides of its kinks.
    """
    ground, kinks = _ground_of(problem, derivation)
    points = [one.point for one in (earlier if kinks else earlier[:1])]
    given = {variable.name for variable in ground.variables}
    if not points or any(given != set(point.values) or not admissible(ground, point) for point in points):
        return ()
    if kinks and not {1, -1} <= {side for point in points for side in _sides(kinks[0], Values(point, FLOATS))}:
        return ()
    layout = problem.layouts(derivation.request)[0]
    made = tuple(_shown(point, ground, derivation, layout) for point in points)
    answers = [value(derivation.result(layout), point, FLOATS) for point in points]
    tells = any(z != 0 for answer in answers for row in answer for z in row)
    return made if tells and _has_room(made) else ()


def _tells(point: Point) -> bool:
    """Whether the entries of each array differ."""
    entries = ([z for row in array for z in row] for array in point.values.values())
    return all(len(set(several)) == len(several) for several in entries)


def _is_of_vectors(ground: Ground) -> bool:
    """Whether there is one size, and it is that of vectors: three entries then tell more than two."""
    return len(ground.size_names) == 1 and all(variable.shape.columns == ONE for variable in ground.variables)


def _sizes(ground: Ground, derivation: Derivation) -> tuple[dict[str, int], ...]:
    """A few assignments of sizes, the best one first: small arrays, none square that need not be, names that differ.

    Where the answer is large all the same, a size may be 1.
    """
    names = ground.size_names
    answer = derivation.result("numerator").shape
    shapes = (answer, derivation.request.of.shape, *(variable.shape for variable in ground.variables))

    def cost(sizes: dict[str, int]) -> tuple[int, int, int, tuple[int, ...]]:
        numbers = [(shape.rows.at(sizes), shape.columns.at(sizes)) for shape in shapes]
        hidden = sum(
            rows == columns and shape.rows != shape.columns
            for shape, (rows, columns) in zip(shapes, numbers, strict=True)
        )
        equal = sum(one == other for one, other in combinations(sizes.values(), 2))
        return hidden, equal, sum(rows * columns for rows, columns in numbers), tuple(-k for k in sizes.values())

    def found(numbers: tuple[int, ...]) -> list[dict[str, int]]:
        several = islice(product(numbers, repeat=len(names)), MOST_SIZES)
        fitting = (sizes for picked in several if ground.fits(sizes := dict(zip(names, picked, strict=True))))
        return sorted(fitting, key=cost)

    def small(several: list[dict[str, int]]) -> list[dict[str, int]]:
        return [sizes for sizes in several if answer.entries.at(sizes) <= LARGEST]

    usual = [*found((3,)), *found((2,))] if _is_of_vectors(ground) else found((2, 3, 4) if len(names) > 2 else (2, 3))
    best = small(usual) or [*small(found((1, 2, 3))), *usual]
    return (*best[:4], *islice(size_assignments(ground), 24))


def _is_kink(condition: Condition, derivation: Derivation) -> bool:
    """Whether a condition keeps a point off a kink (and not off a division by zero)."""
    rules = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    used = {c for step in derivation.steps if {step.rule, *step.also} & _KINK_RULES for c in step.conditions}
    return bool(rules & _KINK_RULES) and condition in used


_KINK_RULES = {"relu", "abs", "sign", "max-min", "cases", "norm1"}


def _cheapest(sizes: Mapping[str, int], price: Price, fits: Callable[[Values], bool] = lambda _: True) -> list[Point]:
    """The admissible point of the lowest price that fits, the first of several; none if there is none.

    Those whose given numbers are cheap come first, so that most are never worked out.
    """
    best: tuple[float, int, Point] | None = None
    of_answer, of_function = price.least_of_answer(sizes), price.least_of_function(sizes)
    for least, k, point in price.points(sizes):
        most = inf if best is None else best[0] + ROUNDING - least
        if of_answer + of_function > most:
            break
        values = Values(point, FLOATS)
        # Conditions and wrong answers are worked out at the few points only that are cheap enough without.
        if not fits(values) or (best is None and not admits(price.ground, values)):
            continue
        numbers = price.of_numbers_up_to(most, values, of_answer)
        if numbers is None or (best is not None and not admits(price.ground, values)):
            continue
        found = (least + (numbers + price.of_slips(values)), k, point)
        best = found if best is None else min(best, found, key=itemgetter(0, 1))
    return [] if best is None else [best[2]]


def _both_sides(sizes: Mapping[str, int], kink: Condition, price: Price) -> list[Point]:
    """One point where an array has an entry on each side, else one point for each side."""
    if mixed := _cheapest(sizes, price, lambda values: {1, -1} <= _sides(kink, values)):
        return mixed
    above = _cheapest(sizes, price, lambda values: _sides(kink, values) == {1})
    ordered = (Values(point, FLOATS) for _, _, point in sorted(price.points(sizes), key=itemgetter(1)))
    below = [values.point for values in ordered if _is_below(kink, values) and admits(price.ground, values)]
    if not above or not below:
        return _cheapest(sizes, price)
    (first,) = above
    # The second point differs from the first in one variable, so that what makes the difference is seen.
    near = [
        replace(first, values={**first.values, name: point.values[name]}) for point in below for name in first.values
    ]
    beside = (Values(point, FLOATS) for point in near)
    other = [values.point for values in beside if _is_below(kink, values) and admits(price.ground, values)]
    changed = [(_changed(first, point), point) for point in other or below]
    fewest = min(count for count, _ in changed)
    return [first, min((point for count, point in changed if count == fewest), key=price.of)]


def _changed(first: Point, other: Point) -> tuple[int, int]:
    """How many entries differ, and how many stand in the arrays that do: a number of its own is changed first."""
    pairs = [(array, other.values[name]) for name, array in first.values.items() if array != other.values[name]]
    entries = [(a, b) for both in pairs for rows in zip(*both, strict=True) for a, b in zip(*rows, strict=True)]
    return sum(a != b for a, b in entries), len(entries)


def _is_below(kink: Condition, values: Values) -> bool:
    return _sides(kink, values) == {-1}


def _sides(kink: Condition, values: Values) -> set[int]:
    """On which sides of a kink the entries are: both, where an array has an entry on each; none without a value."""
    if kink.right is None:
        return set()
    try:
        gaps = entrywise(values.of(kink.left), values.of(kink.right), lambda a, b: a - b)
    except NO_VALUE:
        return set()
    return {1 if complex(gap).real > 0 else -1 for row in gaps for gap in row}


def _shown(point: Point, ground: Ground, derivation: Derivation, layout: LayoutName) -> Illustration:
    request = derivation.request
    function, formula = value(request.of, point, FLOATS), value(derivation.result(layout), point, FLOATS)
    difference = _differences(derivation, point)
    if layout == "denominator":
        difference = turned(difference)
    exact = all(_is_short(z) for array in (function, formula) for row in array for z in row)
    given = tuple((v, _as_given(point.values[v.name])) for v in ground.variables)
    sizes = tuple((name, point.sizes[name]) for name in ground.size_names)
    return Illustration(layout, sizes, given, as_expr(function), as_expr(formula), as_expr(difference), exact, point)


def _differences(derivation: Derivation, point: Point) -> Array:
    """Central differences of the function alone, of themselves for a second derivative."""
    request, m = derivation.request, precise()
    first = Unresolved(request.of, request.wrt)

    def slope(at: Point) -> Array:
        return central(lambda here: value(request.of, here, m), first, at)

    start = point_in(point, m)
    if request.is_second:
        return central(slope, request.derivative, start)
    return slope(start)


def _is_short(z: complex) -> bool:
    number = complex(z).real
    return abs(number - round(number, PLACES)) < 1e-9


def _as_given(array: Array) -> Expr:
    """The numbers of a point, exactly: a logarithm is written as one."""

    def entry(z: complex) -> Expr:
        k = logarithm_of(z)
        return Number(rounded(z)) if k is None else apply("log", Number(Fraction(k)))

    return written(array, entry)


def as_expr(array: Array) -> Expr:
    """The numbers as an expression, rounded to four places."""
    return written(array, lambda z: Number(rounded(z)))


def written(array: Array, entry: Callable[[complex], Expr]) -> Expr:
    """The array with each entry written by `entry`."""
    rows = tuple(tuple(map(entry, row)) for row in array)
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else Stack(rows)
