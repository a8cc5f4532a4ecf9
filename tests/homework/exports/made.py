"""Keys that derivgen itself makes of a sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from derivgen.homework.key import key_json
from derivgen.project.handing import composition_of
from derivgen.project.homework import worked_sheet
from derivgen.project.projects import project_of


def made_key(path: Path) -> dict[str, Any]:
    """The key of the sheet in a file."""
    project_of.cache_clear()
    done = worked_sheet(path, path, cross_check=False)
    assert done.made is not None, done.faults
    assert done.loaded.sheet is not None
    sheets = [(composition_of(done.loaded.sheet, done.made), done.made)]
    found: dict[str, Any] = json.loads(key_json(done.loaded.sheet, sheets, done.notation))
    return found
