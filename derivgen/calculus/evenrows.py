"""Fractions whose lower part is the same all along a row, as in a softmax of each row: exp(Z)/(exp(Z) @ ones(K, K)).

Adding up along the row leaves such a part outside: (Y/R) @ ones(K, K) is (Y @ ones(K, K))/R.
"""

from __future__ import annotations

from derivgen.calculus.symmetry import transposed
from derivgen.expr.nodes import Apply, Expr, Hadamard, Power, Product, Quotient, Reference, Transpose


def added_along_rows(left: Expr, right: Expr) -> Expr | None:
    """A fraction times a square matrix of ones, in either order, with the even part of the fraction outside."""
    if _is_square_of_ones(right) and isinstance(left, Quotient):
        return _outside(left, right)
    if _is_square_of_ones(left):
        turned = transposed(right)
        found = _outside(turned, left) if isinstance(turned, Quotient) else None
        return None if found is None else Transpose(found)
    return None


def _outside(fraction: Quotient, ones: Expr) -> Expr | None:
    bottom = fraction.denominator
    factors = bottom.factors if isinstance(bottom, Hadamard) else (bottom,)
    even = tuple(factor for factor in factors if _is_even(factor))
    if not even or fraction.numerator.is_scalar:
        return None
    rest = tuple(factor for factor in factors if factor not in even)
    top = Quotient(fraction.numerator, _product(rest)) if rest else fraction.numerator
    return Quotient(Product((top, ones)), _product(even))


def _product(factors: tuple[Expr, ...]) -> Expr:
    return factors[0] if len(factors) == 1 else Hadamard(factors)


def _is_even(array: Expr) -> bool:
    """Whether all entries of a row are the same: what is multiplied by ones from the right."""
    match array:
        case Reference(body=body):
            return _is_even(body)
        case Power(base=base, exponent=exponent):
            return exponent.is_scalar and _is_even(base)
        case Product(factors=(*_, last)):
            inner = last.argument if isinstance(last, Transpose) else last
            return isinstance(inner, Apply) and inner.function == "ones"
        case _:
            return False


def _is_square_of_ones(array: Expr) -> bool:
    return isinstance(array, Apply) and array.function == "ones" and array.shape.rows == array.shape.columns
