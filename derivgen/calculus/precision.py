"""Arithmetic with 50 digits that count, for what rounding leaves open."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from derivgen.expr.functions.table import Arithmetic, Number


@cache
def precise() -> Arithmetic:
    """Arithmetic with 50 digits that count, by mpmath (imported here: few checks need it)."""
    import mpmath

    context = mpmath.mp.clone()
    context.dps = 120

    class Precise:
        pi = context.pi
        compares = True
        step = context.mpf(10) ** -50
        exp, log, sqrt = staticmethod(context.exp), staticmethod(context.log), staticmethod(context.sqrt)
        sin, cos, tan = staticmethod(context.sin), staticmethod(context.cos), staticmethod(context.tan)
        sinh, cosh, tanh = staticmethod(context.sinh), staticmethod(context.cosh), staticmethod(context.tanh)
        asin, acos, atan = staticmethod(context.asin), staticmethod(context.acos), staticmethod(context.atan)

        def number(self, value: Fraction) -> Number:
            return context.mpc(context.mpf(value.numerator) / value.denominator)  # type: ignore[no-any-return]

        def positive(self, value: Number) -> bool:
            return bool(context.mpc(value).real > 0)

        def rate(self, value: Number) -> Number:
            return context.mpc(context.mpc(value).imag / self.step)  # type: ignore[no-any-return]

        def shifted(self, value: Number, change: Number) -> Number:
            return value + context.mpc(0, 1) * self.step * change  # type: ignore[no-any-return]

    return Precise()
