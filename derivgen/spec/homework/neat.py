"""A function with numbers filled in, as a lecturer writes it: no 1*x, no x + 0, no x - -3.

Only numbers are touched: factors that are numbers come together in front, a factor 1, an
exponent 1 and a denominator 1 go. What makes a part of the function vanish is refused: a
student would get another exercise.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.expr.build import ONE_NUMBER, negative, number
from derivgen.expr.nodes import (
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Sum,
)
from derivgen.expr.walk import rebuilt


class Vanishes(Exception):
    """A drawn number takes a part of the function away: a factor 0, a term 0, an exponent 0."""


def neat(expr: Expr) -> Expr:
    """The same function with its numbers put together.

    Raises: Vanishes.
    """
    made = rebuilt(expr, neat)
    match made:
        case Product(factors=factors):
            return _product(factors)
        case Hadamard(factors=factors) if any(isinstance(factor, Constant) for factor in factors):
            return _entrywise(factors)
        case Sum(terms=terms):
            return _sum(terms)
        case Power(base=base, exponent=exponent):
            return _power(base, exponent, made)
        case Quotient(numerator=top, denominator=bottom):
            return _quotient(top, bottom, made)
        case _:
            return made


def _product(factors: tuple[Expr, ...]) -> Expr:
    front, others = _parted(factors)
    if front == 0:
        raise Vanishes
    if len(others) > 1 and isinstance(others[0], Product):
        # From left to right the factors of the first one come first anyhow.
        others = (*others[0].factors, *others[1:])
    if len(others) == 1 and isinstance(others[0], Product):
        inner, others = _parted(others[0].factors)
        front *= inner
    if len(others) == 1 and front == -1:
        return negative(others[0])
    if not others:
        return Constant(front)
    if front != 1:
        return Product((Constant(front), *others))
    return others[0] if len(others) == 1 else Product(others)


def _parted(factors: tuple[Expr, ...]) -> tuple[Fraction, tuple[Expr, ...]]:
    """The numbers multiplied, also those in front of factors that are products, and what is left."""
    front = Fraction(1)
    left: list[Expr] = []
    for factor in factors:
        match factor:
            case Constant(value=value):
                front *= value
            case Product(factors=(Constant(value=value), *rest)) if rest:
                front *= value
                left.append(rest[0] if len(rest) == 1 else Product(tuple(rest)))
            case _:
                left.append(factor)
    return front, tuple(left)


def _entrywise(factors: tuple[Expr, ...]) -> Expr:
    front, others = _parted(factors)
    if front == 0:
        raise Vanishes
    whole = others[0] if len(others) == 1 else Hadamard(others)
    return whole if front == 1 else Product((Constant(front), whole))


def _sum(terms: tuple[Expr, ...]) -> Expr:
    flat = tuple(part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,)))
    numbers = [term.value for term in flat if isinstance(term, Constant)]
    if not numbers:
        return Sum(flat)
    whole = sum(numbers, Fraction(0))
    if 0 in numbers or whole == 0:
        raise Vanishes
    if len(numbers) == len(flat):
        return Constant(whole)
    last = max(place for place, term in enumerate(flat) if isinstance(term, Constant))
    kept = tuple(
        Constant(whole) if place == last else term
        for place, term in enumerate(flat)
        if place == last or not isinstance(term, Constant)
    )
    return Sum(kept)


def _power(base: Expr, exponent: Expr, made: Expr) -> Expr:
    if exponent == ONE_NUMBER:
        return base
    if exponent == Constant(Fraction(0)) or base in (ONE_NUMBER, Constant(Fraction(0))):
        raise Vanishes
    match base, exponent:
        case Constant(value=value), Constant(value=power) if power.denominator == 1 and abs(power) <= 10:
            return Constant(value ** int(power))
        case _:
            return made


def _quotient(top: Expr, bottom: Expr, made: Expr) -> Expr:
    match top, bottom:
        case Constant(value=above), _ if above == 0:
            raise Vanishes
        case _, Constant(value=below) if below == 0:
            raise Vanishes
        case _, Constant(value=below) if below == 1:
            return top
        case Constant(value=above), Constant(value=below):
            return number(above / below)
        case _, Constant(value=below) if below < 0:
            return neat(Product((number(-1), Quotient(top, number(-below)))))
        case Product(factors=(Constant(value=above), *rest)), Constant(value=below) if rest:
            return _reduced(above, below, tuple(rest))
        case _:
            return made


def _reduced(above: Fraction, below: Fraction, rest: tuple[Expr, ...]) -> Expr:
    """4*x/6 as 2*x/3."""
    share = above / below
    top = _product((Constant(Fraction(share.numerator)), *rest))
    return top if share.denominator == 1 else Quotient(top, number(share.denominator))
