"""A homework sheet: the file whose first key is `homework`, read with every fault at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from derivgen.answers.stored import LEVELS, Level
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.files import read_text, slug_of
from derivgen.spec.homework.amounts import share_of
from derivgen.spec.homework.banks import Item, Pool, item_of
from derivgen.spec.homework.exercises import Exercise, Surroundings
from derivgen.spec.homework.keys import SHEET, fields_within
from derivgen.spec.homework.templates import Template
from derivgen.spec.model import told_at_most
from derivgen.spec.project import Project
from derivgen.spec.reader import Mapping, Reading, Sequence, read
from derivgen.spec.settings import Settings, merged, settings_of
from derivgen.spec.values import Fields, chosen, whole_number

# A number of versions, or one for each student.
Variants = int | Literal["per-student"]

PUBLISH = {"sample": True, "none": False}
VARIANTS: dict[str, Variants] = {"one": 1, "per-student": "per-student"}
MOST_VARIANTS = 1000


@record
class Sheet:
    """What a sheet says; `settings` are its own over those of the project.

    `items` are the exercises before anything is drawn. `exercises` are those of one student: of
    a sheet on which nothing is drawn they are known, of another once a composition is `handed`.
    """

    file: str
    name: str
    title: Text
    settings: Settings
    exercises: tuple[Exercise, ...] = ()
    seed: str = ""
    credit: dict[str, Fraction] = field(default_factory=dict)
    feedback: Level = "full"
    is_sample: bool = False
    items: tuple[Item, ...] = ()
    variants: Variants = 1

    def handed(self, exercises: tuple[Exercise, ...]) -> Sheet:
        """The sheet with the exercises of one student."""
        return replace(self, exercises=exercises)

    @property
    def is_drawn(self) -> bool:
        """Whether anything on it is drawn."""
        return any(isinstance(item, Pool) or item.parameters for item in self.items)

    @property
    def points(self) -> Fraction | None:
        """All points of the sheet; None where an exercise has none."""
        found = [exercise.points for exercise in self.exercises if exercise.points is not None]
        return sum(found, Fraction(0)) if len(found) == len(self.exercises) else None


@record
class LoadedSheet:
    """A sheet and everything that is wrong with it; a sheet with faults has no exercises to hand out."""

    file: str
    sheet: Sheet | None = None
    faults: tuple[Fault, ...] = ()


def load_sheet(path: Path, project: Project) -> LoadedSheet:
    """The sheet at `path`; whatever is wrong with it is in its faults."""
    file = str(path)
    try:
        reading = read(read_text(path), file)
    except DerivgenError as error:
        return LoadedSheet(file, faults=error.faults)
    findings = Findings([*project.faults, *reading.faults])
    mapping = findings.attempt(_mapping_of, reading, file)
    sheet = None if mapping is None else _sheet(path, mapping, project, findings)
    return LoadedSheet(file, sheet, told_at_most(findings.faults))


def _mapping_of(reading: Reading, file: str) -> Mapping:
    hint = "a sheet begins with `homework: TITLE` and has a list of exercises"
    match reading.root:
        case Mapping(entries=((key, _), *_)) as mapping if key.value == "homework":
            return mapping
        case Mapping(entries=((key, _), *_)):
            message = f"this is not a homework sheet: its first key is {key.value}"
            raise DerivgenError(Fault("no-sheet", message, hint, key.span))
        case None:
            raise DerivgenError(Fault("empty", "this file is empty", hint, Span(file, 1, 1, 2, "")))
        case other:
            raise DerivgenError(Fault("kind", "a sheet is a mapping of keys to values", hint, other.span))


def _sheet(path: Path, mapping: Mapping, project: Project, findings: Findings) -> Sheet | None:
    entries = fields_within(mapping, SHEET, "a homework sheet", findings)
    title = entries.text("homework")
    settings = merged(project.settings, settings_of(entries))
    seed = entries.text("seed")
    items = _items(entries, Surroundings(path, project, settings), mapping.span)
    variants = entries.text("variants")
    sheet = Sheet(
        file=str(path),
        name=slug_of(path),
        title=title or Text("", ((0, mapping.span),)),
        settings=settings,
        seed="" if seed is None else seed.value,
        credit=dict(findings.each(_credit, entries.pairs("credit", "other_layout: 0.5") or ())),
        feedback=entries.choice("feedback", LEVELS) or "full",
        is_sample=bool(entries.choice("publish", PUBLISH)),
        items=items,
        variants=1 if variants is None else findings.attempt(_variants, variants) or 1,
    )
    if title is None:
        return None
    plain = tuple(item.exercise({}) for item in items if isinstance(item, Template) and not item.parameters)
    return sheet if sheet.is_drawn else sheet.handed(plain)


def _variants(text: Text) -> Variants:
    if not re.fullmatch(r"[0-9]+", text.value):
        return chosen(text, VARIANTS, "variants")
    number = whole_number(text, "variants")
    if not 0 < number <= MOST_VARIANTS:
        hint = f"write a number from 1 to {MOST_VARIANTS}, or per-student"
        raise DerivgenError(Fault("value", f"a sheet cannot have {number} variants", hint, text.span))
    return number


def _credit(pair: tuple[Text, Text]) -> tuple[str, Fraction]:
    name, share = pair
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name.value):
        hint = "names of slips have small letters and underscores, such as other_layout or wrong_sign"
        raise DerivgenError(Fault("value", f"{name.value} is not the name of a slip", hint, name.span))
    return name.value, share_of(share)


def _items(entries: Fields, around: Surroundings, place: Span) -> tuple[Item, ...]:
    found = entries.entries.get("exercises")
    findings = entries.findings
    if found is None:
        if not any(fault.hint == "did you mean exercises?" for fault in findings.faults):
            hint = "add `exercises:` and below it a list, each item beginning with `- id: NAME`"
            findings.add(Fault("missing-key", "this sheet has no exercises", hint, place))
        return ()
    key, node = found
    items = node.items if isinstance(node, Sequence) else ()
    if not items:
        hint = "write a list below it, each item beginning with `- id: NAME`"
        findings.add(Fault("empty", "exercises must be a list with at least one exercise", hint, key.span))
        return ()
    _refuse_twins(items, findings)
    made = [findings.attempt(item_of, item, around, findings) for item in items]
    known = tuple(item for item in made if item is not None)
    _refuse_borrowed_twins(known, findings)
    return known


def _refuse_borrowed_twins(items: Iterable[Item], findings: Findings) -> None:
    """Nor may an exercise of a pool have the id of another one."""
    seen: set[str] = set()
    for item in items:
        for template in item.templates if isinstance(item, Pool) else (item,):
            if template.id in seen and isinstance(item, Pool):
                hint = "rename one of the two, or take the file out of the pool"
                message = f"two exercises have the id {template.id}"
                findings.add(Fault("duplicate-id", message, hint, template.item.span))
            seen.add(template.id)


def _refuse_twins(items: Iterable[object], findings: Findings) -> None:
    """Two exercises with one id would have one key between them."""
    seen: dict[str, Text] = {}
    for item in items:
        for key, value in item.entries if isinstance(item, Mapping) else ():
            if key.value != "id" or not isinstance(value, Text):
                continue
            if value.value in seen:
                hint = f"the first one is on line {seen[value.value].span.line}; rename one of the two"
                findings.add(Fault("duplicate-id", f"two exercises have the id {value.value}", hint, value.span))
            seen.setdefault(value.value, value)
