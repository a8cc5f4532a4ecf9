"""Functions as books write them: read where they mean one thing, and left to a fault where they may mean two."""

from __future__ import annotations

import pytest

from derivgen.answers.tolerant import reading
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Reference, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.syntax.parse import Scope, parse

M, N = Size.named("m"), Size.named("n")
SHAPES = {"x": Shape(N, ONE), "A": Shape(N, N), "B": Shape(N, N), "M": Shape(M, N), "s": Shape(ONE, ONE)}
SHAPES["t"] = SHAPES["s"]
SCOPE = Scope({name: Variable(name, shape) for name, shape in SHAPES.items()}, frozenset({"m", "n"}))

READ = {
    # The inverse of what stands in brackets is that of a matrix; of a number or a column it is one over each entry.
    "(AB)^{-1}": "inv(A @ B)",
    r"\left(A^\top A\right)^{-1}x": "inv(A.T @ A) @ x",
    "((A + B)B)⁻¹x": "inv((A + B) @ B) @ x",
    "((AB)^{-1} + A)^-1": "inv(inv(A @ B) + A)",
    "(AB)^{-T}": "inv(A @ B).T",
    "inv(A)^{-1}": "inv(inv(A))",
    "A^{-1}B": "inv(A) @ B",
    "A(A^T B)^{-1}x": "A @ inv(A.T @ B) @ x",
    "AB(A + B)^{-T}": "A @ B @ inv(A + B).T",
    # A power of a matrix is a product with itself, of all else one of each entry.
    "A^2": "matpow(A, 2)",
    "A²B": "matpow(A, 2) @ B",
    "A^2B": "matpow(A, 2) @ B",
    "(AB)^{-2} x": "matpow(A @ B, -2) @ x",
    "x^T A^{10} x": "x.T @ matpow(A, 10) @ x",
    "(A x)^2": "(A @ x)**2",
    "s^2 A": "s**2*A",
    "(s + t)^{-1}": "(s + t)**(-1)",
    "(x^T A x)^{-1}": "(x.T @ A @ x)**(-1)",
    "sin(s)^{-1}": "sin(s)**(-1)",
    "log x": "log(x)",
    r"2\log s - 1": "2*log(s) - 1",
    "ln s": "log(s)",
    r"\ln(s)": "log(s)",
    "s (1 + ln s)": "s*(1 + log(s))",
    "det A": "det(A)",
    "e^s": "exp(s)",
    "2e^{-2s}": "2*exp(-2*s)",
    "e^{-x^T A x} x": "exp(-x.T @ A @ x)*x",
    "e^{e^s}": "exp(exp(s))",
    "e^{x}": "exp(x)",
    r"\frac{e^{-s}}{(1 + e^{-s})^2}": "exp(-s)/(1 + exp(-s))**2",
    r"\sqrt{x^{T} x}": "sqrt(x.T @ x)",
    r"\frac{1}{2\sqrt{s}}": "1/(2*sqrt(s))",
    "1/(2√s)": "1/(2*sqrt(s))",
    "|s|": "abs(s)",
    r"\left|s\right|/\lvert t\rvert": "abs(s)/abs(t)",
    "|s| + |t|": "abs(s) + abs(t)",
    r"\log|s|": "log(abs(s))",
    r"\frac{x}{\|x\|}": "x/norm(x)",
}
LEFT = (
    "log s t", "log s/t", "log s^2", "log 2s", "sin 2s", "log st", "tr A B",
    # Of a matrix books mean another function than that of its entries; |x| is a norm to many, |A| a determinant.
    "log A", "e^{A}", r"\sqrt{A}", "√(A)", "|x|", "|A|",
    "e^st", "e^2s", "e^{s}^2", "√st", "√s t", r"\sqrt[3]{s}", r"\sqrt{s", "|s|t|s|", "|s||t|", "|s",
    "M^2", "(AQ)^{-1}", "(MA^{-1}", "A)^{-1}",
)  # fmt: skip


def _same(one: str, other: str) -> bool:
    return parse(one, SCOPE) == parse(other, SCOPE)


@pytest.mark.parametrize(("typed", "meant"), READ.items(), ids=READ)
def test_what_means_one_thing_is_read(typed: str, meant: str) -> None:
    with pytest.raises(DerivgenError):
        parse(typed, SCOPE)
    assert _same(reading(typed, SCOPE), meant)


@pytest.mark.parametrize("typed", LEFT)
def test_what_may_mean_two_things_is_told_as_it_was_typed(typed: str) -> None:
    assert reading(typed, SCOPE) == typed
    with pytest.raises(DerivgenError) as caught:
        parse(typed, SCOPE)
    assert caught.value.faults[0].hint


def test_an_inverse_behind_the_name_of_a_function_is_left() -> None:
    # Y(A)^{-1} is Y times an inverse to one reader, and the inverse of Y at A to another.
    scope = Scope({**SCOPE.names, "Y": Reference("Y", parse("A @ B", SCOPE))}, SCOPE.sizes)
    assert reading("Y(A)^{-1}", scope) == "Y(A)^{-1}"
    assert reading("Y (AB)^{-1}", scope) == "Y @ inv(A @ B)"


def test_a_name_is_never_taken_for_the_number_e_or_a_logarithm() -> None:
    names = {name: Variable(name, SHAPES["s"]) for name in ("e", "ln", "s")}
    scope = Scope(names, frozenset())
    assert reading("e^s", scope) == "e**s"
    assert reading("2ln", scope) == "2*ln"


@pytest.mark.parametrize(
    "typed", ["√(" * 600 + "A" + ")" * 600, "(" * 600 + "A" + ")^-1" * 600, "|s" * 900, "e^{" * 600]
)
def test_what_is_nested_too_deep_is_refused_at_once(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def counted(text: str, scope: Scope) -> object:
        tried.append(text)
        return parse(text, scope)

    for module in ("tolerant", "booksigns"):
        monkeypatch.setattr(f"derivgen.answers.{module}.parse", counted)
    assert reading(typed, SCOPE) == typed
    assert len(tried) < 100
