"""A submission as files: one text for each question, or one file of all answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from derivgen.errors import DerivgenError, Fault
from derivgen.record import record

LARGEST = 1_000_000
MOST_FILES = 1_000
# Keys of a file of answers that say whose they are.
ABOUT = ("student", "code")


@record
class Submission:
    """Texts by the names that they were given, whose they are and of which sheet; `notes` tell what was passed over."""

    answers: dict[str, str]
    student: str = ""
    code: str = ""
    notes: tuple[str, ...] = ()


def read_submission(path: Path, names: Sequence[str]) -> Submission:
    """What lies in a folder, or in one file of answers; `names` are what questions may be called.

    In a folder `answers.json` and `answers.txt` hold several answers and `quad.a.txt` one. Links are not followed: the
    text of an answer is shown again, and must not be that of another file.

    Raises: DerivgenError if there is nothing at the path, or it is a file that cannot be read.
    """
    if path.is_file():
        return _submission(dict(_of_file(path, names)), ())
    if not path.is_dir():
        raise DerivgenError(Fault("answers", f"{path}: there is no such file or folder", "check the path"))
    found: dict[str, str] = {}
    notes: list[str] = []
    for file in sorted(path.iterdir())[:MOST_FILES]:
        if file.is_symlink() or not file.is_file() or file.suffix not in (".txt", ".json"):
            continue
        try:
            several = dict(_of_file(file, names))
        except DerivgenError as error:
            notes += [f"{file.name} was passed over: {fault.message}" for fault in error.faults]
            continue
        notes += [f"{name} stands in several files; {file.name} counts" for name in several if name in found]
        found |= several
    return _submission(found, tuple(notes))


def _submission(found: dict[str, str], notes: tuple[str, ...]) -> Submission:
    about = {name: found.pop(name).strip() for name in ABOUT if name in found}
    return Submission(found, about.get("student", ""), about.get("code", ""), notes)


def _of_file(file: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    text = _text(file)
    if file.suffix == ".json":
        yield from _of_json(text, file)
    elif file.stem in names:
        yield file.stem, text
    else:
        yield from _of_lines(text, names)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise DerivgenError(Fault("answers", f"{file} cannot be opened: {error.strerror}")) from None
    if len(data) > LARGEST:
        raise DerivgenError(Fault("answers", f"{file} is too large", "at most 1 MB are read"))
    # What is no UTF-8 becomes a sign that no answer may hold, so that one bad byte loses one answer.
    return data.decode("utf-8-sig", errors="replace")


def _of_json(text: str, file: Path) -> Iterator[tuple[str, str]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise DerivgenError(Fault("answers", f"{file.name} is not JSON")) from None
    if not isinstance(read, dict):
        raise DerivgenError(Fault("answers", f"{file.name} is no object of answers", 'write {"quad.a": "2*A @ x"}'))
    inner = read.get("answers")
    several = {**{name: read[name] for name in ABOUT if name in read}, **inner} if isinstance(inner, dict) else read
    for name, answer in several.items():
        yield name, "\n".join(map(str, answer)) if isinstance(answer, list) else "" if answer is None else str(answer)


def _of_lines(text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`quad.a: 2*A @ x`; lines without a name of a question before a colon belong to the answer above them."""
    known = {name.casefold(): name for name in (*names, *ABOUT)}
    name, lines = "", list[str]()
    for line in text.splitlines():
        head, colon, rest = line.partition(":")
        found = known.get(re.sub(r"\s+", "", head).casefold()) if colon else None
        if found is None:
            lines.append(line)
            continue
        if name:
            yield name, "\n".join(lines).strip()
        name, lines = found, [rest.strip()]
    if name:
        yield name, "\n".join(lines).strip()
