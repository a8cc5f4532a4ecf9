"""Matrix products in a normal form: a scalar monomial in front of a chain of arrays."""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.monomials import (
    ONE,
    Monomial,
    fraction,
    is_zero,
    monomial,
    parts_of_number,
    sign_and_bracket,
    split,
    times,
)
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, zeros
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Differential,
    Expr,
    Product,
    Quotient,
    Transpose,
    product_shape,
)
from derivgen.expr.sizes import SCALAR, Shape
from derivgen.expr.walk import changes
from derivgen.record import record


@record
class Chain:
    """scalars * arrays[0] @ arrays[1] @ ...; without arrays it is a scalar."""

    scalars: Monomial
    arrays: tuple[Expr, ...]
    shape: Shape


def chain(expr: Expr) -> Chain:
    """An expression as a chain; what is no product is a chain of one array."""
    if expr.is_scalar and not _is_inner(expr):
        return Chain(monomial(expr), (), expr.shape)
    match expr:
        case Product(factors=factors):
            return _joined(factors, expr.shape)
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar and not top.is_scalar:
            upper = chain(top)
            return Chain(upper.scalars * monomial(Quotient(ONE_NUMBER, bottom)), upper.arrays, expr.shape)
        case Quotient(numerator=top, denominator=bottom) if _is_in_front(top):
            # A changing number over an array is a number in front: what holds dx must be reached.
            return Chain(monomial(top), (Quotient(ONE_NUMBER, bottom),), expr.shape)
        case Apply(function="outer", arguments=(left, right)):
            return _joined((left, Transpose(right)), expr.shape)
        case _:
            return Chain(ONE, (expr,), expr.shape)


def _is_in_front(top: Expr) -> bool:
    """Whether what stands over an array is a number other than one, or a scalar that changes."""
    return top.is_scalar and (changes(top) or (isinstance(top, Constant) and top != ONE_NUMBER))


def _is_inner(expr: Expr) -> bool:
    """Whether a scalar is a product of arrays, such as x.T @ y."""
    return isinstance(expr, Product) and any(not factor.is_scalar for factor in expr.factors)


def _joined(factors: tuple[Expr, ...], shape: Shape) -> Chain:
    scalars: Monomial = ONE
    arrays: list[Expr] = []
    reached = SCALAR
    for factor in factors:
        if factor.is_scalar:
            scalars = scalars * monomial(factor)
            continue
        if reached.is_scalar and arrays:
            # What stands before is a finished inner product: a scalar of its own.
            scalars = scalars * monomial(product(arrays))
            arrays = []
        sign, bracket = sign_and_bracket(factor)
        inner = chain(bracket)
        if sign < 0:
            scalars = Monomial(-scalars.coefficient, scalars.powers)
        if inner.scalars is not ONE:
            scalars = scalars * inner.scalars
        arrays += inner.arrays
        reached = factor.shape if reached.is_scalar else product_shape(reached, factor.shape)
    return Chain(scalars, tuple(arrays), shape)


def product(arrays: list[Expr] | tuple[Expr, ...]) -> Expr:
    """The arrays multiplied; one array stays itself."""
    return arrays[0] if len(arrays) == 1 else Product(tuple(arrays))


def joined(link: Chain) -> Expr:
    """A chain as an expression: identities and ones dropped, the coefficient in front.

    A coefficient whose numerator is one is written as a denominator: x/norm(x).
    """
    coefficient = link.scalars.coefficient
    if coefficient == 0 or any(is_zero(array) for array in link.arrays):
        return zeros(link.shape)
    arrays = without_identities(link.arrays)
    above, below = split(link.scalars)
    if not arrays:
        return fraction(coefficient, above, below)
    over = _over_an_array(link.scalars, above, below, arrays)
    if over is not None:
        return over
    if parts_of_number(coefficient)[1] == 1 and not below:
        return times_array(coefficient, above, arrays)
    made = _array_fraction(abs(coefficient), above, below, arrays)
    if coefficient > 0:
        return made
    return Product((MINUS_ONE, *made.factors)) if isinstance(made, Product) else Product((MINUS_ONE, made))


def _over_an_array(scalars: Monomial, above: list[Expr], below: list[Expr], arrays: tuple[Expr, ...]) -> Expr | None:
    """prod(x)/x for prod(x) * (1/x)."""
    if len(arrays) != 1 or below or scalars.coefficient.denominator != 1 or any(changes(a) for a in above):
        return None
    inner = arrays[0].argument if isinstance(arrays[0], Transpose) else arrays[0]
    if not isinstance(inner, Quotient) or inner.numerator != ONE_NUMBER:
        return None
    made = Quotient(times(abs(scalars.coefficient), above), inner.denominator)
    turned = Transpose(made) if isinstance(arrays[0], Transpose) else made
    return Product((MINUS_ONE, turned)) if scalars.coefficient < 0 else turned


def _array_fraction(coefficient: Fraction, above: list[Expr], below: list[Expr], arrays: tuple[Expr, ...]) -> Expr:
    """x/norm(x) where the number above is one, else (2/n) x: the fraction in front."""
    last = tuple(factor for factor in above if isinstance(factor, Differential))
    plain: list[Expr] = [factor for factor in above if not isinstance(factor, Differential)]
    over, under = parts_of_number(coefficient)
    bottom = times(under, below)
    if not plain and not last and over == 1:
        return Quotient(product(arrays), bottom)
    return Product((Quotient(times(over, plain), bottom), *arrays, *last))


def times_array(coefficient: Fraction, above: list[Expr], arrays: tuple[Expr, ...]) -> Expr:
    """Coefficient * scalars * arrays, without a one."""
    front = [Constant(coefficient)] if coefficient != 1 else []
    # dt stands last, as in dY = B dt.
    plain = [factor for factor in above if not isinstance(factor, Differential)]
    last = [factor for factor in above if isinstance(factor, Differential)]
    factors = (*front, *plain, *arrays, *last)
    return factors[0] if len(factors) == 1 else Product(factors)


def without_identities(arrays: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The chain without identity matrices, keeping one if nothing else is there."""
    kept = tuple(array for array in arrays if not is_identity(array))
    return kept or arrays[:1]


def is_identity(expr: Expr) -> bool:
    """Whether this is eye(n)."""
    return isinstance(expr, Apply) and expr.function == "eye"
