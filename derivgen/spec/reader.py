"""YAML to texts with places, on PyYAML's event stream: no value is ever given a type, no object is made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.slips import quoting_hint, yaml_fault
from derivgen.spec.source import NOT_ALLOWED, Source, refused_character, source_of

DEEPEST = 20
MOST_VALUES = 20_000

# What YAML folds; a no-break space is text.
BLANKS = " \t\n\x85\u2028\u2029"


@record
class Sequence:
    """A list. `text` is how a list in brackets stands in the file, for expressions such as [f, g]."""

    items: tuple[Node, ...]
    span: Span
    text: Text | None = None


@record
class Mapping:
    """Keys with their values, in the order of the file, each key once."""

    entries: tuple[tuple[Text, Node], ...]
    span: Span
    is_in_braces: bool = False
    text: Text | None = None


Node = Text | Sequence | Mapping


@record
class Reading:
    """What a file says, and the slips that did not stop the reading. An empty file has no root."""

    root: Node | None
    faults: tuple[Fault, ...]


def read(text: str, file: str) -> Reading:
    """The tree of a YAML text.

    Raises: DerivgenError where YAML cannot read on, or a limit is passed.
    """
    source = source_of(text, file)
    refused = refused_character(source)
    if refused is not None:
        raise DerivgenError(refused)
    builder = _Builder(source, yaml.parse(source.text, Loader=yaml.SafeLoader))
    try:
        root = builder.document()
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # numbers of escapes that are no characters
        raise DerivgenError(*builder.faults, yaml_fault(error, source)) from None
    return Reading(root, tuple(builder.faults))


@dataclass(slots=True)
class _Builder:
    """Builds nodes from events; lives for one call of `read`."""

    source: Source
    events: Iterator[Event]
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def document(self) -> Node | None:
        root: Node | None = None
        seen = 0
        for event in self.events:
            match event:
                case DocumentStartEvent() if seen:
                    place = self._span(event)
                    raise DerivgenError(
                        *self.faults,
                        Fault(
                            "documents",
                            "a second document begins here; a spec is one",
                            "move it to a file of its own",
                            place,
                        ),
                    )
                case DocumentStartEvent():
                    seen += 1
                case MappingStartEvent() | SequenceStartEvent() | ScalarEvent() | AliasEvent():
                    root = self.node(event, 1)
                case _:
                    continue
        return None if _is_nothing(root, self.source) else root

    def node(self, event: Event, depth: int) -> Node:
        self._check_limits(event, depth)
        self._check_plain(event)
        match event:
            case MappingStartEvent():
                return self.mapping(event, depth)
            case SequenceStartEvent():
                return self.sequence(event, depth)
            case ScalarEvent() if event.anchor is None and event.tag is None:
                return self.scalar(event)
            case _:
                # An alias, an anchor or a tag was most likely meant as an expression: keep it as it was typed.
                return self.source.slice(_start(event), _end(event))

    def scalar(self, event: ScalarEvent) -> Text:
        text = _scalar(event, self.source)
        refused = NOT_ALLOWED.search(text.value)
        if refused is not None:
            message = f"this escape stands for the character U+{ord(refused[0]):04X}, which no page can show"
            self._fault("character", message, "remove it", text.at(refused.start(), refused.end()))
        return text

    def sequence(self, event: SequenceStartEvent, depth: int) -> Sequence:
        items: list[Node] = []
        for inner in self.events:
            if isinstance(inner, SequenceEndEvent):
                if event.flow_style:
                    text = self.source.slice(_start(event), _end(inner))
                    return Sequence(tuple(items), text.span, text)
                break
            items.append(self.node(inner, depth + 1))
        return Sequence(tuple(items), self._span(event))

    def mapping(self, event: MappingStartEvent, depth: int) -> Mapping:
        entries: dict[str, tuple[Text, Node]] = {}
        for inner in self.events:
            if isinstance(inner, MappingEndEvent):
                if event.flow_style:
                    text = self.source.slice(_start(event), _end(inner))
                    return Mapping(tuple(entries.values()), text.span, True, text)
                break
            key = self.node(inner, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Text):
                self._fault(
                    "key", "a key must be a name, this one is a list or a mapping", "write `name: value`", key.span
                )
                continue
            name = unicodedata.normalize("NFC", key.value)
            if name in entries:
                self._duplicate(key, entries[name][0])
            else:
                entries[name] = (key, value)
        return Mapping(tuple(entries.values()), self._span(event))

    def _duplicate(self, key: Text, first: Text) -> None:
        where = f"the first one is on line {first.span.line}"
        self._fault(
            "duplicate-key",
            f"the key {key.value} stands here twice",
            f"{where}; remove or rename one of the two",
            key.span,
        )

    def _check_limits(self, event: Event, depth: int) -> None:
        self.count += 1
        if depth > DEEPEST:
            self._fault("too-deep", f"this is nested more than {DEEPEST} levels deep", "", self._span(event))
        elif self.count > MOST_VALUES:
            self._fault("too-large", f"this file holds more than {MOST_VALUES} values", "split it", self._span(event))
        else:
            return
        hint = "a spec needs three or four levels" if depth > DEEPEST else "split it into several specs"
        raise DerivgenError(*self.faults[:-1], replace(self.faults[-1], hint=hint))

    def _check_plain(self, event: Event) -> None:
        if not (isinstance(event, AliasEvent) or _has(event, "anchor") or _has(event, "tag")):
            return
        kinds = {
            "alias": ("YAML reads this as an alias (*name), and a spec has none", isinstance(event, AliasEvent)),
            "anchor": (
                "YAML reads this as an anchor (&name), and a spec has none",
                _has(event, "anchor") and not isinstance(event, AliasEvent),
            ),
            "tag": ("YAML reads this as a tag (!name), and a spec has none", _has(event, "tag")),
        }
        for code, (message, applies) in kinds.items():
            if applies:
                hint = quoting_hint(self.source, _start(event)) or "remove it, and write the value out"
                self._fault(code, message, hint, self._span(event))
                return

    def _fault(self, code: str, message: str, hint: str, span: Span) -> None:
        self.faults.append(Fault(code, message, hint, span))

    def _span(self, event: Event) -> Span:
        return self.source.span(_start(event), _end(event))


def _start(event: Event) -> int:
    assert event.start_mark is not None  # noqa: S101  # every event of a text has its marks
    return event.start_mark.index


def _end(event: Event) -> int:
    assert event.end_mark is not None  # noqa: S101  # as above
    return event.end_mark.index


def _has(event: Event, attribute: str) -> bool:
    return getattr(event, attribute, None) is not None


def _is_nothing(root: Node | None, source: Source) -> bool:
    return root is None or (isinstance(root, Text) and not root.value and not source.text.strip("-. \n"))


def _scalar(event: ScalarEvent, source: Source) -> Text:
    start, end = _start(event), _end(event)
    value: str = event.value
    match event.style:
        case "'":
            places = _quoted_places(value, source.text, start + 1)
            start += 1
        case '"':
            places = _escaped_places(value, source.text, start + 1)
            start += 1
        case "|" | ">":
            places = _plain_places(value, source.text, _after_line(source.text, start), end)
        case _ if value == source.text[start:end]:
            return source.slice(start, end)
        case _:
            places = _plain_places(value, source.text, start, end)
    return source.aligned(value, places, start)


def _after_line(text: str, index: int) -> int:
    return text.find("\n", index) + 1 or len(text)


def _plain_places(value: str, text: str, start: int, end: int) -> tuple[int, ...]:
    # Folding changes blanks only, so every other character is found by walking over blanks.
    places = []
    for character in value:
        if character not in BLANKS:
            while start < end - 1 and text[start] != character:
                start += 1
        places.append(min(start, max(end - 1, 0)))
        if start < end and text[start] == character:
            start += 1
    return tuple(places)


def _quoted_places(value: str, text: str, start: int) -> tuple[int, ...]:
    places = []
    for character in value:
        start = _after_blanks(character, text, start)
        places.append(start)
        if text[start] == character:
            start += 2 if character == "'" else 1
    return tuple(places)


def _escaped_places(value: str, text: str, start: int) -> tuple[int, ...]:
    places = []
    for character in value:
        while text.startswith("\\\n", start):
            start += 2
            while text[start] in " \t":
                start += 1
        start = _after_blanks(character, text, start)
        places.append(start)
        if text[start] == "\\":
            start += {"x": 4, "u": 6, "U": 10}.get(text[start + 1], 2)
            continue
        if text[start] == character:
            start += 1
    return tuple(places)


def _after_blanks(character: str, text: str, start: int) -> int:
    if character in BLANKS:
        return start
    while text[start] in BLANKS and text[start] != character:
        start += 1
    return start
