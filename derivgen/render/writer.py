"""What a format must be able to write; text and formulas are walked here, once for all formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Cell,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    Figure,
    Given,
    Line,
    Link,
    OtherLine,
    StepBlock,
    Strong,
    Text,
    Told,
)
from derivgen.document.marking import right_sides
from derivgen.document.scene import Drawing
from derivgen.document.wording.telling import told
from derivgen.expr.memory import remembered_of
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import EMPTY, Box, Operator, Row, beside
from derivgen.printing.lines import EQUALS, LIMIT, SCALES, Aligned, aligned, defined, equation_rows, room
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.speech import speech, speech_of_rows
from derivgen.printing.speechwords import ENGLISH, Table
from derivgen.printing.turning import turned
from derivgen.printing.widths import width
from derivgen.record import record
from derivgen.render.shapes import shape_box

UNBROKEN = float("inf")
TAG = 2.5  # em that the shape of a line takes
GAP = 1.0  # em between the columns of answers; where the shape has no room beside its answer, it goes below


@record
class Placed:
    """A label of a drawing: its place, the size of its letters in em, its formula, and what gives its words.

    One that `hides` has the colour of the paper behind it.
    """

    x: float
    y: float
    size: float
    box: Box
    spoken: Callable[[], str]
    hides: bool = False


@record
class Column:
    """Where the relation sign of a line stands: behind its left side, set as wide as the widest of the column."""

    own: Box
    lefts: tuple[Box, ...]
    is_first: bool


@record(eq=False)  # one for each environment
class Writer:
    """How one format marks words and formulas; what the functions return is text of that format.

    The second argument of `formula`, `in_cell` and `display` is the formula in words; the third of
    `display` is the shape that stands at the margin, or nothing, the fourth its column, if it has one.
    Widths are in em: of a display, of a formula in a cell, and of the table of answers, above which
    its cells stand below each other.
    `picture` gets a drawing, its labels as formulas of the format, and the whole in words. `spoken` has
    the words of formulas.
    """

    words: Callable[[str], str]
    strong: Callable[[str], str]
    emphasis: Callable[[str], str]
    code: Callable[[str], str]
    listing: Callable[[str, str], str]
    link: Callable[[str, str], str]
    join: Callable[[Iterable[str]], str]
    formula: Callable[[Box, str], str]
    in_cell: Callable[[Aligned, str], str]
    display: Callable[[Aligned, str, str, Column | None], str]
    picture: Callable[[Drawing, tuple[Placed, ...], str], str]
    limit: float
    cell_limit: float
    answer_limit: float
    spoken: Table = ENGLISH


@remembered_of
def shown(expr: Expr, notation: Notation) -> Box:
    """The expression as boxes; a page shows it in several formats."""
    return present(expr, notation)


@remembered_of
def said(box: Box, table: Table) -> str:
    """The formula in words."""
    return speech(box, table)


SHORT = 8.0  # em: a formula up to here is not broken within a line
SHORT_CODE = 26  # letters of code, which have room in a line of a phone


def stays_whole(box: Box) -> bool:
    """Whether a formula among words has signs at which it might be broken, and is too short for that."""
    return isinstance(box, Row) and width(box) <= SHORT and any(isinstance(part, Operator) for part in box.boxes)


def is_short(source: str) -> bool:
    """Whether code within a line has places at which it might be broken, and is too short for that."""
    return " " in source and len(source) <= SHORT_CODE


def text(value: str | Text | Code, writer: Writer, notation: Notation) -> str:
    """Words with their marks and formulas; the filter `text` of every template."""
    if isinstance(value, str):
        return writer.words(value)
    if isinstance(value, Code):
        return writer.listing(value.code, value.language)
    return _text(value, writer, notation)


@remembered_of
def _text(value: Text, writer: Writer, notation: Notation) -> str:
    """Words and formulas; the same ones stand in many tables of a class."""
    return writer.join(_inline(piece, writer, notation) for piece in _held(told(value), notation))


# A short word and a symbol after it stand on one line, as "of F" and "to y".
LAST_WORD = re.compile(r"(?<![^\s(])([^\W\d]{1,4}) $")
SYMBOL = 2.0  # em


def _held(pieces: tuple[Told, ...], notation: Notation) -> tuple[Told, ...]:
    """The pieces with the space between a short word and a symbol one that is not broken."""
    followed = zip(pieces, (*pieces[1:], ""), strict=False)
    return tuple(
        LAST_WORD.sub("\\1\u00a0", piece)
        if isinstance(piece, str) and piece.endswith(" ") and _is_symbol(after, notation)
        else piece
        for piece, after in followed
    )


def _is_symbol(piece: Told, notation: Notation) -> bool:
    box = formula_box(piece, notation)
    return box is not None and width(box) <= SYMBOL


def formula_box(piece: Told, notation: Notation) -> Box | None:
    """The formula that stands among words; None where the piece is words."""
    return _box(piece, notation) if isinstance(piece, Node | Box) else None


def _inline(piece: Told, writer: Writer, notation: Notation) -> str:
    match piece:
        case str():
            return writer.words(piece)
        case Strong(text=inside):
            return writer.strong(text(inside, writer, notation))
        case Emphasis(text=inside):
            return writer.emphasis(text(inside, writer, notation))
        case CodeSpan(code=code):
            return writer.code(code)
        case Link(text=inside, address=address):
            return writer.link(text(inside, writer, notation), address)
        case _:
            return _formula(_box(piece, notation), writer)


Formula = (
    str | Equation | Figure | StepBlock | OtherLine | AnswerRow | Cell | Given | tuple[AnswerRow, Cell] | Expr | Box
)


def math(value: Formula, writer: Writer, notation: Notation) -> str:
    """A formula of the document, or a shape; the filter `math` of every template."""
    match value:
        case str():
            return shape(value, writer)
        case Equation(line=line):
            return _display(line, "", writer, notation)
        case StepBlock(shape="", name=name):
            # A line without its shape has room for the name of its rule.
            return _in_column(value, text(name, writer, notation), writer, notation)
        case StepBlock(equation=Equation(line=line), shape=name) | OtherLine(equation=Equation(line=line), shape=name):
            return _display(line, shape(name, writer) if name else "", writer, notation)
        case AnswerRow(left=left):
            return _in_cell(((shown(left, notation), EQUALS),), writer)
        case Cell(expr=expr):
            return _in_cell(((EMPTY, shown(expr, notation)),), writer)
        case (AnswerRow(left=left), Cell(expr=expr)):
            return _display(Line(left, (expr,)), "", writer, notation)
        case Given():
            return _given(value, writer, notation)
        case Figure():
            return _picture(value, writer, notation)
        case _:
            return _formula(_box(value, notation), writer)


def _picture(figure: Figure, writer: Writer, notation: Notation) -> str:
    boxes = [(label, _box(label.formula, notation)) for label in figure.drawing.labels]
    labels = tuple(
        Placed(label.x, label.y, label.size, box, partial(said, box, writer.spoken), label.hides)
        for label, box in boxes
    )
    return writer.picture(figure.drawing, labels, plain(figure.words, notation, spoken=writer.spoken).strip())


def _given(given: Given, writer: Writer, notation: Notation) -> str:
    symbol = _box(given.symbol, notation)
    if given.definition is None:
        return _formula(symbol, writer)
    rows = defined(symbol, (shown(given.definition, notation),), limit=writer.cell_limit)
    return writer.in_cell(rows, _given_in_words(given, notation, writer.spoken))


@remembered_of
def _given_in_words(given: Given, notation: Notation, table: Table) -> str:
    """A symbol and what it stands for, in words."""
    rights = () if given.definition is None else (shown(given.definition, notation),)
    return speech_of_rows(aligned(_box(given.symbol, notation), rights, limit=UNBROKEN), table)


def shape(name: str, writer: Writer) -> str:
    """A shape such as `1 x n` as a formula; other words as words."""
    box = shape_box(name)
    return writer.words(name) if box is None else _formula(box, writer)


def plain(value: Text, notation: Notation, *, spoken: Table = ENGLISH) -> str:
    """The text without marks, its formulas in words: for the title of a window."""
    return "".join(_plain(piece, notation, spoken) for piece in told(value))


def _plain(piece: Told, notation: Notation, spoken: Table) -> str:
    match piece:
        case str():
            return piece
        case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
            return plain(inside, notation, spoken=spoken)
        case CodeSpan(code=code):
            return code
        case _:
            return said(_box(piece, notation), spoken)


def stands_in_columns(answer: Answer, writer: Writer, notation: Notation) -> bool:
    """Whether the table of answers fits the page with its layouts side by side.

    One answer alone has its whole equation below the name of its layout: so it is read aloud.
    """
    if len(answer.layouts) == len(answer.rows) == 1:
        return False
    left = max((width(shown(row.left, notation)) for row in answer.rows), default=0)
    cells = [width(shown(cell.expr, notation)) for row in answer.rows for _, cell in answer.shown(row)]
    return left + len(answer.layouts) * (max(cells, default=0) + GAP) <= writer.answer_limit


def stands_beside(step: StepBlock, writer: Writer, notation: Notation) -> bool:
    """Whether both lines of a step fit the page beside each other, each with its shape."""
    lines = (step.equation.line, *((step.other.equation.line,) if step.other else ()))
    rows = [row for line in lines for row in line_rows(line, writer.limit, notation)]
    return max(width(left) + width(right) for left, right in rows) + TAG <= writer.limit / 2


def line_rows(line: Line | Box, limit: float, notation: Notation) -> Aligned:
    """The rows of a display, broken where it is too wide."""
    if not isinstance(line, Line):
        return _typed_rows(line, limit)
    implied = None if line.implies is None else _sides(line.implies, notation)
    rows = equation_rows(*_sides(line, notation), implied, limit=limit)
    if room(rows) > max(limit, LIMIT):
        rows = _with_columns(rows, line, limit, notation)
    if line.braced is not None and room(rows) * SCALES[-1] > max(limit, LIMIT):
        # A brace cannot be broken; the line can.
        return line_rows(replace(line, braced=None), limit, notation)
    return rows


def _with_columns(rows: Aligned, line: Line, limit: float, notation: Notation) -> Aligned:
    """The rows with what is too wide turned into columns, if that is narrower."""

    def sides(one: Line) -> tuple[Box, tuple[Box, ...]]:
        left, rights = _sides(one, notation)
        most = LIMIT - width(beside(left, EQUALS))
        return left, tuple(right if width(right) <= most else turned(right, notation) for right in rights)

    implied = None if line.implies is None else sides(line.implies)
    others = equation_rows(*sides(line), implied, limit=limit)
    return others if room(others) < room(rows) else rows


@remembered_of
def _sides(line: Line, notation: Notation) -> tuple[Box, tuple[Box, ...]]:
    return shown(line.left, notation), right_sides(line, notation)


def _typed_rows(box: Box, limit: float) -> Aligned:
    """What a person typed, broken at its relations where it is too wide."""
    if not isinstance(box, Row) or width(box) <= limit:
        return ((EMPTY, box),)
    parts: list[list[Box]] = [[]]
    for part in box.boxes:
        if isinstance(part, Operator) and part.kind == "relation":
            parts.append([])
        parts[-1].append(part)
    left, *rights = (beside(*part) for part in parts)
    if not rights:
        return ((EMPTY, box),)
    return tuple((EMPTY if number else left, right) for number, right in enumerate(rights))


def _box(value: Expr | Box, notation: Notation) -> Box:
    return shown(value, notation) if isinstance(value, Node) else value


@remembered_of
def _formula(box: Box, writer: Writer) -> str:
    return writer.formula(box, said(box, writer.spoken))


def _display(line: Line | Box, tag: str, writer: Writer, notation: Notation) -> str:
    return writer.display(line_rows(line, writer.limit, notation), spoken(line, notation, writer.spoken), tag, None)


def _in_column(step: StepBlock, tag: str, writer: Writer, notation: Notation) -> str:
    """The line of a step, its relation sign below those of its neighbours; broken earlier for that."""
    line = step.equation.line
    if step.column is None or not isinstance(line, Line):
        return _display(line, tag, writer, notation)
    own, lefts = shown(line.left, notation), tuple(shown(left, notation) for left in step.column.lefts)
    rows = line_rows(line, writer.limit - max(map(width, lefts)) + width(own), notation)
    column = Column(own if rows[0][0] == own else EMPTY, lefts, step.column.is_first)
    return writer.display(rows, spoken(line, notation, writer.spoken), tag, column)


@remembered_of
def spoken(line: Line | Box, notation: Notation, table: Table) -> str:
    """A display in words: whoever hears it has no margin, so nothing is broken."""
    return speech_of_rows(line_rows(line, UNBROKEN, notation), table)


def _in_cell(rows: Aligned, writer: Writer) -> str:
    return writer.in_cell(rows, speech_of_rows(rows, writer.spoken))
