"""What belongs to a whole site and to no spec: the first page, the indexes, the manual and the assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from derivgen.document.blocks import Block, Document, Link, Listing, Paragraph, Phrase
from derivgen.document.wording.telling import told
from derivgen.errors import Fault
from derivgen.project.indexes import Listed, by_function, by_rule, by_shape
from derivgen.project.manual import Leaf, manual_pages, neighbours
from derivgen.project.places import PLAYGROUND, Ways
from derivgen.project.searchpage import SEARCH, search_page
from derivgen.project.site import (
    CARD,
    MANUAL,
    Stop,
    address_of,
    assets,
    in_words,
    relative,
    site_card,
    site_links,
    site_page,
)
from derivgen.record import record
from derivgen.render.formats import Beside, FileLink, Home, SitePage, render, render_index
from derivgen.render.plain import words
from derivgen.spec.project import Project
from derivgen.syntax.scope import Scope

WELCOME = Phrase(
    "Derivatives worked out step by step. "
    "Each page starts with the answer, then gives every step with its rule and a check."
)

NOT_FOUND = Phrase("There is no page here")
MISSING = Phrase("The address may be mistyped, or the page may have moved. These pages lead on:")


@record
class Shared:
    """The files by their names in the site, and what is wrong in the texts that they were made from."""

    files: dict[str, bytes]
    faults: tuple[Fault, ...] = ()


@record
class _Site:
    """What all pages of a site are made with."""

    project: Project
    ways: Ways
    templates: Path | None

    @property
    def language(self) -> str:
        """The language of the site's own pages."""
        return self.project.settings.language

    def links(self, seen_from: str) -> tuple[FileLink, ...]:
        """Where a page leads."""
        return site_links(seen_from, self.language, self.ways)

    def beside(self, slug: str) -> Beside:
        """What stands around a page of the site's own."""
        project = self.project
        links, address = self.links(slug), address_of(project, slug)
        return Beside(project.title, links=links, address=address, card=site_card(project))

    @property
    def welcome(self) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
        """The text of the first page, and what is wrong in it."""
        home = self.project.home
        if home is None:
            return (Paragraph(told((WELCOME,), self.language)),), ()
        # Here: many sites have no such text.
        from derivgen.document.drawings import draw
        from derivgen.document.prose import prose

        figures = partial(draw, notation=self.project.settings.notation)
        return prose(home.value, home.span, Scope({}), figures)

    @property
    def summary(self) -> str:
        """The first paragraph of the first page in plain words."""
        blocks, _ = self.welcome
        return next((words(block.text) for block in blocks if isinstance(block, Paragraph)), self.project.title)

    def page(self, document: Document, beside: Beside) -> bytes:
        """The page of a document."""
        notation = self.project.settings.notation
        return render(document, "html", notation=notation, beside=beside, templates=self.templates).encode()


def shared(project: Project, pages: Sequence[Listed], *, ways: Ways, templates: Path | None, has_index: bool) -> Shared:
    """All files of a site that are not of one of its specs."""
    site = _Site(project, ways, templates)
    leaves = tuple(manual_pages(project))
    home, faults = _home(site, pages)
    files = {"index.html": home, **assets(templates)}
    indexes = (
        by_function(pages, site.language),
        by_rule(pages, site.language, project.settings.notation),
        by_shape(pages, site.language),
    )
    for document in indexes:
        files[f"{document.slug}.html"] = site.page(document, site.beside(document.slug))
    for document, beside in _manual(site, leaves):
        files[f"{document.slug}.html"] = site.page(document, beside)
    files["404.html"] = _missing(site)
    files[f"{SEARCH}.html"] = search_page(
        project,
        pages,
        [_as_found(leaf, site.language) for leaf in leaves],
        beside=site.beside(SEARCH),
        templates=templates,
        has_index=has_index,
    )
    if ways.playground:
        from derivgen.project.playground import playground_page  # here: few sites have it

        beside = site.beside(PLAYGROUND)
        files[f"{PLAYGROUND}.html"] = playground_page(project, beside=beside, templates=templates)
    if project.base_url:
        own = ("index", SEARCH, *(document.slug for document in indexes), *(leaf.document.slug for leaf in leaves))
        files.update(_for_the_web(site, [page.stop for page in pages], own))
    return Shared(files, (*faults, *(fault for leaf in leaves for fault in leaf.faults)))


def _for_the_web(site: _Site, stops: Sequence[Stop], own: Sequence[str]) -> dict[str, bytes]:
    """What a site with an address has besides: the list of its pages, `own` ones first, a feed, and its picture."""
    # Here: few sites have an address.
    from derivgen.project import feeds
    from derivgen.render.card import Card, drawn

    project = site.project
    told = (*map(feeds.Dated, own), *(feeds.Dated(stop.name, stop.date) for stop in stops))
    card = Card((project.author,) if project.author else (), (project.title,), site.summary)
    notation = project.settings.notation
    return {
        feeds.SITEMAP: feeds.sitemap(project, told),
        **({feeds.FEED: feeds.feed(project, stops)} if feeds.has_feed(project, stops) else {}),
        CARD: drawn(card, language=site.language, notation=notation, templates=site.templates),
    }


def _missing(site: _Site) -> bytes:
    """The page that web servers show where there is none; it leads to those that there are."""
    root = urlsplit(site.project.base_url).path
    places = (FileLink(site.project.title, "index.html"), *site.links("404"))
    items = tuple((Paragraph((Link((one.label,), f"{root}{one.href}"),)),) for one in places)
    summary = told((MISSING,), site.language)
    blocks = (Paragraph(summary), Listing(items))
    document = Document(told((NOT_FOUND,), site.language), "404", site.language, words(summary), blocks)
    return site.page(document, Beside(root=root))


def _home(site: _Site, pages: Sequence[Listed]) -> tuple[bytes, tuple[Fault, ...]]:
    project = site.project
    blocks, faults = site.welcome
    home = Home(
        project.title,
        blocks,
        tuple(site_page(page.stop, "index", has_pdf=page.has_pdf) for page in pages),
        project.author,
        site.summary,
        site.links("index"),
        address_of(project, "index"),
        site_card(project),
        _feed(project, pages),
    )
    made = render_index(home, language=site.language, notation=project.settings.notation, templates=site.templates)
    return made.encode(), faults


def _feed(project: Project, pages: Sequence[Listed]) -> str:
    """The name of the feed, where there is one."""
    if not project.base_url:
        return ""
    from derivgen.project import feeds  # here: few sites have an address

    return feeds.FEED if feeds.has_feed(project, [page.stop for page in pages]) else ""


def _manual(site: _Site, leaves: Sequence[Leaf]) -> Iterator[tuple[Document, Beside]]:
    """The pages of the manual, each with its neighbours."""
    for slug, (before, after) in neighbours(leaves).items():
        document = next(leaf.document for leaf in leaves if leaf.document.slug == slug)
        first = relative(f"{leaves[0].document.slug}.html", slug)
        is_first = document is leaves[0].document
        beside = replace(
            site.beside(slug),
            chapter="" if is_first else in_words((MANUAL,), site.language),
            previous=None if before is None else _as_seen(before, slug),
            following=None if after is None else _as_seen(after, slug),
            chapter_href="" if is_first else first,
        )
        yield document, beside


def _as_found(leaf: Leaf, language: str) -> SitePage:
    return replace(_as_seen(leaf, SEARCH), summary=(leaf.document.summary,), chapter=in_words((MANUAL,), language))


def _as_seen(leaf: Leaf, slug: str) -> SitePage:
    return SitePage(leaf.document.title, relative(f"{leaf.document.slug}.html", slug))
