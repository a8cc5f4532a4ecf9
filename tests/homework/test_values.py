"""Questions for a number and for all lines of a derivation: what is asked, what the key has, how they are graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derivgen.answers.stored import read_key
from derivgen.answers.submission import grade_submission
from derivgen.document.blocks import Document, Room
from derivgen.document.sheet import answer_in_short, key, student
from derivgen.printing.text import text
from derivgen.render.plain import plain

from .test_documents import answers, worked

SHEET = """\
homework: Numbers
layout: {layout}
exercises:
  - id: a
    variables: {{{variables}}}
    functions:
      f: {function}
    ask:
      - derivative: {request}
        points: 2
        answer: {answer}
"""
MATRIX = np.array([[1.0, 2.0], [3.0, 4.0]])
POINT = 'at: {x: "[1, 2]", A: "[[1, 2], [3, 4]]"}'


def sheet(answer: str, request: str = "f wrt x", function: str = "x.T @ A @ x", layout: str = "denominator") -> str:
    variables = 'x: vector(n), A: "matrix(n, n)"'
    return SHEET.format(variables=variables, function=function, request=request, answer=answer, layout=layout)


def numbers(entry: str, request: str = "f wrt x", **changes: str) -> str:
    return sheet(f"number\n        {POINT}\n        entry: {entry}", request, **changes)


def words_of(page: Document) -> str:
    return " ".join(plain(page).split())


def graded(question: dict[str, Any], answer: str) -> Any:
    key = read_key({"key": 2, "homework": "x", "questions": [question]})
    records: Any = grade_submission(key, {"a.a": answer})["questions"]
    return records[0]["verdict"], records[0]["points"]


@pytest.mark.parametrize(
    ("entry", "layout", "row", "column"),
    [
        ("2", "denominator", 1, 0),
        ("[1, 1]", "denominator", 0, 0),
        ("2", "numerator", 0, 1),
        ("[1, 2]", "numerator", 0, 1),
    ],
)
def test_the_key_has_the_value_of_the_entry_that_is_asked_for(
    entry: str, layout: str, row: int, column: int, tmp_path: Path
) -> None:
    (found,) = answers(worked(numbers(entry, layout=layout), tmp_path))
    # The gradient of x.T A x is (A + A.T) x: Petersen and Pedersen, eq. 81.
    gradient = (MATRIX + MATRIX.T) @ np.array([[1.0], [2.0]])
    wanted = (gradient if layout == "denominator" else gradient.T)[row, column]
    value: Any = found["value"]
    assert float(value["layouts"][layout]["text"]) == wanted
    assert value["entry"] == [row + 1, column + 1]
    assert graded(found, f"{wanted:g}") == ("correct", 2)
    assert graded(found, f"{wanted + 1:g}") == ("wrong", 0)
    assert graded(found, f"{wanted / 2:g}")[0] == "mistake"


def test_an_entry_of_a_jacobian_knows_the_other_layout(tmp_path: Path) -> None:
    (found,) = answers(worked(numbers("[1, 2]", function="A @ x"), tmp_path))
    # The Jacobian of A x is A, in denominator layout its transpose.
    assert graded(found, "3") == ("correct", 2)
    assert graded(found, "2") == ("other_layout", 1)


def test_a_rounded_number_is_right_to_three_digits(tmp_path: Path) -> None:
    text = sheet("number\n        at: {x: 0.5}", function="sin(x)**2").replace(
        'x: vector(n), A: "matrix(n, n)"', "x: scalar"
    )
    done = worked(text, tmp_path)
    (found,) = answers(done)
    assert done.made is not None
    wanted = np.sin(1.0)  # the derivative of sin(x)**2 is sin(2*x)
    assert graded(found, f"{wanted:.4f}") == ("correct", 2)
    assert graded(found, f"{wanted * 1.01:.4f}")[0] == "wrong"
    assert "Give at least four digits." in words_of(student(done.made, "x"))
    assert "off by at most 0.1 percent" in words_of(key(done.made, "x"))


def test_the_question_for_a_number_is_asked_in_words_with_room(tmp_path: Path) -> None:
    made = worked(numbers("2"), tmp_path).made
    assert made is not None
    page = student(made, "x")
    words = words_of(page)
    assert (
        "Find the value of the entry (2, 1) of the gradient df/dx of f with respect to x, in denominator layout"
        in words
    )
    assert "21" not in words
    assert [block.millimetres for block in page.blocks if isinstance(block, Room)] == [25]
    (number,) = answer_in_short(made.tasks[0].parts[0])
    assert text(number) == "21"  # type: ignore[arg-type]  # an expression


FAULTS = {
    "no point": (sheet("number"), "missing-key", 9, "add the point"),
    "entry that is not there": (numbers("[3, 1]"), "at", 13, "write row and column"),
    "one number for a matrix": (numbers("2", "f wrt x twice"), "at", 13, "write row and column"),
    "entry zero": (numbers("[0, 1]"), "value", 13, "counted from 1"),
    "three numbers": (numbers("[1, 1, 1]"), "kind", 13, "write row and column"),
    "entry of an expression": (sheet("expression\n        entry: 2"), "options", 12, "add `answer: number`"),
    "form of a choice": (sheet("choice\n        form: {no: [inv]}"), "options", 12, "remove form"),
}


@pytest.mark.parametrize(("source", "code", "line", "hint"), FAULTS.values(), ids=FAULTS)
def test_a_number_that_cannot_be_asked_for_is_a_fault_at_its_place(
    source: str, code: str, line: int, hint: str, tmp_path: Path
) -> None:
    (fault,) = worked(source, tmp_path).faults
    assert fault.span is not None
    assert (fault.code, fault.span.line) == (code, line)
    assert hint in fault.hint


def test_a_derivation_is_asked_for_line_by_line_and_graded_so(tmp_path: Path) -> None:
    done = worked(sheet("derivation\n        rubric: auto"), tmp_path)
    assert done.made is not None
    page = student(done.made, "x")
    assert "Derive the gradient df/dx" in words_of(page)
    assert [block.millimetres for block in page.blocks if isinstance(block, Room)] == [110]
    (found,) = answers(done)
    assert found["answer"] == "derivation"
    steps = len(done.made.derivations[0].steps)
    assert f"The solution has {steps} lines" in words_of(key(done.made, "x"))
    assert graded(found, "dx.T @ A @ x + x.T @ A @ dx\n(A + A.T) @ x") == ("correct", 2)
    assert graded(found, "dx.T @ A @ x + x.T @ A @ dx\n2*A @ x")[0] == "mistake"


def test_a_small_number_has_four_digits_in_the_key_and_is_right(tmp_path: Path) -> None:
    text = sheet('number\n        at: {x: "[1, 2]"}\n        entry: 2', function="exp(-3*x[1] - x[2])")
    (question,) = answers(worked(text, tmp_path))
    value: Any = question["value"]
    shown = value["layouts"]["denominator"]["text"]
    assert shown == "-0.006738"
    assert graded(question, shown) == ("correct", 2)
    assert graded(question, "-0.0067")[0] == "wrong"


def test_what_is_assumed_for_another_function_needs_no_number(tmp_path: Path) -> None:
    text = sheet('number\n        at: {x: "[1, 2]"}', function="x.T @ x\n      g: sqrt(c)*x.T @ x")
    text = text.replace("x: vector(n), ", "x: vector(n), c: scalar, ").replace(
        "    functions:", "    assume: [c > 0]\n    functions:"
    )
    (question,) = answers(worked(text, tmp_path))
    assert graded(question, "[2, 4]") == ("correct", 2)
