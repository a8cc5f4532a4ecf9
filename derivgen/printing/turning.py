"""Rows of entries that no page has room for, as transposed columns."""

from __future__ import annotations

from dataclasses import replace

from derivgen.printing.boxes import Box, Grid, Marked, Row, Script
from derivgen.printing.notation import Notation
from derivgen.printing.pieces import TRANSPOSES


def turned(box: Box, notation: Notation) -> Box:
    """The box with each row of several entries as the transpose of a column: a page is high, but not as wide."""
    match box:
        case Grid(rows=(row,), left="[") if len(row) > 1:
            column = replace(box, rows=tuple((entry,) for entry in row))
            return Script(column, None, TRANSPOSES[notation.transpose], "transpose")
        case Marked(body=body):
            return replace(box, body=turned(body, notation))
        case Row(boxes=boxes):
            return Row(tuple(turned(part, notation) for part in boxes))
        case _:
            return box
