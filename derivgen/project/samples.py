"""Sheets that ask to be shown: `publish: sample` puts what students get, and nothing else of a sheet, into the site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from derivgen.errors import DerivgenError
from derivgen.project.homework import found_sheets, student_files, worked_sheet
from derivgen.project.manifest import Entry
from derivgen.project.pages import Look
from derivgen.project.site import LAST, clash, relative, site_links
from derivgen.project.told import INPUT, Told
from derivgen.project.work import project_of
from derivgen.render.formats import Beside, chapter_anchor
from derivgen.spec.homework.sheet import load_sheet

CHAPTER = "Homework"
FOLDER = "homework"
PLACE = (LAST + 1, 0)  # after all that is taught


@dataclass(frozen=True, slots=True)
class Sample:
    """The page of a sheet: its entry in the site, its files, and what there is to say of it."""

    told: Told
    entry: Entry | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def sources(paths: Sequence[Path], output: Path) -> tuple[str, ...]:
    """All sheets at these paths, as the manifest names its sources."""
    return tuple(_source(sheet, output) for sheet, _ in found_sheets(_folders(paths)))


def samples(paths: Sequence[Path], output: Path, look: Look, taken: Sequence[str]) -> Iterator[Sample]:
    """The pages of the sheets below these paths that say `publish: sample`.

    `taken` are the names of the pages that the site has already.
    """
    names = dict.fromkeys(taken, "")
    for path, found_by in found_sheets(_folders(paths)):
        sheet = load_sheet(path, project_of(found_by)).sheet
        if sheet is None or not sheet.is_sample:
            continue
        name = f"{FOLDER}/{sheet.name}"
        if name in names:
            yield Sample(Told(messages=(str(clash(name, str(path), names[name] or None)),), status=INPUT))
            continue
        names[name] = str(path)
        yield _sample(path, found_by, name, output, look)


def is_sample(entry: Entry) -> bool:
    """Whether a page of the site is the sample of a sheet, which is no stop on the way through the course."""
    return entry.place == PLACE


def _sample(path: Path, found_by: Path, name: str, output: Path, look: Look) -> Sample:
    done = worked_sheet(path, found_by, cross_check=look.cross_check)
    if done.status or done.loaded.sheet is None:
        return Sample(Told(messages=done.messages, status=done.status))
    chapter = f"{relative('index.html', name)}#{chapter_anchor(CHAPTER)}"
    project = project_of(found_by)
    own = site_links(name, project.settings.language, manual=look.manual)
    beside = Beside(project.title, CHAPTER, chapter_href=chapter, links=own)
    try:
        files, messages = student_files(done, name, look, beside)
    except DerivgenError as error:
        return Sample(Told(messages=tuple(f"{path}: {fault}" for fault in error.faults), status=INPUT))
    entry = Entry(name, _source(path, output), tuple(files), done.loaded.sheet.title.value, CHAPTER, PLACE)
    return Sample(Told(messages=messages, progress=f"sample: {name}"), entry, files)


def _folders(paths: Sequence[Path]) -> list[Path]:
    # A sheet that is named by itself is told to be none of the build's specs.
    return [path for path in paths if path.is_dir()]


def _source(path: Path, output: Path) -> str:
    return Path(os.path.relpath(path, output)).as_posix()
