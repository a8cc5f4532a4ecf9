"""Breaking long displays, once for all formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from derivgen.printing.boxes import (
    EMPTY,
    Box,
    Brace,
    Fenced,
    Marked,
    Operator,
    Row,
    Script,
    Space,
    beside,
    is_times,
    unmarked,
)
from derivgen.printing.widths import width, width_of

Aligned = tuple[tuple[Box, Box], ...]
"""Rows of a left part and a right part that starts with its relation sign."""

LIMIT = 35.5
SCALES = (1.0, 0.9, 0.8, 0.7)  # of the size of the page's letters; below the last one nobody reads
EQUALS = Operator("=", "relation")
ARROW = Operator("⟹", "relation")
INDENT, GAP = Space(1.0), Space(1.0)
SLACK = 2.5  # em: by which a factor may be too wide before it is broken; smaller letters make room for it
SHORT = 4.0  # em: a number or a letter does not stand on a row of its own


def room(rows: Aligned) -> float:
    """The width that rows need below each other, in em."""
    return max(width(left) for left, _ in rows) + max(width(right) for _, right in rows)


def scale(rows: Aligned) -> float:
    """How small rows are set on paper so that they fit: what cannot be broken further is set smaller, to a limit."""
    needed = room(rows)
    return next((size for size in SCALES if needed * size <= LIMIT), SCALES[-1])


def aligned(left: Box, rights: tuple[Box, ...], *, limit: float = LIMIT) -> Aligned:
    """Left = right = right ...: on one row if it fits, else broken at each =, then at + and −."""
    chain = beside(*(part for right in rights for part in (EQUALS, right)))
    if not rights or width(left) + width(chain) <= limit:
        return ((left, chain),)
    rows: list[tuple[Box, Box]] = []
    for right in rights:
        for line in broken(beside(EQUALS, right), limit - width(left)):
            rows.append((EMPTY if rows else left, line))
    return _larger(tuple(rows), _flush(left, rights, limit))


def defined(left: Box, rights: tuple[Box, ...], *, limit: float) -> Aligned:
    """A definition in a cell: one that could be broken at no sign is rather let be wider by half."""
    rows = aligned(left, rights, limit=limit)
    whole = aligned(left, rights, limit=1.5 * limit)
    at_signs = all(_begins_with_a_sign(row) for _, row in rows[1:])
    return rows if at_signs or len(whole) > 1 else whole


def _begins_with_a_sign(row: Box) -> bool:
    first = next((box for box in row.boxes if not isinstance(box, Space)), EMPTY) if isinstance(row, Row) else row
    return isinstance(first, Operator) and first.kind in ("binary", "relation")


def _larger(rows: Aligned, others: Aligned) -> Aligned:
    """The rows, or others if these can be set in larger letters on paper."""
    return rows if scale(rows) >= scale(others) else others


def equation_rows(
    left: Box, rights: tuple[Box, ...], implied: tuple[Box, tuple[Box, ...]] | None = None, *, limit: float = LIMIT
) -> Aligned:
    """Left = right ..., and an equation that follows from it after an arrow."""
    first = aligned(left, rights, limit=limit)
    if implied is None:
        return first
    other_left, other_rights = implied
    second = aligned(beside(ARROW, GAP, other_left), other_rights, limit=limit)
    if len(first) == len(second) == 1:
        (start, chain), (after, end) = first[0], second[0]
        whole = beside(chain, GAP, after, end)
        if width(start) + width(whole) <= limit:
            return ((start, whole),)
    rows = (*first, *second)
    # The arrow may make the left side so wide that the lines would not fit below each other.
    flush = (*_flush(left, rights, limit), *_flush(beside(ARROW, GAP, other_left), other_rights, limit))
    return rows if room(rows) <= limit else flush


def _flush(left: Box, rights: tuple[Box, ...], limit: float) -> Aligned:
    """The same rows from the left edge on: the left side stands before the first right side, or above all."""
    chain = tuple(beside(EQUALS, right) for right in rights)
    first, *others = (row for row in broken(chain[0], limit - width(left)))
    further = [row for right in chain[1:] for row in broken(right, limit - INDENT.width)]
    beside_it = _hanging(beside(left, first), (*others, *further))
    above = _hanging(left, tuple(row for right in chain for row in broken(right, limit - INDENT.width)))
    return _larger(beside_it, above)


def _hanging(first: Box, others: tuple[Box, ...]) -> Aligned:
    return ((EMPTY, first), *((EMPTY, beside(INDENT, row)) for row in others))


def broken(line: Box, limit: float) -> tuple[Box, ...]:
    """The rows of what is too wide for one: broken at + and −, then before factors, then inside brackets."""
    # Continuation rows start with their sign, a little to the right of the relation.
    if not isinstance(line, Row) or width(line) <= limit:
        return (line,)
    rows: list[Box] = []
    current: list[Box] = []
    for piece in _pieces(_spread(line.boxes), limit):
        needed = limit - (INDENT.width if rows else 0)
        if current and width_of((*current, *piece)) > needed:
            rows.append(beside(INDENT, *current) if rows else beside(*current))
            current = []
        current.extend(piece)
    rows.append(beside(INDENT, *current) if rows else beside(*current))
    return tuple(rows)


Piece = tuple[Box, ...]


def _pieces(boxes: Piece, limit: float) -> tuple[Piece, ...]:
    """What may stand on rows of its own: terms, and parts of a term that is too wide for one row.

    Such a term is broken before factors in brackets, then before other factors, then inside brackets.
    """
    widest = min(LIMIT, limit + SLACK)
    pieces = _split_before(boxes, _starts_term)
    for most, break_up in ((limit, _before_brackets), (widest, _before_factors), (widest, _inside_brackets)):
        pieces = tuple(
            part
            for piece in pieces
            for part in (break_up(piece, most) if width_of(piece) > most - INDENT.width else (piece,))
        )
    return pieces


def _split_before(boxes: Piece, starts: Callable[[Box, Box], bool], *, least: float = 0) -> tuple[Piece, ...]:
    """The boxes cut before each one that starts a piece, seen with what follows; no piece is shorter than `least`."""
    pieces: list[list[Box]] = [[]]
    for k, box in enumerate(boxes):
        following = next((part for part in boxes[k + 1 :] if not isinstance(part, Space)), EMPTY)
        if width_of(tuple(pieces[-1])) > least and starts(box, following):
            pieces.append([])
        pieces[-1].append(box)
    return tuple(map(tuple, pieces))


def _starts_term(box: Box, following: Box) -> bool:  # noqa: ARG001
    return isinstance(box, Operator) and box.kind == "binary" and box.sign in ("+", "−")


def _starts_bracket(box: Box, following: Box) -> bool:
    return is_times(box) and isinstance(unmarked(following), Fenced | Brace)


def _starts_factor(box: Box, following: Box) -> bool:  # noqa: ARG001
    return is_times(box) or (isinstance(box, Operator) and box.kind == "binary")


def _before_brackets(term: Piece, limit: float) -> tuple[Piece, ...]:  # noqa: ARG001
    return _split_before(term, _starts_bracket)


def _before_factors(term: Piece, limit: float) -> tuple[Piece, ...]:  # noqa: ARG001
    return _split_before(term, _starts_factor, least=SHORT)


def _inside_brackets(term: Piece, limit: float) -> tuple[Piece, ...]:
    """A term broken inside its widest brackets: the first piece opens them, the last one closes them."""
    k = max(range(len(term)), key=lambda place: width(term[place]) if _fence(term[place]) else 0.0)
    fence = _fence(term[k])
    if fence is None or not isinstance(fence.body, Row):
        return (term,)
    first, *others = _pieces(_spread(fence.body.boxes), limit - INDENT.width)
    if not others:
        return (term,)
    *middle, last = others
    sign, rest = (last[:1], last[1:]) if isinstance(last[0], Operator) else ((), last)
    closed = _closed(term[k], Fenced("", beside(*rest), fence.right))
    return ((*term[:k], Fenced(fence.left, beside(*first), "")), *middle, (*sign, closed, *term[k + 1 :]))


def _fence(box: Box) -> Fenced | None:
    """The brackets of a box: its own, or those that it sets an exponent to."""
    match box:
        case Marked(body=body):
            return _fence(body)
        case Fenced():
            return box
        case Script(base=Fenced() as fence):
            return fence
        case _:
            return None


def _closed(box: Box, closing: Fenced) -> Box:
    """The end of a box in brackets, with the exponent that it has; a mark does not go over rows."""
    whole = box.body if isinstance(box, Marked) else box
    return replace(whole, base=closing) if isinstance(whole, Script) else closing


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
    return is_times(box) or isinstance(box, Space) or (isinstance(box, Operator) and box.kind == "binary")
