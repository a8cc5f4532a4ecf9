"""The logarithm of a softmax, taken before anything is differentiated.

Source: Boyd and Vandenberghe, Convex Optimization (2004), appendix A.4, for log-sum-exp.
"""

from __future__ import annotations

from derivgen.calculus.factoring import simplest
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import MINUS_ONE, apply
from derivgen.expr.nodes import Apply, Component, Constant, Expr, Hadamard, Product, Reference, Sum, Transpose
from derivgen.expr.walk import contains, rebuilt


def log_of_softmax(expr: Expr) -> Expr | None:
    """z - logsumexp(z) for log(softmax(z)): the logarithm cancels the exponential."""
    match expr:
        case Apply(function="log", arguments=(inner,)):
            match _opened(inner):
                case Apply(function="softmax", arguments=(z,)) if not z.is_scalar:
                    return _logarithm(z, z)
                case Component(array=array, row=row, column=column):
                    match _opened(array):
                        case Apply(function="softmax", arguments=(z,)) if not z.is_scalar:
                            return _logarithm(Component(z, row, column), z)
    return None


def _logarithm(exponent: Expr, z: Expr) -> Expr:
    return Sum((exponent, Product((MINUS_ONE, apply("logsumexp", z)))))


def logarithms_first(expr: Expr) -> tuple[Expr, Expr] | None:
    """sum(t * log(softmax(z))) with the logarithm taken, and then as t.T @ z - sum(t) * logsumexp(z).

    None where no such sum occurs, or where more than that is to be done to it.
    """
    taken = _taken(expr)
    spread = _without_bracket(simplest(_spread(taken)))
    return (taken, spread) if taken != expr and not contains(spread, _is_entrywise_sum) else None


def _without_bracket(expr: Expr) -> Expr:
    """-(a - b) as -a + b."""
    match expr:
        case Product(factors=(Constant() as front, Sum(terms=terms))):
            return tidy(Sum(tuple(Product((front, term)) for term in reversed(terms))))
        case _:
            return expr


def _is_entrywise_sum(expr: Expr) -> bool:
    """Whether entries are still multiplied, or a sum is still to be taken apart."""
    match expr:
        case Hadamard():
            return True
        case Apply(function="sum", arguments=(inner,)):
            return isinstance(inner, Sum)
        case Apply(function="log" | "exp"):
            return not expr.is_scalar
        case _:
            return False


def _opened(expr: Expr) -> Expr:
    return _opened(expr.body) if isinstance(expr, Reference) else expr


def _taken(expr: Expr) -> Expr:
    made = log_of_softmax(expr)
    return rebuilt(expr, _taken) if made is None else made


def _spread(expr: Expr) -> Expr:
    """sum(t * (z + s)) as t.T @ z + s * sum(t), for a number s."""
    inner = rebuilt(expr, _spread)
    match inner:
        case (
            Apply(function="sum", arguments=(Hadamard(factors=(weights, Sum(terms=terms))),))
            | Apply(function="dot", arguments=(weights, Sum(terms=terms)))
        ) if weights.shape.is_column:
            return Sum(tuple(_weighed(weights, term) for term in terms))
        case Product(factors=(*front, Transpose(argument=weights), Sum(terms=terms))) if (
            weights.shape.is_column and any(term.is_scalar for term in terms)
        ):
            return Product((*front, Sum(tuple(_weighed(weights, term) for term in terms))))
        case Component(array=Sum(terms=terms), row=row, column=column) if any(term.is_scalar for term in terms):
            return Sum(tuple(term if term.is_scalar else Component(term, row, column) for term in terms))
        case _:
            return inner


def _weighed(weights: Expr, term: Expr) -> Expr:
    if term.is_scalar:
        return Product((term, apply("sum", weights)))
    return Product((Transpose(weights), term))
