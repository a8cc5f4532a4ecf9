"""Factors with a kink that are shorter together: u sign(u) = |u|, sign(u) |u| = u, [u > 0] u = relu(u).

All hold at the kink too, where sign and step are 0; but sign(u)^2 is 1 only away from it, and stays.
"""

from __future__ import annotations

from derivgen.calculus.exponents import plus
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER, number
from derivgen.expr.nodes import Apply, Constant, Expr, Hadamard, Power, Product, Quotient

KINKED = frozenset({"abs", "sign", "step"})

Powers = dict[Expr, Expr]

# A base of these kinds would be split into its factors.
_SPLIT = (Product, Hadamard, Quotient, Power, Constant)


def without_kinks(table: Powers) -> Powers:
    """The same powers, with those of one u that has a kink brought together."""
    merged = dict(table)
    for function, turn in (("abs", _even), ("sign", _sign), ("step", _step), ("abs", _size)):
        for base in table:
            if isinstance(base, Apply) and base.function == function and base in merged:
                turn(merged, base, base.arguments[0])
    return merged


def _even(merged: Powers, size: Expr, u: Expr) -> None:
    """|u|^k as u^k for an even k."""
    if _whole(merged[size]) % 2 == 0 != _whole(merged[size]) and not isinstance(u, _SPLIT):
        _times(merged, u, merged.pop(size))


def _sign(merged: Powers, sign: Expr, u: Expr) -> None:
    """sign(u) |u|^k as u^k for an odd k, u sign(u) as |u|, sign(u)/u as 1/|u|, sign(u)^2 u as u."""
    size = Apply("abs", (u,), u.shape)
    k, of_size, of_u = (_whole(merged.get(base, ZERO_NUMBER)) for base in (sign, size, u))
    if k < 1:
        return
    if k % 2 == 0:
        if size in merged or u in merged:
            del merged[sign]
    elif of_size % 2:
        del merged[sign], merged[size]
        _times(merged, u, number(of_size))
    elif of_u:
        del merged[sign]
        _times(merged, u, MINUS_ONE if of_u > 0 else ONE_NUMBER)
        _times(merged, size, ONE_NUMBER if of_u > 0 else MINUS_ONE)


def _size(merged: Powers, size: Expr, u: Expr) -> None:
    """|u|/u^2 as 1/|u|, and u^2/|u| as |u|."""
    of_size, of_u = (_whole(merged.get(base, ZERO_NUMBER)) for base in (size, u))
    while of_size * of_u < 0 and abs(of_u) > 1:
        step = 2 if of_size > 0 else -2
        of_size, of_u = of_size - step, of_u + step
        merged[size], merged[u] = number(of_size), number(of_u)


def _step(merged: Powers, step: Expr, u: Expr) -> None:
    """[u > 0] u, [u > 0] relu(u) and [u > 0] max(u, 0) without the bracket."""
    clipped = (
        Apply("relu", (u,), u.shape), Apply("max", (u, ZERO_NUMBER), u.shape), Apply("max", (ZERO_NUMBER, u), u.shape)
    )  # fmt: skip
    if _whole(merged[step]) < 1:
        return
    if any(_whole(merged.get(base, ZERO_NUMBER)) > 0 for base in clipped):
        del merged[step]
    elif merged.get(u) == ONE_NUMBER:
        del merged[step], merged[u]
        _times(merged, clipped[0], ONE_NUMBER)


def _times(merged: Powers, base: Expr, exponent: Expr) -> None:
    merged[base] = plus(merged[base], exponent) if base in merged else exponent


def _whole(exponent: Expr) -> int:
    """The whole number that an exponent is; 0 of any other."""
    return int(exponent.value) if isinstance(exponent, Constant) and exponent.value.denominator == 1 else 0
