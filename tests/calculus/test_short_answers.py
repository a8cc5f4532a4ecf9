"""Answers as short as a lecturer writes them, and their conditions: each that is needed, once, and no other.

Sources: Petersen and Pedersen, The Matrix Cookbook (2012), by equation; the rest is worked out by hand.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Variable
from derivgen.expr.sizes import Shape, Size
from derivgen.printing.numpy import source
from derivgen.printing.text import text
from derivgen.problem.conditions import condition_text
from tests.calculus.judge import derived, problem_of

WEIGHTED = "x: vector(n); y: vector(m); Z: matrix(m, n); S: matrix(m, n)"
SXA = "X: symmetric(n); A: matrix(n, n)"
ANSWERS = (
    # variables, functions, request, answer in numerator layout
    ("X: matrix(n, n)", "f = norm1(X - X.T)", "f wrt X", "2*sign(X.T - X)"),
    ("x: vector(n)", "f = norm((eye(n) - ones(n, n)/n) @ x)**2", "f wrt x", "2*x.T @ (eye(n) - ones(n, n)/n)"),
    (
        "x: vector(n); v: vector(n)",
        "f = norm((eye(n) - v @ v.T/(v.T @ v)) @ x)**2",
        "f wrt x",
        "2*x.T @ (eye(n) - v @ v.T / (v.T @ v))",
    ),
    (
        "x: vector(n); v: vector(n)",
        "f = norm((eye(n) - v @ v.T/norm(v)**2) @ x)**2",
        "f wrt x",
        "2*x.T @ (eye(n) - v @ v.T / norm(v)**2)",
    ),
    (
        "x: vector(n); v: vector(n)",
        "f = norm((eye(n) - 2*v @ v.T/(v.T @ v)) @ x)**2",
        "f wrt x",
        "2*x.T",
    ),  # a reflection
    ("x: vector(n)", "f = norm((eye(n) - ones(n, n)) @ x)**2", "f wrt x", "2*x.T @ matpow(eye(n) - ones(n, n), 2)"),
    (
        "x: vector(n); A: matrix(n, p)",
        "f = norm((eye(n) - A @ inv(A.T @ A) @ A.T) @ x)**2",
        "f wrt x",
        "2*x.T @ (eye(n) - A @ inv(A.T @ A) @ A.T)",
    ),
    ("X: matrix(n, n)", "Y = X*eye(n)", "Y wrt X", "diag(vec(eye(n)))"),
    ("X: matrix(n, n)", "f = norm(X - diag(diag(X)))**2", "f wrt X twice", "2*eye(n*n) - 2*diag(vec(eye(n)))"),
    ("X: matrix(n, n)", "f = tr(sin(X))", "f wrt X twice", "-diag(vec(eye(n))*vec(sin(X)))"),
    ("m: scalar; x: vector(n)", "f = (x - m)[2]**2", "f wrt m", "-2*(x[2] - m)"),
    ("m: scalar; x: vector(n)", "f = exp(x + m)[1]", "f wrt m", "exp(x[1] + m)"),
    ("m: scalar; x: vector(n)", "f = (m*eye(n))[1, 1]*m + (m*diag(x))[1, 2]", "f wrt m", "2*m"),
    ("t: scalar; x: vector(n); A: matrix(m, n)", "f = (t**2*A @ x)[2]", "f wrt t", "2*t*(A @ x)[2]"),
    ("t: scalar; x: vector(n); A: matrix(m, n)", "f = t*(A @ x - ones(m))[2]", "f wrt t", "(A @ x)[2] - 1"),
    ("t: scalar; x: vector(n)", "f = t*(x @ x.T)[1, 2]", "f wrt t", "x[1]*x[2]"),
    (
        "k: scalar; s: matrix(m, n)",
        "z = k/s; f = sum(z**2 + log(s))",
        "f wrt s",
        "((s - 2*k*z)/s**2).T",
    ),  # k*z**2 would be wrong for k**2/s**2
    (
        "m: scalar; s: scalar; x: vector(n)",
        "z = (x - m)/s; f = sum(z**2)/2 + n*log(s)",
        "f wrt m, s",
        "[[-sum(z)/s, n/s - z.T @ (x - m) / s**2]]",
    ),
    (
        "a: scalar; b: scalar; x: vector(n)",
        "p = a*x + b; f = p.T @ p",
        "f wrt b, a",
        "[[2*sum(a*x + b), 2*(a*x + b).T @ x]]",
    ),
    ("X: matrix(n, n)", "f = norm(X - diag(diag(X)))**2", "f wrt X", "2*(X - diag(diag(X))).T"),
    ("x: vector(n); y: vector(n)", "f = sum(cos(x - y) - cos(y - x))", "f wrt x", "zeros(1, n)"),
    ("x: vector(n); y: vector(n)", "f = sum(tanh(x - y) - tanh(y - x))", "f wrt x", "(2 - 2*tanh(x - y)**2).T"),
    ("X: matrix(n, n)", "f = log(abs(det(X)))", "f wrt X", "inv(X)"),  # eq. 57
    ("x: vector(n)", "f = sum(log(abs(x)))", "f wrt x", "(1/x).T"),
    ("x: vector(n); B: matrix(n, n); b: vector(n)", "f = x.T @ B @ x + b.T @ x", "f wrt x", "x.T @ (B + B.T) + b.T"),
    # eq. 81 and 82 with a linear term
    (
        "A: matrix(m, n); b: vector(m)",
        "s = inv(A.T @ A) @ A.T @ b",
        "s wrt A",
        "kron(inv(A.T @ A), b.T - b.T @ A @ inv(A.T @ A) @ A.T) - kron(b.T @ A @ inv(A.T @ A), inv(A.T @ A) @ A.T)",
    ),  # Golub and Pereyra (1973), the differential of a pseudo-inverse
    (SXA, "f = tr(inv(X) @ A)", "f wrt X", "-inv(X) @ (A + A.T) @ inv(X) / 2"),  # eq. 124, symmetric gradient
    (SXA, "f = tr(A @ X @ X)", "f wrt X", "(X @ (A + A.T) + (A + A.T) @ X)/2"),  # eq. 107, symmetric gradient
    (SXA, "f = norm(A @ X)**2", "f wrt X", "X @ A.T @ A + A.T @ A @ X"),
    ("s: vector(n)", "f = sum(s**2 - 2*log(s))/2", "f wrt s", "(s - 1/s).T"),  # Kullback-Leibler divergence to N(0, I)
    ("x: vector(n)", "f = logsumexp(logsumexp(x)*ones(3))", "f wrt x", "softmax(x).T"),
    ("x: vector(n)", "f = prod(x)", "f wrt x twice", "prod(x)/x @ (1/x).T - prod(x)*diag(1/x**2)"),
    ("X: matrix(1, n)", "Y = X.T", "Y wrt X", "eye(n)"),
    ("X: matrix(1, n); a: vector(n)", "f = (X @ a)**2", "f wrt X twice", "2*a @ a.T"),
    # No bracket that begins with a minus after a minus; a bracket is opened where that costs nothing.
    ("s: scalar; t: scalar", "f = (-s - 1)*(-s + t)", "f wrt s", "2*s - t + 1"),
    ("s: scalar; t: scalar", "f = t/(-s - t)", "f wrt s", "t/(s + t)**2"),
    ("x: vector(n); y: vector(n)", "f = (-x - 1)*(y - x)", "f wrt x", "diag(2*x + 1 - y)"),
    # Numbers in front of one array, factors entry by entry, and both branches of a choice are put together.
    ("X: matrix(m, n); l: scalar", "f = l*norm(X) + norm(X)**3", "f wrt X", "(l/norm(X) + 3*norm(X))*X.T"),
    ("x: vector(n); t: scalar", "y = softmax(x/t)", "y wrt t", "softmax(x/t)*(sum(x*softmax(x/t)) - x)/t**2"),
    ("X: matrix(m, n); B: matrix(m, n)", "f = sum(exp(X*B)*X)", "f wrt X", "(exp(B*X)*(B*X + 1)).T"),
    ("x: vector(n); p: scalar", "f = sum(x**p)", "f wrt x, then p", "x**(p - 1)*(1 + p*log(x))"),
    (
        "x: vector(n); d: scalar",
        "f = sum(where(abs(x) <= d, x**2/2, d*(abs(x) - d/2)))",
        "f wrt x",
        "where(abs(x) <= d, x, d*sign(x)).T",
    ),  # Huber (1964)
    ("x: vector(n); a: scalar", "y = where(x > 0, x, a*(exp(x) - 1))", "y wrt x", "diag(where(x > 0, 1, a*exp(x)))"),
    # Powers with letters are taken out of brackets, logarithms of one entry of a softmax are taken first.
    ("z: scalar; g: scalar", "p = sigmoid(z); f = -(1 - p)**g*log(p)", "f wrt z", "-(1 - p)**g*(1 - p - g*p*log(p))"),
    (
        "w: vector(n); x: vector(n); g: scalar",
        "p = sigmoid(w.T @ x); f = -(1 - p)**g*log(p)",
        "f wrt w",
        "(1 - p)**g*(p - 1 + g*p*log(p))*x.T",
    ),  # Lin et al. (2017), focal loss
    ("z: vector(n)", "f = -log(softmax(z)[2])", "f wrt z", "(softmax(z) - unit(n, 2)).T"),
    ("z: vector(n)", "f = -log(softmax(z))[2]", "f wrt z", "(softmax(z) - unit(n, 2)).T"),
    ("z: vector(n); a: vector(n); r: scalar", "f = r*a.T @ log(softmax(z))", "f wrt z", "r*(a - sum(a)*softmax(z)).T"),
    ("z: vector(n)", "p = softmax(z); f = sum(p*log(p))", "f wrt z", "(p*(log(p) - log(p).T @ p)).T"),
    ("z: vector(n)", "p = softmax(z); f = sum(p)**2", "f wrt p", "2*sum(p)*ones(n).T"),
    # A softmax of each row, written out: what is even along a row stays outside of a sum along it.
    (
        "Z: matrix(m, k); Y: matrix(m, k)",
        "P = exp(Z)/(exp(Z) @ ones(k, k)); f = -sum(Y*log(P))",
        "f wrt Z",
        "(P*(Y @ ones(k, k)) - Y).T",
    ),
    (
        "Z: matrix(m, k); G: matrix(m, k)",
        "E = exp(Z); R = E @ ones(k, k); P = E/R; f = sum(G*P)",
        "f wrt Z",
        "(G*P - P*(G*P @ ones(k, k))).T",
    ),
    (
        "x: vector(n); A: matrix(m, n); B: matrix(k, m); t: vector(k)",
        "h = sigmoid(A @ x); p = softmax(B @ h); f = -sum(t*log(p))",
        "f wrt x",
        "-(h*(B.T @ (t - sum(t)*p))*(1 - h)).T @ A",
    ),
    # What stands between other factors is as short as what stands alone.
    (
        "X: matrix(m, n); w: vector(n); y: vector(m)",
        "f = sum(log(cosh(X @ w - y)))",
        "f wrt w twice",
        "X.T @ diag(1 - tanh(X @ w - y)**2) @ X",
    ),
    (
        "A: matrix(m, n); x: vector(n)",
        "f = sum(where(A @ x > 0, exp(A @ x), 1 + A @ x))",
        "f wrt x",
        "where(A @ x > 0, exp(A @ x), 1).T @ A",
    ),
    ("x: vector(n)", "Y = matpow(diag(x), 3)", "Y wrt x", "3*diag(vec(eye(n))) @ kron(ones(n), diag(x**2))"),
    # The inverse of a product of square matrices beside one of them.
    ("X: matrix(n, n); A: matrix(n, n)", "f = det(X.T @ A @ X)", "f wrt X", "2*det(X.T @ A @ X) * inv(X)"),  # eq. 52
    ("X: matrix(n, n); A: matrix(n, n)", "f = tr(inv(X @ A) @ X)", "f wrt X", "zeros(n, n)"),
    ("X: matrix(n, n)", "f = logdet(X @ X)", "f wrt X", "2*inv(X)"),
    # A product beside its inverse, an inverse of inverses, vec beside a Kronecker product.
    ("X: matrix(m, n)", "f = tr(X @ inv(X.T @ X) @ X.T)", "f wrt X", "zeros(n, m)"),  # the trace of a projection is n
    (
        "X: matrix(n, n); A: matrix(n, n); B: matrix(n, n)",
        "Y = inv(A @ inv(X) @ B)",
        "Y wrt X",
        "kron(inv(A).T, inv(B))",
    ),
    ("a: vector(n); X: matrix(n, n)", "f = kron(a, a).T @ vec(X)", "f wrt a", "a.T @ (X + X.T)"),  # f = a.T X a
    ("X: matrix(n, n); k: scalar", "f = logdet(matpow(X, k))", "f wrt X", "k*inv(X)"),  # f = k log det X
    # A factor to the power 0, and an inner product with a change that cancels, leave nothing behind.
    ("x: vector(n); y: vector(n)", "f = prod(log(x)**y*y)", "f wrt y", "prod(y*log(x)**y)*((y*log(log(x)) + 1)/y).T"),
    ("x: vector(n); y: vector(n)", "f = dot(x + y, y + x - x)", "f wrt x", "y.T"),
    # What is centred has the sum 0, and centring twice is centring once.
    ("x: vector(n)", "f = mean((x - mean(x))**2)", "f wrt x", "2/n*(x - mean(x)).T"),
    ("x: vector(n)", "f = mean((x - mean(x))**2)", "f wrt x twice", "2/n*(eye(n) - ones(n, n)/n)"),
    (
        "x: vector(n); e: scalar",
        "m = mean(x); c = x - m; v = mean(c**2); y = c/sqrt(v + e)",
        "y wrt x",
        "(eye(n) - ones(n, n)/n - c @ c.T / (n*(v + e)))/sqrt(v + e)",
    ),  # Ba, Kiros and Hinton, Layer normalization (2016): the mean of what is centred is 0 by whatever name
    # No fraction within a fraction: losses of Cauchy's and Huber's kind, entry by entry.
    ("x: vector(n); s: scalar", "f = sum(log(1 + (x/s)**2))", "f wrt x", "2*(x/(s**2 + x**2)).T"),
    (
        "x: vector(n); s: scalar",
        "f = sum(log(1 + (x/s)**2))",
        "f wrt x twice",
        "2*diag((s**2 - x**2)/(s**2 + x**2)**2)",
    ),
    ("x: vector(n); b: scalar", "f = sum(sqrt(x**2 + b**2))", "f wrt x twice", "diag(b**2/(x**2 + b**2)**1.5)"),
    # A bracket or an inverse beside itself is a power; a branch of one number is that number.
    ("t: scalar; A: matrix(n, n)", "Y = matpow(A + t*eye(n), 3)", "Y wrt t", "3*matpow(A + t*eye(n), 2)"),
    ("t: scalar; A: matrix(n, n)", "f = tr(inv(t*eye(n) - A))", "f wrt t", "-tr(matpow(t*eye(n) - A, -2))"),
    ("x: vector(n); c: scalar", "f = sum(where(x > c, x - c, 0))", "f wrt c", "sum(where(x > c, -1, 0))"),
    ("X: matrix(n, n); k: scalar", "f = det(matpow(X, k))", "f wrt X", "k*det(matpow(X, k))*inv(X)"),
    # Factors with a kink come together: x sign(x) = |x|, x [x > 0] = relu(x), |x|^2 = x^2.
    ("x: vector(n)", "f = sum(abs(x)**3)", "f wrt x", "3*(x*abs(x)).T"),
    ("x: vector(n)", "f = sum(abs(x)**3)", "f wrt x twice", "6*diag(abs(x))"),
    ("x: vector(n)", "y = sign(x)*x**2", "y wrt x", "2*diag(abs(x))"),
    ("x: vector(n)", "f = sum(relu(x)**3)", "f wrt x twice", "6*diag(relu(x))"),
    ("x: vector(n)", "f = sum(max(x, 0)**2)", "f wrt x", "2*max(x, 0).T"),
    ("x: vector(n)", "f = sum(1/abs(x))", "f wrt x twice", "2*diag(1/(x**2*abs(x)))"),
    ("x: vector(n)", "f = norm1(x)**2", "f wrt x twice", "2*sign(x) @ sign(x).T"),
    # Values that everybody knows, and numbers that are added to each entry beside ones.
    ("x: scalar", "f = 1**x + sqrt(9/4)*x + exp(0)*x + log(1)*x + cos(0)*x + sin(0)*x", "f wrt x", "7/2"),
    ("x: vector(n); c: scalar", "f = sum(where(x <= c, x, c*(x - c/2)))", "f wrt c", "sum(where(x <= c, 0, x - c))"),
    # Scalars multiplied out where that is shorter, with a common function in front where that is.
    ("x: scalar", "u = x**2; v = u + x; f = u*v", "f wrt x twice", "12*x**2 + 6*x"),
    ("x: scalar", "f = sigmoid(x)", "f wrt x twice", "sigmoid(x)*(1 - sigmoid(x))*(1 - 2*sigmoid(x))"),
    ("x: scalar", "f = exp(-x**2)", "f wrt x twice", "-2*exp(-x**2)*(1 - 2*x**2)"),
    ("x: scalar", "f = (x - 1)**2*(x + 1)**3", "f wrt x", "(x + 1)**2*(x - 1)*(5*x - 1)"),
    ("t: scalar; a: scalar", "f = (t - a)**2", "f wrt a", "-2*(t - a)"),
    # Arrays of whole sizes are one stack.
    (
        "a: scalar; b: scalar; x: vector(n); y: vector(n)",
        "f = mean((y - a*x - b)**2)",
        "f wrt a, b twice",
        "[[2*mean(x**2), 2*mean(x)], [2*mean(x), 2]]",
    ),  # the normal matrix of a straight line through points
    ("X: symmetric(2)", "f = X[1, 2]", "f wrt X", "[[0, 1/2], [1/2, 0]]"),
    # Weighted sums of squares: the blocks of the Hessian are diagonal, or the weights times an outer product.
    (f"{WEIGHTED}", "f = sum(S*(Z + y @ x.T)**2)", "f wrt x twice", "2*diag(S.T @ y**2)"),
    (f"{WEIGHTED}", "f = sum(S*(Z + y @ x.T)**2)", "f wrt y twice", "2*diag(S @ x**2)"),
    (f"{WEIGHTED}", "f = sum(S*exp(y @ x.T))", "f wrt y, then x", "S*exp(y @ x.T)*(y @ x.T + 1)"),
    ("t: scalar; Y: matrix(m, n); S: matrix(m, n)", "f = t*tr(Y.T @ (Y*S))", "f wrt t", "sum(S*Y**2)"),
    ("t: scalar; x: vector(n); y: vector(n)", "Y = t*(diag(x)*diag(y))", "Y wrt t", "diag(x*y)"),
    # Large numbers are no reason to find no point.
    ("p: scalar; q: scalar; r: scalar", "F = 8.99e9*p*q/r**2", "F wrt r", "-1.798e10*p*q/r**3"),
    ("m: scalar", "E = m*299792458**2", "E wrt m", "89875517873681764"),
)
IN_DENOMINATOR_LAYOUT = (
    # variables, functions, request, answer: the sign of the transpose stands within a bracket of matrices
    ("x: vector(n); A: matrix(m, n)", "y = log(softmax(A @ x))", "y wrt x", "A.T - A.T @ softmax(A @ x) @ ones(m).T"),
    ("b: vector(m)", "y = kron(b, b)", "y wrt b", "kron(eye(m), b.T) + kron(b.T, eye(m))"),
    ("X: matrix(n, n)", "f = logdet(X)/tr(X)", "f wrt X", "(inv(X).T - logdet(X)/tr(X)*eye(n))/tr(X)"),
    (
        "X: symmetric(n); A: matrix(n, n); B: matrix(n, n)",
        "f = tr(A @ X @ B @ X)",
        "f wrt X",
        "(B @ X @ A + A @ X @ B + (B @ X @ A + A @ X @ B).T)/2",
    ),  # the symmetric gradient is its own transpose
)
CONDITIONS = (
    # variables, functions, request, conditions of the answer
    ("A: matrix(m, n); x: vector(n)", "u = A @ x; f = norm(u)**4 + norm(x)**6", "f wrt x twice", ()),
    ("x: vector(n)", "f = norm(x)**3", "f wrt x", ("norm(x) != 0",)),
    ("x: vector(n)", "f = where(x > x[2], x, 0)", "f wrt x", ("n >= 2", "x != x[2] elsewhere")),
    ("X: matrix(n, n)", "f = where(X > X.T, X, 0)", "f wrt X", ("X != X.T off the diagonal",)),
    ("X: matrix(n, n)", "f = sum(max(X, X.T))", "f wrt X", ("X != X.T off the diagonal",)),
    (
        "S: symmetric(n)",
        "f = logdet(S) - norm1(S*(1 - eye(n)))",
        "f wrt S",
        ("det(S) > 0", "S*(1 - eye(n)) != 0 off the diagonal"),
    ),  # the graphical lasso
    (
        "x: vector(n)",
        "D = x @ ones(n).T - ones(n) @ x.T; f = sum(abs(D))",
        "f wrt x twice",
        ("D != 0 off the diagonal",),
    ),  # Gini's mean difference
    (
        "A: matrix(2, 2)",
        "f = sum(abs(A - [[A[1, 1], 0], [1, A[2, 2]]]))",
        "f wrt A",
        ("A != [[A[1, 1], 0], [1, A[2, 2]]] off the diagonal",),
    ),
    (
        "r: vector(n); A: vector(n)",
        "f = sum(min(r*A, max(0.8, min(r, 1.2))*A))",
        "f wrt r",
        ("r*A != max(0.8, min(r, 1.2))*A unless alike nearby", "min(r, 1.2) != 0.8", "r != 1.2"),
    ),  # a clipped ratio is the ratio within the clip
    ("x: vector(n)", "f = sum(abs(x - x[2]))", "f wrt x", ("n >= 2", "x != x[2] elsewhere")),
    ("x: vector(n); y: vector(n)", "f = dot(x, y)/(norm(x)*norm(y))", "f wrt x", ("norm(x) != 0", "norm(y) != 0")),
    ("P: scalar; R: scalar; T: scalar", "f = P/(R*T)", "f wrt P", ("R != 0", "T != 0")),
    ("s: scalar; T: scalar", "f = 1/(s*sqrt(T))", "f wrt s", ("s != 0", "T > 0")),
    ("v: scalar; x: vector(n)", "y = x/sqrt(v)", "y wrt x", ("v > 0",)),
    ("z: scalar; g: scalar", "p = sigmoid(z); L = -(1 - p)**g*log(p)", "L wrt z", ()),
    ("x: vector(n); b: vector(n)", "f = -sum(log(b - x))", "f wrt x twice", ("b - x > 0",)),
)


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "answer"), ANSWERS, ids=[f"{c[1]} {c[2]}" for c in ANSWERS]
)
def test_the_answer_is(variables: str, functions: str, request_: str, answer: str) -> None:
    assert text(derived(variables, functions, request_).result("numerator")) == answer


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "answer"),
    IN_DENOMINATOR_LAYOUT,
    ids=[f"{c[1]} {c[2]}" for c in IN_DENOMINATOR_LAYOUT],
)
def test_the_answer_in_denominator_layout_is(variables: str, functions: str, request_: str, answer: str) -> None:
    assert text(derived(variables, functions, request_).result("denominator")) == answer


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "conditions"), CONDITIONS, ids=[f"{c[1]} {c[2]}" for c in CONDITIONS]
)
def test_the_conditions_are(variables: str, functions: str, request_: str, conditions: tuple[str, ...]) -> None:
    assert tuple(map(condition_text, derived(variables, functions, request_).conditions)) == conditions


@pytest.mark.parametrize("kind", ["vector(1)", "matrix(1, 1)", "symmetric(1)"])
def test_source_takes_an_array_of_one_entry_and_gives_one(kind: str) -> None:
    found = derived(f"x: {kind}; t: scalar", "y = [x**2, t*x]", "y wrt x")
    scope: dict[str, object] = {"np": np}
    exec(source(found.result("numerator")).code, scope)  # noqa: S102  # derivgen's own source
    given = np.array([[3.0]])
    assert np.array_equal(scope["derivative"](x=given, t=5.0), [[6.0], [5.0]])  # type: ignore[operator]  # just made


def test_components_by_a_matrix_are_refused_and_not_cut_short() -> None:
    problem = problem_of("X: matrix(2, 3)", "f = tr(X @ X.T)", "f wrt X")
    request = replace(problem.requests[0], method="components")
    with pytest.raises(DerivgenError, match="the components of X, a matrix"):
        derive(problem, request)


def test_an_array_too_large_to_check_is_refused_before_points_are_drawn() -> None:
    with pytest.raises(DerivgenError, match="arrays of 656100000000 entries"):
        derived("x: vector(900)", "f = sum(kron(kron(x, x), kron(x, x)))", "f wrt x")
    # Where small sizes can stand for large ones, nothing large is worked out.
    made = derived("x: vector(2000)", "f = sum(kron(x, x))", "f wrt x")
    assert text(made.result("numerator")) == "2*sum(x)*ones(2000).T"


def test_a_matrix_power_beyond_floats_is_refused() -> None:
    X = Variable("X", Shape(Size.named("n"), Size.named("n")))
    with pytest.raises(ShapeError, match="at most 100"):
        apply("matpow", X, number(100000))
