"""Ctrl-C at any moment of a build: it ends with 130, says no word of Python, and leaves nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.project.torn import torn

SPEC = """\
title: Sheet {k}
variables: {{x: vector(n), A: "matrix(n, n)"}}
functions:
  f: {k}*x.T @ A @ x + sum(exp(x))
derivatives:
  - f wrt x
"""


@pytest.mark.skipif(os.name != "posix", reason="groups of processes are those of POSIX")
@pytest.mark.parametrize("seconds", [0.6, 1.2, 1.8, 2.4])
def test_a_build_that_is_interrupted_ends(tmp_path: Path, seconds: float) -> None:
    specs, output = tmp_path / "specs", tmp_path / "out"
    specs.mkdir()
    for k in range(100):
        (specs / f"s{k}.yaml").write_text(SPEC.format(k=k + 2), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "derivgen",
        "build",
        str(specs),
        "-o",
        str(output),
        "--pdf",
        "typst",
        "--jobs",
        "2",
    ]
    with (tmp_path / "told").open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    try:
        status = process.wait(20)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    words = (tmp_path / "told").read_text("utf-8")
    assert status in (130, -signal.SIGINT)
    assert "Traceback" not in words
    assert torn(output) == []
