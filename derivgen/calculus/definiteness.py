"""What is sure of the sign of an expression and of the definiteness of a matrix, for all values of the variables.

Plain arguments, from the inside out: both may answer "unknown" for what is positive, never
the reverse. Sources: Horn and Johnson, Matrix Analysis, 2nd ed. (2013), ch. 7.
"""

from __future__ import annotations

from typing import Literal

from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.walk import inlined
from derivgen.problem.problem import Condition

Sign = Literal["positive", "nonnegative", "unknown"]
Definiteness = Literal["definite", "semidefinite", "unknown"]
Given = tuple[Condition, ...]

_POSITIVE = ("exp", "cosh", "sigmoid", "softplus", "softmax", "ones", "pi")
_NONNEGATIVE = ("abs", "relu", "step", "norm", "norm1", "eye", "unit", "zeros", "commutation")
_KEEPS_SIGN = ("sum", "mean", "prod", "sqrt", "vec", "kron", "outer")


@remembered
def sign_of(expr: Expr, given: Given = ()) -> Sign:
    """What is sure of the sign of every entry, under the conditions that are given."""
    known = [c for c in given if c.left == expr and isinstance(c.right, Constant) and c.right.value >= 0]
    if any(c.relation == ">" or (c.relation == ">=" and _is_above_zero(c.right)) for c in known):
        return "positive"
    found = _sign(expr, given)
    return "nonnegative" if found == "unknown" and any(c.relation == ">=" for c in known) else found


def _is_below_one(terms: tuple[Expr, ...]) -> bool:
    """1 - sigmoid(z), in either order, and through the name of an earlier function."""
    match terms:
        case (Constant(value=one), Product(factors=(Constant(value=minus), inner))) if one == 1 and minus == -1:
            body = inner.body if isinstance(inner, Reference) else inner
            return isinstance(body, Apply) and body.function == "sigmoid"
        case _:
            return False


def _is_above_zero(bound: Expr | None) -> bool:
    return isinstance(bound, Constant) and bound.value > 0


def _sign(expr: Expr, given: Given) -> Sign:
    match expr:
        case Constant(value=number):
            return "positive" if number > 0 else "nonnegative" if number == 0 else "unknown"
        case SizeNumber():
            return "positive"
        case Reference(body=body):
            return sign_of(body, given)
        case Transpose(argument=argument):
            return sign_of(argument, given)
        case Power(exponent=Constant(value=number)) if number.denominator == 1 and number % 2 == 0:
            return "positive" if number < 0 or sign_of(expr.base, given) == "positive" else "nonnegative"
        case Power(base=base):
            return sign_of(base, given)
        case Sum(terms=terms) if _is_below_one(terms):
            return "positive"
        case Sum(terms=terms):
            return _all([sign_of(term, given) for term in terms], one_is_enough=True)
        case Hadamard(factors=(left, right)) if left == right:
            return "nonnegative"
        case Product(factors=factors) | Hadamard(factors=factors):
            found = _all([sign_of(factor, given) for factor in factors], one_is_enough=False)
            is_square = found == "unknown" and expr.is_scalar and definiteness(expr, given) != "unknown"
            return "nonnegative" if is_square else found
        case Quotient(numerator=top, denominator=bottom):
            return _all([sign_of(top, given), sign_of(bottom, given)], one_is_enough=False)
        case Apply(function="tr" | "det", arguments=(matrix,)) if definiteness(matrix, given) != "unknown":
            return "positive" if definiteness(matrix, given) == "definite" else "nonnegative"
        case Apply(function="sqrt", arguments=(argument,)) if sign_of(argument, given) == "unknown":
            return "nonnegative"
        case Apply(function="dot", arguments=(left, right)) if left == right:
            return "nonnegative"
        case Apply(function=name, arguments=arguments):
            if name in _KEEPS_SIGN:
                return _all([sign_of(argument, given) for argument in arguments], one_is_enough=False)
            return "positive" if name in _POSITIVE else "nonnegative" if name in _NONNEGATIVE else "unknown"
        case _:
            return "unknown"


def _all(signs: list[Sign], *, one_is_enough: bool) -> Sign:
    if "unknown" in signs:
        return "unknown"
    positive = [sign == "positive" for sign in signs]
    return "positive" if (any(positive) if one_is_enough else all(positive)) else "nonnegative"


