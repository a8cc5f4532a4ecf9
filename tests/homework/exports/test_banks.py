"""Banks as `derivgen homework build` writes them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.homework.exports import FORMATS
from derivgen.homeworkcommands import BANKS
from tests.homework.sheets import written

SHEET = """\
homework: Two versions
layout: denominator
variants: {variants}
seed: here
exercises:
  - id: quad
    parameters:
      c: {{integer: [2, 9]}}
    variables: {{x: vector(n), A: "matrix(n, n)"}}
    functions:
      f: "{{c}} * x.T @ A @ x"
    ask:
      - derivative: f wrt x
        answer: choice
        points: 2
"""


def build(folder: Path, formats: str, variants: str = "2") -> Result:
    written(SHEET.format(variants=variants), folder)
    command = ["homework", "build", str(folder / "sheet.yaml"), "-o", str(folder / "out"), "--format", formats]
    return CliRunner().invoke(main, command)


def banks(folder: Path) -> dict[str, bytes]:
    place = folder / "out" / "homework" / "sheet" / "lms"
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_every_format_of_the_exports_can_be_asked_for() -> None:
    assert set(FORMATS) <= set(BANKS)


@pytest.mark.parametrize("variants", ["2", "one"])
def test_each_bank_stands_in_a_folder_of_its_own(variants: str, tmp_path: Path) -> None:
    assert build(tmp_path, "moodle,gift", variants).exit_code == 0
    assert set(banks(tmp_path)) == {"moodle/moodle.xml", "gift/gift.txt"}


def test_a_bank_holds_the_variants_of_all_versions(tmp_path: Path) -> None:
    build(tmp_path, "moodle")
    bank = ET.fromstring(banks(tmp_path)["moodle/moodle.xml"])  # noqa: S314  # our own file
    questions = bank.findall("question[@type='multichoice']")
    assert len({question.findtext("idnumber") for question in questions}) == len(questions) == 2
    for question in questions:
        fractions = [answer.get("fraction") for answer in question.findall("answer")]
        assert fractions.count("100") == 1
        assert len(fractions) >= 3
        assert len({answer.findtext("text") for answer in question.findall("answer")}) == len(fractions)


def test_a_later_build_takes_away_what_is_not_asked_for_any_more(tmp_path: Path) -> None:
    build(tmp_path, "moodle,text2qti")
    build(tmp_path, "gift")
    assert set(banks(tmp_path)) == {"gift/gift.txt"}


def test_what_a_bank_cannot_hold_is_told_and_kept_in_a_file(tmp_path: Path) -> None:
    done = build(tmp_path, "stack")
    assert done.output.count("the answer is a choice") == 2
    assert b"the answer is a choice" in banks(tmp_path)["stack/left-out.txt"]


def test_of_many_questions_that_a_bank_cannot_hold_the_first_are_told(tmp_path: Path) -> None:
    done = build(tmp_path, "stack", "8")
    assert done.output.count("the answer is a choice") == 5
    assert "stack: 3 more, see lms/stack/left-out.txt" in done.output
    assert banks(tmp_path)["stack/left-out.txt"].count(b"the answer is a choice") == 8


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        build(tmp_path / name, "moodle,gift,stack,text2qti,notebook")
    assert banks(tmp_path / "first") == banks(tmp_path / "second") != {}
