"""A drawing in no format: rectangles, lines and labels at places that are computed once.

The unit is the em of the text around it; x grows to the right and y downwards. What a
label holds is a formula; formats set it with its middle at the label's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import hypot
from typing import Literal

from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import Box, Brace, Fraction, Grid, Letter, Operator, Row, Script, Word, inner
from derivgen.printing.present import present
from derivgen.printing.widths import width
from derivgen.record import record

Point = tuple[float, float]
Weight = Literal["thin", "strong", "marked"]  # what is marked is strong, and coloured too

SMALL = 0.82
MARGIN = 0.15
HEAD = 0.42  # length of an arrow's head
HALF_HEAD = 0.17
DOT = 0.2  # radius of a dot


@record
class Rectangle:
    """A box by its upper left corner; the weight of its outline marks it, and a radius rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    weight: Weight = "thin"
    radius: float = 0.0

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@record
class Line:
    """A straight line through two points, or a smooth one: a start, then three control points for each piece."""

    points: tuple[Point, ...]
    weight: Weight = "thin"
    is_arrow: bool = False

    @property
    def head(self) -> tuple[Point, Point, Point] | None:
        """The triangle at the end of an arrow: its tip and its two other corners."""
        if not self.is_arrow:
            return None
        (x, y), (right, down) = self.points[-1], _direction(self.points)
        back = (x - HEAD * right, y - HEAD * down)
        return (
            (x, y),
            (back[0] - HALF_HEAD * down, back[1] + HALF_HEAD * right),
            (back[0] + HALF_HEAD * down, back[1] - HALF_HEAD * right),
        )

    @property
    def middle(self) -> Point:
        """The point half way along it, in its middle piece."""
        if len(self.points) == 2:
            (x, y), (far_x, far_y) = self.points
            return (x + far_x) / 2, (y + far_y) / 2
        first = (len(self.points) - 1) // 6 * 3
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.points[first : first + 4]
        return (ax + 3 * bx + 3 * cx + dx) / 8, (ay + 3 * by + 3 * cy + dy) / 8

    @property
    def shaft(self) -> tuple[Point, ...]:
        """The points of the line itself: an arrow's ends inside its head."""
        if not self.is_arrow:
            return self.points
        (x, y), (right, down) = self.points[-1], _direction(self.points)
        return (*self.points[:-1], (x - 0.8 * HEAD * right, y - 0.8 * HEAD * down))


@record
class Curve:
    """Straight pieces from point to point, so short that they look like a curve."""

    points: tuple[Point, ...]
    weight: Weight = "thin"


@record
class Dot:
    """A point that is marked: full, or an open circle where a curve has no value."""

    x: float
    y: float
    is_open: bool = False


@record
class Label:
    """A formula with its middle at a place; one that stands on a line hides the line below it."""

    x: float
    y: float
    formula: Expr | Box
    is_small: bool = False
    hides: bool = False

    @property
    def size(self) -> float:
        """The size of its letters, in em."""
        return SMALL if self.is_small else 1.0


@record
class Drawing:
    """All that is drawn, within 0 to `width` and 0 to `height`."""

    width: float
    height: float
    rectangles: tuple[Rectangle, ...] = ()
    lines: tuple[Line, ...] = ()
    labels: tuple[Label, ...] = ()
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()


Part = Rectangle | Line | Curve | Dot | Label


def drawing(parts: Iterable[Part]) -> Drawing:
    """The parts, which may stand anywhere, moved into a frame that just holds them."""
    listed = tuple(parts)
    left, top, right, bottom = bounds(listed)
    placed = moved(listed, MARGIN - left, MARGIN - top)
    return Drawing(
        round(right - left + 2 * MARGIN, 3),
        round(bottom - top + 2 * MARGIN, 3),
        tuple(part for part in placed if isinstance(part, Rectangle)),
        tuple(part for part in placed if isinstance(part, Line)),
        tuple(part for part in placed if isinstance(part, Label)),
        tuple(part for part in placed if isinstance(part, Curve)),
        tuple(part for part in placed if isinstance(part, Dot)),
    )


