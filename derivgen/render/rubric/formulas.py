"""Every formula of a page, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.document.blocks import Answer, Document, Equation, Givens, Line, StepBlock
from derivgen.document.within import every_block, formulas_within, texts
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import Box
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.render.writer import said as words
from derivgen.render.writer import shown, spoken


def displays(document: Document) -> Iterator[tuple[str, Line | Box]]:
    """Every displayed equation, and where it stands."""
    for block in every_block(document.blocks):
        match block:
            case StepBlock(number=number, equation=Equation(line=line), other=other):
                yield f"step {number}", line
                if other is not None:
                    yield f"step {number}", other.equation.line
            case Answer(rows=rows):
                yield from (("the answer", Line(row.left, (cell.expr,))) for row in rows for cell in row.cells)
            case Equation(line=line):
                yield "a formula of the text", line
            case _:
                pass


def said(document: Document, notation: Notation) -> Iterator[tuple[str, str]]:
    """Every formula in words: the displays, the tables of symbols, and what stands among words."""
    table = TABLES[document.language]
    yield from ((place, spoken(line, notation, table)) for place, line in displays(document))
    for place, formula in _among_words(document):
        yield place, words(shown(formula, notation) if isinstance(formula, Node) else formula, table)


def _among_words(document: Document) -> Iterator[tuple[str, Expr | Box]]:
    for block in every_block(document.blocks):
        if isinstance(block, Givens):
            yield from (("the table of symbols", given.symbol) for given in block.rows)
        yield from (("the text", one) for text in texts(block) for one in formulas_within(text))
    yield from (("the title", one) for one in formulas_within(document.title))
