"""Points beyond the kinks of an answer: min(x, 5) is x wherever entries are small, and must be seen where they are not.

The points of a key have entries of ordinary size. Where an argument at a kink has one sign at all of them, larger and
smaller ones are looked at; and of every kink that the derivative itself does not have, both sides close by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from derivgen.answers.limits import variables_of
from derivgen.answers.reals import REALS, Reading, real_value
from derivgen.calculus.numbers import Point
from derivgen.calculus.points import Ground, admissible
from derivgen.expr.build import negative
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Apply, Choice, Expr, Sum, Unresolved
from derivgen.expr.walk import inlined, nodes_within
from derivgen.record import record

# Points are made so many times as large, or as small, until an argument changes its sign.
_FACTORS = (-1.0, 4.0, -4.0, 0.1, 20.0, -20.0, 0.005, 200.0, -200.0, 4000.0)
# So many points are made larger, and so many arguments and entries of each are followed.
_POINTS, _ARGUMENTS, _ENTRIES = 8, 6, 6
# Between so many pairs of points less one a kink is looked for; how often the way between two signs is halved.
_CLOSE, _HALVES = 3, 22
# Of the derivative's own kinks so many entries are looked at, at these shares of the way: nearer than that none may be.
_NEAR, _APART = 2, (2e-4, 1e-3, 5e-3)

Side = tuple[Point, bool]


def has_kink(name: str) -> bool:
    """Whether a function has a kink where its argument, or the difference of its two, is zero."""
    return name == "norm1" or (FUNCTIONS[name].is_elementwise and FUNCTIONS[name].smooth in (("x != 0",), ("a != b",)))


def bent(expr: Expr) -> Iterator[Expr]:
    """What has a kink where it is zero."""
    for node in nodes_within(expr):
        match node:
            case Choice(left=left, right=right) | Apply(function="max" | "min", arguments=(left, right)):
                yield Sum((left, negative(right)))
            case Apply(function=name, arguments=(argument,)) if has_kink(name):
                yield argument


def far_beyond(ground: Ground, right: Expr, points: Sequence[Point]) -> Iterator[Point]:
    """Points on the side of a kink of the derivative that none of the points is on, and not far from each kink.

    A smooth function that is steep there, such as sigmoid(1000*x), is step(x) but for these.
    """
    for argument in _arguments(right):
        for number, follower in enumerate(_followers(ground, argument, points)):
            bracket = follower.bracket()
            if not follower.is_reached:
                yield from (point for point, _ in bracket[1:])
            if number < _NEAR and bracket:
                yield from follower.close_by(bracket[0], bracket[1][0], _APART)


def beyond(ground: Ground, answer: Expr, right: Expr, points: Sequence[Point]) -> Iterator[Point]:
    """Points on both sides of the kinks of an answer that the derivative does not have."""
    known = set(_arguments(right))
    for argument in _arguments(answer):
        for follower in _followers(ground, argument, points) if argument not in known else ():
            bracket = follower.bracket()
            yield from (point for point, _ in (bracket[1:] if not follower.is_reached else ()))
            for other, _ in bracket[1:_CLOSE]:
                yield from follower.close_by(bracket[0], other)


def _arguments(expr: Expr) -> list[Expr]:
    whole = inlined(expr)
    if any(isinstance(node, Unresolved) for node in nodes_within(whole)):
        return []
    return [one for one in dict.fromkeys(bent(whole)) if variables_of(one)][:_ARGUMENTS]


def _followers(ground: Ground, argument: Expr, points: Sequence[Point]) -> Iterator[_Follower]:
    """One for each entry of the argument, at points of one choice of sizes."""
    points = [point for point in points if point.sizes == points[0].sizes]
    known = [(point, found) for point in points if (found := real_value(argument, point, REALS)) is not None]
    places = [(i, j) for i, row in enumerate(known[0][1]) for j in range(len(row))] if known else []
    for place in places[:_ENTRIES]:
        yield _Follower(ground, argument, place, tuple((point, _sign(found, place)) for point, found in known))


def _sign(found: Reading, place: tuple[int, int]) -> bool:
    return found[place[0]][place[1]] > 0


@record
class _Follower:
    """One entry of an argument at a kink, with its sign at the points of a key."""

    ground: Ground
    argument: Expr
    place: tuple[int, int]
    seen: tuple[Side, ...]

    @property
    def is_reached(self) -> bool:
        """Whether both signs are among the points."""
        return len({sign for _, sign in self.seen}) > 1

    def bracket(self) -> tuple[Side, ...]:
        """A point, and points with the other sign: far off where all points have one sign alone; or nothing."""
        first = self.seen[0]
        others = [side for side in self.seen if side[1] != first[1]][:_POINTS] or self._far()
        return (first, *others) if others else ()

    def _far(self) -> list[Side]:
        for factor in _FACTORS:
            several = [_scaled(point, factor, variables_of(self.argument)) for point, _ in self.seen[:_POINTS]]
            signs = [(point, self._sign_at(point)) for point in several]
            known = [(point, sign) for point, sign in signs if sign is not None and sign != self.seen[0][1]]
            found = [side for side in known if admissible(self.ground, side[0])]
            if found:
                return found
        return []

    def _sign_at(self, point: Point) -> bool | None:
        found = real_value(self.argument, point, REALS)
        return None if found is None else _sign(found, self.place)

    def close_by(self, first: Side, other: Point, apart: Sequence[float] = (0,)) -> tuple[Point, ...]:
        """Both sides of the kink between two points: where the way between them allows it, as far from it as this."""
        (start, sign), end = first, other
        low, high = 0.0, 1.0
        for _ in range(_HALVES):
            middle = (low + high) / 2
            low, high = (middle, high) if self._sign_at(_between(start, end, middle)) == sign else (low, middle)
        for share in apart:
            sides = _between(start, end, low - share), _between(start, end, high + share)
            if all(admissible(self.ground, side) for side in sides):
                return sides
        return ()


def _scaled(point: Point, factor: float, names: Collection[str]) -> Point:
    """The point with some of its values made larger or smaller."""
    values: dict[str, Array] = {name: [[factor * z for z in row] for row in point.values[name]] for name in names}
    return replace(point, values={**point.values, **values})


def _between(start: Point, end: Point, share: float) -> Point:
    values: dict[str, Array] = {}
    for name, array in start.values.items():
        pairs = zip(array, end.values[name], strict=True)
        values[name] = [[a + share * (b - a) for a, b in zip(*rows, strict=True)] for rows in pairs]
    return replace(start, values=values)
