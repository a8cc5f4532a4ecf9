"""Drawings in Typst, by its own functions; no package is loaded."""

from __future__ import annotations

from typing import assert_never

from derivgen.document.scene import DOT, Curve, Dot, Drawing, Line, Point, Rectangle, Weight
from derivgen.printing import typst
from derivgen.render.typststrings import TypstCode, literal
from derivgen.render.writer import Placed

WIDEST = 39.0  # em of the text on a page
HIGHEST = 55.0


def picture(drawing: Drawing, labels: tuple[Placed, ...], spoken: str) -> TypstCode:
    """Two arguments of a function: the drawing in words, and the drawing."""
    scale = min(1.0, WIDEST / drawing.width, HIGHEST / drawing.height)
    boxes, lines = map(_rectangle, drawing.rectangles), map(_line, drawing.lines)
    parts = (*boxes, *map(_curve, drawing.curves), *lines, *map(_dot, drawing.dots), *map(_label, labels))
    inside = "\n".join(parts)
    return TypstCode(
        f"{literal(spoken)}, scene({_length(scale)}em, {_length(drawing.width)}em, {_length(drawing.height)}em)"
        f"[\n{inside}\n]"
    )


def _rectangle(box: Rectangle) -> str:
    place = f"dx: {_length(box.x)}em, dy: {_length(box.y)}em"
    size = f"width: {_length(box.width)}em, height: {_length(box.height)}em, radius: {_length(box.radius)}em"
    return f"#place({place}, rect({size}, fill: tint, stroke: {_stroke(box.weight)}));"


def _line(line: Line) -> str:
    start, *rest = line.shaft
    if len(rest) == 1:
        pieces = [f"curve.line({_point(rest[0])})"]
    else:
        triples = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
        pieces = [f"curve.cubic({_point(a)}, {_point(b)}, {_point(c)})" for a, b, c in triples]
    drawn = f"#place(curve(stroke: {_stroke(line.weight)}, curve.move({_point(start)}), {', '.join(pieces)}));"
    if line.head is None:
        return drawn
    colour = "marked" if line.weight == "marked" else "black"
    return f"{drawn}\n#place(polygon(fill: {colour}, {', '.join(map(_point, line.head))}));"


def _curve(curve: Curve) -> str:
    start, *rest = map(_point, curve.points)
    pieces = ", ".join(f"curve.line({point})" for point in rest)
    return f"#place(curve(stroke: {_stroke(curve.weight)}, curve.move({start}), {pieces}));"


def _dot(dot: Dot) -> str:
    place = f"dx: {_length(dot.x - DOT)}em, dy: {_length(dot.y - DOT)}em"
    look = "fill: white, stroke: 0.8pt" if dot.is_open else "fill: black"
    return f"#place({place}, circle(radius: {_length(DOT)}em, {look}));"


def _label(label: Placed) -> str:
    formula = f"#math.equation(alt: {literal(label.spoken())}, ${typst.typst(label.box)}$);"
    if label.hides:
        formula = f"#onpaper[{formula}];"
    return f"#mark({_length(label.x)}em, {_length(label.y)}em, {_length(label.size)}em)[{formula}];"


def _stroke(weight: Weight) -> str:
    match weight:
        case "thin":
            return "0.4pt"
        case "strong":
            return "1.8pt"
        case "marked":
            return "1.8pt + marked"
    assert_never(weight)


def _point(point: Point) -> str:
    return f"({_length(point[0])}em, {_length(point[1])}em)"


def _length(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
