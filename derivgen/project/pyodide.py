"""Pyodide, Python for browsers: where npm has put it, if somebody has asked npm to."""

from __future__ import annotations

import json
import os
from pathlib import Path

# The files that a page loads, of those in the package.
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
# derivgen as Pyodide's Python has compiled it, in the folder of the package.
COMPILED = "derivgen.zip"
MARK = 64  # hexadecimal digits of SHA-256
NAMED = "DERIVGEN_PYODIDE"


def found_pyodide(root: Path) -> Path | None:
    """Where npm has put Pyodide: in the folder of the project, or in one above it; DERIVGEN_PYODIDE names another."""
    named = os.environ.get(NAMED)
    above = (root.resolve(), *root.resolve().parents)
    folders = [Path(named)] if named else [folder / "node_modules/pyodide" for folder in above]
    return next((folder for folder in folders if all((folder / name).is_file() for name in PYODIDE)), None)


def version_of(pyodide: Path | None) -> str:
    """The version of Pyodide; empty where it is not there."""
    if pyodide is None:
        return ""
    try:
        return str(json.loads((pyodide / "package.json").read_text("utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"


def compiled_as(pyodide: Path | None) -> str:
    """The mark at the end of the compiled program, which says what it was made of; empty where there is none."""
    if pyodide is None:
        return ""
    try:
        with (pyodide / COMPILED).open("rb") as file:
            file.seek(-MARK, os.SEEK_END)
            return file.read().decode("ascii", "replace")
    except OSError:  # there is none, or it is shorter than a mark
        return ""
