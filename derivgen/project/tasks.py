"""What a page is made from, as it is handed to the process that makes it."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from derivgen.project.engine import Engine
from derivgen.project.places import Ways
from derivgen.project.site import Stop
from derivgen.record import record


@record
class Look:
    """What all pages of a build have in common; `has_twins` asks for PDFs for screen readers with those of a class."""

    formats: tuple[str, ...]
    engine: Engine
    engine_path: str
    has_substitute: bool
    cross_check: bool
    templates: Path | None
    ways: Ways = field(default_factory=Ways)
    has_twins: bool = False


@record
class Task:
    """A page to be made, its place in the course, and what is derived of it already, as a stored document.

    `is_alone` says that its PDFs are set for themselves, since they could not be set with others.
    """

    spec: Path
    found_by: Path
    name: str
    look: Look
    previous: Stop | None = None
    following: Stop | None = None
    chapter: str = ""
    language: str = "en"
    stored: bytes = b""
    is_alone: bool = False
