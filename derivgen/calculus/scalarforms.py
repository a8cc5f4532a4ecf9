"""Scalars in their shortest form: multiplied out and collected, or with what all terms share in front of a bracket.

A lecturer writes 12 x^2 + 6 x for 4 x^2 + 2 x + 4 x (2 x + 1), and s (1 - s) (1 - 2 s) for s (1 - s)^2 - s^2 (1 - s);
but 4 x^3 + 3 x^2 stays: powers of a variable are no factor that anybody looks for.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.factoring import A_LITTLE, multiplied_out
from derivgen.calculus.monomials import Monomial, common, holds_change, monomial, written
from derivgen.calculus.simplify import tidy
from derivgen.expr.nodes import Apply, Constant, Expr, Product, Quotient, Sum
from derivgen.expr.walk import count

# What a form must save: opening a bracket costs the reader less than a new one.
LITTLE = 2


def shortest(expr: Expr) -> Expr:
    """The scalar in the shortest of these forms; itself where none saves more than a little."""
    match expr:
        case _ if not expr.is_scalar or holds_change(expr):
            return expr
        case Quotient(numerator=Sum() | Product() as top, denominator=bottom):
            short = shortest(top)
            return expr if short == top else tidy(Quotient(short, bottom))
        case Product(factors=factors) if all(factor.is_scalar for factor in factors):
            inner = tuple(map(shortest, factors))
            return _least(expr if inner == factors else tidy(Product(inner)), opened=_is_multiple(inner))
        case Sum():
            return _least(expr, opened=True)
        case _:
            return expr


def _is_multiple(factors: tuple[Expr, ...]) -> bool:
    """Whether this is a number times a bracket."""
    return len(factors) == 2 and isinstance(factors[0], Constant) and isinstance(factors[1], Sum)


def _least(plain: Expr, *, opened: bool) -> Expr:
    spread = multiplied_out(plain) if opened else plain
    found = spread if count(spread) + LITTLE <= count(plain) else plain
    forms = [form for form in map(_bracketed, dict.fromkeys((plain, spread))) if form is not None]
    best = min(forms, key=count, default=found)
    return best if count(best) + A_LITTLE < count(found) else found


def _bracketed(total: Expr) -> Expr | None:
    """What all terms share, times the bracket of the rest, multiplied out."""
    if not isinstance(total, Sum):
        return None
    links = [monomial(term) for term in total.terms]
    shared = Monomial(Fraction(1), common(links).powers)
    if not any(isinstance(base, Sum | Apply) or not isinstance(k, Constant) for base, k in shared.powers):
        return None
    inverse = shared.raised(Fraction(-1))
    inside = multiplied_out(Sum(tuple(written(link * inverse) for link in links)))
    return tidy(Product((written(shared), inside)))
