"""Derivations as students write them: the first wrong line is named, with the mistake that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from derivgen.answers.key import Key, key_of
from derivgen.answers.lines import judge_derivation
from derivgen.calculus.derive import derive
from tests.answers.questions import problem_of

Row = tuple[str, tuple[str, ...], str]


def rows() -> Iterator[Row]:
    question, lines = "", list[str]()
    for line in Path(__file__).with_name("derivations.txt").read_text("utf-8").splitlines():
        if line.startswith("? "):
            question, lines = line[2:], []
        elif line.startswith(("+ ", "! ")):
            yield question, tuple(lines), line
        elif not line.startswith("#"):
            lines.append(line)


ROWS = list(rows())


@cache
def key(variables: str, functions: str, derivative: str) -> Key:
    problem = problem_of(variables, functions, derivative)
    return key_of(problem, derive(problem, problem.requests[0]))


@pytest.mark.parametrize(
    ("question", "lines", "wanted"), ROWS, ids=[f"{number}: {row[2]}" for number, row in enumerate(ROWS, 1)]
)
def test_the_first_wrong_line_of_a_derivation_is_named(question: str, lines: tuple[str, ...], wanted: str) -> None:
    variables, functions, derivative, layout = question.split(" | ")
    judged = judge_derivation(key(variables, functions, derivative), "\n".join(lines), layout)  # type: ignore[arg-type]
    if judged.first_wrong_line is None:
        assert f"+ {judged.overall.verdict}" == wanted
    else:
        assert f"! {judged.first_wrong_line} {judged.overall.mistake or judged.overall.verdict}" == wanted
        assert judged.overall.message.startswith(f"Line {judged.first_wrong_line}: ")
    assert len(judged.verdicts) == len(lines)


def test_a_letter_without_a_sum_is_no_line_of_differentials() -> None:
    judged = judge_derivation(key("x: vector(n)", "f = dot(x, x)", "f wrt x"), "df = 2*x[i]*dx[i]", "denominator")
    assert judged.verdicts == ("unparsable",)
    assert "the letter i" in judged.overall.message


def test_a_sum_in_index_notation_is_one() -> None:
    judged = judge_derivation(
        key("x: vector(n)", "f = dot(x, x)", "f wrt x"), "df = sum(i, n, 2*x[i]*dx[i])\n2*x", "denominator"
    )
    assert judged.verdicts == ("correct", "correct")


def test_there_are_more_than_twenty_derivations_right_and_wrong() -> None:
    assert sum(row[2].startswith("+") for row in ROWS) >= 8
    assert sum(row[2].startswith("!") for row in ROWS) >= 15


def test_many_sums_within_each_other_are_refused_before_they_are_worked_out() -> None:
    letters = "abceghjklmopqrst"
    body = "*".join(f"x[{letter}]" for letter in letters)
    for letter in letters:
        body = f"sum({letter}, n, {body})"
    judged = judge_derivation(key("x: vector(n)", "f = dot(x, x)", "f wrt x"), f"df = {body}*dx[1]\n2*x", "denominator")
    assert judged.verdicts == ("unparsable", "correct")
    assert "too large" in judged.overall.message


def test_a_line_of_differentials_has_a_longest_length() -> None:
    asked = key("x: vector(n)", "f = dot(x, x)", "f wrt x")
    judged = judge_derivation(asked, "df = " + "0*x.T @ dx + " * 500 + "2*x.T @ dx\n2*x", "denominator")
    assert judged.verdicts == ("unparsable", "correct")
    assert "too long" in judged.overall.message


def test_a_derivation_does_not_end_with_the_chain_rule() -> None:
    asked = key("w: vector(n); c: vector(n)", "z = c.T @ w; a = tanh(z); L = a**2", "L wrt w")
    judged = judge_derivation(asked, "dL/dw = dL/da*da/dw", "denominator")
    assert (judged.verdicts, judged.first_wrong_line) == (("correct",), 1)
