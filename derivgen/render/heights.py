"""Tables that are surely low: to measure one takes Typst longer than to set it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.document.blocks import CodeSpan, Emphasis, Given, Givens, Link, Strong, Table, Text, Told
from derivgen.document.wording.telling import told
from derivgen.expr.memory import remembered_of
from derivgen.printing.boxes import EMPTY, Box, Brace, Fraction, Grid, Operator, Script, inner
from derivgen.printing.lines import Aligned, defined, room
from derivgen.printing.notation import Notation
from derivgen.printing.widths import width
from derivgen.render.shapes import shape_box
from derivgen.render.writer import formula_box, shown

# All in em, and rather too high than too low. A table may be parted from 36 em on, which are 14 cm.
HIGHEST, SHORT = 34.5, 22.5
PAGE, GUTTER, PADDING = 40.0, 1.3, 1.0
LETTER, CAPITAL, RARE_LETTER = 0.5, 0.9, 4.5  # a letter that no font has is shown by its code point
# A line with the room below it, which the last one of a cell has not.
LINE, LEADING, INDEX, RULE, LARGE = 1.3, 0.6, 0.35, 0.5, 3.0
# A row of a matrix is as high as a bracket, and so is a formula that reaches into no other line.
BRACKET = 1.0
DEFINITION = 14.0  # the widest that is not broken
# So much of a line is filled at least; the rest is left at its end.
FILLED = 0.75


def is_low(block: Table | Givens, notation: Notation) -> bool:
    """Whether a table is certainly lower than those that may be parted."""
    return _height_of(block, notation) <= HIGHEST


def is_short(block: Table | Givens, notation: Notation) -> bool:
    """Whether a table leaves so little of a page empty that it may move to another one."""
    return _height_of(block, notation) <= SHORT


@remembered_of
def _height_of(block: Table | Givens, notation: Notation) -> float:
    rows = _of_table(block, notation) if isinstance(block, Table) else _of_givens(block, notation)
    return sum(PADDING + max(row) - LEADING for row in rows)


def _of_table(table: Table, notation: Notation) -> Iterator[Sequence[float]]:
    """The heights of the cells, row by row."""
    columns = column_widths(table)
    for row in (table.head, *table.rows):
        yield [_of_text(cell, column, notation) for cell, column in zip(row, columns, strict=False)]


def column_widths(table: Table) -> list[float]:
    """How wide the columns of a table are."""
    free = PAGE - GUTTER * (len(table.head) - 1)
    return [free * share / sum(table.shares) for share in table.shares]


def _of_givens(givens: Givens, notation: Notation) -> Iterator[Sequence[float]]:
    """The same where symbols and shapes have the room that they need, and the roles what is left."""
    yield [LINE]
    symbols = [_defined(given, notation) for given in givens.rows]
    shapes = [_of_shape(given) for given in givens.rows]
    free = PAGE - 2 * GUTTER - max(map(room, symbols), default=0) - max(shapes, default=0)
    for rows, given in zip(symbols, givens.rows, strict=True):
        alone = 0 if given.definition is None else BRACKET + LEADING - LINE
        lines = [max(_of_box(left), _of_box(right)) + LEADING + alone for left, right in rows]
        yield [sum(lines), _of_text(given.role, free, notation)]


def _defined(given: Given, notation: Notation) -> Aligned:
    sides = () if given.definition is None else (shown(given.definition, notation),)
    return defined(formula_box(given.symbol, notation) or EMPTY, sides, limit=DEFINITION)


def _of_shape(given: Given) -> float:
    box = shape_box(given.shape)
    return LETTER * len(given.shape) if box is None else width(box)


def _of_text(text: Text, column: float, notation: Notation) -> float:
    """The height of words and formulas that are broken into lines of a column; endless in one without room."""
    pieces = told(text)
    wide = sum(_width(piece, notation) for piece in pieces)
    if column <= 0:
        return HIGHEST
    lines = 1 if wide <= column else 1 + wide // (FILLED * column)
    return max([LINE, *(_height(piece, notation) for piece in pieces)]) * lines


def _width(piece: Told, notation: Notation) -> float:
    match piece:
        case str() | CodeSpan():
            letters = piece if isinstance(piece, str) else piece.code
            return sum(map(_of_letter, letters))
        case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
            return sum(_width(one, notation) for one in told(inside))
        case _:
            box = formula_box(piece, notation)
            return 0.0 if box is None else width(box)


def _of_letter(letter: str) -> float:
    # A font may lack one that is neither European nor a sign.
    if "\u0530" <= letter < "\u1e00" or letter >= "\u2e80":
        return RARE_LETTER
    return CAPITAL if letter.isupper() else LETTER


def _height(piece: Told, notation: Notation) -> float:
    match piece:
        case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
            return max((_height(one, notation) for one in told(inside)), default=LINE)
        case _:
            box = formula_box(piece, notation)
            return LINE if box is None else _of_box(box) + LEADING


def _of_box(box: Box) -> float:
    match box:
        case Fraction(numerator=upper, denominator=lower) | Brace(body=upper, label=lower):
            return _of_box(upper) + _of_box(lower) + RULE
        case Grid(rows=rows):
            return sum(max([BRACKET, *map(_of_box, row)]) + RULE for row in rows)
        case Operator(kind="large"):
            return LARGE
        case Script(base=base, below=below, above=above):
            return _of_box(base) + INDEX * sum(_of_box(part) for part in (below, above) if part is not None)
        case _:
            return max(map(_of_box, inner(box)), default=LINE - LEADING)