@remembered
def definiteness(expr: Expr, given: Given = ()) -> Definiteness:
    """What is sure of a square matrix: symmetric with x.T M x > 0 (or >= 0) for every x that is not zero."""
    if any(c.relation == "positive definite" and inlined(c.left) == inlined(expr) for c in given):
        return "definite"
    match expr:
        case _ if expr.shape.rows != expr.shape.columns:
            return "unknown"
        case Reference(body=body):
            return definiteness(body, given)
        case Transpose(argument=argument):
            return definiteness(argument, given)
        case Sum(terms=terms):
            return _added([_term(term, expr, given) for term in terms])
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar and not top.is_scalar:
            return definiteness(top, given) if sign_of(bottom, given) == "positive" else "unknown"
        case Hadamard(factors=factors):
            # The Schur product theorem: Horn and Johnson, th. 7.5.3.
            return _multiplied([definiteness(factor, given) for factor in factors])
        case Product(factors=factors):
            return _of_product(factors, given)
        case Apply(function=name, arguments=arguments):
            return _of_function(name, arguments, given)
        case _:
            return "unknown"


def _term(term: Expr, total: Expr, given: Given) -> Definiteness:
    """A term of a sum; a number that is added to every entry is that number times a Gram matrix of ones."""
    if term.is_scalar and not total.is_scalar:
        return "unknown" if sign_of(term, given) == "unknown" else "semidefinite"
    return definiteness(term, given)


def _added(terms: list[Definiteness]) -> Definiteness:
    if "unknown" in terms:
        return "unknown"
    return "definite" if "definite" in terms else "semidefinite"


def _multiplied(factors: list[Definiteness]) -> Definiteness:
    if "unknown" in factors:
        return "unknown"
    return "semidefinite" if "semidefinite" in factors else "definite"


def _of_product(factors: tuple[Expr, ...], given: Given) -> Definiteness:
    scalars = tuple(factor for factor in factors if factor.is_scalar)
    chain = _flat(tuple(factor for factor in factors if not factor.is_scalar))
    front = [sign_of(factor, given) for factor in scalars]
    if "unknown" in front and not _are_squares(scalars):
        return "unknown"
    kept: Definiteness = "definite" if all(sign == "positive" for sign in front) else "semidefinite"
    return _multiplied([kept, _of_chain(chain, given)])


def _are_squares(scalars: tuple[Expr, ...]) -> bool:
    return len(scalars) == 2 and scalars[0] == scalars[1]


def _of_chain(chain: tuple[Expr, ...], given: Given) -> Definiteness:
    """B.T @ M @ B is semidefinite if M is: a congruence; and B.T @ B is a Gram matrix."""
    if len(chain) == 1:
        return definiteness(chain[0], given)
    half = len(chain) // 2
    mirrored = tuple(_transposed(factor) for factor in reversed(chain))
    if chain[:half] != mirrored[:half]:
        return "unknown"
    middle = chain[half : len(chain) - half]
    return "semidefinite" if not middle or definiteness(middle[0], given) != "unknown" else "unknown"


def _flat(chain: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The factors with the products among them taken apart, and transposes pushed inwards."""
    found: list[Expr] = []
    for factor in chain:
        match factor:
            case Reference(body=Product() as inner) | (Product() as inner) if not any(
                f.is_scalar for f in inner.factors
            ):
                found += _flat(inner.factors)
            case Transpose(argument=argument):
                found += [_transposed(f) for f in reversed(_flat((argument,)))]
            case _:
                found.append(factor)
    return tuple(found)


def _transposed(expr: Expr) -> Expr:
    match expr:
        case Transpose(argument=argument):
            return argument
        case Variable(symmetric=True):
            return expr
        case Apply(function="eye" | "diag") if expr.shape.rows == expr.shape.columns:
            return expr
        case _ if definiteness(expr) != "unknown":
            return expr
        case _:
            return Transpose(expr)


def _of_function(name: str, arguments: tuple[Expr, ...], given: Given) -> Definiteness:
    match name, arguments:
        case "eye", _:
            return "definite"
        case "zeros", _:
            return "semidefinite"
        case "outer", (left, right) if left == right:
            return "semidefinite"
        case "diag", (vector,) if vector.shape.is_column and not vector.is_scalar:
            return _DIAGONAL[sign_of(vector, given)]
        case "inv", (matrix,):
            # An inverse that exists has no eigenvalue 0.
            return "unknown" if definiteness(matrix, given) == "unknown" else "definite"
        case "kron", (left, right):
            return _multiplied([definiteness(left, given), definiteness(right, given)])
        case "matpow", (matrix, Constant(value=k)):
            known = definiteness(matrix, given)
            return "definite" if k == 0 else "unknown" if k < 0 and known == "unknown" else known
        case _:
            return "unknown"


_DIAGONAL: dict[Sign, Definiteness] = {"positive": "definite", "nonnegative": "semidefinite", "unknown": "unknown"}
