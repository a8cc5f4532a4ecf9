"""A row of partial derivatives entry by entry: [[u.T @ a, u.T @ b]] for u.T @ (a @ [[1, 0]] + b @ [[0, 1]])."""

from __future__ import annotations

from derivgen.calculus.factoring import simplest
from derivgen.expr.build import row, zeros
from derivgen.expr.nodes import Apply, Expr, Product, Quotient, Reference, Stack, Sum
from derivgen.expr.sizes import ONE, Shape


def listed(expr: Expr) -> Expr | None:
    """The entries of a row of so many columns; None where it is a list already or is not made of lists."""
    columns = expr.shape.columns.number
    if isinstance(expr, Stack) or columns is None or columns < 2 or not expr.shape.is_row:
        return None
    entries = [_column(expr, k) for k in range(columns)]
    made = tuple(simplest(entry) for entry in entries if entry is not None)
    return row(*made) if len(made) == columns else None


def _column(expr: Expr, k: int) -> Expr | None:
    match expr:
        case Stack(rows=(line,)):
            return line[k]
        case Sum(terms=terms):
            parts = [_column(term, k) for term in terms]
            found = tuple(part for part in parts if part is not None)
            return Sum(found) if len(found) == len(terms) else None
        case Product(factors=factors):
            return _of_product(factors, k)
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar:
            part = _column(top, k)
            return None if part is None else Quotient(part, bottom)
        case Reference(body=body):
            return _column(body, k)
        case Apply(function="zeros"):
            return zeros(Shape(expr.shape.rows, ONE))
        case _:
            return None


def _of_product(factors: tuple[Expr, ...], k: int) -> Expr | None:
    """Only the last array of a product has its columns."""
    place = max((at for at, factor in enumerate(factors) if not factor.is_scalar), default=-1)
    part = _column(factors[place], k) if place >= 0 else None
    return None if part is None else Product((*factors[:place], part, *factors[place + 1 :]))
