"""The second engine: SymPy differentiates the function itself along a random rational line.

f is written out in exact SymPy arithmetic at x + t v, differentiated by the one symbol t at
0, and compared with the printed derivative applied to v. A second derivative takes two
lines, x + t v + s w. No rule of derivgen is used on the way. SymPy is imported here only.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import islice, tee
from typing import Any, cast

from derivgen.calculus.arrays import entrywise, product, turned
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS, exact
from derivgen.calculus.numbers import Point, point_in, value
from derivgen.calculus.points import Ground, admissible, drawn
from derivgen.calculus.precision import precise
from derivgen.calculus.records import CrossCheck, Derivation
from derivgen.calculus.standins import not_checked
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import Apply, Expr, Unresolved, Variable
from derivgen.expr.sizes import ONE
from derivgen.problem.problem import Condition, Problem, Request
from derivgen.record import record

DIGITS = 80
AGREES = 1e-25
CANDIDATES = 8
# The inverse of a matrix of eight rows, written out, takes SymPy a minute.
MOST = 25

Evaluated = dict[Any, Any]


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
        zero = _sympy().Integer(0)
        return bool(evaluated(value + zero, {self.t: zero, self.s: zero, self.h: zero}) > 0)


def cross_check(problem: Problem, derivation: Derivation) -> CrossCheck:
    """Whether SymPy finds the same change of f along random rational directions.

    Raises: DerivgenError if no admissible point is found.
    """
    request = derivation.request
    variables = (*request.wrt, *request.then)
    ground = Ground((request.of, *variables), (*problem.assumptions, *smooth_domain(request.of)), most=MOST)
    point = _rational(ground, f"sympy {request.text}")
    try:
        found = _changed(request, point)
        wanted = _applied(derivation, point, found.directions)
    except (ValueError, IndexError) as error:
        if not point.stands:
            raise
        raise not_checked(request) from error
    agrees = _difference(found.change, wanted) <= AGREES
    return CrossCheck("sympy", tuple(sorted(point.sizes.items())), agrees)


@record
class _Change:
    """A change that SymPy found, and the directions along which."""

    change: Array
    directions: tuple[dict[str, Array], ...]


def _rational(ground: Ground, seed: str) -> Point:
    """An admissible point with short rational numbers, so that exact arithmetic stays small.

    Raises: DerivgenError if no admissible point is found.
    """
    # The first point nearly always serves; the others are drawn only if it does not.
    first, *tries = tee((values.point for values in drawn(ground, seed, wanted=CANDIDATES)), 4)
    several = zip((16, 256, 10**6), tries, strict=True)
    short = (_rounded(point, ground, most) for most, points in several for point in islice(points, CANDIDATES // 2))
    general = (point for point in short if not _has_zeros(point) and admissible(ground, point))
    return next(general, None) or _rounded(next(first), ground, 10**15)


def _has_zeros(point: Point) -> bool:
    """Whether rounding made an entry 0: a diagonal matrix would hide what the other entries do."""
    return any(z == 0 for array in point.values.values() for row in array for z in row)


def _rounded(point: Point, ground: Ground, most: int) -> Point:
    """The point with denominators up to `most`, scaled once more so that sum(t) = 1 holds to 50 digits."""
    values = {
        name: [[_typed(exact(z).limit_denominator(most)) for z in row] for row in array]
        for name, array in point.values.items()
    }
    for condition in ground.conditions:
        match condition:
            case Condition(left=Apply(arguments=(Variable(name=name),)) as left, relation="=", right=right) if (
                right is not None
            ):
                factor = _scale(left, right, replace(point, values=values))
                values[name] = [[z * factor for z in row] for row in values[name]]
    return replace(point, values=values, changes={})


def _scale(left: Expr, right: Expr, point: Point) -> Number:
    """What makes `left` as large as `right`: exact for a sum, to 50 digits for a norm."""
    have, want = value(left, point, FLOATS)[0][0], value(right, point, FLOATS)[0][0]
    if isinstance(have, Fraction):
        return _typed(exact(want) / have)
    m = precise()
    inside = point_in(point, m)
    quotient = value(right, inside, m)[0][0] / value(left, inside, m)[0][0]
    return _typed(Fraction(int(quotient.real * 10**60), 10**60))


def _direction(variables: tuple[Variable, ...], point: Point, seed: int) -> dict[str, Array]:
    rng = random.Random(seed)  # noqa: S311  # the same directions in every run are wanted
    choices = [_typed(Fraction(k, 3)) for k in range(-5, 6) if k]
    return {v.name: [[rng.choice(choices) for _ in row] for row in point.values[v.name]] for v in variables}


def _allowed(direction: dict[str, Array], variables: tuple[Variable, ...]) -> dict[str, Array]:
    """The part of a direction along which the variables can move: the symmetric part for a symmetric one.

    The printed derivative by a symmetric variable sees no other part, so it is applied to the whole direction.
    """
    names = {v.name for v in variables if v.symmetric}
    return {name: _symmetric(array) if name in names else array for name, array in direction.items()}


def _symmetric(array: Array) -> Array:
    n = range(len(array))
    return [[(array[i][j] + array[j][i]) * _typed(Fraction(1, 2)) for j in n] for i in n]


def _moved(point: Point, m: Exact, along: tuple[tuple[Any, dict[str, Array]], ...]) -> Point:
    values = {name: [[m.number(exact(z)) for z in row] for row in array] for name, array in point.values.items()}
    for symbol, direction in along:
        for name, array in direction.items():
            scaled = [[m.number(exact(z)) * symbol for z in row] for row in array]
            values[name] = entrywise(values[name], scaled, lambda a, b: a + b)
    return replace(point, values=values)


def _changed(request: Request, point: Point) -> _Change:
    if request.is_second:
        return _second(request.of, request.wrt, request.then or request.wrt, point)
    return _first(request.of, request.wrt, point)


def _first(of: Expr, wrt: tuple[Variable, ...], point: Point) -> _Change:
    m = Exact()
    direction = _direction(wrt, point, 7)
    written = value(of, _moved(point, m, ((m.t, _allowed(direction, wrt)),)), m)
    change = [[_diff(z, (m.t,)) for z in row] for row in written]
    return _Change(change, (direction,))


def _second(of: Expr, wrt: tuple[Variable, ...], then: tuple[Variable, ...], point: Point) -> _Change:
    m = Exact()
    one, two = _direction(wrt, point, 7), _direction(then, point, 11)
    written = value(of, _moved(point, m, ((m.t, _allowed(one, wrt)), (m.s, _allowed(two, then)))), m)
    change = [[_diff(z, (m.t, m.s)) for z in row] for row in written]
    return _Change(change, (one, two))


def _diff(expr: Any, symbols: tuple[Any, ...]) -> Number:
    """The derivative by each symbol at 0, one after the other: what is left for the second is short."""
    sp = _sympy()
    made = expr + sp.Integer(0)
    for symbol in symbols:
        made = sp.diff(made, symbol).subs(symbol, 0)
    return made  # type: ignore[no-any-return]


def _applied(derivation: Derivation, point: Point, directions: tuple[dict[str, Array], ...]) -> Array:
    """The printed derivative in numerator layout, times the direction(s), in the shape of f.

    It has no symbol left to be differentiated by: exact numbers would only pile up logarithms of sums.
    """
    request = derivation.request
    m = precise()
    matrix = value(derivation.result("numerator"), point_in(point, m), m)
    inner = Unresolved(request.of, request.wrt)
    one = _column(directions[0], request.wrt, m)
    if len(directions) == 1:
        return _along(matrix, inner, one, point)
    outer = Unresolved(inner, request.then or request.wrt)
    change = _along(matrix, outer, _column(directions[1], request.then or request.wrt, m), point)
    return _along(change, inner, one, point)


def _along(matrix: Array, target: Unresolved, column: Array, point: Point) -> Array:
    """The derivative `target`, whose value is `matrix`, times a stacked direction: a change of its function."""
    of = target.of
    if target.stacks:
        changes = [z for row in product(matrix, column) for z in row]
        # A gradient is differentiated in the shape of the variable, which is the transpose of its numerator layout.
        shape = of.shape.transposed if target.turns else of.shape
        height = shape.rows.at(point.sizes)
        columns = [changes[k : k + height] for k in range(0, len(changes), height)]
        return columns if target.turns else turned(columns)
    if target.variables == ONE:
        return product(matrix, column)
    entries = [z for row in matrix for z in row]
    return [[sum(a * b[0] for a, b in zip(entries, column, strict=True))]]


def _column(direction: dict[str, Array], variables: tuple[Variable, ...], m: Arithmetic) -> Array:
    entries = [z for v in variables for column in zip(*direction[v.name], strict=True) for z in column]
    return [[m.number(exact(z))] for z in entries]


def _typed(value: Fraction) -> Number:
    """An exact number where the types say complex: only its operators are used."""
    return cast(Number, value)


def _difference(found: Array, wanted: Array) -> float:
    sp = _sympy()
    known: Evaluated = {}
    pairs = [
        (evaluated(a + sp.Integer(0), known), sp.Float(b.real, DIGITS))
        for rows in zip(found, wanted, strict=True)
        for a, b in zip(*rows, strict=True)
    ]
    scale = max((abs(z) for pair in pairs for z in pair), default=0)
    gap = max((abs(a - b) for a, b in pairs), default=0)
    return float(gap / max(scale, sp.Float("1e-3")))


def evaluated(expr: Any, known: Evaluated) -> Any:
    """The number that an expression is, each part worked out once: SymPy's own `N` does it where the part stands."""
    if expr not in known:
        if not expr.args:
            known[expr] = _sympy().N(expr, DIGITS)
        elif expr.is_Pow and expr.exp.is_Integer:
            known[expr] = evaluated(expr.base, known) ** expr.exp
        else:
            known[expr] = expr.func(*(evaluated(part, known) for part in expr.args))
    return known[expr]
