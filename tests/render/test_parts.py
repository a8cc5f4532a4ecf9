"""Parts of one tagged PDF behind the pages of another: what holds for a PDF set in one piece holds for the whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest

from derivgen.render.pdf.tagged import continued, part, parted, shared
from derivgen.render.pdf.typst import typeset
from tests.test_tagged import QUESTIONS, Tag, faults, kind, tags

STYLE = '#set document(title: "Solutions", date: none)\n#set page(numbering: "1")\n= Solutions\n'
TABLE = '#table(columns: 2, table.header[Answer][Points], [#math.equation(alt: "two a", $2 a$)], [1])\n'
PARTS = (
    f"== First\n{TABLE}=== Steps\nOne #pagebreak()\n{TABLE}Two",
    f'== Second\n#link("https://example.org/")[Read this]\n{TABLE}',
    "== Third\nNothing but words",
)


def whole(*numbers: int) -> bytes:
    """A PDF of parts, each with its number as the label."""
    labels = [f"{number}." for number in numbers]
    pieces = [part(PARTS[number - 1], label) for number, label in zip(numbers, labels, strict=True)]
    return parted(typeset(STYLE + "\n".join(pieces)).pdf, labels)


def together() -> bytes:
    """A page of its own, then the first two parts, from a PDF each."""
    with shared(whole(3, 1)) as one, shared(whole(2)) as other:
        return continued(typeset(f"{STYLE}Name: Ada\n{TABLE}").pdf, [(one, 1), (other, 0)])


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_put_together_can_be_read_aloud(tmp_path: Path, question: str) -> None:
    (tmp_path / "together.pdf").write_bytes(together())
    assert faults(tmp_path / "together.pdf", question) == []


def test_tags_come_in_the_order_of_reading_and_lead_to_their_pages() -> None:
    with opened(together()) as pdf:
        assert len(pdf.pages) == 4
        found = list(tags(pdf.Root.StructTreeRoot))
        titles = [str(tag.T) for tag in found if kind(tag).startswith("H")]
        assert titles == ["Solutions", "First", "Steps", "Second"]
        places = [page.objgen for page in pdf.pages]
        on = [places.index(tag.Pg.objgen) for tag in found if "/Pg" in tag]
        assert on == sorted(on)
        assert set(on) == {0, 1, 2, 3}
        assert all(tag.P.objgen != pdf.Root.StructTreeRoot.objgen for tag in found if kind(tag) != "Document")


def test_pages_and_links_find_their_tags() -> None:
    with opened(together()) as pdf:
        rows = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert len({int(page.StructParents) for page in pdf.pages}) == len(pdf.pages)
        for page in pdf.pages:
            assert {tag.Pg.objgen for tag in rows[int(page.obj.StructParents)] if "/Pg" in tag} <= {page.objgen}
        (note,) = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
        assert kind(rows[int(note.StructParent)]) == "Link"
        assert pdf.Root.StructTreeRoot.ParentTreeNextKey == len(rows)


def test_heads_of_tables_have_names_of_their_own() -> None:
    with opened(together()) as pdf:
        tree = pdf.Root.StructTreeRoot
        heads = [tag for tag in tags(tree) if "/ID" in tag]
        assert sorted(str(head.ID) for head in heads) == sorted(pikepdf.NameTree(tree.IDTree))
        assert len({str(head.ID) for head in heads}) == len(heads) == 8
        for table in (tag for tag in tags(tree) if kind(tag) == "Table"):
            own = {str(cell.ID) for cell in tags(table) if "/ID" in cell}
            assert {str(name) for cell in tags(table) for name in named(cell)} == own


def named(cell: Tag) -> Iterator[Tag]:
    """The heads that a cell says it has."""
    return (name for look in cell.get("/A", ()) for name in look.get("/Headers", ()))


def test_pages_are_numbered_and_bookmarks_follow_each_other() -> None:
    with opened(together()) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "1.1", "1.2", "2.1"]
        with pdf.open_outline() as outline:
            (title,) = outline.root
            assert [mark.title for mark in title.children] == ["First", "Second"]
            assert [mark.title for mark in title.children[0].children] == ["Steps"]
        assert b"<xmpTPg:NPages>4<" in pdf.Root.Metadata.read_bytes()


def test_nothing_of_other_parts_is_taken_along() -> None:
    data = together()
    with opened(data) as pdf:
        assert "/Parts" not in pdf.Root
        said = [str(tag.get("/T", "")) for tag in pdf.objects if isinstance(tag, pikepdf.Dictionary)]
        assert "Third" not in said
        assert "First" in said
    assert data == together()
