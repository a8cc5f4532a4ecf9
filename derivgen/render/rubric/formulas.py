"""Every formula of a page, with the place where it stands and the rows that it is set in."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.document.blocks import Answer, Block, Document, Equation, Givens, Line, StepBlock
from derivgen.document.within import every_block, formulas_within, texts
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import EMPTY, Box
from derivgen.printing.lines import LIMIT, Aligned, width
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.render.writer import line_rows

Placed = tuple[str, Aligned]


def displays(document: Document, notation: Notation) -> Iterator[Placed]:
    """Every displayed equation: where it stands, and its rows."""
    for block in every_block(document.blocks):
        for place, line in _lines(block):
            yield place, line_rows(line, LIMIT, notation)


def _lines(block: Block) -> Iterator[tuple[str, Line | Box]]:
    match block:
        case StepBlock(number=number, equation=Equation(line=line)):
            yield f"step {number}", line
        case Answer(rows=rows):
            yield from (("the answer", Line(row.left, (cell.expr,))) for row in rows for cell in row.cells)
        case Equation(line=line):
            yield "a formula of the text", line
        case _:
            pass


def room(rows: Aligned) -> float:
    """The width that the rows of a display need, in em."""
    return max(width(left) for left, _ in rows) + max(width(right) for _, right in rows)


def formulas(document: Document, notation: Notation) -> Iterator[Placed]:
    """Every formula: the displays, the tables of symbols, and what stands among words."""
    yield from displays(document, notation)
    for block in every_block(document.blocks):
        if isinstance(block, Givens):
            for given in block.rows:
                yield "the table of symbols", _single(given.symbol, notation)
        yield from (("the text", _single(one, notation)) for text in texts(block) for one in formulas_within(text))
    yield from (("the title", _single(one, notation)) for one in formulas_within(document.title))


def _single(formula: Expr | Box, notation: Notation) -> Aligned:
    return ((EMPTY, present(formula, notation) if isinstance(formula, Node) else formula),)
