"""Arrays that are made of stacks alone, written as one stack: x[1]*[1, 0] + [0, 2] as [x[1], 2]."""

from __future__ import annotations

from derivgen.calculus.simplify import tidy
from derivgen.expr.nodes import Expr, Hadamard, Product, Quotient, Stack, Sum, Transpose
from derivgen.expr.walk import parts

MOST_CELLS = 16


def written_out(expr: Expr) -> Expr | None:
    """The array as one stack, its scalars as they are; None where other arrays are in it or it would be long."""
    rows, columns = expr.shape.rows.number, expr.shape.columns.number
    if rows is None or columns is None or rows * columns > MOST_CELLS or expr.is_scalar or isinstance(expr, Stack):
        return None
    if not _is_of_stacks(expr):
        return None
    return Stack(tuple(tuple(tidy(_cell(expr, i, j)) for j in range(columns)) for i in range(rows)))


def _is_of_stacks(expr: Expr) -> bool:
    match expr:
        case Stack():
            return True
        case Sum() | Product() | Hadamard() | Transpose() | Quotient():
            return all(part.is_scalar or _is_of_stacks(part) for part in parts(expr))
        case _:
            return False


def _cell(expr: Expr, i: int, j: int) -> Expr:
    """Entry (i, j), counted from 0; a scalar is the same everywhere."""
    match expr:
        case _ if expr.is_scalar:
            return expr
        case Stack(rows=rows):
            return rows[i][j]
        case Transpose(argument=argument):
            return _cell(argument, j, i)
        case Sum(terms=terms):
            return Sum(tuple(_cell(term, i, j) for term in terms))
        case Hadamard(factors=factors):
            return Product(tuple(_cell(factor, i, j) for factor in factors))
        case Quotient(numerator=top, denominator=bottom):
            return Quotient(_cell(top, i, j), _cell(bottom, i, j))
        case Product(factors=factors):
            return _cell_of_product(factors, i, j)
        case _:
            raise TypeError("only arrays of stacks are written out")


def _cell_of_product(factors: tuple[Expr, ...], i: int, j: int) -> Expr:
    *front, last = factors
    if not front:
        return _cell(last, i, j)
    before = front[0] if len(front) == 1 else Product(tuple(front))
    if before.is_scalar or last.is_scalar:
        return Product((_cell(before, i, j), _cell(last, i, j)))
    middle = last.shape.rows.number or 0
    terms = tuple(Product((_cell(before, i, k), _cell(last, k, j))) for k in range(middle))
    return terms[0] if len(terms) == 1 else Sum(terms)
