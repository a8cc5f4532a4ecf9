"""What is true of one function beyond its derivative, and worth a remark: each is derived, or tested at points.

A fact is found, never assumed: a symmetric case by deriving again with a symmetric matrix,
convexity by the sign of the second derivative, the others by values at points drawn inside the
domain. What is not found is not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.definiteness import definiteness, sign_of
from derivgen.calculus.derive import derive
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.monomials import is_zero
from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.calculus.points import Ground, admissible, draw
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative, zeros
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Expr, Product, Reference, Sum, Unspecified, Variable
from derivgen.expr.sizes import MANY
from derivgen.expr.walk import count, depends_on, inlined, nodes_within, rebuilt, replaced
from derivgen.problem.problem import Problem, Request
from derivgen.record import record

FactName = Literal[
    "symmetric case",
    "constant",
    "swap",
    "sums to zero",
    "columns sum to zero",
    "homogeneous",
    "normal equations",
    "convex",
    "strictly convex",
]
Pieces = tuple[tuple[str, Expr | int], ...]
POINTS = 4
DEGREES = range(7)


@record
class Fact:
    """A fact by its name, and the pieces that a sentence on it names."""

    name: FactName
    pieces: Pieces = ()


def facts(problem: Problem, derivation: Derivation) -> Iterator[Fact]:
    """What is found of this derivative, the most telling first."""
    request = derivation.request
    if any(isinstance(node, Unspecified) for node in nodes_within(request.of)) or request.then:
        return
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    ground = Ground((request.of, derivation.result("numerator"), *request.wrt), conditions)
    try:
        points = draw(ground, f"facts of {request.text}", wanted=POINTS)
    except DerivgenError:
        return
    yield from _symmetric_case(problem, derivation)
    if request.order == 1:
        yield from _constant(derivation)
        yield from _sums(derivation, points)
        yield from _swap(request, points)
    yield from _curvature(problem, derivation, points)
    if request.order == 1:
        yield from _homogeneous(request, ground, points)


def _again(problem: Problem, request: Request) -> Derivation | None:
    try:
        return derive(problem, replace(request, method=None))
    except (DerivgenError, WrongStep, ShapeError, RecursionError):
        return None


def _symmetric_case(problem: Problem, derivation: Derivation) -> Iterator[Fact]:
    """A shorter answer where a square matrix is symmetric."""
    request, answer = derivation.request, derivation.result(problem.layouts(derivation.request)[0])
    squares = [
        node
        for node in nodes_within(inlined(answer))
        if isinstance(node, Variable) and not (node.symmetric or node.is_scalar or node in request.wrt)
        if node.shape.rows == node.shape.columns
    ]
    for matrix in squares[:1]:
        of = _with_symmetric(request.of, matrix)
        found = _again(problem, replace(request, of=of)) if isinstance(of, Reference) else None
        special = None if found is None else found.result(problem.layouts(request)[0])
        if special is not None and count(special) < count(answer):
            yield Fact("symmetric case", (("matrix", matrix), ("special", special)))


def _with_symmetric(expr: Expr, matrix: Variable) -> Expr:
    if expr == matrix:
        return replace(matrix, symmetric=True)
    if isinstance(expr, Reference):
        return Reference(expr.name, _with_symmetric(expr.body, matrix))
    return rebuilt(expr, partial(_with_symmetric, matrix=matrix))


def _constant(derivation: Derivation) -> Iterator[Fact]:
    """The function is affine in the variable."""
    request, answer = derivation.request, inlined(derivation.result("numerator"))
    if request.moves(request.of) and not request.moves(answer) and len(request.wrt) == 1:
        yield Fact("constant", (("variable", request.wrt[0]), ("of", request.of)))


def _sums(derivation: Derivation, points: tuple[Point, ...]) -> Iterator[Fact]:
    """A derivative whose rows or columns add up to 0."""
    request, answer = derivation.request, derivation.result("numerator")
    pieces: Pieces = (("variable", request.wrt[0]), ("of", request.of))
    if answer.is_scalar or len(request.wrt) > 1 or not (request.wrt[0].shape.is_column and request.of.shape.is_column):
        return
    values = [value(answer, point, FLOATS) for point in points]
    if all(_vanish(array) for array in values):
        return
    if request.of.is_scalar and all(_vanish([[sum(row)] for row in array]) for array in values):
        yield Fact("sums to zero", pieces)
    elif not request.of.is_scalar and all(_vanish([[sum(c) for c in zip(*array, strict=True)]]) for array in values):
        yield Fact("columns sum to zero", pieces)


def _vanish(array: Array) -> bool:
    return all(abs(complex(z)) < 1e-9 for row in array for z in row)


def _swap(request: Request, points: tuple[Point, ...]) -> Iterator[Fact]:
    """A function of two numbers that does not mind which is which."""
    if len(request.wrt) != 2 or not request.of.is_scalar:
        return
    x, y = request.wrt
    swapped = [
        replace(point, values={**point.values, x.name: point.values[y.name], y.name: point.values[x.name]})
        for point in points
    ]
    if all(_same(request.of, *both) for both in zip(points, swapped, strict=True)):
        yield Fact("swap", (("left", x), ("right", y), ("of", request.of)))


def _same(expr: Expr, one: Point, other: Point, factor: float = 1.0) -> bool:
    """Whether the value at the second point is `factor` times that at the first."""
    try:
        rows = zip(value(expr, one, FLOATS), value(expr, other, FLOATS), strict=True)
    except NO_VALUE:
        return False
    pairs = [(complex(a) * factor, complex(b)) for both in rows for a, b in zip(*both, strict=True)]
    return all(abs(a - b) <= 1e-9 * max(1.0, abs(a)) for a, b in pairs)


def _homogeneous(request: Request, ground: Ground, points: tuple[Point, ...]) -> Iterator[Fact]:
    """f(t x) = t**k f(x), so that Euler's theorem holds: the derivative times x is k f."""
    if not request.of.is_scalar or len(request.wrt) > 1 or not depends_on(request.of, request.wrt[0].name):
        return
    x = request.wrt[0]
    pairs = [(point, _scaled(point, x, t), t) for point in points for t in (2.0, 0.5, 3.0)]
    inside = [(point, other, t) for point, other, t in pairs if admissible(ground, other)]
    if len(inside) < POINTS or all(_vanish(value(request.of, point, FLOATS)) for point in points):
        return
    for degree in DEGREES:
        if all(_same(request.of, point, other, t**degree) for point, other, t in inside):
            yield Fact("homogeneous", (("variable", x), ("of", request.of), ("degree", degree)))
            return


