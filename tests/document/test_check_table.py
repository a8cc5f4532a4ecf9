"""The table of a check has its columns by what stands in them."""

from __future__ import annotations

import pytest

from derivgen.calculus.illustration import Illustration, illustrations
from derivgen.document.blocks import Paragraph
from derivgen.document.checktable import check, check_table
from derivgen.render.plain import words
from tests.calculus.judge import derived, problem_of

REGRESSION = ("W: matrix(17, 3); x: vector(3); b: vector(17)", "f = mean((W @ x - b)**2) + x[2]", "f wrt W")
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


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "why"),
    [
        (
            *REGRESSION,
            "The arrays of numbers are too large for a table; every line above was checked at random points.",
        ),
        (
            "x: scalar",
            "f = sqrt(1 - x**2) + log(x - 0.9)",
            "f wrt x",
            "No point with short numbers was found; every line above was checked at random points.",
        ),
    ],
)
def test_where_no_numbers_are_shown_the_page_says_why(variables: str, functions: str, request_: str, why: str) -> None:
    problem, derivation = problem_of(variables, functions, request_), derived(variables, functions, request_)
    found: tuple[Illustration, ...] = illustrations(problem, derivation)
    assert found == ()
    _, sentence = check(found, problem, derivation, 2, "")
    assert isinstance(sentence, Paragraph)
    assert [str(word) for word in sentence.text] == [why]


def test_what_becomes_of_numbers_made_of_a_large_size_is_told() -> None:
    given = ("X: matrix(100, 10); w: vector(10); y: vector(100)", "f = mean((X @ w - y)**2)", "f wrt w")
    derivation = derived(*given)
    table = check_table(illustrations(problem_of(*given), derivation), derivation)
    assert words(table.caption) == (
        "Here 2 stands in the place of 10. Here 3 stands in the place of 100. Here 1.5 stands in the place of 50."
    )
