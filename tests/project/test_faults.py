"""The machine refuses a call, TeX lies: no file is torn, no traceback is shown, and the next build mends all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SQUARE = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
MACHINE = 4

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
