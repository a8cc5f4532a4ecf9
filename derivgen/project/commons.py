"""What the pages of a site share: made where it is not there as it should be, and begun while LaTeX runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from derivgen.project.keys import digests, key
from derivgen.project.manifest import Entry, plain
from derivgen.project.places import markdown_files
from derivgen.project.plan import is_intact
from derivgen.project.pyodide import compiled_as, remembered_as
from derivgen.project.records import kept
from derivgen.project.run import SHARED, Run
from derivgen.project.told import Told

if TYPE_CHECKING:
    from derivgen.project.shared import Shared

KIND = "shared"


def begin(run: Run, entries: Sequence[Entry]) -> None:
    """Begin to make what is shared, as it is if the site has these pages in the end."""
    if not _is_wanted(run):
        return
    stops = _in_order(entries)
    own = _key(run, stops)
    record = kept(run.cache.read(SHARED))
    if record is None or record.key != own:
        run.ahead.begin(KIND, own, partial(_made, run, stops))


def made(run: Run, entries: Sequence[Entry]) -> Iterator[Told]:
    """Make what the pages share, where it is not there as it should be."""
    if not _is_wanted(run):
        run.commons.extend((name, "") for name in run.old.shared)
        return
    stops = _in_order(entries)
    own = _key(run, stops)
    record = kept(run.cache.read(SHARED))
    is_there = record is not None and record.key == own and record.is_typed_as(str(run.survey.first))
    if record is None or not is_there or not is_intact(record.files, run.site):
        run.begin()
        files = run.ahead.result(KIND, own, partial(_made, run, stops))
        from derivgen.project.making import keep_shared

        record = keep_shared(run, files, own)
    run.commons.extend(record.files)
    yield record.again


def _is_wanted(run: Run) -> bool:
    return not {"html", "fragment"}.isdisjoint(run.options.formats)


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.place, entry.name))


def _key(run: Run, stops: Sequence[Entry]) -> str:
    survey = run.survey
    project = survey.projects[survey.first].key
    manual = digests(markdown_files(survey.manual(survey.first)))
    found = (run.search_engine, compiled_as(run.pyodide), remembered_as(run.pyodide))
    return key("shared", project, run.look, manual, found, [plain(entry) for entry in stops])


def _made(run: Run, stops: Sequence[Entry]) -> Shared:
    # Here, so that a build with nothing to make does without all that makes pages.
    from derivgen.project.making import shared_files

    return shared_files(run, stops)
