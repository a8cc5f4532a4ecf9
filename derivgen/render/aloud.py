"""A page read aloud: plain sentences, formulas in words, a line for each block."""

from __future__ import annotations

from typing import assert_never

from derivgen.document.blocks import (
    Answer,
    Blanks,
    Block,
    Callout,
    Code,
    CodeSpan,
    Columns,
    Document,
    Emphasis,
    Equation,
    Figure,
    Folded,
    Given,
    Givens,
    Heading,
    Hints,
    Legend,
    Line,
    Link,
    Listing,
    NewPage,
    Paragraph,
    Question,
    Room,
    StepBlock,
    Strong,
    Table,
    Text,
    Told,
)
from derivgen.document.wording.telling import told
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import Box, Operator
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.speechtables import TABLES
from derivgen.printing.speechwords import Table as SpeechTable
from derivgen.record import record
from derivgen.render.placing import placed
from derivgen.render.shapes import shape_box
from derivgen.render.words import Words, words
from derivgen.render.writer import spoken

RELATIONS = frozenset(">≥<≤≠=")


def aloud(document: Document, notation: Notation) -> str:
    """The whole document, to be read aloud or to be read by a screen reader in a terminal."""
    reader = _Reader(notation, words(document.language), TABLES[document.language])
    lines = [reader.sentences(reader.text(document.title)), *reader.blocks(document.blocks)]
    return "\n".join(line for line in lines if line) + "\n"


def answers_aloud(document: Document, notation: Notation) -> str:
    """The answers of the document alone."""
    reader = _Reader(notation, words(document.language), TABLES[document.language])
    answers = (block for block in document.blocks if isinstance(block, Answer))
    return "\n".join(line for block in answers for line in reader.block(block) if line) + "\n"


def said_shape(name: str, table: SpeechTable) -> str:
    """A shape such as `1 x n` in words; other words as they are."""
    box = shape_box(name)
    return name if box is None else speech(box, table)


@record
class _Reader:
    """Says blocks, with symbols as the page sets them."""

    notation: Notation
    words: Words
    spoken: SpeechTable

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[str, ...]:
        """Lines of sentences."""
        return tuple(
            line
            for item in placed(blocks, self.words)
            for line in (self.sentences(item.label), *self.block(item.block))
            if line
        )

    def block(self, block: Block) -> tuple[str, ...]:
        """The lines of one block."""
        match block:
            case Heading(text=text):
                return (self.sentences(self.text(text)),)
            case Paragraph(text=text, label=label) | Callout(text=text, label=label):
                return (self.sentences(label, self.text(text)),)
            case Equation(line=line):
                return (self.sentences(self.line(line)),)
            case Answer():
                return self._answer(block)
            case Givens(rows=rows):
                return tuple(self._given(row) for row in rows)
            case StepBlock():
                return (self._step(block),)
            case Listing(items=items, numbered=numbered):
                return tuple(
                    self.sentences(f"{number}" if numbered else "", *self.blocks(item))
                    for number, item in enumerate(items, 1)
                )
            case Table():
                return self._table(block)
            case Code(code=code):
                return (self.sentences(self.words.listing.format(len(code.splitlines()))),)
            case Figure(caption=caption, words=told, is_small=is_small):
                # What a small one shows was said with the line above it.
                return () if is_small else (self.sentences(self.text(caption), self.text(told).strip()),)
            case Folded(kind="recap"):
                return ()
            case Folded(summary=summary, blocks=blocks):
                return (self.sentences(self.text(summary)), *self.blocks(blocks))
            case Columns(columns=columns):
                return tuple(sentence for column in columns for sentence in self.blocks(column))
            case Question(number=number, text=text, points=points):
                return (self.sentences(number, self.text(text), self.text(points)),)
            case Hints(label=label, items=items):
                hints = (self.sentences(f"{number}", self.text(item)) for number, item in enumerate(items, 1))
                return (self.sentences(self.text(label)), *hints)
            case Legend() | Blanks() | Room() | NewPage():
                # Marks for the eye and room for a pen; there is nothing to hear.
                return ()
        assert_never(block)

    def text(self, text: Text) -> str:
        """Words with their formulas in words."""
        return "".join(self._inline(part) for part in told(text))

    def _inline(self, part: Told) -> str:
        match part:
            case str() if part.strip() in RELATIONS:
                return f" {speech(Operator(part.strip(), 'relation'), self.spoken)} "
            case str():
                return part
            case Strong(text=text) | Emphasis(text=text) | Link(text=text):
                return self.text(text)
            case CodeSpan(code=code):
                return code
            case _:
                return self.formula(part)

    def formula(self, value: Expr | Box) -> str:
        """A formula in words."""
        return speech(present(value, self.notation) if isinstance(value, Node) else value, self.spoken)

    def line(self, line: Line | Box) -> str:
        """A display in words."""
        return spoken(line, self.notation, self.spoken)

    def sentences(self, *pieces: str) -> str:
        """The pieces, each with a capital letter and a full stop."""
        return " ".join(_sentence(" ".join(piece.split())) for piece in pieces if piece.strip())

    def _shape(self, name: str) -> str:
        return f"{self.words.shape} {said_shape(name, self.spoken)}" if name else ""

    def _answer(self, block: Answer) -> tuple[str, ...]:
        lines = []
        for row in block.rows:
            for layout, cell in block.shown(row):
                equation = self.line(Line(row.left, (cell.expr,)))
                lines.append(self.sentences(self.text(layout), equation, self._shape(cell.shape)))
            lines += [self.sentences(self.text(row.note))] if row.note else []
        return (*lines, self.sentences(self.text(block.note)))

    def _given(self, given: Given) -> str:
        symbol = self.formula(given.symbol)
        if given.definition is not None and isinstance(given.symbol, Node):
            symbol = self.line(Line(given.symbol, (given.definition,)))
        return self.sentences(symbol, self._shape(given.shape), self.text(given.role))

    def _step(self, block: StepBlock) -> str:
        return self.sentences(
            f"{self.words.step} {block.number}, {self.text(block.name)}",
            *self._lines(block),
            self.text(block.why),
            *map(self.text, block.notes),
            *(() if block.other else (self._shape(block.shape),)),
            self.text(block.conditions),
        )

    def _lines(self, block: StepBlock) -> tuple[str, ...]:
        """The line of a step; in both layouts each has its name before it and its shape behind it."""
        own = self.line(block.equation.line)
        if block.other is None:
            return (own,)
        first, second = block.other.layouts
        other = self.line(block.other.equation.line)
        return (f"{first}: {own}", self._shape(block.shape), f"{second}: {other}", self._shape(block.other.shape))

    def _table(self, table: Table) -> tuple[str, ...]:
        heads = [self.text(head) for head in table.head]
        lines = [self.sentences(self.words.table, self.text(table.caption))]
        for number, row in enumerate(table.rows, 1):
            cells = (f"{head}, {self.text(cell)}".strip(", ") for head, cell in zip(heads, row, strict=True))
            lines.append(self.sentences(f"{self.words.row} {number}", *cells))
        return tuple(lines)


def _sentence(piece: str) -> str:
    # A formula that begins with a name keeps its letter small: A and a are two things.
    first, _, rest = piece.partition(" ")
    begun = f"{first.capitalize()} {rest}".strip() if len(first) > 1 and first.islower() else piece
    return begun if begun.endswith((".", "!", "?")) else f"{begun}."
