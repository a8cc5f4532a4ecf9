"""Level lines of a function of two numbers, with the gradient at the point of the check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, cos, floor, hypot, pi, sin

from derivgen.calculus.floats import FLOATS
from derivgen.calculus.illustration import Illustration
from derivgen.calculus.numbers import Point, value
from derivgen.calculus.records import Derivation
from derivgen.document.axes import Window, axes, round_step
from derivgen.document.blocks import Figure
from derivgen.document.contours import Grid, Pair, grid_of, level_lines, thinned
from derivgen.document.scene import Curve, Dot, Label, Line, Part, drawing, extent
from derivgen.document.wording.plots import levels_caption, levels_words
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Component, Constant, Expr, Transpose, Unresolved, Variable
from derivgen.printing.boxes import Box, Fenced, Operator, beside
from derivgen.printing.present import present
from derivgen.record import record

LEAST = 2.0  # units that the window shows on each side of its middle at least
ROOM = 1.7  # times the way from the middle to the point
FAR = 8.0
SIDE = 12.0  # em of the window
CELLS = 96
LEVELS = 6
USUAL = 8  # levels over the middle of all heights
STAYS = 0.02  # em that a line may leave its points
ARROW = 2.8  # em
BESIDE = 0.9  # em from a point to the middle of its name
PLACES = 24


@record
class Plane:
    """A function of two numbers, with the point of the check, the gradient there, and the middle of the picture."""

    of: Expr
    slope: Expr
    names: tuple[Expr, Expr]
    variable: Expr | Box
    at: Pair
    function: Callable[[float, float], float]
    gradient: Pair
    middle: Pair


def plane_of(derivation: Derivation, found: Sequence[Illustration]) -> Plane | None:
    """The plane in which the variables lie; None where they are not two numbers, or not all of it has a value."""
    request = derivation.request
    is_first = not request.is_second and request.of.is_scalar
    if not found or not is_first or derivation.conditions:
        return None
    fixed = found[0].point
    start = [number for variable in request.wrt for row in fixed.values[variable.name] for number in row]
    if len(start) != 2 or not all(variable.shape.is_column for variable in request.wrt):
        return None

    def at(x: float, y: float) -> Point:
        return replace(fixed, values={**fixed.values, **_values(request.wrt, (x, y))})

    point = (complex(start[0]).real, complex(start[1]).real)
    (row,) = value(derivation.result("numerator"), at(*point), FLOATS)
    return Plane(
        request.of,
        Transpose(Unresolved(request.of, request.wrt)),
        _names(request.wrt),
        request.wrt[0] if len(request.wrt) == 1 else _pair(*map(present, request.wrt)),
        point,
        lambda x, y: complex(value(request.of, at(x, y), FLOATS)[0][0]).real,
        (complex(row[0]).real, complex(row[1]).real),
        point,
    )


def _values(wrt: tuple[Variable, ...], numbers: Pair) -> dict[str, Array]:
    if len(wrt) == 1:
        return {wrt[0].name: [[complex(number)] for number in numbers]}
    return {v.name: [[complex(number)]] for v, number in zip(wrt, numbers, strict=True)}


def _names(wrt: tuple[Variable, ...]) -> tuple[Expr, Expr]:
    if len(wrt) == 2:
        return wrt[0], wrt[1]
    return Component(wrt[0], 1), Component(wrt[0], 2)


def _pair(first: Box, second: Box) -> Box:
    return Fenced("(", beside(first, Operator(",", "punctuation"), second), ")")


def is_quadratic(plane: Plane) -> bool:
    """Whether third differences vanish and second ones do not, along two lines through the point."""
    for right, up in ((1.0, 0.5), (-0.5, 1.0)):
        a, b, c, d = (plane.function(plane.at[0] + k * right, plane.at[1] + k * up) for k in range(4))
        scale = max(map(abs, (a, b, c, d, 1.0)))
        if abs(d - 3 * c + 3 * b - a) > 1e-9 * scale or abs(c - 2 * b + a) < 1e-6 * scale:
            return False
    return plane.gradient != (0.0, 0.0)


def quadratic(plane: Plane) -> Plane:
    """The plane of a quadratic function as its polynomial, which is worked out sooner, around where it is level."""
    (x0, y0), (first, second) = plane.at, plane.gradient
    here, (across, up, mixed) = plane.function(x0, y0), _second_differences(plane)

    def polynomial(x: float, y: float) -> float:
        right, high = x - x0, y - y0
        return here + first * right + second * high + (across * right**2 + up * high**2) / 2 + mixed * right * high

    return replace(plane, function=polynomial, middle=_resting(plane) or plane.at)


def _second_differences(plane: Plane) -> tuple[float, float, float]:
    """Of a quadratic function its second derivatives, exactly: twice across, twice up, and once each."""
    (x, y), f = plane.at, plane.function
    here = f(x, y)
    across = f(x + 1, y) - 2 * here + f(x - 1, y)
    up = f(x, y + 1) - 2 * here + f(x, y - 1)
    return across, up, (f(x + 1, y + 1) - f(x + 1, y - 1) - f(x - 1, y + 1) + f(x - 1, y - 1)) / 4


def levels_picture(plane: Plane) -> Figure:
    """Level lines in equal steps, the one through the point thick, and the gradient at the point."""
    window = _window(plane)
    grid = grid_of(plane.function, _between(window.left, window.right), _between(window.bottom, window.top))
    height = plane.function(*plane.at)
    step = _step(grid, height)
    lines = {level: level_lines(grid, level) for level in _levels(grid, height, step)}
    parts: list[Part] = [*axes(window, (window.left, window.bottom), plane.names)]
    for level, pieces in lines.items():
        weight = "strong" if level == height else "thin"
        parts += [Curve(thinned([window.place(*pair) for pair in piece], STAYS), weight) for piece in pieces]  # type: ignore[arg-type]  # one of two weights
    parts += _arrow(plane, window, [window.place(*pair) for piece in lines[height] for pair in piece])
    are_closed = all(piece[0] == piece[-1] for piece in lines[height])
    told = tuple(Constant(Fraction(str(round(number, 2)))) for number in (*plane.at, height, *plane.gradient))
    words = levels_words(plane.variable, told, are_closed=are_closed)
    return Figure(drawing(parts), levels_caption(plane.of, step, plane.variable), words)


def _window(plane: Plane) -> Window:
    """A square of whole numbers around the middle, with room around the point."""
    half = max(LEAST, ROOM * max(abs(a - b) for a, b in zip(plane.middle, plane.at, strict=True)))
    left, bottom = floor(plane.middle[0] - half), floor(plane.middle[1] - half)
    side = ceil(2 * half)
    return Window(left, left + side, bottom, bottom + side, SIDE / side, SIDE / side)


def _resting(plane: Plane) -> Pair | None:
    """Where the gradient is 0 if the function is quadratic; None where that is nowhere, or far off.

    It solves H d = -g for the way d from the point.
    """
    across, up, mixed = _second_differences(plane)
    determinant = across * up - mixed * mixed
    if abs(determinant) < 1e-9:
        return None
    first, second = plane.gradient
    way = ((mixed * second - up * first) / determinant, (mixed * first - across * second) / determinant)
    return (plane.at[0] + way[0], plane.at[1] + way[1]) if max(map(abs, way)) < FAR else None


def _between(start: float, end: float) -> tuple[float, ...]:
    return tuple(start + (end - start) * k / CELLS for k in range(CELLS + 1))


def _step(grid: Grid, height: float) -> Fraction:
    """A round step between levels, so that some lie on each side of the one through the point."""
    heights = sorted(one for row in grid.heights for one in row)
    lowest, highest = heights[0], heights[-1]
    usual = (heights[len(heights) * 17 // 20] - heights[len(heights) * 3 // 20]) / USUAL
    inside = (height - lowest) / 3
    return round_step(max(min(usual, inside), (highest - lowest) / 150))


def _levels(grid: Grid, height: float, step: Fraction) -> tuple[float, ...]:
    """The level of the point, and others in equal steps from it, as far as the window has them."""
    lowest, highest = min(map(min, grid.heights)), max(map(max, grid.heights))
    found = [height + k * float(step) for k in range(-LEVELS, LEVELS + 1)]
    return tuple(level for level in found if lowest < level < highest or level == height)


def _arrow(plane: Plane, window: Window, line: Sequence[Pair]) -> tuple[Part, ...]:
    (x, y), length = window.place(*plane.at), hypot(*plane.gradient)
    right, down = plane.gradient[0] / length, -plane.gradient[1] / length
    tip = (x + ARROW * right, y + ARROW * down)
    name = plane.slope
    wide, _ = extent(name, is_small=True)
    beyond = 0.5 + abs(right) * wide / 2
    label = Label(tip[0] + beyond * right, tip[1] + (0.3 + beyond) * down, name, is_small=True)
    shaft = [(x + t * ARROW * right, y + t * ARROW * down) for t in (0.2, 0.4, 0.6)]
    point = Label(*_free_place((x, y), [*line, *shaft]), plane.variable, is_small=True)
    return (Line(((x, y), tip), "strong", is_arrow=True), Dot(x, y), label, point)


def _free_place(at: Pair, taken: Sequence[Pair]) -> Pair:
    """The place around a point that is farthest from what is drawn."""
    turns = (2 * pi * k / PLACES for k in range(PLACES))
    around = [(at[0] + BESIDE * cos(turn), at[1] + BESIDE * sin(turn)) for turn in turns]
    return max(around, key=lambda place: min(hypot(place[0] - x, place[1] - y) for x, y in taken))
