"""Matrices and case splits in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derivgen.printing.boxes import Box, Grid, Letter, Operator, Word
from derivgen.printing.speechforms import DOTS, parts, role
from derivgen.printing.speechtokens import Words, filled
from derivgen.printing.speechwords import Table

Say = Callable[[Box], Words]
SIZED = ("commutation", "identity", "ones-matrix", "ones-vector", "zero-matrix", "zero-vector")


def as_matrix(grid: Grid, table: Table, say: Say) -> Words:
    """The matrix by its rows; one column or one row by its entries."""
    height, width = len(grid.rows), len(grid.rows[0])
    entries = tuple(entry for row in grid.rows for entry in row)
    if width == 1:
        words = filled(table.phrases["column"], _run(entries, table, say))
    elif height == 1:
        words = filled(table.phrases["row"], _run(entries, table, say))
    else:
        rows = listing([_row(row, table, say) for row in grid.rows], table.phrases["row break"])
        dotted = any(_is_dots(entry) for entry in entries)
        sizes = ((str(height),), (str(width),))
        words = filled(table.phrases["dotted matrix" if dotted else "matrix"], rows, *sizes)
    return filled(table.phrases["determinant"], words) if grid.left == "|" else words


def as_sized(letter: Letter, below: Box, table: Table, say: Say) -> Words:
    """A constant matrix with its sizes: the commutation matrix, ones, the identity."""
    match role(letter):
        case "commutation":
            return filled(table.phrases["commutation"], say(below))
        case "ones-matrix":
            return filled(table.phrases["ones of size"], say(below))
        case known:
            return filled(table.phrases["of size"], (table.symbols[known],), say(below))


def as_cases(grid: Grid, table: Table, say: Say) -> Words:
    """The cases, each with its condition."""
    cases = [_case(row, table, say) for row in grid.rows]
    return filled(table.phrases["cases"], listing(cases, table.phrases["row break"]), (str(len(cases)),))


def _case(row: tuple[Box, ...], table: Table, say: Say) -> Words:
    value, *rest = row
    conditions = tuple(word for box in rest for word in say(box))
    if not conditions:
        return say(value)
    # A typed condition mostly begins with a word of its own: if, otherwise.
    first = parts(rest[0])[0] if parts(rest[0]) else None
    return filled(table.phrases["told case" if isinstance(first, Word) else "case"], say(value), conditions)


def _row(row: tuple[Box, ...], table: Table, say: Say) -> Words:
    if all(_is_dots(entry) for entry in row):
        return say(row[0])
    return _run(row, table, say)


def _run(entries: tuple[Box, ...], table: Table, say: Say) -> Words:
    return listing([say(entry) for entry in entries], table.phrases["entry break"])


def listing(pieces: Sequence[Words], sign: str) -> Words:
    """The pieces with a sign between two of them."""
    told: Words = ()
    for number, piece in enumerate(pieces):
        told = (*told, sign, *piece) if number else piece
    return told


def _is_dots(box: Box) -> bool:
    inside = parts(box)
    return len(inside) == 1 and isinstance(inside[0], Operator) and inside[0].sign in DOTS
