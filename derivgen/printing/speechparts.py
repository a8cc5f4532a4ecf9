"""Parts of a spoken row, and the word or the silence between two of them."""

from __future__ import annotations

from typing import Literal

from derivgen.printing.speechtokens import Name, Words
from derivgen.printing.speechwords import Table
from derivgen.record import record

Kind = Literal["operand", "binary", "relation", "prefix", "text", "stop"]


@record
class Part:
    """Words of a part of a row, and how its neighbours join it.

    `opens` and `closes` tell whether a short factor may stand before and behind it with no word between;
    `pauses` asks for a pause behind it, and for a pause before a relation.
    """

    words: Words
    kind: Kind = "operand"
    opens: bool = False
    closes: bool = False
    pauses: bool = True


def joined(found: list[Part], table: Table) -> Words:
    """The parts one after the other."""
    words: list[str | Name] = []
    since = 0  # parts since the last relation or stop
    for place, part in enumerate(found):
        if place:
            words.extend(_between(found[place - 1], part, table, is_long=since > 1))
        words.extend(part.words)
        since = 0 if part.kind in ("relation", "stop", "text") else since + 1
    return tuple(words)


def _between(left: Part, right: Part, table: Table, *, is_long: bool) -> Words:
    stop = (",",) if left.pauses and left.kind == "operand" else ()
    if left.kind == right.kind == "operand":
        return () if left.closes and right.opens else (*stop, table.phrases["times"])
    if right.kind == "relation" and right.pauses and is_long:
        return (",",)
    return stop
