"""The three documents of a sheet, as blocks and as the key for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derivgen.document.blocks import Answer, Callout, Hints, Question, Room, StepBlock
from derivgen.document.sheet import answers_in_short, key, solutions, student
from derivgen.homework.key import key_json
from derivgen.homework.rubric import rows
from derivgen.project.handing import composition_of
from derivgen.project.homework import WorkedSheet, worked_sheet
from derivgen.project.projects import project_of
from derivgen.render.markdown import markdown
from derivgen.render.plain import plain, words
from tests.calculus.judge import derived

from .sheets import SHEET, written


def worked(text: str, folder: Path) -> WorkedSheet:
    path = written(text, folder)
    project_of.cache_clear()
    return worked_sheet(path, path, cross_check=False)


def answers(done: WorkedSheet) -> list[dict[str, object]]:
    assert done.made is not None
    assert done.loaded.sheet is not None
    sheets = [(composition_of(done.loaded.sheet, done.made), done.made)]
    found: list[dict[str, object]] = json.loads(key_json(done.loaded.sheet, sheets, done.notation))["questions"]
    return found


def test_students_get_questions_and_room_and_neither_answers_nor_steps(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    blocks = student(made, "sheet").blocks
    kinds = {type(block) for block in blocks}
    assert {Question, Room, Hints} <= kinds
    assert not {Answer, StepBlock} & kinds


def test_a_question_is_asked_in_words_and_symbols(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    text = " ".join(plain(student(made, "sheet")).split())
    assert "a) Find the gradient df/dx of f with respect to x in denominator layout. Give its shape." in text
    assert "Then evaluate it at x = [1, 2], A = [[1, 2], [3, 4]]. (3 points)" in text
    assert (
        "b) What is the shape of the gradient df/dx of f with respect to x, in numerator layout? (0.5 points)" in text
    )


def test_hints_name_rules_and_no_symbol_of_the_answer(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    (hints,) = (block for block in student(made, "sheet").blocks if isinstance(block, Hints))
    assert len(hints.items) > 2
    assert "Product rule" in str(hints.items[0][0])


@pytest.mark.parametrize(("layout", "turns"), [("denominator", True), ("numerator", False)])
def test_a_hint_to_read_off_the_derivative_minds_the_layout(layout: str, turns: bool, tmp_path: Path) -> None:
    made = worked(SHEET.replace("layout: denominator", f"layout: {layout}"), tmp_path)
    assert made.made is not None
    (hints,) = (block for block in student(made.made, "sheet").blocks if isinstance(block, Hints))
    (read_off,) = (words(item) for item in hints.items if words(item).startswith("Identification"))
    assert "from the left" in read_off
    assert ("transpose it for denominator layout" in read_off) == turns


def test_a_hessian_needs_no_transpose_in_any_layout(tmp_path: Path) -> None:
    second = SHEET.replace("f wrt x\n        points: 3", "f wrt x twice\n        points: 3")
    made = worked(second, tmp_path)
    assert made.made is not None
    (hints,) = (block for block in student(made.made, "sheet").blocks if isinstance(block, Hints))
    assert not any("transpose it" in words(item) for item in hints.items)


def test_the_key_holds_the_answer_in_the_layout_asked_and_its_value(tmp_path: Path) -> None:
    first, second = answers(worked(SHEET, tmp_path))
    # Petersen and Pedersen, eq. 81: the gradient of x.T A x is (A + A.T) x; at the point [[2, 5], [5, 8]] (1, 2).
    assert (first["id"], first["layout"], first["text"]) == ("quad.a", "denominator", "(A + A.T) @ x")
    assert first["shape"] == ["n", "1"]
    value = first["value"]
    assert isinstance(value, dict)
    assert value["layouts"]["denominator"]["text"] == "[12, 21]"
    assert (second["answer"], second["shape"], second["points"]) == ("shape", ["1", "n"], 0.5)


def test_the_short_key_shows_the_answer_first_and_the_other_layout_beside_it(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    text = plain(key(made, "key"))
    assert text.index("(A + A.T) @ x") < text.index("In numerator layout")
    assert "[12, 21]" in text


def test_solutions_show_every_step_once_and_anchors_are_unique(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    blocks = solutions(made, "solutions").blocks
    anchors = [anchor for block in blocks if (anchor := getattr(block, "anchor", None))]
    assert len(anchors) == len(set(anchors))
    steps = [block for block in blocks if isinstance(block, StepBlock)]
    # The second question asks for the shape of what the first one has found.
    assert len(steps) == len(made.derivations[0].steps)
    text = " ".join(plain(solutions(made, "solutions")).split())
    assert "The steps are those of question 1a; the last line is transposed for numerator layout." in text
    assert "Rubric" in markdown(solutions(made, "solutions"), str)


HESSIAN = """\
homework: One
layout: denominator
exercises:
  - id: quadratic
    points: 4
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions: {f: x.T @ A @ x}
    ask:
      - {derivative: f wrt x, rubric: auto, hints: [auto]}
      - {derivative: f wrt x twice, rubric: auto, hints: [auto]}
