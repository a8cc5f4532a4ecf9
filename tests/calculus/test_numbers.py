"""Values of derivatives still to be worked out, for every pair of shapes, against differences of the oracle."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, central, point_in, value
from derivgen.calculus.precision import precise
from derivgen.expr.nodes import Expr, Unresolved, Variable
from derivgen.problem.problem import Request
from tests import oracle
from tests.calculus import judge
from tests.calculus.judge import Sizes, problem_of
from tests.oracle import Array

SIZES: Sizes = {"m": 3, "n": 2, "p": 4}
GIVEN = (
    "t: scalar; s: scalar; x: vector(n); y: vector(m); X: matrix(m, n); Y: matrix(n, p); A: matrix(p, m); "
    "Q: matrix(n, n); S: symmetric(n); R: symmetric(n)"
)
# function, request, rows, columns
FIRST = (
    ("tr(A @ X @ Y)*t", "f wrt t", 1, 1),
    ("x.T @ Q @ x", "f wrt x", 1, 2),
    ("sin(tr(A @ X @ Y))", "f wrt X", 2, 3),
    ("t**2*x", "f wrt t", 2, 1),
    ("X @ x", "f wrt x", 3, 2),
    ("sin(X @ x)", "f wrt X", 3, 6),
    ("exp(t*X)", "f wrt t", 3, 2),
    ("x.T*exp(t)", "f wrt t", 1, 2),
    ("x @ x.T @ Q", "f wrt x", 4, 2),
    ("x.T * x.T", "f wrt x", 2, 2),
    ("A @ X", "f wrt X", 8, 6),
    ("X.T", "f wrt X", 6, 6),
    ("inv(Q) @ Q.T", "f wrt Q", 4, 4),
    ("t*s*x", "f wrt t, s", 2, 2),
    ("t*s", "f wrt t, s", 1, 2),
    ("x.T @ S @ Q @ x", "f wrt S", 2, 2),
    ("S @ Q @ x", "f wrt S", 2, 4),
    ("Q @ S", "f wrt S", 4, 4),
    ("exp(S)*t", "f wrt t", 2, 2),
)
SECOND = (
    ("t**3*s", "f wrt t twice", 1, 1),
    ("t**2*tr(A @ X @ Y)", "f wrt t, then X", 1, 6),
    ("t**2*tr(A @ X @ Y)", "f wrt X, then t", 6, 1),
    ("t**2*sum(x**3)", "f wrt t, then x", 1, 2),
    ("t**2*sum(x**3)", "f wrt x, then t", 2, 1),
    ("exp(x.T @ Q @ x)", "f wrt x twice", 2, 2),
    ("y.T @ X @ x", "f wrt x, then y", 2, 3),
    ("norm(X @ x)**2", "f wrt x, then X", 2, 6),
    ("norm(X @ x)**2", "f wrt X, then x", 6, 2),
    ("tr(X.T @ X @ Q)", "f wrt X twice", 6, 6),
    ("tr(A @ X @ Y)**2", "f wrt X, then Y", 6, 8),
    ("t*s**2", "f wrt t, s twice", 2, 2),
    ("t**3*x", "f wrt t twice", 2, 1),
    ("exp(t*X)", "f wrt t twice", 3, 2),
    ("t**2*s*X", "f wrt t, then s", 3, 2),
    ("t**2*X @ x", "f wrt t, then x", 3, 2),
    ("x * x * (Q @ x)", "f wrt x twice", 4, 2),
    ("t**2*X @ x", "f wrt x, then t", 6, 1),
    ("sin(X @ x)", "f wrt x, then X", 6, 6),
    ("X @ Q", "f wrt X, then Q", 36, 4),
    ("tr(S @ Q @ S)", "f wrt S twice", 4, 4),
    ("tr(S @ Q @ R @ S)", "f wrt S, then R", 4, 4),
    ("x.T @ S @ Q @ x", "f wrt S, then Q", 4, 4),
    ("x.T @ S @ Q @ x", "f wrt x, then S", 2, 4),
)


def asked(function: str, request: str) -> tuple[Request, oracle.Point]:
    problem = problem_of(GIVEN, f"f = {function}", request)
    point = dict(judge.drawn(problem.variables, SIZES, np.random.default_rng(5), positive=False))
    for name, variable in problem.variables.items():
        if variable.symmetric:
            point[name] = (point[name] + np.swapaxes(point[name], 0, 1)) / 2
    return problem.requests[0], point


def evaluated(expr: Expr, point: oracle.Point) -> Array:
    ours = {name: [[complex(z) for z in row] for row in array] for name, array in point.items()}
    return np.array([[complex(z).real for z in row] for row in value(expr, Point(ours, SIZES), FLOATS)])


def shape_at(expr: Expr) -> tuple[int, int]:
    return expr.shape.rows.at(SIZES), expr.shape.columns.at(SIZES)


@pytest.mark.parametrize(("function", "request_", "rows", "columns"), FIRST, ids=[f"{r[0]} - {r[1]}" for r in FIRST])
def test_a_derivative_has_the_value_and_the_shape_of_the_table_of_layouts(
    function: str, request_: str, rows: int, columns: int
) -> None:
    request, point = asked(function, request_)
    derivative = Unresolved(request.of, request.wrt)
    assert shape_at(derivative) == (rows, columns)
    wanted = judge.central(request.of, request.wrt, point, SIZES)
    assert judge.differ(evaluated(derivative, point), wanted) < 1e-7


@pytest.mark.parametrize(("function", "request_", "rows", "columns"), SECOND, ids=[f"{r[0]} - {r[1]}" for r in SECOND])
def test_a_second_derivative_has_the_value_and_the_shape_of_the_table_of_layouts(
    function: str, request_: str, rows: int, columns: int
) -> None:
    request, point = asked(function, request_)
    then = request.then or request.wrt
    derivative = Unresolved(Unresolved(request.of, request.wrt), then)
    assert shape_at(derivative) == (rows, columns)
    wanted = judge.second_central(request.of, request.wrt, then, point, SIZES)
    assert judge.differ(evaluated(derivative, point), wanted) < 1e-4


def test_the_derivative_by_a_symmetric_matrix_is_symmetric_and_is_half_the_sum_of_both_entries() -> None:
    request, point = asked("x.T @ S @ Q @ x", "f wrt S")
    found = evaluated(Unresolved(request.of, request.wrt), point)
    loose = Variable("S", request.wrt[0].shape)
    problem = problem_of(GIVEN.replace("S: symmetric(n)", "S: matrix(n, n)"), "f = x.T @ S @ Q @ x", "f wrt S")
    free = evaluated(Unresolved(problem.requests[0].of, (loose,)), point)
    assert np.abs(free - np.swapaxes(free, 0, 1)).max() > 1e-3, "a symmetric gradient anyway shows nothing"
    assert judge.differ(found, (free + np.swapaxes(free, 0, 1)) / 2) < 1e-12


def test_central_differences_agree_with_the_complex_step_for_a_matrix() -> None:
    request, point = asked("sin(tr(A @ X @ Y))", "f wrt X")
    target = Unresolved(request.of, request.wrt)
    ours = Point({name: [[complex(z) for z in row] for row in array] for name, array in point.items()}, SIZES)
    found = central(lambda at: value(request.of, at, precise()), target, point_in(ours, precise()))
    assert judge.differ(np.array([[float(z.real) for z in row] for row in found]), evaluated(target, point)) < 1e-12


@pytest.mark.parametrize(
    ("function", "request_", "known"),
    [
        ("t**3*s", "f wrt t, then s", "3*t**2"),
        ("exp(t)*s", "f wrt t twice", "exp(t)*s"),
        ("sin(t*s)", "f wrt s twice", "-t**2*sin(t*s)"),
    ],
)
def test_a_second_derivative_holds_to_forty_digits(function: str, request_: str, known: str) -> None:
    problem = problem_of(GIVEN, f"f = {function}; g = {known}", request_)
    request = problem.requests[0]
    m = precise()
    point = Point({"t": [[m.number(Fraction(3, 7))]], "s": [[m.number(Fraction(5, 3))]]}, SIZES)
    derivative = Unresolved(Unresolved(request.of, request.wrt), request.then or request.wrt)
    ((found,),), ((wanted,),) = (value(expr, point, m) for expr in (derivative, problem.functions["g"]))
    assert float(abs(found - wanted)) < 1e-40
