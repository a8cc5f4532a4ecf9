"""The projects of a build: the derivgen.yaml of each path that was given, and the specs that are found by it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from derivgen.errors import Fault
from derivgen.spec.files import find_specs
from derivgen.spec.project import Project, load_project


@cache
def project_of(path: Path) -> Project:
    """The project of a path that was given; a derivgen.yaml below that path is not one."""
    return load_project(path)


def found_specs(paths: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    """Each spec with the path that it was found by."""
    return tuple({spec: path for path in reversed(paths) for spec in find_specs([path])}.items())


def projects_faults(paths: Sequence[Path]) -> tuple[Fault, ...]:
    """What is wrong in the derivgen.yaml of these paths, each fault once."""
    return tuple(dict.fromkeys(fault for path in paths for fault in project_of(path).faults))
