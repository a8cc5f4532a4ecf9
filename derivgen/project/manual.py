"""A manual: a folder of plain Markdown files, of which each is a page of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from derivgen.document.blocks import Block, Document, Paragraph
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.project.places import markdown_files
from derivgen.record import record
from derivgen.render.plain import words
from derivgen.spec.files import read_text, title_of
from derivgen.spec.project import Project
from derivgen.syntax.scope import Scope

FOLDER = "manual"


@record
class Leaf:
    """A page of the manual, and the faults in its text."""

    document: Document
    faults: tuple[Fault, ...]


def manual_files(project: Project) -> tuple[Path, ...]:
    """The files of the manual in their order; none where there is no manual."""
    return markdown_files(project.manual)


def manual_pages(project: Project) -> Iterator[Leaf]:
    """The pages of the manual in their order."""
    files = manual_files(project)
    names = [path.stem for path in files]
    for path in files:
        try:
            yield _leaf(path, read_text(_shown(path)), names, project.settings.language)
        except DerivgenError as error:
            yield Leaf(Document((title_of(path),), f"{FOLDER}/{path.stem}", "en", "", ()), error.faults)


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _leaf(path: Path, markdown: str, names: Sequence[str], language: str) -> Leaf:
    first, _, rest = markdown.partition("\n")
    has_title = first.startswith("# ")
    title = first[2:].strip() if has_title else title_of(path)
    # The first line stays as an empty one, so that places in the file are counted right.
    text = "\n" + rest if has_title else markdown
    span = Span(str(_shown(path)), 1, 1, 2, first if has_title else "")
    # Here: many sites have no manual.
    from derivgen.document.drawings import draw
    from derivgen.document.prose import prose

    blocks, faults = prose(text, span, Scope({}), draw, lead=partial(_lead, names=names))
    return Leaf(Document((title,), f"{FOLDER}/{path.stem}", language, _summary(blocks), blocks), faults)


def _lead(address: str, *, names: Sequence[str]) -> str | Fault:
    """A link to a file of the manual leads to its page."""
    file, mark, anchor = address.partition("#")
    if not file.endswith(".md") or ":" in file:
        return address
    if file.removesuffix(".md") not in names:
        hint = f"the manual has {', '.join(f'{name}.md' for name in names)}"
        return Fault("manual-link", f"there is no file {file} beside this one", hint)
    return f"{file.removesuffix('.md')}.html{mark}{anchor}"


def _summary(blocks: Sequence[Block]) -> str:
    """The first paragraph in plain words."""
    return next((words(block.text) for block in blocks if isinstance(block, Paragraph)), "")


def neighbours(leaves: Sequence[Leaf]) -> Mapping[str, tuple[Leaf | None, Leaf | None]]:
    """For each page by its path the one before and the one after it."""
    around = [None, *leaves, None]
    return {leaf.document.slug: (around[k], around[k + 2]) for k, leaf in enumerate(leaves)}
