"""The end of a build: what nothing makes any more goes, and what the next build is to know is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.project import engine as engines
from derivgen.project import manifest
from derivgen.project.files import files_below
from derivgen.project.manifest import Entry
from derivgen.project.places import INDEX, from_here
from derivgen.project.records import Cards, bucket, kept, written
from derivgen.project.run import Run
from derivgen.project.told import Told

MANIFEST, CARDS, ENGINE = "manifest.json", "cards.json", "engine.json"


def ended(run: Run, entries: Sequence[Entry], known: Cards) -> Iterator[Told]:
    """Take away what nothing makes any more, and write down what the next build is to know."""
    others = {entry.name for entry in entries if entry.name not in run.made}
    orphans = _orphans(run, entries, others)
    for file in orphans:
        run.site.remove(file)
    # The files of an index have names by what they hold, so that some go with every change.
    told = [file for file in orphans if not file.startswith(f"{INDEX}/")]
    if told:
        files = "1 file" if len(told) == 1 else f"{len(told)} files"
        yield Told(messages=(f"removed {files} that nothing makes any more",))
    _forget(run, others)
    survey = run.survey
    sources = {entry.source for entry in entries if entry.name in others}
    specs = {source: card for source, card in known.specs.items() if source in sources}
    specs |= {file.source: card for file, card in (*survey.specs, *survey.sheets) if card.key}
    projects = {from_here(survey.roots[path], survey.output): card for path, card in survey.projects.items()}
    cards = Cards(specs, projects)
    # What was read is what is there: a build with nothing to make writes none of it again.
    if cards != known:
        run.cache.keep(CARDS, written(cards))
    if tuple(entries) != run.before:
        run.cache.write(MANIFEST, manifest.written(entries))
    if run.engine.tried is None:
        run.cache.remove(ENGINE)
    else:
        run.cache.keep(ENGINE, engines.written(run.engine.tried))


def _orphans(run: Run, entries: Sequence[Entry], others: set[str]) -> list[str]:
    """The files that we have put into the site, in this build or another, and that are none of its pages."""
    wanted = {file for entry in entries for file in entry.files}.union(name for name, _ in run.commons)
    before = [file for entry in run.before for file in entry.files]
    current = {f"pages/{name}.json" for name in run.records | others} | {f"buckets/{name}.json" for name in run.buckets}
    names = (name for name in _names(run, "pages", "buckets") if name not in current)
    left = [file for name in names for file in _files(run, name)]
    ours = dict.fromkeys((*before, *run.old.shared, *left, *sorted(run.wrote)))
    return [file for file in ours if file not in wanted and run.site.path(file).is_file()]


def _files(run: Run, name: str) -> list[str]:
    """The files that a record names."""
    data = run.cache.read(name)
    record = kept(data) or bucket(data)
    return [] if record is None else [file for file, _ in record.files]


def _forget(run: Run, others: set[str]) -> None:
    """Take away what the cache has of pages that are no more; what it has of `others` stays."""
    wanted = {f"{folder}/{name}.json" for folder in ("pages", "documents") for name in run.records | others}
    wanted |= {f"buckets/{name}.json" for name in run.buckets}
    records = [*run.made.values(), *(kept(run.cache.read(f"pages/{name}.json")) for name in sorted(others))]
    wanted |= {paper.source for record in records if record is not None for paper in record.papers}
    wanted |= run.formats
    # While there are others, their PDFs may be of any bucket.
    for name in _names(run, "pages", "documents", "tex", *(() if others else ("buckets", "formats"))):
        if name not in wanted:
            run.cache.remove(name)


def _names(run: Run, *folders: str) -> list[str]:
    """The files of the cache in these folders."""
    return [f"{folder}/{name}" for folder in folders for name in files_below(run.cache.root / folder)]
