"""Sheets for the tests, and the way to read them."""

from __future__ import annotations

from pathlib import Path

from derivgen.project.projects import project_of
from derivgen.spec.homework.sheet import LoadedSheet, load_sheet

# The answers: 2*x.T-like ones are too short to be telling, so that of b is long.
SHEET = """\
homework: A small sheet
layout: denominator
exercises:
  - id: quad
    title: A quadratic form
    text: Let $\\mathbf x$ vary.
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions:
      f: x.T @ A @ x
    ask:
      - derivative: f wrt x
        points: 3
        hints: [auto, "Where does $\\\\mathbf x$ stand?"]
        rubric: auto
        at: {x: "[1, 2]", A: "[[1, 2], [3, 4]]"}
        space: 6cm
      - derivative: f wrt x
        layout: numerator
        answer: shape
        points: 0.5
"""


def written(text: str, folder: Path, name: str = "sheet.yaml") -> Path:
    """The text as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(text: str, folder: Path) -> LoadedSheet:
    """The sheet that the text is."""
    path = written(text, folder)
    project_of.cache_clear()
    return load_sheet(path, project_of(path))
