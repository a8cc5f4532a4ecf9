"""derivgen compiled for the browser by Pyodide's own Python, which Node.js runs: once, when somebody asks for it."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from derivgen.project.files import Folder
from derivgen.project.playground import MOMENT, bundle, mark_of
from derivgen.project.pyodide import COMPILED, found_pyodide, version_of
from derivgen.project.told import INPUT, TOOL, Told

PATIENCE = 300.0  # seconds: it takes five, on a busy machine a minute
# What Node.js runs, with the places of Pyodide, of the program, and of what is made of it.
PROGRAM = """
import { readFileSync, writeFileSync } from "node:fs";
const [folder, source, target, python] = process.argv.slice(1);
const { loadPyodide } = await import(new URL("pyodide.mjs", folder));
const pyodide = await loadPyodide({ stdout: () => {} });
pyodide.unpackArchive(new Uint8Array(readFileSync(source)), "zip", { extractDir: "/derivgen" });
pyodide.runPython(python);
writeFileSync(target, pyodide.FS.readFile("/compiled.zip"));
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


def compiled(root: Path) -> Iterator[Told]:
    """Compile what the playground of the course in a folder loads, and keep it beside Pyodide for all builds."""
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
    if trouble:
        yield Told(messages=(f"Node.js could not compile derivgen for the browser: {trouble}",), status=TOOL)
        return
    Folder(pyodide).write(COMPILED, _marked(made, mark_of(source, pyodide)))
    yield Told(result=f"{pyodide / COMPILED}: derivgen for Pyodide {version_of(pyodide)}; the next build takes it")


def _run(node: str, pyodide: Path, source: bytes) -> tuple[bytes, str]:
    """The compiled program, or what went wrong."""
    folder = f"{pyodide.resolve().as_uri()}/"
    with tempfile.TemporaryDirectory() as room:
        program, made = Path(room) / "program.zip", Path(room) / "made.zip"
        program.write_bytes(source)
        command = [node, "--input-type=module", "--eval", PROGRAM, folder, str(program), str(made), COMPILING]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  # as asked
            if done.returncode == 0:
                return made.read_bytes(), ""
        except (OSError, subprocess.TimeoutExpired) as error:
            return b"", str(error)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return b"", next((line[:200] for line in said if "Error" in line), f"it ended with status {done.returncode}")


def _marked(archive: bytes, mark: bytes) -> bytes:
    data = io.BytesIO(archive)
    with zipfile.ZipFile(data, "a") as opened:
        opened.comment = mark
    return data.getvalue()
