"""The page that a reader searches a site on: a list of all pages, which a script of its own narrows down."""

from __future__ import annotations

from pathlib import Path

from derivgen.document.blocks import Document, Phrase
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.record import record
from derivgen.render.formats import Beside, SitePage
from derivgen.render.ownpage import render_own_page, said_in


@record
class SearchWords:
    """What the page says of itself."""

    typed: str = Phrase("Words of a page")
    chapter: str = Phrase("Chapter")
    rule: str = Phrase("Rule")
    shape: str = Phrase("Shapes")
    any: str = Phrase("any")
    count: str = Phrase("{0} of {1} pages")


ENGLISH = SearchWords()


@record
class Findable:
    """A page in the list, with the ids of its rules and of its shapes."""

    page: SitePage
    rules: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()


@record
class Choice:
    """A value that the list can be narrowed down to, and what it is called."""

    id: str
    name: str


@record
class Search:
    """The list, what it can be narrowed down to, and where its index is; without one it is the list alone."""

    pages: tuple[Findable, ...]
    chapters: tuple[str, ...]
    rules: tuple[Choice, ...]
    shapes: tuple[Choice, ...]
    index: str = ""


def render_search(
    document: Document, search: Search, *, beside: Beside, notation: Notation = DEFAULT, templates: Path | None = None
) -> str:
    """The page in HTML; the document has its title and summary."""
    said = said_in(ENGLISH, document.language)
    return render_own_page(
        "site/search.html.j2",
        document,
        beside=beside,
        notation=notation,
        templates=templates,
        search=search,
        said=said,
    )
