"""What a site consists of: which spec made which files, so that a removed spec takes its pages with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from derivgen.project.used import NOTHING, Uses, plainly, uses_within
from derivgen.record import record


@record
class Entry:
    """One page: its path without ending, the spec relative to the output folder, and what the indexes need of it.

    `shown` are its title and summary as a stored document.
    """

    name: str
    source: str
    files: tuple[str, ...]
    shown: str = ""
    chapter: str = ""
    place: tuple[int, int] = (0, 0)
    uses: Uses = NOTHING
    date: str = ""


def read(data: bytes | None) -> tuple[Entry, ...]:
    """The pages of the last build; none where there was none, or where a person has changed the file."""
    try:
        return tuple(_entry(found) for found in json.loads(data or b"[]"))
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()


def _entry(found: dict[str, Any]) -> Entry:
    uses = found.pop("uses", plainly(NOTHING))
    lists = {"files": tuple(found["files"]), "place": tuple(found["place"])}
    return Entry(**{**found, **lists}, uses=uses_within(uses))


def plain(entry: Entry) -> dict[str, object]:
    """A page as plain values."""
    # By hand, since a build with nothing to make does this for each page, and `asdict` copies every word.
    return {
        "name": entry.name,
        "source": entry.source,
        "files": entry.files,
        "shown": entry.shown,
        "chapter": entry.chapter,
        "place": entry.place,
        "uses": plainly(entry.uses),
        "date": entry.date,
    }


def written(entries: Iterable[Entry]) -> bytes:
    """The manifest as bytes, one page a line, in the order of their names."""
    lines = [json.dumps(plain(entry), ensure_ascii=False) for entry in sorted(entries, key=lambda entry: entry.name)]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def merged(old: Iterable[Entry], new: Iterable[Entry], gone: Iterable[str]) -> tuple[Entry, ...]:
    """The pages after a build: the new ones, and the old ones of specs that were not part of it.

    `gone` are the sources that were part of it, or are no more.
    """
    left_out = set(gone)
    kept = {entry.name: entry for entry in old if entry.source not in left_out}
    kept.update({entry.name: entry for entry in new})
    return tuple(kept[name] for name in sorted(kept))
