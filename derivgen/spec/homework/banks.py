"""Exercises from elsewhere in the project: pools that each student gets some of, and exercises that extend others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.files import read_text, slug_of
from derivgen.spec.homework.exercises import Surroundings, within_project
from derivgen.spec.homework.keys import POOL, fields_within
from derivgen.spec.homework.templates import Template, template_of
from derivgen.spec.model import load_spec
from derivgen.spec.places import yaml_files
from derivgen.spec.reader import Mapping, Node, Sequence, read
from derivgen.spec.values import nearest, texts_of, whole_number

DEEPEST = 5


@record
class Pool:
    """Exercises of which each student gets `pick`."""

    pick: int
    templates: tuple[Template, ...]
    place: Span


Item = Template | Pool


@record
class Found:
    """An exercise as it stands in a file, and what it is read with."""

    item: Mapping
    around: Surroundings

    @property
    def id(self) -> str:
        """The id that it has."""
        return next((node.value for key, node in self.item.entries if key.value == "id" and isinstance(node, Text)), "")


def item_of(node: Node, around: Surroundings, findings: Findings) -> Item | None:
    """An item of the list of exercises: an exercise, one that extends another, or a pool."""
    keys = {key.value for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if isinstance(node, Mapping) and keys & {"pick", "from"}:
        return _pool(node, around, findings)
    if isinstance(node, Mapping) and "extends" in keys:
        found = extended(Found(node, around))
        return template_of(found.item, found.around, findings)
    return template_of(node, around, findings)


def _pool(node: Mapping, around: Surroundings, findings: Findings) -> Pool | None:
    before = len(findings.faults)
    entries = fields_within(node, POOL, "a pool", findings)
    for key, example in (("pick", "pick: 2"), ("from", "from: [bank/norms.yaml]")):
        if key not in entries.entries:
            findings.add(Fault("missing-key", f"this pool has no {key}", f"add `{example}`", node.span))
    pick = entries.text("pick")
    number = None if pick is None else findings.attempt(whole_number, pick, "pick")
    if len(findings.faults) > before or pick is None or number is None:
        return None
    templates: list[Template] = []
    for place in texts_of(*entries.entries["from"]):
        for found in findings.attempt(_found, place, around) or ():
            whole = findings.attempt(extended, found)
            made = None if whole is None else findings.attempt(template_of, whole.item, whole.around, findings)
            if made is not None:
                templates.append(made)
    if len(findings.faults) == before and not 0 < number <= len(templates):
        hint = f"write a number from 1 to {len(templates)}, or name more files under `from`"
        message = f"{number} of {len(templates)} exercises cannot be picked"
        findings.add(Fault("value", message, hint, pick.span))
    return Pool(number, tuple(templates), node.span)


def extended(found: Found, depth: int = 0) -> Found:
    """The exercise with the keys of the one that it extends; its own keys stand in front of them.

    Raises: DerivgenError for an exercise that is not there, or extends itself.
    """
    own = {key.value: (key, node) for key, node in found.item.entries}
    if "extends" not in own:
        return found
    (place, *others) = texts_of(*own.pop("extends"))
    if others or depth > DEEPEST:
        hint = "name one exercise that is written out: extends: other.yaml#id"
        raise DerivgenError(Fault("extends", f"{place.value} leads from one exercise to the next", hint, place.span))
    bases = _found(place, found.around)
    if len(bases) != 1:
        hint = f"name one of them: {place.value}#{bases[0].id}"
        raise DerivgenError(Fault("extends", f"{place.value} holds {len(bases)} exercises", hint, place.span))
    base = extended(bases[0], depth + 1)
    kept = tuple((key, node) for key, node in base.item.entries if key.value not in own and not _gives_way(key, own))
    # A spec is named from the folder of the file that names it.
    around = found.around if "spec" in own else base.around
    return Found(replace(found.item, entries=(*own.values(), *kept)), around)


def _gives_way(key: Text, own: dict[str, tuple[Text, Node]]) -> bool:
    """Whether a key of the base is about what the extending exercise writes out for itself."""
    return key.value == "spec" and bool({"functions", "variables", "assume"} & set(own))


def _found(place: Text, around: Surroundings) -> tuple[Found, ...]:
    """The exercises at a path: of a folder, of a file, or the one whose id stands after #.

    Raises: DerivgenError for a path that leads out of the project or to nothing.
    """
    name, mark, identifier = place.value.strip().partition("#")
    path = around.path if mark and not name else within_project(replace(place, value=name), around)
    if path.is_dir():
        found = tuple(one for file in yaml_files(path) for one in _in_file(file, around, place))
    elif path.is_file():
        found = tuple(_in_file(path, around, place))
    else:
        hint = "the path is read from the folder of the sheet"
        raise DerivgenError(Fault("no-file", f"there is no file or folder {name}", hint, place.span))
    if mark:
        names = [one.id for one in found]
        found = tuple(one for one in found if one.id == identifier)
        if not found:
            near = nearest(identifier, names)
            hint = f"did you mean {near}?" if near else f"the ids are {', '.join(names)}"
            raise DerivgenError(Fault("extends", f"{name} has no exercise {identifier}", hint, place.span))
    if not found:
        hint = "put files into it that are exercises, with the keys id, functions and ask"
        raise DerivgenError(Fault("extends", f"{name} holds no exercise", hint, place.span))
    return found


def _in_file(path: Path, around: Surroundings, place: Text) -> Iterator[Found]:
    """The exercises of a file: of a sheet, of a list, a single one, or a spec."""
    reading = read(read_text(path), str(path))
    if reading.faults:
        raise DerivgenError(*reading.faults)
    inside = replace(around, path=path)
    match reading.root:
        case Mapping() as mapping:
            keys = {key.value: node for key, node in mapping.entries}
        case Sequence(items=items):
            yield from (Found(item, inside) for item in items if isinstance(item, Mapping))
            return
        case _:
            hint = "an exercise has the keys id, functions and ask"
            raise DerivgenError(Fault("extends", f"{path.name} is no exercise", hint, place.span))
    if isinstance(listed := keys.get("exercises"), Sequence):
        yield from (Found(item, inside) for item in listed.items if isinstance(item, Mapping))
    elif "derivatives" in keys:
        yield from _of_spec(path, mapping, inside)
    elif "page" not in keys:
        yield Found(mapping, inside)


def _of_spec(path: Path, mapping: Mapping, around: Surroundings) -> Iterator[Found]:
    """A spec as an exercise: its derivatives are the questions, and its file name the id."""
    loaded = load_spec(path, around.project)
    if loaded.faults:
        raise DerivgenError(*loaded.faults)
    if loaded.problem is None:
        return
    at = mapping.span

    def text(value: str, span: Span | None = None) -> Text:
        return Text(value, ((0, span or at),))

    asked = tuple(text(request.text, request.span) for request in loaded.problem.requests)
    identifier = re.sub(r"^[0-9]+[-_](?=.)", "", slug_of(path))[:60]
    entries: tuple[tuple[Text, Node], ...] = (
        (text("id"), text(identifier)),
        (text("spec"), text(path.name)),
        (text("ask"), Sequence(asked, at)),
    )
    yield Found(Mapping(entries, at), around)
