"""Pages of Typst: tagged PDFs with words for every formula, and no one's words as markup."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from derivgen.document.blocks import Document, Paragraph
from derivgen.errors import DerivgenError
from derivgen.render import typst
from derivgen.render.formats import render
from derivgen.render.pdf.typst import typeset
from tests.render.samples import DOCUMENTS, HOSTILE, QUADRATIC, hostile


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_page_is_a_tagged_pdf_with_its_title_and_language(document: Document) -> None:
    made = typeset(render(document, "typ"))
    assert made.warnings == ()
    pdf = pikepdf.open(io.BytesIO(made.pdf))
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "en"
    assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_equal_sources_give_equal_bytes() -> None:
    source = render(QUADRATIC, "typ")
    assert typeset(source).pdf == typeset(source).pdf


def test_every_formula_has_words() -> None:
    source = render(QUADRATIC, "typ")
    assert source.count("math.equation(") == len(re.findall(r'alt: "[^"\\]+"', source))


def test_hostile_words_stand_in_strings_only() -> None:
    source = render(hostile(), "typ")
    code = re.sub(r'"(?:[^"\\]|\\.)*"', "", source)
    assert typst.literal(HOSTILE) in source
    assert "eval" not in code
    assert "input" not in code


@pytest.mark.parametrize("words", ['"', "\\", '\\"', "a\nb", "\\u{41}", "#x", "]", "$"])
def test_a_string_holds_what_was_typed(words: str) -> None:
    shown = typst.literal(words)[1:-1].replace("\\\\", "\0").replace('\\"', '"').replace("\0", "\\")
    assert shown == words.replace("\n", " ")


def test_a_letter_that_no_font_has_is_shown_by_code_point_with_a_warning() -> None:
    made = typeset(render(Document(("A",), "a", "en", "", (Paragraph(("\U00012000",)),)), "typ"))
    assert made.pdf.startswith(b"%PDF")
    assert all("\U00012000" in warning for warning in made.warnings)


def test_an_error_is_told_in_the_compilers_words() -> None:
    with pytest.raises(DerivgenError, match="Typst cannot set this page: unknown variable: foo"):
        typeset("#foo")
