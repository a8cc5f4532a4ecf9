"""A remark is made of what holds, and of nothing else."""

from __future__ import annotations

import pytest

from derivgen.calculus.derive import derive
from derivgen.calculus.properties import facts
from derivgen.document.wording.notes import remark
from derivgen.printing.text import text
from derivgen.render.plain import words
from tests.calculus.judge import problem_of

A = "A: matrix(m, n); x: vector(n); b: vector(m)"


def found(variables: str, functions: str, request: str, assume: tuple[str, ...] = ()) -> dict[str, dict[str, str]]:
    """The names of the facts with their pieces as text."""
    problem = problem_of(variables, functions, request, assume=assume)
    several = facts(problem, derive(problem, problem.requests[0]))
    return {
        fact.name: {name: str(piece) if isinstance(piece, int) else text(piece) for name, piece in fact.pieces}
        for fact in several
    }


def test_a_symmetric_matrix_makes_the_gradient_of_a_quadratic_form_shorter() -> None:
    # Petersen and Pedersen, The Matrix Cookbook (2012), eq. 81 and what follows from it for A = A.T.
    made = found("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    assert made["symmetric case"] == {"matrix": "A", "special": "2*x.T @ A"}


def test_the_gradient_of_least_squares_is_zero_where_the_normal_equations_hold() -> None:
    # Boyd and Vandenberghe, Introduction to Applied Linear Algebra (2018), sec. 12.2.
    made = found(A, "f = norm(A @ x - b)**2", "f wrt x")
    assert made["normal equations"] == {"of": "f", "left": "A.T @ A @ x", "right": "A.T @ b"}
    assert "convex" in made


@pytest.mark.parametrize(
    ("name", "variables", "functions", "request_", "assume"),
    [
        ("constant", A, "y = A @ x + b", "y wrt x", ()),
        ("swap", "x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y", ()),
        ("sums to zero", "x: vector(n); t: vector(n)", "f = logsumexp(x) - t.T @ x", "f wrt x", ("sum(t) = 1",)),
        ("columns sum to zero", "x: vector(n)", "s = softmax(x)", "s wrt x", ()),
        ("strictly convex", "x: vector(n); S: symmetric(n)", "f = x.T @ S @ x", "f wrt x", ("S positive definite",)),
        ("strictly convex", "x: scalar", "f = exp(x)", "f wrt x", ()),
        ("convex", "x: vector(n); A: matrix(m, n)", "f = norm(A @ x)**2", "f wrt x twice", ()),
    ],
)
def test_what_holds_is_found(name: str, variables: str, functions: str, request_: str, assume: tuple[str, ...]) -> None:
    assert name in found(variables, functions, request_, assume)


@pytest.mark.parametrize(
    ("variables", "functions", "degree"),
    [
        ("x: vector(n)", "f = norm(x)", "1"),
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "2"),
        ("x: vector(n); A: matrix(n, n)", "f = (x.T @ A @ x)/(x.T @ x)", "0"),
        ("x: matrix(n, n)", "f = tr(matpow(x, 3))", "3"),
    ],
)
def test_the_degree_of_a_homogeneous_function_is_found(variables: str, functions: str, degree: str) -> None:
    assert found(variables, functions, "f wrt x")["homogeneous"]["degree"] == degree


@pytest.mark.parametrize(
    ("name", "variables", "functions", "request_"),
    [
        ("convex", "x: scalar", "f = x**3", "f wrt x"),
        ("convex", "x: scalar", "f = -x**2", "f wrt x"),
        ("strictly convex", "x: scalar", "f = 1/x**2", "f wrt x"),
        ("strictly convex", "x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x"),
        ("convex", "x: scalar", "f = x**2 - relu(x)", "f wrt x"),
        ("normal equations", "x: vector(n); A: matrix(n, n); b: vector(n)", "f = x.T @ A @ x - b.T @ x", "f wrt x"),
        ("swap", "x: scalar; y: scalar", "f = x**2*y", "f wrt x, y"),
        ("homogeneous", "x: vector(n); b: vector(n)", "f = norm(x - b)**2", "f wrt x"),
        ("constant", "x: vector(n)", "f = x.T @ x", "f wrt x"),
        ("sums to zero", "x: vector(n); t: vector(n)", "f = logsumexp(x) - t.T @ x", "f wrt x"),
        ("symmetric case", "x: vector(n); S: symmetric(n)", "f = x.T @ S @ x", "f wrt x"),
    ],
)
def test_what_does_not_hold_is_not_said(name: str, variables: str, functions: str, request_: str) -> None:
    assert name not in found(variables, functions, request_)


def test_a_loss_of_a_linear_map_is_not_called_a_linear_map() -> None:
    problem = problem_of(A, "e = A @ x - b; f = mean(e**2)", "f wrt x")
    derivation = derive(problem, problem.requests[0])
    assert words(remark(derivation, facts(problem, derivation))).startswith(
        "The gradient is zero where A.T @ A @ x = A.T @ b"
    )
