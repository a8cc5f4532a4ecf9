"""Moves of vec(E), until it reads J vec(dX).

Source: Magnus and Neudecker (2019), ch. 2 and 3: vec(AXB) = (B^T kron A) vec X, vec X^T = K vec X.
"""

from __future__ import annotations

from derivgen.calculus.chains import Chain, chain, joined, product
from derivgen.calculus.monomials import ONE
from derivgen.calculus.moves import Move, by_entries, has, masked, vec, weights
from derivgen.calculus.symmetry import transposed
from derivgen.errors import NoRule
from derivgen.expr.build import apply, eye, ones
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Expr,
    Hadamard,
    Product,
    Quotient,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import SCALAR, Shape


def move_in_vec(inner: Expr, variable: Variable) -> Move:
    """vec(inner) after one move, as an expression that ends in vec of something smaller.

    Raises: NoRule where no move is known.
    """
    facts: dict[str, Expr] = {"inner": inner}
    if isinstance(inner, Sum):
        return Move(Sum(tuple(vec(_full(term, inner.shape)) for term in inner.terms)), "d-linear", facts)
    link = chain(inner)
    if link.scalars != ONE:
        front = joined(Chain(link.scalars, (), SCALAR))
        return Move(Product((front, vec(product(link.arrays)))), "d-linear", facts)
    k = next(i for i, array in enumerate(link.arrays) if has(array, variable))
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    if before or after:
        return Move(Product((of_product(before, array.shape, after), _vec(array))), "vec-product", facts)
    return _of_array(array, variable, facts)


def _full(term: Expr, shape: Shape) -> Expr:
    return Product((term, ones(shape.rows, shape.columns))) if term.is_scalar and not shape.is_scalar else term


def _vec(array: Expr) -> Expr:
    """vec of the factor: a row is turned where that writes no sign."""
    turned = transposed(array)
    return turned if array.shape.is_row and not isinstance(turned, Transpose) else vec(array)


def of_product(before: tuple[Expr, ...], shape: Shape, after: tuple[Expr, ...]) -> Expr:
    """B.T kron A, with an identity where one of them is not there."""
    left = product(before) if before else eye(shape.rows)
    right = transposed(product(after)) if after else eye(shape.columns)
    if right.is_scalar or left.is_scalar:
        return Product((right, left))
    return apply("kron", right, left)


def _of_array(array: Expr, variable: Variable, facts: dict[str, Expr]) -> Move:
    match array:
        case Transpose(argument=argument):
            turn = apply("commutation", SizeNumber(argument.shape.rows), SizeNumber(argument.shape.columns))
            return Move(Product((turn, vec(argument))), "commutation", {"inner": argument})
        case Hadamard() | Quotient():
            factor, rest = weights(array, variable)
            if factor is None:
                raise NoRule("this entry-by-entry product", "the identification")
            return Move(Product((apply("diag", vec(factor)), vec(rest))), "vec-hadamard", {**facts, "constant": factor})
        case Choice():
            return Move(vec(masked(array)), "cases", facts)
        case Stack():
            return Move(vec(by_entries(array, variable)), "components", facts)
        case Apply(function="diag", arguments=(entries,)) if entries.shape.is_column:
            size = entries.shape.rows
            spread = apply("kron", ones(size), eye(size))
            return Move(Product((apply("diag", apply("vec", eye(size))), spread, entries)), "vec-diag", facts)
        case Apply(function="kron", arguments=(first, second)):
            return of_kron(first, second, variable, facts)
        case _:
            raise NoRule("this array", "the identification")


def of_diagonal(inner: Expr) -> Expr:
    """diag(M) of a square matrix as a product with vec(M)."""
    size = inner.shape.rows
    row = apply("kron", Transpose(ones(size)), eye(size))
    return Product((row, apply("diag", apply("vec", eye(size))), vec(inner)))


def of_kron(first: Expr, second: Expr, variable: Variable, facts: dict[str, Expr]) -> Move:
    """vec(A kron B) = (I kron K kron I)(vec A kron vec B), of which only one changes."""
    if has(first, variable) and has(second, variable):
        raise NoRule("a Kronecker product of two changes", "the identification")
    turn = apply("commutation", SizeNumber(second.shape.columns), SizeNumber(first.shape.rows))
    order = apply("kron", apply("kron", eye(first.shape.columns), turn), eye(second.shape.rows))
    if has(first, variable):
        made = Product((order, apply("kron", eye(first.shape.entries), vec(second)), _vec(first)))
    else:
        made = Product((order, apply("kron", vec(first), eye(second.shape.entries)), _vec(second)))
    return Move(made, "vec-kron", facts)
