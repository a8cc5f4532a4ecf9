"""Each known mistake is made where it can be, and its answer is never the right one."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from derivgen.answers.mistakes import MISTAKES, wrong_answers
from derivgen.answers.wrong import Wrong
from derivgen.calculus.derive import derive
from derivgen.problem.problem import Problem
from derivgen.project.work import Wishes, worked
from derivgen.spec.files import find_specs
from tests.calculus.judge import Sizes, assignments, drawn, numbers_in, problem_of, size_names, wholly
from tests.oracle import Point

GALLERY = Path(__file__).parents[2] / "specs"
NAMES = [mistake.name for mistake in MISTAKES]
X = "x: vector(n)"
A = "A: matrix(n, n); x: vector(n)"
AB = "A: matrix(m, n); x: vector(n); b: vector(m)"

# The mistake, where it is made, and what comes out: by hand, as the catalogue of mistakes has it.
MADE = (
    ("returned_function", "x: scalar", "f = 99", "f wrt x", "99"),
    ("both_variables_at_once", "x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y", "40*x*y"),
    ("product_of_derivatives", "x: scalar", "f = x**3*sin(x)", "f wrt x", "3*x**2*cos(x)"),
    ("dropped_path", "x: scalar", "u = x**2; y = sin(x) + u", "y wrt x", "cos(x)"),
    ("quotient_rule", "x: scalar", "f = sin(x)/x", "f wrt x", "cos(x)/x + sin(x)/x**2"),
    ("diagonal_only", X, "f = softmax(x)", "f wrt x", "diag(softmax(x)*(1 - softmax(x)))"),
    ("missing_normaliser", X, "f = logsumexp(x)", "f wrt x", "exp(x).T"),
    ("abs_ignored", X, "f = norm1(x)", "f wrt x", "ones(n).T"),
    ("assumed_symmetric", A, "f = x.T @ A @ x", "f wrt x", "2*x.T @ A"),
    ("dropped_elementwise_derivative", "w: vector(n); x: vector(n)", "a = relu(w.T @ x)", "a wrt w", "x.T"),
    ("activation_for_derivative", X, "f = tanh(x)", "f wrt x", "diag(tanh(x))"),
    ("exponent_kept", "x: scalar", "f = x**3", "f wrt x", "3*x**3"),
    ("reversed_trace", "A: matrix(k, p); X: matrix(p, q); B: matrix(q, k)", "f = tr(A @ X @ B)", "f wrt X", ""),
    ("missing_transpose", AB, "f = norm(A @ x - b)**2", "f wrt x", ""),
    ("dropped_inner_derivative", "x: scalar", "f = log(x**2)", "f wrt x", "1/x**2"),
    ("lost_diag", "w: vector(n); x: vector(n)", "y = w*x", "y wrt w", "x"),
    ("row_major_vec", "A: matrix(m, n); X: matrix(n, k)", "Y = A @ X", "Y wrt X", "kron(A, eye(k))"),
    ("dropped_product_term", A, "f = x.T @ A @ x", "f wrt x", "x.T @ A.T"),
    ("det_logdet_confusion", "X: matrix(n, n)", "f = logdet(X)", "f wrt X", "det(X)*inv(X)"),
    ("mean_as_sum", X, "f = mean(x**2)", "f wrt x", "2*x.T"),
    ("extra_factor_2", X, "f = x.T @ x/2", "f wrt x", "2*x.T"),
    ("missing_factor_2", AB, "f = norm(A @ x - b)**2", "f wrt x", "(A @ x - b).T @ A"),
    ("norm_confusion", X, "f = norm(x)", "f wrt x", "2*x.T"),
    ("wrong_sign", "X: matrix(n, n)", "f = tr(inv(X))", "f wrt X", "inv(X) @ inv(X)"),
    ("missing_ones", "x: vector(n); c: scalar", "y = x + c", "y wrt c", "1"),
    ("missing_identity", "x: vector(n); c: scalar", "y = c*x", "y wrt x", "c"),
    ("constant_kept", "w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b", "z wrt b", "w.T @ x + 1"),
    ("dropped_factor", "x: scalar", "f = 3*x", "f wrt x", "1"),
    ("other_layout", "X: matrix(n, n)", "f = logdet(X)", "f wrt X", "inv(X)"),
    ("summed_gradient", X, "f = sum(x**2)", "f wrt x", "2*sum(x)"),
)  # fmt: skip


def made(name: str, variables: str, functions: str, request: str) -> tuple[Problem, Wrong | None]:
    problem = problem_of(variables, functions, request)
    derivation = derive(problem, problem.requests[0])
    found = {mistake.name: wrong for mistake, wrong in wrong_answers(problem, derivation)}
    return problem, found.get(name)


def test_every_mistake_is_tried_and_its_name_stands_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {row[0] for row in MADE} == set(NAMES)


@pytest.mark.parametrize(("name", "variables", "functions", "request_", "wanted"), MADE, ids=[row[0] for row in MADE])
def test_the_wrong_answer_is_the_one_that_the_mistake_gives(
    name: str, variables: str, functions: str, request_: str, wanted: str
) -> None:
    problem, wrong = made(name, variables, functions, request_)
    assert wrong is not None
    assert (wrong.misfit is not None) == (wanted == "")
    if wanted:
        sizes = assignments(size_names(problem))[0]
        points = [drawn(problem.variables, sizes, np.random.default_rng(k), positive=k == 0) for k in range(6)]
        found, right = (numbers_in(expr, points[0], sizes) for expr in (wrong.expr, wholly(wanted, problem)))
        np.testing.assert_allclose(found, right)
        assert differ(wrong, points, sizes)


def differ(wrong: Wrong, points: list[Point], sizes: Sizes) -> bool:
    """Whether the wrong answer has another shape or, at one of the points, another value than the right one."""
    pairs = [(numbers_in(wrong.expr, point, sizes), numbers_in(wrong.right, point, sizes)) for point in points]
    finite = [(a, b) for a, b in pairs if np.isfinite(a).all() and np.isfinite(b).all()]
    return any(a.shape != b.shape or not np.allclose(a, b) for a, b in finite)


@pytest.mark.parametrize(
    ("name", "variables", "functions", "request_"),
    [
        ("assumed_symmetric", "A: symmetric(n); x: vector(n)", "f = x.T @ A @ x", "f wrt x"),
        ("other_layout", "x: vector(n); A: symmetric(n)", "y = A @ x", "y wrt x"),
        ("dropped_product_term", "a: vector(n); x: vector(n)", "f = a.T @ x", "f wrt x"),
        ("missing_factor_2", "x: scalar", "f = 3*x", "f wrt x"),
        ("dropped_path", "x: scalar", "u = x**2; y = sin(u)", "y wrt x"),
        ("both_variables_at_once", "x: scalar; y: scalar", "f = x*y", "f wrt x"),
        ("wrong_sign", "x: vector(n)", "y = 2*x", "y wrt x"),
        ("reversed_trace", "a: vector(n); X: matrix(n, n)", "f = tr(X)", "f wrt X"),
    ],
)
def test_a_mistake_that_cannot_be_made_is_none(name: str, variables: str, functions: str, request_: str) -> None:
    assert made(name, variables, functions, request_)[1] is None


def test_an_answer_whose_sizes_do_not_fit_names_the_two_that_meet() -> None:
    _, wrong = made("missing_transpose", AB, "f = norm(A @ x - b)**2", "f wrt x")
    assert wrong is not None
    assert wrong.layout == "denominator"
    assert wrong.misfit is not None
    assert [str(array.shape) for array in wrong.misfit] == ["m x n", "m x 1"]


def test_what_is_in_a_sentence_is_a_fact_of_the_wrong_answer() -> None:
    for name, variables, functions, request_, _ in MADE:
        mistake = next(mistake for mistake in MISTAKES if mistake.name == name)
        wrong = made(name, variables, functions, request_)[1]
        assert wrong is not None
        slots = {field for _, field, _, _ in Formatter().parse(mistake.sentence) if field}
        assert slots <= set(dict(wrong.facts)), name


@pytest.mark.slow
@pytest.mark.parametrize("path", find_specs([GALLERY]), ids=lambda path: path.stem)
def test_no_wrong_answer_of_the_gallery_is_the_right_one(path: Path) -> None:
    done = worked(path, GALLERY, Wishes())
    problem = done.problem
    if problem is None:
        return
    sizes = assignments(size_names(problem))[0]
    points = [drawn(problem.variables, sizes, np.random.default_rng(k), positive=k % 2 == 0) for k in range(8)]
    for derivation in done.derivations:
        for mistake, wrong in wrong_answers(problem, derivation):
            assert wrong.misfit is not None or differ(wrong, points, sizes), (
                f"{mistake.name}: {derivation.request.text}"
            )
