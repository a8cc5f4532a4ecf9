"""Exact numbers: whole, as a short decimal, or as a fraction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derivgen.expr.nodes import Constant
from derivgen.printing.boxes import Fraction, Numeral, Script, beside
from derivgen.printing.decimals import LONGEST_DECIMAL, digits_of, is_fine, is_short_decimal, plain, scientific
from derivgen.printing.notation import Precedence
from derivgen.printing.pieces import DOT, Piece, negated


def numeral(constant: Constant) -> Piece:
    """The number, with its minus in front."""
    value = constant.value
    is_decimal = is_short_decimal(value.denominator) or is_fine(value, LONGEST_DECIMAL)
    if value.denominator != 1 and not is_decimal:
        return _fraction(constant)
    parts = scientific(value)
    return _decimal(constant) if parts is None else _signed(constant, _with_power(*parts))


def in_one_form(constants: Sequence[Constant]) -> Callable[[Constant], Piece]:
    """How numbers of one array are written: where one is a decimal all are, or all are fractions if one has none."""
    lowers = [constant.value.denominator for constant in constants]
    if not any(map(is_short_decimal, lowers)):
        return numeral
    return _decimal if all(LONGEST_DECIMAL % lower == 0 for lower in lowers) else _fraction


def _decimal(constant: Constant) -> Piece:
    return _signed(constant, Piece(Numeral(plain(abs(constant.value)))))


def _with_power(digits: str, power: int) -> Piece:
    """8.99 times 10 to the 9."""
    ten = Script(Numeral("10"), above=negated(Numeral(str(-power))).box if power < 0 else Numeral(str(power)))
    return (
        Piece(ten, Precedence.POWER) if digits == "1" else Piece(beside(Numeral(digits), DOT, ten), Precedence.PRODUCT)
    )


def _fraction(constant: Constant) -> Piece:
    upper, lower = abs(constant.value.numerator), constant.value.denominator
    whole = Piece(Numeral(digits_of(upper)))
    if lower == 1:
        return _signed(constant, whole)
    return _signed(constant, Piece(Fraction(whole.box, Numeral(digits_of(lower))), Precedence.FRACTION))


def _signed(constant: Constant, amount: Piece) -> Piece:
    return negated(amount.box) if constant.value < 0 else amount
