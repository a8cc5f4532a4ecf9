"""Functions at the edge: changes that cancel, components of any vector, sizes as numbers, stacks of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivgen.calculus.derive import derive
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.printing.text import text
from tests.calculus.judge import derived, problem_of

CASES = (
    # variables, function, request, answer
    ("x: vector(n)", "f = x[3]", "f wrt x", "unit(n, 3).T"),
    ("x: vector(n); s: scalar", "f = n/s", "f wrt s", "-n/s**2"),
    ("x: vector(n)", "f = x/x", "f wrt x", "zeros(n, n)"),
    ("x: vector(n)", "f = x - x", "f wrt x", "zeros(n, n)"),
    ("x: vector(n)", "f = sum(sign(x))", "f wrt x", "zeros(1, n)"),
    ("x: vector(n)", "f = sum(relu(x))", "f wrt x twice", "zeros(n, n)"),
    ("x: vector(n); s: scalar", "f = s**2*sum(x**2)", "f wrt x, then s", "4*s*x"),
    ("x: vector(n)", "f = [x.T @ x]", "f wrt x", "2*x.T"),
    ("x: vector(n); s: scalar", "f = sum(x)*(ones(2) + s - ones(2))", "f wrt x", "s*ones(2, n)"),
    ("x: vector(n); s: scalar", "f = s**x*x", "f wrt s", "s**(x - 1)*x**2"),
    ("x: vector(n); s: scalar", "f = sum(x)/step(s)", "f wrt x", "ones(n).T/step(s)"),
    (
        "x: vector(n); s: scalar",
        "f = where(x <= 0.125, ones(n), s)*x**3",
        "f wrt x",
        "3*diag(x**2*where(x <= 0.125, 1, s))",
    ),
    ("X: matrix(n, n)", "f = tr(X*eye(n) @ X)", "f wrt X", "2*diag(diag(X))"),
    ("X: matrix(1, n)", "f = sum(exp(X))", "f wrt X twice", "diag(exp(X).T)"),
    ("X: matrix(n, n); S: symmetric(n)", "f = tr((S*X.T).T.T @ (X*X.T).T)", "f wrt X", "S*X*(2*X.T + X)"),
    ("X: matrix(n, n); S: symmetric(n)", "f = tr((S*X).T @ X)", "f wrt X", "2*(S*X.T)"),
    ("x: vector(n)", "f = n*mean(x)*sum(x)", "f wrt x", "2*sum(x)*ones(n).T"),
    ("x: vector(n)", "f = abs(x.T).T", "f wrt x", "diag(sign(x))"),
    # Of one entry, functions of arrays are that entry or a function of it.
    ("X: matrix(1, 1)", "f = matpow(X, 3) + diag(X) + vec(X)", "f wrt X", "3*X**2 + 2"),
    ("t: scalar", "f = mean(t) + prod(t) + softmax(t)", "f wrt t", "2"),
    ("t: scalar; k: scalar", "f = matpow(t, k)", "f wrt t", "k*t**(k - 1)"),
    # An array by two scalars, one after the other, keeps its shape.
    ("s: scalar; t: scalar; A: matrix(m, n)", "Y = s**2*t**2*A", "Y wrt s, then t", "4*s*t*A"),
    # Where both sides of a kink are the same everywhere there is none.
    ("x: vector(n)", "f = sum(max(x, x))", "f wrt x", "ones(n).T"),
    ("x: vector(n)", "f = sum(min(x**2, x**2))", "f wrt x twice", "2*eye(n)"),
    ("X: matrix(m, n)", "Y = relu(X - X)", "Y wrt X", "zeros(m*n, m*n)"),
    ("x: vector(n); s: scalar", "f = relu(s*x - x*s)*x + x", "f wrt x", "eye(n)"),
    ("x: vector(n); s: scalar", "f = sum(max(s*x, x*s)*x)", "f wrt x", "2*s*x.T"),
    ("x: vector(n)", "f = sum(where(x.T.T > x, x**2, x))", "f wrt x", "where(x > x, 2*x, 1).T"),
    ("X: matrix(n, n)", "f = norm1(X*eye(n))", "f wrt X", "diag(sign(diag(X)))"),
    ("x: vector(n)", "f = prod(ones(n))*sum(x)", "f wrt x", "ones(n).T"),
    # An array meets its own entry at that entry, where there is no kink.
    (
        "x: vector(n)",
        "f = sum(max(x, x[2]))",
        "f wrt x",
        "(step(x - x[2]) + sum(1 - step(x - x[2]))*unit(n, 2)).T",
    ),
    ("x: vector(3)", "f = min(x[1], x)", "f wrt x", "(1 - step(x[1] - x)) @ [[1, 0, 0]] + diag(step(x[1] - x))"),
    ("X: matrix(m, n)", "f = norm1(X - X[1, 1])", "f wrt X twice", "zeros(m*n, m*n)"),
    ("x: vector(n); t: scalar", "f = sum(min(x, x[1]))*t", "f wrt t", "sum(min(x, x[1]))"),
    ("x: vector(n)", "f = sum(where(x > x[1], x, 0))", "f wrt x", "where(x > x[1], 1, 0).T"),
    # A product of zeros does not change, and one of a few entries is written out.
    ("x: vector(n)", "f = sum(x)*prod(zeros(n)) + sum(x)", "f wrt x", "ones(n).T"),
    ("x: vector(n)", "f = prod([sum(x), 0, norm(x)]) + sum(x)", "f wrt x", "ones(n).T"),
    ("x: vector(n)", "f = prod([sum(x), 3, sum(x)])", "f wrt x", "6*sum(x)*ones(n).T"),
    ("x: scalar", "f = where(x > x, x**2, x**3)", "f wrt x", "where(x > x, 2*x, 3*x**2)"),
    # A variable that is a row: rows are differentiated entry by entry like columns.
    ("r: matrix(1, n)", "f = r*r", "f wrt r", "2*diag(r.T)"),
    ("r: matrix(1, n)", "f = r**2", "f wrt r", "2*diag(r.T)"),
    ("r: matrix(1, n)", "f = sum(exp(r))", "f wrt r twice", "diag(exp(r).T)"),
    ("r: matrix(1, n); x: vector(n)", "f = x.T/r", "f wrt r", "-diag(x/(r**2).T)"),
    # Rows inside a bracket are multiplied out where that brings the change to the end.
    ("x: vector(n); c: vector(n)", "f = softmax(x.T) @ c", "f wrt x", "softmax(x.T)*(c.T - softmax(x.T) @ c)"),
    (
        "x: vector(n); A: matrix(n, m); c: vector(m)",
        "p = softmax(x.T @ A); f = p @ c",
        "f wrt x",
        "p*(c.T - p @ c) @ A.T",
    ),
    # The trace of a column times a row is their inner product, and traces that differ by a rotation are like terms.
    ("x: vector(n); A: matrix(n, n); s: scalar", "f = s**2*tr(A @ x @ x.T)", "f wrt s", "2*s*(x.T @ A @ x)"),
    (
        "s: scalar; X: matrix(n, n); A: matrix(n, n); B: matrix(n, n)",
        "f = s*tr(A @ X @ B) + s*tr(X @ B @ A) + s*tr(A.T @ B.T @ X.T)",
        "f wrt s",
        "3*tr(A @ X @ B)",
    ),
    (
        "x: vector(n)",
        "p = softmax(x); f = logdet(eye(n) + p @ p.T)",
        "f wrt x",
        "(p*(2*inv(eye(n) + p @ p.T) @ p - 2*p.T @ inv(eye(n) + p @ p.T) @ p)).T",
    ),
    # The mean of ones is 1, and the product of a row and a column of ones is n.
    ("x: vector(n); z: vector(m)", "f = mean(z + x.T @ x)", "f wrt x", "2*x.T"),
    ("w: vector(m); z: vector(m); A: matrix(n, n)", "v = ones(n) @ z.T @ w; f = A*dot(v, ones(n))", "f wrt w",
     "n*vec(A) @ z.T"),
    # The zeros beside a diagonal stay zeros, and meet no kink; nor does what is constant.
    ("x: vector(n)", "f = norm1(diag(x))", "f wrt x", "sign(x).T"),
    ("x: vector(n)", "f = sum(relu(diag(x)))", "f wrt x", "step(x).T"),
    ("x: vector(n)", "f = x*max(ones(n), 2)", "f wrt x", "diag(max(ones(n), 2))"),
    # (y/h).T @ h = sum(y), also where a diagonal matrix follows.
    ("x: vector(n); y: vector(n); A: matrix(n, n)", "v = sigmoid(A @ x); h = softmax(v); f = -y.T @ log(h)", "f wrt x",
     "(v*(1 - v)*(sum(y)*h - y)).T @ A"),
    # Cross-entropy behind two layers: the same as the component form, delta_i = sum_k B_ki (sum(y) p_k - y_k).
    ("x: vector(n); y: vector(m); A: matrix(k, n); B: matrix(m, k)",
     "v = tanh(A @ x); p = softmax(B @ v); f = -y.T @ log(p)", "f wrt A",
     "x @ ((1 - v**2)*(sum(y)*B.T @ p - B.T @ y)).T"),
    # An inner product is a number in front of an array like any other.
    (
        "s: scalar; x: vector(n)",
        "f = where(s > 0.125, s, x[2]) + (x @ x.T)[1, 2]",
        "f wrt x",
        "((where(s > 0.125, 0, 1) + unit(n, 1).T @ x) * unit(n, 2) + (x.T @ unit(n, 2)) * unit(n, 1)).T",
    ),
    # A number that is cleared of fractions keeps the inner product beside it.
    (
        "X: matrix(n, n); x: vector(n)",
        "f = norm(X[1, 2]*x)",
        "f wrt x, then X",
        "X[1, 2]*(2*norm(X[1, 2]*x)**2 - X[1, 2]**2*(x.T @ x)) / norm(X[1, 2]*x)**3 * "
        "kron(unit(n, 2).T, x @ unit(n, 1).T)",
    ),
    (
        "X: matrix(n, n); x: vector(n)",
        "f = norm(X[1, 2]*x)",
        "f wrt X, then x",
        "X[1, 2]*(2*norm(X[1, 2]*x)**2 - X[1, 2]**2*(x.T @ x)) / norm(X[1, 2]*x)**3 * "
        "kron(unit(n, 2), unit(n, 1) @ x.T)",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("variables", "functions", "request_", "answer"), CASES, ids=[f"{c[1]} {c[2]}" for c in CASES])
def test_the_answer_is(variables: str, functions: str, request_: str, answer: str) -> None:
    assert text(derived(variables, functions, request_).result("numerator")) == answer


def test_components_are_checked_where_the_function_has_a_value() -> None:
    # Of negative numbers the logarithms are complex, and the sum of their exponentials is real again.
    problem = problem_of("z: vector(n); p: vector(n)", "f = logsumexp(log(p) + z)", "f wrt p")
    made = derive(replace(problem, methods=("differentials", "components")), problem.requests[0])
    assert [method for method, _ in made.others] == ["components"]


@pytest.mark.parametrize(
    ("ratio", "advantage", "slope"), [(1.1, 3.0, 3.0), (0.7, 3.0, 3.0), (1.3, 3.0, 0.0), (1.3, -2.0, -2.0)]
)
def test_a_clipped_loss_has_its_slope_within_the_clip_too(ratio: float, advantage: float, slope: float) -> None:
    found = derived("r: scalar; A: scalar", "f = min(r*A, max(0.8, min(r, 1.2))*A)", "f wrt r").result("numerator")
    assert value(found, Point({"r": [[ratio]], "A": [[advantage]]}, {}), FLOATS) == [[slope]]
