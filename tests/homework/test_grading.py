"""A class is graded: every row of the table is accounted for, and no text of a student does harm."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.homework.spreadsheet import csv_text
from derivgen.project import judging
from tests.answers.keys import key, question
from tests.homework.sheets import SHEET, written

RIGHT, OTHER, SYMMETRIC = "(A + A.T) @ x", "x.T @ (A + A.T)", "2*A @ x"
SHARED = key(question("q.a"), question("q.b", points=1.5))
TWICE = question(
    "q.a", variant="q~2", functions={"f": "2*x.T @ A @ x"},
    layouts={"numerator": {"text": "2*x.T @ (A + A.T)"}, "denominator": {"text": "2*(A + A.T) @ x"}},
)  # fmt: skip
PERSONAL = key(
    question("q.a", variant="q~1"), TWICE, key=2,
    sheets=[{"code": "7F3A-2K", "variants": ["q~1"]}, {"code": "9B2C-4M", "variants": ["q~2"]}],
    students=[{"id": "s01", "code": "7F3A-2K"}, {"id": "s02", "code": "9B2C-4M"}],
)  # fmt: skip
Grade = Callable[..., tuple[list[dict[str, str]], Result]]


@pytest.fixture
def grade(tmp_path: Path) -> Grade:
    """Grades a table against a key; gives the rows of grades.csv."""

    def graded(table: str | bytes, stored: Any = SHARED, *options: str) -> tuple[list[dict[str, str]], Result]:
        (tmp_path / "key.json").write_text(json.dumps(stored), encoding="utf-8")
        (tmp_path / "answers.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
        files = ["--key", str(tmp_path / "key.json"), "--answers", str(tmp_path / "answers.csv")]
        result = CliRunner().invoke(main, ["grade", *files, "-o", str(tmp_path / "out"), *options])
        made = tmp_path / "out" / "grades.csv"
        rows = list(csv.DictReader(made.read_text("utf-8").splitlines())) if made.exists() else []
        return rows, result

    return graded


def verdicts(rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    return [(row["student"], row["question"], row["verdict"], row["points"]) for row in rows]


def test_a_table_has_one_row_for_each_student_and_part(grade: Grade) -> None:
    rows, result = grade(f"student,question,answer\nann,q.a,{RIGHT}\nann,q.b,{OTHER}\nbob,q.b,{SYMMETRIC}\n")
    assert result.exit_code == 0, result.output
    assert verdicts(rows) == [
        ("ann", "q.a", "correct", "2"),
        ("ann", "q.b", "other_layout", "0.75"),
        ("bob", "q.a", "blank", "0"),
        ("bob", "q.b", "mistake", "0"),
    ]
    assert list(rows[0]) == ["student", "code", "question", "verdict", "mistake", "share", "points", "of", "message"]
    assert rows[3]["mistake"] == "assumed_symmetric"


WIDE = [("ann", "q.a", "correct", "2"), ("ann", "q.b", "blank", "0")]


@pytest.mark.parametrize(
    "table",
    [
        f"student,question,answer\nann,q.a,{RIGHT}\n",
        f"\ufeffAnswer;Student ID;Question\r\n{RIGHT};ann;Q.A\r\n",
        f"QUESTION\tANSWER\tID\nq.a\t{RIGHT}\tann\n",
        f"email,exercise,part,answer\nann,q,a,{RIGHT}\n",
        f"name,q.a,q.b\nann,{RIGHT},\n",
        f"Code,Student,1a,1b\n,ann,{RIGHT},\n",
        f"student,question,answer\nann,1a,{RIGHT}\n\n,,\n",
        'student,question,answer\nann,q.a,"(A +\n A.T) @ x"\n',
    ],
    ids=[
        "comma",
        "semicolon, BOM, CRLF, other order",
        "tab",
        "parts",
        "wide",
        "wide by number",
        "empty lines",
        "newline",
    ],
)
def test_tables_of_spreadsheets_and_platforms_are_read(grade: Grade, table: str) -> None:
    rows, result = grade(table)
    assert result.exit_code == 0, result.output
    assert verdicts(rows) == WIDE


def test_unicode_text_of_a_spreadsheet_is_read(grade: Grade) -> None:
    assert verdicts(grade(f"student\tquestion\tanswer\nann\tq.a\t{RIGHT}\n".encode("utf-16"))[0]) == WIDE


def test_commas_that_nobody_quoted_belong_to_the_answer(grade: Grade) -> None:
    rows, _ = grade("student,question,answer\nann,q.a,x*A[1, 2]\n")
    assert rows[0]["verdict"] == "wrong"


def test_a_code_or_a_student_finds_the_variant(grade: Grade) -> None:
    table = f"student,code,question,answer\nS01,,q.a,{RIGHT}\n,9b2c4m,q.a,2*{RIGHT}\n"
    rows, result = grade(table, PERSONAL)
    assert result.exit_code == 0, result.output
    assert [(row["student"], row["code"], row["verdict"]) for row in rows] == [
        ("s01", "7F3A-2K", "correct"),
        ("s02", "9B2C-4M", "blank"),
        ("", "9B2C-4M", "correct"),
    ]


def test_rows_that_cannot_be_graded_are_told_by_their_number_and_kept(grade: Grade) -> None:
    table = (
        f"student,code,question,answer\nzoe,,q.a,{RIGHT}\ns01,,q.z,{RIGHT}\n,XXXX-XX,q.a,x\n,,q.a,x\ns01,,q.a,{RIGHT}\n"
    )
    rows, result = grade(table, PERSONAL)
    assert result.exit_code == 1
    for row, what in (
        (2, "no student zoe"),
        (3, "no question q.z on this sheet, which has q.a"),
        (4, "no sheet with the code XXXX-XX"),
        (5, "neither a student nor a code"),
    ):
        assert f"row {row}: not graded: " in result.stderr
        assert what in result.stderr
    assert [row["verdict"] for row in rows] == ["correct", "blank", "", "", "", ""]


def test_an_answer_given_twice_is_kept_and_the_last_one_counts(grade: Grade, tmp_path: Path) -> None:
    rows, result = grade(f"student,question,answer\nann,q.a,{SYMMETRIC}\nann,q.a,{RIGHT}\nann,q.a, \n")
    assert result.exit_code == 0
    assert "row 2: ann answers q.a twice; row 3 counts" in result.stderr
    assert verdicts(rows)[:2] == [("ann", "q.a", "mistake", ""), ("ann", "q.a", "correct", "2")]
    sums = list(csv.DictReader((tmp_path / "out" / "points.csv").read_text("utf-8").splitlines()))
    assert sums == [{"student": "ann", "code": "", "points": "2", "of": "3.5"}]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", " =1", "\u00a0=1"])
def test_no_cell_is_a_formula(grade: Grade, name: str) -> None:
    rows, result = grade(f'student,question,answer\n"{name}",q.a,{RIGHT}\n')
    assert result.exit_code == 0
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))


HOSTILE = ["\x1b]0;title\x07x", "<script>alert(1)</script>", "=1+1", "\u202ex", "x" * 30_000, "(" * 5000, "\x00"]


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda answer: ascii(answer)[:20])
def test_hostile_answers_steer_neither_terminal_nor_page(grade: Grade, tmp_path: Path, answer: str) -> None:
    rows, result = grade(f'student,question,answer\nann,q.a,"{answer}"\n{answer[:20]},q.zz,x\n')
    assert rows[0]["verdict"] == "unparsable"
    for text in (result.stdout, result.stderr, (tmp_path / "out" / "feedback" / "ann.txt").read_text("utf-8")):
        assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert "<script>" not in (tmp_path / "out" / "feedback" / "ann.html").read_text("utf-8").partition("<body")[2]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "no heading names a student"),
        ("student,b\n1,2\n", "no heading is the question"),
        ("student,q.a,q.B.\nann,x,x\n", "the heading q.B. is no question: did you mean q.b?"),
        ('student,question,answer\nann,q.a,"x\n', "row 2 is no CSV"),
        (b"student,question,answer\nann,q.a,\xff\n", "not UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_whole(grade: Grade, table: str | bytes, told: str) -> None:
    rows, result = grade(table)
    assert (rows, result.exit_code) == ([], 1)
    assert told in result.stderr


def test_a_page_of_feedback_tells_no_more_than_its_level(grade: Grade, tmp_path: Path) -> None:
    table = f"student,question,answer\nann,q.a,{SYMMETRIC}\n"
    page = tmp_path / "out" / "feedback" / "ann.txt"
    told = {}
    for level in ("verdict", "mistake", "full"):
        rows, _ = grade(table, {**SHARED, "feedback": level})
        told[level] = page.read_text("utf-8")
        # What the instructor reads is whole at every level.
        assert "the derivative is" in rows[0]["message"]
    assert "symmetric" not in told["verdict"]
    assert "symmetric" in told["mistake"]
    assert "Asked: df/dx in denominator layout, where f = x.T @ A @ x" in told["verdict"]
    assert "the derivative is" not in told["mistake"].replace("\n", " ")
    assert "the derivative is" in told["full"].replace("\n", " ")


def test_an_expression_has_no_letter_even_where_question_banks_offer_options(grade: Grade, tmp_path: Path) -> None:
    key = json.loads(json.dumps(SHARED))
    key["questions"][0]["options"] = [{"id": "a", "text": RIGHT, "right": True, "mistake": None, "feedback": ""}]
    grade(f"student,question,answer\nann,q.a,{RIGHT}\n", key)
    page = (tmp_path / "out" / "feedback" / "ann.txt").read_text("utf-8")
    assert f"Read as: {RIGHT}\n" in page
    assert "A)" not in page


def test_a_sheet_says_what_students_are_told_and_which_form_an_answer_has(tmp_path: Path) -> None:
    text = SHEET.replace("layout: denominator", "layout: denominator\nfeedback: mistake\ncredit: {other_form: 0.25}")
    path = written(text.replace("space: 6cm", "form: {no: [inv, kron], at_most: 3}"), tmp_path)
    result = CliRunner().invoke(main, ["homework", "build", str(path), "--format", "html", "-o", str(tmp_path)])
    assert result.exit_code == 0, result.output
    folder = tmp_path / "homework" / "sheet"
    page = (folder / "sheet.html").read_text("utf-8")
    assert "Do not use <code>inv</code> and <code>kron</code>." in page
    assert "Write it with at most 3 names and numbers." in page
    (tmp_path / "answers.txt").write_text("quad.a: A @ x + A.T @ x\nquad.b: n x 1\n", encoding="utf-8")
    files = ["--key", str(folder / "key.json"), "--submission", str(tmp_path / "answers.txt"), "--format", "json"]
    grades = json.loads(CliRunner().invoke(main, ["grade", *files]).stdout)
    assert [(one["verdict"], one["points"]) for one in grades["questions"]] == [
        ("correct", 0.75),
        ("other_layout", 0.25),
    ]
    assert grades["questions"][0]["form"]["met"] is False


def test_grades_are_the_same_bytes_in_every_run(grade: Grade, tmp_path: Path) -> None:
    def made() -> dict[str, bytes]:
        grade(f"student,question,answer\nann,q.a,{SYMMETRIC}\nbob,q.b,{OTHER}\n")
        out = tmp_path / "out"
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}

    assert made() == made()


def submitted(tmp_path: Path, *options: str) -> Result:
    (tmp_path / "key.json").write_text(json.dumps(SHARED), encoding="utf-8")
    arguments = ["grade", "--key", str(tmp_path / "key.json"), "--submission", str(tmp_path / "handed"), *options]
    return CliRunner().invoke(main, arguments)


FOLDERS = [
    {"q.a.txt": RIGHT, "q.b.txt": OTHER},
    {"answers.json": json.dumps({"q.a": RIGHT, "q.b": OTHER})},
    {"answers.json": json.dumps({"student": "ann", "answers": {"q.a": RIGHT, "1b": OTHER}})},
    {"answers.txt": f"q.a: (A +\n  A.T) @ x\n1b: {OTHER}\n"},
    {"answers.txt": f"q.a: {RIGHT}\n", "q.b.txt": f"\ufeff{OTHER}\n", "notes.md": "q.b: x"},
]


@pytest.mark.parametrize("files", FOLDERS, ids=lambda files: ", ".join(files))
def test_a_folder_of_answers_is_graded(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "handed").mkdir()
    for name, text in files.items():
        (tmp_path / "handed" / name).write_text(text, encoding="utf-8")
    result = submitted(tmp_path, "--format", "json")
    assert result.exit_code == 0, result.output
    grades = json.loads(result.stdout)
    assert [(one["verdict"], one["points"]) for one in grades["questions"]] == [("correct", 2), ("other_layout", 0.75)]
    assert (grades["points"], grades["of"]) == (2.75, 3.5)


def test_the_results_of_an_autograder_have_a_test_for_each_question(tmp_path: Path) -> None:
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "answers.txt").write_text(f"q.a: {RIGHT}\nq.b: {SYMMETRIC}\n", encoding="utf-8")
    results = json.loads(submitted(tmp_path, "--format", "gradescope").stdout)
    tests = results["tests"]
    assert [(one["score"], one["max_score"], one["status"]) for one in tests] == [(2, 2, "passed"), (0, 1.5, "failed")]
    assert all({"name", "output", "visibility"} <= set(one) for one in tests)
    assert "symmetric" in tests[1]["output"]


def test_links_in_a_submission_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("q.a: secret", encoding="utf-8")
    (tmp_path / "handed").mkdir()
    (tmp_path / "handed" / "q.a.txt").symlink_to(tmp_path / "secret.txt")
    result = submitted(tmp_path)
    assert "blank" in result.stdout
    assert "secret" not in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--answers", "a.csv"],
        ["--key", "key.json"],
        ["--key", "key.json", "--answers", "a.csv", "--submission", "b"],
        ["spec.yaml", "--key", "key.json", "--answers", "a.csv"],
        ["--key", "key.json", "--answers", "a.csv", "--answer", "x"],
        ["spec.yaml"],
        ["spec.yaml", "--answer", "x", "--derivation", "y"],
        [],
    ],
)
def test_options_that_do_not_go_together_are_misuse(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["grade", *arguments]).exit_code == 2


# The derivative of a function with fixed sizes, whose inverse is worked out anew in every line.
# An entry that is named keeps the sizes as they are.
HEAVY = question(
    "big.a",
    variables={"x": "vector(12)", "A": "matrix(12, 12)"},
    functions={"f": "exp(x.T @ A @ x + A[1, 2])"},
    layouts={"numerator": {"text": "f*x.T @ (A + A.T)"}, "denominator": {"text": "f*(A + A.T) @ x"}},
    answer="derivation",
)
LENGTHY = "f*inv(A) @ inv(2*A) @ inv(3*A) @ inv(5*A) @ x\n" * 60


def test_an_answer_that_takes_too_much_work_is_cut_and_costs_nobody_a_grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "ANSWER", 0.8)
    (tmp_path / "key.json").write_text(json.dumps(key(HEAVY, question("q.a"))), encoding="utf-8")
    rows = [
        ("ann", "big.a", LENGTHY),
        ("ann", "q.a", RIGHT),
        ("bob", "big.a", "f*(A + A.T) @ x"),
        ("bob", "q.a", "A @ A @ x"),
    ]
    (tmp_path / "answers.csv").write_text(csv_text([("student", "question", "answer"), *rows]), encoding="utf-8")
    began = time.process_time()
    arguments = ["--key", str(tmp_path / "key.json"), "--answers", str(tmp_path / "answers.csv"), "-o", str(tmp_path)]
    result = CliRunner().invoke(main, ["grade", *arguments])
    assert result.exit_code == 0, result.output
    assert time.process_time() - began < 4
    grades = list(csv.DictReader((tmp_path / "grades.csv").read_text("utf-8").splitlines()))
    assert [one["verdict"] for one in grades] == ["unparsable", "correct", "correct", "wrong"]
    assert grades[0]["message"].startswith("Your answer cannot be judged: to work it out takes too long.")


def test_what_takes_too_much_work_in_a_submission_leaves_the_other_grades(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "ANSWER", 0.8)
    (tmp_path / "key.json").write_text(json.dumps(key(HEAVY, question("q.a"))), encoding="utf-8")
    (tmp_path / "answers.json").write_text(json.dumps({"big.a": LENGTHY, "q.a": RIGHT}), encoding="utf-8")
    files = ["--key", str(tmp_path / "key.json"), "--submission", str(tmp_path / "answers.json"), "--format", "json"]
    grades = json.loads(CliRunner().invoke(main, ["grade", *files]).stdout)
    assert [one["verdict"] for one in grades["questions"]] == ["unparsable", "correct"]


def test_a_shape_in_the_other_layout_is_called_a_shape(grade: Grade) -> None:
    rows, _ = grade("student,question,answer\nann,q.a,1 x n\n", key(question("q.a", answer="shape")))
    assert (rows[0]["verdict"], rows[0]["message"]) == (
        "other_layout",
        "This is the shape in numerator layout; in denominator layout it is n x 1.",
    )


def test_a_page_of_feedback_says_right_once(grade: Grade, tmp_path: Path) -> None:
    grade(f"student,question,answer\nann,q.a,{OTHER}\n", key(question("q.a", layout="both")))
    page = (tmp_path / "out" / "feedback" / "ann.txt").read_text("utf-8")
    assert page.count("Right") == 1
    assert "Right, in numerator layout." in page


CHOICE = question(
    "q.b", answer="choice", options=[
        {"id": "a", "text": "2*A @ x", "latex": "", "right": False, "mistake": None, "feedback": "No."},
        {"id": "b", "text": RIGHT, "latex": "", "right": True, "mistake": None, "feedback": ""},
        {"id": "c", "text": "none of these", "latex": "", "right": False, "mistake": None, "feedback": "No."},
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("q.a,A.T @ x", "Read as:</strong> <math"),
        ("q.a,A.T @ (", ""),
        ("q.b,A", "Read as:</strong> A) <math"),
        ("q.b,c", "Read as:</strong> C) none of these"),
        ("q.b,z", ""),
    ],
)
def test_a_page_of_feedback_shows_what_was_read_of_an_answer(
    grade: Grade, answer: str, shown: str, tmp_path: Path
) -> None:
    rows, _ = grade(f"student,question,answer\nann,{answer}\n", key(question("q.a"), CHOICE))
    assert rows
    page = (tmp_path / "out" / "feedback" / "ann.html").read_text("utf-8")
    assert shown in page, page.partition("<h2")[2]
    assert ("Read as" in page) == bool(shown)
    # Of the other options, of which one is right, nobody is told.
    assert "none of these" in page if answer == "q.b,c" else "none of these" not in page
