"""Functions that are not answered as they should be; each test goes green when its fault is mended.

A strict xfail turns red then: take the mark off, and let test_properties.py draw the kind.
"""

from __future__ import annotations

import pytest

from derivgen.printing.text import text
from tests.calculus.judge import derived

FAULTS = (
    # variables, function, request, answer, what happens instead
    ("x: vector(n)", "f = x[3]", "f wrt x", "unit(n, 3).T", "IndexError where a point has fewer than 3 entries"),
    ("x: vector(n); s: scalar", "f = n/s", "f wrt s", "-n/s**2", "KeyError: no variable in f tells n"),
    ("x: vector(n)", "f = x/x", "f wrt x", "zeros(n, n)", "StopIteration: the change cancels"),
    ("x: vector(n)", "f = x - x", "f wrt x", "zeros(n, n)", "StopIteration: the change cancels"),
    ("x: vector(n)", "f = sum(sign(x))", "f wrt x", "zeros(1, n)", "StopIteration: the slope is 0"),
    ("x: vector(n)", "f = sum(relu(x))", "f wrt x twice", "zeros(n, n)", "StopIteration: the slope is 0"),
    ("x: vector(n); s: scalar", "f = s**2*sum(x**2)", "f wrt x, then s", "4*s*x",
     "WrongStep: the left side of the second derivative is the row 1 x n, the answer the column n x 1"),
    ("x: vector(n)", "f = [x.T @ x]", "f wrt x", "2*x.T", "no rule: a stack of one scalar is a scalar"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "answer"),
    [
        pytest.param(*row[:4], id=f"{row[1]} {row[2]}", marks=pytest.mark.xfail(reason=row[4], strict=True))
        for row in FAULTS
    ],
)
def test_this_function_is_answered(variables: str, functions: str, request_: str, answer: str) -> None:
    assert text(derived(variables, functions, request_).result("numerator")) == answer
