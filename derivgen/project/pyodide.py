"""Pyodide, Python for browsers: where npm has put it, if somebody has asked npm to."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

# The files that a page loads, of those in the package.
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
# In the folder of the package: derivgen as Pyodide's Python has compiled it, and that Python's memory.
COMPILED, MEMORY = "derivgen.zip", "derivgen.memory"
MARK = 64  # hexadecimal digits of SHA-256
NAME = 10  # where the name of what is compressed begins (RFC 1952, 2.3)
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
    return "" if pyodide is None else _part(pyodide / COMPILED, -MARK, os.SEEK_END)


def remembered_as(pyodide: Path | None) -> str:
    """The mark of the memory that was kept, which is its name before it was compressed; empty where there is none."""
    return "" if pyodide is None else _part(pyodide / MEMORY, NAME, os.SEEK_SET)


def remembered(memory: bytes, mark: bytes) -> bytes:
    """A memory compressed, with its mark."""
    made = io.BytesIO()
    with gzip.GzipFile(mark.decode(), "wb", 9, made, mtime=0) as file:
        file.write(memory)
    return made.getvalue()


def _part(path: Path, offset: int, whence: int) -> str:
    try:
        with path.open("rb") as file:
            file.seek(offset, whence)
            return file.read(MARK).decode("ascii", "replace")
    except OSError:  # there is none, or it is shorter than a mark
        return ""
