"""The page that a reader searches a site on: a list of all pages, which a script of its own narrows down."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from derivgen.document.blocks import Document, Phrase
from derivgen.document.wording.telling import told
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.render.formats import Beside, SitePage, environment_of
from derivgen.render.words import words


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What the page says of itself."""

    typed: str = Phrase("Words of a page")
    chapter: str = Phrase("Chapter")
    rule: str = Phrase("Rule")
    shape: str = Phrase("Shapes")
    any: str = Phrase("any")
    count: str = Phrase("{0} of {1} pages")


ENGLISH = SearchWords()


@dataclass(frozen=True, slots=True)
class Findable:
    """A page in the list, with the ids of its rules and of its shapes."""

    page: SitePage
    rules: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed down to, and what it is called."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
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
    language = document.language
    said = {field.name: "".join(map(str, told((getattr(ENGLISH, field.name),), language))) for field in fields(ENGLISH)}
    template = environment_of("html", language, notation, templates).get_template("site/search.html.j2")
    return template.render(
        document=document,
        beside=beside,
        search=search,
        said=said,
        words=words(language),
        language=language,
        head_title="".join(map(str, document.title)),
        summary=document.summary,
        root="",
        address=beside.address,
        card=beside.card,
        feed="",
    )
