"""A derivation as nodes of docutils, for whatever Sphinx writes besides pages: LaTeX, plain text, e-books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from docutils import nodes

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
from derivgen.printing.boxes import Box
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.record import record
from derivgen.render.latex import SIGNS
from derivgen.render.markdown import equation
from derivgen.render.placing import placed
from derivgen.render.words import Words, words

WIDEST = 40
SIGN = re.compile(f"([{''.join(SIGNS)}])")
Cell = Sequence[nodes.Node]


def document_nodes(document: Document, notation: Notation, *, is_titled: bool) -> list[nodes.Node]:
    """The document below a heading of the host; headings are rubrics, which are in no table of contents."""
    labels = words(document.language)
    writer = _Writer(notation, labels)
    title = [nodes.rubric("", "", *writer.inline(document.title))] if is_titled else []
    listed = placed(document.blocks, labels)
    return [*title, *(made for one in listed for made in writer.labelled(one.label, one.block))]


@record
class _Writer:
    notation: Notation
    labels: Words

    def tex(self, value: Expr | Box) -> str:
        return latex(present(value, self.notation) if isinstance(value, Node) else value)

    def labelled(self, label: str, block: Block) -> Iterator[nodes.Node]:
        if label:
            yield nodes.rubric("", label)
        yield from self.block(block)

    def blocks(self, blocks: Iterable[Block]) -> list[nodes.Node]:
        return [made for block in blocks for made in self.block(block)]

    def block(self, block: Block) -> Iterable[nodes.Node]:
        match block:
            case Heading(text=text):
                return [nodes.rubric("", "", *self.inline(text))]
            case Paragraph(text=text, label=label) | Callout(text=text, label=label):
                return [self.paragraph(text, label)]
            case Equation(line=line):
                return [_display(equation(line, self.tex))]
            case Answer():
                return self.answer(block)
            case Givens():
                return [_table(_plain(block.head), [self.given(row) for row in block.rows])]
            case StepBlock():
                return self.step(block)
            case Listing():
                return [self.listing(block)]
            case Table():
                rows = [[self.inline(cell) for cell in row] for row in block.rows]
                return [_table([self.inline(cell) for cell in block.head], rows)]
            case Code(code=code, language=language):
                return [nodes.literal_block(code, code, language=language or "text")]
            case Figure(is_small=small):
                caption = (*block.caption, " ", *block.words)
                return [] if small else [nodes.paragraph("", "", nodes.emphasis("", "", *self.inline(caption)))]
            case Folded(kind="recap"):
                return []
            case Folded(summary=summary, blocks=blocks):
                return [nodes.rubric("", "", *self.inline(summary)), *self.blocks(blocks)]
            case Columns(columns=columns):
                return [made for column in columns for made in self.blocks(column)]
            case Question(number=number, text=text):
                return [self.paragraph(text, number)]
            case Hints(label=label, items=items):
                return [self.paragraph(label), *(self.paragraph(item) for item in items)]
            case Blanks() | Legend() | Room() | NewPage():
                return []
        assert_never(block)

    def answer(self, block: Answer) -> Iterator[nodes.Node]:
        for row in block.rows:
            for layout, cell in block.shown(row):
                yield self.paragraph((Strong(layout), f", {cell.shape}"))
                yield _display(f"{self.tex(row.left)} = {self.tex(cell.expr)}")
            if row.note:
                yield self.paragraph(row.note)
        if block.note:
            yield self.paragraph(block.note)

    def given(self, given: Given) -> list[Cell]:
        definition = "" if given.definition is None else f" = {self.tex(given.definition)}"
        symbol = self.tex(given.symbol) + definition
        return [[nodes.math(symbol, symbol)], [nodes.Text(given.shape)], self.inline(given.role)]

    def step(self, block: StepBlock) -> Iterator[nodes.Node]:
        yield self.paragraph(block.name, f"{block.number}.")
        yield _display(equation(block.equation.line, self.tex))
        shape = f" {self.labels.shape} {block.shape}." if block.shape else ""
        for text in ((*block.why, shape), *block.notes, block.conditions):
            if any(part for part in text):
                yield self.paragraph(text)

    def listing(self, block: Listing) -> nodes.Element:
        items = [nodes.list_item("", *self.blocks(item)) for item in block.items]
        if block.numbered:
            return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        return nodes.bullet_list("", *items, bullet="*")

    def paragraph(self, text: Text, label: str = "") -> nodes.paragraph:
        lead = [nodes.strong("", label), nodes.Text(" ")] if label else []
        return nodes.paragraph("", "", *lead, *self.inline(text))

    def inline(self, text: Text) -> list[nodes.Node]:
        return [made for part in told(text) for made in self.piece(part)]

    def piece(self, part: Told) -> list[nodes.Node]:
        match part:
            case str():
                return _words(part)
            case Strong(text=text):
                return [nodes.strong("", "", *self.inline(text))]
            case Emphasis(text=text):
                return [nodes.emphasis("", "", *self.inline(text))]
            case CodeSpan(code=code):
                return [nodes.literal(code, code)]
            case Link(text=text, address=address) if "://" in address:
                return [nodes.reference("", "", *self.inline(text), refuri=address)]
            case Link(text=text):
                return self.inline(text)
            case _:
                source = self.tex(part)
                return [nodes.math(source, source)]


def _words(text: str) -> list[nodes.Node]:
    """Words; a sign that Sphinx's LaTeX has in formulas alone is one."""
    parts = SIGN.split(text)
    return [nodes.math(SIGNS[one], SIGNS[one]) if one in SIGNS else nodes.Text(one) for one in parts if one]


def _display(source: str) -> nodes.math_block:
    attributes = {"nowrap": False, "no-wrap": False, "number": None, "label": None}
    return nodes.math_block(source, source, **attributes)


def _plain(texts: Iterable[str]) -> list[Cell]:
    return [[nodes.Text(text)] for text in texts]


def _table(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> nodes.table:
    """A table of cells, its columns as wide as their longest cells where only letters tell the width."""
    lengths = (
        max(len("".join(part.astext() for part in cell)) for cell in column) for column in zip(head, *rows, strict=True)
    )
    columns = [nodes.colspec(colwidth=min(length + 2, WIDEST)) for length in lengths]
    parts = (nodes.thead("", _row(head)), nodes.tbody("", *map(_row, rows)))
    return nodes.table("", nodes.tgroup("", *columns, *parts, cols=len(head)), classes=["colwidths-auto"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    made: Callable[[Cell], nodes.entry] = lambda cell: nodes.entry("", nodes.paragraph("", "", *cell))  # noqa: E731  # one use
    return nodes.row("", *map(made, cells))
