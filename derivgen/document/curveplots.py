"""A function of one number and its derivative side by side; where the derivative has no value, open circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import isfinite

from derivgen.calculus.floats import FLOATS
from derivgen.calculus.illustration import Illustration
from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.calculus.records import Derivation
from derivgen.document.axes import Window, axes
from derivgen.document.blocks import Figure
from derivgen.document.contours import Pair, thinned
from derivgen.document.scene import Curve, Dot, Part, bounds, drawing, moved
from derivgen.document.wording.plots import curves_caption, curves_words
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import names_within
from derivgen.record import record

HALF = 3.0  # units that a window shows on each side at least
WIDE = 9.0  # em of the window
LOWEST, HIGHEST = 3.0, 8.0  # em
SAMPLES = 240
SEARCHED = 6.0  # units around 0 in which kinks are sought
NEAR = 1e-7  # beside a kink
STAYS = 0.015  # em that a line may leave its points
BETWEEN = 2.6  # em between the two
TALLEST = 3.0  # times the usual heights; what grows further is cut off
STEEPEST = 1e3


@record
class Kink:
    """Where a function has a corner: its place and the derivative before and behind it."""

    at: float
    before: float
    after: float


def curves_picture(derivation: Derivation, found: Sequence[Illustration]) -> Figure:
    """The function on the left, its derivative on the right."""
    variable = derivation.request.wrt[0]
    corners = kinks(derivation, found)
    ends = _ends(corners, [complex(one.point.values[variable.name][0][0]).real for one in found])
    function, slope = (
        _reading(derivation.request.of, derivation, found),
        _reading(_answer(derivation), derivation, found),
    )
    left_name, right_name = derivation.request.of, derivation.steps[-1].left
    left = _panel(function, ends, (), (variable, left_name))
    right = _panel(slope, ends, corners, (variable, right_name))
    apart = bounds(left)[2] - bounds(right)[0] + BETWEEN
    caption = curves_caption(left_name, right_name, has_gaps=bool(corners))
    jumps = tuple((_short(one.at), _short(one.before), _short(one.after)) for one in corners)
    told = tuple((_short(x), _short(y)) for x in ends if (y := function(x)) is not None)
    return Figure(drawing((*left, *moved(right, apart, 0.0))), caption, curves_words(left_name, variable, told, jumps))


def _answer(derivation: Derivation) -> Expr:
    return derivation.result("numerator")


def kinks(derivation: Derivation, found: Sequence[Illustration]) -> tuple[Kink, ...]:
    """The corners of a function of one number: places of its conditions at which the derivative jumps."""
    slope = _reading(_answer(derivation), derivation, found)
    sides = [c for c in derivation.conditions if c.relation == "!=" and c.right is not None]
    places = {
        round(place, 6)
        for c in sides
        if c.right is not None
        for place in _zeros(_gap(c.left, c.right, derivation, found))
    }
    made = (Kink(at, before, after) for at in sorted(places) for before, after in _beside(slope, at))
    return tuple(kink for kink in made if abs(kink.before - kink.after) > 1e-3)


def _beside(slope: Callable[[float], float | None], at: float) -> Iterator[tuple[float, float]]:
    before, after = slope(at - NEAR), slope(at + NEAR)
    if before is not None and after is not None and max(abs(before), abs(after)) < STEEPEST:
        yield before, after


def _reading(expr: Expr, derivation: Derivation, found: Sequence[Illustration]) -> Callable[[float], float | None]:
    """The expression as a function of the variable alone, with the numbers of the check; None where it has no value."""
    name = derivation.request.wrt[0].name
    fixed = found[0].point

    def at(x: float) -> float | None:
        try:
            here = Point({**fixed.values, name: [[complex(x)]]}, fixed.sizes, fixed.changes, fixed.indices)
            number = complex(value(expr, here, FLOATS)[0][0]).real
        except NO_VALUE:
            return None
        return number if isfinite(number) else None

    if name not in names_within(expr):
        always = at(0.0)
        return lambda _: always
    return at


def _gap(
    left: Expr, right: Expr, derivation: Derivation, found: Sequence[Illustration]
) -> Callable[[float], float | None]:
    one, other = _reading(left, derivation, found), _reading(right, derivation, found)

    def at(x: float) -> float | None:
        above, below = one(x), other(x)
        return None if above is None or below is None else above - below

    return at


def _zeros(gap: Callable[[float], float | None]) -> Iterator[float]:
    """Where a function changes its sign or is 0, by halving."""
    steps = [SEARCHED * (2 * k / SAMPLES - 1) for k in range(SAMPLES + 1)]
    for (low, below), (high, above) in pairwise([(step, gap(step)) for step in steps]):
        if below == 0:
            yield low
        elif below is not None and above is not None and below * above < 0:
            for _ in range(60):
                middle = (low + high) / 2
                here = gap(middle)
                low, high = (middle, high) if here is not None and here * below > 0 else (low, middle)
            yield high


def _ends(corners: Sequence[Kink], points: Sequence[float]) -> Pair:
    """From where to where: around the corners, and no point of the check outside."""
    middles = [kink.at for kink in corners] or [0.0]
    low, high = min(middles) - HALF, max(middles) + HALF
    near = [point for point in points if abs(point) <= 2 * HALF]
    return float(round(min([low, *near]))), float(round(max([high, *near])))


def _panel(
    function: Callable[[float], float | None], ends: Pair, corners: Sequence[Kink], names: tuple[Expr, Expr]
) -> tuple[Part, ...]:
    """One curve with its axes; the axes meet at 0 where the window holds it."""
    pieces = tuple(_pieces(function, ends, [kink.at for kink in corners]))
    window = _window(pieces, ends)
    origin = (min(max(0.0, window.left), window.right), min(max(0.0, window.bottom), window.top))
    parts: list[Part] = [*axes(window, origin, names)]
    for piece in pieces:
        for is_shown, run in groupby(piece, key=lambda pair: window.holds(*pair)):
            points = thinned([window.place(*pair) for pair in run], STAYS)
            parts += [Curve(points, "strong")] if is_shown and len(points) > 1 else []
    for kink in corners:
        parts += [Dot(*window.place(kink.at, y), is_open=True) for y in (kink.before, kink.after)]
    return tuple(parts)


def _pieces(
    function: Callable[[float], float | None], ends: Pair, corners: Sequence[float]
) -> Iterator[tuple[Pair, ...]]:
    """The points of the curve, in pieces that end at its corners and where it has no value."""
    marks = [ends[0], *corners, ends[1]]
    for start, end in pairwise(marks):
        run: list[Pair] = []
        for k in range(SAMPLES + 1):
            x = start + NEAR + (end - start - 2 * NEAR) * k / SAMPLES
            y = function(x)
            if y is not None:
                run.append((x, y))
            elif len(run) > 1:
                yield tuple(run)
                run = []
        if len(run) > 1:
            yield tuple(run)


def _window(pieces: Sequence[tuple[Pair, ...]], ends: Pair) -> Window:
    """The window of a curve, with units of one length in both directions where that looks well."""
    low, high = _heights(sorted(y for piece in pieces for _, y in piece) or [0.0])
    room = max(high - low, 1.0) * 0.12
    bottom, top = min(0.0, low) - room, max(0.0, high) + room
    across = WIDE / (ends[1] - ends[0])
    up = min(max(across * (top - bottom), LOWEST), HIGHEST) / (top - bottom)
    return Window(ends[0], ends[1], bottom, top, across, up)


def _heights(heights: Sequence[float]) -> Pair:
    """From where to where a curve goes; beside a pole it is cut off."""
    low, high = heights[len(heights) // 20], heights[-1 - len(heights) // 20]
    if heights[-1] - heights[0] > TALLEST * max(high - low, 1e-9):
        return low, high
    return heights[0], heights[-1]


def _short(number: float) -> Fraction:
    return Fraction(str(round(number, 2)))
