"""A derivation with gaps: students fill them in, key and solutions have what belongs there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derivgen.document.blocks import Document, Room, StepBlock, Table
from derivgen.document.sheet import key, solutions, student
from derivgen.homework.leaks import leaks_in, secrets_of
from derivgen.render.formats import render
from derivgen.render.plain import plain

from .test_documents import answers, worked

SHEET = """\
homework: Gaps
layout: denominator
exercises:
  - id: quad
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions:
      f: x.T @ A @ x
    ask:
      - derivative: f wrt x
        points: 2
        rubric: auto
        answer: faded
        blank: [2, last]
"""
# Petersen and Pedersen, eq. 81, and the line that leads to it.
SECOND, LAST = "x.T @ A.T @ dx + x.T @ A @ dx", "(A + A.T) @ x"


def sheet(blank: str = "[2, last]") -> str:
    return SHEET.replace("[2, last]", blank)


def words_of(page: Document) -> str:
    return " ".join(plain(page).split())


def question(folder: Path, blank: str = "[2, last]") -> Any:
    return answers(worked(sheet(blank), folder))[0]


def test_students_see_the_steps_without_the_lines_that_are_left_out(tmp_path: Path) -> None:
    made = worked(sheet(), tmp_path).made
    assert made is not None
    page = student(made, "sheet")
    assert [block.number for block in page.blocks if isinstance(block, StepBlock)] == ["1", "2", "3", "4"]
    text = words_of(page)
    assert "Fill in what is left out: the gradient" in text
    assert "x.T @ (A + A.T) @ dx" in text
    assert SECOND not in text
    assert LAST not in text
    assert text.count("Write the right side of this line.") == len([b for b in page.blocks if isinstance(b, Room)]) == 2


def test_key_and_solutions_have_what_is_left_out(tmp_path: Path) -> None:
    made = worked(sheet(), tmp_path).made
    assert made is not None
    for document in (key(made, "x"), solutions(made, "x")):
        text = words_of(document)
        assert "What is left out:" in text
        assert SECOND in text
        assert LAST in text
    anchors = [anchor for block in solutions(made, "x").blocks if (anchor := getattr(block, "anchor", None))]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(("blank", "columns"), [("why", 2), ("name", 2), ("[2, why]", 3)])
def test_the_table_of_what_is_left_out_has_lines_where_any_is(blank: str, columns: int, tmp_path: Path) -> None:
    made = worked(sheet(blank), tmp_path).made
    assert made is not None
    tables = [block for block in solutions(made, "x").blocks if isinstance(block, Table)]
    assert [len(table.head) for table in tables if "Reason" in str(table.head[-1])] == [columns]


def test_programs_get_the_gaps_and_grade_the_lines_as_a_derivation(tmp_path: Path) -> None:
    found = question(tmp_path)
    assert found["answer"] == "derivation"
    assert [(gap["step"], gap["line"]["text"]) for gap in found["blanks"]] == [("2", SECOND), ("4", LAST)]
    assert [row["text"].partition(":")[0] for row in found["rubric"]] == ["Step 2", "Step 4"]
    assert sum(row["points"] for row in found["rubric"]) == 2
    assert SECOND.replace(" ", "") not in json.dumps(found["prompt"]).replace(" ", "")
    assert "A scalar equals its transpose" in json.dumps(found["prompt"])


@pytest.mark.parametrize("kind", ["html", "tex", "typ"])
def test_no_format_of_the_sheet_gives_a_gap_away(kind: Any, tmp_path: Path) -> None:
    done = worked(sheet(), tmp_path)
    assert done.made is not None
    secrets = {"key": tuple(secrets_of({"questions": answers(done)}))}
    shown = render(student(done.made, "x"), kind, notation=done.notation).encode()
    told = render(key(done.made, "x"), kind, notation=done.notation).encode()
    assert not [leak for leak in leaks_in({f"x.{kind}": shown}, secrets) if leak.question]
    assert [leak for leak in leaks_in({f"x.{kind}": told}, secrets) if leak.question]


def test_reasons_and_names_may_be_asked_for_alone(tmp_path: Path) -> None:
    found = question(tmp_path, "[why]")
    assert [gap["line"] for gap in found["blanks"]] == [None] * 4
    made = worked(sheet("[why]"), tmp_path).made
    assert made is not None
    assert words_of(student(made, "x")).count("Why may this line be written?") == 4


def test_without_a_wish_the_last_line_is_left_out(tmp_path: Path) -> None:
    (found,) = answers(worked(SHEET.replace("        blank: [2, last]\n", ""), tmp_path))
    gaps: Any = found["blanks"]
    assert [gap["line"]["text"] for gap in gaps] == [LAST]


FAULTS = {
    "no such step": (sheet("[9]"), "no-step", 13, "the steps are 1 (d-product)"),
    "no such rule": (sheet("[d-prodct]"), "value", 13, "did you mean d-product?"),
    "gaps of an expression": (SHEET.replace("faded", "expression"), "options", 13, "add `answer: faded`"),
}


@pytest.mark.parametrize(("source", "code", "line", "hint"), FAULTS.values(), ids=FAULTS)
def test_a_gap_that_cannot_be_is_a_fault_at_its_place(
    source: str, code: str, line: int, hint: str, tmp_path: Path
) -> None:
    (fault,) = worked(source, tmp_path).faults
    assert fault.span is not None
    assert (fault.code, fault.span.line) == (code, line)
    assert hint in fault.hint


OPENED = """\
homework: Gaps
layout: denominator
exercises:
  - id: one
    variables: {w: vector(n), x: vector(n), t: scalar}
    functions:
      a: w.T @ x
      C: (t - a)**2/2
    ask:
      - derivative: C wrt w
        answer: faded
        blank: [2]
"""


def test_the_number_of_an_opened_step_means_all_that_it_is_opened_into(tmp_path: Path) -> None:
    found: Any = answers(worked(OPENED, tmp_path))[0]
    steps = [gap["step"] for gap in found["blanks"]]
    assert steps[:3] == ["2a", "2b", "2c"]
