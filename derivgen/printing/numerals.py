"""Exact numbers: whole, as a short decimal, or as a fraction."""

from __future__ import annotations

from derivgen.expr.nodes import Constant
from derivgen.printing.boxes import Fraction, Numeral
from derivgen.printing.notation import Precedence
from derivgen.printing.pieces import Piece, negated
from derivgen.printing.text import decimal, digits_of, is_short_decimal


def numeral(constant: Constant) -> Piece:
    """The number, with its minus in front."""
    upper, lower = abs(constant.value.numerator), constant.value.denominator
    if is_short_decimal(lower):
        box = Piece(Numeral(decimal(abs(constant.value))))
    else:
        whole = Piece(Numeral(digits_of(upper)))
        box = whole if lower == 1 else Piece(Fraction(whole.box, Numeral(digits_of(lower))), Precedence.FRACTION)
    return negated(box.box) if constant.value < 0 else box
