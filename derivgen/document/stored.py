"""Documents as JSON and back: only the records that a document is made of, each by its name, and nothing is run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from types import ModuleType
from typing import Any

from derivgen import errors
from derivgen.document import blocks, scene
from derivgen.expr import nodes, sizes
from derivgen.printing import boxes, notation
from derivgen.record import parts_of

NUMBER, PHRASE, TUPLE = "number", "phrase", "tuple"
Entry = str | int | float | bool | None | list[Any]


def _records(*modules: ModuleType) -> dict[str, type[Any]]:
    """The records that these modules define, by module and name."""
    found = ((module, kind) for module in modules for kind in vars(module).values() if isinstance(kind, type))
    own = ((module, kind) for module, kind in found if kind.__module__ == module.__name__)
    return {
        f"{module.__name__.rpartition('.')[2]}.{kind.__name__}": kind
        for module, kind in own
        if is_dataclass(kind) or kind is sizes.Shape
    }


RECORDS = _records(nodes, sizes, boxes, notation, scene, blocks, errors)
NAMES = {kind: name for name, kind in RECORDS.items()}
# What a record is made from; what it works out of that by itself is not kept.
PARTS = {
    kind: kind._fields if kind is sizes.Shape else tuple(field.name for field in fields(kind) if field.init)
    for kind in NAMES
}
# What gives these parts of a record.
GIVEN = {kind: parts_of(parts) for kind, parts in PARTS.items()}
BY_NAME = {
    name: tuple(field.name for field in fields(kind) if field.init and field.kw_only)
    for name, kind in RECORDS.items()
    if kind is not sizes.Shape
}


# The records that are made from their parts in order.
BY_PLACE = {name: kind for name, kind in RECORDS.items() if not BY_NAME.get(name)}


def stored(value: object) -> bytes:
    """A tree of records as JSON: a table in which each entry names earlier ones, the last is the tree."""
    table = _Table()
    table.place(value)
    return json.dumps(table.entries, ensure_ascii=False, separators=(",", ":")).encode()


def restored(data: bytes) -> Any:
    """The tree that was stored.

    Raises: ValueError for anything else.
    """
    try:
        made: list[Any] = []
        for entry in json.loads(data):
            if not isinstance(entry, list):
                made.append(entry)
            elif entry[0] in BY_PLACE:
                made.append(BY_PLACE[entry[0]](*[made[place] for place in entry[1:]]))
            else:
                made.append(_value(entry, made))
        return made[-1]
    except (KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise ValueError(f"this is no stored document: {error}") from error


class _Table:
    """The entries so far, and where each value stands: what occurs twice is written once."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.known: dict[object, int] = {}
        # By identity, since walking what is shared again and again takes long; `kept` keeps the identities valid.
        self.seen: dict[int, int] = {}
        self.kept: list[object] = []

    def place(self, value: object) -> int:
        """Where the value stands in the table."""
        at = self.seen.get(id(value))
        if at is None:
            at = self._added(value)
            self.seen[id(value)] = at
            self.kept.append(value)
        return at

    def _added(self, value: object) -> int:
        entry = self._entry(value)
        # 1, 1.0 and True are equal and not the same, nor are 0.0 and -0.0.
        kind = type(entry)
        key = tuple(entry) if isinstance(entry, list) else (kind, repr(entry) if kind is float else entry)
        if key not in self.known:
            self.known[key] = len(self.entries)
            self.entries.append(entry)
        return self.known[key]

    def _entry(self, value: object) -> Entry:
        kind = type(value)
        if kind in NAMES:
            return [NAMES[kind], *map(self.place, GIVEN[kind](value))]
        if kind is tuple:
            return [TUPLE, *map(self.place, value)]  # type: ignore[call-overload]  # a tuple by the line above
        if kind is str or kind is int or kind is float or kind is bool or value is None:
            return value  # type: ignore[return-value]  # one of these by the line above
        if isinstance(value, blocks.Phrase):
            return [PHRASE, self.place(str(value))]
        if isinstance(value, Fraction):
            return [NUMBER, self.place(value.numerator), self.place(value.denominator)]
        raise TypeError(f"a document holds no {kind.__name__}")


def _value(entry: Sequence[Any], made: Sequence[Any]) -> object:
    name, *places = entry
    parts = [made[place] for place in places]
    plain = PLAIN.get(name)
    if plain is not None:
        return plain(parts)
    named = BY_NAME[name]
    return RECORDS[name](*parts[: -len(named)], **dict(zip(named, parts[-len(named) :], strict=True)))


PLAIN: dict[str, Callable[[list[Any]], object]] = {
    TUPLE: tuple,
    PHRASE: lambda parts: blocks.Phrase(parts[0]),
    NUMBER: lambda parts: Fraction(parts[0], parts[1]),
}
