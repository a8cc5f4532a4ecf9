"""The presentation tree: how a formula looks, before any format. LaTeX, MathML and Typst print it.

Expressions become boxes in present.py; mathematics that a person typed becomes boxes in
texmath.py. So precedence, notation and line breaking are written once for all formats.
"""

from __future__ import annotations

from dataclasses import field
from operator import is_
from typing import Literal, assert_never

from derivgen.record import record

Style = Literal["italic", "upright", "bold", "bold-italic", "calligraphic", "blackboard", "sans"]
Role = Literal["", "scalar", "vector", "row", "matrix", "ones-vector", "ones-matrix", "zero-vector", "zero-matrix",
               "identity", "unit", "commutation", "diagonal", "heaviside"]  # fmt: skip
OperatorKind = Literal["binary", "relation", "prefix", "punctuation", "large", "ordinary", "invisible"]


@record
class Letter:
    """One letter (Unicode, Greek too) in a style: a variable.

    `role` is what it stands for, for one who hears it; typed letters have none. It is not seen, so boxes
    that differ in it alone are equal.
    """

    letter: str
    style: Style = "italic"
    role: Role = field(default="", compare=False)


@record
class Word:
    """Several letters set upright as one name: sin, diag, or words within a formula."""

    text: str
    is_operator: bool = True
    bold: bool = False
    role: Role = field(default="", compare=False)


@record
class Numeral:
    """Digits, with a point where there is one."""

    digits: str


@record
class Operator:
    """A sign such as + = ⊙ ∂; its kind decides the space around it."""

    sign: str
    kind: OperatorKind


@record
class Space:
    """A space of some width in em: thin is 1/6."""

    width: float


@record
class Row:
    """Boxes side by side."""

    boxes: tuple[Box, ...]


@record
class Fraction:
    """numerator over denominator."""

    numerator: Box
    denominator: Box


@record
class Script:
    """A base with a subscript, a superscript, or both; limits above and below for large operators.

    `intent` tells what the script means to one who hears it: power, transpose, inverse, index, held.
    """

    base: Box
    below: Box | None = None
    above: Box | None = None
    intent: str = ""


@record
class Accent:
    """A sign over a letter: hat, bar, tilde, vec, dot."""

    kind: Literal["hat", "bar", "tilde", "vec", "dot"]
    base: Box


@record
class Fenced:
    """A body between delimiters such as ( ) [ ] | | ‖ ‖; an empty one is not drawn."""

    left: str
    body: Box
    right: str
    intent: str = ""


@record
class Root:
    """A square root."""

    body: Box


@record
class Grid:
    """A matrix or a case split: rows of boxes between delimiters; an empty delimiter is not drawn.

    With `align="equations"` the columns are set right, left, right, left: aligned equations.
    """

    rows: tuple[tuple[Box, ...], ...]
    left: str = "["
    right: str = "]"
    align: Literal["center", "left", "equations"] = "center"


@record
class Brace:
    """A body with a brace below and a label under it (a shape)."""

    body: Box
    label: Box


@record
class Marked:
    """A part of a line that a step rewrites: `made` by this step, or `due` to be rewritten by the next.

    It has a line below it, and is read and copied as if it had none.
    """

    body: Box
    kind: Literal["made", "due"]


Box = (
    Letter
    | Word
    | Numeral
    | Operator
    | Space
    | Row
    | Fraction
    | Script
    | Accent
    | Fenced
    | Root
    | Grid
    | Brace
    | Marked
)

LEAVES = (Letter, Word, Numeral, Operator, Space)  # boxes without parts
TIMES = Operator("\u2062", "invisible")  # between juxtaposed factors
APPLY = Operator("\u2061", "invisible")  # between a function's name and its argument
UNSEEN = (TIMES.sign, APPLY.sign)
THIN = Space(1 / 6)
EMPTY = Row(())


def is_times(box: Box) -> bool:
    """Whether this is the sign between juxtaposed factors; asked of most boxes of a page, so by the sign alone."""
    return isinstance(box, Operator) and box.sign == TIMES.sign


def is_apply(box: Box) -> bool:
    """Whether this is the sign between a function's name and its argument."""
    return isinstance(box, Operator) and box.sign == APPLY.sign


