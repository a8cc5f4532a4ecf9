"""The tagged PDFs of the gallery are read by screen readers: what PDF/UA-1 asks for and a program can tell.

Source: ISO 14289-1:2014, clause 7; the Matterhorn Protocol 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.sites import SiteFile

# A page of each kind; the night tier takes all.
PANEL = (
    "01-scalar-rules/chain-rule",
    "01-scalar-rules/neuron-and-training", "03-the-jacobian-and-two-layouts/jacobian-three-by-three",
    "11-matrix-calculus/quadratic-form", "12-machine-learning/softmax-cross-entropy",
    "12-machine-learning/two-layer-network-weights", "13-reference/cheat-sheet", "homework/first-sheet",
)  # fmt: skip
PANELS = pytest.mark.parametrize("panel", [PANEL, pytest.param((), marks=pytest.mark.night)], ids=["panel", "all"])
SHOWN = frozenset(("Tj", "TJ", "'", '"'))
SPOKEN = re.compile(r"[\\_^{}@]|\.T\b|\w\(")

# pikepdf's objects are of any kind.
Tag = Any


def tags(node: Tag) -> Iterator[Tag]:
    """The elements of a structure tree in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from tags(inner)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from tags(node.get("/K"))


def kind(tag: Tag) -> str:
    return str(tag.S).removeprefix("/")


def head(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The title, the language and the standard are declared."""
    metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
    if not pdf.Root.MarkInfo.Marked:
        yield "it is not marked as tagged"
    if not str(pdf.Root.Lang).strip():
        yield "it has no language"
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*\S", metadata, re.DOTALL)
    if title is None or not pdf.Root.ViewerPreferences.DisplayDocTitle:
        yield "its title is not shown"
    if not re.search(r"pdfuaid:part\W+1\b", metadata):
        yield "it does not say that it is PDF/UA-1"


def headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    """One heading is of the first level, and no level is skipped."""
    levels = [int(kind(tag)[1]) for tag in tags(pdf.Root.StructTreeRoot) if re.fullmatch(r"H\d", kind(tag))]
    if levels.count(1) != 1 or levels[0] != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"its headings are of the levels {levels}"


def words(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every formula and picture has words, none of them LaTeX or a program."""
    said = [str(tag.get("/Alt", "")) for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) in ("Formula", "Figure")]
    yield from (f"a formula is spoken as {one!r}" for one in said if not one.strip() or SPOKEN.search(one))


def tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every table has heads, and each says what it is the head of."""
    for table in tags(pdf.Root.StructTreeRoot):
        if kind(table) != "Table":
            continue
        heads = [cell for cell in tags(table) if kind(cell) == "TH"]
        if not heads:
            yield "a table has no heads"
        if any("/A" not in cell and "/ID" not in cell for cell in heads):
            yield "the head of a table does not say what it is the head of"


def ink(pdf: pikepdf.Pdf) -> Iterator[str]:
    """No letter stands outside the tags, every letter is known by its code and drawn by a font in the file."""
    fonts: dict[tuple[int, int], Tag] = {}
    for number, sheet in enumerate(pdf.pages, 1):
        fonts |= {font.objgen: font for font in sheet.Resources.get("/Font", {}).values()}
        depth = 0
        for shown in pikepdf.parse_content_stream(sheet):
            name = str(shown.operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            if name in SHOWN and not depth:
                yield f"{shown.operands} on page {number} stands outside the tags"
    for font in fonts.values():
        holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        held = set(holder.get("/FontDescriptor", {}).keys()) & {"/FontFile", "/FontFile2", "/FontFile3"}
        if "/ToUnicode" not in font or (str(font.Subtype) != "/Type3" and not held):
            yield f"the font {font.get('/BaseFont')} is not in the file, or its letters have no codes"


def links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every link says where it leads, and the keys walk through a page in the order of reading."""
    for number, sheet in enumerate(pdf.pages, 1):
        notes = list(sheet.get("/Annots", []))
        if notes and sheet.get("/Tabs") != "/S":
            yield f"the keys walk through page {number} in an order of their own"
        if not all(str(note.get("/Contents", "")).strip() for note in notes if note.Subtype == "/Link"):
            yield f"a link on page {number} does not say where it leads"


QUESTIONS: dict[str, Callable[[pikepdf.Pdf], Iterator[str]]] = {
    asked.__name__: asked for asked in (head, headings, words, tables, ink, links)
}


def faults(pdf: Path, question: str) -> list[str]:
    """What is amiss with a PDF."""
    with pikepdf.open(pdf) as opened:
        return [f"{pdf.stem}: {fault}" for fault in QUESTIONS[question](opened)]


def chosen(site: Path, panel: tuple[str, ...]) -> list[Path]:
    """The PDFs of the panel, or all."""
    return [site / f"{name}.pdf" for name in panel] or sorted(site.rglob("*.pdf"))


@PANELS
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_tagged_pdf_can_be_read_aloud(gallery_site: Path, panel: tuple[str, ...], question: str) -> None:
    pdfs = chosen(gallery_site, panel)
    assert len(pdfs) >= len(PANEL)
    assert [fault for pdf in pdfs for fault in faults(pdf, question)] == []


@PANELS
def test_a_tagged_pdf_has_the_language_and_the_formulas_of_its_page(gallery_site: Path, panel: tuple[str, ...]) -> None:
    for path in chosen(gallery_site, panel):
        page = SiteFile(path.with_suffix(".html"))
        with pikepdf.open(path) as pdf:
            said = {str(tag.Alt) for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == "Formula"}
            assert (path.stem, str(pdf.Root.Lang)) == (path.stem, page.language)
            assert (path.stem, bool(said)) == (path.stem, bool(page.formulas))


def first(pdf: pikepdf.Pdf, name: str) -> Tag:
    return next(tag for tag in tags(pdf.Root.StructTreeRoot) if kind(tag) == name)


def nameless(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def skipped(pdf: pikepdf.Pdf) -> None:
    first(pdf, "H2").S = pikepdf.Name("/H4")


def in_latex(pdf: pikepdf.Pdf) -> None:
    first(pdf, "Formula").Alt = pikepdf.String("\\frac{a}{b}")


def headless(pdf: pikepdf.Pdf) -> None:
    for tag in tags(first(pdf, "Table")):
        tag.S = pikepdf.Name("/TD") if kind(tag) == "TH" else tag.S


def untagged(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BT (beyond) Tj ET")


def nowhere(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


@pytest.mark.parametrize(
    ("question", "spoil"),
    [("head", nameless), ("headings", skipped), ("words", in_latex), ("tables", headless), ("ink", untagged),
     ("links", nowhere)],
    ids=QUESTIONS,
)  # fmt: skip
def test_what_is_amiss_with_a_tagged_pdf_is_noticed(
    gallery_site: Path, tmp_path: Path, question: str, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    whole = gallery_site / "11-matrix-calculus" / "quadratic-form.pdf"
    spoilt = tmp_path / "quadratic-form.pdf"
    with pikepdf.open(whole) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    assert faults(whole, question) == []
    assert faults(spoilt, question) != []
