"""Verdicts in German: whatever is told of an answer has no English in it, nor has what the reader of formulas says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import derivgen
from derivgen.answers.check import judge
from derivgen.answers.key import Key, key_of
from derivgen.answers.lines import judge_derivation
from derivgen.answers.mistakes import SENTENCES
from derivgen.answers.slipwords import SlipWords
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


# What the reader of whole specs says is told to nobody who types an answer.
OF_SPECS = ("conditions.py", "declarations.py", "requests.py", "requestslips.py")
# Parts of sentences, which are known as a whole; and names of functions.
PARTS = {
    " and ", "Q is Q", "Q is Q and cannot be called", "already a function of its variables", "multiply entry by entry",
    "not a size of this problem", "raise to a power", "the bracket alone", "the name alone", "to the power",
    "the name of the function alone", "x.T for the transpose of x",
}  # fmt: skip
NAMES = {"where", "step", "derivative"}
PACKAGE = Path(derivgen.__file__).parent


def texts_of_slips() -> Iterator[str]:
    """What the reader of formulas may say, with a letter in each slot."""
    for path in sorted(
        [*(PACKAGE / "syntax").glob("*.py"), PACKAGE / "expr" / "nodes.py", PACKAGE / "expr" / "build.py"]
    ):
        tree = ast.parse(path.read_text("utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree) if path.name not in OF_SPECS else ():
            match node:
                case ast.Constant(value=str() as words) if id(node) not in notes | pieces:
                    yield words
                case ast.JoinedStr(values=values):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "Q" for part in values)
                case _:
                    pass


def test_what_the_reader_of_formulas_says_has_its_german() -> None:
    said_of_slips = {words for words in texts_of_slips() if " " in words and english(words) - NAMES}
    assert len(said_of_slips) > 100
    assert {words for words in said_of_slips if english(SlipWords(words).told("de")) - NAMES} == PARTS


def test_a_slip_is_told_in_german() -> None:
    asked = key("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    assert in_language(judge(asked, "2x").message, "de") == (
        "Ihre Antwort ist nicht lesbar: Zwischen 2 und x fehlt ein Operator; schreiben Sie 2*x."
    )
    assert in_language(judge(asked, "(A + B) @ x").message, "de") == (
        "Ihre Antwort ist nicht lesbar: Der Name B ist nicht deklariert; die Namen dieser Frage sind x, A, f, n."
    )
    assert in_language(judge(asked, "x @ (A + A.T)", "denominator").message, "de") == (
        "Nicht zu multiplizieren ist x (n x 1) mit A + A.T (n x n): "
        "Eine Transponierte fehlt, und es ist das andere Layout."
    )


def test_what_somebody_typed_is_not_translated() -> None:
    typed = said("Read as: {reading}", reading="Right.")
    assert in_language(typed, "de") == "Gelesen als: Right."
    both = together(without_stop(said(SENTENCES["wrong_sign"])), "Right.", between=", ")
    assert (both, in_language(both, "de")) == (
        "Only the sign is wrong, Right.",
        "Nur das Vorzeichen ist falsch, Right.",
    )
