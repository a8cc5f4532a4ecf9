"""Sentences as templates with named slots, and how a document is told in its language.

A template is English; a language's catalogue has for each template one of its own with the same
slots. `said` makes a sentence, `told` puts it into words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import is_
from typing import Any, TypeVar

from derivgen.document.blocks import Document, Inline, Phrase, Said, Text, Told
from derivgen.document.wording.german import GERMAN
from derivgen.expr.nodes import Expr, Node

T = TypeVar("T")
Catalogue = Mapping[str, str]

CAPITAL = "^"  # a template that begins with it is a sentence: its first word gets a capital
ENGLISH: Catalogue = {}
CATALOGUES: dict[str, Catalogue] = {"en": ENGLISH, "de": GERMAN}
AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})  # no phrases: those are of a kind of their own
_SLOT = re.compile(r"\{(\w+)\}")


def said(template: str, **slots: Inline | Text) -> Text:
    """The sentence of a template, with what its slots hold: a name, words, or words with names.

    Raises: KeyError if the template has a slot that is not filled.
    """
    names = slots_of(template)
    if not names:
        return (Phrase(template),)
    return (Said(template, tuple((name, _as_text(slots[name])) for name in dict.fromkeys(names))),)


def filled(facts: Mapping[str, Expr], template: str) -> Text:
    """The sentence of a template with the facts of a step in its slots; nothing where a fact is missing."""
    names = slots_of(template)
    return said(template, **{name: facts[name] for name in names}) if all(name in facts for name in names) else ()


def listed(items: Sequence[Inline | Text]) -> Text:
    """The items as a list in words: a, b and c."""
    *most, last = map(_as_text, items)
    if not most:
        return last
    return said("{most} and {last}", most=joined(most, ", "), last=last)


def joined(items: Sequence[Inline | Text], mark: str) -> Text:
    """The items with a mark of punctuation between them."""
    return tuple(piece for k, item in enumerate(items) for piece in ((mark,) if k else ()) + _as_text(item))


def slots_of(template: str) -> tuple[str, ...]:
    """The names of the slots of a template, in their order."""
    return tuple(_SLOT.findall(template))


def told(text: Text, language: str = "en") -> tuple[Told, ...]:
    """The text in the words of a language; a template that its catalogue lacks stays English."""
    return _text(text, CATALOGUES[language])


def told_document(document: Document) -> Document:
    """The document in the words of its language; what a person typed stays as typed."""
    return _told(document, CATALOGUES[document.language])


def _as_text(value: Inline | Text) -> Text:
    return value if isinstance(value, tuple) else (value,)


def _text(text: Text, catalogue: Catalogue) -> tuple[Told, ...]:
    return tuple(piece for one in text for piece in _pieces(one, catalogue))


def _pieces(piece: Inline, catalogue: Catalogue) -> Iterator[Told]:
    if type(piece) is str:  # most pieces are what is said as it stands
        yield piece
        return
    if not isinstance(piece, Said):
        yield _told(piece, catalogue)
        return
    made = _expanded(piece, catalogue)
    yield from _with_capital(made) if piece.template.startswith(CAPITAL) else made


def _expanded(said: Said, catalogue: Catalogue) -> tuple[Told, ...]:
    inside = dict(said.slots)
    template = catalogue.get(said.template, said.template).removeprefix(CAPITAL)
    # Every second part is the name of a slot.
    parts = [
        _text(inside[part], catalogue) if k % 2 else (part,) if part else ()
        for k, part in enumerate(_SLOT.split(template))
    ]
    return tuple(piece for part in parts for piece in part)


def _with_capital(text: tuple[Told, ...]) -> tuple[Told, ...]:
    match text:
        case (str() as first, *rest):
            return (first[:1].upper() + first[1:], *rest)
        case _:
            return text


def _told(value: T, catalogue: Catalogue) -> T:
    """A block, a list of blocks or words, with everything within it told; itself where there is nothing to tell."""
    made: Any = value
    kind: Any = type(value)
    if isinstance(value, Phrase):
        made = catalogue.get(value, str(value))
    elif isinstance(value, tuple):
        several = _several(value, catalogue)
        made = value if len(several) == len(value) and all(map(is_, several, value)) else several
    elif names := _names(kind):
        inside = [getattr(value, name) for name in names]
        new = [part if type(part) in AS_THEY_ARE else _told(part, catalogue) for part in inside]
        made = value if all(map(is_, new, inside)) else kind(**dict(zip(names, new, strict=True)))
    return made  # type: ignore[no-any-return]  # each value becomes one of its own kind


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a record; none for what is no record, or a formula."""
    if issubclass(kind, Node) or not is_dataclass(kind):
        return ()
    return tuple(each.name for each in fields(kind))


def _several(values: tuple[object, ...], catalogue: Catalogue) -> tuple[object, ...]:
    made: list[object] = []
    for value in values:
        if type(value) in AS_THEY_ARE:
            made.append(value)
        elif isinstance(value, Said):
            made.extend(_pieces(value, catalogue))
        else:
            made.append(_told(value, catalogue))
    return tuple(made)
