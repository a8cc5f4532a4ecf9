"""Axes of a plot: a window of numbers, to scale, with a few round numbers along its sides."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor, log10

from derivgen.document.scene import SMALL, Label, Line, Part, Point, extent
from derivgen.expr.nodes import Constant, Expr
from derivgen.printing.boxes import Box
from derivgen.printing.present import present
from derivgen.record import record

TICK = 0.12  # half of its length
BELOW = 2.5  # em
OVER = 0.7  # em that an axis goes on behind its window
APART = 1.5  # em between two numbers at least


@record
class Window:
    """What a plot shows: from left to right and from bottom to top, and the em of a unit in each direction."""

    left: float
    right: float
    bottom: float
    top: float
    across: float
    up: float

    def place(self, x: float, y: float) -> Point:
        """Where a point of the window is drawn; y grows upwards."""
        return x * self.across, -y * self.up

    def holds(self, x: float, y: float) -> bool:
        """Whether the window shows a point."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def axes(window: Window, origin: Point, names: tuple[Expr, Expr]) -> tuple[Part, ...]:
    """Two axes that meet at `origin`, with their names at the ends and round numbers along them."""
    x, y = origin
    right, top = window.place(window.right, y), window.place(x, window.top)
    left, bottom = window.place(window.left, y), window.place(x, window.bottom)
    end, peak = (right[0] + OVER, right[1]), (top[0], top[1] - OVER)
    (wide, _), (_, high) = extent(names[0]), extent(names[1])
    return (
        Line((left, end), is_arrow=True),
        Line((bottom, peak), is_arrow=True),
        Label(end[0] + 0.35 + wide / 2, end[1], names[0]),
        Label(peak[0], peak[1] - 0.3 - high / 2, names[1]),
        *_along(window, origin),
        *_beside(window, origin),
    )


def _along(window: Window, origin: Point) -> Iterator[Part]:
    """The numbers of the level axis; none where the other axis stands."""
    _, bottom = window.place(0.0, window.bottom)
    for number in _round_numbers(window.left, window.right, window.across, origin[0]):
        x, at = window.place(float(number), origin[1])
        # Where the window ends soon below the axis, its numbers stand below it, out of the way of the curve.
        low = bottom + 0.55 if bottom - at < BELOW else at + 0.8
        yield Line(((x, at - TICK), (x, at + TICK)))
        yield Label(x, low, _box(number), is_small=True)


def _beside(window: Window, origin: Point) -> Iterator[Part]:
    for number in _round_numbers(window.bottom, window.top, window.up, origin[1]):
        at, y = window.place(origin[0], float(number))
        yield Line(((at - TICK, y), (at + TICK, y)))
        yield Label(at - 0.4 - SMALL * extent(_box(number))[0] / 2, y, _box(number), is_small=True)


def _round_numbers(start: float, end: float, unit: float, origin: float) -> tuple[Fraction, ...]:
    step = round_step(APART / unit)
    if end - start >= 2:  # enough whole numbers
        step = max(step, Fraction(1))
    first, last = ceil(Fraction(start) / step), floor(Fraction(end) / step)
    return tuple(k * step for k in range(first, last + 1) if k * step != origin)


def round_step(least: float) -> Fraction:
    """The first of 1, 2, 5, 10, 20, ... and of their tenths that is at least this long."""
    power = floor(log10(least))
    steps = (Fraction(factor) * Fraction(10) ** power for factor in (1, 2, 5, 10))
    return next(step for step in steps if step >= Fraction(least) * Fraction(999, 1000))


def _box(number: Fraction) -> Box:
    return present(Constant(number))
