"""The index of the search page in a build: made where Pagefind is installed and a page has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from derivgen.project.keys import digest_of, key, program
from derivgen.project.manifest import Entry
from derivgen.project.plan import is_intact
from derivgen.project.records import Kept, kept, written
from derivgen.project.run import SHARED, Run, recorded
from derivgen.project.told import Told

RECORD = "search.json"
KIND = "search"


def begin(run: Run, entries: Sequence[Entry]) -> None:
    """Begin to make the index, as it is if the site has these pages in the end, and the manual of the last build."""
    shared = kept(run.cache.read(SHARED)) if run.search_engine else None
    # The pages of a manual are made with what is shared, so that a first build waits for them.
    if not run.search_engine or (shared is None and run.ways.manual):
        return
    pages = _pages(run, entries, () if shared is None else shared.files)
    own = _key(run, pages)
    # Pages that are made anew may be what they were: then there is nothing to begin.
    record = kept(run.cache.read(RECORD))
    if record is None or record.key != own:
        run.ahead.begin(KIND, own, partial(_index, run, pages))


def made(run: Run, entries: Sequence[Entry]) -> Iterator[Told]:
    """Make the index, where it is not there as it should be."""
    if not run.search_engine:
        return
    pages = _pages(run, entries, run.commons)
    own = _key(run, pages)
    record = kept(run.cache.read(RECORD))
    if record is None or record.key != own or not is_intact(record.files, run.site):
        run.begin()
        record = _written(run, pages, own)
    run.commons.extend(record.files)
    yield Told(messages=record.messages)


def _written(run: Run, pages: Sequence[tuple[str, str]], own: str) -> Kept:
    """Write the index; where there can be none, the page is its list alone, and the next build tries again."""
    from derivgen.project.searchindex import Failed

    try:
        # One after the other, since two would prepare their texts in one place.
        files = run.ahead.result(KIND, own, partial(_index, run, pages))
    except Failed as error:
        return Kept("", "", messages=(f"no index for the search page, which stays a list: Pagefind says: {error}",))
    for name, data in files.items():
        run.put(name, data)
    record = Kept(own, "", recorded(files))
    run.cache.keep(RECORD, written(record))
    return record


def _pages(run: Run, entries: Sequence[Entry], shared: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The files to be found, with their hashes: the pages, and of what is shared those of the manual."""
    return (*(_of_course(run, entry.name) for entry in entries), *_of_manual(shared))


def _key(run: Run, pages: Sequence[tuple[str, str]]) -> str:
    return key("search", program(), run.search_engine, run.survey.projects[run.survey.first].key, pages)


def _of_course(run: Run, name: str) -> tuple[str, str]:
    """The file of a page with its hash."""
    file = f"{name}.html"
    made = run.made.get(name)
    return file, digest_of(run.site.path(file)) if made is None else dict(made.files)[file]


def _of_manual(files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (page for page in files if page[0].startswith("manual/") and page[0].endswith(".html"))


def _index(run: Run, pages: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """The files of the index of pages."""
    # Here, so that a build with nothing to make does without.
    from derivgen.project.projects import project_of
    from derivgen.project.searchindex import index_of

    return index_of(pages, run.site, run.cache, project_of(run.survey.first).settings.language)
