"""Values of answers in real numbers: where a real function has no value, there is none here either."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from fractions import Fraction

from derivgen.answers.digits import NO_DIGITS, many_digits
from derivgen.calculus.floats import FLOATS, Floats
from derivgen.calculus.numbers import NO_VALUE, Point, point_in, value, values_within
from derivgen.calculus.precision import precise
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import (
    Constant,
    Differential,
    Expr,
    Power,
    Product,
    Quotient,
    Reference,
    Stack,
    Sum,
    Transpose,
    Unresolved,
)
from derivgen.expr.walk import nodes_within, rebuilt

# At 120 digits the rounding of two equal forms is far below this, and no difference that matters is.
NOTHING = 1e-40
_NO_VALUE = (*NO_VALUE, IndexError)


class Reals:
    """Floats; log and sqrt of a negative number have no value, unlike in complex arithmetic."""

    pi: Number = math.pi
    compares: bool = True

    def number(self, value: Fraction) -> Number:
        """The nearest float."""
        return float(value)

    def positive(self, value: Number) -> bool:
        """Whether the value is above zero."""
        return value > 0  # type: ignore[operator]  # only floats come here

    exp: Callable[[Number], Number] = staticmethod(math.exp)  # type: ignore[assignment]  # floats are numbers
    log: Callable[[Number], Number] = staticmethod(math.log)  # type: ignore[assignment]
    sqrt: Callable[[Number], Number] = staticmethod(math.sqrt)  # type: ignore[assignment]
    sin: Callable[[Number], Number] = staticmethod(math.sin)  # type: ignore[assignment]
    cos: Callable[[Number], Number] = staticmethod(math.cos)  # type: ignore[assignment]
    tan: Callable[[Number], Number] = staticmethod(math.tan)  # type: ignore[assignment]
    sinh: Callable[[Number], Number] = staticmethod(math.sinh)  # type: ignore[assignment]
    cosh: Callable[[Number], Number] = staticmethod(math.cosh)  # type: ignore[assignment]
    tanh: Callable[[Number], Number] = staticmethod(math.tanh)  # type: ignore[assignment]
    asin: Callable[[Number], Number] = staticmethod(math.asin)  # type: ignore[assignment]
    acos: Callable[[Number], Number] = staticmethod(math.acos)  # type: ignore[assignment]
    atan: Callable[[Number], Number] = staticmethod(math.atan)  # type: ignore[assignment]


class Rates(Floats):
    """Complex floats for derivatives: the log of a negative number changes as that of its size, which is real."""

    @staticmethod
    def log(z: complex, /) -> complex:  # type: ignore[override]  # no base is asked for
        """A logarithm with the same derivative, real also left of zero."""
        number = complex(z)
        return cmath.log(number if number.real > 0 else -number)


REALS = Reals()
RATES = Rates()
Reading = tuple[tuple[float, ...], ...]


def arithmetic_for(*several: Expr) -> Arithmetic:
    """Real floats; complex ones where a change, or a derivative of an unspecified function, takes a complex step."""
    nodes = (node for expr in several for node in nodes_within(expr))
    return FLOATS if any(isinstance(node, Unresolved | Differential) for node in nodes) else REALS


def real_value(expr: Expr, point: Point, m: Arithmetic) -> Reading | None:
    """The value at a point of floats, or None where there is none."""
    try:
        return _reading(value(expr, point, m))
    except _NO_VALUE:
        return None


def gap(answer: Expr, key: Expr, point: Point) -> float:
    """The largest difference of entries over the largest entry of the key, both worked out with 50 digits."""
    try:
        # A part that overflowed unseen, as in 1/(1e300*1e300), would take 50 digits and more hours.
        floats = arithmetic_for(answer, key)
        for array in values_within(answer, point, floats):
            _reading(array)
        if floats is FLOATS:
            return _gap(answer, key, point, precise())
        with many_digits() as m:
            return _gap(answer, key, point, m)
    except (*_NO_VALUE, *NO_DIGITS):
        return math.inf


def _gap(answer: Expr, key: Expr, point: Point, m: Arithmetic) -> float:
    exact = point_in(point, m)
    wanted, found = value(key, exact, m), value(answer, exact, m)
    pairs = [pair for rows in zip(wanted, found, strict=True) for pair in zip(*rows, strict=True)]
    largest = max(abs(a - b) for a, b in pairs)
    scale = max(abs(a) for a, _ in pairs)
    return 0.0 if largest < NOTHING else float(largest / scale) if scale > NOTHING else math.inf


def real_point(point: Point) -> Point:
    """The same point with floats, which are also quicker than complex numbers."""
    values = {name: [[complex(z).real for z in row] for row in array] for name, array in point.values.items()}
    return Point(values, point.sizes)  # type: ignore[arg-type]  # floats are numbers


def with_plain_exponents(expr: Expr) -> Expr:
    """The expression with exponents such as 3 - 1 worked out: x**(3 - 1) has a value for negative x too."""
    seen: dict[Expr, Expr] = {}

    def plain(part: Expr) -> Expr:
        if part not in seen:
            seen[part] = _plain(part)
        return seen[part]

    def _plain(part: Expr) -> Expr:
        match part:
            case Reference(name=name, body=body):
                return Reference(name, plain(body))
            case Power(base=base, exponent=exponent) if (number := exact(exponent)) is not None:
                return Power(plain(base), Constant(number))
            case _:
                return rebuilt(part, plain)

    return plain(expr)


def exact(expr: Expr) -> Fraction | None:
    """The number that sums, products and quotients of literal numbers stand for; None for anything else."""
    match expr:
        case Constant(value=number):
            return number
        case Sum(terms=several):
            numbers = [exact(part) for part in several]
            return None if None in numbers else sum((n for n in numbers if n is not None), Fraction(0))
        case Product(factors=several):
            numbers = [exact(part) for part in several]
            return None if None in numbers else math.prod((n for n in numbers if n is not None), start=Fraction(1))
        case Quotient(numerator=top, denominator=bottom):
            above, below = exact(top), exact(bottom)
            return above / below if above is not None and below else None
        case Transpose(argument=inner) | Stack(rows=((inner,),)):
            return exact(inner)
        case _:
            return None


def _reading(array: Array) -> Reading:
    entries = tuple(tuple(_real(z) for z in row) for row in array)
    if not all(map(math.isfinite, (z for row in entries for z in row))):
        raise OverflowError("too large")
    return entries


def _real(z: Number) -> float:
    if isinstance(z, complex):
        if abs(z.imag) > 1e-9 * max(1.0, abs(z.real)):
            raise ValueError("not real")
        return z.real
    return float(z)
