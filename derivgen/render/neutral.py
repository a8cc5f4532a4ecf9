"""Blocks as paragraphs of words and formulas, for programs that set them in a way of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivgen.document.blocks import (
    Block,
    Callout,
    CodeSpan,
    Document,
    Emphasis,
    Equation,
    Folded,
    Givens,
    Heading,
    Line,
    Link,
    Listing,
    Paragraph,
    Question,
    StepBlock,
    Strong,
    Table,
    Text,
    Told,
)
from derivgen.document.wording.telling import joined, told, told_document
from derivgen.expr.nodes import Node
from derivgen.printing import latex
from derivgen.printing.boxes import Box
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.record import record
from derivgen.render.json import Object, Value
from derivgen.render.plain import block_text
from derivgen.render.writer import UNBROKEN, line_rows, said, shown, spoken

Pieces = list[Object]


@record
class Neutral:
    """The way to paragraphs: each a list of `{"text": ...}` and `{"latex": ..., "spoken": ...}`.

    A formula that stands for itself is marked by `"display": true`.
    """

    notation: Notation
    language: str

    def paragraphs(self, blocks: tuple[Block, ...]) -> list[Value]:
        """The blocks that have words or formulas, each as one or more paragraphs."""
        in_words = told_document(Document((), "", self.language, "", blocks)).blocks
        return [[*pieces] for block in in_words for pieces in self._of(block) if pieces]

    def pieces(self, text: Text) -> Pieces:
        """Words and formulas; neighbouring words are one piece."""
        made: Pieces = []
        for piece in self._inline(told(text, self.language)):
            if "text" in piece and made and "text" in made[-1]:
                made[-1] = {"text": f"{made[-1]['text']}{piece['text']}"}
            else:
                made.append(piece)
        return made

    def _each(self, blocks: tuple[Block, ...]) -> Iterator[Pieces]:
        return (pieces for block in blocks for pieces in self._of(block))

    def _of(self, block: Block) -> Iterator[Pieces]:
        match block:
            case Heading(text=text):
                yield self.pieces(text)
            case Paragraph(label=label, text=text) | Callout(label=label, text=text):
                yield self.pieces((label, " ", *text) if label else text)
            case Question(text=text):
                yield self.pieces(text)
            case Equation(line=line):
                yield [self._display(line)]
            case StepBlock():
                yield from self._step(block)
            case Givens(rows=rows):
                for row in rows:
                    definition = () if row.definition is None else (" = ", row.definition)
                    shape = f" ({row.shape})" if row.shape else ""
                    yield self.pieces((row.symbol, *definition, f"{shape}: ", *row.role))
            case Table(head=head, rows=body):
                for cells in (head, *body):
                    yield self.pieces(joined(cells, " | "))
            case Listing(items=items):
                for item in items:
                    yield from self._each(item)
            case Folded(summary=summary, blocks=blocks):
                yield self.pieces(summary)
                yield from self._each(blocks)
            case _:
                words = block_text(block)
                yield [{"text": words}] if words else []

    def _step(self, step: StepBlock) -> Iterator[Pieces]:
        yield self.pieces((f"{step.number} ", *step.name))
        yield [self._display(step.equation.line)]
        yield self.pieces(step.why)
        yield self.pieces(step.conditions)

    def _display(self, line: Line | Box) -> Object:
        if isinstance(line, Line):
            line = replace(line, was=None, becomes=None)  # marks are for pages of ours
        heard = spoken(line, self.notation, TABLES[self.language])
        return {"latex": latex.display(line_rows(line, UNBROKEN, self.notation)), "spoken": heard, "display": True}

    def _inline(self, pieces: tuple[Told, ...]) -> Iterator[Object]:
        for piece in pieces:
            match piece:
                case str():
                    yield {"text": str(piece)}
                case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
                    yield from self._inline(told(inside, self.language))
                case CodeSpan(code=code):
                    yield {"text": code}
                case _:
                    box = shown(piece, self.notation) if isinstance(piece, Node) else piece
                    yield {"latex": latex.latex(box), "spoken": said(box, TABLES[self.language])}
