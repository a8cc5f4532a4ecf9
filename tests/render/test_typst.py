"""Pages of Typst: tagged PDFs with words for every formula, and no one's words as markup."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest

from derivgen.document.blocks import Answer, AnswerRow, Cell, Document, Given, Givens, Paragraph, StepBlock, Table
from derivgen.errors import DerivgenError
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Product, Quotient, Sum, Transpose
from derivgen.render import typst
from derivgen.render.formats import render
from derivgen.render.pdf import typst as compiler
from derivgen.render.pdf.typst import picture, typeset
from tests.render.samples import DOCUMENTS, HOSTILE, QUADRATIC, A, f, f_x, hostile, x


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


def test_the_line_of_a_step_and_its_shape_are_read_one_after_the_other_in_no_grid() -> None:
    steps = tuple(block for block in QUADRATIC.blocks if isinstance(block, StepBlock) and block.shape)
    found = _tags(typeset(render(Document(("Steps",), "steps", "en", "", steps), "typ")).pdf)
    # A grid, which sets both again and again to find its columns and rows, groups them.
    assert "/Div" not in [kind for kind, _ in found]
    formulas = [words for kind, words in found if kind == "/Formula"]
    shapes = [words for words in formulas if re.fullmatch(r"\w+ by \w+", words)]
    assert len(shapes) == len(steps)
    assert not re.fullmatch(r"\w+ by \w+", formulas[0])


def test_only_a_role_with_a_fraction_is_set_with_a_rule_for_fractions() -> None:
    rows = (Given(x, "n x 1", ("vector",)), Given(x, "n x 1", ("entries of ", Quotient(x, number(2)))))
    source = render(Document(("Roles",), "roles", "en", "", (Givens(("symbol", "shape", "role"), rows),)), "typ")
    assert source.count(" role[") == 1
    assert source.partition(" role[")[2].startswith('#"entries of')


def _tags(pdf: bytes) -> list[tuple[str, str]]:
    """The elements of a tagged PDF in the order in which they are read, each with its words."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_elements(opened.Root.StructTreeRoot))


def _elements(one: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if isinstance(one, pikepdf.Array):
        for inner in one:
            yield from _elements(inner)
    elif isinstance(one, pikepdf.Dictionary):
        if "/S" in one:
            yield str(one["/S"]), str(one.get("/Alt", ""))
        if "/K" in one:
            yield from _elements(one["/K"])


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


def test_a_document_is_forgotten_at_once_unless_others_are_like_it(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    def recorded(source: str, **_: object) -> bytes:
        compiled.append(source)
        return b""

    monkeypatch.setattr(compiler, "_made", recorded)
    typeset("sheet", is_one_of_many=True)
    typeset("page")
    assert compiled == ["sheet", "page", *[compiler.NOTHING] * compiler.REMEMBERED]


def test_documents_and_pictures_of_several_threads_wait_for_each_other() -> None:
    drawn = "#set page(width: 600pt, height: 315pt)\n" + "A line. " * 100
    page = f'#set document(title: "Words", date: none)\n{drawn}'
    expected, picture_of_it = typeset(page).pdf, picture(drawn)
    with ThreadPoolExecutor(4) as threads:
        pages = [threads.submit(typeset, page) for _ in range(8)]
        pictures = [threads.submit(picture, drawn) for _ in range(8)]
    assert {made.result().pdf for made in pages} == {expected}
    assert {made.result() for made in pictures} == {picture_of_it}


def test_rows_of_a_definition_have_room_for_their_fractions() -> None:
    fractions = tuple(Quotient(apply("exp", x), number(k)) for k in range(2, 9))
    sources = []
    for count in (1, 7):
        row = Given(f, "n x 1", ("vector",), Sum(fractions[:count]))
        sources.append(render(Document(("Rows",), "rows", "en", "", (Givens(("a", "b", "c"), (row,)),)), "typ"))
    # Only a display keeps its rows apart.
    assert ["math.equation(block: true" in source for source in sources] == [False, True]


def test_the_condition_of_an_answer_stands_above_the_answers_to_the_next_question() -> None:
    long = Sum(tuple(Product((number(k), Transpose(x), A)) for k in range(2, 14)))
    rows = (AnswerRow(f_x, (Cell(long, "1 x n"), Cell(Transpose(long), "n x 1")), ("where ", x)),) * 2
    answer = Answer((("numerator layout",), ("denominator layout",)), rows)
    document = Document(("Answers",), "answers", "en", "", (answer,))
    source = render(document, "typ")
    assert source.count("#betweenanswers") == 1
    assert source.count("\n\n#text(size: 0.9em)") == 2
    assert render(document, "tex").count("\\betweenanswers\n") == 1


def test_a_formula_that_the_column_of_a_table_has_no_room_for_is_broken_also_inside_brackets() -> None:
    """Typst breaks among words, but not inside brackets: the formula stood over the next column."""
    long = Product((A, Sum(tuple(Product((number(k), A)) for k in range(2, 14)))))
    sources = [
        render(Document(("T",), "t", "en", "", (Table(((),) * count, (((long,),) + ((),) * (count - 1),)),)), "typ")
        for count in (1, 4)
    ]
    assert ["math.equation(block: true" in source for source in sources] == [False, True]
