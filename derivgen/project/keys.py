"""Keys of what a build keeps: hashes of everything that a file was made from, and never a time."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import derivgen
from derivgen.render.packaged import templates_dir

# What a page is made with besides our own code.
LIBRARIES = (
    "jinja2", "markdown-it-py", "markupsafe", "mpmath", "pikepdf", "pylatex", "pyyaml", "sympy", "tinycss2", "typst",
)  # fmt: skip
# What an installer calls the folder, or file, in which it tells of a library.
RECORD = re.compile(r"([^-]+)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info$")


def digest(data: bytes) -> str:
    """The hash of what a file holds."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """The hash of a file; empty for one that cannot be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def key(*parts: object) -> str:
    """The hash of plain values: words, numbers and lists of them."""
    return digest(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def tree(folder: Path | None) -> list[tuple[str, str]]:
    """The files below a folder with their hashes."""
    if folder is None or not folder.is_dir():
        return []
    return [
        (path.relative_to(folder).as_posix(), digest_of(path)) for path in sorted(folder.rglob("*")) if path.is_file()
    ]


def digests(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """The names of files with their hashes."""
    return [(path.name, digest_of(path)) for path in paths]


@cache
def program() -> str:
    """The key of derivgen itself: its version, its code and templates, and what it works with."""
    package = Path(derivgen.__file__).parent
    code = [(path.relative_to(package).as_posix(), digest_of(path)) for path in sorted(package.rglob("*.py"))]
    libraries = [(name, _version(name)) for name in LIBRARIES]
    return key(derivgen.__version__, sys.version_info[:3], libraries, code, tree(templates_dir()))


def search_engine() -> str:
    """The version of Pagefind; empty where it is not installed."""
    return _version("pagefind_bin")


def _version(library: str) -> str:
    # Empty where it was put there by other means than an installer.
    return _installed().get(_normal(library), "")


@cache
def _installed() -> dict[str, str]:
    """The libraries that Python finds with their versions, told by the names of the folders that installers leave.

    `importlib.metadata` tells the same, and takes longer to import than all files of a site take to be hashed.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = [path.name for path in Path(place).iterdir()]
        except OSError:
            continue
        for name, version in (hit.groups() for hit in map(RECORD.match, names) if hit is not None):
            found.setdefault(_normal(name), version)
    return found


def _normal(library: str) -> str:
    return re.sub(r"[-_.]+", "-", library).lower()


def sealed(content: object) -> bytes:
    """Plain values as JSON, with a seal that tells whether they are still as we wrote them."""
    body = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return b'["' + digest(body).encode() + b'",\n' + body + b"]\n"


def unsealed(data: bytes | None) -> Any:
    """What was sealed; None where nothing was, or where a person has changed it."""
    if data is None or data[:2] != b'["' or data[66:69] != b'",\n' or data[-2:] != b"]\n":
        return None
    body = data[69:-2]
    return json.loads(body) if digest(body).encode() == data[2:66] else None
