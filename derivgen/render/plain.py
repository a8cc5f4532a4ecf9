"""A page as plain text, for a terminal: formulas in the language of specs, so that they can be pasted back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
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
from derivgen.printing.boxes import Box
from derivgen.render.left import for_people
from derivgen.render.linear import linear
from derivgen.render.words import ENGLISH, Words
from derivgen.render.words import words as labels_in

WIDTH = 88
INDENT = "    "


def plain(document: Document) -> str:
    """The whole document, each line at most WIDTH wide where words can be broken."""
    labels = labels_in(document.language)
    parts = [underlined(words(document.title), "="), *(block_text(block, labels) for block in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def block_text(block: Block, labels: Words = ENGLISH) -> str:
    """One block, without a blank line after it; `labels` are in the language of the page."""
    match block:
        case Heading(level=level, text=text):
            return underlined(words(text), "-" if level == 2 else "")
        case Paragraph(text=text, label=label):
            return filled(f"{label} {words(text)}".strip())
        case Equation(line=line):
            return indented(equation(line, labels.hence))
        case Answer():
            return _answer(block, labels.answer)
        case Givens():
            return _givens(block)
        case StepBlock():
            return _step(block, labels)
        case Callout(label=label, text=text):
            return filled(f"{label} {words(text)}".strip())
        case Listing():
            return _listing(block, labels)
        case Table():
            return _table(block)
        case Code(code=code):
            return indented(code.rstrip("\n"))
        case Figure():
            return _figure(block, labels.picture)
        case Folded(kind="recap"):
            return ""
        case Folded(summary=summary, blocks=blocks):
            return "\n\n".join([underlined(words(summary), ""), *(block_text(inner, labels) for inner in blocks)])
        case Columns(columns=columns):
            return "\n\n".join(block_text(inner, labels) for column in columns for inner in column)
        case Question(number=number, text=text, points=points):
            return filled(f"{number} {words(text)}{f' ({words(points)})' if points else ''}".strip())
        case Hints(label=label, items=items):
            numbered = (f"{number}. {words(item)}" for number, item in enumerate(items, 1))
            return "\n".join([words(label), *(indented(filled(item)) for item in numbered)])
        case Blanks(labels=names):
            return "   ".join(f"{label} {'_' * 24}" for label in names)
        case Legend() | Room() | NewPage():
            return ""
    assert_never(block)


def words(text: Text) -> str:
    """Words with formulas between them."""
    return "".join(_inline(part) for part in told(text))


def _inline(part: Told) -> str:
    match part:
        case str():
            return part
        case Strong(text=text) | Emphasis(text=text):
            return words(text)
        case CodeSpan(code=code):
            return code
        case Link(text=text, address=address):
            return f"{words(text)} <{address}>" if "://" in address else words(text)
        case Node():
            return for_people(part)
        case _:
            return linear(part)


def equation(line: Line | Box, hence: str) -> str:
    """The left side with the first right side, each further one on a line of its own, aligned at the sign."""
    if not isinstance(line, Line):
        return linear(line)
    left = for_people(line.left)
    gap = " " * len(left)
    lines = [f"{left if first else gap} = {for_people(right)}" for first, right in _marked(line.rights)]
    implied = [] if line.implies is None else [f"{hence} {equation(line.implies, hence)}"]
    return "\n".join([*lines, *implied])


def _marked(rights: tuple[Expr, ...]) -> Iterable[tuple[bool, Expr]]:
    return ((index == 0, right) for index, right in enumerate(rights))


def _answer(block: Answer, label: str) -> str:
    lines = [label]
    for row in block.rows:
        for layout, cell in block.shown(row):
            lines.append(f"{words(layout)}, {cell.shape}")
            lines.append(indented(f"{for_people(row.left)} = {for_people(cell.expr)}"))
        lines += [filled(words(row.note))] if row.note else []
    return "\n".join([*lines, *([filled(words(block.note))] if block.note else [])])


def _givens(block: Givens) -> str:
    return columns([block.head, *((_symbol(row), row.shape, words(row.role)) for row in block.rows)])


def _symbol(given: Given) -> str:
    symbol = for_people(given.symbol) if isinstance(given.symbol, Node) else linear(given.symbol)
    return symbol if given.definition is None else f"{symbol} = {for_people(given.definition)}"


def _step(block: StepBlock, labels: Words) -> str:
    parts = [
        f"{block.number}. {words(block.name)}",
        *_lines(block, labels.hence),
        indented(filled(words(block.why))),
        *(indented(filled(words(note))) for note in block.notes),
        indented(f"{labels.shape} {_shapes(block)}.") if block.shape else "",
        indented(filled(words(block.conditions))),
    ]
    return "\n".join(part for part in parts if part)


def _shapes(block: StepBlock) -> str:
    shapes = (block.shape, *((block.other.shape,) if block.other else ()))
    return ", ".join(dict.fromkeys(shapes))


def _lines(block: StepBlock, hence: str) -> tuple[str, ...]:
    """The line of a step; where it stands in both layouts, each is named."""
    own = indented(equation(block.equation.line, hence))
    if block.other is None:
        return (own,)
    first, second = (indented(f"{layout}:") for layout in block.other.layouts)
    return (first, own, second, indented(equation(block.other.equation.line, hence)))


def _figure(block: Figure, label: str) -> str:
    # What a small one shows, the line above it says.
    said = (block.caption, (f"{label}: ", *block.words))
    return "" if block.is_small else "\n".join(filled(words(text)) for text in said if text)


def _listing(block: Listing, labels: Words) -> str:
    items = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.numbered else "- "
        inner = "\n\n".join(block_text(part, labels) for part in item)
        items.append(mark + textwrap.indent(inner, " " * len(mark)).lstrip())
    return "\n".join(items)


def _table(block: Table) -> str:
    rows = columns([tuple(words(cell) for cell in row) for row in (block.head, *block.rows)])
    return f"{filled(words(block.caption))}\n{rows}" if block.caption else rows


def columns(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of cells, each column as wide as its widest cell, a rule under the first row."""
    listed = list(rows)
    widths = [max(len(row[index]) for row in listed) for index in range(len(listed[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def underlined(title: str, sign: str) -> str:
    """A heading with a rule of `sign` under it."""
    return f"{title}\n{sign * len(title)}" if sign else title


def filled(text: str) -> str:
    """A paragraph broken into lines; a formula longer than a line stays whole."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def indented(text: str) -> str:
    """The lines of `text` moved to the right."""
    return textwrap.indent(text, INDENT)
