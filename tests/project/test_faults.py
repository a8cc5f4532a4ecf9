"""The machine refuses a call, TeX lies: no file is torn, no traceback is shown, and the next build mends all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.render.pdf import latex

ROOT = Path(__file__).parents[2]
SQUARE = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
TOOL, MACHINE = 3, 4

# What stands on the PATH as pdflatex.
LYING = {
    "hangs": "sleep 300",
    "makes nothing": "exit 0",
    "makes half a PDF": "printf '%%PDF-1.5 half' > page.pdf",
    "floods what it prints": "yes 'a long line of a log that never ends' | head -c 400000000; exit 1",
    "floods its log": "yes 'a long line of a log that never ends' | head -c 400000000 > page.log; exit 1",
    "fails with a warning only": "echo 'LaTeX Warning: something'; exit 1",
}

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def refused_builds(folder: Path, name: str, every: int) -> list[dict[str, Any]]:
    """What became of builds of which one call each was refused."""
    specs = folder / "specs"
    specs.mkdir()
    (specs / "a.yaml").write_text(SQUARE, encoding="utf-8")
    command = [sys.executable, "-m", "tests.project.failing", str(specs), str(folder / "out"), name, str(every)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # our own program
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_calm(row: dict[str, Any]) -> bool:
    """Whether a refused call did no harm: it was told in one line, or nobody needed what it asked for."""
    told = row["told"].strip().splitlines()
    refusals = [line for line in told if line.startswith("derivgen: the machine refused: ")]
    is_told = row["status"] == MACHINE and len(refusals) == 1
    return (is_told or row["status"] == 0) and "Traceback" not in row["told"] and not row["torn"] and row["mended"]


@needs_fork
@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EACCES"])
def test_a_call_that_is_refused_tears_nothing(tmp_path: Path, name: str) -> None:
    rows = refused_builds(tmp_path, name, 17)
    assert len(rows) > 3
    assert any(row["status"] == MACHINE for row in rows)
    assert [row for row in rows if not is_calm(row)] == []
    assert (rows[-1]["met"], rows[-1]["status"]) == (False, 0)


@pytest.mark.night
@needs_fork
@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EACCES"])
def test_every_call_that_is_refused_tears_nothing(tmp_path: Path, name: str) -> None:
    rows = refused_builds(tmp_path, name, 1)
    assert [row for row in rows if not is_calm(row)] == []


@pytest.mark.parametrize("script", LYING.values(), ids=LYING)
@pytest.mark.skipif(os.name != "posix", reason="a script of the shell")
def test_a_latex_that_lies_is_told_of_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    engine = tmp_path / "bin/pdflatex"
    engine.parent.mkdir()
    engine.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", f"{engine.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(latex, "SECONDS", 1.0)
    monkeypatch.setattr(latex.typeset, "__kwdefaults__", {"passes": 1, "seconds": 1.0})
    monkeypatch.setattr(latex, "FILE_SIZE", 1 << 20)
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/a.yaml").write_text(SQUARE, encoding="utf-8")
    before = resident()
    told = list(built(["specs"], BuildOptions(Path("build"), ("html", "pdf"), "latex", 1, cross_check=False)))
    messages = [message for one in told for message in one.messages]
    assert max(one.status for one in told) == TOOL
    assert sum("does not work here" in message for message in messages) == 1
    assert "</html>" in Path("build/site/a.html").read_text(encoding="utf-8")
    assert resident() - before < 200 << 20


def resident() -> int:
    """The most memory that this process has had, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
