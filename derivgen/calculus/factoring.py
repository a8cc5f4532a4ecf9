"""Common factors taken out on the left and on the right, where that makes the answer shorter."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from derivgen.calculus.chains import Chain, chain, joined
from derivgen.calculus.monomials import ONE, Monomial, common
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import transposes
from derivgen.expr.nodes import Expr, Product, Sum, Transpose
from derivgen.expr.walk import count, rebuilt


def factored(expr: Expr) -> Expr:
    """The sum with its common factors in front and behind, if it has any and gets shorter.

    Shapes: unchanged. Scalars stay as they are; a lecturer multiplies those out.
    """
    if not isinstance(expr, Sum) or expr.is_scalar or any(term.is_scalar for term in expr.terms):
        return expr
    links = [chain(term) for term in expr.terms]
    scalars = Monomial(_common_number(links), common([link.scalars for link in links]).powers)
    left = _common([link.arrays for link in links])
    right = _common([link.arrays[len(left) :][::-1] for link in links])[::-1]
    candidates = [_taken_out(links, scalars, left, right), _taken_out(links, scalars, (), ()), _turned(expr)]
    return min((c for c in (expr, *candidates) if c is not None), key=count)


def _taken_out(links: list[Chain], scalars: Monomial, left: tuple[Expr, ...], right: tuple[Expr, ...]) -> Expr | None:
    if not left and not right and scalars == ONE:
        return None
    inner = [_rest(link, len(left), len(right), scalars) for link in links]
    if any(part is None for part in inner):
        return None
    middle = _in_order(tuple(part for part in inner if part is not None))
    return _around(scalars, left, middle if not isinstance(middle, Sum) else _turned(middle) or middle, right)


def _turned(expr: Expr) -> Expr | None:
    """p.T - t.T as (p - t).T, where every term is a number times one transpose."""
    if not isinstance(expr, Sum):
        return None
    turned = []
    for term in expr.terms:
        link = chain(term)
        if len(link.arrays) != 1 or not isinstance(link.arrays[0], Transpose):
            return None
        turned.append(joined(Chain(link.scalars, (link.arrays[0].argument,), expr.shape.transposed)))
    return Transpose(Sum(tuple(turned)))


def _common(sequences: list[tuple[Expr, ...]]) -> tuple[Expr, ...]:
    shared: list[Expr] = []
    for items in zip(*sequences, strict=False):
        if any(item != items[0] for item in items):
            break
        shared.append(items[0])
    return tuple(shared)


def _common_number(links: list[Chain]) -> Fraction:
    """The greatest number that divides every coefficient; 1 unless all are whole."""
    numbers = [link.scalars.coefficient for link in links]
    if any(value.denominator != 1 for value in numbers):
        return numbers[0] if all(value == numbers[0] for value in numbers) else Fraction(1)
    sign = -1 if all(value < 0 for value in numbers) else 1
    return Fraction(sign * gcd(*(value.numerator for value in numbers)))


def _rest(link: Chain, left: int, right: int, scalars: Monomial) -> Expr | None:
    """What is left of a term, or None if that would be an identity: a new factor that does nothing."""
    arrays = link.arrays[left : len(link.arrays) - right]
    inverse = scalars.raised(Fraction(-1)) if scalars.coefficient else scalars
    rest = Monomial(
        link.scalars.coefficient / scalars.coefficient, (link.scalars * Monomial(Fraction(1), inverse.powers)).powers
    )
    return joined(Chain(rest, arrays, Product(arrays).shape)) if arrays else None


def in_order(expr: Expr) -> Expr:
    """The expression with A.T + A written as A + A.T everywhere."""
    inner = rebuilt(expr, in_order)
    return Sum(_sorted(inner.terms)) if isinstance(inner, Sum) else inner


def _in_order(terms: tuple[Expr, ...]) -> Expr:
    """A + A.T rather than A.T + A: fewer transposes first, else as it came."""
    return tidy(Sum(_sorted(terms)))


def _sorted(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """Matrices only: a sum of vectors keeps the order in which it was typed."""
    if any(term.shape.is_column or term.shape.is_row for term in terms):
        return terms
    return tuple(sorted(terms, key=transposes))


def _around(scalars: Monomial, left: tuple[Expr, ...], middle: Expr, right: tuple[Expr, ...]) -> Expr:
    factors = (*left, middle, *right)
    return joined(Chain(scalars, factors, Product(factors).shape))
