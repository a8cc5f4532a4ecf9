"""Problems from short texts, random points, and derivatives by finite differences of the oracle.

Nothing here uses a rule, a value or a point of the package: the calculus is judged by NumPy alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

import numpy as np

from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.expr.nodes import Component, Expr, Reference, Unspecified, Variable
from derivgen.expr.sizes import Size
from derivgen.expr.walk import inlined, leaves, shapes_within
from derivgen.problem.asked import Asked, Given
from derivgen.problem.problem import Problem, Request
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import typed
from derivgen.syntax.parse import Scope, parse
from tests import oracle
from tests.oracle import Array

Sizes = dict[str, int]


def problem_of(
    variables: str, functions: str, *requests: str, assume: tuple[str, ...] = (), methods: tuple[str, ...] = ()
) -> Problem:
    """The problem of `x: vector(n); s: scalar` and `z = x.T @ x; f = log(z)`."""

    def pairs(source: str, sign: str) -> Iterator[tuple[str, str]]:
        for item in filter(None, (part.strip() for part in source.split(";"))):
            name, _, what = item.partition(sign)
            yield name.strip(), what.strip()

    given = Given(
        tuple((typed(a, "test"), typed(b, "test")) for a, b in pairs(variables, ":")),
        tuple((typed(a, "test"), typed(b, "test")) for a, b in pairs(functions, "=")),
        tuple(Asked(typed(request, "test")) for request in requests),
        tuple(typed(condition, "test") for condition in assume),
    )
    made = make_problem(given, methods=methods)  # type: ignore[arg-type]  # the names come from tables
    assert not made.faults, made.faults
    return made.problem


def derived(variables: str, functions: str, request: str, *, assume: tuple[str, ...] = ()) -> Derivation:
    """The derivation of one request."""
    problem = problem_of(variables, functions, request, assume=assume)
    return derive(problem, problem.requests[0])


def problem_for(of: Expr, wrt: Variable, *, name: str = "f") -> tuple[Problem, Request]:
    """A problem whose only function has this body."""
    function = Reference(name, of)
    request = Request(f"{name} wrt {wrt.name}", function, (wrt,))
    variables = {leaf.name: leaf for leaf in leaves(of) if isinstance(leaf, Variable)} | {wrt.name: wrt}
    return Problem(variables, {name: function}, (request,)), request


def scope_of(problem: Problem) -> Scope:
    """What the names of a problem mean in an answer."""
    return Scope({**problem.variables, **problem.functions}, frozenset(size_names(problem)))


def size_names(problem: Problem) -> tuple[str, ...]:
    """Every size that occurs in a problem."""
    shapes = [variable.shape for variable in problem.variables.values()]
    shapes += [shape for function in problem.functions.values() for shape in shapes_within(function)]
    return tuple(dict.fromkeys(name for shape in shapes for size in shape for name in size.names))


def assignments(names: tuple[str, ...]) -> tuple[Sizes, Sizes]:
    """Two assignments of distinct sizes, one tall and one wide."""
    numbers = list(permutations(range(2, 3 + max(2, len(names))), len(names)))
    return dict(zip(names, numbers[0], strict=True)), dict(zip(names, numbers[-1], strict=True))


def drawn(variables: Mapping[str, Variable], sizes: Sizes, rng: np.random.Generator, *, positive: bool) -> oracle.Point:
    """A random value for each variable, away from zero."""
    point: dict[str, Array] = {}
    for name, variable in variables.items():
        shape = (variable.shape.rows.at(sizes), variable.shape.columns.at(sizes))
        point[name] = rng.uniform(0.25, 1.1, shape) * (1.0 if positive else rng.choice([-1.0, 1.0], shape))
    return point


def entries_of(wrt: tuple[Expr, ...], point: oracle.Point) -> list[tuple[str, int, int]]:
    """The entries that are varied, columns first."""
    found: list[tuple[str, int, int]] = []
    for part in wrt:
        match part:
            case Variable(name=name):
                rows, columns = point[name].shape
                found += [(name, i, j) for j in range(columns) for i in range(rows)]
            case Component(array=Variable(name=name), row=int(row), column=int(column)):
                found.append((name, row - 1, column - 1))
            case _:
                raise ValueError("only variables and components are varied")
    return found


class Rough(Exception):
    """The function is too steep, or not smooth, for finite differences here."""


def central(of: Expr, wrt: tuple[Expr, ...], point: oracle.Point, sizes: Sizes) -> Array:
    """The derivative in numerator layout, by differences of fourth order with two widths.

    Raises: Rough if the two widths do not agree, or a value is not finite.
    """

    def along(change: oracle.Point, width: float) -> Array:
        def at(k: int) -> Array:
            return oracle.value(of, moved(point, change, k * width), sizes)

        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * width)

    columns = []
    with np.errstate(all="ignore"):
        for change in changes_of(wrt, point):
            coarse, fine = along(change, 2e-3), along(change, 1e-3)
            if not (np.isfinite(fine).all() and abs(coarse - fine).max() <= 1e-6 * max(1e-2, abs(fine).max())):
                raise Rough
            columns.append(fine)
    if len(wrt) == 1 and of.is_scalar:
        # A gradient is laid out as the transpose of the variable: each of its rows is a column of X.
        rows = point[wrt[0].name].shape[1] if isinstance(wrt[0], Variable) else 1
        return np.array([column.item() for column in columns]).reshape(rows, -1)
    if len(columns) == 1:
        return columns[0]
    return np.hstack([column.reshape(-1, 1, order="F") for column in columns])


def changes_of(wrt: tuple[Expr, ...], point: oracle.Point) -> list[dict[str, Array]]:
    """A change for each entry that is varied; by halves at both places of a symmetric variable's entry."""
    symmetric = {leaf.name for part in wrt for leaf in leaves(part) if isinstance(leaf, Variable) and leaf.symmetric}
    found = []
    for name, i, j in entries_of(wrt, point):
        change = np.zeros_like(point[name])
        change[i, j] = 1
        found.append({name: (change + np.swapaxes(change, 0, 1)) / 2 if name in symmetric else change})
    return found


