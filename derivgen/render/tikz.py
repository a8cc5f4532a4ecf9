"""Drawings in LaTeX, by the package tikz and nothing beside it."""

from __future__ import annotations

from typing import assert_never

from pylatex import NoEscape

from derivgen.document.scene import DOT, Curve, Dot, Drawing, Line, Point, Rectangle, Weight
from derivgen.printing import latex
from derivgen.render.writer import Placed

WIDEST = 37.0  # em of the text on a page
HIGHEST = 50.0


def picture(drawing: Drawing, labels: tuple[Placed, ...], spoken: str) -> NoEscape:  # noqa: ARG001  # pdfTeX of this age cannot tag a picture
    """The drawing as a tikzpicture; all of it is set smaller where it would leave the page."""
    scale = min(1.0, WIDEST / drawing.width, HIGHEST / drawing.height)
    unit = _length(scale)
    options = f"x={unit}em,y=-{unit}em,baseline=(current bounding box.center)"
    lines = [
        rf"\begin{{tikzpicture}}[{options}]",
        rf"\useasboundingbox (0,0) rectangle {_point((drawing.width, drawing.height))};",
        *(_rectangle(box, scale) for box in drawing.rectangles),
        *map(_curve, drawing.curves),
        *map(_line, drawing.lines),
        *map(_dot, drawing.dots),
        *(_label(label, scale) for label in labels),
        r"\end{tikzpicture}",
    ]
    return NoEscape("\n".join(lines))


def _rectangle(box: Rectangle, scale: float) -> str:
    corner = _point((box.x + box.width, box.y + box.height))
    radius = f",rounded corners={_length(box.radius * scale)}em" if box.radius else ""
    return rf"\draw[{_weight(box.weight)},fill=tint{radius}] {_point((box.x, box.y))} rectangle {corner};"


def _line(line: Line) -> str:
    start, *rest = line.shaft
    path = [_point(start)]
    if len(rest) == 1:
        path.append(f"-- {_point(rest[0])}")
    else:
        for first, second, end in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            path.append(f".. controls {_point(first)} and {_point(second)} .. {_point(end)}")
    drawn = rf"\draw[{_weight(line.weight)}] {' '.join(path)};"
    if line.head is None:
        return drawn
    colour = "[marked]" if line.weight == "marked" else ""
    return f"{drawn}\n\\fill{colour} {' -- '.join(map(_point, line.head))} -- cycle;"


def _curve(curve: Curve) -> str:
    return rf"\draw[{_weight(curve.weight)}] {' -- '.join(map(_point, curve.points))};"


def _dot(dot: Dot) -> str:
    command = r"\draw[line width=.8pt,fill=white]" if dot.is_open else r"\fill"
    return f"{command} {_point((dot.x, dot.y))} circle[radius={_length(DOT)}];"


def _label(label: Placed, scale: float) -> str:
    size = rf"\fontsize{{{_length(11 * scale * label.size)}}}{{12}}\selectfont" if scale * label.size != 1 else ""
    ground = "fill=white,inner sep=1.5pt" if label.hides else "inner sep=0pt"
    options = rf"anchor=mid,{ground}{f',font={size}' if size else ''}"
    return rf"\node[{options}] at {_point((label.x, label.y))} {{\({latex.latex(label.box)}\)}};"


def _weight(weight: Weight) -> str:
    match weight:
        case "thin":
            return "line width=.4pt"
        case "strong":
            return "line width=1.8pt"
        case "marked":
            return "marked,line width=1.8pt"
    assert_never(weight)


def _point(point: Point) -> str:
    return f"({_length(point[0])},{_length(point[1])})"


def _length(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
