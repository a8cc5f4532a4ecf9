"""What a document holds: its blocks, those inside others too, and the words and formulas of a block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from derivgen.document.blocks import (
    Answer,
    Blanks,
    Block,
    Callout,
    Code,
    CodeSpan,
    Columns,
    Emphasis,
    Equation,
    Figure,
    Folded,
    Givens,
    Heading,
    Hints,
    Legend,
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
)
from derivgen.document.wording.telling import told
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each block, and the blocks inside it, in the order of the page."""
    for block in blocks:
        yield block
        match block:
            case Folded(blocks=inside):
                yield from every_block(inside)
            case Listing(items=items) | Columns(columns=items):
                for item in items:
                    yield from every_block(item)
            case _:
                pass


def texts(block: Block) -> Iterator[Text]:
    """The running words of a block, without those of the blocks inside it."""
    match block:
        case Heading(text=text) | Paragraph(text=text) | Callout(text=text) | Question(text=text) | Legend(text=text):
            yield text
        case StepBlock(why=why, conditions=conditions, notes=notes):
            yield from (why, conditions, *notes)
        case Answer(rows=answers, note=note):
            yield from (note, *(row.note for row in answers))
        case Givens(rows=given):
            yield from (row.role for row in given)
        case Table(head=head, rows=rows, caption=caption):
            yield from (caption, *head, *(cell for row in rows for cell in row))
        case Figure(caption=caption, words=words):
            yield from (caption, words)
        case Folded(summary=summary):
            yield summary
        case Hints(items=items):
            yield from items
        case Equation() | Listing() | Columns() | Code() | Blanks() | Room() | NewPage():
            return
        case _:
            assert_never(block)


def formulas_within(text: Text) -> Iterator[Expr | Box]:
    """The formulas among words, in reading order."""
    for piece in told(text):
        match piece:
            case str() | CodeSpan():
                continue
            case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
                yield from formulas_within(inside)
            case _:
                yield piece
