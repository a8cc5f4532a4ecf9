"""The site as a whole: the places of its pages, their order in the course, the links between them and the assets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen.document.blocks import Document, Phrase, Text
from derivgen.document.stored import restored
from derivgen.document.wording.telling import said, told
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.project.manifest import Entry
from derivgen.project.places import LAST, PLAYGROUND, Ways
from derivgen.record import record
from derivgen.render.formats import FileLink, SitePage, chapter_anchor
from derivgen.render.packaged import templates_dir
from derivgen.render.plain import words
from derivgen.render.scoped import stylesheet
from derivgen.render.writer import plain

if TYPE_CHECKING:
    from derivgen.spec.model import Loaded
    from derivgen.spec.project import Project

CARD = "card.png"
MANUAL = Phrase("Manual")
DERIVE = Phrase("Derive your own")
SAMPLES = Phrase("Homework")
INDEXES = (
    (Phrase("Search"), "search"),
    (Phrase("Functions"), "index-by-function"),
    (Phrase("Rules"), "index-by-rule"),
    (Phrase("Shapes"), "index-by-shape"),
)


@record
class Stop:
    """A page in the course: what the index and its neighbours show of it."""

    name: str
    title: Text
    summary: Text
    chapter: str
    place: tuple[int, int]
    date: str = ""


def chapter_title(loaded: Loaded, project: Project) -> str:
    """The heading of the index that a page stands under."""
    chapter = None if loaded.spec is None else loaded.spec.settings.course.chapter
    if chapter is None:
        return ""
    return numbered_chapter(chapter, project)


def numbered_chapter(number: int, project: Project) -> str:
    """The title of a chapter."""
    numbered = in_words(said("Chapter {number}", number=str(number)), project.settings.language)
    return project.chapters.get(number, numbered)


def samples_title(project: Project) -> str:
    """The title of the chapter that holds the sheets which ask to be shown."""
    return in_words((SAMPLES,), project.settings.language)


def chapter_href(title: str, seen_from: str) -> str:
    """The address of a chapter of the first page as a link on a page."""
    return f"{relative('index.html', seen_from)}#{chapter_anchor(title)}"


def place_in_course(loaded: Loaded) -> tuple[int, int]:
    """What pages are sorted by: chapter and order; those without a number come after those with one."""
    course = None if loaded.spec is None else loaded.spec.settings.course
    numbers = (None, None) if course is None else (course.chapter, course.order)
    return (LAST if numbers[0] is None else numbers[0], LAST if numbers[1] is None else numbers[1])


def relative(to: str, page: str) -> str:
    """The address of a file of the site as a link on `page`."""
    up = "../" * page.count("/")
    folder, _, _ = page.rpartition("/")
    return to.removeprefix(f"{folder}/") if folder and to.startswith(f"{folder}/") else up + to


def address_of(project: Project, page: str, ending: str = "html") -> str:
    """The address of a page of the site on the web; empty where the site has none."""
    if not project.base_url:
        return ""
    return project.base_url if page == "index" else f"{project.base_url}{page}.{ending}"


def site_card(project: Project) -> str:
    """The address of the picture of the whole site; empty where the site has none."""
    return f"{project.base_url}{CARD}" if project.base_url else ""


def stop_of(entry: Entry) -> Stop:
    """A page of the manifest as a stop; one whose title a person has spoilt is called by its name."""
    try:
        title, summary = restored(entry.shown.encode())
    except ValueError:
        title, summary = (entry.name,), ()
    return Stop(entry.name, title, summary, entry.chapter, entry.place, entry.date)


def site_page(stop: Stop, seen_from: str, *, has_pdf: bool = False) -> SitePage:
    """A page as another one shows it."""
    files = (FileLink("PDF", relative(f"{stop.name}.pdf", seen_from)),) if has_pdf else ()
    return SitePage(stop.title, relative(f"{stop.name}.html", seen_from), stop.summary, stop.chapter, files)


def site_links(seen_from: str, language: str, ways: Ways) -> tuple[FileLink, ...]:
    """The pages that the site has of its own, as every page shows them."""

    def own(label: Phrase, name: str) -> FileLink:
        return FileLink(in_words((label,), language), relative(f"{name}.html", seen_from))

    chapters = (FileLink(title, chapter_href(title, seen_from)) for title in ways.chapters)
    manual = (own(MANUAL, ways.manual),) if ways.manual else ()
    playground = (own(DERIVE, PLAYGROUND),) if ways.playground else ()
    return (*(own(label, name) for label, name in INDEXES), *playground, *chapters, *manual)


def told_apart(document: Document, notation: Notation) -> Document:
    """The document with its title before a summary that all of its kind have: no two pages have one description."""
    title = in_a_window(document.title, notation, document.language)
    return replace(document, summary=f"{title}. {document.summary}")


def in_a_window(text: Text, notation: Notation, language: str) -> str:
    """A text as the title of a window has it: where there are no formulas, they are told in words."""
    return plain(text, notation, spoken=TABLES[language])


def in_words(text: Text, language: str) -> str:
    """Words of the site in a language."""
    return words(told(text, language))


def assets(users: Path | None) -> dict[str, bytes]:
    """The files that all pages share; a file of the user's own templates goes before ours."""
    found: dict[str, bytes] = {}
    for folder in (templates_dir(), *([] if users is None else [users])):
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found[f"assets/{path.relative_to(folder / 'assets').as_posix()}"] = path.read_bytes()
    return dict(sorted(found.items()))


def assets_of_fragments(users: Path | None = None) -> dict[str, bytes]:
    """The files that pages of others need for fragments: the style, and beside it the fonts."""
    fonts = {name: data for name, data in assets(users).items() if name.startswith("assets/fonts/")}
    return {"assets/derivgen.css": stylesheet(users).encode(), **fonts}
