"""Points at which lines are checked: matrices that are invertible or positive definite, whole exponents, tall sizes."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.calculus.conditions import smooth_domain, stated
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, Values
from derivgen.calculus.points import Ground, draw, holds
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Variable
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Condition
from tests.calculus.judge import problem_of
from tests.oracle import Array

GIVEN = (
    "x: vector(n); u: vector(n); v: vector(n); b: vector(m); t: scalar; s: scalar; k: scalar; A: matrix(m, n); "
    "B: matrix(m, n); W: matrix(p, n); X: matrix(n, n); Y: matrix(n, n); S: symmetric(n); R: symmetric(n)"
)
# function, assumptions, what is printed
CONDITIONS = (
    ("inv(X)", (), ("X invertible",)),
    ("det(X)", (), ("X invertible",)),
    ("1/det(X)", (), ("X invertible",)),
    ("logdet(X)", (), ("det(X) > 0",)),
    ("log(det(X.T))", (), ("det(X) > 0",)),
    ("inv(inv(X.T)) @ x", (), ("X invertible",)),
    ("inv(2*X)", (), ("X invertible",)),
    ("inv(t*X)", (), ("t != 0", "X invertible")),
    ("inv(X @ Y)", (), ("X invertible", "Y invertible")),
    ("inv(kron(X, Y))", (), ("X invertible", "Y invertible")),
    ("matpow(X, -2)", (), ("X invertible",)),
    ("matpow(X, 3)", (), ()),
    ("inv(diag(x))", (), ("x != 0",)),
    ("inv(A.T @ A) @ A.T @ b", (), ("A.T @ A invertible", "m >= n")),
    ("inv(A.T @ A) @ A.T @ b", ("m >= n",), ("m >= n", "A.T @ A invertible")),
    ("logdet(A @ A.T)", (), ("A @ A.T invertible", "n >= m")),
    ("inv(A.T @ B)", (), ("A.T @ B invertible", "m >= n")),
    ("inv(A @ X @ A.T)", (), ("A @ X @ A.T invertible", "n >= m")),
    ("logdet(A.T @ A + W.T @ W)", (), ("A.T @ A + W.T @ W invertible", "m + p >= n")),
    ("inv(A.T @ A + t*eye(n))", (), ("A.T @ A + t*eye(n) invertible",)),
    ("inv(A.T @ A + t*eye(n))", ("t > 0",), ("t > 0",)),
    ("logdet(A.T @ A + exp(t)*eye(n))", (), ()),
    ("logdet(eye(n) + u @ u.T + v @ v.T)", (), ()),
    ("logdet(eye(n) + u @ v.T)", (), ("det(eye(n) + u @ v.T) > 0",)),
    ("logdet(eye(n) - u @ u.T)", (), ("det(eye(n) - u @ u.T) > 0",)),
    ("logdet(S)", ("S positive definite",), ("S positive definite",)),
    ("x.T @ inv(S) @ x", ("S positive definite",), ("S positive definite",)),
    ("logdet(S + R)", ("S positive definite", "R positive definite"), ("S positive definite", "R positive definite")),
    ("logdet(S @ R)", ("S positive definite",), ("S positive definite", "det(S @ R) > 0")),
    ("logdet(X.T @ S @ X)", ("S positive definite",), ("S positive definite", "X invertible")),
    ("logdet(X)", ("X invertible",), ("det(X) > 0",)),
    ("inv(X)", ("det(X) > 0",), ("det(X) > 0",)),
    ("log(t)", ("t > 2",), ("t > 2",)),
    ("log(t)", ("s > 0",), ("t > 0",)),
    ("A/norm(A)", (), ("norm(A) != 0",)),
    ("x[3]", ("n >= 5",), ("n >= 5",)),
)  # fmt: skip


@pytest.mark.parametrize(("function", "assume", "wanted"), CONDITIONS, ids=[f"{r[0]} {r[1]}" for r in CONDITIONS])
def test_only_the_conditions_that_are_needed_are_stated(
    function: str, assume: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    problem = problem_of(GIVEN, f"f = {function}", assume=assume)
    of = problem.functions["f"]
    found = stated(of, smooth_domain(of), problem.assumptions)
    assert tuple(condition_text(condition) for condition in found) == wanted


def points_for(function: str, *assume: str) -> tuple[Point, ...]:
    problem = problem_of(GIVEN, f"f = {function}", assume=assume)
    of = problem.functions["f"]
    moving = tuple(problem.variables)
    return draw(Ground((of,), (*problem.assumptions, *smooth_domain(of)), moving), f"test {function}")


def real(rows: list[list[complex]]) -> Array:
    return np.array([[complex(z).real for z in row] for row in rows])


@pytest.mark.parametrize(("function", "assume"), [row[:2] for row in CONDITIONS])
def test_points_are_found_for_every_domain(function: str, assume: tuple[str, ...]) -> None:
    points = points_for(function, *assume)
    assert len(points) == 4
    if any(name.isupper() for name in function):
        assert len({tuple(sorted(point.sizes.items())) for point in points}) >= 2


def test_an_inverse_that_needs_a_tall_matrix_is_drawn_with_tall_sizes_only() -> None:
    points = points_for("inv(A.T @ A) @ A.T @ b")
    assert all(point.sizes["m"] > point.sizes["n"] for point in points)
    assert all(np.linalg.cond(real(p.values["A"]).T @ real(p.values["A"])) < 1e5 for p in points)


@pytest.mark.parametrize(
    ("function", "assume", "matrix"),
    [
        ("logdet(S)", "S positive definite", lambda v: v["S"]),
        ("logdet(X)", "X positive definite", lambda v: v["X"]),
        ("logdet(S + R)", "S + R positive definite", lambda v: v["S"] + v["R"]),
        ("logdet(X - Y)", "X - Y positive definite", lambda v: v["X"] - v["Y"]),
        ("x.T @ S @ x", "-S positive definite", lambda v: -v["S"]),
    ],
)  # fmt: skip
def test_what_is_asked_to_be_positive_definite_is(function: str, assume: str, matrix: object) -> None:
    for point in points_for(function, assume):
        made = matrix({name: real(array) for name, array in point.values.items()})  # type: ignore[operator]  # a lambda
        assert np.abs(made - np.swapaxes(made, 0, 1)).max() < 1e-9
        assert np.linalg.eigvalsh(made).min() > 0
        assert np.linalg.cond(made) < 1e5


def test_a_matrix_that_is_not_asked_to_be_symmetric_is_not() -> None:
    for function in ("logdet(X)", "inv(X + Y)", "det(X)", "log(x.T @ X @ x)"):
        for point in points_for(function):
            made = real(point.values["X"])
            assert np.abs(made - np.swapaxes(made, 0, 1)).max() > 1e-3, function


def test_a_symmetric_variable_and_its_change_are_symmetric() -> None:
    for point in points_for("logdet(S + R)"):
        for array in (point.values["S"], point.changes["S"], point.changes["R"]):
            assert np.array_equal(real(array), np.swapaxes(real(array), 0, 1))


def test_the_exponent_of_a_matrix_is_a_whole_number_from_two() -> None:
    exponents = [complex(point.values["k"][0][0]) for point in points_for("tr(matpow(X, k - 1)) + k")]
    assert all(z == round(z.real) and z.real >= 2 for z in exponents)


@pytest.mark.parametrize(
    ("matrix", "is_invertible"),
    [
        ([[1, 2], [3, 4]], True),
        ([[1e-3, 0], [0, 1e-3]], True),
        ([[1, 2], [2, 4]], False),
        ([[1, 0], [0, 1e-6]], False),
        ([[0, 0], [0, 0]], False),
    ],
)
def test_invertible_means_well_conditioned_however_large(matrix: list[list[complex]], *, is_invertible: bool) -> None:
    X = Variable("X", problem_of("X: matrix(2, 2)", "").variables["X"].shape)
    assert holds(Condition(X, "invertible"), Values(Point({"X": matrix}, {}), FLOATS)) == is_invertible


@pytest.mark.parametrize(
    ("matrix", "is_definite"),
    [
        ([[2, 1], [1, 2]], True),
        ([[2, 1], [0, 2]], False),
        ([[1, 2], [2, 1]], False),
        ([[-2, 0], [0, -2]], False),
        ([[1, 1], [1, 1]], False),
    ],
)
def test_positive_definite_means_symmetric_with_positive_eigenvalues(
    matrix: list[list[complex]], *, is_definite: bool
) -> None:
    X = Variable("X", problem_of("X: matrix(2, 2)", "").variables["X"].shape)
    assert holds(Condition(X, "positive definite"), Values(Point({"X": matrix}, {}), FLOATS)) == is_definite


def test_conditions_that_contradict_each_other_are_named() -> None:
    with pytest.raises(DerivgenError) as caught:
        points_for("logdet(S)", "S positive definite", "-S positive definite")
    assert "S positive definite" in caught.value.faults[0].message
