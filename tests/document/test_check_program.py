"""The program of a page's check runs with NumPy alone and prints the answer beside finite differences."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from pathlib import Path

import pytest

from derivgen.calculus.derive import derive
from derivgen.calculus.illustration import illustrations
from derivgen.document.checkprogram import check_program
from derivgen.document.likely import likely_mistake
from derivgen.problem.problem import LayoutName
from derivgen.project.work import Wishes, worked
from derivgen.spec.files import find_specs
from tests.calculus.judge import problem_of

GALLERY = Path(__file__).parents[2] / "specs"


def printed(source: str) -> list[str]:
    """What the program prints, run by itself."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(source, "check", "exec"), {"__name__": "__main__"})  # noqa: S102  # a program that derivgen wrote
    return said.getvalue().splitlines()


def sides(source: str) -> list[tuple[str, str]]:
    """The rows of numbers: the derivative by its formula, and by differences."""
    rows = [line.split(" | ") for line in printed(source) if line.startswith("[")]
    return [(left, right) for left, right in rows]


def program(variables: str, functions: str, request: str, *, assume: tuple[str, ...] = ()) -> str:
    problem = problem_of(variables, functions, request, assume=assume)
    derivation = derive(problem, problem.requests[0])
    return check_program(illustrations(problem, derivation), derivation)


@pytest.mark.parametrize(
    ("variables", "functions", "request_"),
    [
        ("x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y"),
        ("x: scalar; y: scalar", "f = x**3*y**2", "f wrt x, y twice"),
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x"),
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x twice"),
        # The arrays are smaller than they are declared, and so are means of them and identities.
        ("X: matrix(100, 10); w: vector(10); y: vector(100)", "f = mean((X @ w - y)**2) + 0.05*sum(w**2)", "f wrt w"),
        ("A: matrix(40, 40)", "f = norm(A - eye(40))**2/40 + mean(A)", "f wrt A"),
        ("X: matrix(p, q); A: matrix(k, p); B: matrix(q, k)", "f = tr(A @ X @ B)", "f wrt X"),
        ("X: matrix(p, q); A: matrix(k, p)", "Y = A @ X", "Y wrt X"),
        ("A: matrix(m, n); B: matrix(m, n); t: scalar", "Y = A + t*B + t**2*A", "Y wrt t"),
        ("A: matrix(m, n); t: scalar", "Y = t**3*A", "Y wrt t twice"),
        ("X: matrix(m, n); a: vector(m); b: vector(n)", "f = sin(a.T @ X @ b)", "f wrt X, then a"),
        ("S: symmetric(n); a: vector(n)", "f = a.T @ S @ S @ a", "f wrt S"),
        ("w: vector(n); x: vector(n); b: scalar", "a = max(0, w.T @ x + b)", "a wrt w"),
        ("lambda: scalar; show: scalar", "np = lambda**2*show", "np wrt lambda"),
        ("x: vector(1); y: vector(1)", "f = x**2*y", "f wrt x"),
        ("x: vector(n)", "f = sum(x)/n", "f wrt x"),
    ],
)
def test_the_formula_stands_beside_the_same_differences(variables: str, functions: str, request_: str) -> None:
    rows = sides(program(variables, functions, request_))
    assert rows
    assert [left for left, _ in rows] == [right for _, right in rows]


def test_a_likely_mistake_does_not_agree_with_the_differences() -> None:
    problem = problem_of("x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y")
    derivation = derive(problem, problem.requests[0])
    source = check_program(likely_mistake(problem, derivation)[0], derivation)
    assert "20 * x * y ** 2" in source
    assert any(left != right for left, right in sides(source.replace("20 * x * y ** 2", "40 * x * y")))


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_formula_is_in_the_layout_of_the_page(layout: LayoutName) -> None:
    problem = replace(problem_of("X: matrix(p, q); A: matrix(q, p)", "f = tr(A @ X)", "f wrt X"), layout=layout)
    derivation = derive(problem, problem.requests[0])
    (one,) = illustrations(problem, derivation)
    assert one.formula.shape == one.difference.shape
    rows = sides(check_program((one,), derivation))
    assert len(rows) == one.formula.shape.rows.number


def test_both_sides_of_a_kink_are_printed() -> None:
    source = program("w: vector(n); x: vector(n); b: scalar", "a = max(0, w.T @ x + b)", "a wrt w")
    assert [line for line in printed(source) if line.startswith("a = 0")]
    assert len(sides(source)) == 2


def programs(path: Path) -> list[str]:
    done = worked(path, GALLERY, Wishes())
    if done.problem is None:
        return []
    found = [(illustrations(done.problem, one), one) for one in done.derivations]
    return [check_program(shown, one) for shown, one in found if shown]


@pytest.mark.slow
@pytest.mark.parametrize("path", find_specs([GALLERY]), ids=lambda path: path.stem)
def test_every_program_of_the_gallery_runs_and_agrees(path: Path) -> None:
    for source in programs(path):
        rows = sides(source)
        assert rows
        assert all(left == right for left, right in rows), source


def test_a_logarithm_of_the_point_is_a_logarithm_of_the_program() -> None:
    source = program("x: vector(n)", "s = softmax(x)", "s wrt x")
    assert "[np.log(5.0)], [np.log(3.0)], [np.log(2.0)]" in source
    # Shares of 10: 1/2, 3/10 and 1/5.
    assert "[0.5 0.3 0.2]" in " ".join(printed(source)).replace("]  [", " ").replace("] [", " ")
