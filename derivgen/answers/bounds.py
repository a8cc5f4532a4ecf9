"""How sure a verdict of `correct` is: where it was looked, how close, and what is known of functions of its kind."""

from __future__ import annotations

import math
from typing import Literal

from derivgen.answers.key import Key
from derivgen.answers.kinks import bent, has_kink
from derivgen.answers.reals import arithmetic_for
from derivgen.calculus.numbers import NO_VALUE, Values
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.walk import nodes_within
from derivgen.record import record

Kind = Literal["rational", "analytic", "piecewise"]
# Each entry of a point is one of more floats than these.
GRID_BITS = 40
# Functions of which each entry is a sum of products of entries.
_POLYNOMIAL = {"sum", "mean", "tr", "diag", "vec", "eye", "ones", "zeros", "unit", "commutation"}
_BILINEAR = {"dot", "outer", "kron"}
_MOST = 10**6


@record
class Bound:
    """What stands behind "right": `chance` is the power of ten below which a wrong formula of this kind passes.

    `unreached` counts the entries of arguments at kinks that were seen with one sign only.
    """

    kind: Kind
    points: int
    sizes: tuple[dict[str, int], ...]
    tolerance: float
    degree: int | None = None
    chance: int | None = None
    unreached: int = 0

    def as_record(self) -> dict[str, object]:
        """The bound for programs."""
        return {
            "class": self.kind,
            "points": self.points,
            "sizes": list(self.sizes),
            "tolerance": self.tolerance,
            "degree": self.degree,
            "chance": None if self.chance is None else f"1e{self.chance}",
            "unreached": self.unreached,
        }


def bound_of(key: Key, answer: Expr, *, tolerance: float) -> Bound:
    """The bound for an answer that has the value of the key everywhere."""
    right = key.results["numerator"]
    sizes: list[dict[str, int]] = []
    for place in key.places:
        if place.point.sizes not in sizes:
            sizes.append(dict(place.point.sizes))
    kind = _kind(right, answer)
    degree = max(_degree_of_difference(right, answer, one) for one in sizes) if kind == "rational" else None
    # Mirror images are no new draws.
    drawn = (len(key.places) + 1) // 2
    chance = None if degree is None else math.ceil(drawn * (math.log10(max(degree, 1)) - GRID_BITS * math.log10(2)))
    return Bound(
        kind, len(key.places), tuple(sizes), tolerance, degree, chance, _unreached(key, right) + _unreached(key, answer)
    )


def _kind(*several: Expr) -> Kind:
    kinds = {_kind_of(node) for expr in several for node in nodes_within(expr)}
    return "piecewise" if "piecewise" in kinds else "analytic" if "analytic" in kinds else "rational"


def _kind_of(node: Expr) -> Kind:
    match node:
        case Choice():
            return "piecewise"
        case Apply(function=name) if name in _POLYNOMIAL | _BILINEAR | {"inv", "det", "matpow", "prod"}:
            return "rational"
        case Apply(function=name):
            return "piecewise" if has_kink(name) else "analytic"
        case Power(exponent=Constant(value=number)) if number.denominator == 1:
            return "rational"
        case Power():
            return "analytic"
        case Variable() | Constant() | SizeNumber() | Reference() | Stack() | Component() | Transpose():
            return "rational"
        case Sum() | Product() | Hadamard() | Quotient():
            return "rational"
        case _:
            return "analytic"


# The total degree of numerator and denominator, over one denominator for all entries

Degrees = tuple[int, int]


def _degree_of_difference(right: Expr, answer: Expr, sizes: dict[str, int]) -> int:
    (p, q), (r, s) = (_degrees(expr, sizes) for expr in (right, answer))
    return min(max(p + s, r + q), _MOST)


def _degrees(expr: Expr, sizes: dict[str, int]) -> Degrees:
    match expr:
        case Variable():
            return 1, 0
        case Constant() | SizeNumber():
            return 0, 0
        case Reference(body=inner) | Transpose(argument=inner) | Component(array=inner):
            return _degrees(inner, sizes)
        case Sum(terms=several):
            return _added([_degrees(one, sizes) for one in several])
        case Stack(rows=rows):
            return _added([_degrees(entry, sizes) for row in rows for entry in row])
        case Product(factors=several) | Hadamard(factors=several):
            return _multiplied([_degrees(one, sizes) for one in several])
        case Quotient(numerator=top, denominator=bottom):
            return _multiplied([_degrees(top, sizes), _inverted(bottom, sizes)])
        case Power(base=base, exponent=Constant(value=number)):
            p, q = _degrees(base, sizes) if number >= 0 else _inverted(base, sizes)
            return abs(int(number)) * p, abs(int(number)) * q
        case Apply():
            return _applied(expr, sizes)
        case _:
            return _MOST, _MOST


def _applied(expr: Apply, sizes: dict[str, int]) -> Degrees:
    inner = [_degrees(argument, sizes) for argument in expr.arguments]
    match expr.function:
        case name if name in _BILINEAR:
            return _multiplied(inner)
        case "inv":
            n = expr.shape.rows.at(sizes)
            p, q = inner[0]
            return (n - 1) * p + q, n * p
        case "det":
            n = expr.arguments[0].shape.rows.at(sizes)
            return n * inner[0][0], n * inner[0][1]
        case "prod":
            n = expr.arguments[0].shape.entries.at(sizes)
            return n * inner[0][0], n * inner[0][1]
        case "matpow":
            # The largest power that is taken.
            return 100 * max(inner[0][0], 1) * expr.shape.rows.at(sizes), 100 * inner[0][1] + inner[0][0]
        case _:
            return inner[0]


def _added(several: list[Degrees]) -> Degrees:
    whole = sum(q for _, q in several)
    return max(p + whole - q for p, q in several), whole


def _multiplied(several: list[Degrees]) -> Degrees:
    return sum(p for p, _ in several), sum(q for _, q in several)


def _inverted(bottom: Expr, sizes: dict[str, int]) -> Degrees:
    """One over each entry, all over the product of the entries."""
    p, q = _degrees(bottom, sizes)
    entries = bottom.shape.entries.at(sizes)
    return q + (entries - 1) * p, entries * p


# Kinks


def _unreached(key: Key, expr: Expr) -> int:
    """How many entries of arguments with a kink have one sign at all points of some assignment of sizes."""
    arguments = tuple(dict.fromkeys(bent(expr)))
    if not arguments:
        return 0
    m = arithmetic_for(expr)
    seen: dict[tuple[object, ...], set[bool]] = {}
    for place in key.places:
        values = Values(place.point, m)
        sizes = tuple(sorted(place.point.sizes.items()))
        for k, argument in enumerate(arguments):
            try:
                array = values.of(argument)
            except (*NO_VALUE, IndexError):
                continue
            for i, row in enumerate(array):
                for j, z in enumerate(row):
                    seen.setdefault((sizes, k, i, j), set()).add(m.positive(z))
    return sum(len(signs) < 2 for signs in seen.values())
