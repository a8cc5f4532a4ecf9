"""Exponents added and multiplied: numbers are worked out, symbols are gathered."""

from __future__ import annotations

from fractions import Fraction

from derivgen.expr.build import ZERO_NUMBER
from derivgen.expr.nodes import Constant, Expr, Product, Sum


def plus(a: Expr, b: Expr) -> Expr:
    """The exponent of x**a * x**b."""
    if isinstance(a, Constant) and isinstance(b, Constant):
        return Constant(a.value + b.value)
    if a == negated(b) or b == negated(a):
        return ZERO_NUMBER
    terms: list[Expr] = []
    constant = Fraction(0)
    for part in (a, b):
        for term in part.terms if isinstance(part, Sum) else (part,):
            if isinstance(term, Constant):
                constant += term.value
            else:
                terms.append(term)
    if len(terms) == 2 and negated(terms[0]) == terms[1]:
        return Constant(constant)
    if constant:
        terms.append(Constant(constant))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def negated(expr: Expr) -> Expr:
    """Minus an exponent."""
    return Product((Constant(Fraction(-1)), expr))


def times_number(exponent: Expr, factor: Fraction) -> Expr:
    """The exponent of a power raised again."""
    if isinstance(exponent, Constant):
        return Constant(exponent.value * factor)
    if factor == 1:
        return exponent
    if isinstance(exponent, Product) and isinstance(exponent.factors[0], Constant):
        scaled = exponent.factors[0].value * factor
        rest = exponent.factors[1:]
        if scaled == 1:
            return rest[0] if len(rest) == 1 else Product(rest)
        return Product((Constant(scaled), *rest))
    return Product((Constant(factor), exponent))
