"""`derivgen new`: a course to begin with, whole or not at all."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from derivgen.project.files import SUFFIX
from derivgen.project.told import INPUT, Told
from derivgen.render.packaged import templates_dir

# Files that begin with a dot where they are used, and without one among our templates, which they must not steer.
PLACES = {
    "gitignore": ".gitignore",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "github/pages.yml": ".github/workflows/pages.yml",
}
TITLE = "COURSE_TITLE"


def created(folder: Path) -> Iterator[Told]:
    """Make the folder of a course; one that holds something already stays as it is."""
    if (trouble := _trouble(folder)) is not None:
        yield Told(messages=(trouble,), status=INPUT)
        return
    files = course(folder.absolute().name)
    _write(folder, files)
    yield Told(result="\n".join([f"{folder}: a course of {len(files)} files", *_next(folder)]))


def course(name: str) -> dict[str, bytes]:
    """The files of a new course by their places; its title is made of the name of its folder."""
    words = name.replace("-", " ").replace("_", " ").strip()
    title = words[:1].upper() + words[1:]
    found: dict[str, bytes] = {}
    root = templates_dir() / "new"
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        place = path.relative_to(root).as_posix()
        own = json.dumps(title, ensure_ascii=False) if place.endswith(".yaml") else title
        found[PLACES.get(place, place)] = path.read_text("utf-8").replace(TITLE, own).encode()
    return found


def _trouble(folder: Path) -> str | None:
    """Why there can be no course of this name, and what to do."""
    name = folder.name  # that of the current folder is empty
    if not name or not name.isprintable() or name.startswith((".", "-")) or not any(map(str.isalnum, name)):
        hint = "use letters, digits and -, as in: derivgen new my-course"
        return f"{str(folder)!r} cannot be the name of a course\n  mend: {hint}"
    if folder.is_dir() and any(folder.iterdir()):
        return f"the folder {folder} is there already, and not empty: nothing was changed\n  mend: choose another name"
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file: nothing was changed\n  mend: choose another name"
    if not folder.absolute().parent.is_dir():
        return f"there is no folder {folder.parent} to make it in\n  mend: make that first, or go there"
    return None


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files below another name, then give the folder its own: what is stopped leaves no half course."""
    part = folder.absolute().with_name(f".{folder.absolute().name}.{os.getpid()}{SUFFIX}")
    try:
        for place, data in files.items():
            target = part / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        part.replace(folder.absolute())  # an empty folder of that name gives way
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _next(folder: Path) -> Iterator[str]:
    yield ""
    yield "Next:"
    yield f"  cd {shlex.quote(str(folder))}"
    yield "  derivgen serve                  look at the course while you write"
    yield "  derivgen build                  make the site, in build/site"
    yield "  derivgen homework build specs/homework --roster class.csv"
    yield "  derivgen publish --dry-run      what would be published"
