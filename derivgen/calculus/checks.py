"""The check of a line: both sides have the same value at every point, or the line is not printed."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.numbers import FLOATS, Point, point_in, precise, value
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Check
from derivgen.errors import NoRule
from derivgen.expr.functions.table import Array, Number
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import shapes_within

SURE = 1e-12
MOST_ENTRIES = 100_000
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
    """Checks lines at the same few points; the left sides are worked out once."""

    def __init__(self, points: tuple[Point, ...]) -> None:
        self.points = points
        self._lefts: dict[Expr, tuple[Array, ...]] = {}

    @staticmethod
    def drawn(ground: Ground, seed: str) -> Checker:
        """A checker at points drawn for `ground`; the same seed gives the same points."""
        return Checker(draw(ground, seed))

    def moving(self, names: tuple[str, ...]) -> Checker:
        """The same points, with only the named variables changing."""
        return Checker(
            tuple(replace(p, changes={k: v for k, v in p.changes.items() if k in names}) for p in self.points)
        )

    def check(self, left: Expr, *rights: Expr) -> Check:
        """The outcome of comparing `left` with each of `rights` at every point.

        Raises: WrongStep if they differ; NoRule if the arrays are too large to be worked out.
        """
        for point in self.points:
            for expr in (left, *rights):
                _refuse_large(expr, point.sizes)
        if left not in self._lefts:
            self._lefts[left] = tuple(value(left, point, FLOATS) for point in self.points)
        largest = 0.0
        for right in rights:
            for point, wanted in zip(self.points, self._lefts[left], strict=True):
                largest = max(largest, self._compared(left, right, point, wanted))
        sizes = tuple(sorted(self.points[0].sizes.items()))
        return Check(len(self.points), sizes, largest)

    def _compared(self, left: Expr, right: Expr, point: Point, wanted: Array) -> float:
        error = difference(wanted, value(right, point, FLOATS))
        if error <= SURE:
            return error
        # Rounding grows where large terms cancel; 50 digits tell a true line from a wrong one.
        exact, m = point_in(point, precise()), precise()
        decided = difference(value(left, exact, m), value(right, exact, m))
        if decided <= SURE_PRECISELY:
            return decided
        raise WrongStep(left, right, error, point)


def _refuse_large(expr: Expr, sizes: dict[str, int]) -> None:
    """Raises: NoRule where an array on the way would fill the memory: a line that is not checked is not printed."""
    entries = max(shape.entries.at(sizes) for shape in shapes_within(expr))
    if entries > MOST_ENTRIES:
        raise NoRule(f"arrays of {entries} entries", "the check by number", "ask for a derivative of smaller arrays")


def difference(wanted: Array, found: Array) -> float:
    """The largest difference of entries over the largest entry; infinite if the shapes differ."""
    if len(wanted) != len(found) or len(wanted[0]) != len(found[0]):
        return float("inf")
    gap = max(_size(a - b) for rows in zip(wanted, found, strict=True) for a, b in zip(*rows, strict=True))
    scale = max(_size(z) for array in (wanted, found) for row in array for z in row)
    error = gap / max(scale, 1e-3)
    return error if error == error else float("inf")


def _size(z: Number) -> float:
    return float(abs(z))
