"""The check of a line: both sides have the same value at every point, or the line is not printed."""

from __future__ import annotations

import random
from dataclasses import replace

from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, Values, point_in, value
from derivgen.calculus.points import MOST_ENTRIES, Ground, draw_values
from derivgen.calculus.precision import precise
from derivgen.calculus.records import Check
from derivgen.errors import NoRule
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import Expr, Index, Reference, Unspecified
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import free_indices, shapes_within

Named = Reference | Unspecified

SURE = 1e-12
# At 50 digits both sides of a true line agree to many more digits than this.
SURE_PRECISELY = 1e-25


class WrongStep(Exception):
    """A line whose two sides differ: a fault of derivgen, never of the input."""

    def __init__(self, left: Expr, right: Expr, error: float, point: Point) -> None:
        super().__init__(f"the two sides of a step differ by {error:.3g}")
        self.left = left
        self.right = right
        self.error = error
        self.point = point


class Checker:
    """Checks lines at the same few points; what occurs in several lines is worked out once.

    `named` are functions that lines may also use as variables of their own, innermost first.
    """

    def __init__(self, points: tuple[Point, ...], named: tuple[Named, ...] = ()) -> None:
        self.points = points
        self.named = named
        self._small: set[Expr] = set()
        self._shapes: set[Shape] = set()
        self._values: dict[tuple[Index, ...], tuple[Values, ...]] = {(): tuple(Values(p, FLOATS) for p in points)}

    @staticmethod
    def at(values: tuple[Values, ...]) -> Checker:
        """A checker at points at which something is worked out already."""
        made = Checker(tuple(one.point for one in values))
        made._values = {(): values}
        return made

    @staticmethod
    def drawn(ground: Ground, seed: str) -> Checker:
        """A checker at points drawn for `ground`; the same seed gives the same points.

        Raises: NoRule if the arrays are too large to be worked out.
        """
        # Symbolic sizes are at least 2 at the points.
        least = dict.fromkeys(ground.size_names, 2)
        for expr in (*ground.expressions, *ground.variables):
            for shape in shapes_within(expr):
                _refuse_large(shape, least)
        return Checker.at(draw_values(ground, seed))

    def moving(self, names: tuple[str, ...]) -> Checker:
        """The same points, with only the named variables changing."""
        if all(p.changes.keys() <= set(names) for p in self.points):
            return self
        points = tuple(replace(p, changes={k: v for k, v in p.changes.items() if k in names}) for p in self.points)
        return Checker(points, self.named)

    def naming(self, functions: tuple[Named, ...]) -> Checker:
        """The same points, at which each of the functions is a variable too: it has its value there, and may change."""
        points = tuple(_with_changes(_with_values(p, functions, FLOATS), functions) for p in self.points)
        return Checker(points, (*self.named, *functions))

    def check(self, left: Expr, *rights: Expr) -> Check:
        """The outcome of comparing `left` with each of `rights` at every point.

        A line with a letter k that no sum binds is compared for every k from 1 to its size.

        Raises: WrongStep if they differ; NoRule if the arrays or their entries are too large to be worked out.
        """
        for expr in (left, *rights):
            self._refuse_large(expr)
        letters = tuple(dict.fromkeys(index for side in (left, *rights) for index in free_indices(side)))
        places = self._counting(letters)
        largest = max(self._compared(left, right, values) for right in rights for values in places)
        sizes = tuple(sorted(self.points[0].sizes.items()))
        return Check(len(self.points), sizes, largest)

    def _refuse_large(self, expr: Expr) -> None:
        if expr not in self._small:
            for shape in shapes_within(expr):
                if shape not in self._shapes:
                    for point in self.points:
                        _refuse_large(shape, point.sizes)
                    self._shapes.add(shape)
            self._small.add(expr)

    def _counting(self, letters: tuple[Index, ...]) -> tuple[Values, ...]:
        if letters not in self._values:
            fewer = self._counting(letters[:-1])
            self._values[letters] = tuple(one for values in fewer for one in values.counting(letters[-1]))
        return self._values[letters]

    def _compared(self, left: Expr, right: Expr, values: Values) -> float:
        try:
            error = difference(values.of(left), values.of(right))
        except OverflowError:
            error = float("inf")
        if error <= SURE:
            return error
        # Rounding grows where large terms cancel; 50 digits tell a true line from a wrong one.
        m = precise()
        # What has a name is worked out anew: its float is not its value to 50 digits.
        exact = Values(_with_values(point_in(values.point, m), self.named, m), m)
        try:
            decided = difference(exact.of(left), exact.of(right))
        except NO_VALUE:
            raise NoRule("numbers so large", "the check by number", "write smaller exponents") from None
        if decided <= SURE_PRECISELY:
            return decided
        raise WrongStep(left, right, error, values.point)


def _refuse_large(shape: Shape, sizes: dict[str, int]) -> None:
    """Raises: NoRule where an array on the way would fill the memory: a line that is not checked is not printed."""
    entries = shape.rows.at(sizes) * shape.columns.at(sizes)
    if entries > MOST_ENTRIES:
        raise NoRule(
            f"arrays of {entries} entries",
            "the check by number",
            "give the size a name, as in vector(n): the derivative is the same for every n",
        )


def _with_values(point: Point, functions: tuple[Named, ...], m: Arithmetic) -> Point:
    values = {function.name: value(function, point, m) for function in functions}
    return replace(point, values={**point.values, **values})


def _with_changes(point: Point, functions: tuple[Named, ...]) -> Point:
    changes = {function.name: _drawn(function.name, point.values[function.name]) for function in functions}
    return replace(point, changes={**point.changes, **changes})


def _drawn(name: str, like: Array) -> Array:
    rng = random.Random(name)  # noqa: S311  # nothing is secret: the same changes in every run are wanted
    return [[complex(rng.uniform(0.2, 1.0) * rng.choice((-1, 1))) for _ in row] for row in like]


def difference(wanted: Array, found: Array) -> float:
    """The largest difference of entries over the largest entry; infinite if the shapes differ."""
    if len(wanted) != len(found) or len(wanted[0]) != len(found[0]):
        return float("inf")
    gap = scale = 0.0
    for row, other in zip(wanted, found, strict=True):
        for a, b in zip(row, other, strict=True):
            apart = _size(a - b)
            if not apart < float("inf"):
                return float("inf")
            gap = max(gap, apart)
            scale = max(scale, _size(a), _size(b))
    return gap / max(scale, 1e-3)


def is_nothing(array: Array) -> bool:
    """Whether every entry is zero, but for rounding."""
    return all(abs(z) < SURE for row in array for z in row)


def _size(z: Number) -> float:
    return float(abs(z))
