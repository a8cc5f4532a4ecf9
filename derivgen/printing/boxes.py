"""The presentation tree: how a formula looks, before any format. LaTeX, MathML and Typst print it.

Expressions become boxes in present.py; mathematics that a person typed becomes boxes in
texmath.py. So precedence, notation and line breaking are written once for all formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["italic", "upright", "bold", "bold-italic", "calligraphic", "blackboard", "sans"]
OperatorKind = Literal["binary", "relation", "prefix", "punctuation", "large", "ordinary", "invisible"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter (Unicode, Greek too) in a style: a variable."""

    letter: str
    style: Style = "italic"


@dataclass(frozen=True, slots=True)
class Word:
    """Several letters set upright as one name: sin, diag, or words within a formula."""

    text: str
    is_operator: bool = True


@dataclass(frozen=True, slots=True)
class Numeral:
    """Digits, with a point where there is one."""

    digits: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign such as + = ⊙ ∂; its kind decides the space around it."""

    sign: str
    kind: OperatorKind


@dataclass(frozen=True, slots=True)
class Space:
    """A space of some width in em: thin is 1/6."""

    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes side by side."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """numerator over denominator."""

    numerator: Box
    denominator: Box


@dataclass(frozen=True, slots=True)
class Script:
    """A base with a subscript, a superscript, or both; limits above and below for large operators.

    `intent` tells what the script means to one who hears it: power, transpose, inverse, index.
    """

    base: Box
    below: Box | None = None
    above: Box | None = None
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Accent:
    """A sign over a letter: hat, bar, tilde, vec, dot."""

    kind: Literal["hat", "bar", "tilde", "vec", "dot"]
    base: Box


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between delimiters such as ( ) [ ] | | ‖ ‖; an empty one is not drawn."""

    left: str
    body: Box
    right: str
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    body: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix or a case split: rows of boxes between delimiters; an empty delimiter is not drawn."""

    rows: tuple[tuple[Box, ...], ...]
    left: str = "["
    right: str = "]"
    align: Literal["center", "left"] = "center"


@dataclass(frozen=True, slots=True)
class Brace:
    """A body with a brace below and a label under it (a shape)."""

    body: Box
    label: Box


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
)
