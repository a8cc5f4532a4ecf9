"""Drawings in HTML: lines and boxes are SVG, labels are MathML laid over them.

Labels inside the SVG would need foreignObject, which Safari places wrongly once a page is
zoomed. Lengths are in em of a block whose font is as wide as its container allows, so that
boxes and labels shrink together on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from markupsafe import Markup, escape

from derivgen.document.scene import DOT, Curve, Dot, Drawing, Line, Point, Rectangle
from derivgen.printing import mathml
from derivgen.printing.leanmathml import in_page
from derivgen.render.writer import Placed

SMALL = 0.82  # em: the letters of a small label, as the style has them
WIDEST = 27.0  # em: what is wider would have letters too small to read on a phone, and scrolls instead


def picture(drawing: Drawing, labels: tuple[Placed, ...], spoken: str) -> Markup:
    """The drawing as one image with words for it."""
    size = f"--wide:{_length(drawing.width)};--high:{_length(drawing.height)}"
    scene = f'<div class="scene">{svg(drawing)}{"".join(map(_label, labels))}</div>'
    scrolls = ' class="formula" tabindex="0"' if drawing.width > WIDEST else ""
    image = f'<div role="img" aria-label="{escape(spoken)}"{scrolls}>'
    return Markup(f'{image}<div class="drawing" style="{size}">{scene}</div></div>')  # noqa: S704  # escaped above


def svg(drawing: Drawing) -> str:
    """The lines and boxes alone; colours come from the style of the page. They are numbers, and so need no escape."""
    boxes = map(_rectangle, drawing.rectangles)
    shapes = "".join((*boxes, *map(_curve, drawing.curves), *_lines(drawing.lines), *map(_dot, drawing.dots)))
    return f'<svg viewBox="0 0 {_length(drawing.width)} {_length(drawing.height)}">{shapes}</svg>'


def _rectangle(box: Rectangle) -> str:
    round_ = "" if box.radius == 0 else f' rx="{_length(box.radius)}"'
    x, y, wide, high = map(_length, (box.x, box.y, box.width, box.height))
    return f'<rect x="{x}" y="{y}" width="{wide}" height="{high}"{round_}{_kind(box.weight)}/>'


def _kind(weight: str) -> str:
    # Thin is what the style draws where nothing is said.
    return "" if weight == "thin" else f' class="{weight}"'


def _lines(lines: Iterable[Line]) -> Iterator[str]:
    """Neighbouring lines of one weight as one path, and their heads as another."""
    for weight, group in groupby(lines, attrgetter("weight")):
        alike = tuple(group)
        yield f'<path d="{"".join(map(_shaft, alike))}"{_kind(weight)}/>'
        heads = "".join(f"M{_points(line.head)}Z" for line in alike if line.head is not None)
        if heads:
            yield f'<path d="{heads}" class="head{" marked" if weight == "marked" else ""}"/>'


def _shaft(line: Line) -> str:
    start, *rest = line.shaft
    return f"M{_point(start)}{'L' if len(rest) == 1 else 'C'}{_points(rest)}"


def _points(points: Iterable[Point]) -> str:
    return " ".join(map(_point, points))


def _curve(curve: Curve) -> str:
    return f'<polyline points="{_points(curve.points)}"{_kind(curve.weight)}/>'


def _dot(dot: Dot) -> str:
    kind = ' class="open"' if dot.is_open else ""
    return f'<circle cx="{_length(dot.x)}" cy="{_length(dot.y)}" r="{_length(DOT)}"{kind}/>'


def _label(label: Placed) -> str:
    # To those who hear the page a picture is one image with its own words, and its parts are silent.
    formula = in_page(mathml.mathml(label.box, display=False))
    # The place is in em of the drawing, so it stands on an element of the drawing's own size.
    kind = ' class="over"' if label.hides else ""
    element = "small" if label.size == SMALL else "span"
    size = "" if label.size in (SMALL, 1) else f";--size:{_length(label.size)}"
    # A label has no size, so its place is that of its top and its left alone.
    place = f"inset:{_length(label.y)}em {_length(label.x)}em{size}"
    return f'<{element}{kind} style="{place}">{formula}</{element}>'


def _point(point: Point) -> str:
    return f"{_length(point[0])},{_length(point[1])}"


def _length(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if abs(value) < 1 else text
