"""A formula on one line of plain text: for terminals, and for titles where no mathematics can stand."""

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
    Marked,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Word,
)

INVISIBLE = {"\u2061": "", "\u2062": " ", "\u2063": ""}


def linear(box: Box) -> str:
    """The formula in letters and signs from left to right."""
    return " ".join(_line(box).split())


def _line(box: Box) -> str:
    match box:
        case Letter(letter=letter):
            return letter
        case Word(text=text):
            return f" {text} " if " " in text or len(text) > 1 else text
        case Numeral(digits=digits):
            return digits
        case Operator(sign=sign, kind=kind):
            return _operator(INVISIBLE.get(sign, sign), kind)
        case Space():
            return " "
        case Row(boxes=boxes):
            return "".join(_line(part) for part in boxes)
        case Fraction(numerator=numerator, denominator=denominator):
            return f"{_grouped(numerator)}/{_grouped(denominator)}"
        case Script(base=base, below=below, above=above):
            return _grouped(base) + _script("_", below) + _script("^", above)
        case Accent(kind=kind, base=base):
            return f"{_line(base)}_{kind}"
        case Fenced(left=left, body=body, right=right):
            return f"{left}{linear(body)}{right}"
        case Root(body=body):
            return f"√{_grouped(body)}"
        case Grid(rows=rows, left=left, right=right):
            return f"{left}{'; '.join(', '.join(linear(entry) for entry in row) for row in rows)}{right}"
        case Brace(body=body) | Marked(body=body):
            return _line(body)
        case _:
            assert_never(box)


def _operator(sign: str, kind: str) -> str:
    match kind:
        case "binary" | "relation":
            return f" {sign} "
        case "punctuation":
            return f"{sign} "
        case _:
            return sign


def _script(mark: str, box: Box | None) -> str:
    return "" if box is None else mark + _grouped(box)


def _grouped(box: Box) -> str:
    """The formula as one piece: in parentheses where it has several."""
    text = linear(box)
    match box:
        case Letter() | Word() | Numeral() | Operator() | Fenced() | Grid() | Accent():
            return text
        case Row(boxes=boxes) if len(boxes) == 1:
            return _grouped(boxes[0])
        case _:
            return f"({text})"
