"""The PrairieLearn folder: its server file runs beside its archive, with a Python that has no package at all."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import uuid
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from derivgen.homework.exports.prairielearn import prairielearn

from .keys import every_kind, key_of, quadratic, without_options
from .packages import unpacked

# What the platform does: generate, then parse, and grade what could be read.
DRIVER = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("server", sys.argv[1])
server = importlib.util.module_from_spec(spec)
spec.loader.exec_module(server)
data = {"variant_seed": sys.argv[2], "params": {}, "correct_answers": {}, "submitted_answers": {"answer": sys.argv[3]},
        "format_errors": {}, "partial_scores": {}, "feedback": {}, "score": None}
server.generate(data)
server.parse(data)
if not data["format_errors"]:
    server.grade(data)
print(json.dumps(data))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the platform runs it on Linux")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    key = key_of(without_options("a", "expression"))
    with zipfile.ZipFile(io.BytesIO(prairielearn(key)["prairielearn.zip"])) as archive:
        archive.extractall(folder)
    venv.create(folder / "empty", with_pip=False, symlinks=True)
    return folder


def answered(course: Path, answer: str, seed: str = "7") -> dict[str, Any]:
    server = next(course.glob("questions/derivgen/*/*/server.py"))
    command = [str(course / "empty/bin/python"), "-I", "-c", DRIVER, str(server), seed, answer]
    environment = {"PATH": "/usr/bin:/bin", "DERIVGEN_COURSE": str(course)}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # ours
    found: dict[str, Any] = json.loads(made.stdout)
    return found


@pytest.mark.parametrize(
    ("answer", "score"), [("3*(A + A.T) @ x", 1), ("3*x.T @ (A + A.T)", 0.5), ("6*A @ x", 0), ("x.T @ A.T*3", 0.125)]
)
def test_an_answer_is_graded(course: Path, answer: str, score: float) -> None:
    found = answered(course, answer)
    assert found["score"] == score
    assert found["partial_scores"]["answer"]["score"] == score
    assert found["format_errors"] == {}


def test_what_cannot_be_read_is_a_format_error(course: Path) -> None:
    found = answered(course, "2x^2")
    assert found["score"] is None
    assert found["format_errors"]["answer"]


def test_what_is_asked_holds_no_answer(course: Path) -> None:
    found = answered(course, "")
    assert "Find the gradient." in found["params"]["prompt"]
    assert found["correct_answers"]["answer"] == "3*(A + A.T) @ x"
    assert found["correct_answers"]["answer"] not in json.dumps(found["params"])


def test_each_question_has_what_the_platform_wants() -> None:
    files = unpacked(prairielearn(every_kind())["prairielearn.zip"])
    infos = {name: json.loads(data) for name, data in files.items() if name.endswith("info.json")}
    assert len(infos) == len({question["id"] for question in every_kind()["questions"]})
    for name, info in infos.items():
        assert uuid.UUID(info["uuid"])
        assert info["type"] == "v3"
        assert info["title"]
        assert info["topic"]
        folder = name.removesuffix("info.json")
        assert {f"{folder}{one}" for one in ("question.html", "server.py", "variants.json")} <= set(files)
    assert len({info["uuid"] for info in infos.values()}) == len(infos)


def test_variants_are_drawn_by_the_seed_of_the_platform() -> None:
    key = key_of(quadratic(2), quadratic(3))
    files = unpacked(prairielearn(key)["prairielearn.zip"])
    (kept,) = [json.loads(data) for name, data in files.items() if name.endswith("variants.json")]
    assert [one["variant"] for one in kept["questions"]] == ["quad~000002", "quad~000003"]
    assert kept["students"] == []
