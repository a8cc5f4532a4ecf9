"""The page on which readers derive, and the files that it loads: Python for browsers, and derivgen itself."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import derivgen
from derivgen.document.blocks import Document, Paragraph, Phrase
from derivgen.document.wording.telling import told
from derivgen.project.places import PLAYGROUND
from derivgen.project.pyodide import COMPILED, MEMORY, PYODIDE, remembered_as, version_of
from derivgen.render.formats import Beside
from derivgen.render.packaged import templates_dir
from derivgen.render.plain import words
from derivgen.render.playground import Example, render_playground
from derivgen.spec.project import Project

TITLE = Phrase("Derive your own")
SUMMARY = Phrase("Type a function and get its derivative with all steps, in your browser.")
# What of derivgen runs in a browser, and the packages that it needs there, all of plain Python.
PARTS = ("expr", "syntax", "printing", "problem", "calculus", "answers", "document", "render", "browser")
MODULES = ("__init__.py", "errors.py", "codes.py", "record.py")
PACKAGES = ("jinja2", "markupsafe", "mpmath")
TEMPLATES = ("worked/*.html.j2", "site/base.html.j2")
# The first moment that a zip file can name: nothing in it may depend on the clock.
MOMENT = (1980, 1, 1, 0, 0, 0)
EXAMPLES = (
    Example("x.T A x", "f: x.T @ A @ x", "x: vector(n)\nA: matrix(n, n)", "f wrt x"),
    Example("log det X", "f: logdet(X)", "X: matrix(n, n)", "f wrt X"),
    Example("softmax", "s: softmax(z)", "z: vector(n)", "s wrt z"),
    Example("least squares", "r: X @ w - y\nL: r.T @ r / 2", "X: matrix(m, n)\nw: vector(n)\ny: vector(m)", "L wrt w"),
    Example("x**2 * sin(x)", "f: x**2 * sin(x)", "x: scalar", "f wrt x"),
)


def playground_page(project: Project, *, beside: Beside, templates: Path | None) -> bytes:
    """The page with its form."""
    language = project.settings.language
    summary = told((SUMMARY,), language)
    document = Document(told((TITLE,), language), PLAYGROUND, language, words(summary), (Paragraph(summary),))
    notation = project.settings.notation
    return render_playground(document, EXAMPLES, beside=beside, notation=notation, templates=templates).encode()


def playground_files(pyodide: Path) -> dict[str, bytes]:
    """What the page loads, by the names in the site.

    Raises: OSError where a file of Pyodide is missing.
    """
    own = sorted((templates_dir() / "playground").iterdir())
    found = {f"{PLAYGROUND}/{path.name}": path.read_bytes() for path in own}
    found |= {f"{PLAYGROUND}/pyodide/{name}": (pyodide / name).read_bytes() for name in PYODIDE}
    source = bundle()
    program, memory = program_for(pyodide, source), memory_for(pyodide, source)
    return {**found, f"{PLAYGROUND}/{COMPILED}": program, f"{PLAYGROUND}/{MEMORY}": memory}


def program_for(pyodide: Path, source: bytes) -> bytes:
    """The program that the playground loads: compiled, if that was done with this very derivgen and Pyodide."""
    try:
        data = (pyodide / COMPILED).read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data if archive.comment == mark_of(source, pyodide) else source
    except (OSError, zipfile.BadZipFile):
        return source


def memory_for(pyodide: Path, source: bytes) -> bytes:
    """The memory that the playground begins with, if one was kept of this very derivgen and Pyodide; else nothing."""
    if remembered_as(pyodide) != mark_of(source, pyodide).decode():
        return b""
    return (pyodide / MEMORY).read_bytes()


def mark_of(source: bytes, pyodide: Path) -> bytes:
    """What a compiled program, or a memory, was made of."""
    return sha256(f"{version_of(pyodide)} {sha256(source).hexdigest()}".encode()).hexdigest().encode()


def bundle() -> bytes:
    """All of derivgen that runs in a browser, and what it needs, as a zip file; the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_bundled()):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return made.getvalue()


def _bundled() -> Iterator[tuple[str, Path]]:
    root = Path(derivgen.__file__).parent
    yield from ((f"derivgen/{name}", root / name) for name in MODULES)
    for part in PARTS:
        for path in (root / part).rglob("*.py"):
            yield f"derivgen/{path.relative_to(root).as_posix()}", path
    for pattern in TEMPLATES:
        for path in templates_dir().glob(pattern):
            yield f"derivgen/templates/{path.relative_to(templates_dir()).as_posix()}", path
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        if found is None or found.origin is None:
            continue  # mpmath, which decides close calls, is not needed for most problems
        folder = Path(found.origin).parent
        for path in folder.rglob("*.py"):
            if "tests" not in path.parts:
                yield f"{package}/{path.relative_to(folder).as_posix()}", path
