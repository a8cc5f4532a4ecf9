"""A derivation as a piece of HTML for a notebook: the answers, what they need, and the steps to unfold.

The piece stands by itself: MathML, no script, nothing loaded, and every word of the user is escaped.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from derivgen.document.blocks import Answer, Document, StepBlock
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.render.html import writer
from derivgen.render.words import words
from derivgen.render.writer import Writer, math, shape, text


def notebook(document: Document, notation: Notation) -> str:
    """The answers and the steps among the blocks of a document; its title stands above the latter."""
    by = replace(writer(words(document.language).formula), spoken=TABLES[document.language])
    answers = Markup("").join(_answer(block, notation, by) for block in document.blocks if isinstance(block, Answer))
    made = Markup("").join(_step(block, notation, by) for block in document.blocks if isinstance(block, StepBlock))
    folded = (
        Markup("<details><summary>{}</summary>{}</details>").format(_marked(text(document.title, by, notation)), made)
        if made
        else Markup("")
    )
    return str(Markup('<div class="derivgen">{}{}</div>').format(answers, folded))


def _answer(block: Answer, notation: Notation, by: Writer) -> Markup:
    cells = [
        Markup("<p><strong>{}</strong>, {}</p>{}").format(
            _marked(text(layout, by, notation)),
            _marked(shape(cell.shape, by)),
            _marked(math((row, cell), by, notation)),
        )
        for row in block.rows
        for layout, cell in block.shown(row)
    ]
    said = filter(None, (*(row.note for row in block.rows), block.note))
    notes = (Markup("<p>{}</p>").format(_marked(text(note, by, notation))) for note in said)
    return Markup("").join([*cells, *notes])


def _step(block: StepBlock, notation: Notation, by: Writer) -> Markup:
    parts = [
        Markup("<p><strong>{}. {}</strong></p>").format(block.number, _marked(text(block.name, by, notation))),
        *(_marked(made) for made in _lines(block, notation, by)),
        Markup("<p>{}</p>").format(_marked(text(block.why, by, notation))),
    ]
    said = filter(None, (*block.notes, block.conditions))
    parts += (Markup("<p>{}</p>").format(_marked(text(words, by, notation))) for words in said)
    return Markup("").join(parts)


def _lines(block: StepBlock, notation: Notation, by: Writer) -> tuple[str, ...]:
    own = math(block.equation, by, notation)
    if block.other is None:
        return (own,)
    first, second = (Markup("<p>{}</p>").format(layout) for layout in block.other.layouts)
    return (first, own, second, math(block.other.equation, by, notation))


def _marked(made: str) -> Markup:
    return Markup(made)  # noqa: S704  # made by the writer of HTML, which escapes
