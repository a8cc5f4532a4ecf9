"""One run of a build: what it was asked for, where it writes, and what is made so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from derivgen.project import state
from derivgen.project.ahead import Ahead
from derivgen.project.engine import Chosen
from derivgen.project.files import Folder
from derivgen.project.keys import digest, key, search_engine, tree
from derivgen.project.manifest import Entry
from derivgen.project.places import Ways, markdown_files
from derivgen.project.plan import Around, Planned, is_sample
from derivgen.project.pyodide import found_pyodide, version_of
from derivgen.project.records import Bucket, Complaint, Kept, written
from derivgen.project.state import STATE, State
from derivgen.project.survey import Survey
from derivgen.project.told import INPUT
from derivgen.record import record

SHARED = "shared.json"


@record
class BuildOptions:
    """What `derivgen build` was asked for; `scheduler` is the address of a cluster that makes the pages.

    Without `search` no index of their texts is made, whatever is installed.
    """

    output: Path
    formats: tuple[str, ...] = ("html", "pdf", "tex")
    pdf: str = "auto"
    jobs: int | None = None
    cross_check: bool = True
    scheduler: str = ""
    search: bool = True


@record
class Due:
    """A page that is to be made: its neighbours, its keys, its document where that is kept, how its PDFs are set."""

    plan: Planned
    around: Around
    key: str
    derived: str
    stored: bytes = b""
    is_alone: bool = False


@record
class Run:
    """A build in its folder.

    `ahead` is what is begun in threads, `made` are the pages that the site has, `records` what the cache has of pages.
    `keys` are those under which pages were made in this run, `anew` the names of what it has made,
    `commons` the files that belong to no single page,
    `buckets` the records of PDFs that were set together, `formats` their dumped
    preambles in the cache, `pdfs` these with their hashes, `said` what
    LaTeX says of pages, `alone` those whose PDFs cannot be set with others, `wrote` the names of files.
    """

    options: BuildOptions
    site: Folder
    cache: Folder
    survey: Survey
    before: tuple[Entry, ...]
    old: State
    engine: Chosen
    ahead: Ahead = field(default_factory=Ahead)
    made: dict[str, Kept] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)
    commons: list[tuple[str, str]] = field(default_factory=list)
    buckets: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    pdfs: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[Complaint]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    wrote: set[str] = field(default_factory=set)

    @property
    def look(self) -> str:
        """The key of what all pages of the site have in common."""
        options, ways = self.options, self.ways
        leads_to = (ways.chapters, ways.manual, ways.playground)
        return key(options.formats, options.cross_check, self.engine.key, tree(self.survey.templates), leads_to)

    @property
    def ways(self) -> Ways:
        """Where every page leads: to chapters that have pages, and to the manual."""
        survey = self.survey
        manual = markdown_files(survey.manual(survey.first))
        named = survey.projects[survey.first].navigation
        ours = {file.source for file, _ in (*survey.specs, *survey.sheets)}
        # A build of some specs leaves the pages of others where they are.
        others = {
            entry.chapter: entry
            for entry in self.before
            if entry.source not in ours and (self.options.output / entry.source).exists()
        }
        chapters = {card.chapter for _, card in survey.specs if card.is_page} | set(others)
        samples = [card.chapter for _, card in survey.sheets if card.kind == "sample"]
        samples += [title for title, entry in others.items() if is_sample(entry)]
        shown = dict.fromkeys((*(title for title in named if title in chapters), *samples))
        return Ways(tuple(shown), f"manual/{manual[0].stem}" if manual else "", version_of(self.pyodide))

    @property
    def pyodide(self) -> Path | None:
        """Where the files are that the page to derive on needs."""
        return found_pyodide(self.survey.roots[self.survey.first])

    @property
    def search_engine(self) -> str:
        """The version of what indexes the pages; empty where nothing does."""
        return search_engine() if self.options.search and "html" in self.options.formats else ""

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the site."""
        self.wrote.add(name)
        self.site.write(name, data)

    def begin(self) -> None:
        """Leave a mark that the build did not end: whatever stops it, nobody publishes the rest."""
        self.cache.write(STATE, state.written(replace(self.old, status=None)))

    def whole(self, name: str) -> Kept:
        """A page with the PDFs of it that were set with others."""
        page = self.made[name]
        names = (paper.name for paper in page.papers)
        pdfs = tuple((name, self.pdfs[name]) for name in names if name in self.pdfs)
        status = max([page.status, *(INPUT for one in self.said.get(name, ()) if one.code)])
        return replace(page, files=(*page.files, *pdfs), status=status)

    def expected(self, name: str) -> Kept:
        """A page with its PDFs as if none were refused; what they hold is not known yet."""
        page = self.made[name]
        return replace(page, files=(*page.files, *((paper.name, "") for paper in page.papers)))

    def take(self, name: str, bucket: Bucket) -> None:
        """Note PDFs that were set together."""
        self.buckets.add(name)
        self.pdfs.update(bucket.files)
        for complaint in bucket.complaints:
            self.said.setdefault(complaint.page, []).append(complaint)

    def keep(
        self, plan: Planned, record: Kept, files: Mapping[str, bytes], *, lasts: bool, stored: bytes = b""
    ) -> None:
        """Write a page, then what the cache is to know of it: a run that is stopped in between makes it again."""
        for name, data in files.items():
            self.put(name, data)
        if lasts:
            if stored:
                self.cache.keep(plan.document, stored)
            self.cache.keep(plan.record, written(record))
            self.records.add(plan.name)
        if files:
            self.made[plan.name] = record


def recorded(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The files as a record has them."""
    return tuple((name, digest(data)) for name, data in files.items())
