"""Sites of other tools, made by the tools themselves."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUADRATIC = """\
title: Gradient of a quadratic form
variables:
  x: vector(n)
  A: matrix(n, n)
functions:
  f: x.T @ A @ x
derivatives:
  - f wrt x
"""
NEURON = """\
variables:
  w: vector(n)
  x: vector(n)
  b: scalar
functions:
  z: w.T @ x + b
derivatives:
  - z wrt w
"""
FAULTY = QUADRATIC.replace("x.T @", "x @")
ASSETS = ("derivgen.css", "fonts/derivgen-math.woff2")


def needs(module: str) -> None:
    """Skip where a tool is not installed."""
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed")


def fenced(spec: str, *, name: str = "derivgen", indent: str = "") -> str:
    """A fence of Markdown."""
    return "".join(f"{indent}{line}\n" for line in f"```{name}\n{spec}```".splitlines())


def entry_points(folder: Path) -> Path:
    """A folder for Python's path by which derivgen's entry points are known as pyproject.toml has them today."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = folder / "derivgen-0.dist-info"
    own.mkdir(parents=True)
    (own / "METADATA").write_text("Metadata-Version: 2.1\nName: derivgen\nVersion: 0\n")
    groups = project["entry-points"].items()
    lines = (f"[{group}]\n" + "".join(f"{name} = {at}\n" for name, at in listed.items()) for group, listed in groups)
    (own / "entry_points.txt").write_text("\n".join(lines))
    return folder


def run(module: str, *arguments: str, folder: Path) -> tuple[int, str]:
    """The exit status of a tool in a folder, and all that it says."""
    known = folder.parent / "known"
    path = os.pathsep.join(map(str, (known if known.exists() else entry_points(known), ROOT)))
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
