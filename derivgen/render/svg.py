"""Drawings in HTML: lines and boxes are SVG, labels are MathML laid over them.

Labels inside the SVG would need foreignObject, which Safari places wrongly once a page is
zoomed. Lengths are in em of a block whose font is as wide as its container allows, so that
boxes and labels shrink together on a phone.
"""

from __future__ import annotations

from markupsafe import Markup

from derivgen.document.scene import DOT, Curve, Dot, Drawing, Line, Point, Rectangle
from derivgen.printing import mathml
from derivgen.printing.leanmathml import in_page
from derivgen.render.writer import Placed

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
    boxes, lines = map(_rectangle, drawing.rectangles), map(_line, drawing.lines)
    shapes = (*boxes, *map(_curve, drawing.curves), *lines, *map(_dot, drawing.dots))
    frame = '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    return Markup(frame).format(_length(drawing.width), _length(drawing.height), Markup("").join(shapes))  # noqa: S704  # a constant above


def _rectangle(box: Rectangle) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" class="{}"/>').format(
        *map(_length, (box.x, box.y, box.width, box.height, box.radius)), box.weight
    )


def _line(line: Line) -> Markup:
    start, *rest = line.shaft
    command = "L" if len(rest) == 1 else "C"
    path = f"M{_point(start)}{command}{' '.join(map(_point, rest))}"
    shaft = Markup('<path d="{}" class="{}"/>').format(path, line.weight)
    if line.head is None:
        return shaft
    kind = Markup(' class="marked"') if line.weight == "marked" else ""
    return shaft + Markup('<polygon points="{}"{}/>').format(" ".join(map(_point, line.head)), kind)


def _curve(curve: Curve) -> Markup:
    return Markup('<polyline points="{}" class="{}"/>').format(" ".join(map(_point, curve.points)), curve.weight)


def _dot(dot: Dot) -> Markup:
    kind = "open" if dot.is_open else "full"
    return Markup('<circle cx="{}" cy="{}" r="{}" class="{}"/>').format(*map(_length, (dot.x, dot.y, DOT)), kind)


def _label(label: Placed) -> Markup:
    formula = Markup(in_page(mathml.mathml(label.box, display=False, alttext=label.spoken)))  # noqa: S704  # our own printer's output
    # The place is in em of the drawing, so it stands on an element of the drawing's own size.
    kind = "label over" if label.hides else "label"
    place = '<span class="{}" style="left:{}em;top:{}em"><span style="font-size:{}em">{}</span></span>'
    return Markup(place).format(kind, *map(_length, (label.x, label.y, label.size)), formula)  # noqa: S704  # a constant above


def _point(point: Point) -> str:
    return f"{_length(point[0])},{_length(point[1])}"


def _length(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
