"""The autograder, unpacked and run as Gradescope runs it, with a Python that has no package at all."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from derivgen.homework.exports.gradescope import gradescope
from derivgen.homework.key import key_json
from derivgen.project.handing import composition_of
from derivgen.project.homework import worked_sheet
from derivgen.project.projects import project_of
from tests.homework.sheets import SHEET, written

from .packages import unpacked


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("sheet")
    path = written(SHEET, folder)
    project_of.cache_clear()
    done = worked_sheet(path, path, cross_check=False)
    assert done.made is not None
    assert done.loaded.sheet is not None
    sheets = [(composition_of(done.loaded.sheet, done.made), done.made)]
    made: dict[str, Any] = json.loads(key_json(done.loaded.sheet, sheets, done.notation))
    return made


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Python without packages."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin"


def graded(archive: bytes, python: Path, root: Path, answers: dict[str, str], about: object = None) -> dict[str, Any]:
    """The results for what is handed in."""
    for name in ("source", "submission"):
        (root / name).mkdir()
    with zipfile.ZipFile(io.BytesIO(archive)) as unpacking:
        for member in unpacking.infolist():
            place = Path(unpacking.extract(member, root / "source"))
            place.chmod(member.external_attr >> 16)
    for name, text in answers.items():
        (root / "submission" / name).write_text(text, encoding="utf-8")
    if about is not None:
        (root / "submission_metadata.json").write_text(json.dumps(about), encoding="utf-8")
    # Gradescope runs a copy of the file that stands beside the folders.
    runner = root / "run_autograder"
    runner.write_bytes((root / "source/run_autograder").read_bytes())
    runner.chmod(0o755)
    environment = {"PATH": f"{python}{os.pathsep}/usr/bin{os.pathsep}/bin", "AUTOGRADER_ROOT": str(root)}
    subprocess.run([str(runner)], env=environment, cwd="/", check=True)  # what the test has made
    found: dict[str, Any] = json.loads((root / "results/results.json").read_text(encoding="utf-8"))
    return found


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the platform runs it on Linux")

ANSWERS = [
    ("(A + A.T) @ x", 3, "correct"),
    ("x.T @ (A + A.T)", 1.5, "other_layout"),
    ("2*A @ x", 0, "assumed_symmetric"),
    ("2x^2", 0, "unparsable"),
]


@pytest.mark.parametrize(("answer", "score", "tag"), ANSWERS)
def test_an_answer_is_graded(
    key: dict[str, Any], python: Path, tmp_path: Path, answer: str, score: float, tag: str
) -> None:
    archive = gradescope(key)["autograder.zip"]
    found = graded(archive, python, tmp_path, {"answers.txt": f"quad.a: {answer}\nquad.b: (1, n)\n"})
    first, second = found["tests"]
    assert (first["score"], first["max_score"]) == (score, 3)
    assert tag in first["tags"]
    assert second["score"] == 0.5
    assert {one["visibility"] for one in found["tests"]} == {"visible"}


def test_nothing_handed_in_is_graded_too(key: dict[str, Any], python: Path, tmp_path: Path) -> None:
    found = graded(gradescope(key)["autograder.zip"], python, tmp_path, {})
    assert [one["score"] for one in found["tests"]] == [0, 0]


def class_key(key: dict[str, Any]) -> dict[str, Any]:
    """The key of a class of two, each with a sheet of one question."""
    first, second = key["questions"]
    questions = [{**first, "variant": "quad~aaaaaa"}, {**second, "variant": "quad~bbbbbb", "id": "quad.a"}]
    sheets = [{"code": "AAAA-AA", "variants": ["quad~aaaaaa"]}, {"code": "BBBB-BB", "variants": ["quad~bbbbbb"]}]
    students = [{"id": "Ada@uni.example", "code": "AAAA-AA"}, {"id": "s02", "code": "BBBB-BB"}]
    return {**key, "questions": questions, "sheets": sheets, "students": students}


@pytest.mark.parametrize(
    ("about", "answers", "worth"),
    [
        ({"users": [{"email": "ada@uni.example", "name": "Ada"}]}, "quad.a: (A + A.T) @ x", 3),
        ({"users": [{"email": "b@uni.example", "sid": "S02"}]}, "quad.a: (1, n)", 0.5),
        ({"users": [{"email": "nobody@uni.example"}]}, "code: BBBB-BB\nquad.a: (1, n)", 0.5),
    ],
)
def test_who_hands_in_has_the_sheet_of_the_class_list(
    key: dict[str, Any], python: Path, tmp_path: Path, about: object, answers: str, worth: float
) -> None:
    found = graded(gradescope(class_key(key))["autograder.zip"], python, tmp_path, {"a.txt": answers}, about)
    assert [(one["score"], one["max_score"]) for one in found["tests"]] == [(worth, worth)]


def test_whose_sheet_is_not_known_is_told(key: dict[str, Any], python: Path, tmp_path: Path) -> None:
    found = graded(gradescope(class_key(key))["autograder.zip"], python, tmp_path, {"a.txt": "quad.a: x"})
    assert found["tests"] == []
    assert "code" in found["output"]


def test_the_archive_names_no_student_and_has_its_scripts_at_the_root(key: dict[str, Any]) -> None:
    archive = gradescope(class_key(key))["autograder.zip"]
    files = unpacked(archive)
    assert {"setup.sh", "run_autograder", "grade.py", "key.json"} <= set(files)
    assert b"uni.example" not in b"".join(files.values()).lower().replace(b"\n", b"")
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        modes = {one.filename: one.external_attr >> 16 for one in packed.infolist()}
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755
    assert archive == gradescope(class_key(key))["autograder.zip"]