"""


def test_a_hessian_goes_on_where_the_gradient_before_it_ends(tmp_path: Path) -> None:
    made = worked(HESSIAN, tmp_path).made
    assert made is not None
    text = " ".join(plain(solutions(made, "solutions")).split())
    steps = [block for block in solutions(made, "solutions").blocks if isinstance(block, StepBlock)]
    assert [step.number for step in steps] == [str(k) for k in range(1, len(steps) + 1)]
    gradient, hessian = made.tasks[0].parts
    last = len(gradient.derivation.steps)
    assert f"Steps 1 to {last} are those of question 1a, which found the gradient." in text
    assert words(hessian.rubric[0][0]).startswith((f"Step {last + 1}:", f"Steps {last + 1} to"))
    assert {words(hint) for hint in hessian.hints}.isdisjoint(words(hint) for hint in gradient.hints[:1])
    # A column is written as a column: in denominator layout the gradient changes no layout.
    assert "change of layout" not in text


def test_solutions_say_the_answer_in_both_layouts_before_any_step_and_check_it_by_number(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    text = " ".join(plain(solutions(made, "solutions")).split())
    above = text[: text.index("Given")]
    assert "(A + A.T) @ x" in above
    assert "x.T @ (A + A.T)" in above
    assert "the formula and finite differences both give" in text
    assert "Common mistake." in text


def test_students_are_told_where_the_function_has_a_value(tmp_path: Path) -> None:
    text = "homework: One\nexercises:\n  - id: a\n    variables: {X: 'matrix(n, n)', a: vector(n)}\n"
    text += "    functions: {f: a.T @ inv(X) @ a}\n    ask: {derivative: f wrt X}\n"
    made = worked(text, tmp_path).made
    assert made is not None
    assert "Assume X is invertible." in " ".join(plain(student(made, "sheet")).split())


@pytest.mark.parametrize("points", ["1", "2", "3", "0.5", "10"])
def test_an_automatic_rubric_adds_up_to_the_points(points: str, tmp_path: Path) -> None:
    made = worked(SHEET.replace("points: 3", f"points: {points}"), tmp_path).made
    assert made is not None
    rubric = made.tasks[0].parts[0].rubric
    assert sum(row[1] for row in rubric) == Fraction(points)
    assert all(row[1] > 0 for row in rubric)


POINTS = {
    "a name too few": ('x: "[1, 2]", ', "what x is"),
    "a name too many": ('x: "[1, 2]"', 'x: "[1, 2]", y: 3', "does not need y"),
    "sizes that differ": ('x: "[1, 2]"', 'x: "[1, 2, 3]"', "2 x 2"),
    "a name in the numbers": ('x: "[1, 2]"', 'x: "[1, q]"', "q"),
}


@pytest.mark.parametrize("case", POINTS.values(), ids=POINTS)
def test_a_point_that_does_not_fit_is_a_fault_at_its_place(case: tuple[str, ...], tmp_path: Path) -> None:
    old, new, words = (case[0], "", case[1]) if len(case) == 2 else case
    done = worked(SHEET.replace(old, new), tmp_path)
    assert done.status == 1
    assert any(words in fault.message for fault in done.faults)
    assert all(fault.span is not None and fault.span.line == 15 for fault in done.faults)


def test_a_point_where_the_function_has_no_derivative_is_refused(tmp_path: Path) -> None:
    text = "homework: One\nexercises:\n  - id: a\n    variables: {x: scalar}\n    functions: {f: log(x)}\n"
    done = worked(text + "    ask: {derivative: f wrt x, at: {x: -1}}\n", tmp_path)
    assert [fault.code for fault in done.faults] == ["at"]


def test_the_solutions_fold_known_rules_and_open_those_in_focus(tmp_path: Path) -> None:
    def numbers(text: str) -> list[str]:
        made = worked(text, tmp_path).made
        assert made is not None
        return [block.number for block in solutions(made, "solutions").blocks if isinstance(block, StepBlock)]

    # The second question asks for the shape alone; its steps are the same, and are not shown again.
    assert numbers(SHEET) == ["1", "2", "3", "4"]
    known = SHEET.replace("layout: denominator", "known: [scalar-transpose]\nlayout: denominator", 1)
    assert numbers(known) == ["1", "3", "4"]
    summed = SHEET.replace("f: x.T @ A @ x", "u: x**2\n      f: sum(u)").replace(
        'at: {x: "[1, 2]", A: "[[1, 2], [3, 4]]"}', 'at: {x: "[1, 2]"}'
    )
    opened = numbers(summed.replace("homework: A small sheet", "homework: A small sheet\nfocus: [sum-reduction]"))
    assert [number for number in opened if number[-1].isalpha()]
    assert not [number for number in numbers(summed) if number[-1].isalpha()]


def test_known_rules_earn_no_points_of_an_automatic_rubric(tmp_path: Path) -> None:
    def rows(text: str) -> int:
        made = worked(text, tmp_path).made
        assert made is not None
        return len(made.tasks[0].parts[0].rubric)

    known = SHEET.replace("homework: A small sheet", "homework: A small sheet\nknown: [scalar-transpose]")
    assert rows(known) == rows(SHEET) - 1


def test_a_project_may_call_rules_known_for_its_sheets_too(tmp_path: Path) -> None:
    (tmp_path / "derivgen.yaml").write_text("known: [scalar-transpose]\n", encoding="utf-8")
    made = worked(SHEET, tmp_path).made
    assert made is not None
    blocks = solutions(made, "solutions").blocks
    assert [block.number for block in blocks if isinstance(block, StepBlock)] == ["1", "3", "4"]


def test_the_key_has_what_is_asked_and_the_steps_as_words_and_formulas(tmp_path: Path) -> None:
    first, _ = answers(worked(SHEET, tmp_path))
    prompt, solution = json.dumps(first["prompt"]), json.dumps(first["solution"])
    assert "Find the gradient" in prompt
    assert "in denominator layout" in prompt
    assert "transpose" not in prompt.replace("vector x transpose matrix A x", "")
    for text in (prompt, solution):
        # These two only our own pages know.
        assert "\\\\made" not in text
        assert "\\\\due" not in text
    formulas = [piece["latex"] for paragraph in json.loads(solution) for piece in paragraph if "display" in piece]
    assert "x" in formulas[-1]
    assert all(formula.count("{") == formula.count("}") for formula in formulas)


def test_to_name_an_intermediate_earns_nothing_by_itself(tmp_path: Path) -> None:
    made = worked(SHEET.replace("f wrt x\n        points: 3", "f wrt x twice\n        points: 3"), tmp_path).made
    assert made is not None
    rows = [words(earned) for earned, _ in made.tasks[0].parts[0].rubric]
    assert not [row for row in rows if row.partition(": ")[2] == "Introduce an intermediate"]


def test_the_same_question_has_its_answer_in_the_language_of_each_sheet(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    (english,), (german,) = (answers_in_short(replace(made, language=language)) for language in ("en", "de"))
    assert [row[1] for row in english.rows[:2]] == [("denominator",), ("numerator",)]
    assert [row[1] for row in german.rows[:2]] == [("Nenner",), ("Zähler",)]
    assert [row[4] for row in english.rows] == [("3", " points"), (), ("0.5", " points"), ()]


def test_sheets_with_the_same_question_share_its_answer(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    (first,), (second,) = answers_in_short(made), answers_in_short(replace(made, title=("Another sheet",)))
    assert all(one is other for one, other in zip(first.rows, second.rows, strict=True))


def test_many_answers_stand_in_tables_that_fit_a_page_with_whole_questions(tmp_path: Path) -> None:
    made = worked(SHEET, tmp_path).made
    assert made is not None
    tables = answers_in_short(replace(made, tasks=made.tasks * 9))
    assert [len(table.rows) for table in tables] == [18, 18]
    assert tables[0].rows[-1][0] != tables[1].rows[0][0]
    assert all(table.head == tables[0].head for table in tables)


def test_the_key_says_why_both_layouts_of_a_hessian_print_the_same(tmp_path: Path) -> None:
    second = SHEET.replace("f wrt x\n        points: 3", "f wrt x twice\n        points: 3")
    made = worked(second, tmp_path).made
    assert made is not None
    assert "Both layouts print the same, since the matrix is symmetric." in " ".join(plain(key(made, "key")).split())


def test_steps_of_the_same_worth_earn_the_same_where_quarter_points_allow_it() -> None:
    steps = derived("x: vector(3)", "y = [x[1]**2*x[3], x[2] + 4*x[3]**2]", "y wrt x").steps
    assert [points for _, points in rows(steps, Fraction(3))] == [Fraction(3, 4)] * 4
    # What no quarter divides stays in halves.
    shares = [points for _, points in rows(steps[:3], Fraction(2))]
    assert sum(shares) == 2
    assert all((2 * share).denominator == 1 for share in shares)


def test_a_choice_has_its_common_mistake_told_too(tmp_path: Path) -> None:
    choice = "derivative: f wrt A\n        answer: choice\n        options: {count: 3}"
    text = SHEET.replace("derivative: f wrt x\n        layout: numerator\n        answer: shape", choice)
    made = worked(text, tmp_path).made
    assert made is not None
    callouts = (block for block in solutions(made, "solutions").blocks if isinstance(block, Callout))
    assert [one.kind for one in callouts].count("mistake") == 2


@pytest.mark.parametrize("kind", ["derivation", "faded", 'number\n        at: {x: "[1, 2]", A: "[[1, 2], [3, 4]]"}'])
def test_a_question_that_is_asked_again_refers_to_its_steps(kind: str, tmp_path: Path) -> None:
    text = SHEET.replace("layout: numerator\n        answer: shape", f"answer: {kind}")
    made = worked(text, tmp_path).made
    assert made is not None
    told = " ".join(plain(solutions(made, "solutions")).split())
    assert "The steps are those of question 1a." in told
    assert told.count("Read off the derivative") == 1
