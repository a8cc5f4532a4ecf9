"""One run of a build: what it was asked for, where it writes, and what is made so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from derivgen.project import state
from derivgen.project.engine import Chosen
from derivgen.project.files import Folder
from derivgen.project.keys import digest, key, tree
from derivgen.project.manifest import Entry
from derivgen.project.places import markdown_files
from derivgen.project.plan import Around, Planned
from derivgen.project.records import Kept, written
from derivgen.project.state import STATE, State
from derivgen.project.survey import Survey

SHARED = "shared.json"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What `derivgen build` was asked for."""

    output: Path
    formats: tuple[str, ...] = ("html", "pdf", "tex")
    pdf: str = "auto"
    jobs: int | None = None
    cross_check: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A page that is to be made: its neighbours, its keys, and its document where that is kept."""

    plan: Planned
    around: Around
    key: str
    derived: str
    stored: bytes = b""


@dataclass(frozen=True, slots=True)
class Run:
    """A build in its folder. `made` are the pages that the site has, `records` what the cache has of pages.

    `keys` are those under which pages were made in this run, `anew` the names of what it has made,
    `commons` the files that belong to no single page.
    """

    options: BuildOptions
    site: Folder
    cache: Folder
    survey: Survey
    before: tuple[Entry, ...]
    old: State
    engine: Chosen
    made: dict[str, Kept] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)
    commons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def look(self) -> str:
        """The key of what all pages of the site have in common."""
        options, survey = self.options, self.survey
        manual = markdown_files(survey.manual(survey.first))
        leads_to = manual[0].stem if manual else ""
        return key(options.formats, options.cross_check, self.engine.key, tree(survey.templates), leads_to)

    def begin(self) -> None:
        """Leave a mark that the build did not end: whatever stops it, nobody publishes the rest."""
        self.cache.write(STATE, state.written(replace(self.old, status=None)))

    def keep(
        self, plan: Planned, record: Kept, files: Mapping[str, bytes], *, lasts: bool, stored: bytes = b""
    ) -> None:
        """Write a page, then what the cache is to know of it: a run that is stopped in between makes it again."""
        for name, data in files.items():
            self.site.write(name, data)
        if lasts:
            if stored:
                self.cache.write(plan.document, stored)
            self.cache.write(plan.record, written(record))
            self.records.add(plan.name)
        if files:
            self.made[plan.name] = record


def recorded(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The files as a record has them."""
    return tuple((name, digest(data)) for name, data in files.items())
