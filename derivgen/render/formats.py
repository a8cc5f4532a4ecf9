"""The formats: one record each, and the one way from a document to the text of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, fields, replace
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from derivgen.document.blocks import (
    Answer,
    Blanks,
    Block,
    Callout,
    Code,
    Columns,
    Document,
    Equation,
    Figure,
    Folded,
    Givens,
    Heading,
    Hints,
    Legend,
    Listing,
    NewPage,
    Paragraph,
    Question,
    Room,
    StepBlock,
    Table,
    Text,
)
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.speechtables import TABLES
from derivgen.record import record
from derivgen.render.cells import in_column
from derivgen.render.environment import html_environment, macro, plain_environment
from derivgen.render.heights import is_low, is_short
from derivgen.render.placing import Placed, as_on_paper, as_on_screen, placed
from derivgen.render.words import Words, words
from derivgen.render.writer import Writer, math, plain, stands_beside, stands_in_columns, text

if TYPE_CHECKING:
    from jinja2 import Environment

FormatName = Literal["html", "tex", "typ"]


@record
class Format:
    """An output format: its name is the ending of its files and of its templates.

    `load` imports what only this format needs and gives its environment, its writer and the
    type of its marked text; `finish` is applied to the whole page; `blocks` are those that it shows,
    `arranged` says which of them stand together.
    """

    name: FormatName
    load: Callable[[Path | None, Words], tuple[Environment, Writer, type[str]]]
    context: Callable[[Document, str, bool], Mapping[str, object]]
    finish: Callable[[str], str] = str
    blocks: Callable[[Document], tuple[Block, ...]] = attrgetter("blocks")
    arranged: Callable[[tuple[Placed, ...], Notation], tuple[Placed, ...]] = as_on_screen


@record
class Piece:
    """A part of a page that is rendered for itself and set into many pages; `pictures` says whether it holds any."""

    text: str
    pictures: bool = False


@record
class FileLink:
    """A file beside a page: the same page as PDF or LaTeX."""

    label: str
    href: str


@record
class SitePage:
    """A page as the site's index and its neighbours know it; `href` is relative to where it is shown."""

    title: Text
    href: str
    summary: Text = ()
    chapter: str = ""
    files: tuple[FileLink, ...] = ()


@record
class Beside:
    """What stands around a page: the way to it, files of the same name, its neighbours, the site's own pages.

    `root` leads to the site where the page may be shown at any address; `address` is that of the page on the web,
    and `card` that of a picture of it, where the site has one. `copies` is the file with what a reader may copy.
    """

    site_title: str = ""
    chapter: str = ""
    files: tuple[FileLink, ...] = ()
    previous: SitePage | None = None
    following: SitePage | None = None
    chapter_href: str = ""
    links: tuple[FileLink, ...] = ()
    root: str = ""
    address: str = ""
    card: str = ""
    copies: str = ""


@record
class Chapter:
    """A chapter of the site's index."""

    title: str
    anchor: str
    pages: tuple[SitePage, ...] = field(default=())


def render(
    document: Document,
    name: FormatName,
    *,
    notation: Notation = DEFAULT,
    beside: Beside | None = None,
    templates: Path | None = None,
    pieces: Sequence[Piece] = (),
) -> str:
    """The page of a document in a format; `templates` is the user's own folder, searched first.

    `pieces` follow the document's own blocks.
    """
    chosen, beside = FORMATS[name], beside or Beside()
    environment = environment_of(name, document.language, notation, templates)
    labels = words(document.language)
    head_title = plain(document.title, notation, spoken=TABLES[document.language])
    page = environment.get_template(f"worked/page.{name}.j2").render(
        document=document,
        blocks=chosen.arranged(placed(chosen.blocks(document), labels), notation),
        pieces=[piece.text for piece in pieces],
        beside=beside,
        words=labels,
        language=document.language,
        head_title=head_title,
        summary=document.summary,
        root=beside.root or "../" * document.slug.count("/"),
        address=beside.address,
        card=beside.card,
        feed="",
        **chosen.context(document, head_title, any(piece.pictures for piece in pieces)),
    )
    return chosen.finish(page)


