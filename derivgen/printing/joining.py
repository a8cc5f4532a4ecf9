"""Rows that a narrow page has below each other, and a wide one on one line."""

from __future__ import annotations

from itertools import dropwhile

from derivgen.printing.boxes import EMPTY, Box, Operator, Row, Space, beside
from derivgen.printing.lines import ARROW, EQUALS, GAP, INDENT, Aligned
from derivgen.printing.widths import width_of


def joined_width(rows: Aligned) -> float:
    """The width of rows after each other on one line, in em."""
    sides = (width_of(without_indent(side)) for row in rows for side in row)
    return sum(sides) + GAP.width * sum(map(is_implied, rows[1:]))


def joined(rows: Aligned, widest: float) -> tuple[Aligned, ...]:
    """Groups of rows, each of which one row of a wide page holds: all of them, or else some, from the left edge on.

    Each relation starts a group; terms that are broken stay together where they can.
    """
    if joined_width(rows) <= widest:
        return (rows,)
    flush = rows if all(left == EMPTY for left, _ in rows) else tuple(map(_from_the_edge, rows))
    units = (unit for term in _terms(flush) for unit in ((term,) if joined_width(term) <= widest else _each(term)))
    groups = [next(units)]
    for unit in units:
        together = (*groups[-1], *unit)
        if is_implied(unit[0]) or (_is_equal(unit[0]) and _holds_equals(groups[-1])) or joined_width(together) > widest:
            groups.append(unit)
        else:
            groups[-1] = together
    return tuple(groups)


def _from_the_edge(row: tuple[Box, Box]) -> tuple[Box, Box]:
    left, right = row
    return EMPTY, beside(INDENT if left == EMPTY else left, right)


def _terms(rows: Aligned) -> list[Aligned]:
    """The rows of each term together."""
    terms: list[Aligned] = []
    for row in rows:
        continues = bool(terms) and not _starts_term(row)
        terms = [*terms[:-1], (*terms[-1], row)] if continues else [*terms, (row,)]
    return terms


def _starts_term(row: tuple[Box, Box]) -> bool:
    first = next(iter(without_indent(row[1])), EMPTY)
    return isinstance(first, Operator) and (first.kind == "relation" or first.sign in ("+", "−"))


def _each(rows: Aligned) -> tuple[Aligned, ...]:
    return tuple((row,) for row in rows)


def _is_equal(row: tuple[Box, Box]) -> bool:
    return without_indent(row[1])[:1] == (EQUALS,)


def _holds_equals(rows: Aligned) -> bool:
    return any(EQUALS in without_indent(right) for _, right in rows)


def is_implied(row: tuple[Box, Box]) -> bool:
    """Whether a row starts with the arrow of what follows."""
    return ARROW in (*without_indent(row[0])[:1], *without_indent(row[1])[:1])


def without_indent(side: Box) -> tuple[Box, ...]:
    """What stands on a row after the room before it."""
    return tuple(dropwhile(lambda box: isinstance(box, Space), side.boxes if isinstance(side, Row) else (side,)))
