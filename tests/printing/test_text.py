"""The plain text form: it parses back, and it has no bracket too many."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from derivgen.expr import build
from derivgen.expr.nodes import Constant, Expr, Product, Quotient, Sum
from derivgen.printing.text import text
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Condition
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.parse import parse
from tests.strategies import SCOPE, any_expression


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_expression(3, differentials=True))
def test_text_parses_back_to_the_same_expression(expr: Expr) -> None:
    assert parse(text(expr), SCOPE) == expr


@pytest.mark.parametrize(
    "line",
    [
        "x.T @ (A + A.T)", "2*x.T @ A", "(A + A.T) @ x", "x*(x.T @ y)", "x.T @ y * A", "A @ x / n", "-x",
        "-2*x", "-(2*x)", "-s/t", "(-s)/t", "s - t", "s - 2*t", "s - (t + 1)", "s - t/2", "s + (t + 1)",
        "(s + t) + 1", "s/t/2", "s/(t*2)", "s*(t*2)", "(s*t)*2", "s**2", "s**-1", "(-s)**2", "(s*t)**2",
        "s**t**2", "(s**t)**2", "2**s", "x*y", "x*y*x", "(x*y)*x", "x.T", "(A @ x).T", "A[1, 2]", "x[3]",
        "(A @ x)[2]", "x.T[1, 2]", "[s, t]", "[[s, t], [t, s]]", "[[s, t]]", "[s]", "where(x > 0, x, 0)",
        "sum(x)/n", "0.5*s", "0.25", "ones(n)", "eye(m*n)", "zeros(m, n + 1)", "pi*s", "dx.T @ A @ x",
        "d(x.T @ x)", "derivative(z, x)", "derivative([z, s], s, t)", "z*w", "max(s, t)", "-x*y", "2*(x*y)",
        "tr(A @ A.T)", "det(A)", "logdet(A)", "inv(A)", "inv(A).T", "inv(A.T)", "inv(A)[1, 2]", "inv(A)**2",
        "-inv(A) @ dA",
        "matpow(A, 3)", "matpow(A, -1)", "matpow(A, 0)", "matpow(A, 2*s - 1)", "matpow(A, s).T", "outer(x, u)",
        "outer(x, u).T @ x", "kron(A, B)", "kron(kron(A, B), x.T)", "kron(A, kron(B, x))", "kron(A, B) @ kron(x, x)",
        "kron(A @ A, -B)", "kron(A, eye(n))", "2*kron(A, B)", "kron(A, B)/2", "vec(A @ x)", "vec(A).T", "vec(dA)",
        "commutation(m, n)", "commutation(2, 3)", "commutation(m*n, n + 1).T", "commutation(m, n) @ vec(B)",
        "(eye(n*n) + commutation(n, n))/2", "d(tr(A))", "d(inv(A))", "norm(A)**2", "diag(diag(A))",
        "derivative(tr(A), A)", "derivative(derivative(z, A), A)", "-(-s)", "s*(-t)", "lambda*x", "s - (-t)", "1/2*s",
    ],
)  # fmt: skip
def test_text_of_what_was_typed_is_what_was_typed(line: str) -> None:
    assert text(parse(line, SCOPE)) == line


@pytest.mark.parametrize(
    "line",
    ["A invertible", "A.T @ A invertible", "A positive definite", "A + eye(n) positive definite", "det(A) > 0",
     "det(A @ A) != 0", "tr(inv(A)) >= 1", "norm(A) < 1", "n >= m", "n > m + 1"],
)  # fmt: skip
def test_text_of_a_condition_is_what_was_typed(line: str) -> None:
    assert condition_text(Condition(*parse_condition(line, SCOPE))) == line


def test_a_number_that_is_no_decimal_is_a_fraction_in_brackets() -> None:
    assert text(Product((Constant(Fraction(1, 3)), build.number(2)))) == "(1/3)*2"


def test_a_long_number_is_written_in_full() -> None:
    assert text(Constant(Fraction(1, 2**20))) == "9.5367431640625e-7"


def test_a_negative_term_is_subtracted() -> None:
    s, t = SCOPE.names["s"], SCOPE.names["t"]
    assert text(Sum((s, Product((build.number(-2), t)), build.number(-1)))) == "s - 2*t - 1"
    assert text(Sum((s, build.negative(Quotient(s, t))))) == "s - s/t"