def render_piece(
    blocks: tuple[Block, ...],
    name: FormatName,
    *,
    language: str = "en",
    notation: Notation = DEFAULT,
    templates: Path | None = None,
) -> Piece:
    """Blocks that stand in many pages of one look, rendered once; they begin with a heading."""
    chosen = FORMATS[name]
    listed = chosen.arranged(placed(blocks, words(language)), notation)
    template = environment_of(name, language, notation, templates).get_template(f"worked/blocks.{name}.j2")
    marked = chosen.load(templates, words(language))[2]
    return Piece(marked(chosen.finish(template.render(blocks=listed))), _holds_figure(blocks))


def render_fragment(
    document: Document,
    name: str,
    *,
    has_title: bool = True,
    notation: Notation = DEFAULT,
    templates: Path | None = None,
) -> str:
    """One element of HTML with a document and no page around it, called `name`; it leads to places of its own page."""
    chosen = FORMATS["html"]
    environment = environment_of("html", document.language, notation, templates)
    made = environment.get_template("embedded/fragment.html.j2").render(
        document=document,
        blocks=chosen.arranged(placed(chosen.blocks(document), words(document.language)), notation),
        name=name,
        has_title=has_title,
        language=document.language,
    )
    return chosen.finish(made)


@record
class Home:
    """The first page of a site: its own text, then the chapters in the order of the pages."""

    title: str
    blocks: tuple[Block, ...]
    pages: tuple[SitePage, ...]
    author: str = ""
    summary: str = ""
    links: tuple[FileLink, ...] = ()
    address: str = ""
    card: str = ""
    feed: str = ""


def render_index(
    home: Home, *, language: str = "en", notation: Notation = DEFAULT, templates: Path | None = None
) -> str:
    """The first page of a site in HTML."""
    labels = words(language)
    template = environment_of("html", language, notation, templates).get_template("site/index.html.j2")
    given = {field.name: getattr(home, field.name) for field in fields(home)}
    return template.render(
        **given | {"blocks": placed(home.blocks, labels)},
        head_title=home.title,
        chapters=chapters(home.pages),
        words=labels,
        language=language,
        root="",
    )


def chapters(pages: tuple[SitePage, ...]) -> tuple[Chapter, ...]:
    """The pages by chapter, in the order in which the chapters first occur."""
    titles = tuple(dict.fromkeys(page.chapter for page in pages))
    return tuple(
        Chapter(title, chapter_anchor(title), tuple(page for page in pages if page.chapter == title))
        for title in titles
    )


def chapter_anchor(title: str) -> str:
    """Where the index has a chapter: the same place whichever other chapters there are."""
    return "chapter-" + "".join(letter.lower() if letter.isalnum() else "-" for letter in title)


def environment_of(name: FormatName, language: str, notation: Notation, templates: Path | None) -> Environment:
    """Where the templates of a format are rendered: for one page, since a template may change between two."""
    environment, macros = _environment(name, language, notation, templates)
    macros.clear()
    return environment


@cache
def _environment(
    name: FormatName, language: str, notation: Notation, templates: Path | None
) -> tuple[Environment, dict[str, Callable[..., str]]]:
    """The environment, and the macros that its page has used: looking one up asks the disk for its file."""
    environment, silent, marked = FORMATS[name].load(templates, words(language))
    macros: dict[str, Callable[..., str]] = {}
    writer = replace(silent, spoken=TABLES[language])
    environment.filters["math"] = partial(math, writer=writer, notation=notation)
    environment.filters["text"] = partial(text, writer=writer, notation=notation)
    environment.filters["in_column"] = partial(in_column, writer=writer, notation=notation)

    def called(macro_name: str) -> Callable[..., str]:
        if macro_name not in macros:
            macros[macro_name] = macro(environment, f"worked/macros.{name}.j2", macro_name)
        return macros[macro_name]

    def draw(block: Block, level: int, label: str) -> str:
        """The block by the macro that is named for it."""
        return marked(called(_macro(block, writer, notation))(block, level, label).strip())

    def place(one: Placed) -> str:
        """The block with what joins it to its neighbours on paper."""
        drawn = draw(one.block, one.level, one.label)
        return marked(called("place")(one.standing, drawn).strip())

    heights = {"is_low": partial(is_low, notation=notation), "is_short": partial(is_short, notation=notation)}
    environment.globals |= {"draw": draw, "place": place, "words": words(language), **heights}
    return environment, macros


