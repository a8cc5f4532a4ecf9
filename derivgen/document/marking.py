"""The right sides of a line, with what its step rewrites marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from derivgen.document.blocks import Block, Heading, Legend, Line, StepBlock
from derivgen.document.wording.labels import LABELS
from derivgen.expr.memory import Itself, remembered, remembered_of
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box, Marked, inner
from derivgen.printing.braced import braced
from derivgen.printing.marks import Difference, difference, marked
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.present import present


@remembered_of
def right_sides(line: Line, notation: Notation) -> tuple[Box, ...]:
    """The right sides: what this line has rewritten marked in the first that is new, what is next in the last."""
    new = first_new(line)
    last = line.rights[-1]
    return tuple(
        _with_marks(
            right,
            line.was if right is new else None,
            line.becomes if right is last else None,
            braced if right == line.braced else present,
            notation,
        )
        for right in line.rights
    )


def first_new(line: Line) -> Expr:
    """The first right side that is not the end of the line before."""
    return next((right for right in line.rights if right != line.was), line.rights[0])


def _with_marks(
    right: Expr,
    was: Expr | None,
    becomes: Expr | None,
    printed: Callable[[Expr, Notation], Box],
    notation: Notation,
) -> Box:
    box = printed(right, notation)
    made = () if was is None else _difference(Itself(printed(was, notation)), Itself(box)).after
    due = () if becomes is None else _difference(Itself(box), Itself(printed(becomes, notation))).before
    return marked(box, made=made, due=due)


@remembered
def _difference(before: Itself, after: Itself) -> Difference:
    """Where two lines differ, which both of them ask."""
    return difference(cast(Box, before.value), cast(Box, after.value))


def legend(blocks: Iterable[Block]) -> tuple[Legend, ...]:
    """What the marks mean, where a line of the steps among these blocks has one."""
    steps = (block for block in blocks if isinstance(block, StepBlock))
    has_marks = any(_has_marks(line) for step in steps for line in step.equation.lines)
    return (Legend((LABELS.marks,)),) if has_marks else ()


def with_legend(blocks: tuple[Block, ...], heading: str) -> tuple[Block, ...]:
    """The blocks with what the marks mean below the first heading whose anchor begins so."""
    steps = (k for k, block in enumerate(blocks, 1) if isinstance(block, Heading) and block.anchor.startswith(heading))
    place = next(steps, 0)
    return (*blocks[:place], *legend(blocks), *blocks[place:])


def _has_marks(line: Line) -> bool:
    is_rewritten = line.was is not None or line.becomes is not None
    return is_rewritten and any(map(_is_marked, right_sides(line, DEFAULT)))


def _is_marked(box: Box) -> bool:
    return isinstance(box, Marked) or any(map(_is_marked, inner(box)))
