"""Squares of projections and reflections: P P = P for P = I - v v^T/(v^T v), and H H = I for H = 2 P - I.

Source: Magnus and Neudecker (2019), ch. 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen.calculus.chains import chain, is_identity
from derivgen.calculus.monomials import written
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import apply, eye, number
from derivgen.expr.nodes import Expr, Power, Product, Sum
from derivgen.expr.walk import count

Normal = Callable[[Expr], Expr]
# Longer brackets are not multiplied out to find that out.
LONGEST = 24


def short_square(matrix: Expr, normal: Normal) -> Expr | None:
    """The square of I - W as I - W where W W = W, and that of I - 2 W as I; else None."""
    match matrix:
        case Sum(terms=(first, second)) if count(matrix) <= LONGEST and is_identity(first) != is_identity(second):
            taken = second if is_identity(first) else first
        case _:
            return None
    if _is_projection(normal(Product((number(-1), taken))), normal):
        return matrix
    halved = normal(Product((number(Fraction(-1, 2)), taken)))
    return eye(matrix.shape.rows) if _is_projection(halved, normal) else None


def _is_projection(matrix: Expr, normal: Normal) -> bool:
    """Whether W W = W: of v v^T/(v^T v), 1 1^T/n, X (X^T X)^-1 X^T."""
    link = chain(matrix)
    match link.arrays:
        case (column, row) if column.shape.is_column:
            below = normal(written(link.scalars.raised(Fraction(-1))))
            return below in (normal(Product((row, column))), _squared(row, column, normal))
        case _:
            return normal(Product((matrix, matrix))) == matrix


def _squared(row: Expr, column: Expr, normal: Normal) -> Expr | None:
    """The square of the norm of a column that stands beside its own transpose."""
    return normal(Power(apply("norm", column), number(2))) if row == transposed(column) else None
