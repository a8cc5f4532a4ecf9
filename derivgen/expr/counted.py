"""Numbers in which sizes have a share: the 1/392 in the derivative of a mean of 784 squares is 2 over this size.

Where a small size stands in the place of a large one, it does so in these numbers too, and in no others: the 0.05 that
somebody wrote before a sum of 100 entries stays what it is, although it is 5 over their number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any

from derivgen.expr.sizes import SMALL, small_size

# How a number is made: a plain one, a size, or two such under an operation.
Made = Fraction | int | tuple[str, Any, Any]

_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": truediv}


class Counted(Fraction):
    """A number, and how it is made of sizes.

    `sign` is its value with other numbers in the place of the sizes: two that are equal are made alike.
    """

    __slots__ = ("made", "sign")

    made: Made
    sign: Fraction

    def __new__(cls, numerator: int, denominator: int, made: Made | None = None) -> Fraction:  # type: ignore[misc]
        """The number, made in this way; a plain one where Python asks for a number of the same class."""
        if made is None:
            return Fraction(numerator, denominator)
        found = super().__new__(cls, numerator, denominator)
        found.made = made
        found.sign = _worked_out(made, _other)
        return found

    def at(self, sizes: Mapping[str, int]) -> Fraction:
        """The number where these stand in the place of sizes."""
        return _worked_out(self.made, lambda size: Fraction(small_size(size, sizes)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Counted, (self.numerator, self.denominator, self.made)

    def __copy__(self) -> Counted:
        return self

    def __deepcopy__(self, memo: object) -> Counted:
        return self

    def __add__(self, other: Any) -> Any:
        return _together("+", self, other, Fraction.__add__)

    def __radd__(self, other: Any) -> Any:
        return _together("+", self, other, Fraction.__add__)

    def __sub__(self, other: Any) -> Any:
        return _together("-", self, other, Fraction.__sub__)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        return _together("*", self, other, Fraction.__mul__)

    def __rmul__(self, other: Any) -> Any:
        return _together("*", self, other, Fraction.__mul__)

    def __truediv__(self, other: Any) -> Any:
        return _together("/", self, other, Fraction.__truediv__)

    def __rtruediv__(self, other: Any) -> Any:
        return self**-1 * other

    def __neg__(self) -> Any:
        return self * -1

    def __abs__(self) -> Any:
        return -self if self < 0 else self

    def __pow__(self, power: Any) -> Any:
        if type(power) is not int and getattr(power, "denominator", 0) != 1:
            return Fraction(self) ** power
        found: Any = Fraction(1)
        for _ in range(abs(int(power))):
            found = found * self
        return found if power >= 0 else _together("/", Fraction(1), found, Fraction.__truediv__)


def counted(size: int) -> Fraction:
    """A size as a number: one that may have a smaller one in its place knows that it is one."""
    return Counted(size, 1, size) if size > SMALL else Fraction(size)


def made_of(number: Fraction, sizes: Mapping[str, int]) -> Fraction:
    """A number where these stand in the place of sizes."""
    return number.at(sizes) if type(number) is Counted else number


def are_one(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers are equal, and are so too where others stand in the place of sizes."""
    # Fractions first ask what kind of number the other one is, which takes longer than all the rest.
    return one.as_integer_ratio() == other.as_integer_ratio() and (
        type(one) is type(other) is Fraction or _sign(one) == _sign(other)
    )


def _sign(number: Fraction) -> Fraction:
    return number.sign if isinstance(number, Counted) else number


def _made(number: Fraction | int) -> Made:
    return number.made if isinstance(number, Counted) else Fraction(number)


def _other(size: int) -> Fraction:
    """What shows whether a size matters: no size, nor a multiple or a part of one."""
    return Fraction(3 * size + 1, 3)


def _worked_out(made: Made, of: Callable[[int], Fraction]) -> Fraction:
    if isinstance(made, tuple):
        operation, left, right = made
        found: Fraction = _OPERATIONS[operation](_worked_out(left, of), _worked_out(right, of))
        return found
    return of(made) if isinstance(made, int) else made


def _together(operation: str, one: Fraction, other: Any, plain: Callable[[Any, Any], Any]) -> Any:
    """The result of an operation; a plain number where no size has a share in it any more."""
    found = plain(one, other)
    if not isinstance(found, Fraction) or not isinstance(other, int | Fraction):
        return found
    value = Fraction(found.numerator, found.denominator)
    made: Made = (operation, _made(one), _made(other))
    return value if _worked_out(made, _other) == value else Counted(value.numerator, value.denominator, made)
