"""Transposes that write no sign: what equals its own transpose, and how a transpose moves inwards.

Source: (AB)^T = B^T A^T, (A kron B)^T = A^T kron B^T, (A^-1)^T = (A^T)^-1, K_mn^T = K_nm:
Magnus and Neudecker (2019), ch. 1 to 3.
"""

from __future__ import annotations

from derivgen.expr.build import apply, ones, zeros
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import SCALAR
from derivgen.expr.walk import parts


@remembered
def is_symmetric(expr: Expr) -> bool:
    """Whether the array is sure to equal its transpose; only from declarations and from its form."""
    if expr.is_scalar:
        return True
    if expr.shape.rows != expr.shape.columns:
        return False
    match expr:
        case Variable(symmetric=symmetric):
            return symmetric
        case Reference(body=body):
            return is_symmetric(body)
        case Differential(of=Variable(symmetric=symmetric)):
            return symmetric
        case Sum(terms=terms):
            return _is_closed(tuple(part for term in terms for part in _turned_terms(term)))
        case Product(factors=factors):
            arrays = tuple(factor for factor in factors if not factor.is_scalar)
            return has_scalar_start(arrays) is False and tuple(transposed(a) for a in reversed(arrays)) == arrays
        case Hadamard(factors=factors):
            return _is_closed(factors)
        case Quotient() | Power():
            return all(is_symmetric(part) for part in parts(expr))
        case Transpose(argument=argument):
            return is_symmetric(argument)
        case Stack(rows=rows):
            return tuple(zip(*rows, strict=True)) == rows
        case Apply(function="eye" | "ones" | "zeros"):
            return True
        case Apply(function="diag", arguments=(argument,)):
            return argument.shape.is_column
        case Apply(function="commutation", arguments=(rows, columns)):
            return rows == columns
        case Apply(function="outer", arguments=(left, right)):
            return left == right
        case Apply(function="inv" | "matpow" | "kron", arguments=arguments):
            return all(is_symmetric(argument) for argument in arguments)
        case Apply(function=name, arguments=arguments) if FUNCTIONS[name].is_elementwise:
            return all(is_symmetric(argument) for argument in arguments)
        case _:
            return False


def _turned_terms(term: Expr) -> tuple[Expr, ...]:
    """(A + B).T as A.T and B.T; any other term as it is."""
    match term:
        case Transpose(argument=Sum(terms=terms)):
            return tuple(transposed(inner) for inner in terms)
        case _:
            return (term,)


def _is_closed(parts_: tuple[Expr, ...]) -> bool:
    """Whether every part is symmetric or has its transpose among the others."""
    left = [part for part in parts_ if not is_symmetric(part)]
    while left:
        turned = transposed(left.pop())
        if turned not in left:
            return False
        left.remove(turned)
    return True


@remembered
def transposed(expr: Expr) -> Expr:
    """The transpose, moved inwards where that writes fewer transpose signs."""
    if is_symmetric(expr):
        return expr
    match expr:
        case Transpose(argument=argument):
            return argument
        case Stack(rows=rows):
            return Stack(tuple(zip(*rows, strict=True)))
        case Product(factors=factors) if not has_scalar_start(tuple(f for f in factors if not f.is_scalar)):
            return Product(_reversed(factors))
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar:
            return Quotient(transposed(top), bottom)
        case Quotient(numerator=top, denominator=bottom):
            across = Quotient(transposed(top), transposed(bottom))
            return across if transposes(across) <= transposes(expr) else Transpose(expr)
        case Power(base=base, exponent=exponent):
            return _shorter(expr, Power(transposed(base), transposed(exponent)))
        case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
            return _shorter(expr, Choice(relation, *(transposed(part) for part in (left, right, then, otherwise))))
        case Apply(function=name, arguments=arguments) if FUNCTIONS[name].is_elementwise:
            return _shorter(expr, apply(name, *(transposed(argument) for argument in arguments)))
        case Sum(terms=terms):
            # A number among arrays is added to each entry, and is its own transpose.
            return _shorter(expr, Sum(tuple(transposed(term) for term in terms)))
        case Hadamard(factors=factors) if all(not factor.is_scalar for factor in factors):
            inside = Hadamard(tuple(transposed(factor) for factor in factors))
            # (S * X).T of a symmetric S is S * X.T: as many signs, and one way to write it.
            allowed = transposes(expr) + any(is_symmetric(factor) for factor in factors)
            return inside if transposes(inside) <= allowed else Transpose(expr)
        case Apply(function="kron", arguments=(left, right)):
            return apply("kron", transposed(left), transposed(right))
        case Apply(function="commutation", arguments=(rows, columns)):
            return apply("commutation", columns, rows)
        case Apply(function="outer", arguments=(left, right)):
            return apply("outer", right, left)
        case Apply(function="ones", arguments=(_, _)):
            return ones(expr.shape.columns, expr.shape.rows)
        case Apply(function="zeros", arguments=(_, _)):
            return zeros(expr.shape.transposed)
        case _:
            return Transpose(expr)


MORE_SIGNS = 2


def spread_transpose(expr: Expr) -> Expr:
    """The transpose with the sign within the bracket of a sum of matrices, unless that takes many more signs."""
    outside, inside = transposed(expr), _term_by_term(expr)
    return inside if transposes(inside) <= transposes(outside) + MORE_SIGNS else outside


def _term_by_term(expr: Expr) -> Expr:
    match expr:
        case _ if expr.shape.is_row or expr.shape.is_column or is_symmetric(expr):
            return transposed(expr)
        case Sum(terms=terms):
            return Sum(tuple(transposed(term) for term in terms))
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar:
            return Quotient(_term_by_term(top), bottom)
        case Product(factors=factors) if sum(not factor.is_scalar for factor in factors) == 1:
            return Product(tuple(factor if factor.is_scalar else _term_by_term(factor) for factor in factors))
        case _:
            return transposed(expr)


def reversed_product(expr: Expr) -> Expr:
    """The transpose with every factor of a product turned by itself: (A x)^T as x^T A^T."""
    return Product(_reversed(expr.factors)) if isinstance(expr, Product) else transposed(expr)


def _reversed(factors: tuple[Expr, ...]) -> tuple[Expr, ...]:
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    arrays = tuple(transposed(factor) for factor in reversed(factors) if not factor.is_scalar)
    return (*scalars, *arrays)


def has_scalar_start(arrays: tuple[Expr, ...]) -> bool:
    """Whether the first few factors make a number already, which then scales the rest."""
    shape = SCALAR
    for k, array in enumerate(arrays):
        shape = array.shape if k == 0 else Product(arrays[: k + 1]).shape
        if shape == SCALAR and k + 1 < len(arrays):
            return True
    return False


def _shorter(expr: Expr, inside: Expr) -> Expr:
    return inside if transposes(inside) < 1 + transposes(expr) else Transpose(expr)


@remembered
def transposes(expr: Expr) -> int:
    """How many transpose signs a reader sees."""
    return int(isinstance(expr, Transpose)) + sum(transposes(part) for part in parts(expr))


def turned_scalar(expr: Expr) -> Expr | None:
    """x.T @ A.T @ y for a scalar y.T @ A @ x: the same number, written the other way round."""
    match expr:
        case Product(factors=factors) if expr.is_scalar and any(not f.is_scalar for f in factors):
            arrays = tuple(factor for factor in factors if not factor.is_scalar)
            return None if has_scalar_start(arrays) else Product(_reversed(factors))
        case _:
            return None
