"""An entry of an expression by the same entry of its parts: x[2] - m for (x - m)[2], exp(x[1]) for exp(x)[1]."""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.chains import Chain, chain, joined
from derivgen.calculus.monomials import ONE, is_zero, written
from derivgen.expr.build import ONE_NUMBER, apply
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Component,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
)

_ZERO = Constant(Fraction(0))


def placed(array: Expr, row: int, column: int) -> Expr:
    """The entry, with the index as far inside as it goes; a number beside arrays is the same in every entry."""
    if array.is_scalar:
        return array
    if is_zero(array):
        return _ZERO
    match array:
        case Stack(rows=rows):
            return rows[row - 1][column - 1]
        case Transpose(argument=argument):
            return placed(argument, column, row)
        case Sum(terms=terms):
            return Sum(tuple(placed(term, row, column) for term in terms))
        case Hadamard(factors=factors):
            return Product(tuple(placed(factor, row, column) for factor in factors))
        case Quotient(numerator=top, denominator=bottom) if not bottom.is_scalar:
            return Quotient(placed(top, row, column), placed(bottom, row, column))
        case Power(base=base, exponent=exponent):
            return Power(placed(base, row, column), placed(exponent, row, column))
        case Product() | Quotient():
            return _of_chain(chain(array), row, column)
        case Apply():
            return _of_call(array, row, column)
        case _:
            return Component(array, row, column)


def _of_chain(link: Chain, row: int, column: int) -> Expr:
    """Scalars in front of the entry; a column times a row has the product of two entries."""
    arrays = joined(Chain(ONE, link.arrays, link.shape))
    if link.scalars != ONE:
        return Product((written(link.scalars), placed(arrays, row, column)))
    match link.arrays:
        case (left, right) if left.shape.is_column and right.shape.is_row:
            return Product((placed(left, row, 1), placed(right, 1, column)))
        case _:
            return Component(arrays, row, column)


def _of_call(expr: Apply, row: int, column: int) -> Expr:
    match expr:
        case Apply(function="ones"):
            return ONE_NUMBER
        case Apply(function="eye"):
            return ONE_NUMBER if row == column else _ZERO
        case Apply(function="unit", arguments=(_, SizeNumber(size=index))) if index.number is not None:
            return ONE_NUMBER if index.number == row else _ZERO
        case Apply(function="diag", arguments=(vector,)) if vector.shape.is_column:
            return placed(vector, row, 1) if row == column else _ZERO
        case Apply(function=name, arguments=arguments) if FUNCTIONS[name].is_elementwise:
            return apply(name, *(placed(argument, row, column) for argument in arguments))
        case _:
            return Component(expr, row, column)
