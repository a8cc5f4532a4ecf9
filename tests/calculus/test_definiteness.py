"""What is said to be positive for all values is so at random points, and nothing more is said."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.calculus.definiteness import Definiteness, Sign, definiteness, sign_of
from tests import oracle
from tests.calculus.judge import drawn, problem_of

GIVEN = "x: vector(n); u: vector(n); t: scalar; A: matrix(m, n); X: matrix(n, n); S: symmetric(n); R: symmetric(n)"
SIZES = {"n": 2, "m": 3}
MATRICES: tuple[tuple[str, Definiteness], ...] = (
    ("eye(n)", "definite"),
    ("2*eye(n) + A.T @ A", "definite"),
    ("eye(n)/exp(t) + u @ u.T", "definite"),
    ("A.T @ A", "semidefinite"),
    ("A @ A.T", "semidefinite"),
    ("X.T @ A.T @ A @ X", "semidefinite"),
    ("(A @ X).T @ (A @ X)", "semidefinite"),
    ("outer(x, x)", "semidefinite"),
    ("S @ S", "semidefinite"),
    ("S @ A.T @ A @ S", "semidefinite"),
    ("eye(n) + 3", "definite"),
    ("t**2*A.T @ A", "semidefinite"),
    ("t*t*A.T @ A", "semidefinite"),
    ("diag(exp(x))", "definite"),
    ("diag(x**2)", "semidefinite"),
    ("kron(eye(2), eye(n) + x @ x.T)", "definite"),
    ("(A.T @ A) * (eye(n) + x @ x.T)", "semidefinite"),
    ("inv(eye(n) + A.T @ A)", "definite"),
    ("matpow(eye(n) + A.T @ A, 3)", "definite"),
    ("diag(x)", "unknown"),
    ("S", "unknown"),
    ("X @ X", "unknown"),
    ("exp(S)", "unknown"),
    ("x @ u.T", "unknown"),
    ("eye(n) - x @ x.T", "unknown"),
    ("-eye(n)", "unknown"),
    ("t*eye(n)", "unknown"),
    ("X.T @ S @ X", "unknown"),
    ("X @ A.T @ A @ X", "unknown"),
    ("ones(n, n) - eye(n)", "unknown"),
    ("eye(n) - 3", "unknown"),
)
SIGNS: tuple[tuple[str, Sign], ...] = (
    ("x.T @ x", "nonnegative"),
    ("x.T @ A.T @ A @ x", "nonnegative"),
    ("x.T @ S @ S @ x + 1", "positive"),
    ("det(eye(n) + A.T @ A)", "positive"),
    ("tr(A.T @ A)", "nonnegative"),
    ("exp(t)*cosh(t)", "positive"),
    ("x.T @ S @ x", "unknown"),
    ("det(X)", "unknown"),
    ("tr(X)", "unknown"),
    ("x.T @ u", "unknown"),
    ("-x.T @ x", "unknown"),
)


def values(source: str) -> list[oracle.Array]:
    problem = problem_of(GIVEN, f"f = {source}")
    found = []
    for seed in range(20):
        point = dict(drawn(problem.variables, SIZES, np.random.default_rng(seed), positive=False))
        for name in ("S", "R"):
            point[name] = (point[name] + np.swapaxes(point[name], 0, 1)) / 2
        found.append(oracle.value(problem.functions["f"], point, SIZES))
    return found


@pytest.mark.parametrize(("source", "claim"), MATRICES)
def test_a_matrix_is_as_definite_as_it_is_said_to_be(source: str, claim: Definiteness) -> None:
    assert definiteness(problem_of(GIVEN, f"f = {source}").functions["f"]) == claim
    if claim == "unknown":
        return
    for made in values(source):
        assert np.abs(made - np.swapaxes(made, 0, 1)).max() < 1e-10
        least = np.linalg.eigvalsh(made).min()
        assert least > 1e-9 if claim == "definite" else least > -1e-10


@pytest.mark.parametrize(("source", "claim"), SIGNS)
def test_a_number_has_the_sign_that_it_is_said_to_have(source: str, claim: Sign) -> None:
    assert sign_of(problem_of(GIVEN, f"f = {source}").functions["f"]) == claim
    if claim != "unknown":
        least = min(made.min() for made in values(source))
        assert least > 0 if claim == "positive" else least >= 0
