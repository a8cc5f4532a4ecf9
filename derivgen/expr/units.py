"""Unit vectors of symbolic size in the words of the language's contract.

unit(n, i) is short for a product that any reader of the language can work out: the diagonal
of commutation(2, n) is 1 at its first and last place, which puts a one at place i of the
Kronecker product with [0, ..., 0, 1]; the first n entries are the unit vector, for n >= i.
"""

from __future__ import annotations

from derivgen.expr.build import apply, column, eye, number, row
from derivgen.expr.nodes import Apply, Expr, Product, SizeNumber
from derivgen.expr.sizes import Size
from derivgen.expr.walk import rebuilt


def without_units(expr: Expr) -> Expr:
    """The expression with each unit vector of symbolic size written out; else the same object."""
    match expr:
        case Apply(function="unit", arguments=(SizeNumber(size=size), SizeNumber(size=index))) if (
            size.number is None and index.number is not None
        ):
            return _written_out(size, index.number)
        case _:
            return rebuilt(expr, without_units)


def _written_out(size: Size, index: int) -> Expr:
    ends = apply("diag", apply("commutation", number(2), SizeNumber(size)))
    last = column(*(number(int(k == index)) for k in range(1, index + 1)))
    placed = apply("kron", ends, last) if index > 1 else ends
    first = row(*(number(int(k == 0)) for k in range(2 * index)))
    return Product((apply("kron", first, eye(size)), placed))
