"""The second engine: SymPy differentiates the function itself along a random rational line.

f is written out in exact SymPy arithmetic at x + t v, differentiated by the one symbol t at
0, and compared with the printed derivative applied to v. A second derivative takes two
lines, x + t v + s w. No rule of derivgen is used on the way. SymPy is imported here only.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, cast

from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.numbers import Point, entrywise, exact, product, value
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import CrossCheck, Derivation
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import Expr, Variable
from derivgen.problem.problem import Problem

DIGITS = 40
AGREES = 1e-25


@cache
def _sympy() -> Any:
    import sympy  # inside: it costs a quarter of a second, and only builds and checks need it

    return sympy


class Exact:
    """SymPy's exact numbers with the symbols t and s along which f is differentiated."""

    def __init__(self) -> None:
        sp = _sympy()
        self.t, self.s = sp.Symbol("t", real=True), sp.Symbol("s", real=True)
        self.h = sp.Symbol("h", real=True)
        self.pi: Number = sp.pi
        self.compares = False
        self.exp, self.log, self.sqrt = sp.exp, sp.log, sp.sqrt
        self.sin, self.cos, self.tan = sp.sin, sp.cos, sp.tan
        self.sinh, self.cosh, self.tanh = sp.sinh, sp.cosh, sp.tanh
        self.asin, self.acos, self.atan = sp.asin, sp.acos, sp.atan

    def number(self, value: Fraction) -> Number:
        """The exact rational."""
        return _sympy().Rational(value.numerator, value.denominator)  # type: ignore[no-any-return]

    def shifted(self, value: Number, change: Number) -> Number:
        """The value moved by the symbol h along `change`."""
        return value + self.h * change  # type: ignore[no-any-return]

    def rate(self, value: Number) -> Number:
        """The derivative by h at 0."""
        return _sympy().diff(value + _sympy().Integer(0), self.h).subs(self.h, 0)  # type: ignore[no-any-return]

    def positive(self, value: Number) -> bool:
        """Whether the value at t = s = 0 is above zero."""
        base = (value + _sympy().Integer(0)).subs({self.t: 0, self.s: 0, self.h: 0})
        return bool(_sympy().N(base, 30) > 0)


