"""The numbers of a page's check are few, small and telling."""

from __future__ import annotations

import math

import pytest

from derivgen.calculus.candidates import DRAWN, PATTERNED, candidates, form_of
from derivgen.calculus.illustration import LARGEST, WIDEST, Illustration, illustrated_at, illustrations
from derivgen.calculus.points import Ground
from derivgen.expr.nodes import Apply, Constant, Expr, Stack
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


def test_an_answer_is_not_zero_in_all_of_its_entries_where_zeros_are_short() -> None:
    """Of a head of attention equal rows of values give zeros, which are shorter than what else it may have."""
    head = "s = K @ q / sqrt(3); a = softmax(s); o = V.T @ a"
    (one,) = shown("q: vector(d); K: matrix(n, d); V: matrix(n, k)", head, "o wrt K")
    assert any(entries(one.formula))


def test_an_answer_that_no_table_has_room_for_is_not_shown() -> None:
    """Seventeen columns of numbers are wider than a page of paper; an entry that is named keeps the sizes."""
    regression = ("W: matrix({k}, 3); x: vector(3); b: vector({k})", "f = mean((W @ x - b)**2) + x[2]", "f wrt W")
    assert shown(regression[0].format(k=17), *regression[1:]) == ()
    assert len(shown(regression[0].format(k=4), *regression[1:])) == 1


def test_a_row_that_no_table_has_room_for_is_shown_as_a_column() -> None:
    (one,) = shown("x: vector(12)", "f = norm(x)", "f wrt x")
    assert (one.layout, str(one.formula.shape)) == ("denominator", "12 x 1")
    assert one.formula == one.difference


def test_a_given_matrix_that_no_table_has_room_for_is_not_shown() -> None:
    assert shown("A: matrix(2, 24); x: vector(2)", "f = norm(A.T @ x)**2 + x[2]", "f wrt x") == ()


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


ATTENTION = "q: vector(d); K: matrix(n, d); V: matrix(n, m)"
HEAD = "s = K @ q / sqrt(d); o = V.T @ softmax(s)"


def test_numbers_that_are_too_wide_for_a_table_have_a_point_of_their_own() -> None:
    earlier = shown(ATTENTION, HEAD, "o wrt q")
    assert illustrated_at(problem_of(ATTENTION, HEAD, "o wrt V"), derived(ATTENTION, HEAD, "o wrt V"), earlier) == ()
    (one,) = shown(ATTENTION, HEAD, "o wrt V")
    assert 0 < one.width <= WIDEST[1]


def test_the_entries_of_a_softmax_are_seen() -> None:
    # Entries that all but vanish are printed as 0 and the largest as 1, and so show nothing.
    (one,) = shown(ATTENTION, HEAD, "o wrt V")
    assert all(0.001 < entry < 0.999 for entry in entries(one.formula) if entry)
    classes = "W: matrix(k, d); x: vector(d); y: vector(k); b: vector(k)"
    (one,) = shown(classes, "z = W @ x + b; L = logsumexp(z) - y.T @ z", "L wrt W")
    assert not all(entry.is_integer() for entry in entries(one.formula))


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


SHARES = "p = softmax(z); L = -dot(t, log(p))"


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "name"),
    [
        ("z: vector(n); t: vector(n)", SHARES, "L wrt z", "z"),
        ("x: vector(n)", "s = softmax(x)", "s wrt x", "x"),
        ("x: vector(n)", "f = logsumexp(x)", "f wrt x twice", "x"),
        ("x: vector(n)", "s = sigmoid(x)", "s wrt x", "x"),
        ("X: matrix(m, n)", "f = sum(exp(X))", "f wrt X", "X"),
    ],
)
def test_what_exp_takes_is_a_logarithm_and_the_answer_short(
    variables: str, functions: str, request_: str, name: str
) -> None:
    assume = ("sum(t) = 1",) if "t:" in variables else ()
    (one,) = shown(variables, functions, request_, assume=assume)
    given = {variable.name: value for variable, value in one.given}[name]
    assert isinstance(given, Stack)
    cells = [cell for row in given.rows for cell in row]
    # The point holds the numbers that are printed.
    assert [z for row in one.point.values[name] for z in row] == pytest.approx(list(map(logarithm, cells)), abs=1e-12)
    answer = derived(variables, functions, request_, assume=assume).result("numerator")
    assert one.shows_exactly(answer)
    assert any(entries(one.formula))


def logarithm(cell: Expr) -> float:
    assert isinstance(cell, Apply)
    (number,) = cell.arguments
    assert (cell.function, type(number)) == ("log", Constant)
    return math.log(float(number.value))  # type: ignore[union-attr]  # a Constant has one


def test_shares_of_a_softmax_are_short_and_differ() -> None:
    (one,) = shown("z: vector(n); t: vector(n)", SHARES, "L wrt z", assume=("sum(t) = 1",))
    exponentials = [math.exp(complex(z).real) for row in one.point.values["z"] for z in row]
    shares = [number / sum(exponentials) for number in exponentials]
    assert shares == pytest.approx([round(share, 2) for share in shares])
    assert len(set(entries(one.given[0][1]))) > 1


def test_no_logarithm_is_tried_where_nothing_is_exponential() -> None:
    x = problem_of("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x; g = sum(exp(x))", "f wrt x", "g wrt x").requests
    count = [len(list(candidates(form_of(Ground((one.of,), ()), {"n": 3})))) for one in x]
    assert count[0] == PATTERNED + PATTERNED // 2 + 8 + DRAWN
    assert count[1] > count[0]


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "tanh"])
def test_a_check_is_made_where_a_function_bends(name: str) -> None:
    """Where tanh is 1 to four places its slope is printed as 0, and a slip in the rule would not show."""
    for request in ("a wrt w", "a wrt b"):
        (one,) = shown("w: vector(n); x: vector(n); b: scalar", f"z = w.T @ x + b; a = 11*{name}(z)", request)
        w, x, b = (one.point.values[letter] for letter in "wxb")
        total = sum(u[0] * v[0] for u, v in zip(w, x, strict=True)) + b[0][0]
        assert abs(total) <= 4


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "assume"),
    [
        # At x = (0, 1) the Hessian of the norm is [[1, 0], [0, 0]].
        ("x: vector(n)", "f = norm(x)", "f wrt x twice", ("x != 0",)),
        ("x: vector(n); y: vector(m)", "f = x @ y.T @ y", "f wrt y", ()),
    ],
)
def test_an_answer_has_no_row_or_column_of_zeros_where_another_point_has_none(
    variables: str, functions: str, request_: str, assume: tuple[str, ...]
) -> None:
    (one,) = shown(variables, functions, request_, assume=assume)
    assert isinstance(one.formula, Stack)
    lines = (*one.formula.rows, *zip(*one.formula.rows, strict=True))
    assert all(any(cell.value for cell in line if isinstance(cell, Constant)) for line in lines)


def test_the_rows_of_a_given_matrix_differ() -> None:
    factors = "R: matrix(m, n); U: matrix(m, k); V: matrix(n, k)"
    (one,) = shown(factors, "E = R - U @ V.T; f = norm(E)**2 + norm(U)**2 + norm(V)**2", "f wrt U")
    for _, given in one.given:
        assert isinstance(given, Stack)
        assert len(set(given.rows)) == len(given.rows)
