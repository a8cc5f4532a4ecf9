"""What belongs to a whole site and to no spec: the first page, the indexes, the manual and the assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from derivgen.document.blocks import Block, Document, Paragraph, Phrase
from derivgen.document.drawings import draw
from derivgen.document.prose import prose
from derivgen.document.wording.telling import told
from derivgen.errors import Fault
from derivgen.project.indexes import Listed, by_function, by_rule
from derivgen.project.manual import Leaf, manual_files, manual_pages, neighbours
from derivgen.project.site import MANUAL, assets, in_words, relative, site_links, site_page
from derivgen.render.formats import Beside, FileLink, SitePage, render, render_index
from derivgen.render.plain import words
from derivgen.spec.project import Project
from derivgen.syntax.scope import Scope

WELCOME = Phrase(
    "Derivatives worked out step by step. "
    "Each page starts with the answer, then gives every step with its rule and a check."
)


@dataclass(frozen=True, slots=True)
class Shared:
    """The files by their names in the site, and what is wrong in the texts that they were made from."""

    files: dict[str, bytes]
    faults: tuple[Fault, ...] = ()


def first_of_manual(project: Project) -> str:
    """The first page of the manual, without ending; empty where there is no manual."""
    files = manual_files(project)
    return f"manual/{files[0].stem}" if files else ""


def shared(project: Project, pages: Sequence[Listed], templates: Path | None) -> Shared:
    """All files of a site that are not of one of its specs."""
    leaves = tuple(manual_pages(project))
    home, faults = _home(project, pages, templates)
    files = {"index.html": home, **assets(templates)}
    show = partial(_page, project=project, templates=templates)
    for document in (
        by_function(pages, project.settings.language),
        by_rule(pages, project.settings.language, project.settings.notation),
    ):
        files[f"{document.slug}.html"] = show(document, Beside(project.title, links=_links(project, document.slug)))
    for document, beside in _manual(project, leaves):
        files[f"{document.slug}.html"] = show(document, beside)
    return Shared(files, (*faults, *(fault for leaf in leaves for fault in leaf.faults)))


def _page(document: Document, beside: Beside, *, project: Project, templates: Path | None) -> bytes:
    notation = project.settings.notation
    return render(document, "html", notation=notation, beside=beside, templates=templates).encode()


def _home(project: Project, pages: Sequence[Listed], templates: Path | None) -> tuple[bytes, tuple[Fault, ...]]:
    blocks: tuple[Block, ...] = (Paragraph(told((WELCOME,), project.settings.language)),)
    faults: tuple[Fault, ...] = ()
    if project.home is not None:
        blocks, faults = prose(
            project.home.value, project.home.span, Scope({}), partial(draw, notation=project.settings.notation)
        )
    made = render_index(
        project.title,
        blocks,
        tuple(site_page(page.stop, "index", has_pdf=page.has_pdf) for page in pages),
        language=project.settings.language,
        notation=project.settings.notation,
        templates=templates,
        author=project.author,
        summary=next((words(block.text) for block in blocks if isinstance(block, Paragraph)), project.title),
        links=_links(project, "index"),
    )
    return made.encode(), faults


def _manual(project: Project, leaves: Sequence[Leaf]) -> Iterator[tuple[Document, Beside]]:
    """The pages of the manual, each with its neighbours."""
    for slug, (before, after) in neighbours(leaves).items():
        document = next(leaf.document for leaf in leaves if leaf.document.slug == slug)
        first = relative(f"{leaves[0].document.slug}.html", slug)
        is_first = document is leaves[0].document
        beside = Beside(
            project.title,
            "" if is_first else in_words((MANUAL,), project.settings.language),
            (),
            None if before is None else _as_seen(before, slug),
            None if after is None else _as_seen(after, slug),
            "" if is_first else first,
            _links(project, slug),
        )
        yield document, beside


def _as_seen(leaf: Leaf, slug: str) -> SitePage:
    return SitePage(leaf.document.title, relative(f"{leaf.document.slug}.html", slug))


def _links(project: Project, seen_from: str) -> tuple[FileLink, ...]:
    return site_links(seen_from, project.settings.language, manual=first_of_manual(project))
