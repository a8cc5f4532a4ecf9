"""The table of a check has its columns by what stands in them."""

from __future__ import annotations

import pytest

from derivgen.calculus.illustration import illustrations
from derivgen.document.checktable import check_table
from tests.calculus.judge import derived, problem_of

ATTENTION = "q: vector(d); K: matrix(n, d); V: matrix(n, m)"


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "is_wide"),
    [
        # Beside a picture a column of half the table is just wide enough for a long word.
        ("x: vector(2); A: symmetric(2)", "f = x.T @ A @ x", "f wrt x", False),
        (ATTENTION, "s = K @ q / sqrt(d); o = V.T @ softmax(s)", "o wrt V", True),
    ],
)
def test_wide_arrays_take_room_from_the_words_beside_them(
    variables: str, functions: str, request_: str, *, is_wide: bool
) -> None:
    derivation = derived(variables, functions, request_)
    table = check_table(illustrations(problem_of(variables, functions, request_), derivation), derivation)
    words, numbers = table.shares
    assert (numbers > words) is is_wide
