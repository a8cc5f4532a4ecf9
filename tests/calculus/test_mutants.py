"""Wrong rules are found: by the engine's own check of a step, or by a small panel of problems."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from derivgen.calculus.derive import derive
from derivgen.expr.walk import inlined
from derivgen.problem.problem import Problem
from tests.calculus import differences
from tests.calculus.judge import Sizes, differ, numbers_in, problem_of, size_names
from tests.calculus.mutants import MUTANTS, RecordSlip, Slip, planted
from tests.oracle import Array

pytestmark = pytest.mark.slow

SQUARES = "X: matrix(n, n); A: matrix(n, n)"
PANEL = (
    (SQUARES, "f = tr(A @ X @ A @ X.T) + tr(matpow(X, 3))", "f wrt X"),
    (SQUARES, "f = det(A @ X) + sum(A*X**3) + mean(X)*X[1, 2]", "f wrt X"),
    ("X: matrix(m, n); A: matrix(m, n)", "f = norm(X - A)**2 + tr(A.T @ sin(X))", "f wrt X"),
    ("X: matrix(n, n); a: vector(n); b: vector(n)", "f = logdet(X) + a.T @ inv(X) @ b", "f wrt X"),
    ("X: matrix(m, n); A: matrix(p, m); B: matrix(n, q)", "Y = A @ X @ B", "Y wrt X"),
    ("X: matrix(m, n); A: matrix(n, p)", "Y = X.T*3/(1 + X.T**2)", "Y wrt X"),
    ("X: matrix(m, n); A: matrix(p, q)", "Y = kron(A, X)", "Y wrt X"),
    ("X: matrix(m, n); A: matrix(p, q)", "Y = kron(X, A)", "Y wrt X"),
    ("X: matrix(m, n)", "Y = X*X.T.T - X.T.T", "Y wrt X"),
    ("X: matrix(m, n)", "Y = X.T @ X", "Y wrt X"),
    ("X: matrix(m, n); a: vector(n)", "y = softmax(X @ a)", "y wrt X"),
    ("X: matrix(m, n); a: vector(n); b: vector(m)", "f = b.T @ softmax(X @ a)", "f wrt X"),
    ("X: matrix(n, n); a: vector(n)", "y = inv(X) @ a + diag(X)", "y wrt X"),
    ("X: matrix(m, n); A: matrix(m, n)", "f = vec(A).T @ vec(X*X) + vec(X).T @ vec(A)", "f wrt X"),
    ("X: matrix(n, n); A: matrix(n, n)", "f = tr(A @ matpow(X, -2)) + inv(X)[1, 2]", "f wrt X"),
    ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x + sin(x).T @ A.T @ x + norm(A @ x)**2", "f wrt x"),
    ("x: vector(n); A: matrix(n, n)", "f = (x.T @ A @ x)/(x.T @ x) + sum(A @ x/x)", "f wrt x"),
    ("x: vector(n); a: vector(n)", "y = x*tanh(a.T @ x) + where(x > 1, x**2, 3*x)", "y wrt x"),
    ("x: vector(n); y: vector(n)", "Y = outer(x, y*x)", "Y wrt x"),
    ("x: vector(n); y: vector(n)", "f = dot(x, sigmoid(x)) + prod(x) + dot(sqrt(x), y)", "f wrt x"),
    ("x: vector(n)", "Y = diag(x**2) @ ones(n, n)", "Y wrt x"),
    ("x: vector(n); A: matrix(n, n)", "y = diag(x) @ A @ x", "y wrt x"),
    ("x: vector(n); A: matrix(n, n)", "f = tr(A @ diag(x) @ A) + x.T @ diag(x) @ A @ x", "f wrt x"),
    ("t: scalar; A: matrix(n, n)", "Y = inv(A + t**2*eye(n))", "Y wrt t"),
    ("X: symmetric(n); A: matrix(n, n)", "f = tr(A @ X @ X)", "f wrt X"),
    ("X: symmetric(n); a: vector(n)", "y = X @ a", "y wrt X"),
    ("X: symmetric(n); A: matrix(n, n)", "f = tr(A @ X @ X)", "f wrt X twice"),
    ("X: matrix(n, n)", "f = logdet(X)", "f wrt X twice"),
    ("X: matrix(m, n); A: matrix(m, m); B: matrix(n, n)", "f = tr(A @ X @ B @ X.T)", "f wrt X twice"),
    ("x: vector(n); A: matrix(n, n)", "f = logsumexp(A @ x)", "f wrt x twice"),
    ("X: matrix(m, n); a: vector(m); b: vector(n)", "f = sin(a.T @ X @ b)", "f wrt X, then a"),
    ("X: matrix(n, n); A: matrix(n, n)", "f = tr(diag(X @ A) @ ones(1, n))", "f wrt X"),
    ("X: matrix(m, n); A: matrix(p, n); B: matrix(m, p)", "f = tr(A @ X.T @ B) + X.T[1, 2]**2", "f wrt X"),
    (SQUARES, "f = tr(A @ inv(matpow(X, 2))) + tr(inv(X) @ X.T @ A)", "f wrt X"),
    ("X: matrix(n, n); A: matrix(n, n)", "f = tr(A @ matpow(X, 2) @ X)", "f wrt X"),
    ("s: scalar; A: matrix(n, n); x: vector(n); a: vector(n)", "y = s**2*diag(x) @ a + tr(A + s*eye(n))*x", "y wrt s"),
    ("s: scalar; A: matrix(n, n); B: matrix(m, m); C: matrix(m, n)", "y = kron(A, B) @ vec(s**2*C)", "y wrt s"),
    ("x: vector(n); a: vector(m); b: vector(n)", "y = commutation(m, n) @ kron(x, a)", "y wrt x"),
    ("x: vector(n); a: vector(n); b: vector(n)", "f = x.T @ diag(a @ b.T)", "f wrt x"),
    ("x: vector(n); A: matrix(m, n); B: matrix(m, n)", "y = 2*A @ x + 4*B @ x", "y wrt x"),
    ("X: matrix(n, n); s: scalar", "Y = tr(X)*[[s, X[1, 2]], [X[2, 1], s**2]]", "Y wrt X"),
)  # fmt: skip
LEAST = 0.95


def sizes_of(problem: Problem) -> Sizes:
    """Sizes that tell rows from columns, tall first."""
    return {name: {"m": 4, "n": 3, "p": 2, "q": 5}[name] for name in size_names(problem)}


@cache
def judged(index: int) -> tuple[Problem, dict[str, Array], Array]:
    """A problem of the panel with a point and its derivative by differences."""
    problem = problem_of(*PANEL[index])
    request, sizes = problem.requests[0], sizes_of(problem)
    of, wrt = inlined(request.of), request.wrt[0]
    point = differences.draw_point(problem.variables, sizes, np.random.default_rng(4), positive=True)
    then = request.then[0] if request.then else wrt if request.order == 2 else None
    if then is None:
        return problem, point, differences.first(of, wrt, point, sizes)
    return problem, point, differences.second(of, wrt, then, point, sizes)


def is_wrong(index: int) -> bool:
    """Whether a problem of the panel shows that something is wrong: a step that fails, or another value."""
    problem, point, wanted = judged(index)
    sizes = sizes_of(problem)
    request = problem.requests[0]
    try:
        found = derive(problem, request)
        numerator, denominator = (numbers_in(result.expr, point, sizes) for result in found.results)
    except Exception:  # a wrong rule may end in any error; each is seen
        return True
    turned = wanted if request.order == 2 and not request.then else wanted.T
    return differ(numerator, wanted) > 1e-6 or differ(denominator, turned) > 1e-6


def test_the_panel_is_right_without_a_mutant() -> None:
    assert [PANEL[index] for index in range(len(PANEL)) if is_wrong(index)] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_changes_a_rule(mutant: Slip | RecordSlip) -> None:
    with planted(mutant):
        pass


def test_nearly_all_mutants_are_found() -> None:
    survivors = []
    for mutant in MUTANTS:
        for index in range(len(PANEL)):
            judged(index)
        with planted(mutant):
            if not any(is_wrong(index) for index in range(len(PANEL))):
                survivors.append(str(mutant))
    assert len(MUTANTS) >= 40
    assert len(survivors) <= (1 - LEAST) * len(MUTANTS), "\n".join(survivors)
    print(f"{len(MUTANTS) - len(survivors)} of {len(MUTANTS)} mutants found; left: {survivors}")  # noqa: T201  # the report of this test
