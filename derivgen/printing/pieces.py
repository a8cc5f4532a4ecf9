"""Putting printed parts together: where a minus, a dot, a space or a pair of parentheses stands."""

from __future__ import annotations

from itertools import pairwise

from derivgen.printing.boxes import (
    APPLY,
    THIN,
    TIMES,
    Accent,
    Box,
    Fenced,
    Fraction,
    Letter,
    Numeral,
    Operator,
    Row,
    Script,
    Word,
    beside,
    is_numeric_fraction,
    starts_with_function,
)
from derivgen.printing.notation import Precedence
from derivgen.record import record

MINUS = Operator("−", "prefix")
DOT = Operator("⋅", "binary")
TRANSPOSES: dict[str, Box] = {
    "top": Operator("⊤", "ordinary"),
    "sf": Letter("T", "sans"),
    "T": Letter("T"),
    "prime": Operator("′", "ordinary"),
}


@record
class Piece:
    """A printed part and what its neighbours must know of it.

    `positive` is the part without its leading minus, where it has one. `closed` is the part
    written so that a factor may follow: sin(x) for sin x; `closes` asks for that before every factor,
    where otherwise sin x cos x needs none. `spaced_left` and `spaced_right` ask for a thin space
    towards a neighbouring factor.
    """

    box: Box
    level: Precedence = Precedence.ATOM
    positive: Box | None = None
    closed: Box | None = None
    spaced_left: bool = False
    spaced_right: bool = False
    closes: bool = False


def named(box: Box) -> Piece:
    """A name; one of several letters keeps a distance from its neighbours."""
    is_word = isinstance(box.base if isinstance(box, Script) else box, Word)
    return Piece(box, spaced_left=is_word, spaced_right=is_word)


def parenthesised(box: Box) -> Box:
    """The box in parentheses."""
    return Fenced("(", box, ")")


def wrapped(piece: Piece, needed: Precedence) -> Box:
    """The part, in parentheses where it holds less tightly than its place needs."""
    return piece.box if piece.level >= needed else parenthesised(piece.box)


def negated(positive: Box) -> Piece:
    """The box with a minus in front."""
    return Piece(beside(MINUS, positive), Precedence.SUM, positive=positive)


def sum_of(terms: tuple[Piece, ...]) -> Piece:
    """Terms with + and − between them; only the first may keep a minus of its own."""
    first, *rest = terms
    boxes = [first.box if first.positive is not None else wrapped(first, Precedence.HADAMARD)]
    for term in rest:
        if term.positive is not None:
            boxes += [Operator("−", "binary"), term.positive]
        else:
            boxes += [Operator("+", "binary"), wrapped(term, Precedence.HADAMARD)]
    return Piece(beside(*boxes), Precedence.SUM)


def product_of(factors: tuple[Piece, ...]) -> Piece:
    """Factors side by side: a dot before a digit, a thin space where two would run together."""
    if len(factors) == 1:
        return factors[0]
    if factors[0].positive is not None:
        head = Piece(factors[0].positive, Precedence.PRODUCT)
        return negated(product_of((head, *factors[1:])).box)
    last = factors[-1]
    boxes: list[Box] = []
    for left, right in pairwise(factors):
        boxes += [_before(left, right), *_between(left, right)]
    begun = beside(*boxes)
    closed = None if last.closed is None else beside(begun, last.closed)
    box = beside(begun, wrapped(last, Precedence.PRODUCT))
    first = factors[0]
    return Piece(box, Precedence.PRODUCT, None, closed, first.spaced_left, last.spaced_right, last.closes)


def separated_by(sign: str, factors: tuple[Piece, ...]) -> Piece:
    """Operands of ⊙, ⊘ or ⊗: products and sums among them stand in parentheses."""
    boxes: list[Box] = []
    for number, factor in enumerate(factors, start=1):
        body = wrapped(factor, Precedence.FRACTION)
        if factor.closed is not None and number < len(factors) and factor.level >= Precedence.FRACTION:
            body = factor.closed
        boxes += [Operator(sign, "binary"), body] if boxes else [body]
    return Piece(beside(*boxes), Precedence.HADAMARD)


