"""Literal numbers, kept exactly."""

from __future__ import annotations

import re
from fractions import Fraction

from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

LARGEST_EXPONENT = 300
DIGITS_AT_ONCE = 4000  # Python refuses to read more than 4300 digits at once


def number_of(source: Source, token: Token) -> Fraction:
    """The exact value of a decimal number of any length.

    Raises: DerivgenError for an exponent that leaves the finite numbers.
    """
    digits, _, exponent = re.sub("E", "e", token.text).partition("e")
    whole, _, decimals = digits.partition(".")
    power = _whole(exponent) if exponent else 0
    if abs(power) > LARGEST_EXPONENT:
        raise source.fault(
            "number",
            token.start,
            token.end,
            f"the exponent of this number is beyond {LARGEST_EXPONENT}",
            "use a smaller one",
        )
    return Fraction(_whole(whole + decimals)) * Fraction(10) ** (power - len(decimals))


def _whole(digits: str) -> int:
    sign, plain = (-1, digits[1:]) if digits[:1] == "-" else (1, digits.lstrip("+"))
    value = 0
    for start in range(0, len(plain), DIGITS_AT_ONCE):
        part = plain[start : start + DIGITS_AT_ONCE]
        value = value * 10 ** len(part) + int(part)
    return sign * value
