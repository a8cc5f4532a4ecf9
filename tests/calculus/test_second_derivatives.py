"""Second derivatives, unspecified functions, and earlier functions as independent variables."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.calculus.checks import Checker, difference
from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.derive import derive
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import value
from derivgen.calculus.paths import stations
from derivgen.calculus.points import Ground
from derivgen.document.wording.reasons import why
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import inlined
from derivgen.printing.text import text
from tests import oracle
from tests.calculus.judge import assignments, derived, differ, drawn, entries_of, numbers_in, problem_of, size_names
from tests.oracle import Array

# (variables, functions, request, the answer by hand or from the source)
HESSIANS = (
    ("x: scalar", "f = x**3", "f wrt x twice", "6*x"),
    ("x: scalar", "f = sin(x)*exp(x)", "f wrt x twice", "2*cos(x)*exp(x)"),
    ("x: scalar", "f = log(1 + x**2)", "f wrt x twice", "(2 - 2*x**2)/(1 + x**2)**2"),
    ("x: scalar; y: scalar", "f = x**2*y**3", "f wrt x, y twice", "[[2*y**3, 6*x*y**2], [6*x*y**2, 6*x**2*y]]"),
    ("x: scalar; y: scalar", "f = x**2*y**3", "f wrt x, then y", "6*x*y**2"),
    ("x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y twice",
     "[[20*y**2, 40*x*y], [40*x*y, 20*x**2]]"),
    ("x: vector(3)", "f = x[1]*x[2]*x[3]", "f wrt x twice",
     "[[0, x[3], x[2]], [x[3], 0, x[1]], [x[2], x[1], 0]]"),
    # Boyd and Vandenberghe (2004), A.4.4: quadratic forms and log-sum-exp.
    ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x twice", "A + A.T"),
    ("x: vector(n); S: symmetric(n)", "f = x.T @ S @ x", "f wrt x twice", "2*S"),
    ("x: vector(n); A: matrix(m, n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x twice", "2*A.T @ A"),
    ("x: vector(n)", "f = logsumexp(x)", "f wrt x twice", "diag(softmax(x)) - softmax(x) @ softmax(x).T"),
    ("x: vector(n)", "f = norm(x)", "f wrt x twice", "eye(n)/norm(x) - x @ x.T/norm(x)**3"),
    ("x: vector(n)", "f = sum(x**3)", "f wrt x twice", "6*diag(x)"),
    ("x: vector(n); a: vector(n)", "f = exp(a.T @ x)", "f wrt x twice", "exp(a.T @ x)*a @ a.T"),
    ("x: vector(n); y: vector(m); A: matrix(n, m)", "f = x.T @ A @ y", "f wrt x, then y", "A"),
    ("x: vector(n); y: vector(m); A: matrix(n, m)", "f = x.T @ A @ y", "f wrt y, then x", "A.T"),
    ("x: vector(n); y: vector(m); A: matrix(n, m)", "f = exp(x.T @ A @ y)", "f wrt x, then y",
     "exp(x.T @ A @ y)*(A + A @ y @ x.T @ A)"),
    ("x: vector(n); s: scalar", "f = s**2*sum(x**2)", "f wrt s, then x", "4*s*x.T"),
    # By a scalar, then by a matrix: one row, 1 x |A|, of what stands at each entry of A.
    ("t: scalar; A: matrix(n, n)", "f = t**2*tr(A)", "f wrt t, then A", "2*t*vec(eye(n)).T"),
    ("t: scalar; A: matrix(m, n); B: matrix(m, n)", "f = sum(A*B)*t", "f wrt t, then A", "vec(B).T"),
    ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; f = z**2", "f wrt w twice", "2*x @ x.T"),
    ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; f = softplus(z)", "f wrt w twice",
     "sigmoid(z)*(1 - sigmoid(z))*x @ x.T"),
)  # fmt: skip
TABLE = pytest.mark.parametrize("row", HESSIANS, ids=[f"{row[1]} - {row[2]}" for row in HESSIANS])
Row = tuple[str, str, str, str]


def second_differences(of: Expr, first: tuple[Expr, ...], second: tuple[Expr, ...], point: oracle.Point,
                       sizes: dict[str, int]) -> Array:  # fmt: skip
    """The matrix of second partial derivatives of a scalar: rows by `first`, columns by `second`."""
    width = 1e-4

    def at(a: tuple[str, int, int], b: tuple[str, int, int], p: int, q: int) -> float:
        moved = {name: array.copy() for name, array in point.items()}
        for (name, i, j), k in ((a, p), (b, q)):
            moved[name][i, j] += k * width
        return float(oracle.value(of, moved, sizes).item())

    def mixed(a: tuple[str, int, int], b: tuple[str, int, int]) -> float:
        return (at(a, b, 1, 1) - at(a, b, 1, -1) - at(a, b, -1, 1) + at(a, b, -1, -1)) / (4 * width**2)

    return np.array([[mixed(a, b) for b in entries_of(second, point)] for a in entries_of(first, point)])


@TABLE
def test_a_second_derivative_is_the_books_and_that_of_second_differences(row: Row) -> None:
    variables, functions, asked, answer = row
    problem = problem_of(variables, f"{functions}; answer_ = {answer}", asked)
    request = problem.requests[0]
    found = derive(problem, request).result("numerator")
    for sizes in assignments(size_names(problem)):
        point = dict(drawn(problem.variables, sizes, np.random.default_rng(4), positive=True))
        point |= {"S": point["S"] + point["S"].T} if "S" in point else {}
        book = numbers_in(problem.functions["answer_"], point, sizes)
        wanted = second_differences(inlined(request.of), request.wrt, request.then or request.wrt, point, sizes)
        assert differ(book, wanted) < 1e-5, "this row of the table is not the derivative"
        assert differ(numbers_in(found, point, sizes), book) < 1e-9


@TABLE
def test_every_line_of_a_second_derivative_says_why(row: Row) -> None:
    variables, functions, request, _ = row
    assert all(why(step) for step in derived(variables, functions, request).steps)


@TABLE
def test_sympy_agrees_on_a_second_derivative(row: Row) -> None:
    problem = problem_of(*row[:3])
    assert cross_check(problem, derive(problem, problem.requests[0])).agrees


@TABLE
def test_the_last_line_of_a_second_derivative_is_its_answer(row: Row) -> None:
    found = derived(*row[:3])
    assert text(found.steps[-1].after) == text(found.result("numerator"))


@pytest.mark.parametrize("row", [row for row in HESSIANS if "twice" in row[2]], ids=lambda row: str(row[1]))
def test_a_hessian_is_the_same_in_both_layouts(row: Row) -> None:
    found = derived(*row[:3])
    assert found.result("numerator") == found.result("denominator")


@pytest.mark.parametrize("row", [row for row in HESSIANS if "then" in row[2]], ids=lambda row: f"{row[1]} {row[2]}")
def test_a_mixed_derivative_is_turned_in_the_other_layout(row: Row) -> None:
    found = derived(*row[:3])
    one, other = found.result("numerator").shape, found.result("denominator").shape
    assert (one.rows, one.columns) == (other.columns, other.rows)


# ---- functions of which nothing is known -------------------------------------------------------

UNSPECIFIED = (
    ("x: vector(n)", "y = vector(m) of x", "y wrt x", "derivative(y, x)"),
    ("x: vector(n)", "y = vector(m) of x; f = sum(y)", "f wrt x", "ones(m).T @ derivative(y, x)"),
    ("x: vector(n)", "y = vector(m) of x; f = y.T @ y", "f wrt x", "2*y.T @ derivative(y, x)"),
    ("x: vector(n)", "g = scalar of x; f = sin(g)", "f wrt x", "cos(g)*derivative(g, x)"),
    ("x: vector(n); A: matrix(k, m)", "y = vector(m) of x; f = A @ y", "f wrt x", "A @ derivative(y, x)"),
    ("x: vector(n); t: scalar", "u = vector(m) of x; f = t*u", "f wrt t", "u"),
)


@pytest.mark.parametrize("row", UNSPECIFIED, ids=[f"{row[1]}" for row in UNSPECIFIED])
def test_a_derivative_through_an_unspecified_function_is_the_chain_rule(row: Row) -> None:
    found = derived(*row[:3])
    assert text(found.result("numerator")) == row[3]


@pytest.mark.parametrize("row", UNSPECIFIED, ids=[f"{row[1]}" for row in UNSPECIFIED])
def test_every_line_through_an_unspecified_function_holds(row: Row) -> None:
    """The lines are evaluated anew at points that the derivation did not use."""
    found = derived(*row[:3])
    variables = (*found.request.wrt, *found.request.then)
    ground = Ground((found.request.of, *variables), (), tuple(variable.name for variable in variables))
    between = tuple(station.function for station in stations(found.request.of, variables)[:-1])
    for point in Checker.drawn(ground, "another seed").naming(between).points:
        for step in found.steps:
            left = value(step.left, point, FLOATS)
            assert difference(left, value(step.after, point, FLOATS)) < 1e-10


def test_the_general_jacobian_of_whole_sizes_is_written_out() -> None:
    found = derived("x: vector(2)", "y = vector(3) of x", "y wrt x")
    assert (str(found.result("numerator").shape), str(found.result("denominator").shape)) == ("3 x 2", "2 x 3")


# ---- an earlier function as the independent variable -------------------------------------------

EARLIER = (
    ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; a = max(0, z)", "a wrt z", "step(z)"),
    # What does not go through the name does not count.
    ("x: scalar", "u = x**2; y = x + u", "y wrt u", "1"),
    ("x: scalar", "u = x**2; y = x*u", "y wrt u", "x"),
    ("x: scalar", "u = x**2; v = sin(u); y = u*v", "y wrt v", "u"),
    ("x: vector(n); A: matrix(m, n)", "r = A @ x; f = norm(r)**2", "f wrt r", "2*r.T"),
)


@pytest.mark.parametrize("row", EARLIER, ids=[f"{row[1]} {row[2]}" for row in EARLIER])
def test_only_what_goes_through_an_earlier_functions_name_counts(row: Row) -> None:
    assert text(derived(*row[:3]).result("numerator")) == row[3]


def test_an_answer_may_use_earlier_functions_by_name() -> None:
    row = ("X: matrix(m, n); w: vector(n); b: scalar; y: vector(m)", "e = X @ w + b - y; f = norm(e)**2", "f wrt w")
    found = derived(*row)
    assert text(found.result("denominator")) == "2*X.T @ e"


@pytest.mark.parametrize(
    ("variables", "functions", "named"),
    [
        ("x: vector(n); a: scalar", "f = a*norm(x)**2*sum(x)", "g"),
        ("x: vector(n)", "g = sum(x); f = norm(x)**4 + g", "h"),
        ("x: vector(n); g: vector(n); h: scalar", "q = norm(x); f = h*sum(g*x**3)", "g_1"),
        ("x: vector(n); dg: scalar", "f = dg*sum(x**3)", "h"),
    ],
)
def test_the_gradient_has_a_name_that_nothing_else_has(variables: str, functions: str, named: str) -> None:
    steps = derived(variables, functions, "f wrt x twice").steps
    assert [text(step.left) for step in steps if step.rule == "introduce-intermediate"] == [named]