def cross_check(problem: Problem, derivation: Derivation) -> CrossCheck:
    """Whether SymPy finds the same change of f along random rational directions.

    Raises: DerivgenError if no admissible point is found.
    """
    request = derivation.request
    variables = (*request.wrt, *request.then)
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    point = draw(Ground((request.of, *variables), conditions), f"sympy {request.text}", wanted=1)[0]
    exact = _rational(point)
    second = request.order == 2 or bool(request.then)
    found = (
        _second(request.of, request.wrt, request.then or request.wrt, exact)
        if second
        else _first(request.of, request.wrt, exact)
    )
    wanted = _applied(derivation, exact, found.directions)
    agrees = _difference(found.change, wanted) <= AGREES
    return CrossCheck("sympy", tuple(sorted(point.sizes.items())), agrees)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that SymPy found, and the directions along which."""

    change: Array
    directions: tuple[dict[str, Array], ...]


def _rational(point: Point) -> Point:
    """The point with short rational numbers, so that exact arithmetic stays small."""

    def short(array: Array) -> Array:
        return [[_typed(exact(z).limit_denominator(16)) for z in row] for row in array]

    return replace(point, values={name: short(array) for name, array in point.values.items()}, changes={})


def _direction(variables: tuple[Variable, ...], point: Point, seed: int) -> dict[str, Array]:
    rng = random.Random(seed)  # noqa: S311  # the same directions in every run are wanted
    choices = [_typed(Fraction(k, 3)) for k in range(-5, 6) if k]
    return {v.name: [[rng.choice(choices) for _ in row] for row in point.values[v.name]] for v in variables}


def _moved(point: Point, m: Exact, along: tuple[tuple[Any, dict[str, Array]], ...]) -> Point:
    values = {name: [[m.number(exact(z)) for z in row] for row in array] for name, array in point.values.items()}
    for symbol, direction in along:
        for name, array in direction.items():
            scaled = [[m.number(exact(z)) * symbol for z in row] for row in array]
            values[name] = entrywise(values[name], scaled, lambda a, b: a + b)
    return replace(point, values=values)


def _first(of: Expr, wrt: tuple[Variable, ...], point: Point) -> _Change:
    m = Exact()
    direction = _direction(wrt, point, 7)
    written = value(of, _moved(point, m, ((m.t, direction),)), m)
    change = [[_diff(z, (m.t,)) for z in row] for row in written]
    return _Change(change, (direction,))


def _second(of: Expr, wrt: tuple[Variable, ...], then: tuple[Variable, ...], point: Point) -> _Change:
    m = Exact()
    one, two = _direction(wrt, point, 7), _direction(then, point, 11)
    written = value(of, _moved(point, m, ((m.t, one), (m.s, two))), m)
    change = [[_diff(z, (m.t, m.s)) for z in row] for row in written]
    return _Change(change, (one, two))


def _diff(expr: Any, symbols: tuple[Any, ...]) -> Number:
    sp = _sympy()
    made = sp.diff(expr + sp.Integer(0), *symbols)
    return made.subs(dict.fromkeys(symbols, 0))  # type: ignore[no-any-return]


def _applied(derivation: Derivation, point: Point, directions: tuple[dict[str, Array], ...]) -> Array:
    """The printed derivative in numerator layout, times the direction(s), in the shape of f."""
    request = derivation.request
    m: Arithmetic = Exact()
    at = _moved(point, m, ())  # type: ignore[arg-type]  # Exact
    matrix = value(derivation.result("numerator"), at, m)
    if len(directions) == 2:
        inner, outer = (
            _column(d, names, m)
            for d, names in zip(directions, (request.wrt, request.then or request.wrt), strict=True)
        )
        if not request.of.is_scalar:
            return product(product(matrix, outer), inner)
        return product(_turned(inner), product(matrix, outer))
    column = _column(directions[0], request.wrt, m)
    if len(column) == 1:
        return product(matrix, column)
    if request.of.is_scalar and len(request.wrt) == 1 and not request.wrt[0].shape.is_column:
        return [
            [
                sum(
                    matrix[j][i] * z
                    for i, row in enumerate(directions[0][request.wrt[0].name])
                    for j, z in enumerate(row)
                )
            ]
        ]
    flat = product(matrix, column)
    return _shaped([z for row in flat for z in row], request.of, point)


def _column(direction: dict[str, Array], variables: tuple[Variable, ...], m: Arithmetic) -> Array:
    entries = [z for v in variables for column in zip(*direction[v.name], strict=True) for z in column]
    return [[m.number(exact(z))] for z in entries]


def _typed(value: Fraction) -> Number:
    """An exact number where the types say complex: only its operators are used."""
    return cast(Number, value)


def _turned(column: Array) -> Array:
    return [[row[0] for row in column]]


def _shaped(entries: list[Number], of: Expr, point: Point) -> Array:
    """A stacked change, columns first, in the shape of f."""
    rows = of.shape.rows.at(point.sizes)
    columns = [entries[k : k + rows] for k in range(0, len(entries), rows)]
    return [list(row) for row in zip(*columns, strict=True)]


def _difference(found: Array, wanted: Array) -> float:
    sp = _sympy()
    pairs = [
        (sp.N(a, DIGITS), sp.N(b, DIGITS))
        for rows in zip(found, wanted, strict=True)
        for a, b in zip(*rows, strict=True)
    ]
    scale = max((abs(z) for pair in pairs for z in pair), default=0)
    gap = max((abs(a - b) for a, b in pairs), default=0)
    return float(gap / max(scale, sp.Float("1e-3")))
