"""What a worked page says of each derivative, as a reader would pick it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derivgen.document.blocks import Answer, AnswerRow, Block, Document, Folded, Givens, Heading, StepBlock, Text
from derivgen.expr.nodes import Expr
from derivgen.record import record

PART = re.compile(r"part-([a-z])")
STEPS = re.compile(r"steps(-[a-z])?")
GOAL = re.compile(r"goal-[a-z]?\d+")
READING = re.compile(r"reading-[a-z]?\d+")
CHECK = re.compile(r"check(-[a-z])?")


@record
class Part:
    """One derivative: its row of the answer, its steps, what follows after the answer, and the other ways to it."""

    letter: str
    row: AnswerRow
    heading: Text
    steps: tuple[StepBlock, ...]
    readings: tuple[StepBlock, ...]
    subgoals: tuple[Text, ...]
    others: tuple[tuple[StepBlock, ...], ...]
    is_checked: bool

    @property
    def shown(self) -> tuple[StepBlock, ...]:
        """Every step of the part."""
        return (*self.steps, *self.readings, *(step for other in self.others for step in other))


def answer_of(document: Document) -> Answer | None:
    """The table of answers of a worked page; a page of prose has none of its own."""
    is_worked = any(isinstance(block, Heading) and STEPS.fullmatch(block.anchor) for block in document.blocks)
    return next((block for block in document.blocks if isinstance(block, Answer)), None) if is_worked else None


def givens_of(document: Document) -> Givens | None:
    """The table of what is given."""
    return next((block for block in document.blocks if isinstance(block, Givens)), None)


def parts_of(document: Document) -> tuple[Part, ...]:
    """The parts of a worked page, one for each row of its answer; none of a page of prose."""
    answer = answer_of(document)
    if answer is None:
        return ()
    pieces = list(_pieces(document.blocks)) if len(answer.rows) > 1 else [("", list(document.blocks))]
    return tuple(_part(letter, row, blocks) for row, (letter, blocks) in zip(answer.rows, pieces, strict=False))


def _pieces(blocks: tuple[Block, ...]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks under each heading of a part, with its letter."""
    letter, current = "", list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and (hit := PART.fullmatch(block.anchor)):
            if letter:
                yield letter, current
            letter, current = hit[1], []
        current.append(block)
    if letter:
        yield letter, current


def _part(letter: str, row: AnswerRow, blocks: list[Block]) -> Part:
    steps: list[StepBlock] = []
    readings: list[StepBlock] = []
    heading: Text = ()
    subgoals: list[Text] = []
    into = steps
    for block in blocks:
        match block:
            case Heading(anchor=anchor, text=text) if STEPS.fullmatch(anchor):
                heading = text
            case Heading(anchor=anchor, text=text) if GOAL.fullmatch(anchor):
                subgoals.append(text)
                into = steps
            case Heading(anchor=anchor) if READING.fullmatch(anchor):
                into = readings
            case StepBlock():
                into.append(block)
            case _:
                pass
    others = (_inside(block) for block in blocks if isinstance(block, Folded))
    is_checked = any(isinstance(block, Heading) and CHECK.fullmatch(block.anchor) for block in blocks)
    found = tuple(other for other in others if other)
    return Part(letter, row, heading, tuple(steps), tuple(readings), tuple(subgoals), found, is_checked)


def _inside(block: Folded) -> tuple[StepBlock, ...]:
    return tuple(inner for inner in block.blocks if isinstance(inner, StepBlock))


def last_line(step: StepBlock) -> tuple[Expr, Expr] | None:
    """The left side of a step's last equation and what it ends in; None where a person typed it."""
    lines = step.equation.lines
    return (lines[-1].left, lines[-1].rights[-1]) if lines else None
