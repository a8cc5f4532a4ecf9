"""Pages of PDFs taken out and put together, by pikepdf."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from derivgen.record import record
from derivgen.render.pdf.latex import half_a_pdf

# The id that qpdf writes where it shall make none.
NO_ID = "31415926535897932384626433832795"


@record
class Book:
    """An open PDF, its SHA-256, its pages, and its anchors by the number of the document in front of their names."""

    pdf: Pdf
    sha256: str
    pages: tuple[pikepdf.Page, ...]
    anchors: dict[str, list[tuple[str, Any]]]


@record
class Excerpt:
    """Some pages of a PDF; the names of their anchors have `own` in front."""

    book: Book
    first: int
    count: int
    own: str = ""

    @property
    def pages(self) -> tuple[pikepdf.Page, ...]:
        """The pages themselves."""
        return self.book.pages[self.first : self.first + self.count]


@contextmanager
def opened(data: bytes) -> Iterator[Book]:
    """A PDF, open.

    Raises: DerivgenError for one that breaks off.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            yield Book(pdf, hashlib.sha256(data).hexdigest(), tuple(pdf.pages), _anchors(pdf))
    except pikepdf.PdfError as error:
        raise half_a_pdf() from error


def excerpts(book: Book, pages: Sequence[int]) -> list[Excerpt]:
    """The documents of a PDF, which have so many `pages`, each with its number as the mark of its anchors."""
    firsts = [sum(pages[:number]) for number in range(len(pages))]
    return [Excerpt(book, first, count, f"{k}.") for k, (first, count) in enumerate(zip(firsts, pages, strict=True))]


def collected(parts: Sequence[Excerpt], title: str, language: str) -> bytes:
    """Excerpts one after the other in a PDF of their own; anchors and links to them lose the marks in front."""
    made = Pdf.new()
    named: dict[str, Array] = {}
    for part in parts:
        start = len(made.pages)
        for page in part.pages:
            made.pages.append(page)
        mine = [made.pages[start + k] for k in range(part.count)]
        places = {page.objgen: own for page, own in zip(part.pages, mine, strict=True)}
        for page in mine:
            _rename(page, part.own)
        for name, (page, *view) in part.book.anchors.get(part.own, ()):
            named.setdefault(name, Array([places[page.objgen].obj, *view]))
    listed = [one for name, place in sorted(named.items()) for one in (name, place)]
    made.Root.Names = Dictionary(Dests=Dictionary(Names=Array(listed)))
    made.Root.Lang = String(language)
    made.Root.PageMode = Name.UseNone
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    made.docinfo.update({key: value for key, value in parts[0].book.pdf.docinfo.items() if key != "/Title"})
    made.docinfo.Title = title
    made.docinfo.Creator = "derivgen"
    return saved(made, _identity(parts, title, language))


def on_both_sides(parts: Sequence[Excerpt], title: str, language: str) -> bytes:
    """Excerpts in one PDF to be printed on both sides: each begins on the front of a sheet, and there are no links."""
    made = Pdf.new()
    for part in parts:
        for page in part.pages:
            made.pages.append(page)
        if part.count % 2:
            box = made.pages[-1].mediabox
            made.add_blank_page(page_size=(float(box[2]), float(box[3])))
    for page in made.pages:
        if "/Annots" in page:
            del page.Annots
    made.Root.Lang = String(language)
    made.docinfo.Title = title
    made.docinfo.Creator = "derivgen"
    return saved(made, _identity(parts, title, language, "on both sides"))


def _rename(page: pikepdf.Page, own: str) -> None:
    for note in page.get("/Annots", Array()):
        if (action := note.get("/A")) is not None and "/D" in action:
            action.D = String(str(action.D).removeprefix(own))


def _anchors(pdf: Pdf) -> dict[str, list[tuple[str, Any]]]:
    """The named places of a PDF, each a page and how it is shown, by the number of the document in front."""
    made: dict[str, list[tuple[str, Any]]] = {}
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return made
    for name, place in NameTree(pdf.Root.Names.Dests).items():
        number, point, rest = name.partition(".")
        own = f"{number}." if point and number.isdecimal() else ""
        made.setdefault(own, []).append((rest if own else name, place.D if isinstance(place, Dictionary) else place))
    return made


def _identity(parts: Sequence[Excerpt], *others: str) -> str:
    """An id for what is put together of these parts: equal sources give equal bytes, others another id."""
    taken = [f"{part.book.sha256} {part.first} {part.count}" for part in parts]
    return hashlib.sha256("\0".join([*taken, *others]).encode()).hexdigest()


def saved(pdf: Pdf, identity: str) -> bytes:
    """A PDF with an id, as few bytes as can be without packing anew what is packed."""
    stream = BytesIO()
    # The id that qpdf makes of the content takes a quarter of the time. What is compressed is copied as it is.
    pdf.save(
        stream,
        static_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return stream.getvalue().replace(f"<{NO_ID}>".encode(), f"<{identity[: len(NO_ID)]}>".encode())