def is_unseen(box: Box) -> bool:
    """Whether this is one of these two."""
    return isinstance(box, Operator) and box.sign in UNSEEN


def beside(*boxes: Box) -> Box:
    """The boxes side by side, with no row inside the row."""
    flat: list[Box] = []
    for box in boxes:
        flat.extend(box.boxes if isinstance(box, Row) else (box,))
    return flat[0] if len(flat) == 1 else Row(tuple(flat))


def inner(box: Box) -> tuple[Box, ...]:
    """The direct parts of a box, in reading order."""
    match box:
        case Letter() | Word() | Numeral() | Operator() | Space():
            return ()
        case Row(boxes=boxes):
            return boxes
        case Fraction(numerator=upper, denominator=lower):
            return (upper, lower)
        case Script(base=base, below=below, above=above):
            return tuple(part for part in (base, below, above) if part is not None)
        case Accent(base=base):
            return (base,)
        case Fenced(body=body) | Root(body=body) | Marked(body=body):
            return (body,)
        case Grid(rows=rows):
            return tuple(entry for row in rows for entry in row)
        case Brace(body=body, label=label):
            return (body, label)
    assert_never(box)


def with_inner(box: Box, new: tuple[Box, ...]) -> Box:
    """The same box with other direct parts, in the order of `inner`."""
    match box:
        case Letter() | Word() | Numeral() | Operator() | Space():
            return box
        case Row():
            return beside(*new)
        case Fraction():
            return Fraction(*new)
        case Script(below=below, above=above, intent=intent):
            rest = iter(new[1:])
            return Script(new[0], below and next(rest), above and next(rest), intent)
        case Accent(kind=kind):
            return Accent(kind, new[0])
        case Fenced(left=left, right=right, intent=intent):
            return Fenced(left, new[0], right, intent)
        case Root():
            return Root(new[0])
        case Marked(kind=kind):
            return Marked(new[0], kind)
        case Grid(rows=rows, left=left, right=right, align=align):
            entries = iter(new)
            return Grid(tuple(tuple(next(entries) for _ in row) for row in rows), left, right, align)
        case Brace():
            return Brace(*new)
    assert_never(box)


def unmarked(box: Box) -> Box:
    """The box without its marks: what is read aloud and copied."""
    if isinstance(box, LEAVES):
        return box
    if isinstance(box, Marked):
        return unmarked(box.body)
    parts = inner(box)
    plain = tuple(map(unmarked, parts))
    return box if all(map(is_, parts, plain)) else with_inner(box, plain)


def starts_with_function(box: Box) -> bool:
    """Whether the first thing one reads is the name of a function."""
    match box:
        case Word(is_operator=is_operator):
            return is_operator
        case Row(boxes=(head, *_)) | Script(base=head) | Marked(body=head):
            return starts_with_function(head)
        case _:
            return False


def is_numeric_fraction(box: Box) -> bool:
    """Whether this is a number such as 1/2, which is set small."""
    return isinstance(box, Fraction) and isinstance(box.numerator, Numeral) and isinstance(box.denominator, Numeral)


def holds_transpose(box: Box) -> bool:
    """Whether a transpose, whose ⊤ stands above the letters, occurs in the box."""
    if isinstance(box, Script) and box.above == Operator("⊤", "ordinary"):
        return True
    return any(map(holds_transpose, inner(box)))


def is_tall(box: Box) -> bool:
    """Whether delimiters around the box must grow."""
    match box:
        case Fraction() | Grid() | Brace():
            return True
        case Operator(kind=kind):
            return kind == "large"
        case Letter() | Word() | Numeral() | Space():
            return False
        case Script(base=base):
            return is_tall(base)
        case _:
            return any(map(is_tall, inner(box)))


def holds_fraction(box: Box) -> bool:
    """Whether a fraction that is set large occurs in the box."""
    if isinstance(box, Fraction):
        return not is_numeric_fraction(box)
    return any(holds_fraction(part) for part in inner(box))


def holds_small_fraction(box: Box) -> bool:
    """Whether a fraction of numbers occurs in the box, which is set small."""
    return is_numeric_fraction(box) or any(holds_small_fraction(part) for part in inner(box))
