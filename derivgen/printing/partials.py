"""Derivatives that are not worked out yet: fractions of ∂, the operator form, and the full array."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.expr.sizes import Size
from derivgen.printing.boxes import THIN, TIMES, Box, Fraction, Grid, Letter, Numeral, Operator, Script, beside
from derivgen.printing.notation import Notation, Precedence
from derivgen.printing.pieces import Piece, parenthesised, raised

PARTIAL = Operator("∂", "ordinary")
LONGEST = 4  # arrays up to this size are written out in full


def ordinary_sign(notation: Notation) -> Letter:
    """The d of a differential, and of a derivative by the only variable that there is."""
    return Letter("d", "upright" if notation.differential == "upright" else "italic")


def fraction_form(of: Box, wrt: tuple[Box, ...], sign: Box = PARTIAL) -> Piece:
    """∂f/∂x, or ∂f/∂(x, y) for stacked scalars."""
    return Piece(
        Fraction(beside(sign, of), _below(wrt, sign)), Precedence.FRACTION, spaced_left=True, spaced_right=True
    )


def with_fixed(derivative: Piece, fixed: tuple[Box, ...]) -> Piece:
    """A partial derivative with what is held fixed as an index of its parentheses, as in thermodynamics."""
    if not fixed:
        return derivative
    listed: list[Box] = []
    for one in fixed:
        listed += [Operator(",", "punctuation"), one] if listed else [one]
    return Piece(Script(parenthesised(derivative.box), below=beside(*listed), intent="held"))


def operator_form(body: Box, wrt: tuple[Box, ...], sign: Box = PARTIAL) -> Piece:
    """∂/∂x in front of what it acts on."""
    box = beside(Fraction(sign, _below(wrt, sign)), TIMES, body)
    return Piece(box, Precedence.PREFIX, closed=parenthesised(box), spaced_left=True)


def second_form(of: Box, first: Box, then: Box, sign: Box = PARTIAL) -> Piece:
    """∂²f/∂x∂y, or ∂²f/∂x² for one scalar."""
    twice = Script(sign, above=Numeral("2"), intent="power")
    if first == then:
        below = beside(sign, raised(Piece(first), Numeral("2"), "power").box)
    else:
        below = beside(sign, first, THIN, sign, then)
    fraction = Fraction(beside(twice, of), below)
    return Piece(fraction, Precedence.FRACTION, spaced_left=True, spaced_right=True)


def nabla(of: Box, wrt: Box) -> Piece:
    """The gradient as a column, with its variable below."""
    box = beside(Script(Operator("∇", "ordinary"), below=wrt), of)
    return Piece(box, Precedence.PREFIX, spaced_left=True, spaced_right=True)


def indices(size: Size) -> tuple[Size | None, ...]:
    """1, 2, ... up to a small whole size, else 1, dots, and the size."""
    if size.number is not None and size.number <= LONGEST:
        return tuple(Size.whole(index) for index in range(1, size.number + 1))
    return (Size.whole(1), None, size)


def grid(
    rows: tuple[Size | None, ...],
    columns: tuple[Size | None, ...],
    printed: Callable[[Size], Box],
    at: Callable[[Box, Box], Box],
) -> Grid:
    """The array whose entry is `at(row, column)`, with dots where an index is left out."""

    def entry(row: Size | None, column: Size | None) -> Box:
        if row is None or column is None:
            sign = "⋱" if row is column else "⋮" if row is None else "⋯"
            return Operator(sign, "ordinary")
        return at(printed(row), printed(column))

    return Grid(tuple(tuple(entry(row, column) for column in columns) for row in rows))


def turned(array: Grid) -> Grid:
    """The array of partial derivatives with rows and columns exchanged; the dots turn too."""
    dots = {"⋮": "⋯", "⋯": "⋮"}

    def entry(box: Box) -> Box:
        return Operator(dots[box.sign], box.kind) if isinstance(box, Operator) and box.sign in dots else box

    return Grid(tuple(tuple(entry(box) for box in column) for column in zip(*array.rows, strict=True)))


def _below(wrt: tuple[Box, ...], sign: Box) -> Box:
    if len(wrt) == 1:
        return beside(sign, wrt[0])
    listed: list[Box] = []
    for variable in wrt:
        listed += [Operator(",", "punctuation"), variable] if listed else [variable]
    return beside(sign, parenthesised(beside(*listed)))
