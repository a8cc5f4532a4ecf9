"""A derivation as a piece of HTML for a notebook: the answers, what they need, and the steps to unfold.

The piece stands by itself: MathML, no script, nothing loaded, and every word of the user is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from derivgen.document.blocks import Answer, Block, StepBlock, Text
from derivgen.printing.notation import Notation
from derivgen.render.html import writer
from derivgen.render.words import ENGLISH
from derivgen.render.writer import math, shape, text

WRITER = writer(ENGLISH.formula)


def notebook(blocks: Iterable[Block], notation: Notation, *, steps: Text) -> str:
    """The answers and the steps among the blocks of a page; `steps` is the word above the latter."""
    listed = tuple(blocks)
    answers = Markup("").join(_answer(block, notation) for block in listed if isinstance(block, Answer))
    made = Markup("").join(_step(block, notation) for block in listed if isinstance(block, StepBlock))
    folded = (
        Markup("<details><summary>{}</summary>{}</details>").format(_marked(text(steps, WRITER, notation)), made)
        if made
        else Markup("")
    )
    return str(Markup('<div class="derivgen">{}{}</div>').format(answers, folded))


def _answer(block: Answer, notation: Notation) -> Markup:
    cells = [
        Markup("<p><strong>{}</strong>, {}</p>{}").format(
            _marked(text(layout, WRITER, notation)),
            _marked(shape(cell.shape, WRITER)),
            _marked(math((row, cell), WRITER, notation)),
        )
        for row in block.rows
        for layout, cell in zip(block.layouts, row.cells, strict=True)
    ]
    note = Markup("<p>{}</p>").format(_marked(text(block.note, WRITER, notation))) if block.note else Markup("")
    return Markup("").join([*cells, note])


def _step(block: StepBlock, notation: Notation) -> Markup:
    parts = [
        Markup("<p><strong>{}. {}</strong></p>").format(block.number, _marked(text(block.name, WRITER, notation))),
        *(_marked(made) for made in _lines(block, notation)),
        Markup("<p>{}</p>").format(_marked(text(block.why, WRITER, notation))),
    ]
    said = filter(None, (*block.notes, block.conditions))
    parts += (Markup("<p>{}</p>").format(_marked(text(words, WRITER, notation))) for words in said)
    return Markup("").join(parts)


def _lines(block: StepBlock, notation: Notation) -> tuple[str, ...]:
    own = math(block.equation, WRITER, notation)
    if block.other is None:
        return (own,)
    first, second = (Markup("<p>{}</p>").format(layout) for layout in block.other.layouts)
    return (first, own, second, math(block.other.equation, WRITER, notation))


def _marked(made: str) -> Markup:
    return Markup(made)  # noqa: S704  # made by the writer of HTML, which escapes
