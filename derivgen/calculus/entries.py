"""An array written out as its entries: the way of a first course, for small whole sizes."""

from __future__ import annotations

from functools import cache, partial
from typing import assert_never

from derivgen.errors import NoRule
from derivgen.expr.build import apply
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.cells import Cells, whole
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)


def entries(expr: Expr) -> tuple[tuple[Expr, ...], ...]:
    """The entries of an array by rows, each a scalar expression.

    Raises: NoRule for symbolic or large sizes.
    """
    return _cells(expr).table()


def entry(expr: Expr, i: int, j: int) -> Expr:
    """Entry (i, j) as a scalar expression without arrays; a scalar is the same everywhere."""
    if expr.is_scalar:
        return spelled(expr)
    match expr:
        case Variable() | Unspecified():
            return Component(expr, i, j)
        case Reference(body=body):
            return entry(body, i, j)
        case Sum(terms=terms):
            return Sum(tuple(entry(term, i, j) for term in terms))
        case Hadamard(factors=factors):
            return Product(tuple(entry(factor, i, j) for factor in factors))
        case Product(factors=factors):
            return _product(factors, i, j)
        case Quotient(numerator=top, denominator=bottom):
            return Quotient(entry(top, i, j), entry(bottom, i, j))
        case Power(base=base, exponent=exponent):
            return Power(entry(base, i, j), entry(exponent, i, j))
        case Transpose(argument=argument):
            return entry(argument, j, i)
        case Stack(rows=rows):
            return spelled(rows[i - 1][j - 1])
        case Choice(relation=relation):
            parts = (expr.left, expr.right, expr.then, expr.otherwise)
            return Choice(relation, *(entry(part, i, j) for part in parts))
        case Apply():
            return _function(expr, i, j)
        case Constant() | SizeNumber() | Component():
            return expr
        case Differential() | Unresolved() | Summation():
            raise NoRule("a derivative that is not worked out", "writing out the components")
    assert_never(expr)


def _product(factors: tuple[Expr, ...], i: int, j: int) -> Expr:
    """Row i times column j, the product taken from left to right."""
    scalars = tuple(spelled(factor) for factor in factors if factor.is_scalar)
    arrays = tuple(factor for factor in factors if not factor.is_scalar)
    if not arrays:
        return Product(scalars)
    inner = _matrix_product(arrays, i, j)
    return Product((*scalars, inner)) if scalars else inner


def _matrix_product(arrays: tuple[Expr, ...], i: int, j: int) -> Expr:
    if len(arrays) == 1:
        return entry(arrays[0], i, j)
    front, last = arrays[:-1], arrays[-1]
    if Product(front).is_scalar:
        return Product((_matrix_product(front, 1, 1), entry(last, i, j)))
    middle = whole(last.shape.rows)
    terms = tuple(Product((_matrix_product(front, i, k), entry(last, k, j))) for k in range(1, middle + 1))
    return terms[0] if len(terms) == 1 else Sum(terms)


def _cells(expr: Expr) -> Cells:
    return Cells(expr.shape, cache(partial(entry, expr)))


def _function(expr: Apply, i: int, j: int) -> Expr:
    record = FUNCTIONS[expr.function]
    if record.is_elementwise:
        return apply(expr.function, *(entry(argument, i, j) for argument in expr.arguments))
    if record.entry is not None:
        return record.entry(tuple(map(_cells, expr.arguments)), i, j)
    if not expr.arguments:
        return expr
    raise NoRule(expr.function, "writing out the components")


def spelled(expr: Expr) -> Expr:
    """A scalar expression with the arrays inside it written out."""
    match expr:
        case Constant() | SizeNumber() | Variable() | Unspecified():
            return expr
        case Reference(body=body):
            return spelled(body)
        case Component(array=array, row=int(row), column=int(column)):
            return entry(array, row, column)
        case Product(factors=factors):
            return _product(factors, 1, 1)
        case Stack(rows=((only,),)):
            return spelled(only)
        case Sum(terms=terms):
            return Sum(tuple(spelled(term) for term in terms))
        case Hadamard(factors=factors):
            return Product(tuple(spelled(factor) for factor in factors))
        case Quotient(numerator=top, denominator=bottom):
            return Quotient(spelled(top), spelled(bottom))
        case Power(base=base, exponent=exponent):
            return Power(spelled(base), spelled(exponent))
        case Transpose(argument=argument):
            return spelled(argument)
        case Choice(relation=relation):
            return Choice(relation, *(spelled(part) for part in (expr.left, expr.right, expr.then, expr.otherwise)))
        case Apply():
            return _function(expr, 1, 1)
        case Stack() | Component() | Summation() | Differential() | Unresolved():
            raise NoRule("this", "writing out the components")
    assert_never(expr)
