"""The second engine agrees with answers of books and of hand, in every pair of shapes, and with no wrong one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from derivgen.calculus.crosscheck import Exact, cross_check, evaluated
from derivgen.calculus.records import Derivation, Result
from derivgen.expr.nodes import Transpose
from tests.calculus.judge import problem_of, wholly

# variables, function, request, the answer in numerator layout, assumptions
ANSWERS = (
    # Petersen and Pedersen, The Matrix Cookbook (2012), sec. 2.
    ("A: matrix(n, n); B: matrix(n, n); t: scalar", "det(A + t*B)", "f wrt t", "det(A + t*B)*tr(inv(A + t*B) @ B)", ()),
    ("X: matrix(n, n)", "det(X)", "f wrt X", "det(X)*inv(X)", ()),
    ("X: matrix(n, n)", "logdet(X)", "f wrt X", "inv(X)", ()),
    ("X: matrix(n, n); A: matrix(n, n)", "tr(A @ inv(X))", "f wrt X", "-inv(X) @ A @ inv(X)", ()),
    ("X: matrix(n, n)", "tr(matpow(X, 3))", "f wrt X", "3*matpow(X, 2)", ()),
    ("X: matrix(n, n); k: scalar", "tr(matpow(X, k))", "f wrt X", "k*matpow(X, k - 1)", ()),
    ("A: matrix(m, n)", "logdet(A.T @ A)", "f wrt A", "2*inv(A.T @ A) @ A.T", ()),
    ("A: matrix(m, n); b: vector(m)", "inv(A.T @ A) @ A.T @ b", "f wrt b", "inv(A.T @ A) @ A.T", ()),
    ("u: vector(n); v: vector(n)", "logdet(eye(n) + u @ u.T + v @ v.T)", "f wrt u",
     "2*u.T @ inv(eye(n) + u @ u.T + v @ v.T)", ()),
    ("A: matrix(m, n); x: vector(n)", "norm(A @ x)", "f wrt A", "x @ x.T @ A.T/norm(A @ x)", ()),
    ("X: matrix(m, n)", "norm(X)", "f wrt X", "X.T/norm(X)", ()),
    ("X: matrix(n, n); s: scalar", "exp(s)*X", "f wrt s", "exp(s)*X", ()),
    ("t: scalar; X: matrix(n, n)", "inv(eye(n) + t*X)", "f wrt t",
     "-inv(eye(n) + t*X) @ X @ inv(eye(n) + t*X)", ("t > 0",)),
    # Quotients of whole numbers are exact: one third of the three ones is 1.
    ("x: vector(n); z: vector(m)", "mean(ones(m))*(x.T @ x)/3 + mean(ones(m)/(2*ones(m)))", "f wrt x", "2*x.T/3", ()),
    # Magnus and Neudecker (2019), ch. 9: matrices by vec.
    ("X: matrix(m, n)", "X.T", "f wrt X", "commutation(m, n)", ()),
    ("A: matrix(k, m); X: matrix(m, n); B: matrix(n, p)", "A @ X @ B", "f wrt X", "kron(B.T, A)", ()),
    ("A: matrix(m, n); x: vector(n)", "A @ x", "f wrt A", "kron(x.T, eye(m))", ()),
    ("a: vector(m); x: vector(n)", "outer(a, x)", "f wrt x", "kron(eye(n), a)", ()),
    ("X: matrix(n, n)", "inv(X)", "f wrt X", "-kron(inv(X).T, inv(X))", ()),
    ("X: matrix(m, n); b: vector(p)", "kron(b, X)", "f wrt X",
     "kron(eye(n), kron(b, eye(m)))", ()),
    ("X: matrix(m, n); A: matrix(p, m)", "vec(A @ X)", "f wrt X", "kron(eye(n), A)", ()),
    # Second derivatives.
    ("X: matrix(n, n); A: matrix(n, n)", "tr(X @ A @ X)", "f wrt X twice",
     "commutation(n, n) @ (kron(A.T, eye(n)) + kron(eye(n), A))", ()),
    ("X: matrix(m, n); A: matrix(m, m)", "tr(X.T @ A @ X)", "f wrt X twice", "kron(eye(n), A + A.T)", ()),
    ("X: matrix(n, n)", "logdet(X)", "f wrt X twice", "-commutation(n, n) @ kron(inv(X).T, inv(X))", ()),
    ("x: vector(n); A: matrix(m, n); y: vector(m)", "y.T @ A @ x", "f wrt x, then A", "kron(eye(n), y.T)", ()),
    ("x: vector(n); A: matrix(m, n); y: vector(m)", "y.T @ A @ x", "f wrt A, then x", "kron(eye(n), y)", ()),
    ("t: scalar; X: matrix(m, n)", "t**2*norm(X)**2", "f wrt t, then X", "4*t*vec(X).T", ()),
    ("t: scalar; X: matrix(m, n)", "t**2*norm(X)**2", "f wrt X, then t", "4*t*vec(X)", ()),
    ("t: scalar; X: matrix(m, n)", "t**3*X", "f wrt t twice", "6*t*X", ()),
    ("x: vector(n); A: matrix(m, n)", "(A @ x)*(x.T @ x)", "f wrt x twice",
     "2*(kron(x, A) + vec(A) @ x.T + kron(eye(n), A @ x))", ()),
    ("X: matrix(n, n); A: matrix(n, n); t: scalar", "logdet(A + t*X)", "f wrt t twice",
     "-tr(inv(A + t*X) @ X @ inv(A + t*X) @ X)", ()),
    # The symmetric gradient (Srinivasan and Panda, 2019).
    ("S: symmetric(n); a: vector(n); b: vector(n)", "a.T @ S @ b", "f wrt S", "(a @ b.T + b @ a.T)/2", ()),
    ("S: symmetric(n)", "logdet(S)", "f wrt S", "inv(S)", ("S positive definite",)),
    ("S: symmetric(n); a: vector(n)", "a.T @ inv(S) @ a", "f wrt S", "-inv(S) @ a @ a.T @ inv(S)", ()),
    ("S: symmetric(n); x: vector(n)", "S @ x", "f wrt S",
     "kron(x.T, eye(n)) @ (eye(n*n) + commutation(n, n))/2", ()),
    ("S: symmetric(n)", "tr(S @ S)", "f wrt S twice", "eye(n*n) + commutation(n, n)", ()),
    # Under an assumption only.
    ("z: vector(n); t: vector(n)", "-dot(t, log(softmax(z)))", "f wrt z", "(softmax(z) - t).T",
     ("sum(t) = 1", "t > 0")),
    ("x: vector(n); a: vector(n)", "(a.T @ x)**2/(x.T @ x)", "f wrt x",
     "2*(a.T @ x)*a.T - 2*(a.T @ x)**2*x.T", ("norm(x) = 1",)),
)  # fmt: skip
TABLE = pytest.mark.parametrize("row", ANSWERS, ids=[f"{row[1]} - {row[2]}" for row in ANSWERS])
Row = tuple[str, str, str, str, tuple[str, ...]]


def claimed(row: Row, answer: str) -> bool:
    """Whether the second engine agrees with an answer in numerator layout."""
    variables, function, request, _, assume = row
    problem = problem_of(variables, f"f = {function}", request, assume=assume)
    numerator = wholly(answer, problem)
    results = (Result("numerator", numerator), Result("denominator", Transpose(numerator)))
    return cross_check(problem, Derivation(problem.requests[0], "differentials", (), results, ())).agrees


@TABLE
def test_the_second_engine_agrees_with_the_answer(row: Row) -> None:
    assert claimed(row, row[3])


@TABLE
def test_the_second_engine_sees_a_wrong_factor(row: Row) -> None:
    assert not claimed(row, f"2*({row[3]})")


WRONG = (
    ("X: matrix(n, n)", "logdet(X)", "f wrt X", "inv(X).T", ()),
    ("X: matrix(n, n)", "inv(X)", "f wrt X", "-kron(inv(X), inv(X))", ()),
    ("S: symmetric(n); a: vector(n); b: vector(n)", "a.T @ S @ b", "f wrt S", "a @ b.T", ()),
    ("S: symmetric(n); x: vector(n)", "S @ x", "f wrt S", "kron(x.T, eye(n))", ()),
    ("S: symmetric(n)", "tr(S @ S)", "f wrt S twice", "2*eye(n*n)", ()),
    ("S: symmetric(n)", "logdet(S)", "f wrt S", "2*inv(S) - inv(S) * eye(n)", ("S positive definite",)),
    ("x: vector(n); A: matrix(n, n); y: vector(n)", "y.T @ A @ x", "f wrt A, then x", "kron(y, eye(n))", ()),
    ("x: vector(n); a: vector(n)", "(a.T @ x)**2/(x.T @ x)", "f wrt x", "2*(a.T @ x)*a.T - 2*(a.T @ x)*x.T",
     ("norm(x) = 1",)),
)  # fmt: skip


@pytest.mark.parametrize("row", WRONG, ids=[f"{row[1]} - {row[3]}" for row in WRONG])
def test_the_second_engine_sees_what_the_shape_cannot_show(row: Row) -> None:
    assert not claimed(row, row[3])


def test_what_stands_at_many_places_is_worked_out_once() -> None:
    sp: Any = pytest.importorskip("sympy")
    nested = sp.Rational(1, 3)
    for _ in range(60):
        nested = sp.sin(nested, evaluate=False) + nested * sp.cos(nested, evaluate=False)
    known: dict[Any, Any] = {}
    value = evaluated(nested, known)
    number = 1 / 3
    for _ in range(60):
        number = math.sin(number) + number * math.cos(number)
    assert abs(float(value) - number) < 1e-9
    assert len(known) < 400


def test_sympy_is_given_the_function_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The printed derivative is a number there; in exact arithmetic it would pile up logarithms of sums."""
    given: list[Exact] = []

    class Counted(Exact):
        def __init__(self) -> None:
            super().__init__()
            given.append(self)

    monkeypatch.setattr("derivgen.calculus.crosscheck.Exact", Counted)
    assert claimed(ANSWERS[0], ANSWERS[0][3])
    assert len(given) == 1
