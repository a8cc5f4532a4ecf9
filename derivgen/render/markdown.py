"""A page as Markdown with LaTeX mathematics between dollar signs, for notebooks, wikis and mail."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
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
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box
from derivgen.render.words import ENGLISH, Words
from derivgen.render.words import words as labels_in

Tex = Callable[[Expr | Box], str]

SPECIAL = re.compile(r"([\\`*_{}\[\]<>$|~])")
BLOCK_MARK = re.compile(r"^([-+#=]|\d+(?=[.)]))", re.MULTILINE)


def markdown(document: Document, tex: Tex) -> str:
    """The whole document; `tex` writes a formula in LaTeX."""
    labels = labels_in(document.language)
    parts = [f"# {words(document.title, tex)}", *(block_text(block, tex, labels) for block in document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def block_text(block: Block, tex: Tex, labels: Words = ENGLISH) -> str:
    """One block, without a blank line after it; `labels` are in the language of the page."""
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * level} {words(text, tex)}"
        case Paragraph(text=text, label=label):
            return f"{_lead(label)}{words(text, tex)}"
        case Equation(line=line):
            return _displayed(equation(line, tex))
        case Answer():
            return _answer(block, tex, labels.answer)
        case Givens():
            return _rows([tuple(map(escaped, block.head)), *(_given(row, tex) for row in block.rows)])
        case StepBlock():
            return _step(block, tex, labels.shape)
        case Callout(label=label, text=text):
            return textwrap.indent(f"{_lead(label)}{words(text, tex)}", "> ", lambda _: True)
        case Listing():
            return _listing(block, tex, labels)
        case Table():
            return _table(block, tex)
        case Code(code=code, language=language):
            return f"```{language}\n{code.rstrip()}\n```"
        case Figure():
            return _figure(block, tex, labels.picture)
        case Folded(kind="recap"):
            return ""
        case Folded(summary=summary, blocks=blocks):
            return "\n\n".join([f"### {words(summary, tex)}", *(block_text(inner, tex, labels) for inner in blocks)])
        case Columns(columns=columns):
            return "\n\n".join(block_text(inner, tex, labels) for column in columns for inner in column)
        case Question(number=number, text=text, points=points):
            return f"{_lead(number)}{words(text, tex)}{f' ({words(points, tex)})' if points else ''}"
        case Hints(label=label, items=items):
            numbered = (f"{number}. {words(item, tex)}" for number, item in enumerate(items, 1))
            return "\n".join([f"**{words(label, tex)}**", "", *numbered])
        case Blanks(labels=names):
            return "   ".join(f"{escaped(label)} {escaped('_' * 24)}" for label in names)
        case Legend() | Room() | NewPage():
            return ""
    assert_never(block)


def words(text: Text, tex: Tex) -> str:
    """Words with formulas between them."""
    return BLOCK_MARK.sub(r"\\\1", "".join(_inline(part, tex) for part in told(text)))


def escaped(text: str) -> str:
    """Plain words that Markdown shows as typed."""
    return SPECIAL.sub(r"\\\1", text)


def _inline(part: Told, tex: Tex) -> str:
    match part:
        case str():
            return escaped(part)
        case Strong(text=text):
            return f"**{words(text, tex)}**"
        case Emphasis(text=text):
            return f"*{words(text, tex)}*"
        case CodeSpan(code=code):
            return f"`` {code} ``" if "`" in code else f"`{code}`"
        case Link(text=text, address=address):
            return f"[{words(text, tex)}](<{address}>)"
        case _:
            return f"${tex(part)}$"


def equation(line: Line | Box, tex: Tex) -> str:
    """One equation, in the lines of an `aligned` where there are several."""
    if not isinstance(line, Line):
        return tex(line)
    left = tex(line.left)
    implied = "" if line.implies is None else rf" \quad\Longrightarrow\quad {equation(line.implies, tex)}"
    if len(line.rights) == 1:
        return f"{left} = {tex(line.rights[0])}{implied}"
    lines = " \\\\\n".join(f"&= {tex(right)}" for right in line.rights)
    return f"\\begin{{aligned}}\n{left} {lines}{implied}\n\\end{{aligned}}"


def _displayed(formula: str) -> str:
    return f"$$\n{formula}\n$$"


def _lead(label: str) -> str:
    return f"**{escaped(label)}** " if label else ""


def _answer(block: Answer, tex: Tex, label: str) -> str:
    parts = [f"## {label}"]
    for row in block.rows:
        for layout, cell in block.shown(row):
            parts.append(f"**{words(layout, tex)}**, {escaped(cell.shape)}")
            parts.append(_displayed(f"{tex(row.left)} = {tex(cell.expr)}"))
        parts += [words(row.note, tex)] if row.note else []
    return "\n\n".join([*parts, *([words(block.note, tex)] if block.note else [])])


def _given(given: Given, tex: Tex) -> tuple[str, ...]:
    definition = "" if given.definition is None else f" = {tex(given.definition)}"
    return f"${tex(given.symbol)}{definition}$", escaped(given.shape), words(given.role, tex)


def _step(block: StepBlock, tex: Tex, shape: str) -> str:
    parts = [
        f"**{escaped(block.number)}. {words(block.name, tex)}**",
        *_lines(block, tex),
        words(block.why, tex) + (f" {shape} {escaped(block.shape)}." if block.shape else ""),
        *(words(note, tex) for note in block.notes),
        words(block.conditions, tex),
    ]
    return "\n\n".join(part for part in parts if part)


def _lines(block: StepBlock, tex: Tex) -> tuple[str, ...]:
    """The line of a step; where it stands in both layouts, each is named."""
    own = _displayed(equation(block.equation.line, tex))
    if block.other is None:
        return (own,)
    first, second = (escaped(layout) for layout in block.other.layouts)
    other = _displayed(equation(block.other.equation.line, tex))
    return (f"{first}, {escaped(block.shape)}:", own, f"{second}, {escaped(block.other.shape)}:", other)


def _figure(block: Figure, tex: Tex, label: str) -> str:
    # What a small one shows, the line above it says.
    return "" if block.is_small else f"*{label}.* {words((*block.caption, ' ', *block.words), tex).strip()}"


def _listing(block: Listing, tex: Tex, labels: Words) -> str:
    items = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.numbered else "- "
        inner = "\n\n".join(block_text(part, tex, labels) for part in item)
        items.append(mark + textwrap.indent(inner, " " * len(mark)).lstrip())
    return "\n".join(items)


def _table(block: Table, tex: Tex) -> str:
    rows = _rows([tuple(words(cell, tex) for cell in row) for row in (block.head, *block.rows)])
    return f"{words(block.caption, tex)}\n\n{rows}" if block.caption else rows


def _rows(rows: list[tuple[str, ...]]) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])