def fraction_of(numerator: Piece, denominator: Piece) -> Piece:
    """A fraction; a minus of the numerator moves in front of it."""
    if numerator.positive is not None:
        return negated(Fraction(numerator.positive, denominator.box))
    return Piece(Fraction(numerator.box, denominator.box), Precedence.FRACTION)


def raised(base: Piece, above: Box, intent: str) -> Piece:
    """The base with a superscript; a subscript that it has stays."""
    body = wrapped(base, Precedence.ATOM)
    match body:
        case Script(base=core, below=below, above=None):
            return Piece(Script(core, below, above, intent), Precedence.POWER)
        case _:
            return Piece(Script(body, None, above, intent), Precedence.POWER)


def exponent(box: Box) -> Box:
    """The box as it stands in an exponent: 1/2 on one line."""
    match box:
        case Fraction(numerator=Numeral() as upper, denominator=Numeral() as lower):
            return Row((upper, Operator("/", "ordinary"), lower))
        case _:
            return box


def called(name: Box, arguments: tuple[Piece, ...]) -> Piece:
    """name(argument, ...)."""
    listed: list[Box] = []
    for argument in arguments:
        listed += [Operator(",", "punctuation"), argument.box] if listed else [argument.box]
    return Piece(beside(name, APPLY, parenthesised(beside(*listed))))


def called_plainly(name: Box, argument: Piece) -> Piece:
    """Sin x: without parentheses around a single letter or number."""
    full = beside(name, APPLY, parenthesised(argument.box))
    if argument.level is Precedence.ATOM and _is_simple(argument.box):
        return Piece(beside(name, APPLY, argument.box), Precedence.PREFIX, closed=full)
    return Piece(full, Precedence.PREFIX, spaced_right=True)


def _is_simple(box: Box) -> bool:
    match box:
        case Letter() | Numeral():
            return True
        case Accent(base=base) | Script(base=base):
            return _is_simple(base)
        case _:
            return False


def _before(left: Piece, right: Piece) -> Box:
    # sin x cos x reads well, but sin x y does not.
    if left.closed is not None and left.level >= Precedence.PRODUCT and _ends_in_call(left, right):
        return left.closed
    return wrapped(left, Precedence.PRODUCT)


def _between(left: Piece, right: Piece) -> tuple[Box, ...]:
    ends_in_digit = isinstance(_last(left.box), Numeral) and left.level >= Precedence.PRODUCT
    first = _first(right.box) if right.level >= Precedence.PRODUCT else None
    if isinstance(first, Numeral) or (ends_in_digit and first is not None and is_numeric_fraction(first)):
        return (DOT,)
    runs_together = _is_digit(first) and (ends_in_digit or _is_digit(_last(left.box)))
    ends_in_call = left.closed is not None and _ends_in_call(left, right)
    # Every format sets a thin space before the name of a function.
    has_room = (left.closes or left.level is Precedence.ATOM) and starts_with_function(right.box)
    if not has_room and (ends_in_call or left.spaced_right or right.spaced_left or runs_together):
        return (TIMES, THIN)
    return (TIMES,)


def _ends_in_call(left: Piece, right: Piece) -> bool:
    return left.closes or not starts_with_function(right.box)


def _is_digit(box: Box | None) -> bool:
    """Whether the box is the letter 1 of a vector of ones, or a 0."""
    core = box.base if isinstance(box, Script) else box
    return isinstance(core, Letter) and core.letter.isdigit()


def _first(box: Box) -> Box:
    match box:
        case Row(boxes=(head, *_)) | Script(base=head):
            return _first(head)
        case _:
            return box


def _last(box: Box) -> Box:
    match box:
        case Row(boxes=(*_, tail)):
            return _last(tail)
        case _:
            return box
