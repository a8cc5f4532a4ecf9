"""Exact numbers: whole, as a short decimal, or as a fraction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derivgen.expr.nodes import Constant
from derivgen.printing.boxes import Fraction, Numeral
from derivgen.printing.notation import Precedence
from derivgen.printing.pieces import Piece, negated
from derivgen.printing.text import LONGEST_DECIMAL, decimal, digits_of, is_short_decimal


def numeral(constant: Constant) -> Piece:
    """The number, with its minus in front."""
    return _decimal(constant) if is_short_decimal(constant.value.denominator) else _fraction(constant)


def in_one_form(constants: Sequence[Constant]) -> Callable[[Constant], Piece]:
    """How numbers of one array are written: where one is a decimal all are, or all are fractions if one has none."""
    lowers = [constant.value.denominator for constant in constants]
    if not any(map(is_short_decimal, lowers)):
        return numeral
    return _decimal if all(LONGEST_DECIMAL % lower == 0 for lower in lowers) else _fraction


def _decimal(constant: Constant) -> Piece:
    return _signed(constant, Piece(Numeral(decimal(abs(constant.value)))))


def _fraction(constant: Constant) -> Piece:
    upper, lower = abs(constant.value.numerator), constant.value.denominator
    whole = Piece(Numeral(digits_of(upper)))
    if lower == 1:
        return _signed(constant, whole)
    return _signed(constant, Piece(Fraction(whole.box, Numeral(digits_of(lower))), Precedence.FRACTION))


def _signed(constant: Constant, amount: Piece) -> Piece:
    return negated(amount.box) if constant.value < 0 else amount
