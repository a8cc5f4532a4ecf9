"""Where the blocks of a page stand: under which heading, and on paper beside what and on the page of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from derivgen.document.blocks import (
    Answer,
    Block,
    Callout,
    Figure,
    Folded,
    Givens,
    Heading,
    Paragraph,
    Question,
    StepBlock,
    Table,
)
from derivgen.document.wording.telling import told
from derivgen.printing.notation import Notation
from derivgen.printing.widths import width
from derivgen.record import record
from derivgen.render.heights import is_low
from derivgen.render.words import Words
from derivgen.render.writer import formula_box

# em: half of the line of a printed page holds a picture, or two columns of a table.
WIDEST_PICTURE, WIDEST_CELL = 18.5, 8.5
MOST_ROWS = 12  # of a table that a page holds together with a picture


# On paper: the left and the right one of two beside each other, the first and the last of several on one page, or one
# that keeps the next on its page, which is a heading or an answer where this one announces it, and its rubric where
# it is graded; or one that belongs to what is above it, not to the heading below.
Standing = Literal["alone", "left", "right", "first", "last", "keeping", "announcing", "graded", "closing"]


@record
class Placed:
    """A block with the level of headings at its place, the label that it needs above it, and how it stands on paper."""

    block: Block
    level: int
    label: str = ""
    standing: Standing = "alone"


def placed(blocks: tuple[Block, ...], labels: Words) -> tuple[Placed, ...]:
    """Each block with its level: one below the last heading, so that no level is skipped."""
    return tuple(_placed(blocks, labels))


def _placed(blocks: tuple[Block, ...], labels: Words) -> Iterator[Placed]:
    level, before = 1, None
    for block in blocks:
        if isinstance(block, Heading):
            level = block.level
        # An answer or a table of symbols that no heading announces gets one of its own, of level 2.
        label = "" if isinstance(before, Heading | Question) else _label(block, labels)
        level = 2 if label else level
        # A fold is itself a heading on paper, beside the last one and not below it.
        yield Placed(block, max(level, 2) if isinstance(block, Folded) else level + 1, label)
        before = block


def _label(block: Block, labels: Words) -> str:
    match block:
        case Answer():
            return labels.answer
        case Givens():
            return labels.given
        case _:
            return ""


def as_on_screen(listed: tuple[Placed, ...], notation: Notation) -> tuple[Placed, ...]:  # noqa: ARG001  # a format's own way
    """The blocks below each other."""
    return listed


def as_on_paper(listed: tuple[Placed, ...], notation: Notation) -> tuple[Placed, ...]:
    """The blocks, each with the pictures that no page may part from it."""
    return tuple(_as_on_paper(listed, notation))


def _as_on_paper(listed: tuple[Placed, ...], notation: Notation) -> Iterator[Placed]:
    rest = list(listed)
    while rest:
        match rest:
            case [Placed(block=Table(row_heads=True)) as table, Placed(block=Figure()) as picture, *rest]:
                yield from _illustrated(table, (), picture, notation)
            case [
                Placed(block=Table(row_heads=True)) as table,
                Placed(block=Paragraph()) as between,
                Placed(block=Figure()) as picture,
                *rest,
            ]:
                yield from _illustrated(table, (between,), picture, notation)
            case [first, *rest]:
                yield replace(first, standing=_standing(first, rest))


def _standing(first: Placed, rest: list[Placed]) -> Standing:
    if _has_picture(first, rest):
        return "keeping"
    match rest:
        case [Placed(block=Answer()), *_] if isinstance(first.block, Paragraph) and not first.block.label:
            # The title of a derivation that a page of prose shows.
            return "announcing"
        case [Placed(block=Callout(kind="mistake")), *_] if isinstance(first.block, Paragraph) and first.block.label:
            return "closing"
        case [Placed(block=Heading(anchor=anchor)), *_] if anchor.startswith("exercise-"):
            return "closing" if isinstance(first.block, Paragraph) and first.block.label else first.standing
        case [Placed(block=Heading(anchor=anchor)), *_] if anchor.startswith("rubric-"):
            return "graded"
        case [Placed(block=Heading(anchor=anchor)), *_] if anchor.startswith("given-"):
            # The words of an exercise.
            return "announcing" if isinstance(first.block, Paragraph) else first.standing
        case _:
            return first.standing


def _has_picture(first: Placed, rest: list[Placed]) -> bool:
    """Whether the next block is a picture of this step, or one more of the same step."""
    is_next = bool(rest) and isinstance(rest[0].block, Figure) and rest[0].block.is_small
    return is_next and (
        isinstance(first.block, StepBlock) or (isinstance(first.block, Figure) and first.block.is_small)
    )


def _illustrated(table: Placed, between: tuple[Placed, ...], picture: Placed, notation: Notation) -> Iterator[Placed]:
    """A table and the picture that explains it: beside it where both are narrow, else below it on the same page."""
    match table.block, picture.block:
        case Table() as rows, Figure(drawing=drawing) if drawing.width <= WIDEST_PICTURE and _is_narrow(rows, notation):
            yield from (replace(table, standing="left"), replace(picture, standing="right"), *between)
        case Table(rows=rows) as one, _ if len(rows) <= MOST_ROWS and is_low(one, notation):
            yield from (replace(table, standing="first"), *between, replace(picture, standing="last"))
        case _:
            yield from (table, *between, picture)


def _is_narrow(table: Table, notation: Notation) -> bool:
    pieces = (piece for row in table.rows for cell in row for piece in told(cell))
    boxes = (piece_box for piece in pieces if (piece_box := formula_box(piece, notation)) is not None)
    return len(table.head) == 2 and all(width(box) <= WIDEST_CELL for box in boxes)
