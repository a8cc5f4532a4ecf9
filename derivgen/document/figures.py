"""Pictures of a first course: a neuron, a column vector."""

from __future__ import annotations

from derivgen.document.blocks import Figure, Phrase
from derivgen.document.scene import Label, Line, Part, Rectangle, drawing, words_box
from derivgen.document.wording.telling import said
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Box, Letter, Numeral, Operator, Script
from derivgen.printing.present import present
from derivgen.printing.sizes import size_box

_N = Size.named("n")
_DOTS = Operator("⋮", "ordinary")


def neuron_picture() -> Figure:
    """A neuron: inputs, weights, sum with bias, activation."""
    parts: list[Part] = []
    rows = ((0.0, "1"), (2.5, "2"), (6.0, "n"))
    middle = 3.0
    for y, index in rows:
        parts += [Rectangle(-1.0, y - 1.0, 2.0, 2.0, radius=1.0), Label(0.0, y, _indexed("x", index))]
        parts += [Rectangle(2.6, y - 0.8, 2.0, 1.6, radius=0.2), Label(3.6, y, _indexed("w", index))]
        parts.append(_arrow((1.0, y), (2.6, y)))
        target = middle + 0.5 * (y - middle) / 3.0
        parts.append(Line(((4.6, y), (5.6, y), (6.0, target), (7.4, target)), is_arrow=True))
    parts += [Label(0.0, 4.25, _DOTS), Label(3.6, 4.25, _DOTS)]
    parts += [Rectangle(7.4, middle - 1.1, 2.2, 2.2, radius=1.1), Label(8.5, middle, Operator("+", "ordinary"))]
    parts += [Rectangle(7.55, 5.9, 1.9, 1.9, radius=0.95), Label(8.5, 6.85, Letter("b"))]
    parts.append(_arrow((8.5, 5.9), (8.5, middle + 1.1)))
    parts += [_arrow((9.6, middle), (12.0, middle)), Label(10.65, middle - 0.75, Letter("z"))]
    parts += [
        Rectangle(12.0, middle - 1.1, 5.0, 2.2, radius=0.2),
        Label(14.5, middle, present(apply("max", number(0), Variable("z", SCALAR)))),
    ]
    parts += [_arrow((17.0, middle), (18.8, middle)), Label(19.4, middle, Letter("a"))]
    for x, y, word in (
        (0.0, 7.7, Phrase("inputs")),
        (3.6, 7.7, Phrase("weights")),
        (8.5, 8.4, Phrase("bias")),
        (8.5, 1.2, Phrase("sum")),
    ):
        parts.append(Label(x, y, words_box(word), is_small=True))
    parts.append(Label(14.5, middle - 1.8, words_box(Phrase("activation")), is_small=True))
    words = said(
        "A neuron from left to right: each input from x sub 1 to x sub n is multiplied by its weight w; "
        "the products and the bias b are added to z; the activation, the greater of 0 and z, gives the output a."
    )
    caption = said("A neuron: the weighted sum of its inputs plus the bias, then the activation.")
    return Figure(drawing(parts), caption, words)


def column_picture() -> Figure:
    """A column vector of n components, and one of three."""
    general = _column(("1", "2", "", "n"), 0.0, size_box(_N))
    three = _column(("1", "2", "3"), 9.0, Numeral("3"))
    words = said(
        "Two columns of boxes. The vector x of n components: x1, x2 and so on down to xn. "
        "The vector x of three components: x1, x2, x3."
    )
    caption = said("A vector is a column of scalars: of {n} components, and of 3.", n=size_box(_N))
    return Figure(drawing((*general, *three)), caption, words)


def _column(indices: tuple[str, ...], x: float, count: Box) -> tuple[Part, ...]:
    """The entries under each other, the name on the left and their number on the right."""
    high, wide = 1.6, 2.2
    top = -high * len(indices) / 2
    parts: list[Part] = []
    for place, index in enumerate(indices):
        y = top + high * place
        parts.append(Rectangle(x, y, wide, high))
        parts.append(Label(x + wide / 2, y + high / 2, _indexed("x", index) if index else _DOTS))
    right = x + wide + 0.5
    parts += [Label(x - 1.9, 0.0, Variable("x", Shape(_N, ONE))), Label(x - 0.9, 0.0, Operator("=", "relation"))]
    parts += [Label(right + 0.6, 0.0, count, is_small=True)]
    parts += [Line(((right, top), (right, -top)))]
    parts += [Line(((right - 0.18, end), (right + 0.18, end))) for end in (top, -top)]
    return tuple(parts)


def _indexed(letter: str, index: str) -> Box:
    below: Box = Numeral(index) if index.isdigit() else Letter(index)
    return Script(present(Variable(letter, SCALAR)), below=below, intent="index")


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Line:
    return Line((start, end), is_arrow=True)
