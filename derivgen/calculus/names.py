"""Names put back: where a derivative holds the body of an earlier function again, its name is shorter."""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.monomials import Monomial, written
from derivgen.calculus.simplify import entry_factors, entry_fraction, tidy
from derivgen.expr.build import ONE_NUMBER
from derivgen.expr.nodes import Constant, Differential, Expr, Product, Quotient, Reference, Unresolved
from derivgen.expr.walk import count, nodes_within, rebuilt


def named_bodies(expr: Expr) -> dict[Expr, Expr]:
    """The bodies of the functions that `expr` uses by name, with their names."""
    found = [node for node in nodes_within(expr) if isinstance(node, Reference) and count(node.body) > 1]
    return {reference.body: reference for reference in found}


def put_back(line: Expr, names: dict[Expr, Expr]) -> Expr:
    """The line with names for bodies; what is still to be differentiated stays as it is."""
    return tidy(_put_back(line, names)) if names else line


def _put_back(expr: Expr, names: dict[Expr, Expr]) -> Expr:
    if isinstance(expr, Differential | Unresolved):
        return expr
    if expr in names:
        return names[expr]
    inner = rebuilt(expr, lambda part: _put_back(part, names))
    return _fractions_named(inner, names) if isinstance(inner, Quotient) and not inner.is_scalar else inner


def _fractions_named(fraction: Quotient, names: dict[Expr, Expr]) -> Expr:
    """P * Y/R for (E * Y)/R**2, where P = E/R: entry by entry a fraction is a factor like any other."""
    numbers, entries = entry_factors(fraction)
    for body, name in names.items():
        if isinstance(body, Quotient) and body.shape == fraction.shape and not body.denominator.is_scalar:
            front, within = entry_factors(body)
            if _divides(within, entries) and _divides(front, numbers):
                numbers = numbers * front.raised(Fraction(-1))
                made = entries * within.raised(Fraction(-1)) * Monomial(Fraction(1), ((name, ONE_NUMBER),))
                return Product((written(numbers), entry_fraction(made, fraction.shape)))
    return fraction


def _divides(one: Monomial, other: Monomial) -> bool:
    """Whether every power of one is in the other, on the same side of the line."""
    powers = dict(other.powers)
    return all(
        isinstance(k, Constant) and isinstance(own := powers.get(base), Constant) and k.value * own.value >= k.value**2
        for base, k in one.powers
    )
