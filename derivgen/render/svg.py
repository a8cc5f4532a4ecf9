"""Drawings in HTML: lines and boxes are SVG, labels are MathML laid over them.

Labels inside the SVG would need foreignObject, which Safari places wrongly once a page is
zoomed. Lengths are in em of a block whose font is as wide as its container allows, so that
boxes and labels shrink together on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup

from derivgen.document.scene import DOT, Curve, Dot, Drawing, Line, Point, Rectangle
from derivgen.printing import mathml
from derivgen.printing.leanmathml import in_page
from derivgen.render.writer import Placed

SMALL = 0.82  # em: the letters of a small label, as the style has them
WIDEST = 27.0  # em: what is wider would have letters too small to read on a phone, and scrolls instead


def picture(drawing: Drawing, labels: tuple[Placed, ...], spoken: str) -> Markup:
    """The drawing as one image with words for it."""
    wide, high = map(_length, (drawing.width, drawing.height))
    scene = '<div class="drawing" style="--wide:{};--high:{}"><div class="scene">{}{}</div></div>'
    drawn = Markup(scene).format(wide, high, svg(drawing), Markup("").join(map(_label, labels)))  # noqa: S704  # a constant above
    scrolls = Markup(' class="formula" tabindex="0"') if drawing.width > WIDEST else ""
    return Markup('<div role="img" aria-label="{}"{}>{}</div>').format(spoken, scrolls, drawn)


def svg(drawing: Drawing) -> Markup:
    """The lines and boxes alone; colours come from the style of the page."""
    boxes = map(_rectangle, drawing.rectangles)
    shapes = (*boxes, *map(_curve, drawing.curves), *_lines(drawing.lines), *map(_dot, drawing.dots))
    frame = '<svg viewBox="0 0 {} {}">{}</svg>'
    return Markup(frame).format(_length(drawing.width), _length(drawing.height), Markup("").join(shapes))  # noqa: S704  # a constant above


def _rectangle(box: Rectangle) -> Markup:
    round_, kind = "" if box.radius == 0 else Markup(' rx="{}"').format(_length(box.radius)), _kind(box.weight)
    place = tuple(map(_length, (box.x, box.y, box.width, box.height)))
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"{}{}/>').format(*place, round_, kind)


def _kind(weight: str) -> Markup:
    # Thin is what the style draws where nothing is said.
    return Markup("") if weight == "thin" else Markup(' class="{}"').format(weight)


def _lines(lines: Iterable[Line]) -> Iterator[Markup]:
    """Neighbouring lines of one weight as one path, and their heads as another."""
    for weight, group in groupby(lines, attrgetter("weight")):
        alike = tuple(group)
        yield Markup('<path d="{}"{}/>').format("".join(map(_shaft, alike)), _kind(weight))
        heads = "".join(f"M{_points(line.head)}Z" for line in alike if line.head is not None)
        if heads:
            yield Markup('<path d="{}" class="head{}"/>').format(heads, " marked" if weight == "marked" else "")


def _shaft(line: Line) -> str:
    start, *rest = line.shaft
    return f"M{_point(start)}{'L' if len(rest) == 1 else 'C'}{_points(rest)}"


def _points(points: Iterable[Point]) -> str:
    return " ".join(map(_point, points))


def _curve(curve: Curve) -> Markup:
    return Markup('<polyline points="{}"{}/>').format(_points(curve.points), _kind(curve.weight))


def _dot(dot: Dot) -> Markup:
    kind = Markup(' class="open"') if dot.is_open else ""
    return Markup('<circle cx="{}" cy="{}" r="{}"{}/>').format(*map(_length, (dot.x, dot.y, DOT)), kind)


def _label(label: Placed) -> Markup:
    # To those who hear the page a picture is one image with its own words, and its parts are silent.
    formula = Markup(in_page(mathml.mathml(label.box, display=False)))  # noqa: S704  # our own printer's output
    # The place is in em of the drawing, so it stands on an element of the drawing's own size.
    kind = Markup(' class="over"') if label.hides else ""
    element = "small" if label.size == SMALL else "span"
    size = "" if label.size in (SMALL, 1) else f";--size:{_length(label.size)}"
    # A label has no size, so its place is that of its top and its left alone.
    place = '<{0}{1} style="inset:{2}em {3}em{4}">{5}</{0}>'
    return Markup(place).format(element, kind, *map(_length, (label.y, label.x)), size, formula)  # noqa: S704  # a constant above


def _point(point: Point) -> str:
    return f"{_length(point[0])},{_length(point[1])}"


def _length(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if abs(value) < 1 else text
