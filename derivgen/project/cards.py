"""Reading a spec or a sheet for what the site needs of it before its page is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from derivgen.document.stored import stored
from derivgen.project.documents import summary_of, title_of
from derivgen.project.loaded import read_early
from derivgen.project.places import SAMPLES_PLACE, safe
from derivgen.project.projects import project_of
from derivgen.project.records import Card, ProjectCard
from derivgen.project.site import chapter_title, numbered_chapter, place_in_course, samples_title
from derivgen.project.survey import Found
from derivgen.project.told import InWords
from derivgen.project.workers import in_order
from derivgen.spec.files import is_sheet
from derivgen.spec.model import Loaded, Spec


def read_cards(found: Sequence[Found], jobs: int | None) -> tuple[Card, ...]:
    """What the site needs of each file."""
    return tuple(in_order(card_of, found, jobs))


def card_of(found: Found) -> Card:
    """What the site needs of a spec or a sheet."""
    if is_sheet(found.path):
        # A sheet that is named as a spec has a fault, and no record of that may stand for the sheet.
        card = _of_spec(found, "") if found.is_named else _of_sheet(found)
    else:
        card = _of_spec(found, found.key)
    return card if found.is_as_found else replace(card, key="")


def project_card(path: Path, made_of: str) -> ProjectCard:
    """What a build needs of the project of a path."""
    project = project_of(path)
    manual = None if project.manual is None else project.manual.relative_to(project.root).as_posix()
    navigation = tuple(numbered_chapter(number, project) for number in project.navigation)
    return ProjectCard(made_of, manual, tuple(map(InWords, project.faults)), navigation)


def _of_spec(found: Found, made_of: str) -> Card:
    project = project_of(found.found_by)
    loaded = read_early(found.path, project)
    return Card(
        made_of,
        "spec",
        safe(found.path.stem) if loaded.spec is None else loaded.spec.slug,
        stored((title_of(loaded), summary_of(loaded))).decode(),
        chapter_title(loaded, project),
        place_in_course(loaded),
        "en" if loaded.spec is None else loaded.spec.settings.language,
        is_page=not loaded.faults or loaded.problem is not None,
        consults=loaded.spec is not None and _consults(loaded.spec),
        date=_day(loaded),
    )


def _day(loaded: Loaded) -> str:
    """The day of a page as it is written: 2026-11-20."""
    day = None if loaded.spec is None else loaded.spec.settings.date
    return "" if day is None else day.isoformat()


def _of_sheet(found: Found) -> Card:
    # Here, since most folders have no sheet, and reading one takes much to import.
    from derivgen.spec.homework.sheet import load_sheet

    project = project_of(found.found_by)
    sheet = load_sheet(found.path, project).sheet
    if sheet is None or not sheet.is_sample:
        return Card(found.key, "sheet")
    shown = stored(((sheet.title.value,), ())).decode()
    return Card(found.key, "sample", sheet.name, shown, samples_title(project), SAMPLES_PLACE)


def _consults(spec: Spec) -> bool:
    """Whether the texts of a spec may show something of other specs."""
    texts = (spec.settings.introduction, spec.page, spec.settings.remarks)
    return any("{{" in text.value for text in texts if text is not None)