def bounds(parts: Iterable[Part]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the parts together."""
    left, top, right, bottom = zip(*map(_frame, parts), strict=True)
    return min(left), min(top), max(right), max(bottom)


def table(rows: Sequence[Sequence[tuple[Part, ...]]], across: float, down: float) -> tuple[Part, ...]:
    """Cells in rows and columns with gaps between them.

    A cell stands in the middle of its column; the cells of a row keep one axis.
    """
    frames = [[bounds(cell) if cell else (0.0, 0.0, 0.0, 0.0) for cell in row] for row in rows]
    widths = [max(right - left for left, _, right, _ in column) for column in zip(*frames, strict=True)]
    parts: list[Part] = []
    y = 0.0
    for row, own in zip(rows, frames, strict=True):
        y -= min(top for _, top, _, _ in own)
        x = 0.0
        for cell, wide, (left, _, right, _) in zip(row, widths, own, strict=True):
            parts += moved(cell, x + wide / 2 - (left + right) / 2, y)
            x += wide + across
        y += max(bottom for _, _, _, bottom in own) + down
    return tuple(parts)


def moved(parts: Iterable[Part], right: float, down: float) -> tuple[Part, ...]:
    """The parts in another place."""
    return tuple(_moved(part, right, down) for part in parts)


def extent(formula: Expr | Box, *, is_small: bool = False) -> tuple[float, float]:
    """About how wide and how high a label is, in em."""
    box = present(formula) if isinstance(formula, Node) else formula
    size = SMALL if is_small else 1.0
    return size * width(box), size * _height(box)


def words_box(words: str) -> Box:
    """Words as a label."""
    return Word(words, is_operator=False)


def _moved(part: Part, right: float, down: float) -> Part:
    match part:
        case Line(points=points):
            return replace(part, points=tuple((round(x + right, 3), round(y + down, 3)) for x, y in points))
        case Curve(points=points):
            return replace(part, points=tuple((round(x + right, 2), round(y + down, 2)) for x, y in points))
        case Rectangle() | Dot() | Label():
            return replace(part, x=round(part.x + right, 3), y=round(part.y + down, 3))


def _frame(part: Part) -> tuple[float, float, float, float]:
    match part:
        case Rectangle(x=x, y=y, width=wide, height=high):
            return x, y, x + wide, y + high
        case Dot(x=x, y=y):
            return x - DOT, y - DOT, x + DOT, y + DOT
        case Line(points=points) | Curve(points=points):
            across, down = [x for x, _ in points], [y for _, y in points]
            return min(across), min(down), max(across), max(down)
        case Label(x=x, y=y, formula=formula, is_small=is_small):
            wide, high = extent(formula, is_small=is_small)
            return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _height(box: Box) -> float:
    match box:
        case Fraction(numerator=upper, denominator=lower):
            return 0.2 + 0.85 * (_height(upper) + _height(lower))
        case Grid(rows=rows):
            return sum(max(map(_height, row), default=1.2) for row in rows) + 0.2
        case Brace(body=body, label=label):
            return _height(body) + _height(label)
        case Script(base=base, below=below, above=above):
            return _height(base) + (0.15 if below is not None or above is not None else 0)
        case Operator(kind="large"):
            return 1.6
        case Letter():
            return 1.1
        case Row():
            return max(map(_height, box.boxes), default=1.1)
        case _:
            return max(map(_height, inner(box)), default=1.1)


def _direction(points: tuple[Point, ...]) -> Point:
    # A smooth line ends in the direction of its last two control points.
    (x, y), (before_x, before_y) = points[-1], points[-2]
    length = hypot(x - before_x, y - before_y)
    return (x - before_x) / length, (y - before_y) / length
