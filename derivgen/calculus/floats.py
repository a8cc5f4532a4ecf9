"""Complex floats for checks, and what an arithmetic needs for a small step along the imaginary axis."""

from __future__ import annotations

import cmath
from fractions import Fraction
from numbers import Rational
from typing import Protocol

from derivgen.expr.functions.table import Arithmetic, Number


class Floats:
    """Complex floating point numbers of the standard library."""

    pi: Number = cmath.pi
    compares: bool = True
    step: float = 1e-20

    def number(self, value: Fraction) -> Number:
        """The nearest float."""
        top, bottom = value.as_integer_ratio()
        return complex(top / bottom)

    def positive(self, value: Number) -> bool:
        """Whether the real part is above zero."""
        return complex(value).real > 0

    def rate(self, value: Number) -> Number:
        """What a value at a shifted point has changed by, to first order."""
        return complex(complex(value).imag / self.step)

    def shifted(self, value: Number, change: Number) -> Number:
        """Value + i step change."""
        return value + 1j * self.step * change

    exp = staticmethod(cmath.exp)
    log = staticmethod(cmath.log)
    sqrt = staticmethod(cmath.sqrt)
    sin = staticmethod(cmath.sin)
    cos = staticmethod(cmath.cos)
    tan = staticmethod(cmath.tan)
    sinh = staticmethod(cmath.sinh)
    cosh = staticmethod(cmath.cosh)
    tanh = staticmethod(cmath.tanh)
    asin = staticmethod(cmath.asin)
    acos = staticmethod(cmath.acos)
    atan = staticmethod(cmath.atan)


class Stepping(Arithmetic, Protocol):
    """An arithmetic in which a small step can be taken: along the imaginary axis, or along a symbol."""

    def shifted(self, value: Number, change: Number) -> Number:
        """The value a small step away along `change`."""

    def rate(self, value: Number) -> Number:
        """What a value at a shifted point has changed by, to first order."""


FLOATS = Floats()


def exact(z: Number) -> Fraction:
    """The exact number that a real value is, however it is typed."""
    match z:
        case Fraction():
            return z
        case Rational():  # SymPy's exact numbers are of this kind too
            return Fraction(int(z.numerator), int(z.denominator))
        case _:
            return Fraction(complex(z).real)


def stepping(m: Arithmetic) -> Stepping:
    """The arithmetic, if small steps can be taken in it.

    Raises: TypeError if not.
    """
    if not hasattr(m, "shifted"):
        raise TypeError("this arithmetic has no complex step")
    return m  # type: ignore[return-value]  # just tested
