"""Breaking long displays, once for all formats."""

from __future__ import annotations

from itertools import groupby
from typing import assert_never

from derivgen.printing.boxes import (
    EMPTY,
    TIMES,
    Accent,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Marked,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Word,
    beside,
    unmarked,
)

Aligned = tuple[tuple[Box, Box], ...]
"""Rows of a left part and a right part that starts with its relation sign."""

LIMIT = 34.0
EQUALS = Operator("=", "relation")
INDENT = Space(1.0)
KIND_WIDTHS = {
    "binary": 1.22,
    "relation": 1.33,
    "prefix": 0.78,
    "punctuation": 0.45,
    "large": 1.1,
    "ordinary": 0.6,
    "invisible": 0.0,
}


def width(box: Box) -> float:
    """About how wide the box is, in em."""
    match box:
        case Letter(style=style):
            return 0.62 if style in ("bold", "bold-italic", "calligraphic", "blackboard") else 0.55
        case Word(text=text, is_operator=is_operator):
            return 0.52 * len(text) + (0.17 if is_operator else 0)
        case Numeral(digits=digits):
            return 0.5 * len(digits)
        case Operator(kind=kind):
            return KIND_WIDTHS[kind]
        case Space(width=space):
            return space
        case Row(boxes=boxes):
            return sum(width(part) for part in boxes)
        case Fraction(numerator=upper, denominator=lower):
            return max(width(upper), width(lower)) + 0.25
        case Script(base=base, below=below, above=above):
            return width(base) + 0.7 * max(width(part) for part in (below or EMPTY, above or EMPTY))
        case Accent(base=base):
            return width(base)
        case Fenced(body=body):
            return width(body) + 0.8
        case Root(body=body):
            return width(body) + 0.85
        case Marked(body=body):
            return width(body)
        case Grid(rows=rows):
            columns = zip(*rows, strict=False)
            return sum(max(width(entry) for entry in column) + 1.0 for column in columns) + 0.4
        case Brace(body=body, label=label):
            return max(width(body), 0.7 * width(label))
    assert_never(box)


def aligned(left: Box, rights: tuple[Box, ...], *, limit: float = LIMIT) -> Aligned:
    """Left = right = right ...: on one row if it fits, else broken at each =, then at + and −."""
    chain = beside(*(part for right in rights for part in (EQUALS, right)))
    if width(left) + width(chain) <= limit:
        return ((left, chain),)
    rows: list[tuple[Box, Box]] = []
    for right in rights:
        for line in _broken(beside(EQUALS, right), limit - width(left)):
            rows.append((EMPTY if rows else left, line))
    return tuple(rows)


def unmarked_rows(rows: Aligned) -> Aligned:
    """The rows as they are read and copied."""
    return tuple((unmarked(left), unmarked(right)) for left, right in rows)


def equation_rows(
    left: Box, rights: tuple[Box, ...], implied: tuple[Box, tuple[Box, ...]] | None = None, *, limit: float = LIMIT
) -> Aligned:
    """Left = right ..., and an equation that follows from it after an arrow."""
    first = aligned(left, rights, limit=limit)
    if implied is None:
        return first
    arrow = Operator("⟹", "relation")
    gap = Space(1.0)
    other_left, other_rights = implied
    second = aligned(beside(arrow, gap, other_left), other_rights, limit=limit)
    if len(first) == len(second) == 1:
        (start, chain), (after, end) = first[0], second[0]
        whole = beside(chain, gap, after, end)
        if width(start) + width(whole) <= limit:
            return ((start, whole),)
    rows = (*first, *second)
    if max(width(row[0]) for row in rows) + max(width(row[1]) for row in rows) <= limit:
        return rows
    # The arrow makes the left side so wide that the lines would not fit below each other.
    return (*_flush(left, rights, limit), *_flush(beside(arrow, gap, other_left), other_rights, limit))


def _flush(left: Box, rights: tuple[Box, ...], limit: float) -> Aligned:
    """The same rows from the left edge on: the left side stands before the first right side."""
    (start, chain), *further = aligned(left, rights, limit=limit)
    return ((EMPTY, beside(start, chain)), *((EMPTY, beside(INDENT, row)) for _, row in further))


def _broken(line: Box, limit: float) -> tuple[Box, ...]:
    # Continuation rows start with their sign, a little to the right of the relation.
    if not isinstance(line, Row) or width(line) <= limit:
        return (line,)
    rows: list[Box] = []
    current: list[Box] = []
    pieces = [piece for term in _terms(_spread(line.boxes)) for piece in _fitting(term, limit)]
    for term in pieces:
        room = limit - (INDENT.width if rows else 0)
        if current and sum(map(width, current)) + sum(map(width, term)) > room:
            rows.append(beside(INDENT, *current) if rows else beside(*current))
            current = []
        current.extend(term)
    rows.append(beside(INDENT, *current) if rows else beside(*current))
    return tuple(rows)


def _fitting(term: tuple[Box, ...], limit: float) -> tuple[tuple[Box, ...], ...]:
    """A term that is too wide for a row of its own, broken before factors in brackets."""
    if sum(map(width, term)) <= limit - INDENT.width:
        return (term,)
    factors: list[list[Box]] = [[]]
    for k, box in enumerate(term):
        following = next((part for part in term[k + 1 :] if not isinstance(part, Space)), EMPTY)
        if box == TIMES and isinstance(unmarked(following), Fenced | Brace) and factors[-1]:
            factors.append([])
        factors[-1].append(box)
    return tuple(map(tuple, factors))


def _spread(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """The boxes with each mark that goes over a place to break at spread over what stands between such places."""
    spread: list[Box] = []
    for box in boxes:
        if not isinstance(box, Marked) or not isinstance(box.body, Row):
            spread.append(box)
            continue
        for is_sign, run in groupby(_spread(box.body.boxes), key=_is_place_to_break):
            together = tuple(run)
            spread += together if is_sign else (Marked(beside(*together), box.kind),)
    return tuple(spread)


def _is_place_to_break(box: Box) -> bool:
    return box == TIMES or isinstance(box, Space) or (isinstance(box, Operator) and box.kind == "binary")


def _terms(boxes: tuple[Box, ...]) -> tuple[tuple[Box, ...], ...]:
    terms: list[list[Box]] = [[]]
    for box in boxes:
        if isinstance(box, Operator) and box.kind == "binary" and box.sign in ("+", "−") and len(terms[-1]) > 0:
            terms.append([])
        terms[-1].append(box)
    return tuple(tuple(term) for term in terms)
