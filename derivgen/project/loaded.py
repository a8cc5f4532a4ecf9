"""Specs that were read for the list of pages, kept for the pages that the same process makes of them."""

from __future__ import annotations

from pathlib import Path

from derivgen.errors import DerivgenError
from derivgen.spec.files import read_text
from derivgen.spec.model import Loaded, load_spec, load_text
from derivgen.spec.project import Project

# So many are kept, each of some ten kilobytes, until their pages are made.
MOST = 500

_kept: dict[Path, tuple[str, Project, Loaded]] = {}


def read_early(path: Path, project: Project) -> Loaded:
    """The spec at a path, which is kept as well."""
    try:
        text = read_text(path)
    except DerivgenError:
        return load_spec(path, project)
    found = load_text(text, path, project)
    _kept.pop(path, None)
    if len(_kept) < MOST:
        _kept[path] = (text, project, found)
    return found


def taken(path: Path, project: Project) -> Loaded:
    """The spec at a path; one that was read already is not read again, if its text and its project are the same."""
    known = _kept.pop(path, None)
    if known is not None and known[1] is project:
        try:
            if read_text(path) == known[0]:
                return known[2]
        except DerivgenError:
            pass
    return load_spec(path, project)
