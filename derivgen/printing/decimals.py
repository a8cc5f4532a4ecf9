"""Exact numbers in digits: which are better read as decimals, and which with a power of ten."""

from __future__ import annotations

from fractions import Fraction

from derivgen.errors import NoRule

# Python itself reads no more than 4,300 digits.
MOST_BITS = 13_500
# What a decimal of four places is a whole number of parts of.
LONGEST_DECIMAL = 10**4
# 20000000 is better read as 2e7, 0.00002 as 2e-5; the language reads no power of ten above the last.
FEWEST_DIGITS, FEWEST_ZEROS, SMALLEST_POWER, LARGEST_POWER = 8, 5, -5, 300
# x/500000, a mean of many entries, stays a fraction; 3313 p/25000000 does not.
LARGEST_LOWER = 10**6
# Halves to tenths are fractions to everybody.
FEWEST_PARTS = 10


def decimal(value: Fraction) -> str:
    """The number as a decimal, as 8.99e9 where that reads better, or as (1/3) where no decimal is exact."""
    parts = scientific(value)
    if parts is not None and abs(parts[1]) <= LARGEST_POWER:
        return f"{'-' if value < 0 else ''}{parts[0]}e{parts[1]}"
    return plain(value)


def plain(value: Fraction) -> str:
    """The number as a decimal without a power of ten, or as (1/3) where no decimal is exact."""
    places = _places(value.denominator)
    if places is None:
        return f"({digits_of(value.numerator)}/{digits_of(value.denominator)})"
    digits = digits_of(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def scientific(value: Fraction) -> tuple[str, int] | None:
    """The digits of the number without its sign, and the power of ten, where it is read best with one."""
    places = _places(value.denominator)
    if places is None or value == 0:
        return None
    digits = digits_of(abs(value.numerator) * 10**places // value.denominator)
    significant, power = digits.rstrip("0"), len(digits) - 1 - places
    is_large = not places and len(digits) >= FEWEST_DIGITS and len(digits) - len(significant) >= FEWEST_ZEROS
    if not is_large and power > SMALLEST_POWER:
        return None
    return f"{significant[0]}.{significant[1:]}".rstrip("."), power


def digits_of(number: int) -> str:
    """The whole number in digits.

    Raises: NoRule for more digits than Python itself reads.
    """
    if number.bit_length() > MOST_BITS:
        raise NoRule("a number of more than 4,000 digits", "printing", "write it with fewer digits")
    return str(number)


def is_short_decimal(denominator: int) -> bool:
    """Whether a number is better read as 0.15 than as 3/20: four places, and no half, quarter, eighth or tenth."""
    return denominator > 10 and denominator % 5 == 0 and LONGEST_DECIMAL % denominator == 0


def is_fine(value: Fraction, least: int = LARGEST_LOWER) -> bool:
    """Whether a number of more than `least` parts is better read as 1.3252e-33 than as a fraction."""
    upper, lower = value.as_integer_ratio()
    if lower <= least or max(upper.bit_length(), lower.bit_length()) > MOST_BITS or _places(lower) is None:
        return False
    parts = scientific(value)
    written = plain(abs(value)) if parts is None else f"{parts[0]}e{parts[1]}"
    return len(written) < len(f"{digits_of(abs(upper))}/{digits_of(lower)}")


def is_shorter(value: Fraction) -> bool:
    """Whether a number of many parts takes fewer signs as a decimal: 1.702 for 851/500, but 3/20 and 1/500."""
    upper, lower = value.as_integer_ratio()
    if (
        lower <= FEWEST_PARTS
        or lower % 5
        or lower > LARGEST_LOWER
        or abs(upper) in (0, 1)
        or upper.bit_length() > MOST_BITS
    ):
        return False
    return _places(lower) is not None and len(plain(abs(value))) < len(f"{abs(upper)}/{lower}")


def _places(denominator: int) -> int | None:
    """How many decimal places a number with this denominator has; None where no decimal is exact."""
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None