def _macro(block: Block, writer: Writer, notation: Notation) -> str:
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Equation():
            return "equation"
        case Answer():
            return "answer" if stands_in_columns(block, writer, notation) else "answer_stacked"
        case Givens():
            return "givens"
        case StepBlock(why=(), shape=""):
            return "step_brief"
        case StepBlock(other=None):
            return "step"
        case StepBlock():
            return "step_beside" if stands_beside(block, writer, notation) else "step_stacked"
        case Callout():
            return "callout"
        case Legend():
            return "legend"
        case Listing():
            return "listing"
        case Table():
            return "table"
        case Code():
            return "code"
        case Figure():
            return "figure"
        case Folded():
            return "folded"
        case Columns():
            return "columns"
        case Question():
            return "question"
        case Hints():
            return "hints"
        case Blanks():
            return "blanks"
        case Room():
            return "room"
        case NewPage():
            return "new_page"
    assert_never(block)


# Each format imports its own tools when it is used: HTML needs neither PyLaTeX nor Typst.


def _html(templates: Path | None, labels: Words) -> tuple[Environment, Writer, type[str]]:
    from markupsafe import Markup

    from derivgen.render import html

    return html_environment(templates), html.writer(labels.formula), Markup


def _latex(templates: Path | None, labels: Words) -> tuple[Environment, Writer, type[str]]:  # noqa: ARG001
    from pylatex import NoEscape

    from derivgen.render import latex

    return plain_environment(templates, latex.words, NoEscape), latex.WRITER, NoEscape


def _typst(templates: Path | None, labels: Words) -> tuple[Environment, Writer, type[str]]:  # noqa: ARG001
    from derivgen.render import typst

    return plain_environment(templates, typst.words, typst.TypstCode), typst.WRITER, typst.TypstCode


def _html_context(document: Document, title: str, pictures: bool) -> Mapping[str, object]:  # noqa: ARG001
    """Whether there are steps with answers of which a reader may choose the layout."""
    answers = (block for block in document.on_screen if isinstance(block, Answer))
    return {"has_layouts": document.detail is not None and any(answer.has_choice for answer in answers)}


def _on_screen(document: Document) -> tuple[Block, ...]:
    return document.on_screen or document.blocks


def _latex_context(document: Document, title: str, pictures: bool) -> Mapping[str, object]:
    from derivgen.render.preamble import preamble

    return {"preamble": preamble(title, document.language, pictures=pictures or _holds_figure(document.blocks))}


def _holds_figure(blocks: tuple[Block, ...]) -> bool:
    inside = (
        *(inner for block in blocks if isinstance(block, Folded) for inner in block.blocks),
        *(inner for block in blocks if isinstance(block, Listing) for item in block.items for inner in item),
    )
    return any(isinstance(block, Figure) for block in blocks) or (bool(inside) and _holds_figure(inside))


def _typst_context(document: Document, title: str, pictures: bool) -> Mapping[str, object]:  # noqa: ARG001
    from derivgen.render.typst import TypstCode, literal

    return {"language_code": TypstCode(literal(document.language)), "title_string": TypstCode(literal(title))}


def _finish_html(page: str) -> str:
    from derivgen.render.html import finished

    return finished(page)


def _finish_latex(page: str) -> str:
    from derivgen.render.latex import guarded

    return guarded(page)


FORMATS: dict[FormatName, Format] = {
    "html": Format("html", _html, _html_context, _finish_html, blocks=_on_screen),
    "tex": Format("tex", _latex, _latex_context, _finish_latex, arranged=as_on_paper),
    "typ": Format("typ", _typst, _typst_context, arranged=as_on_paper),
}
