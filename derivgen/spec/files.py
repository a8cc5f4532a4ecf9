"""Which files are specs, and what they are called."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from yaml.events import MappingStartEvent, ScalarEvent

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.spec.devices import without_device
from derivgen.spec.places import yaml_files
from derivgen.spec.source import LARGEST_FILE, decoded
from derivgen.spec.values import nearest

# The first key of a file of exercises.
BANK = ("exercises", "id", "extends")

STANDARD_INPUT = Path("-")


def find_specs(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The specs at these paths: a file as it is, a folder with everything below it.

    Homework sheets, banks of exercises, hidden files and links that lead out of the folder are left out of
    folders. A path that does not exist stays in, so that reading it tells of the fault.
    """
    found = (spec for path in paths for spec in (_files(path, sheets=False) if path.is_dir() else (path,)))
    return tuple(dict.fromkeys(found))


def find_sheets(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The homework sheets at these paths: a file as it is, of a folder those below it."""
    found = (sheet for path in paths for sheet in (_files(path, sheets=True) if path.is_dir() else (path,)))
    return tuple(dict.fromkeys(found))


def is_sheet(path: Path) -> bool:
    """Whether the first key of the file is `homework`."""
    return _first_key(path) == "homework"


def _first_key(path: Path) -> str:
    try:
        text = read_text(path)
        events = (event for event in yaml.parse(text, Loader=yaml.SafeLoader))
        is_mapping = next((True for event in events if isinstance(event, MappingStartEvent)), False)
        first = next(events, None) if is_mapping else None
    except (DerivgenError, yaml.YAMLError, ValueError, OverflowError):
        return ""
    return first.value if isinstance(first, ScalarEvent) else ""


def read_text(path: Path) -> str:
    """The text of a file.

    Raises: DerivgenError for a file that cannot be opened, is too large, or is not UTF-8.
    """
    return decoded(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file or of standard input, of one that is too large as many as tell so.

    Raises: DerivgenError for a file that cannot be opened.
    """
    if is_standard_input(path):
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise DerivgenError(_unopened(path, error)) from None


def is_standard_input(path: Path) -> bool:
    """Whether `-` stands for what is piped in, and not for a file of that name."""
    return path == STANDARD_INPUT and not path.exists()


def slug_of(path: Path) -> str:
    """The name of the outputs of a spec: its own file name, everything but letters, digits, - and _ turned to -."""
    return without_device(re.sub(r"[^A-Za-z0-9_-]", "-", path.stem)) or "-"


def title_of(path: Path) -> str:
    """A title made from the file's name, without a number in front that only orders the files."""
    if is_standard_input(path):
        return "Standard input"
    words = re.sub(r"[-_\s]+", " ", re.sub(r"^\d+[-_ ]+(?=\S)", "", path.stem)).strip()
    return words[:1].upper() + words[1:] if words else path.stem


def _files(folder: Path, *, sheets: bool) -> Iterator[Path]:
    wanted = is_sheet if sheets else _is_spec
    yield from (path for path in yaml_files(folder) if wanted(path))


def _is_spec(path: Path) -> bool:
    return _first_key(path) not in ("homework", *BANK)


def _unopened(path: Path, error: OSError) -> Fault:
    place = Span(str(path), 1, 1, 2, "")
    if isinstance(error, FileNotFoundError):
        return Fault("no-file", "there is no such file or folder", _path_meant(path), place)
    if isinstance(error, IsADirectoryError):
        return Fault("no-file", "this is a folder, and a spec is a file", "name a file in it", place)
    return Fault(
        "no-file",
        f"this file cannot be read: {(error.strerror or 'the system refuses it').lower()}",
        "check its rights",
        place,
    )


def _path_meant(path: Path) -> str:
    """How to mend a path at which nothing stands: the file beside it with the nearest name, or what is expected."""
    try:
        beside = sorted(one.name for one in path.parent.iterdir())
    except OSError:
        beside = []
    if near := nearest(path.name, beside, likeness=0.75):
        return f"did you mean {path.with_name(near)}?"
    if path.suffix.casefold() == ".csv":
        return "check the path; a class list is a CSV file that begins with a line such as `id,name,email`"
    return "check the path; a spec is a YAML file, see the README"
