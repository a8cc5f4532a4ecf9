"""Real arithmetic with 50 digits that count, by the decimal numbers of the standard library.

The series are those of the recipes in Python's documentation of `decimal`, with arguments made
small first; what is worked out stays below 120 digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Context, Decimal, DecimalException, localcontext
from fractions import Fraction
from functools import cache

from derivgen.expr.functions.table import Arithmetic

DIGITS = 120
# What is raised where there is no value, beside what floats raise.
NO_DIGITS = (DecimalException,)


@contextmanager
def many_digits() -> Iterator[Arithmetic]:
    """The arithmetic, while numbers keep so many digits."""
    with localcontext(Context(prec=DIGITS)):
        yield Digits()  # type: ignore[misc]  # decimals have the operators of complex numbers


class Digits:
    """Decimals; log and sqrt of a negative number have no value."""

    compares: bool = True

    @property
    def pi(self) -> Decimal:
        """The number."""
        return _pi()

    def number(self, value: Fraction) -> Decimal:
        """The nearest decimal."""
        return Decimal(value.numerator) / Decimal(value.denominator)

    def positive(self, value: Decimal) -> bool:
        """Whether the value is above zero."""
        return value > 0

    def exp(self, value: Decimal) -> Decimal:
        """To the power of e."""
        return Decimal(value).exp()

    def log(self, value: Decimal) -> Decimal:
        """The natural logarithm."""
        if value <= 0:
            raise ValueError("no logarithm")
        return Decimal(value).ln()

    def sqrt(self, value: Decimal) -> Decimal:
        """The square root."""
        return Decimal(value).sqrt()

    def sin(self, value: Decimal) -> Decimal:
        """The sine."""
        return _series(_reduced(value), first=1)

    def cos(self, value: Decimal) -> Decimal:
        """The cosine."""
        return _series(_reduced(value), first=0)

    def tan(self, value: Decimal) -> Decimal:
        """The tangent."""
        return self.sin(value) / self.cos(value)

    def sinh(self, value: Decimal) -> Decimal:
        """The hyperbolic sine."""
        return (self.exp(value) - self.exp(-value)) / 2

    def cosh(self, value: Decimal) -> Decimal:
        """The hyperbolic cosine."""
        return (self.exp(value) + self.exp(-value)) / 2

    def tanh(self, value: Decimal) -> Decimal:
        """The hyperbolic tangent."""
        return 1 - 2 / (self.exp(2 * value) + 1)

    def asin(self, value: Decimal) -> Decimal:
        """The inverse sine."""
        if abs(value) == 1:
            return value * _pi() / 2
        return self.atan(value / self.sqrt(1 - value * value))

    def acos(self, value: Decimal) -> Decimal:
        """The inverse cosine."""
        return _pi() / 2 - self.asin(value)

    def atan(self, value: Decimal) -> Decimal:
        """The inverse tangent."""
        halvings = 0
        while abs(value) > Decimal("0.05"):
            value = value / (1 + (1 + value * value).sqrt())
            halvings += 1
        return _alternating(value, value * value) * Decimal(2**halvings)


@cache
def _pi() -> Decimal:
    """By Machin's formula; a cached value keeps its digits."""
    with localcontext(Context(prec=DIGITS + 10)):
        fifth, other = Decimal(1) / 5, Decimal(1) / 239
        return 4 * (4 * _alternating(fifth, fifth * fifth) - _alternating(other, other * other))


def _alternating(z: Decimal, square: Decimal) -> Decimal:
    """z - z^3/3 + z^5/5 - ..., until nothing changes."""
    total, last, power, k = z, None, z, 1
    while total != last:
        last, power, k = total, -power * square, k + 2
        total += power / k
    return total


def _reduced(value: Decimal) -> Decimal:
    """The value less the nearest multiple of 2 pi."""
    turn = 2 * _pi()
    return value - turn * (value / turn).to_integral_value()


def _series(value: Decimal, *, first: int) -> Decimal:
    """z^first/first! - z^(first+2)/(first+2)! + ..., until nothing changes."""
    term = value if first else Decimal(1)
    total, last, k = term, None, first
    while total != last:
        last, k = total, k + 2
        term *= -value * value / (k * (k - 1))
        total += term
    return total
