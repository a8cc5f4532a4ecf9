"""The value of an expression at a point, with complex floats or with 50 digits.

A differential is evaluated by the complex step (Squire and Trapp, SIAM Review 40, 1998):
the imaginary part of f(x + i h dx) over h, exact to rounding for h = 1e-20. Only the
values of functions are used here, never their derivatives: so a check of a rule against
this file does not depend on the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field, replace
from fractions import Fraction
from functools import cache
from operator import add, mul, sub, truediv
from typing import assert_never

from derivgen.calculus.arrays import Combine, entrywise, product, turned, zeros_like
from derivgen.calculus.curvature import mixed
from derivgen.calculus.floats import FLOATS, Stepping, exact, stepping
from derivgen.calculus.precision import precise
from derivgen.calculus.variations import Direction, arranged, directions, frozen
from derivgen.expr.counted import made_of
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Index,
    Place,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import contains, free_indices, names_within
from derivgen.record import record


@record
class Point:
    """Values of the variables, whole numbers for the sizes, and changes for the differentials.

    `indices` gives the letters of index notation their numbers, from 1.
    """

    values: dict[str, Array]
    sizes: dict[str, int]
    changes: dict[str, Array] = field(default_factory=dict)
    indices: dict[str, int] = field(default_factory=dict)

    @property
    def stands(self) -> dict[str, int]:
        """The small sizes that stand in the place of large numbers."""
        return {name: number for name, number in self.sizes.items() if name.isdecimal()}

    def place(self, index: Place) -> int:
        """The number of a row or column, counted from 0."""
        return (self.indices[index.name] if isinstance(index, Index) else index) - 1

    def counting(self, index: Index) -> tuple[Point, ...]:
        """The same point with every number for the letter in turn."""
        upto = index.size.at(self.sizes)
        return tuple(
            Point(self.values, self.sizes, self.changes, {**self.indices, index.name: k}) for k in range(1, upto + 1)
        )

    def shifted(self, changes: Direction, m: Stepping) -> Point:
        """The point a small step away along `changes`."""
        moved = dict(self.values)
        for name, change in changes.items():
            moved[name] = [
                [m.shifted(a, b) for a, b in zip(*rows, strict=True)] for rows in zip(moved[name], change, strict=True)
            ]
        return Point(moved, self.sizes, self.changes, self.indices)


# Beyond it, exact arithmetic would fill the memory with digits, and nothing is learned.
HIGHEST_POWER = 10_000

# What `value` raises where an expression has no value.
NO_VALUE = (ValueError, ZeroDivisionError, OverflowError)


def value(expr: Expr, point: Point, m: Arithmetic) -> Array:
    """The value of `expr` at `point`, as rows of numbers.

    Raises: one of NO_VALUE where the expression has no value.
    """
    return Values(point, m).of(expr)


def values_within(expr: Expr, point: Point, m: Arithmetic) -> tuple[Array, ...]:
    """The values of `expr` and of every part that was worked out on the way.

    Raises: as `value`.
    """
    values = Values(point, m)
    values.of(expr)
    return tuple(values.known.values())


@record
class _Outside:
    """The values at the point that this one was made from, and what has other values here."""

    values: Values
    letter: Index | None = None
    moved: frozenset[str] = frozenset()

    def knows(self, expr: Expr) -> bool:
        """Whether the expression has the same value there."""
        if self.letter is not None:
            return self.letter not in free_indices(expr)
        return self.moved.isdisjoint(names_within(expr))


class Values:
    """The values of expressions at one point: every distinct part is worked out once.

    The same holds at the points that are a small step away, and within a sum for every number of its letter.
    """

    def __init__(self, point: Point, m: Arithmetic, outside: _Outside | None = None) -> None:
        self.point = point
        self.m = m
        self.known: dict[Expr, Array] = {}
        self._outside = outside
        self._counted: dict[Index, tuple[Values, ...]] = {}
        self._moved: dict[Hashable, Values] = {}
        self._along: dict[tuple[Expr, ...], tuple[Values, ...]] = {}
        self._precise: Values | None = None
        self._changed: Values | None = None

    def of(self, expr: Expr) -> Array:
        """The value of `expr`, as rows of numbers.

        Raises: one of NO_VALUE where the expression has no value.
        """
        # These three are half of all that is asked, and worked out in less time than they are looked up.
        if type(expr) is Variable:
            return self.point.values[expr.name]
        if type(expr) is Reference:
            return self.of(expr.body)
        if type(expr) is Constant and self.m is FLOATS:
            return [[FLOATS.number(made_of(expr.value, self.point.sizes))]]
        known = self.known.get(expr)
        if known is not None:
            return known
        if self._outside is not None and self._outside.knows(expr):
            return self._outside.values.of(expr)
        found = self.known[expr] = self._fresh(expr)
        return found

    def counting(self, index: Index) -> tuple[Values, ...]:
        """The values with every number for the letter in turn."""
        if index not in self._counted:
            outside = _Outside(self, letter=index)
            self._counted[index] = tuple(Values(one, self.m, outside) for one in self.point.counting(index))
        return self._counted[index]

    def shifted(self, way: Direction) -> Values:
        """The values a small step away along `way`, from which rates of change are read."""
        return self._after(way, None, lambda: self.point.shifted(way, stepping(self.m)))

    def moved(self, way: Direction, step: Number) -> Values:
        """The values at the point moved by `step` times `way`."""
        return self._after(way, step, lambda: _moved(self.point, way, step))

    def _after(self, way: Direction, step: Number | None, point: Callable[[], Point]) -> Values:
        key = (frozen(way), step)
        if key not in self._moved:
            self._moved[key] = Values(point(), self.m, _Outside(self, moved=frozenset(way)))
        return self._moved[key]

    def exactly(self) -> Values:
        """The values at the same point to 50 digits."""
        m = precise()
        if self._precise is None:
            self._precise = self if self.m is m else Values(point_in(self.point, m), m)
        return self._precise

    def _fresh(self, expr: Expr) -> Array:
        m = self.m
        match expr:
            # The most frequent ones come first.
            case Product(factors=factors):
                return self._product(factors)
            case Apply(function=name, arguments=arguments):
                return FUNCTIONS[name].value(m, *[self.of(argument) for argument in arguments])
            case Power(base=base, exponent=Constant(value=number)) if number.denominator == 1:
                return [[_powered(z, int(number), m) for z in row] for row in self.of(base)]
            case Sum(terms=terms):
                return self._entrywise(terms, add)
            case Component(array=array, row=row, column=column):
                return [[self.of(array)[self.point.place(row)][self.point.place(column)]]]
            case Stack(rows=rows):
                return [[self.of(entry)[0][0] for entry in row] for row in rows]
            case Variable(name=name):
                return self.point.values[name]
            case Hadamard(factors=factors):
                return self._entrywise(factors, mul)
            case Transpose(argument=argument):
                return turned(self.of(argument))
            case Constant(value=number):
                return [[m.number(made_of(number, self.point.sizes))]]
            case SizeNumber(size=size):
                return [[m.number(Fraction(size.at(self.point.sizes)))]]
            case Reference(body=body):
                return self.of(body)
            case Unspecified():
                return self._unspecified(expr)
            case Differential(of=of):
                return self._differential(of)
            case Unresolved(of=of, wrt=wrt, denominator=denominator):
                found = self._derivative(of, wrt)
                return turned(found) if denominator else found
            case Quotient(numerator=top, denominator=bottom):
                return self._entrywise((top, bottom), truediv)
            case Power(base=base, exponent=exponent):
                return self._entrywise((base, exponent), lambda a, b: m.exp(b * m.log(a)))
            case Summation(index=index, body=body):
                terms_of = (inner.of(body)[0][0] for inner in self.counting(index))
                return [[sum(terms_of, start=m.number(Fraction(0)))]]
            case Choice():
                return self._choice(expr)
        assert_never(expr)

    def _entrywise(self, parts: tuple[Expr, ...], combine: Combine) -> Array:
        total = self.of(parts[0])
        for part in parts[1:]:
            total = entrywise(total, self.of(part), combine)
        return total

    def _product(self, factors: tuple[Expr, ...]) -> Array:
        total = self.of(factors[0])
        for factor in factors[1:]:
            total = product(total, self.of(factor))
        return total

    def _choice(self, expr: Choice) -> Array:
        left, right, then, otherwise = (self.of(e) for e in (expr.left, expr.right, expr.then, expr.otherwise))
        if expr.relation in {"<", "<="}:
            left, right = right, left
        strict = expr.relation in {">", "<"}
        gap = entrywise(left, right, sub)
        taken = [[self.m.positive(z) if strict else not self.m.positive(-z) for z in row] for row in gap]
        rows = max(len(a) for a in (taken, then, otherwise))
        columns = max(len(a[0]) for a in (taken, then, otherwise))

        def at(array: Array, i: int, j: int) -> Number:
            return array[0][0] if len(array) == len(array[0]) == 1 else array[i][j]

        chosen: Array = [[then[0][0]] * columns for _ in range(rows)]
        for i in range(rows):
            for j in range(columns):
                first = taken[0][0] if len(taken) == len(taken[0]) == 1 else taken[i][j]
                chosen[i][j] = at(then if first else otherwise, i, j)
        return chosen

    def _unspecified(self, expr: Unspecified) -> Array:
        """A fixed smooth function that stands for one of which nothing is known."""
        m = self.m
        inputs = [z for argument in expr.of for row in self.of(argument) for z in row]
        rows, columns = expr.shape.rows.at(self.point.sizes), expr.shape.columns.at(self.point.sizes)

        def entry(k: int) -> Number:
            weights = [m.number(_weight(expr.name, k, j)) for j in range(len(inputs) + 1)]
            inside = sum((w * z for w, z in zip(weights, inputs, strict=False)), start=weights[-1])
            return m.sin(inside) + inside * m.number(Fraction(1, 3))

        return [[entry(i + rows * j) for j in range(columns)] for i in range(rows)]

    def _differential(self, of: Expr) -> Array:
        changes = self.point.changes
        if isinstance(of, Variable):
            return changes.get(of.name) or zeros_like(self.of(of), self.m)
        if self._changed is None:
            self._changed = self.shifted(changes)
        return _rates(self._changed, of)

    def _derivative(self, of: Expr, wrt: tuple[Expr, ...]) -> Array:
        named = [part for part in wrt if isinstance(part, Reference | Unspecified)]
        if named and isinstance(of, Unspecified):
            # By a function that it is of: there that function is a variable, at the value that it has.
            table: dict[Expr, Variable] = {part: Variable(part.name, part.shape) for part in named}
            at = replace(self.point, values={**self.point.values, **{part.name: self.of(part) for part in named}})
            opened = Unspecified(of.name, of.declared, tuple(table.get(part) or part for part in of.of))
            return Values(at, self.m).by(opened, tuple(table.get(part) or part for part in wrt))
        return self.by(of, wrt)

    def by(self, of: Expr, wrt: tuple[Expr, ...]) -> Array:
        """The derivative of `of` by `wrt` in numerator layout: one complex step for each entry of `wrt`.

        Shapes: as the node Unresolved gives them.
        """
        if isinstance(of, Unresolved):
            return self.exactly().second(of, wrt)
        if wrt not in self._along:
            ways = directions(_numbered(wrt, self.point), self.point.values, self.m)
            self._along[wrt] = tuple(self.shifted(way) for way in ways)
        changes = [_rates(moved, of) for moved in self._along[wrt]]
        return arranged(changes, Unresolved(of, wrt), self.point.sizes)

    def second(self, inner: Unresolved, wrt: tuple[Expr, ...]) -> Array:
        """Derivative of a derivative, at 50 digits.

        The inner derivative of a scalar is turned into the gradient first.
        """
        m, at, target = self.m, self.point, Unresolved(inner, wrt)
        if contains(inner.of, lambda part: isinstance(part, Unresolved)) or not _is_of_variables(inner.wrt):
            return central(lambda point: value(inner, point, m), target, at)
        firsts, seconds = (directions(_numbered(parts, at), at.values, m) for parts in (inner.wrt, wrt))
        rates = mixed(lambda way, step: self.moved(way, step).of(inner.of), firsts, seconds, m)
        return arranged([arranged(column, inner, at.sizes) for column in rates], target, at.sizes)


def _rates(moved: Values, of: Expr) -> Array:
    """What `of` has changed by at the point a small step away, to first order."""
    m = stepping(moved.m)
    return [[m.rate(z) for z in row] for row in moved.of(of)]


def _powered(z: Number, exponent: int, m: Arithmetic) -> Number:
    if abs(exponent) > HIGHEST_POWER:
        raise OverflowError
    # The entries of ones(n) are whole numbers of Python, and (ones(n) + ones(n))**(10**9) would fill the memory.
    return (m.number(Fraction(z)) if isinstance(z, int) else z) ** exponent


def _numbered(wrt: tuple[Expr, ...], point: Point) -> tuple[Expr, ...]:
    """What a derivative is taken by, with the numbers of its letters."""
    return tuple(
        Component(part.array, point.place(part.row) + 1, point.place(part.column) + 1)
        if isinstance(part, Component)
        else part
        for part in wrt
    )


def _is_of_variables(wrt: tuple[Expr, ...]) -> bool:
    return all(isinstance(part, Variable | Component) for part in wrt)


def central(at: Callable[[Point], Array], target: Unresolved, point: Point) -> Array:
    """Central differences of a value along every entry of the variables of `target`, in numerator layout.

    The point has the numbers of `precise`, so that all digits that anybody prints hold.
    """
    m = precise()
    width = m.number(Fraction(1, 10**14))
    changes = []
    for direction in directions(_numbered(target.wrt, point), point.values, m):
        sides = [at(_moved(point, direction, step)) for step in (width, -width)]
        changes.append(entrywise(sides[0], sides[1], lambda a, b: (a - b) / (2 * width)))
    return arranged(changes, target, point.sizes)


def _moved(point: Point, direction: Direction, step: Number) -> Point:
    moved = {name: entrywise(point.values[name], array, lambda a, b: a + step * b) for name, array in direction.items()}
    return replace(point, values={**point.values, **moved})


@cache
def _weight(name: str, k: int, j: int) -> Fraction:
    """A fixed weight in [-1, 1] for output k and input j; the same in every run."""
    seed = sum((i + 1) * ord(letter) for i, letter in enumerate(name)) + 37 * k + 101 * j + 11
    return Fraction((seed * 7919) % 199 - 99, 100)


def point_in(point: Point, m: Arithmetic) -> Point:
    """The same point in another arithmetic; floats are taken as the exact numbers they are."""
    own = type(m.number(Fraction(0)))

    def number(z: Number) -> Number:
        return z if type(z) is own else m.number(exact(z))

    def converted(arrays: dict[str, Array]) -> dict[str, Array]:
        return {name: [[number(z) for z in row] for row in array] for name, array in arrays.items()}

    return replace(point, values=converted(point.values), changes=converted(point.changes))
