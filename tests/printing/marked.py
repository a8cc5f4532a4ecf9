"""Reading marked lines back: what is marked, and what is not."""

from __future__ import annotations

from derivgen.printing.boxes import APPLY, TIMES, Box, Marked, Operator, Row, Space, inner
from derivgen.printing.pieces import DOT

MINUS = (Operator("−", "binary"), Operator("−", "prefix"))


def marks(box: Box) -> tuple[Box, ...]:
    """What is marked, in reading order."""
    within = tuple(found for part in inner(box) for found in marks(part))
    return (box.body, *within) if isinstance(box, Marked) else within


def stays(box: Box) -> object:
    """What stands outside the marks, without the signs that join factors and without a plus at the start."""
    if not inner(box):
        return box
    left: list[object] = []
    for part in inner(box):
        joins = isinstance(part, Marked | Space) or part in (TIMES, APPLY, DOT)
        if not joins and (left or part != Operator("+", "binary")):
            left.append("−" if part in MINUS else stays(part))
    return left[0] if isinstance(box, Row) and len(left) == 1 else (type(box), *left)
