"""The sheets of the example course: whole, for its class of thirty, by both engines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.homework.leaks import leaks_in, secrets_of
from derivgen.project.projects import project_of
from derivgen.spec.homework.roster import roster_of

COURSE = Path(__file__).parents[2] / "specs" / "homework"
SHEETS = tuple(sorted(path.stem for path in COURSE.glob("*.yaml")))
ENGINES = [pytest.param("latex", marks=pytest.mark.latex), "typst"]


def test_the_class_has_thirty_students_and_there_are_three_sheets() -> None:
    assert len(roster_of(COURSE / "class.csv")) == 30
    assert len(SHEETS) == 3


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_well(sheet: str) -> None:
    project_of.cache_clear()
    result = CliRunner().invoke(main, ["homework", "check", str(COURSE / f"{sheet}.yaml")])
    assert result.exit_code == 0, result.stderr


@pytest.mark.night
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_student_has_a_sheet_that_gives_nothing_away(sheet: str, engine: str, tmp_path: Path) -> None:
    project_of.cache_clear()
    command = ["homework", "build", str(COURSE / f"{sheet}.yaml"), "--roster", str(COURSE / "class.csv")]
    result = CliRunner().invoke(main, [*command, "--pdf", engine, "-o", str(tmp_path)])
    assert result.exit_code == 0, result.stderr
    made = tmp_path / "homework" / sheet
    rows = list(csv.DictReader(io.StringIO((made / "manifest.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 30
    key = json.loads((made / "key.json").read_text(encoding="utf-8"))
    sheets = {one["code"]: one["variants"] for one in key["sheets"]}
    assert {row["code"] for row in rows} == set(sheets)
    assert len(sheets) == (1 if sheet == "first-sheet" else 30)
    for row in rows:
        # The answer of one student may be the function of another.
        own = {**key, "questions": [one for one in key["questions"] if one["variant"] in sheets[row["code"]]]}
        files = {path.name: path.read_bytes() for path in (made / "students").glob(f"{row['student']}.*")}
        assert set(files) == {f"{row['student']}.{ending}" for ending in ("html", "pdf", "tex")}
        assert leaks_in(files, {"own": tuple(secrets_of(own))}) == ()
