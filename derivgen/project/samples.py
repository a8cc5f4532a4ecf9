"""Sheets that ask to be shown: `publish: sample` puts what students get, and nothing else of a sheet, into the site."""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path

from derivgen.errors import DerivgenError
from derivgen.project.homework import student_files, worked_sheet
from derivgen.project.projects import project_of
from derivgen.project.site import address_of, chapter_href, samples_title, site_card, site_links
from derivgen.project.tasks import Look
from derivgen.project.told import INPUT, Told
from derivgen.record import record
from derivgen.render.formats import Beside


@record
class Sample:
    """The page of a sheet: its files, and what there is to say of it."""

    told: Told
    files: dict[str, bytes] = field(default_factory=dict)


def sample(path: Path, found_by: Path, name: str, look: Look) -> Sample:
    """The page called `name` of a sheet."""
    done = worked_sheet(path, found_by, cross_check=look.cross_check)
    if done.status or done.loaded.sheet is None:
        return Sample(Told(messages=done.messages, status=done.status))
    project = project_of(found_by)
    chapter = samples_title(project)
    own = site_links(name, project.settings.language, look.ways)
    beside = Beside(project.title, chapter, chapter_href=chapter_href(chapter, name), links=own)
    beside = replace(beside, address=address_of(project, name), card=site_card(project))
    try:
        files, messages = student_files(done, name, look, beside)
    except DerivgenError as error:
        return Sample(Told(messages=tuple(f"{path}: {fault}" for fault in error.faults), status=INPUT))
    return Sample(Told(messages=messages, progress=f"sample: {name}"), files)
