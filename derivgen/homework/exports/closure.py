"""The grader as files that run by themselves: the modules of derivgen that it imports, and mpmath, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGE = "derivgen"


@cache
def grader(entries: tuple[str, ...]) -> dict[str, bytes]:
    """The sources of some modules and of all that they need, by their paths, such as derivgen/answers/check.py.

    Whatever a module imports when it is loaded is there. What a function imports when it is called is not: no
    function that grades does so.
    """
    found: dict[str, bytes] = {}
    waiting = list(entries)
    seen = set()
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        place = _source(module)
        if place is None:
            continue
        path, source = place
        found[path] = source
        waiting += _imported(source)
        parent = module.rpartition(".")[0]
        if parent:
            waiting.append(parent)
    return dict(sorted((found | _mpmath()).items()))


def _mpmath() -> dict[str, bytes]:
    """The sources of mpmath, with which derivatives that a mistake is compared with are checked to many digits."""
    licence = distribution("mpmath").read_text("LICENSE") or distribution("mpmath").read_text("licenses/LICENSE")
    told = {} if licence is None else {"mpmath/LICENSE": licence.encode()}
    return told | {f"mpmath/{path}": data for path, data in _files_of(files("mpmath"), "")}


def _files_of(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    for place in folder.iterdir():
        if place.is_dir() and place.name not in ("tests", "__pycache__"):
            yield from _files_of(place, f"{above}{place.name}/")
        elif place.name.endswith(".py"):
            yield f"{above}{place.name}", place.read_bytes()


def _source(module: str) -> tuple[str, bytes] | None:
    """The path of a module and its text; None for a name that is none, such as that of a function."""
    parts = module.split(".")
    place: Traversable = files(PACKAGE)
    for part in parts[1:]:
        place = place / part
    package = place / "__init__.py"
    if place.is_dir() and package.is_file():
        return f"{'/'.join(parts)}/__init__.py", package.read_bytes()
    file = _beside(parts)
    return None if file is None else (f"{'/'.join(parts)}.py", file.read_bytes())


def _beside(parts: list[str]) -> Traversable | None:
    place: Traversable = files(PACKAGE)
    for part in parts[1:-1]:
        place = place / part
    file = place / f"{parts[-1]}.py"
    return file if file.is_file() else None


def _imported(source: bytes) -> Iterator[str]:
    """The modules of derivgen that are imported when a module is loaded."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == PACKAGE:
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
