"""The entry of a derivative whose value is asked for: `entry: [1, 2]`, or `entry: 2` of a vector."""

from __future__ import annotations

import re

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.values import Fields


@record
class Entry:
    """Where an entry stands, counted from 1: row and column, or its number in a vector."""

    place: tuple[int, ...]
    span: Span


def entry_of(entries: Fields) -> Entry | None:
    """The entry that a question asks for; None where it asks for all."""
    numbers = entries.texts("entry")
    if numbers is None:
        return None
    key = entries.entries["entry"][0]
    place = entries.findings.each(_number, numbers)
    if len(place) == len(numbers) and len(place) not in (1, 2):
        hint = "write row and column, `entry: [1, 2]`, or one number for a vector"
        entries.findings.add(Fault("kind", "an entry has a row and a column", hint, key.span))
        return None
    return Entry(place, key.span) if len(place) == len(numbers) else None


def _number(text: Text) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text.value):
        hint = "rows and columns are counted from 1, as in `entry: [1, 2]`"
        raise DerivgenError(Fault("value", f"{text.value} is no row or column", hint, text.span))
    return int(text.value)
