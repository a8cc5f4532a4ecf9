"""Cells of tables in a format that breaks no formula inside brackets."""

from __future__ import annotations

from derivgen.document.blocks import Table, Text, Told
from derivgen.document.wording.telling import told
from derivgen.printing.boxes import EMPTY
from derivgen.printing.lines import SLACK, broken
from derivgen.printing.notation import Notation
from derivgen.printing.widths import width
from derivgen.render.heights import column_widths
from derivgen.render.writer import Writer, formula_box, said, text


def in_column(value: Text, table: Table, column: int, *, writer: Writer, notation: Notation) -> str:
    """The words and formulas of a cell; what its column has no room for is broken as a display is."""
    room = column_widths(table)[column]
    pieces = [_broken(piece, room, writer, notation) for piece in told(value)]
    if not any(pieces):
        return text(value, writer, notation)
    return writer.join(
        rows or text((piece,), writer, notation) for piece, rows in zip(told(value), pieces, strict=True)
    )


def _broken(piece: Told, room: float, writer: Writer, notation: Notation) -> str:
    """A formula in rows; empty for words, and for what fits or cannot be broken."""
    box = formula_box(piece, notation)
    if box is None or width(box) <= room:
        return ""
    # A factor that is a little wider than its row would stand in the next column.
    rows = broken(box, room - SLACK)
    return "" if len(rows) == 1 else writer.in_cell(tuple((EMPTY, row) for row in rows), said(box, writer.spoken))
