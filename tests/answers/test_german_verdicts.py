"""Verdicts in German: whatever is told of an answer has no English in it, but for what the reader of formulas says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivgen.answers.check import judge
from derivgen.answers.key import Key, key_of
from derivgen.answers.lines import judge_derivation
from derivgen.answers.mistakes import SENTENCES
from derivgen.answers.stored import read_key
from derivgen.answers.submission import graded
from derivgen.answers.telling import Sentence, in_language, said, together, without_stop
from derivgen.calculus.derive import derive
from tests.answers.keys import key as stored_key
from tests.answers.keys import question
from tests.answers.questions import problem_of
from tests.document.test_german import ENGLISH_WORDS

TABLES = Path(__file__).parent
ROWS = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (TABLES / "mistakes.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def english(words: str) -> set[str]:
    # Letters of formulas are no words.
    return {word for word in re.findall(r"[A-Za-z]{2,}", words.lower()) if word in ENGLISH_WORDS}


def key(variables: str, functions: str, derivative: str) -> Key:
    problem = problem_of(variables, functions, derivative)
    return key_of(problem, derive(problem, problem.requests[0]))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[5]}: {row[4]}" for row in ROWS])
def test_a_mistake_is_told_in_german(row: tuple[str, ...]) -> None:
    variables, functions, derivative, layout, answer, _ = row
    judged = judge(key(variables, functions, derivative), answer, layout)  # type: ignore[arg-type]  # a layout
    assert isinstance(judged.message, Sentence)
    told = in_language(judged.message, "de")
    assert told != judged.message
    if judged.span is None:
        assert not english(told), told
    assert in_language(judged.message, "en") == judged.message


def test_lines_and_layouts_are_told_in_german() -> None:
    asked = key("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    found = judge_derivation(asked, "df = x.T @ A @ dx\n2*A @ x", "denominator").overall.message
    assert in_language(found, "de").startswith("Zeile 1: x kommt an 2 Stellen vor")
    found = judge(asked, "x.T @ (A + A.T)", "denominator").message
    assert in_language(found, "de") == (
        "Richtig, im anderen Layout: Zeile 1 x n (Zähler-Layout) statt der Transponierten, n x 1 (Nenner-Layout)."
    )
    found = judge(asked, "2*x.T @ A", "denominator").message
    assert in_language(found, "de").startswith(
        "Richtig nur für ein symmetrisches A, und das ist nicht vorausgesetzt, und"
    )


def test_a_grade_is_in_the_language_of_its_sheet() -> None:
    made = stored_key(question("q.a"))
    made["language"] = "de"
    german = read_key(made)
    told = {answer: graded(german, german.questions[0], answer) for answer in ("(A + A.T) @ x", "-(A + A.T) @ x", "")}
    assert [one.told.partition(" Nicht die")[0] for one in told.values()] == [
        "Richtig.",
        "Nur das Vorzeichen ist falsch.",
        "Keine Antwort.",
    ]
    assert told["-(A + A.T) @ x"].mistake == "wrong_sign"


def test_what_somebody_typed_is_not_translated() -> None:
    typed = said("Read as: {reading}", reading="Right.")
    assert in_language(typed, "de") == "Gelesen als: Right."
    both = together(without_stop(said(SENTENCES["wrong_sign"])), "Right.", between=", ")
    assert (both, in_language(both, "de")) == (
        "Only the sign is wrong, Right.",
        "Nur das Vorzeichen ist falsch, Right.",
    )
