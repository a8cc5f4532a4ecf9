"""Reading a sheet: what it means, and where a slip in it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from .sheets import SHEET, loaded, written


def test_a_sheet_says_what_is_asked_and_for_how_many_points(tmp_path: Path) -> None:
    sheet = loaded(SHEET, tmp_path).sheet
    assert sheet is not None
    (exercise,) = sheet.exercises
    assert [request.text for request in exercise.requests] == ["f wrt x", "f wrt x"]
    assert [request.layout for request in exercise.requests] == [None, "numerator"]
    assert exercise.problem.layout == "denominator"
    assert [question.points for question in exercise.questions] == [3, Fraction(1, 2)]
    assert exercise.questions[0].space == 60
    assert sheet.points == Fraction(7, 2)


def test_points_of_an_exercise_are_shared_among_questions_without_points(tmp_path: Path) -> None:
    text = (
        SHEET.replace("        points: 3\n", "")
        .replace("        points: 0.5\n", "")
        .replace("        rubric: auto\n", "")
    )
    sheet = loaded(text.replace("    title:", "    points: 5\n    title:"), tmp_path).sheet
    assert sheet is not None
    assert [question.points for question in sheet.exercises[0].questions] == [Fraction(5, 2), Fraction(5, 2)]


def test_points_that_cannot_be_shared_evenly_are_told_so(tmp_path: Path) -> None:
    text = SHEET.replace("        points: 3\n", "").replace("        points: 0.5\n", "")
    text = text.replace("        rubric: auto\n", "").replace("    title:", "    points: 1.25\n    title:")
    (fault,) = loaded(text, tmp_path).faults
    assert fault.message == "1.25 points for 2 questions are no whole quarters of a point each"


def test_a_question_is_worth_the_rows_of_its_rubric(tmp_path: Path) -> None:
    rubric = "        rubric: [{points: 1, text: One}, {points: 0.5, text: Two}]\n"
    text = SHEET.replace("        points: 3\n", "").replace("        rubric: auto\n", rubric)
    text = text.replace("        points: 0.5\n", "").replace("    title:", "    points: 2\n    title:")
    sheet = loaded(text, tmp_path).sheet
    assert sheet is not None
    assert [question.points for question in sheet.exercises[0].questions] == [Fraction(3, 2), Fraction(1, 2)]


SLIPS = {
    "unknown key of a sheet": ("layout: denominator", "layuot: denominator", 2, 1, "did you mean layout?"),
    "unknown key of an exercise": ("    functions:", "    fonctions:", 8, 5, "did you mean functions?"),
    "unknown key of a question": ("        points: 3", "        point: 3", 12, 9, "did you mean"),
    "parameters": ("    title:", "    parameters: {c: 1}\n    title:", 5, 21, "write `c: {integer: [2, 9]}`"),
    "braces without parameters": ("x.T @ A @ x", "'{c}*x.T @ A @ x'", 9, 11, "declare it under `parameters:`"),
    "variants": ("layout: denominator", "variants: per-studnet", 2, 11, "did you mean per-student?"),
    "number of variants": ("layout: denominator", "variants: 0", 2, 11, "from 1 to 1000"),
    "credit above 1": ("layout: denominator", "credit: {other_layout: 2}", 2, 24, "from 0 to 1"),
    "publish": ("layout: denominator", "publish: smaple", 2, 10, "did you mean sample?"),
    "id": ("id: quad", "id: a b", 4, 9, "letters from a to z"),
    "answer": ("answer: shape", "answer: shpae", 19, 17, "did you mean shape?"),
    "points": ("points: 0.5", "points: some", 20, 17, "a number such as"),
    "space": ("space: 6cm", "space: 6 miles", 16, 16, "up to 25cm"),
    "space of two pages": ("space: 6cm", "space: 60cm", 16, 16, "up to 25cm"),
    "request": ("derivative: f wrt x\n        points", "derivative: f wrt q\n        points", 11, 27, "declare it"),
    "expression": ("x.T @ A @ x", "x @ A @ x", 9, 10, ""),
    "no sheet": ("homework: A", "title: A", 1, 1, "begins with `homework: TITLE`"),
    "hint twice": ("[auto, ", "[auto, auto, ", 13, 23, "remove one"),
    "rubric": ("rubric: auto", "rubric: aut", 14, 17, "did you mean auto?"),
    "rows of a rubric": ("rubric: auto", "rubric: [{points: 1, text: One}]", 14, 9, "points of the rows"),
    "sum of points": ("    title:", "    points: 9\n    title:", 5, 13, "give every question its points"),
    "feedback": ("layout: denominator", "feedback: ful", 2, 11, "did you mean full?"),
    "function of a form": ("space: 6cm", "form: {no: [invv]}", 16, 21, "did you mean inv?"),
    "length of a form": ("space: 6cm", "form: {at_most: many}", 16, 25, "such as 12"),
    "key of a form": ("space: 6cm", "form: {atmost: 3}", 16, 16, "at_most"),
    "form": ("space: 6cm", "form: inv", 16, 9, "write `form:"),
    "options of no choice": ("answer: shape", "options: {count: 4}", 19, 9, "add `answer: choice`"),
    "key of options": ("answer: shape", "answer: choice\n        options: {cuont: 4}", 20, 19, "did you mean count?"),
    "count of options": ("answer: shape", "answer: choice\n        options: {count: 1}", 20, 26, "such as 4"),
    "mistake of options": (
        "answer: shape",
        "answer: choice\n        options: {from: [wrong_sing]}",
        20,
        26,
        "did you mean wrong_sign?",
    ),
    "options": ("answer: shape", "answer: choice\n        options: 4", 20, 9, "write `options:"),
    "none of these": ("answer: shape", "answer: choice\n        options: {none_of_these: 3}", 20, 34, "true or false"),
    "two sources": ("    title:", "    spec: other.yaml\n    title:", 8, 5, "remove variables"),
}


@pytest.mark.parametrize(("old", "new", "line", "column", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_at_its_place_with_a_remedy(
    old: str, new: str, line: int, column: int, hint: str, tmp_path: Path
) -> None:
    assert old in SHEET
    faults = loaded(SHEET.replace(old, new, 1), tmp_path).faults
    places = [(fault.span.line, fault.span.column) for fault in faults if fault.span]
    assert (line, column) in places
    assert any(hint in fault.hint for fault in faults)
    assert all(fault.span is not None and fault.message for fault in faults)


def test_all_faults_of_a_sheet_are_told_at_once(tmp_path: Path) -> None:
    text = SHEET.replace("layout: denominator", "layuot: denominator").replace("space: 6cm", "space: wide")
    faults = loaded(text.replace("f: x.T @ A @ x", "f: x @ A @ x"), tmp_path).faults
    assert len({fault.span.line for fault in faults if fault.span}) == 3


def test_two_exercises_with_one_id_are_refused(tmp_path: Path) -> None:
    head, _, exercise = SHEET.partition("  - id:")
    (fault,) = loaded(f"{head}  - id:{exercise}  - id:{exercise}", tmp_path).faults
    assert fault.code == "duplicate-id"
    assert "line 4" in fault.hint


def test_functions_come_from_a_spec_of_the_project(tmp_path: Path) -> None:
    written("title: Project\n", tmp_path, "derivgen.yaml")
    spec = "title: Square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
    written(spec, tmp_path, "specs/square.yaml")
    text = "homework: One\nexercises:\n  - id: a\n    spec: ../specs/square.yaml\n    ask: f wrt x\n"
    found = loaded(text, tmp_path / "sheets")
    assert found.faults == ()
    assert found.sheet is not None
    assert found.sheet.exercises[0].title.value == "Square"


@pytest.mark.parametrize("path", ["../outside.yaml", "/etc/hostname"])
def test_a_spec_outside_the_project_is_never_read(path: str, tmp_path: Path) -> None:
    written("not: [a spec", tmp_path, "outside.yaml")
    written("title: Project\n", tmp_path, "inside/derivgen.yaml")
    text = f"homework: One\nexercises:\n  - id: a\n    spec: {path}\n    ask: f wrt x\n"
    (fault,) = loaded(text, tmp_path / "inside").faults
    assert fault.code == "path"
