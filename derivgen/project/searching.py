"""The index of the search page in a build: made where Pagefind is installed and a page has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.project.keys import digest_of, key, program
from derivgen.project.manifest import Entry
from derivgen.project.plan import is_intact
from derivgen.project.records import Kept, kept, written
from derivgen.project.run import Run, recorded
from derivgen.project.told import Told

RECORD = "search.json"


def searched(run: Run, entries: Sequence[Entry]) -> Iterator[Told]:
    """Make the index, where it is not there as it should be."""
    if not run.search_engine:
        return
    project = run.survey.projects[run.survey.first].key
    pages = (*(_of_course(run, entry) for entry in entries), *_of_manual(run))
    own = key("search", program(), run.search_engine, project, pages)
    record = kept(run.cache.read(RECORD))
    if record is None or record.key != own or not is_intact(record.files, run.site):
        run.begin()
        record = _made(run, pages, own)
    run.commons.extend(record.files)
    yield Told(messages=record.messages)


def _of_course(run: Run, entry: Entry) -> tuple[str, str]:
    """The file of a page with its hash."""
    file = f"{entry.name}.html"
    made = run.made.get(entry.name)
    return file, digest_of(run.site.path(file)) if made is None else dict(made.files)[file]


def _of_manual(run: Run) -> Iterator[tuple[str, str]]:
    return (page for page in run.commons if page[0].startswith("manual/") and page[0].endswith(".html"))


def _made(run: Run, pages: Sequence[tuple[str, str]], own: str) -> Kept:
    """Make the index and write it; where that fails, the page is its list alone, and the next build tries again."""
    # Here, so that a build with nothing to make does without.
    from derivgen.project.searchindex import Failed, index_of
    from derivgen.project.work import project_of

    texts = {file: (run.site.read(file) or b"").decode() for file, _ in pages}
    try:
        language = project_of(run.survey.first).settings.language
        files = index_of(texts, language)
    except Failed as error:
        return Kept("", "", messages=(f"no index for the search page, which stays a list: Pagefind says: {error}",))
    for name, data in files.items():
        run.put(name, data)
    record = Kept(own, "", recorded(files))
    run.cache.keep(RECORD, written(record))
    return record
