"""A page before any format, and how the cache keeps it."""

from __future__ import annotations

from dataclasses import fields, replace

from derivgen.document.blocks import Document
from derivgen.document.stored import restored, stored
from derivgen.errors import Fault
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.project.told import InWords
from derivgen.record import record


@record
class Derived:
    """A page before any format; without a document there can be no page.

    `copied` is what readers may copy from the document, and from its practice copy, as `render.copied` gives it.
    """

    document: Document | None
    copy: Document | None = None
    notation: Notation = DEFAULT
    json: str = ""
    messages: tuple[str, ...] = ()
    status: int = 0
    uses: tuple[tuple[object, ...], ...] = ()
    lasts: bool = True
    copied: tuple[str, ...] = ()


def written(derived: Derived) -> bytes:
    """The page before any format, to be kept; of a message that is a fault the fault is kept."""
    parts = {field.name: getattr(derived, field.name) for field in fields(derived)}
    parts["messages"] = tuple(one.fault if isinstance(one, InWords) else one for one in derived.messages)
    return stored(tuple(parts.values()))


def kept(data: bytes) -> Derived | None:
    """The page before any format as it is kept, if it is; what cannot be read is none."""
    try:
        found = Derived(*restored(data)) if data else None
    except (ValueError, TypeError):
        return None
    if found is None:
        return None
    messages = (InWords(one) if isinstance(one, Fault) else one for one in found.messages)
    return replace(found, messages=tuple(messages))
