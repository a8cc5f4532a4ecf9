"""Drawings in LaTeX: its own picture environment, whose lines the package pict2e draws at any slope.

TikZ draws the same, and takes a third of the time of a page with pictures.
"""

from __future__ import annotations

from collections.abc import Iterable

from pylatex import NoEscape

from derivgen.document.scene import DOT, Dot, Drawing, Line, Point, Rectangle
from derivgen.printing import latex
from derivgen.render.writer import Placed

WIDEST = 37.0  # em of the text on a page
HIGHEST = 50.0
ROUND = 0.5523  # of a corner's radius: where a cubic curve has its control points to come near a circle


def picture(drawing: Drawing, labels: tuple[Placed, ...], spoken: str) -> NoEscape:  # noqa: ARG001  # pdfTeX of this age cannot tag a picture
    """The drawing as a picture environment; all of it is set smaller where it would leave the page."""
    scale = min(1.0, WIDEST / drawing.width, HIGHEST / drawing.height)
    high = drawing.height
    lines = [
        rf"\begin{{scene}}{{{_length(scale)}em}}({_length(drawing.width)},{_length(high)})",
        *(_rectangle(box, high) for box in drawing.rectangles),
        *(rf"\{curve.weight}line{{\polyline{_points(curve.points, high)}}}" for curve in drawing.curves),
        *(_line(line, high) for line in drawing.lines),
        *(_dot(dot, high) for dot in drawing.dots),
        *(_label(label, high, scale) for label in labels),
        r"\end{scene}",
    ]
    return NoEscape("\n".join(lines))


def _rectangle(box: Rectangle, high: float) -> str:
    left, top, right, bottom, room = box.x, box.y, box.x + box.width, box.y + box.height, box.radius
    if not room:
        first, *others = (left, top), (right, top), (right, bottom), (left, bottom)
        path = "".join(rf"\lineto{_points([corner], high)}" for corner in others)
        return rf"\{box.weight}box{{\moveto{_points([first], high)}{path}\closepath}}"
    path = ""
    corners = ((right, top, 0, 1), (right, bottom, -1, 0), (left, bottom, 0, -1), (left, top, 1, 0))
    for x, y, across, down in corners:
        # A corner is left in the direction in which the outline goes on, clockwise; it is entered at a right angle.
        before = (x - down * room, y + across * room)
        after = (x + across * room, y + down * room)
        near = tuple((x + (a - x) * (1 - ROUND), y + (b - y) * (1 - ROUND)) for a, b in (before, after))
        path += rf"\lineto{_points([before], high)}\curveto{_points([*near, after], high)}"
    return rf"\{box.weight}box{{\moveto{_points([(left + room, top)], high)}{path}\closepath}}"


def _line(line: Line, high: float) -> str:
    start, *rest = line.shaft
    drawn = rf"\polyline{_points(line.shaft, high)}"
    if len(rest) > 1:
        pieces = "".join(rf"\curveto{_points(rest[k : k + 3], high)}" for k in range(0, len(rest), 3))
        drawn = rf"\moveto{_points([start], high)}{pieces}\strokepath"
    head = "" if line.head is None else rf"\polygon*{_points(line.head, high)}"
    return rf"\{line.weight}line{{{drawn}{head}}}"


def _dot(dot: Dot, high: float) -> str:
    kind = "opendot" if dot.is_open else "fulldot"
    return rf"\put{_points([(dot.x, dot.y)], high)}{{\{kind}{{{_length(2 * DOT)}}}}}"


def _label(label: Placed, high: float, scale: float) -> str:
    size = rf"\fontsize{{{_length(11 * scale * label.size)}}}{{12}}\selectfont" if scale * label.size != 1 else ""
    kind = "labelover" if label.hides else "labelat"
    return rf"\put{_points([(label.x, label.y)], high)}{{\{kind}{{{size}\({latex.latex(label.box)}\)}}}}"


def _points(points: Iterable[Point], high: float) -> str:
    """Points in coordinates that grow upwards."""
    return "".join(f"({_length(x)},{_length(high - y)})" for x, y in points)


def _length(value: float) -> str:
    return f"{value + 0:.3f}".rstrip("0").rstrip(".") or "0"
