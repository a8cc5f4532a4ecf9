"""Parts of a tagged PDF by Typst put behind the pages of another: with their tags, bookmarks and numbers of pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Page, Pdf, String

from derivgen.record import record
from derivgen.render.pdf.excerpts import saved
from derivgen.render.typststrings import TypstCode, literal

# The smallest page that there can be stands before each part: it tells where one begins, and is left out.
EDGE = "#page(width: 3pt, height: 3pt, margin: 0pt, header: none, footer: none, counter(page).update(0))"
SMALL = 4.0
COUNTED = re.compile(rb"(?<=<xmpTPg:NPages>)\d+")

# Elements of PDFs are of any kind.
Element = Any


@record
class Shared:
    """A PDF of parts, open: what there is of each part, and the SHA-256 of them all."""

    parts: tuple[Element, ...]
    sha256: str


def part(source: str, label: str) -> TypstCode:
    """The Typst source of a part: its pages are numbered from 1 with the label in front."""
    pages = f"#page(numbering: (number, ..) => {literal(label)} + str(number))"
    return TypstCode(f"{EDGE}\n{pages}[\n{source}\n]")


def parted(data: bytes, labels: Sequence[str]) -> bytes:
    """A PDF of such parts, each with tags of its own in place of the tree of them all; what is before them is left out.

    Heads of tables have names; the label of its part makes each the only one of its name.
    """
    with pikepdf.open(BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        parts = _parts(pdf, labels)
        places = {page.objgen: held for held in parts for page in held.Pages}
        for held, mine in _dealt(_listed(_listed(tree.K)[0].K), places):
            held.Tags.K = Array(mine)
            for tag in mine:
                tag.P = held.Tags
        for held, mine in _dealt(_bookmarks(pdf), places):
            held.Marks = Array(map(_loose, mine))
        heads = dict(NameTree(tree.IDTree).items()) if "/IDTree" in tree else {}
        for held, mine in _dealt(heads.values(), places):
            _rename(held, mine)
        rows = NumberTree(tree.ParentTree)
        for held in parts:
            held.Rows = Array(rows[int(page.StructParents)] for page in held.Pages)
            held.Notes = Array(rows[int(note.StructParent)] for note in _notes(held.Pages))
        pdf.Root.Parts = Array(parts)
        for name in {"/StructTreeRoot", "/Outlines", "/PageLabels"} & set(pdf.Root.keys()):
            del pdf.Root[name]
        return saved(pdf, hashlib.sha256(data).hexdigest())


@contextmanager
def shared(data: bytes) -> Iterator[Shared]:
    """A PDF of parts, open: it has to be until what is taken from it is saved."""
    with pikepdf.open(BytesIO(data)) as pdf:
        yield Shared(tuple(pdf.Root.Parts), hashlib.sha256(data).hexdigest())


def continued(data: bytes, parts: Sequence[tuple[Shared, int]]) -> bytes:
    """A tagged PDF with parts behind its pages, each the part of a number."""
    with pikepdf.open(BytesIO(data)) as made:
        if "/PageLabels" not in made.Root:
            made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        for book, number in parts:
            _append(made, book.parts[number])
        metadata = made.Root.Metadata.read_bytes()
        made.Root.Metadata.write(COUNTED.sub(str(len(made.pages)).encode(), metadata))
        taken = [hashlib.sha256(data).hexdigest(), *(f"{book.sha256} {number}" for book, number in parts)]
        return saved(made, hashlib.sha256("\0".join(taken).encode()).hexdigest())


# Taking apart


def _parts(pdf: Pdf, labels: Sequence[str]) -> list[Element]:
    """What will hold the parts: as yet their pages, and the tag that is around all others of a part."""
    pages: list[list[Element]] = []
    for page in pdf.pages:
        if float(page.mediabox[2]) < SMALL:
            pages.append([])
        elif pages:
            pages[-1].append(page.obj)
    made = []
    for label, mine in zip(labels, pages, strict=True):
        around = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect))
        held = pdf.make_indirect(Dictionary(Label=String(label), Tags=around, Marks=Array(), Heads=Array()))
        held.Pages = Array(mine)  # not before: all that there is would be looked through for each part
        made.append(held)
    return made


def _dealt(
    listed: Iterable[Element], places: Mapping[tuple[int, int], Element]
) -> Iterator[tuple[Element, list[Element]]]:
    """The parts with those of some elements that are on their pages, in their order."""
    found: dict[tuple[int, int], tuple[Element, list[Element]]] = {}
    for one in listed:
        page = _page(one)
        held = places.get(page.objgen) if page is not None else None
        if held is not None:
            found.setdefault(held.objgen, (held, []))[1].append(one)
    yield from found.values()


def _page(one: Element) -> Element | None:
    """The page of a tag or of a bookmark."""
    if not isinstance(one, Dictionary):
        return None
    if "/Pg" in one or "/Dest" in one:
        return one.Pg if "/Pg" in one else one.Dest[0]
    return next((page for inner in _listed(one.get("/K")) if (page := _page(inner)) is not None), None)


def _listed(kids: Element | None) -> list[Element]:
    """What a tag has within: a list, one alone, or nothing."""
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


def _bookmarks(pdf: Pdf) -> Iterator[Element]:
    """The bookmarks below the first one, which is that of the title."""
    mark = pdf.Root.Outlines.First.get("/First") if "/Outlines" in pdf.Root else None
    while mark is not None:
        yield mark
        mark = mark.get("/Next")


def _loose(mark: Element) -> Element:
    """A bookmark without the way to its neighbours."""
    for name in {"/Parent", "/Prev", "/Next"} & set(mark.keys()):
        del mark[name]
    return mark


def _rename(held: Element, heads: Sequence[Element]) -> None:
    """Put the label of a part before the names of the heads of its tables."""
    for head in heads:
        head.ID = String(f"{held.Label}{head.ID}")
        held.Heads.append(head)
    for look in _looks(held.Tags):
        if "/Headers" in look:
            look.Headers = Array(String(f"{held.Label}{name}") for name in look.Headers)


def _looks(tag: Element) -> Iterator[Element]:
    """What is said of the tags within a tag, but for formulas, which have no cells."""
    for inner in _listed(tag.get("/K")):
        if isinstance(inner, Dictionary) and "/S" in inner and Name.Formula != inner.S:
            yield from _listed(inner.get("/A"))
            yield from _looks(inner)


def _notes(pages: Sequence[Element]) -> Iterator[Element]:
    """What lies on pages and has a tag, as links have."""
    return (note for page in pages for note in page.get("/Annots", ()) if "/StructParent" in note)


# Putting together


def _append(made: Pdf, source: Element) -> None:
    start = len(made.pages)
    for page in source.Pages:
        made.pages.append(Page(page))
    held = made.copy_foreign(source)  # after the pages, to which its tags lead
    tree = made.Root.StructTreeRoot
    document = _listed(tree.K)[0]
    document.K.append(held.Tags)
    held.Tags.P = document
    pages = [made.pages[k].obj for k in range(start, len(made.pages))]
    _number(tree, pages, held)
    if len(held.Heads):
        if "/IDTree" not in tree:
            tree.IDTree = Dictionary(Names=Array())
        names = NameTree(tree.IDTree)
        for head in held.Heads:
            names[str(head.ID)] = head
    label = Dictionary(Type=Name.PageLabel, S=Name.D, P=held.Label, St=1)
    NumberTree(made.Root.PageLabels)[start] = label
    if "/Outlines" in made.Root:
        _mark(made.Root.Outlines.First, list(held.Marks))


def _number(tree: Element, pages: Sequence[Element], held: Element) -> None:
    """New numbers by which pages, and what lies on them, find their tags."""
    rows = NumberTree(tree.ParentTree)
    number = int(tree.ParentTreeNextKey)
    for page, row in zip(pages, held.Rows, strict=True):
        page.StructParents, rows[number] = number, row
        number += 1
    for note, tag in zip(_notes(pages), held.Notes, strict=True):
        note.StructParent, rows[number] = number, tag
        number += 1
    tree.ParentTreeNextKey = number


def _mark(above: Element, marks: Iterable[Element]) -> None:
    """Hang bookmarks below the one of the title."""
    for mark in marks:
        mark.Parent = above
        if "/Last" in above:
            mark.Prev, above.Last.Next = above.Last, mark
        else:
            above.First = mark
        above.Last = mark
        above.Count = int(above.get("/Count", 0)) - 1
