# a table reads best in rows
"""Problems of the whole matrix calculus, as facts: variables, functions, request, and what is assumed.

Families: traces, determinants, inverses, quadratic and bilinear forms, norms, Kronecker
products and vec, symmetric variables, functions entry by entry, reductions, statistics and
learning, second derivatives, mixed derivatives, arrays by arrays. The functions are those of
The Matrix Cookbook (Petersen and Pedersen, 2012), Magnus and Neudecker (2019), Boyd and
Vandenberghe (2004) and Bishop (2006); no answer stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.problem.problem import Problem
from tests.calculus.judge import problem_of


@dataclass(frozen=True)
class Row:
    """One problem; `is_slow` where SymPy takes long over it."""

    family: str
    variables: str
    functions: str
    request: str
    assume: tuple[str, ...] = ()
    is_slow: bool = False

    def problem(self) -> Problem:
        """The problem with its one request."""
        return problem_of(self.variables, self.functions, self.request, assume=self.assume)

    def __str__(self) -> str:
        return f"{self.family}: {self.functions} - {self.request}"


X, XA, XAB = "X: matrix(n, n)", "X: matrix(n, n); A: matrix(n, n)", "X: matrix(n, n); A: matrix(n, n); B: matrix(n, n)"
M, V = "X: matrix(m, n)", "x: vector(n)"
VA = "x: vector(n); A: matrix(n, n)"


def _rows(family: str, *rows: tuple[str, str, str] | tuple[str, str, str, tuple[str, ...]]) -> tuple[Row, ...]:
    return tuple(Row(family, *row) for row in rows)


def _slow(*rows: Row) -> tuple[Row, ...]:
    return tuple(Row(r.family, r.variables, r.functions, r.request, r.assume, is_slow=True) for r in rows)


ROWS: tuple[Row, ...] = (
    *_rows(
        "traces",
        (X, "f = tr(X)", "f wrt X"),
        (f"{M}; A: matrix(n, m)", "f = tr(A @ X)", "f wrt X"),
        (f"{M}; A: matrix(p, m); B: matrix(n, p)", "f = tr(A @ X @ B)", "f wrt X"),
        (f"{M}; A: matrix(p, n); B: matrix(m, p)", "f = tr(A @ X.T @ B)", "f wrt X"),
        (f"{M}; A: matrix(m, n)", "f = tr(X @ A.T) + tr(A.T @ X)", "f wrt X"),
        (X, "f = tr(X @ X)", "f wrt X"),
        (M, "f = tr(X.T @ X)", "f wrt X"),
        (f"{M}; B: matrix(n, n)", "f = tr(X.T @ X @ B)", "f wrt X"),
        (f"{M}; B: matrix(n, p); C: matrix(m, m)", "f = tr(B.T @ X.T @ C @ X @ B)", "f wrt X"),
        (XAB, "f = tr(A @ X @ B @ X)", "f wrt X"),
        (XAB, "f = tr(A @ X @ B @ X.T)", "f wrt X"),
        (X, "f = tr(matpow(X, 3))", "f wrt X"),
        (XA, "f = tr(A @ matpow(X, 3))", "f wrt X"),
        (XA, "f = tr(A @ X)**2", "f wrt X"),
        (f"{X}; A: matrix(m, m)", "f = tr(kron(A, X))", "f wrt X"),
        (f"{M}; A: matrix(n, m)", "f = exp(sin(tr(A @ X)))", "f wrt X"),
        (X, "f = tr(exp(X))", "f wrt X"),
        (XA, "f = tr(X*A)", "f wrt X"),
        (f"{XA}; t: scalar", "f = tr(A + t*X)", "f wrt t"),
        (X, "f = tr(X)*X", "f wrt X"),
    ),
    *_rows(
        "determinants",
        (X, "f = det(X)", "f wrt X"),
        (X, "f = logdet(X)", "f wrt X"),
        (XAB, "f = det(A @ X @ B)", "f wrt X"),
        (XA, "f = logdet(A + X)", "f wrt X"),
        (f"{X}; a: scalar", "f = logdet(a*X)", "f wrt X", ("a > 0",)),
        (f"{X}; a: scalar", "f = logdet(a*X)", "f wrt a", ("a > 0",)),
        ("X: matrix(m, n)", "f = logdet(X.T @ X)", "f wrt X"),
        ("X: matrix(m, n)", "f = log(det(X.T @ X))", "f wrt X"),
        ("X: matrix(m, n); A: symmetric(m)", "f = det(X.T @ A @ X)", "f wrt X", ("A positive definite",)),
        (X, "f = det(matpow(X, 2))", "f wrt X"),
        (X, "f = log(det(X)**2)", "f wrt X"),
        ("u: vector(n); v: vector(n)", "f = logdet(eye(n) + u @ u.T + v @ v.T)", "f wrt u"),
        ("A: matrix(n, n); B: matrix(n, n); t: scalar", "f = det(A + t*B)", "f wrt t"),
    ),
    *_rows(
        "inverses",
        (f"{X}; a: vector(n); b: vector(n)", "f = a.T @ inv(X) @ b", "f wrt X"),
        (XA, "f = tr(A @ inv(X))", "f wrt X"),
        (XAB, "f = tr(A @ inv(X) @ B)", "f wrt X"),
        (XA, "f = tr(inv(X + A))", "f wrt X"),
        (XA, "W = inv(X); f = tr(W @ A @ W)", "f wrt X"),
        (X, "Y = inv(X)", "Y wrt X"),
        (XAB, "Y = A @ inv(X) @ B", "Y wrt X"),
        (f"{M}; b: vector(m)", "s = inv(X.T @ X) @ X.T @ b", "s wrt b"),
        (f"{M}; b: vector(m)", "f = b.T @ X @ inv(X.T @ X) @ X.T @ b", "f wrt X"),
        ("A: matrix(n, n); b: vector(n); t: scalar", "y = inv(A + t*eye(n)) @ b", "y wrt t"),
        (f"{X}; a: vector(n)", "y = inv(X) @ a", "y wrt X"),
        (
            "X: matrix(m, n); C: symmetric(m); A: matrix(n, n)",
            "f = tr(inv(X.T @ C @ X) @ A)",
            "f wrt X",
            ("C positive definite",),
        ),
        (X, "f = inv(X)[1, 2]", "f wrt X"),
        (X, "f = tr(matpow(X, -2))", "f wrt X"),
    ),
    *_rows(
        "forms",
        (f"{V}; a: vector(n)", "f = a.T @ x", "f wrt x"),
        (VA, "f = x.T @ A @ x", "f wrt x"),
        (f"{M}; a: vector(m); b: vector(n)", "f = a.T @ X @ b", "f wrt X"),
        (f"{M}; a: vector(n); b: vector(m)", "f = a.T @ X.T @ b", "f wrt X"),
        (f"{M}; a: vector(n)", "f = a.T @ X.T @ X @ a", "f wrt X"),
        (f"{M}; b: vector(n); c: vector(m); D: matrix(m, m)", "f = (X @ b + c).T @ D @ (X @ b + c)", "f wrt X"),
        (
            "s: vector(p); x: vector(n); A: matrix(n, p); W: symmetric(n)",
            "f = (x - A @ s).T @ W @ (x - A @ s)",
            "f wrt A",
        ),
        (
            "s: vector(p); x: vector(n); A: matrix(n, p); W: symmetric(n)",
            "f = (x - A @ s).T @ W @ (x - A @ s)",
            "f wrt s",
        ),
        (f"{V}; a: vector(n); b: vector(n)", "f = a.T @ x @ x.T @ b", "f wrt x"),
        (f"{VA}; B: matrix(n, n)", "f = (x.T @ A @ x)*(x.T @ B @ x)", "f wrt x"),
        (
            "w: vector(n); B: symmetric(n); C: symmetric(n)",
            "f = (w.T @ B @ w)/(w.T @ C @ w)",
            "f wrt w",
            ("C positive definite",),
        ),
        (f"{VA}", "f = x.T @ A @ x", "f wrt A"),
    ),
    *_rows(
        "norms",
        ("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x"),
        ("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)", "f wrt A"),
        (M, "f = norm(X)**2", "f wrt X"),
        (M, "f = norm(X)", "f wrt X"),
        (f"{V}; a: vector(n)", "y = (x - a)/norm(x - a)", "y wrt x"),
        ("T: matrix(m, n); U: matrix(m, k); V: matrix(n, k)", "f = norm(T - U @ V.T)**2", "f wrt V"),
        (
            "T: matrix(m, n); M: matrix(m, n); U: matrix(m, k); V: matrix(n, k)",
            "f = norm(M*(T - U @ V.T))**2",
            "f wrt U",
        ),
        ("W: matrix(m, n)", "f = norm(W.T @ W - eye(n))**2", "f wrt W"),
        (f"{V}; a: vector(n)", "f = norm1(x - a)", "f wrt x"),
    ),
    *_rows(
        "arrays by arrays",
        (M, "y = vec(X)", "y wrt X"),
        (M, "Y = X.T", "Y wrt X"),
        (f"{M}; A: matrix(p, m); B: matrix(n, q)", "Y = A @ X @ B", "Y wrt X"),
        (f"{M}; A: matrix(m, p)", "Y = X.T @ A", "Y wrt X"),
        (f"{M}; A: matrix(p, q)", "Y = kron(A, X)", "Y wrt X"),
        (f"{M}; A: matrix(p, q)", "Y = kron(X, A)", "Y wrt X"),
        (M, "Y = X*X", "Y wrt X"),
        (X, "Y = X @ X", "Y wrt X"),
        (M, "Y = X.T @ X", "Y wrt X"),
        ("x: vector(m); y: vector(n)", "Y = outer(x, y)", "Y wrt y"),
        ("x: vector(m); y: vector(n)", "Y = outer(x, y)", "Y wrt x"),
        (VA, "Y = A - x @ x.T/norm(x)**2", "Y wrt x"),
        (f"{M}; a: vector(n)", "y = X.T @ X @ a", "y wrt X"),
        (f"{M}; a: vector(n)", "y = softmax(X @ a)", "y wrt X"),
        (X, "g = [tr(X), det(X)]", "g wrt X"),
        (X, "y = diag(X)", "y wrt X"),
        (V, "Y = diag(x)", "Y wrt x"),
        (M, "y = commutation(m, n) @ vec(X)", "y wrt X"),
        ("A: matrix(m, n); t: scalar", "Y = exp(t*A)", "Y wrt t"),
        (f"{M}; B: matrix(m, n)", "Y = X/(1 + B**2)", "Y wrt X"),
    ),
    *_rows(
        "entries and reductions",
        (M, "f = sum(X)", "f wrt X"),
        (M, "f = mean(X)", "f wrt X"),
        (M, "f = sum(X**3)", "f wrt X"),
        (M, "f = X[2, 1]**2 + X[1, 2]", "f wrt X"),
        ("A: matrix(m, n); x: vector(n)", "f = exp((A @ x)[2])", "f wrt x"),
        (M, "f = logsumexp(X)", "f wrt X"),
        (
            f"{M}; A: matrix(p, m); B: matrix(n, q); a: vector(p); b: vector(q)",
            "f = a.T @ A @ sin(X) @ B @ b",
            "f wrt X",
        ),
        (V, "y = tan(x)", "y wrt x"),
        (V, "f = mean(x**2) - mean(x)**2", "f wrt x"),
        (V, "u = x/norm(x)", "u wrt x"),
        (V, "s = softmax(x)", "s wrt x"),
        (f"{V}; y: vector(n)", "z = max(x, y)", "z wrt x"),
        (
            f"{V}; g: vector(n); b: vector(n); e: scalar",
            "c = x - mean(x); y = g*c/sqrt(mean(c**2) + e) + b",
            "y wrt g",
            ("e > 0",),
        ),
    ),
    *_rows(
        "symmetric variables",
        ("X: symmetric(n); a: vector(n); b: vector(n)", "f = a.T @ X @ b", "f wrt X"),
        ("X: symmetric(n); A: matrix(n, n)", "f = tr(A @ X)", "f wrt X"),
        ("X: symmetric(n)", "f = logdet(X)", "f wrt X", ("X positive definite",)),
        ("X: symmetric(n)", "f = tr(X @ X)", "f wrt X"),
        ("X: symmetric(n); A: matrix(n, n)", "f = tr(A @ inv(X))", "f wrt X", ("X positive definite",)),
        ("X: symmetric(n); a: vector(n)", "y = X @ a", "y wrt X"),
        ("X: symmetric(n); A: matrix(n, n)", "f = tr(A @ X @ X)", "f wrt X twice"),
    ),
    *_rows(
        "statistics and learning",
        ("X: matrix(m, n); y: vector(m); w: vector(n); r: scalar", "f = norm(X @ w - y)**2 + r*norm(w)**2", "f wrt w"),
        (
            "X: matrix(m, n); y: vector(m); w: vector(n)",
            "p = sigmoid(X @ w); f = -sum(y*log(p) + (1 - y)*log(1 - p))",
            "f wrt w",
        ),
        ("x: vector(n); W: matrix(m, n); b: vector(m)", "y = relu(W @ x + b)", "y wrt x"),
        (
            "x: vector(n); W1: matrix(m, n); b1: vector(m); W2: matrix(k, m); t: vector(k)",
            "h = sigmoid(W1 @ x + b1); f = norm(W2 @ h - t)**2/2",
            "f wrt W1",
        ),
        (
            "x: vector(n); mu: vector(n); S: matrix(n, n)",
            "f = -0.5*logdet(S) - 0.5*(x - mu).T @ inv(S) @ (x - mu)",
            "f wrt S",
            ("S positive definite",),
        ),
        ("M: matrix(n, n); S: symmetric(n)", "f = -logdet(S) - tr(inv(S) @ M)", "f wrt S", ("S positive definite",)),
        (
            "X: matrix(m, n); W: matrix(n, k); b: vector(k); T: matrix(m, k)",
            "f = norm(X @ W + ones(m) @ b.T - T)**2",
            "f wrt b",
        ),
        (
            "X: matrix(m, n); W: matrix(n, k); b: vector(k); T: matrix(m, k)",
            "f = norm(X @ W + ones(m) @ b.T - T)**2",
            "f wrt W",
        ),
        ("z: vector(n); t: vector(n)", "f = -t.T @ log(softmax(z))", "f wrt z"),
        ("Q: matrix(m, p); K: matrix(n, p)", "f = sum(exp(Q @ K.T))", "f wrt Q"),
    ),
    *_rows(
        "second derivatives",
        (VA, "f = x.T @ A @ x", "f wrt x twice"),
        ("A: matrix(m, n); x: vector(n); y: vector(m)", "f = norm(A @ x - y)**2", "f wrt x twice"),
        (V, "f = logsumexp(x)", "f wrt x twice"),
        ("z: vector(n); t: vector(n)", "f = -t.T @ log(softmax(z))", "f wrt z twice"),
        (XAB, "f = tr(A @ X @ B @ X.T)", "f wrt X twice"),
        ("T: matrix(m, n); U: matrix(m, k); V: matrix(n, k)", "f = norm(T - U @ V.T)**2", "f wrt V twice"),
        ("A: matrix(n, n); B: matrix(n, n); t: scalar", "f = logdet(A + t*B)", "f wrt t twice"),
        (f"{M}; a: vector(m); b: vector(n)", "f = (a.T @ X @ b)**2", "f wrt X twice"),
        ("x: vector(n); y: vector(m); A: matrix(n, m)", "f = exp(x.T @ A @ y)", "f wrt x, then y"),
        ("X: matrix(m, n); a: vector(m); b: vector(n)", "f = a.T @ X @ b", "f wrt X, then a"),
        ("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt A, then x"),
    ),
    *_slow(
        *_rows(
            "second derivatives",
            (X, "f = logdet(X)", "f wrt X twice"),
            (X, "f = det(X)", "f wrt X twice"),
            (XA, "f = tr(A @ inv(X))", "f wrt X twice"),
            ("x: vector(n); W: matrix(m, n); v: vector(m)", "f = softplus(v.T @ tanh(W @ x))", "f wrt W twice"),
        )
    ),
)