def moved(point: oracle.Point, change: oracle.Point, width: float) -> oracle.Point:
    """The point a step away."""
    return {**point, **{name: point[name] + width * array for name, array in change.items()}}


def second_central(of: Expr, wrt: tuple[Expr, ...], then: tuple[Expr, ...], point: oracle.Point, sizes: Sizes) -> Array:
    """The second derivative in numerator layout, by four-point differences, from the table of layouts alone."""
    width = 1e-3

    def mixed(one: oracle.Point, two: oracle.Point) -> Array:
        def at(p: int, q: int) -> Array:
            return oracle.value(of, moved(moved(point, one, p * width), two, q * width), sizes)

        return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * width**2)

    first, second = changes_of(wrt, point), changes_of(then, point)
    if not of.is_scalar and len(first) == len(second) == 1:
        return mixed(first[0], second[0])
    columns = [np.concatenate([mixed(a, b).ravel(order="F") for a in first]) for b in second]
    return np.array([[column[k] for column in columns] for k in range(len(columns[0]))])


def differ(found: Array, wanted: Array, floor: float = 1e-2) -> float:
    """The largest difference over the largest entry, or over `floor`; infinite for different shapes."""
    if found.shape != wanted.shape:
        return float("inf")
    with np.errstate(all="ignore"):
        error = abs(found - wanted).max() / max(abs(wanted).max(), abs(found).max(), floor)
    return float(error) if np.isfinite(error) else float("inf")


def numbers_in(expr: Expr, point: oracle.Point, sizes: Sizes) -> Array:
    """The value of an expression without unspecified functions."""
    with np.errstate(all="ignore"):
        return oracle.value(inlined(expr), point, sizes)


def is_specified(expr: Expr) -> bool:
    """Whether every function in it has a body."""
    return not any(isinstance(leaf, Unspecified) for leaf in leaves(expr))


def wholly(source: str, problem: Problem) -> Expr:
    """The expression that `source` stands for among the problem's names."""
    return parse(source, scope_of(problem))


def at_size(expr: Expr, name: str, number: int) -> Expr:
    """The expression with a whole number for the size `name`, all through."""
    from derivgen.expr.nodes import Apply, SizeNumber
    from derivgen.expr.sizes import Shape
    from derivgen.expr.walk import parts, with_parts

    def size(old: Size) -> Size:
        total = Size.whole(0)
        for names, count in old.terms:
            term = Size.whole(count)
            for each in names:
                term = term * (Size.whole(number) if each == name else Size.named(each))
            total = total + term
        return total

    def shape(old: Shape) -> Shape:
        return Shape(size(old.rows), size(old.columns))

    def changed(part: Expr) -> Expr:
        match part:
            case SizeNumber(size=old):
                return SizeNumber(size(old))
            case Variable(name=own, declared=declared, symmetric=symmetric):
                return Variable(own, shape(declared), symmetric)
            case Reference(name=own, body=body):
                return Reference(own, changed(body))
            case Apply(function=function, arguments=arguments, declared=declared):
                return Apply(function, tuple(changed(a) for a in arguments), shape(declared))
            case _:
                return with_parts(part, tuple(changed(inner) for inner in parts(part)))

    return changed(expr)
