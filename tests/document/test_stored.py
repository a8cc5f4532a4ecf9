"""A document that is stored and restored is the same document, and nothing but documents can be stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.document.blocks import Document, Emphasis, Paragraph, Phrase
from derivgen.document.stored import restored, stored
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import FormatName, render
from derivgen.spec.files import find_specs

GALLERY = Path(__file__).parents[2] / "specs"
SOME = find_specs([GALLERY])[::9]


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_a_page_of_the_gallery_is_restored_to_the_letter(path: Path) -> None:
    done = worked(path, GALLERY, Wishes())
    document, _ = document_of(done, "page", GALLERY)
    again, notation = restored(stored((document, done.notation)))
    assert (again, notation) == (document, done.notation)
    assert stored((again, notation)) == stored((document, done.notation))
    formats: tuple[FormatName, ...] = ("html", "tex", "typ")
    for form in formats:
        assert render(again, form, notation=notation) == render(document, form, notation=done.notation)


def test_values_that_are_equal_and_not_the_same_stay_apart() -> None:
    kinds = restored(stored((1, 1.0, True, "a", Phrase("a"), 0.0, -0.0)))
    assert [(type(kind), repr(kind)) for kind in kinds] == [
        (int, "1"),
        (float, "1.0"),
        (bool, "True"),
        (str, "'a'"),
        (Phrase, "'a'"),
        (float, "0.0"),
        (float, "-0.0"),
    ]


def test_what_occurs_twice_is_written_once() -> None:
    word = Emphasis(("a long word of the page",))
    once = stored(Document((), "page", "en", "", (Paragraph((word,)),)))
    often = stored(Document((), "page", "en", "", (Paragraph((word,)),) * 100))
    assert len(often) < len(once) + 500


def test_what_no_document_holds_is_not_stored() -> None:
    with pytest.raises(TypeError, match="a document holds no PosixPath"):
        stored((Path("page").absolute(),))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"{}",
        b"[]",
        b'["a", ["os.system", 0]]',
        b'["a", ["blocks.Link", 0]]',
        b'[["tuple", 5]]',
        b'[["tuple", "x"]]',
    ],
)
def test_what_is_no_stored_document_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        restored(data)
