"""Pictures of pages for those who link to them: the title, the function and its derivative, set by Typst."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from derivgen.document.blocks import Answer, AnswerRow, Cell, Document, Equation, Line, Text
from derivgen.expr.nodes import Expr, Reference, Unresolved
from derivgen.printing.notation import Notation
from derivgen.record import record
from derivgen.render.formats import environment_of
from derivgen.render.typststrings import TypstCode, literal

# Pixels, as those who show such pictures ask for.
WIDTH, HEIGHT = 1200, 630


@record
class Card:
    """What a picture shows: the way to the page, its title, and the function with its derivative or a summary."""

    way: tuple[str, ...]
    title: Text
    summary: str = ""
    function: Equation | None = None
    answer: tuple[AnswerRow, Cell] | None = None


def card_of(document: Document, way: tuple[str, ...]) -> Card:
    """The card of a page: its first answer, with the function that it is of."""
    row = next((row for block in document.blocks if isinstance(block, Answer) for row in block.rows), None)
    if row is None:
        return Card(way, document.title, document.summary)
    defined = next(_defined(row.left), None)
    function = None if defined is None else Equation(Line(defined, (defined.body,)))
    return Card(way, document.title, "", function, (row, row.cells[0]))


def _defined(left: Expr) -> Iterator[Reference]:
    """The function that a derivative is of."""
    match left:
        case Unresolved(of=of):
            yield from _defined(of)
        case Reference():
            yield left
        case _:
            pass


def drawn(card: Card, *, language: str, notation: Notation, templates: Path | None = None) -> bytes:
    """The card as PNG."""
    from derivgen.render.pdf.typst import picture

    template = environment_of("typ", language, notation, templates).get_template("site/card.typ.j2")
    source = template.render(
        card=card,
        language_code=TypstCode(literal(language)),
        width=TypstCode(str(WIDTH)),
        height=TypstCode(str(HEIGHT)),
    )
    return picture(source)
