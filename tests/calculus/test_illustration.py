"""The numbers of a page's check are few, small and telling."""

from __future__ import annotations

import pytest

from derivgen.calculus.illustration import LARGEST, Illustration, illustrations
from derivgen.expr.nodes import Constant, Expr, Stack
from derivgen.problem.problem import Problem
from tests.calculus.judge import derived, problem_of


def shown(variables: str, functions: str, request: str, *, assume: tuple[str, ...] = ()) -> tuple[Illustration, ...]:
    problem: Problem = problem_of(variables, functions, request, assume=assume)
    return illustrations(problem, derived(variables, functions, request, assume=assume))


def entries(array: Expr) -> list[float]:
    cells = [cell for row in array.rows for cell in row] if isinstance(array, Stack) else [array]
    return [float(cell.value) for cell in cells if isinstance(cell, Constant)]


NETWORK = "x: vector(d); W: matrix(h, d); b: vector(h); V: matrix(k, h); t: vector(k)"


@pytest.mark.parametrize(
    ("variables", "function", "request_"),
    [
        ("X: matrix(m, n); A: matrix(p, q)", "F = kron(X, A)", "F wrt X"),
        ("X: matrix(m, n); A: matrix(m, m); B: matrix(n, n)", "f = tr(X.T @ A @ X @ B)", "f wrt X twice"),
    ],
)
def test_an_answer_with_many_entries_is_checked_at_smaller_sizes(variables: str, function: str, request_: str) -> None:
    (one,) = shown(variables, function, request_)
    assert 0 < len(entries(one.formula)) <= LARGEST


def test_matrices_that_need_not_be_square_are_not() -> None:
    (one,) = shown("X: matrix(p, q); A: matrix(k, p); B: matrix(q, k)", "f = tr(A @ X @ B)", "f wrt X")
    assert [str(value.shape) for _, value in one.given] == ["4 x 3", "3 x 2", "2 x 4"]


@pytest.mark.parametrize(
    ("variables", "functions", "request_"),
    [
        ("x: vector(n); y: vector(m)", "f = sum(x)*sum(y)", "f wrt x"),
        ("R: matrix(m, n); U: matrix(m, k); V: matrix(n, k)", "E = R - U @ V.T; f = norm(E)**2", "f wrt U"),
        (NETWORK, "z = W @ x + b; a = max(0, z); r = V @ a - t; L = norm(r)**2/2", "L wrt W"),
    ],
)
def test_sizes_of_different_names_differ(variables: str, functions: str, request_: str) -> None:
    sizes = dict(shown(variables, functions, request_)[0].sizes)
    assert len(set(sizes.values())) == len(sizes)


def test_sizes_are_equal_where_the_answer_would_have_too_many_entries() -> None:
    # Four sizes from 2 up that differ make 120 entries.
    (one,) = shown("A: matrix(m, r); X: matrix(r, s); B: matrix(s, n)", "Y = A @ X @ B", "Y wrt X")
    assert sorted(dict(one.sizes).values()) == [2, 2, 3, 3]
    assert len(entries(one.formula)) == LARGEST


def test_an_array_at_a_kink_is_checked_on_both_sides_at_one_point() -> None:
    found = shown(NETWORK, "L = norm(V @ max(0, W @ x + b) - t)**2/2", "L wrt W")
    assert len(found) == 1
    assert 0 in entries(found[0].formula)
    assert any(entries(found[0].formula))


def test_a_scalar_at_a_kink_has_a_point_on_each_side() -> None:
    assert len(shown("w: vector(n); x: vector(n); b: scalar", "a = max(0, w.T @ x + b)", "a wrt w")) == 2


def test_the_whole_answer_is_not_zero_at_the_point() -> None:
    (one,) = shown("x: vector(n); A: symmetric(n)", "f = x.T @ A @ x/(x.T @ x)", "f wrt x")
    assert any(entries(one.formula))
