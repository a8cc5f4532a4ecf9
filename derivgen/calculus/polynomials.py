"""Polynomials in a few components, multiplied out and collected: a x1^2 + (b + c) x1 x2, as a lecturer writes them."""

from __future__ import annotations

from derivgen.calculus.simplify import tidy
from derivgen.expr.build import ONE_NUMBER, number
from derivgen.expr.nodes import Constant, Expr, Hadamard, Power, Product, Reference, Sum
from derivgen.expr.walk import contains, count
from derivgen.printing.text import text

MOST_TERMS, HIGHEST = 12, 3

# Exponents of the variables, and the coefficients that belong to them.
Terms = dict[tuple[int, ...], tuple[Expr, ...]]


def collected(expr: Expr, variables: tuple[Expr, ...]) -> Expr:
    """The polynomial with one term for each product of powers; the expression itself where that is no shorter."""
    found = _terms(expr, variables)
    if found is None or len(found) > MOST_TERMS:
        return expr
    ordered = sorted(found, reverse=True)
    terms = tuple(_term(found[powers], powers, variables) for powers in ordered)
    made = terms[0] if len(terms) == 1 else Sum(terms)
    return made if count(made) < count(expr) else expr


def _term(coefficients: tuple[Expr, ...], powers: tuple[int, ...], variables: tuple[Expr, ...]) -> Expr:
    factor = tidy(coefficients[0] if len(coefficients) == 1 else Sum(tuple(sorted(coefficients, key=text))))
    raised = [v if k == 1 else Power(v, number(k)) for v, k in zip(variables, powers, strict=True) if k]
    factors = (*(() if factor == ONE_NUMBER and raised else (factor,)), *raised)
    return factors[0] if len(factors) == 1 else Product(factors)


def _terms(expr: Expr, variables: tuple[Expr, ...]) -> Terms | None:
    """The terms of a polynomial; None of anything else."""
    if not contains(expr, lambda part: part in variables or isinstance(part, Reference)):
        return {(0,) * len(variables): (expr,)}
    match expr:
        case _ if expr in variables:
            return {tuple(int(variable == expr) for variable in variables): (ONE_NUMBER,)}
        case Sum(terms=terms):
            return _added([_terms(term, variables) for term in terms])
        case Product(factors=factors) | Hadamard(factors=factors) if all(factor.is_scalar for factor in factors):
            return _multiplied([_terms(factor, variables) for factor in factors])
        case Power(base=base, exponent=Constant(value=value)) if value in range(2, HIGHEST + 1):
            return _multiplied([_terms(base, variables)] * int(value))
        case _:
            return None


def _added(found: list[Terms | None]) -> Terms | None:
    total: Terms = {}
    for terms in found:
        if terms is None:
            return None
        for powers, coefficients in terms.items():
            total[powers] = (*total.get(powers, ()), *coefficients)
    return total


def _multiplied(found: list[Terms | None]) -> Terms | None:
    first, *others = found
    if first is None:
        return None
    whole = first
    for terms in others:
        if terms is None or len(whole) * len(terms) > MOST_TERMS**2:
            return None
        parts = [_times(one, other) for one in whole.items() for other in terms.items()]
        whole = _added(list(parts)) or {}
    return whole


def _times(one: tuple[tuple[int, ...], tuple[Expr, ...]], other: tuple[tuple[int, ...], tuple[Expr, ...]]) -> Terms:
    powers = tuple(a + b for a, b in zip(one[0], other[0], strict=True))
    return {powers: tuple(_product(a, b) for a in one[1] for b in other[1])}


def _product(a: Expr, b: Expr) -> Expr:
    return b if a == ONE_NUMBER else a if b == ONE_NUMBER else Product((a, b))
