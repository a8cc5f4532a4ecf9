"""Pages of PDFs taken out and put together, by pikepdf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from derivgen.render.pdf.latex import half_a_pdf


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some pages of an open PDF; the names of their anchors have `own` in front."""

    pdf: Pdf
    first: int
    count: int
    own: str = ""


@contextmanager
def opened(data: bytes) -> Iterator[Pdf]:
    """A PDF, open.

    Raises: DerivgenError for one that breaks off.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            yield pdf
    except pikepdf.PdfError as error:
        raise half_a_pdf() from error


def excerpts(pdf: Pdf, pages: Sequence[int]) -> list[Excerpt]:
    """The documents of a PDF, which have so many `pages`, each with its number as the mark of its anchors."""
    firsts = [sum(pages[:number]) for number in range(len(pages))]
    return [Excerpt(pdf, first, count, f"{k}.") for k, (first, count) in enumerate(zip(firsts, pages, strict=True))]


def collected(parts: Sequence[Excerpt], title: str, language: str) -> bytes:
    """Excerpts one after the other in a PDF of their own; anchors and links to them lose the marks in front."""
    made = Pdf.new()
    named: dict[str, Array] = {}
    for part in parts:
        numbers = range(part.first, part.first + part.count)
        start = len(made.pages)
        for number in numbers:
            made.pages.append(part.pdf.pages[number])
        places = {part.pdf.pages[number].objgen: made.pages[start + k] for k, number in enumerate(numbers)}
        for page in places.values():
            _rename(page, part.own)
        for name, (page, *view) in _anchors(part.pdf).items():
            if name.startswith(part.own) and page.objgen in places:
                named.setdefault(name.removeprefix(part.own), Array([places[page.objgen].obj, *view]))
    listed = [one for name, place in sorted(named.items()) for one in (name, place)]
    made.Root.Names = Dictionary(Dests=Dictionary(Names=Array(listed)))
    made.Root.Lang = String(language)
    made.Root.PageMode = Name.UseNone
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    made.docinfo.update({key: value for key, value in parts[0].pdf.docinfo.items() if key != "/Title"})
    made.docinfo.Title = title
    made.docinfo.Creator = "derivgen"
    return _saved(made)


def on_both_sides(parts: Sequence[Excerpt], title: str, language: str) -> bytes:
    """Excerpts in one PDF to be printed on both sides: each begins on the front of a sheet, and there are no links."""
    made = Pdf.new()
    for part in parts:
        for number in range(part.first, part.first + part.count):
            made.pages.append(part.pdf.pages[number])
            if "/Annots" in made.pages[-1]:
                del made.pages[-1].Annots
        if part.count % 2:
            box = made.pages[-1].mediabox
            made.add_blank_page(page_size=(float(box[2]), float(box[3])))
    made.Root.Lang = String(language)
    made.docinfo.Title = title
    made.docinfo.Creator = "derivgen"
    return _saved(made)


def _rename(page: pikepdf.Page, own: str) -> None:
    for note in page.get("/Annots", Array()):
        if (action := note.get("/A")) is not None and "/D" in action:
            action.D = String(str(action.D).removeprefix(own))


def _anchors(pdf: Pdf) -> dict[str, Any]:
    """The named places of a PDF: each a page and how it is shown."""
    if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
        return {}
    found = NameTree(pdf.Root.Names.Dests).items()
    return {name: place.D if isinstance(place, Dictionary) else place for name, place in found}


def _saved(pdf: Pdf) -> bytes:
    stream = BytesIO()
    # The id is made from the content, as the rest of the PDF is: equal sources give equal bytes.
    pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()
