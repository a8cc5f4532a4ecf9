"""A size of a million costs what a small one costs: it is checked with a small one in its place."""

from __future__ import annotations

import pytest

import derivgen
from derivgen import DerivgenError

MILLION = "vector(1000000)"

# function, gradient
CASES = [
    ("x.T @ A @ x", "(A + A.T) @ x"),
    ("mean(x**2)", "x/500000"),
    ("sum(x)/1000000", "ones(1000000)/1000000"),
    ("logsumexp(x)", "softmax(x)"),
    ("norm(B @ x - b)**2", "2*B.T @ (B @ x - b)"),
]
VARIABLES = {"x": MILLION, "A": "matrix(1000000, 1000000)", "B": "matrix(50, 1000000)", "b": "vector(50)"}


@pytest.mark.parametrize(("function", "gradient"), CASES)
def test_a_large_size_is_checked_as_a_small_one(function: str, gradient: str) -> None:
    used = {name: shape for name, shape in VARIABLES.items() if name in function}
    found = derivgen.derive(function, wrt="x", variables=used)
    assert found.denominator.text == gradient
    assert found.denominator.shape == ("1000000", "1")


def test_what_depends_on_the_large_size_itself_is_refused_with_the_remedy() -> None:
    with pytest.raises(DerivgenError, match="give the size a name"):
        derivgen.derive("x[7]**2", wrt="x", variables={"x": MILLION})


def test_sizes_that_can_be_worked_out_are() -> None:
    found = derivgen.derive("sum(x**2)", wrt="x", variables={"x": "vector(2000)"})
    assert found.denominator.text == "2*x"


# A matrix of so many entries is checked with a small one too; its numbers may be multiples of each other.
OF_MATRICES = {
    "W": "matrix(10, 784)", "x": "vector(784)", "b": "vector(10)", "A": "matrix(40, 40)", "y": "vector(40)",
    "X": "matrix(32, 128)", "V": "matrix(64, 128)", "Y": "matrix(32, 64)", "w": "vector(128)",
}  # fmt: skip
WITH_MATRICES = [
    ("norm(W @ x - b)**2", "W", "2*(W @ x - b) @ x.T"),
    ("mean((W @ x - b)**2) + 0.1*sum(W**2)", "W", "(W @ x - b) @ x.T/5 + W/5"),
    ("sum(W**2)/7840", "W", "W/3920"),
    ("logdet(A)", "A", "inv(A).T"),
    ("tr(A @ A)/40 + 40*tr(A)", "A", "A.T/20 + 40*eye(40)"),
    ("A @ y", "A", "kron(y, eye(40))"),
    # 2048 entries are 32 times 64, and 16 times 128.
    ("mean((X @ V.T - Y)**2)", "V", "(X @ V.T - Y).T @ X/1024"),
    ("mean(log(1 + exp(X @ w)))", "w", "X.T @ (exp(X @ w) / (1 + exp(X @ w))) / 32"),
    ("X/norm(X)", "X", "eye(4096)/norm(X) - vec(X) @ vec(X).T / norm(X)**3"),
]


@pytest.mark.parametrize(("function", "wrt", "gradient"), WITH_MATRICES)
def test_a_large_matrix_is_checked_as_a_small_one(function: str, wrt: str, gradient: str) -> None:
    used = {name: shape for name, shape in OF_MATRICES.items() if name in function}
    assert derivgen.derive(function, wrt=wrt, variables=used).denominator.text == gradient


def test_an_entry_of_a_large_matrix_is_itself() -> None:
    """Where an entry is named, no smaller matrix has it: the sizes stay, or are refused."""
    found = derivgen.derive("A[20,3]**2", wrt="A", variables={"A": "matrix(20, 16)"})
    assert found.denominator.text.startswith("2*A[20, 3]*[0, 0,")


# Numbers that were typed stay themselves, and those that sizes have left follow them.
WITH_NUMBERS = [
    ("sum(x**2)", "x", {"x": "vector(100)"}, "2*x"),
    ("0.05*sum(x**2)", "x", {"x": "vector(100)"}, "x/10"),
    ("mean(x**2) + 0.05*sum(x**2)", "x", {"x": "vector(100)"}, "3/25*x"),
    ("6*sum(x**3)", "x", {"x": "vector(36)"}, "18*x**2"),
    ("sum((4*X)**2)", "X", {"X": "matrix(32, 32)"}, "32*X"),
    ("66*sum(X) + 65*sum(X)", "X", {"X": "matrix(65, 65)"}, "131*ones(65, 65)"),
    ("mean(exp(x))", "x", {"x": "vector(1000)"}, "exp(x)/1000"),
    ("sum((x - mean(x))**2)/99", "x", {"x": "vector(100)"}, "2/99*(x - mean(x))"),
    (
        "mean((X @ w - y)**2) + 0.05*sum(w**2)", "w", {"X": "matrix(100, 10)", "w": "vector(10)", "y": "vector(100)"},
        "X.T @ (X @ w - y) / 50 + w/10",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("function", "wrt", "variables", "gradient"), WITH_NUMBERS)
def test_typed_numbers_stay_and_those_of_sizes_follow_them(
    function: str, wrt: str, variables: dict[str, str], gradient: str
) -> None:
    found = derivgen.derive(function, wrt=wrt, variables=variables, cross_check=True)
    assert found.denominator.text == gradient
    assert found.cross_checked


def test_a_tall_matrix_stays_tall() -> None:
    variables = {"X": "matrix(100, 10)", "y": "vector(100)"}
    found = derivgen.derive("inv(X.T @ X) @ X.T @ y", wrt="y", variables=variables)
    assert found.numerator.text == "inv(X.T @ X) @ X.T"
    with pytest.raises(DerivgenError, match="invertible"):
        derivgen.derive("inv(X @ X.T) @ y", wrt="y", variables=variables)


def test_a_size_that_is_the_entries_of_a_matrix_has_as_many_in_its_place() -> None:
    variables = {"X": "matrix(100, 10)", "A": "matrix(20, 100)", "B": "matrix(10, 5)"}
    found = derivgen.derive("vec(A @ X @ B)", wrt="X", variables=variables, cross_check=True)
    assert found.numerator.text == "kron(B.T, A)"
    assert found.cross_checked


def test_listed_entries_keep_their_number() -> None:
    variables = {"A": "matrix(4, 400)", "x": "vector(400)", "s": "scalar"}
    found = derivgen.derive("[s, 1, 2, 3].T @ A @ x", wrt="x", variables=variables, cross_check=True)
    assert (found.denominator.shape, found.cross_checked) == (("400", "1"), True)
    variables = {"B": "matrix(8, 6)", "C": "matrix(6, 30)", "x": "vector(30)", "s": "scalar"}
    found = derivgen.derive("[s, 1, 2, 3, 4, 5, 6, 7].T @ B @ C @ x", wrt="C", variables=variables, cross_check=True)
    assert (found.denominator.shape, found.cross_checked) == (("6", "30"), True)
