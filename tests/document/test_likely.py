"""A page warns of a wrong answer that is marked as wrong, with the numbers or sizes that give it away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derivgen.answers.mistakes import MISTAKES
from derivgen.calculus.derive import derive
from derivgen.document.blocks import Callout
from derivgen.document.likely import likely_mistake
from derivgen.document.wording.slips import REASONS
from derivgen.document.worked import worked as page
from derivgen.expr.nodes import Constant, Stack, Variable
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words
from derivgen.spec.files import find_specs
from tests.calculus.judge import problem_of

GALLERY = Path(__file__).parents[2] / "specs"


def said(variables: str, functions: str, request: str, *, assume: tuple[str, ...] = ()) -> str:
    problem = problem_of(variables, functions, request, assume=assume)
    return words(likely_mistake(problem, derive(problem, problem.requests[0]))[1])


def test_every_mistake_has_a_sentence_for_pages_that_calls_it_wrong() -> None:
    assert list(REASONS) == [mistake.name for mistake in MISTAKES]
    assert all(sentence.startswith("The wrong answer {claim} ") for sentence in REASONS.values())


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "wrong", "shown"),
    [
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", "2*x.T @ A", "it gives"),
        ("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x", "2*A @ (A @ x - b)",
         "It multiplies m × n by m × 1, and these sizes do not fit together."),
        ("w: vector(n); x: vector(n)", "y = w*x", "y wrt w", "x", "It is n × 1, and the derivative is n × n."),
        ("x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y", "df/dx = 40*x*y", "Here y is a constant."),
        ("w: vector(n); x: vector(n); b: scalar", "a = max(0, w.T @ x + b)", "a wrt w", "x.T",
         "On the second side of the kink it gives"),
    ],
)  # fmt: skip
def test_the_wrong_answer_stands_beside_what_gives_it_away(
    variables: str, functions: str, request_: str, wrong: str, shown: str
) -> None:
    told = said(variables, functions, request_)
    assert told.startswith(f"The wrong answer {wrong} ")
    assert shown in told


def test_a_matrix_taken_for_its_transpose_is_told_in_the_layout_of_the_page() -> None:
    """In denominator layout 2 A x is written for (A + A.T) x, and not 2 A.T x."""
    given = problem_of("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    problem = replace(given, layout="denominator")
    told = words(likely_mistake(problem, derive(problem, problem.requests[0]))[1])
    assert told.startswith("The wrong answer 2*A @ x is right only if A is symmetric.")


def test_a_wrong_answer_that_is_too_long_to_read_is_not_told() -> None:
    told = said("X: matrix(N, n); w: vector(n); y: vector(N)", "L = norm(X @ w - y)**2 + w.T @ w", "L wrt w twice")
    assert "norm" not in told


def test_a_gradient_by_a_symmetric_matrix_warns_of_its_other_form() -> None:
    told = said("S: symmetric(n); A: matrix(n, n)", "f = tr(A @ S)", "f wrt S")
    assert told.startswith("Mixing the two forms for a symmetric variable.")


def test_the_two_numbers_of_a_mistake_differ_where_short_points_hide_it() -> None:
    # At y = 2 both 20*x*y**2 and 40*x*y are the same.
    problem = problem_of("x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y")
    (one,), told = likely_mistake(problem, derive(problem, problem.requests[0]))
    values = {variable.name: value.value for variable, value in one.given if isinstance(value, Constant)}
    assert values["y"] != 2
    made, right = told_numbers(words(told))
    assert (made, right) == (40 * values["x"] * values["y"], 20 * values["x"] * values["y"] ** 2)
    assert made != right


def told_numbers(sentence: str) -> tuple[Fraction, Fraction]:
    """The numbers of `it gives 80 instead of 40.`"""
    made, _, right = sentence.rpartition(" it gives ")[2].rstrip(".").partition(" instead of ")
    return Fraction(made), Fraction(right)


def test_the_matrix_of_a_check_is_not_its_own_transpose() -> None:
    problem = problem_of("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    (one,), _ = likely_mistake(problem, derive(problem, problem.requests[0]))
    (matrix,) = (value for variable, value in one.given if isinstance(variable, Variable) and variable.name == "A")
    assert isinstance(matrix, Stack)
    assert matrix.rows != tuple(zip(*matrix.rows, strict=True))


def test_targets_that_add_up_to_one_are_shares_of_it() -> None:
    problem = problem_of("z: vector(n); t: vector(n)", "L = logsumexp(z) - t.T @ z", "L wrt z", assume=("sum(t) = 1",))
    (one,), _ = likely_mistake(problem, derive(problem, problem.requests[0]))
    (shares,) = (value for variable, value in one.given if variable.name == "t")
    assert isinstance(shares, Stack)
    numbers = [entry.value for row in shares.rows for entry in row if isinstance(entry, Constant)]
    assert sum(numbers) == 1
    assert min(numbers) >= 0


@pytest.mark.slow
@pytest.mark.parametrize("path", find_specs([GALLERY]), ids=lambda path: path.stem)
def test_every_page_of_the_gallery_has_a_remark_or_a_common_mistake(path: Path) -> None:
    done = worked(path, GALLERY, Wishes())
    if done.problem is not None and done.derivations:
        kinds = [block.kind for block in page(done.problem, done.derivations) if isinstance(block, Callout)]
        assert {"remark", "mistake"} & set(kinds)


def test_a_vector_loses_the_vector_of_ones_and_no_number() -> None:
    functions = "p = softmax(z); L = -dot(t, log(p))"
    assert "p - ones(n)" in said("z: vector(n); t: vector(n)", functions, "L wrt z", assume=("sum(t) = 1",))


def test_factors_of_a_trace_that_do_not_fit_are_told_in_the_layout_asked() -> None:
    given = problem_of("X: matrix(m, n); A: matrix(p, m); B: matrix(n, p)", "f = -15*tr(A @ X @ B)", "f wrt X")
    problem = replace(given, layout="denominator")
    told = words(likely_mistake(problem, derive(problem, problem.requests[0]))[1])
    # The gradient is -15 (B A)' = -15 A' B'; B' is p x n and A' is m x p.
    assert told.startswith("The wrong answer -15*B.T @ A.T reverses the factors of a trace.")
    assert "It multiplies p × n by m × p, and these sizes do not fit together." in told


def test_a_square_answer_of_the_other_layout_is_told_in_the_layout_asked() -> None:
    given = problem_of("x: vector(n); A: matrix(n, n)", "y = A @ x", "y wrt x")
    problem = replace(given, layout="denominator")
    told = words(likely_mistake(problem, derive(problem, problem.requests[0]))[1])
    # The Jacobian of A x is A in numerator layout and A' in denominator layout.
    assert told.startswith("The wrong answer A is that of numerator layout.")


def test_no_array_of_zeros_is_told_of_as_a_likely_mistake() -> None:
    """By the product rule with one term lost x*x has a zero second derivative, which nobody writes down."""
    told = said("x: vector(n)", "y = x*x", "y wrt x twice")
    assert told.startswith("The wrong answer ")
    assert "zeros" not in told


def test_a_page_in_numerator_layout_warns_of_no_slip_in_denominator_layout() -> None:
    given = problem_of("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x")
    problem = replace(given, layout="numerator")
    told = words(likely_mistake(problem, derive(problem, problem.requests[0]))[1])
    assert told.startswith("The wrong answer 2*(A @ x - b).T leaves out the derivative of the inner function")


def test_zeros_in_one_layout_are_not_taken_for_those_in_the_other() -> None:
    assert "zeros" not in said("A: matrix(m, n); x: vector(n)", "y = A @ x", "y wrt x twice")
