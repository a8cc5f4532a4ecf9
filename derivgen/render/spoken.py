"""A formula in words, for one who hears it: alternative text of every format."""

from __future__ import annotations

from typing import assert_never

from derivgen.printing.boxes import (
    Accent,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Word,
)

SIGNS = {
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "=": "equals",
    "≠": "is not equal to",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "≈": "is about",
    "∈": "in",
    "×": "by",
    "·": "times",
    "⋅": "times",
    "⊙": "entry by entry times",
    "⊘": "entry by entry divided by",
    "⊗": "Kronecker product",
    "∂": "partial",
    "∇": "nabla",
    "∑": "sum",
    "∏": "product",
    "→": "to",
    "↦": "maps to",
    "⟹": "hence",
    "⇒": "hence",
    "⟺": "if and only if",
    "…": "and so on",
    "⋯": "and so on",
    "⋮": "and so on",
    "⋱": "and so on",
    "⊤": "transpose",
    "\u2061": "of",
    "\u2062": "",
    "\u2063": "",
    "/": "over",
    "|": "such that",
}
POWERS = {"2": "squared", "3": "cubed"}
FENCES = {"|": "the absolute value of", "‖": "the norm of"}


def spoken(box: Box) -> str:
    """The formula in words."""
    return " ".join(_say(box).split()).replace(" ,", ",")


def _say(box: Box) -> str:
    match box:
        case Letter(letter=letter):
            return letter
        case Word(text=text):
            return text
        case Numeral(digits=digits):
            return digits
        case Operator(sign=sign):
            return SIGNS.get(sign, sign)
        case Space():
            return ""
        case Row(boxes=boxes):
            return " ".join(_say(part) for part in boxes)
        case Fraction(numerator=numerator, denominator=denominator):
            return f"{_say(numerator)} over {_say(denominator)}"
        case Script():
            return _script(box)
        case Accent(kind=kind, base=base):
            return f"{_say(base)} {kind}"
        case Fenced():
            return _fenced(box)
        case Root(body=body):
            return f"the square root of {_say(body)}"
        case Grid(rows=rows):
            return "; ".join(", ".join(_say(entry) for entry in row) for row in rows).join(
                ("the array with rows ", ",")
            )
        case Brace(body=body, label=label):
            return f"{_say(body)}, which is {_say(label)},"
        case _:
            assert_never(box)


def _script(script: Script) -> str:
    base = _say(script.base)
    below = f" sub {_say(script.below)}" if script.below is not None else ""
    return base + below + (_above(_say(script.above), script.intent) if script.above is not None else "")


def _above(above: str, intent: str) -> str:
    match intent:
        case "transpose":
            return " transpose"
        case "inverse":
            return " inverse"
        case _:
            return f" {POWERS.get(above.strip(), f'to the power {above}')}"


def _fenced(fenced: Fenced) -> str:
    body = _say(fenced.body)
    return f"{FENCES[fenced.left]} {body}" if fenced.left in FENCES else f"{fenced.left} {body} {fenced.right}"
