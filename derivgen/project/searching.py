"""The index of the search page in a build: made where Pagefind is installed and a page has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from derivgen.project.keys import digest_of, key, program
from derivgen.project.manifest import Entry
from derivgen.project.plan import is_intact, is_sample
from derivgen.project.records import Kept, kept, written
from derivgen.project.run import SHARED, Run, recorded
from derivgen.project.told import Told

RECORD = "search.json"
KIND = "search"


class Searching:
    """The index of a run, which can be begun while other things are made of its pages.

    What is begun is of the pages as they are then; where they are others in the end, it is made of those.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def begin(self, others: Sequence[Entry]) -> None:
        """Begin to make the index of the pages that this run has made and of `others`, where one is new."""
        run = self._run
        shared = kept(run.cache.read(SHARED)) if run.search_engine else None
        # The pages of a manual are made with what is shared, so that a first build waits for them.
        if not run.search_engine or (shared is None and run.ways.manual):
            return
        samples = [entry.name for entry in run.before if is_sample(entry)]
        names = sorted({*run.made, *(entry.name for entry in others), *samples})
        pages = (*(_of_course(run, name) for name in names), *_of_manual(() if shared is None else shared.files))
        own = _key(run, pages)
        # Pages that are made anew may be what they were: then there is nothing to begin.
        there = kept(run.cache.read(RECORD))
        if there is None or there.key != own:
            run.ahead.begin(KIND, own, partial(_index, run, pages))

    def made(self, entries: Sequence[Entry]) -> Iterator[Told]:
        """Make the index, where it is not there as it should be."""
        run = self._run
        if not run.search_engine:
            return
        pages = (*(_of_course(run, entry.name) for entry in entries), *_of_manual(run.commons))
        own = _key(run, pages)
        record = kept(run.cache.read(RECORD))
        if record is None or record.key != own or not is_intact(record.files, run.site):
            run.begin()
            record = self._written(pages, own)
        run.commons.extend(record.files)
        yield Told(messages=record.messages)

    def _written(self, pages: Sequence[tuple[str, str]], own: str) -> Kept:
        """Write the index; where there can be none, the page is its list alone, and the next build tries again."""
        from derivgen.project.searchindex import Failed

        run = self._run
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
    from derivgen.project.searchindex import index_of
    from derivgen.project.work import project_of

    return index_of(pages, run.site, run.cache, project_of(run.survey.first).settings.language)
