"""`derivgen check`: everything that a build does up to the pages, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from derivgen.project.budget import within_budget
from derivgen.project.documents import all_faults, document_of
from derivgen.project.practice import practice_of
from derivgen.project.projects import found_specs, projects_faults
from derivgen.project.review import asked
from derivgen.project.told import INPUT, InWords, Told
from derivgen.project.work import Wishes, no_specs, worked
from derivgen.project.workers import expect, in_order


def checked(arguments: Sequence[str], jobs: int | None, *, cross_check: bool) -> Iterator[Told]:
    """Read, derive and verify specs; tells what is wrong and how many are well."""
    paths = [Path(argument) for argument in arguments]
    specs = found_specs(paths)
    if not specs:
        yield Told(messages=(no_specs(paths),), status=INPUT)
        return
    faults = projects_faults(paths)
    if faults:
        yield Told(messages=tuple(map(InWords, faults)), status=INPUT)
    failed = 0
    expect(len(specs), jobs, cross_check=cross_check)
    for told in in_order(partial(_checked, cross_check=cross_check), specs, jobs):
        failed += told.status != 0
        yield told
    yield Told(messages=(_summary(len(specs), failed),))


def _checked(spec: tuple[Path, Path], *, cross_check: bool) -> Told:
    path, found_by = spec
    return within_budget(
        lambda: _reviewed(path, found_by, cross_check=cross_check),
        lambda fault: Told(messages=(InWords(fault),), status=INPUT),
        str(path),
    )


def _reviewed(path: Path, found_by: Path, *, cross_check: bool) -> Told:
    done = worked(path, found_by, Wishes(cross_check=cross_check))
    if done.status:
        messages = (*map(InWords, all_faults(done, path.stem, found_by)), *done.bugs)
        return Told(messages=messages, status=done.status)
    document, faults = document_of(done, path.stem, found_by)
    if faults:
        return Told(messages=tuple(map(InWords, faults)), status=INPUT)
    faults = practice_of(done, document)[1]
    if faults:
        return Told(messages=tuple(map(InWords, faults)), status=INPUT)
    found = asked(document, done, path)
    return Told(messages=found.messages, status=found.status)


def _summary(count: int, failed: int) -> str:
    well = f"{count - failed} of {count} specs are well"
    return f"{well}, {failed} failed" if failed else well
