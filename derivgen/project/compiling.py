"""What the page to derive on begins with, made by Pyodide's own Python, which Node.js runs when somebody asks."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from derivgen.project.files import Folder
from derivgen.project.playground import EXAMPLES, MOMENT, bundle, mark_of
from derivgen.project.pyodide import COMPILED, MEMORY, found_pyodide, remembered, version_of
from derivgen.project.told import INPUT, TOOL, Told

PATIENCE = 300.0  # seconds: it takes five, on a busy machine a minute
# What Node.js runs, with the places of Pyodide, of the program, and of what is made of it: the program compiled, and
# Python's memory after it has derived once, or nothing where this Pyodide cannot give it. The memory is of a Python
# that has not compiled anything.
PROGRAM = """
import { readFileSync, writeFileSync } from "node:fs";
const [folder, source, compiled, memory, compiling, deriving] = process.argv.slice(1);
const { loadPyodide } = await import(new URL("pyodide.mjs", folder));
const reading = async (program, python, more) => {
  const pyodide = await loadPyodide({ stdout: () => {}, ...more });
  pyodide.unpackArchive(program, "zip", { extractDir: "/derivgen" });
  pyodide.runPython(python);
  return pyodide;
};
const program = (await reading(new Uint8Array(readFileSync(source)), compiling)).FS.readFile("/compiled.zip");
writeFileSync(compiled, program);
const read = await reading(program, deriving, { _makeSnapshot: true });
try { writeFileSync(memory, read.makeMemorySnapshot()); } catch { writeFileSync(memory, ""); }
"""
# What Pyodide's Python runs: no file depends on the clock, and none is looked for again beside its source.
COMPILING = f"""
import pathlib, py_compile, zipfile
with zipfile.ZipFile("/compiled.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(path for path in pathlib.Path("/derivgen").rglob("*") if path.is_file()):
        name = path.relative_to("/derivgen").as_posix()
        data = path.read_bytes()
        if path.suffix == ".py":
            mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
            made = py_compile.compile(
                str(path), "/one.pyc", name, doraise=True, optimize=2, invalidation_mode=mode
            )
            name, data = name + "c", pathlib.Path(made).read_bytes()
        entry = zipfile.ZipInfo(name, {MOMENT!r})
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, data)
"""
# What the worker of the page does when it begins, and a first derivation, which fills what is made once.
DERIVING = f"""
import gc, sys
sys.path.insert(0, "/derivgen")
sys.setrecursionlimit(1000)
import derivgen.browser.page
from derivgen.browser.session import answered
answered({json.dumps(json.dumps(asdict(EXAMPLES[0]) | {"do": "derive"}))})
gc.collect()
"""


def compiled(root: Path) -> Iterator[Told]:
    """Make what the playground of the course in a folder begins with, and keep it beside Pyodide for all builds."""
    pyodide, node = found_pyodide(root), shutil.which("node")
    if pyodide is None:
        hint = "install it in this folder or one above it: npm install pyodide"
        yield Told(messages=(f"Pyodide is not installed here\n  mend: {hint}",), status=INPUT)
        return
    if node is None:
        hint = "install Node.js; without it pages to derive on work too, and are ready a second or two later"
        yield Told(
            messages=(f"Node.js, which runs Pyodide outside of browsers, is missing\n  mend: {hint}",), status=TOOL
        )
        return
    made, trouble = _run(node, pyodide, source := bundle())
    if made is None:
        yield Told(messages=(f"Node.js could not compile derivgen for the browser: {trouble}",), status=TOOL)
        return
    mark = mark_of(source, pyodide)
    Folder(pyodide).write(COMPILED, _marked(made[0], mark))
    if made[1]:
        Folder(pyodide).write(MEMORY, remembered(made[1], mark))
    yield Told(result=f"{pyodide / COMPILED}: derivgen for Pyodide {version_of(pyodide)}; the next build takes it")


def _run(node: str, pyodide: Path, source: bytes) -> tuple[tuple[bytes, bytes] | None, str]:
    """The compiled program and the memory, or what went wrong."""
    folder = f"{pyodide.resolve().as_uri()}/"
    with tempfile.TemporaryDirectory() as room:
        program, made, memory = (Path(room) / name for name in ("program.zip", "made.zip", "memory"))
        program.write_bytes(source)
        files = (str(program), str(made), str(memory))
        command = [node, "--input-type=module", "--eval", PROGRAM, folder, *files, COMPILING, DERIVING]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  # as asked
            if done.returncode == 0:
                return (made.read_bytes(), memory.read_bytes()), ""
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, str(error)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return None, next((line[:200] for line in said if "Error" in line), f"it ended with status {done.returncode}")


def _marked(archive: bytes, mark: bytes) -> bytes:
    data = io.BytesIO(archive)
    with zipfile.ZipFile(data, "a") as opened:
        opened.comment = mark
    return data.getvalue()
