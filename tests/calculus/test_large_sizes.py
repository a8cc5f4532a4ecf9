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
