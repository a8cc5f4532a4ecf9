"""A spec that stands within a page of somebody else's, such as a fence of Markdown, and the derivation in its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import count
from pathlib import Path

from derivgen.document.blocks import Document
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.project.budget import within_budget
from derivgen.project.documents import all_faults, document_of, title_of
from derivgen.project.review import asked
from derivgen.project.told import InWords
from derivgen.project.work import Wishes, Worked, worked_out
from derivgen.record import record
from derivgen.render.embedded import embedded
from derivgen.render.plain import words
from derivgen.spec.files import slug_of
from derivgen.spec.model import Loaded, load_text
from derivgen.spec.project import Project, load_project
from derivgen.spec.source import decoded


@record
class Fence:
    """A spec within a page: its text without the fence, the file, the line of its first line and its indentation."""

    text: str
    file: str = "<text>"
    line: int = 1
    indent: int = 0


@record
class Embedded:
    """What stands in the place of a fence; without a document there is nothing to show but the messages."""

    name: str
    messages: tuple[str, ...]
    document: Document | None = None
    is_titled: bool = False
    notation: Notation = DEFAULT
    templates: Path | None = None
    language: str = "en"

    def called(self, taken: set[str]) -> Embedded:
        """The same with a name that is not among those `taken` on its page; it is taken then."""
        names = (self.name if k == 1 else f"{self.name}-{k}" for k in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        return replace(self, name=name)

    def html(self, level: int) -> str:
        """The element of a page whose first heading is of the level; empty where there is no document."""
        if self.document is None:
            return ""
        return embedded(
            self.document,
            self.name,
            level=level,
            has_title=self.is_titled,
            notation=self.notation,
            templates=self.templates,
        )


def derivation_in(fence: Fence, *, cross_check: bool = True) -> Embedded:
    """The derivation that a spec within a page stands for, verified and cross-checked as in a build.

    The project is that of the page's file: the nearest folder upwards with a derivgen.yaml.
    """
    path = Path(fence.file)
    try:
        project = load_project(path)
        return within_budget(
            lambda: _derived(fence, path, project, cross_check=cross_check),
            lambda fault: _faulty(fence, fault),
            fence.file,
        )
    except DerivgenError as error:
        return _faulty(fence, *error.faults)


def _derived(fence: Fence, path: Path, project: Project, *, cross_check: bool) -> Embedded:
    if project.faults:
        return _faulty(fence, *project.faults)
    loaded = load_text(_in_place(fence), path, project)
    done = worked_out(loaded, Wishes(cross_check=cross_check))
    if not done.has_page:
        return _faulty(fence, *all_faults(done, path.stem, path), bugs=done.bugs)
    name = _name(loaded, path)
    document, faults = document_of(done, name, path)
    if faults:
        return _faulty(fence, *done.faults, *faults)
    found = asked(document, done, path)
    messages = (*_told(fence, done.faults), *found.messages)
    if found.is_refused:
        return Embedded(name, messages, language=done.language)
    return _shown(done, document, messages, project)


def _shown(done: Worked, document: Document, messages: tuple[str, ...], project: Project) -> Embedded:
    is_titled = done.loaded.spec is not None and done.loaded.spec.is_titled
    return Embedded(document.slug, messages, document, is_titled, done.notation, project.templates, done.language)


def _in_place(fence: Fence) -> str:
    """The text as it stands in its file, with nothing above it: so its lines and columns are those of the file."""
    text = decoded(fence.text.encode("utf-8", "surrogatepass"), fence.file)
    lines = (f"{' ' * fence.indent}{line}" if line.strip() else line for line in text.split("\n"))
    return "\n" * (fence.line - 1) + "\n".join(lines)


def _faulty(fence: Fence, *faults: Fault, bugs: tuple[str, ...] = ()) -> Embedded:
    return Embedded(slug_of(Path(fence.file)), (*_told(fence, faults), *bugs))


def _told(fence: Fence, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    """The faults in words; one of the spec as a whole is told with the first line of the fence."""
    place = Span(fence.file, fence.line, fence.indent + 1, fence.indent + 2, "")
    return tuple(InWords(fault if _has_place(fault) else replace(fault, span=place)) for fault in faults)


def _has_place(fault: Fault) -> bool:
    return fault.span is not None and bool(fault.span.source.strip())


def _name(loaded: Loaded, path: Path) -> str:
    """What a derivation is called in links: its slug, or what its title says, or the page."""
    spec = loaded.spec
    of_page = slug_of(path).strip("-") or "derivation"
    if spec is None or not spec.is_titled or spec.slug != slug_of(path):
        return of_page if spec is None or spec.slug == slug_of(path) else spec.slug
    letters = unicodedata.normalize("NFKD", words(title_of(loaded))).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].rstrip("-") or of_page
