"""Question banks and autograders beside a sheet, made from its key."""

from __future__ import annotations

import json
from collections.abc import Sequence

from derivgen.homework.exports import FORMATS
from derivgen.project.files import Folder
from derivgen.project.told import Told

FOLDER = "lms"
LEFT_OUT = "left-out.txt"
MOST_LINES = 5


def write_banks(folder: Folder, formats: Sequence[str]) -> Told:
    """Write the banks that are asked for, take away all others, and tell what a format cannot hold."""
    wanted = [name for name in formats if name in FORMATS]
    data = folder.read("key.json") if wanted else None
    key = {} if data is None else json.loads(data)
    made: dict[str, bytes] = {}
    messages: list[str] = []
    for name in wanted if data is not None else ():
        files = FORMATS[name](key)
        messages += _left_out(name, files.get(LEFT_OUT, b"").decode().splitlines())
        # An autograder is no bank, and uploaded by itself.
        folders = "" if "autograder.zip" in files else f"{FOLDER}/{name}/"
        made |= {f"{folders}{file}": content for file, content in files.items()}
    for file, content in made.items():
        folder.write(file, content)
    for path in (*sorted((folder.root / FOLDER).rglob("*")), folder.root / "autograder.zip"):
        file = path.relative_to(folder.root).as_posix()
        if path.is_file() and file not in made:
            folder.remove(file)
    return Told(messages=tuple(messages), progress=f"{folder.root}: {', '.join(wanted)}" if made else "")


def _left_out(name: str, lines: list[str]) -> list[str]:
    """What a format cannot hold, in words; of a class the first of many."""
    told = [f"{name}: {line}" for line in lines[:MOST_LINES]]
    more = len(lines) - len(told)
    return [*told, *([f"{name}: {more} more, see {FOLDER}/{name}/{LEFT_OUT}"] if more else [])]