def _scaled(point: Point, x: Variable, t: float) -> Point:
    return replace(
        point, values={**point.values, x.name: [[t * complex(z) for z in row] for row in point.values[x.name]]}
    )


def _curvature(problem: Problem, derivation: Derivation, points: tuple[Point, ...]) -> Iterator[Fact]:
    """What the second derivative tells of a function without conditions: on a domain with holes it tells less."""
    request = derivation.request
    is_one = request.of.is_scalar and len(request.wrt) == 1 and request.wrt[0].shape.is_column
    if not is_one or _holes(derivation, problem):
        return
    if request.order == 1 and request.wrt[0].shape.entries.at(points[0].sizes) ** 2 > MANY:
        return
    second = derivation if request.order == 2 else _again(problem, replace(request, order=2))
    if second is None or _holes(second, problem):
        return
    hessian = second.result("numerator")
    if is_zero(hessian):
        return
    found = _definite(hessian, problem)
    if request.order == 1 and found != "unknown":
        yield from _normal_equations(derivation, hessian, points)
    pieces: Pieces = (("variable", request.wrt[0]), ("of", request.of), ("hessian", hessian))
    if found != "unknown":
        yield Fact("strictly convex" if found in ("positive", "definite") else "convex", pieces)


def _holes(derivation: Derivation, problem: Problem) -> bool:
    """Whether a condition speaks of the variable: it may cut the domain in pieces."""
    held = [
        part for c in (*derivation.conditions, *problem.assumptions) for part in (c.left, c.right) if part is not None
    ]
    return any(map(derivation.request.moves, held))


def _definite(hessian: Expr, problem: Problem) -> str:
    given = problem.assumptions
    return sign_of(hessian, given) if hessian.is_scalar else definiteness(hessian, given)


def _normal_equations(derivation: Derivation, hessian: Expr, points: tuple[Point, ...]) -> Iterator[Fact]:
    """Where the gradient is zero, if that is a system of linear equations: H x = -g(0)."""
    x = derivation.request.wrt[0]
    if depends_on(hessian, x.name) or x.is_scalar:
        return
    gradient = inlined(derivation.result("denominator"))
    still = tidy(negative(replaced(gradient, {x: zeros(x.shape)})))
    if is_zero(still):
        return
    left, right = _reduced(tidy(Product((hessian, x))), still)
    wanted = tidy(Sum((Product((hessian, x)), negative(still))))
    if all(_agree(gradient, wanted, point) for point in points):
        yield Fact("normal equations", (("of", derivation.request.of), ("left", left), ("right", right)))


def _reduced(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both sides of an equation without the scalar factors that stand in front of both."""
    match left, right:
        case Product(factors=(first, *rest)), Product(factors=(other, *more)) if first == other and first.is_scalar:
            return tidy(Product(tuple(rest))), tidy(Product(tuple(more)))
        case _:
            return left, right


def _agree(left: Expr, right: Expr, point: Point) -> bool:
    gap = Sum((left, negative(right)))
    try:
        return _vanish(value(gap, point, FLOATS))
    except NO_VALUE:
        return False
