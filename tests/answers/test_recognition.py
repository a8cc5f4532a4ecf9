"""Wrong answers by the catalogue of mistakes: each is told by its name, whatever form it is typed in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from derivgen.answers.check import judge
from derivgen.answers.key import Key, key_of
from derivgen.answers.mistakes import SENTENCES
from derivgen.calculus.derive import derive
from tests.answers.questions import problem_of

# variables, functions, derivative, layout, answer, and the mistake that it is ("wrong" where it is none of them)
Row = tuple[str, ...]
TABLE = Path(__file__).with_name("mistakes.txt").read_text("utf-8").splitlines()
ROWS: list[Row] = [tuple(line.split(" | ")) for line in TABLE if not line.startswith("#")]


@cache
def key(variables: str, functions: str, derivative: str) -> Key:
    problem = problem_of(variables, functions, derivative)
    return key_of(problem, derive(problem, problem.requests[0]))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[5]}: {row[4]}" for row in ROWS])
def test_a_mistake_is_told_by_its_name(row: Row) -> None:
    variables, functions, derivative, layout, answer, mistake = row
    judgement = judge(key(variables, functions, derivative), answer, layout)  # type: ignore[arg-type]
    assert (judgement.mistake or judgement.verdict) == mistake
    assert judgement.verdict == ("wrong" if mistake == "wrong" else "mistake")
    assert "{" not in judgement.message


def test_every_mistake_that_has_a_sentence_for_graders_is_met() -> None:
    # These are met on pages alone: the catalogue of graders has them under the names of what they look like.
    on_pages = {
        "both_variables_at_once",
        "dropped_path",
        "exponent_kept",
        "reversed_trace",
        "constant_kept",
        "other_layout",
    }
    assert set(SENTENCES) - on_pages == {row[5] for row in ROWS} - {"wrong"}


RIGHT = [
    ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x twice", "A + A.T"),
    ("S: symmetric(n); x: vector(n)", "f = x.T @ S @ x", "f wrt x", "2*S @ x"),
    ("x: vector(n)", "f = sum(exp(x))", "f wrt x", "exp(x)"),
    ("x: scalar", "f = exp(x)", "f wrt x", "f"),
]


@pytest.mark.parametrize(("variables", "functions", "derivative", "answer"), RIGHT)
def test_what_is_right_is_no_mistake(variables: str, functions: str, derivative: str, answer: str) -> None:
    assert judge(key(variables, functions, derivative), answer, "denominator").verdict == "correct"


def test_twice_the_answer_in_the_other_layout_says_both() -> None:
    judgement = judge(key("x: vector(n)", "f = x.T @ x", "f wrt x"), "4*x.T", "denominator")
    assert judgement.mistake == "extra_factor_2"
    assert judgement.message.startswith("You have twice the answer, and in the other layout.")


def test_what_holds_for_one_assignment_of_sizes_is_no_match() -> None:
    # For n = 2 alone this is twice the answer.
    judgement = judge(key("x: vector(n)", "f = x.T @ x", "f wrt x"), "2*n*x", "denominator")
    assert judgement.mistake != "extra_factor_2"
