"""Level lines of a function of two numbers, by marching squares; each point is moved onto the level itself.

Source: Maple (2003), Geometric design and space planning using the marching squares and marching cube algorithms,
Proceedings of the International Conference on Geometric Modeling and Graphics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import hypot

from derivgen.record import record

Function = Callable[[float, float], float]
Pair = tuple[float, float]
# An edge of the grid by its lower or left end, and whether it goes to the right.
Edge = tuple[int, int, bool]

TURNS = 8  # steps that move a crossing onto the level at most
CLOSE = 1e-9


@record
class Grid:
    """A function on a grid of points: `heights[i][j]` at (across[i], up[j])."""

    function: Function
    across: tuple[float, ...]
    up: tuple[float, ...]
    heights: tuple[tuple[float, ...], ...]


def grid_of(function: Function, across: Sequence[float], up: Sequence[float]) -> Grid:
    """The function worked out at every point of the grid."""
    heights = tuple(tuple(function(x, y) for y in up) for x in across)
    return Grid(function, tuple(across), tuple(up), heights)


def level_lines(grid: Grid, level: float) -> tuple[tuple[Pair, ...], ...]:
    """Where the function has this value, as lines; the last point of a closed one is its first."""
    beside: dict[Edge, list[Edge]] = {}
    for one, other in _segments(grid, level):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    places = {edge: _crossing(grid, edge, level) for edge in beside}
    return tuple(tuple(places[edge] for edge in line) for line in _joined(beside))


def _segments(grid: Grid, level: float) -> Iterator[tuple[Edge, Edge]]:
    above = [[height >= level for height in column] for column in grid.heights]
    for i, (left, right) in enumerate(pairwise(above)):
        if left == right and all(left) == any(left):
            continue
        for j, corners in enumerate(zip(left, right, right[1:], left[1:], strict=False)):
            if any(corners) and not all(corners):
                yield from _within(grid, (i, j), corners, level)


def _within(
    grid: Grid, corner: tuple[int, int], corners: tuple[bool, bool, bool, bool], level: float
) -> Iterator[tuple[Edge, Edge]]:
    """The pieces of a level line within one square; two of them are parted by what its middle says."""
    i, j = corner
    around: tuple[Edge, ...] = ((i, j, True), (i + 1, j, False), (i, j + 1, True), (i, j, False))
    ends = zip(corners, (*corners[1:], corners[0]), strict=True)
    crossed = [edge for edge, (one, other) in zip(around, ends, strict=True) if one != other]
    if len(crossed) == 2:
        yield crossed[0], crossed[1]
        return
    bottom, right, top, left = around
    middle = grid.function((grid.across[i] + grid.across[i + 1]) / 2, (grid.up[j] + grid.up[j + 1]) / 2)
    yield from ((bottom, right), (top, left)) if (middle >= level) == corners[0] else ((bottom, left), (top, right))


def _crossing(grid: Grid, edge: Edge, level: float) -> Pair:
    """The point of an edge where the function has the level, by halving with the secant (Illinois)."""
    i, j, is_level = edge
    start = (grid.across[i], grid.up[j])
    end = (grid.across[i + 1], grid.up[j]) if is_level else (grid.across[i], grid.up[j + 1])

    def gap(t: float) -> float:
        return grid.function(start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])) - level

    t = _root(gap)
    return start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])


def _root(gap: Callable[[float], float]) -> float:
    """Where a function that changes sign between 0 and 1 is 0."""
    (low, below), (high, above) = (0.0, gap(0.0)), (1.0, gap(1.0))
    for _ in range(TURNS):
        t = low if below == above else high - above * (high - low) / (above - below)
        here = gap(t)
        if here * above < 0:
            low, below = high, above
        else:
            below /= 2
        high, above = t, here
        if abs(here) < CLOSE:
            break
    return high


def _joined(beside: dict[Edge, list[Edge]]) -> Iterator[tuple[Edge, ...]]:
    """The segments one behind the other: open lines from their ends, then what is closed."""
    left = {edge: list(others) for edge, others in beside.items()}
    ends = [edge for edge, others in beside.items() if len(others) == 1]
    for start in (*ends, *beside):
        line = [start]
        while left[line[-1]]:
            following = left[line[-1]].pop(0)
            left[following].remove(line[-1])
            line.append(following)
        if len(line) > 1:
            yield tuple(line)


def thinned(line: Sequence[Pair], tolerance: float) -> tuple[Pair, ...]:
    """The line with only the points that it needs to stay this close to itself.

    Source: Douglas and Peucker (1973), Cartographica 10(2).
    """
    if len(line) < 3:
        return tuple(line)
    gaps = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    widest = max(gaps)
    if widest <= tolerance:
        return (line[0], line[-1])
    at = gaps.index(widest) + 1
    return (*thinned(line[: at + 1], tolerance), *thinned(line[at:], tolerance)[1:])


def _distance(point: Pair, start: Pair, end: Pair) -> float:
    along, up = end[0] - start[0], end[1] - start[1]
    length = hypot(along, up)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(along * (point[1] - start[1]) - up * (point[0] - start[0])) / length
