"""Pages of HTML: their structure, and that nobody's words become markup."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from derivgen.document.blocks import Answer, AnswerRow, Cell, CodeSpan, Document, Paragraph
from derivgen.expr.build import number
from derivgen.expr.nodes import Product, Sum, Transpose
from derivgen.printing.boxes import EMPTY, Word
from derivgen.render import html
from derivgen.render.fonts import faces_of
from derivgen.render.formats import Beside, FileLink, Home, SitePage, render, render_index
from derivgen.render.packaged import templates_dir
from tests.render.pages import read_page
from tests.render.samples import DOCUMENTS, HOSTILE, JACOBIAN, QUADRATIC, A, f_x, hostile, x

EVERY = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
ASSETS = templates_dir() / "assets"


@EVERY
def test_every_element_is_closed(document: Document) -> None:
    assert read_page(render(document, "html")).unclosed == []


@EVERY
def test_nothing_stands_between_tags_that_no_template_wrote(document: Document) -> None:
    assert ">>" not in render(document, "html")


@EVERY
def test_one_main_heading_and_no_level_skipped(document: Document) -> None:
    levels = read_page(render(document, "html")).levels
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_every_formula_has_words(document: Document) -> None:
    # The labels of a picture are parts of one image, which has its own words.
    shown = re.sub(r'<div role="img".*?</div>', "", render(document, "html"), flags=re.DOTALL)
    formulas = read_page(shown).named("math")
    assert formulas
    assert all(formula["alttext"].strip() and "\\" not in formula["alttext"] for formula in formulas)


@EVERY
def test_no_script_but_that_of_choices_and_nothing_from_elsewhere(document: Document) -> None:
    page = read_page(render(document, "html"))
    root = "../" * document.slug.count("/")
    (script,) = page.named("script")
    assert script["src"] == f"{root}assets/choices.js"
    assert all(not name.startswith("on") for _, attributes in page.elements for name in attributes)
    # The fonts that are asked for are those that the script waits for.
    fonts = [f"{root}assets/fonts/{face}.woff2" for face in faces_of(f"<math>{script['data-letters']}</math>")]
    assert [link["href"] for link in page.named("link")] == ["data:,", f"{root}assets/style.css", *fonts]


@EVERY
def test_anchors_are_unique(document: Document) -> None:
    anchors = [attributes["id"] for _, attributes in read_page(render(document, "html")).elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))


def test_hostile_words_are_shown_as_typed() -> None:
    page = read_page(render(hostile(), "html"))
    assert page.words.count(HOSTILE) >= 20
    assert [script["src"] for script in page.named("script")] == ["assets/choices.js"]


def test_the_language_and_the_title_in_words_stand_in_the_head() -> None:
    source = render(replace(QUADRATIC, language="de"), "html")
    assert '<html lang="de">' in source
    assert "<title>Gradient of the quadratic form Vektor x transponiert Matrix A x</title>" in source


def test_steps_stand_one_level_below_their_subgoal() -> None:
    page = read_page(render(QUADRATIC, "html"))
    assert page.levels == [1, 2, 2, 2, 3, 4, 3, 4, 4, 3, 4, 2, 2]


def test_files_and_neighbours_are_linked() -> None:
    beside = Beside("Course", "Gradients", (FileLink("PDF", "q.pdf"),), None, SitePage(("Next one",), "next.html"))
    links = [link["href"] for link in read_page(render(QUADRATIC, "html", beside=beside)).named("a")]
    assert links[:2] == ["#main_text", "../index.html"]
    assert links[-2:] == ["q.pdf", "next.html"]


def test_the_index_lists_chapters_in_the_order_of_the_pages() -> None:
    pages = (
        SitePage(("B",), "b.html", ("of b",), "Second in the alphabet"),
        SitePage(("A", x), "a.html", (), "A first"),
        SitePage(("C",), "c.html", (), "Second in the alphabet"),
    )
    page = read_page(render_index(Home("Course <1>", (Paragraph(("Welcome.",)),), pages)))
    assert page.unclosed == []
    assert page.levels == [1, 2, 2]
    assert [link["href"] for link in page.named("a")] == ["#main_text", "b.html", "c.html", "a.html"]
    assert "Course <1>" in page.words


def test_stacked_answers_to_several_questions_are_set_apart() -> None:
    long = Sum(tuple(Product((number(k), Transpose(x), A)) for k in range(2, 14)))
    rows = (AnswerRow(f_x, (Cell(long, "1 x n"), Cell(Transpose(long), "n x 1")), ("where ", x)),) * 2
    answer = Answer((("numerator layout",), ("denominator layout",)), rows)
    made = render(Document(("Answers",), "answers", "en", "", (answer,)), "html")
    inside = made.partition('class="answer stacked"')[2]
    assert inside.count('<div class="row">') == 2
    assert inside.index('class="remark"') < inside.rindex('<div class="row">')


def test_a_wide_answer_is_stacked_and_a_narrow_one_is_not() -> None:
    wide = Cell(Sum((x,) * 30), "n x 1")
    document = Document(("Wide",), "wide", "en", "", (Answer((("a",), ("b",)), (AnswerRow(f_x, (wide, wide)),)),))
    assert 'class="answer stacked"' in render(document, "html")
    assert 'class="answer columns of-2"' in render(JACOBIAN, "html")


def test_a_users_template_comes_before_the_packaged_one(tmp_path: Path) -> None:
    (tmp_path / "worked").mkdir()
    (tmp_path / "worked/page.html.j2").write_text("mine: {{ document.title | text }}", encoding="utf-8")
    assert render(JACOBIAN, "html", templates=tmp_path) == "mine: Jacobian of two scalar functions"


def test_the_same_document_gives_the_same_page() -> None:
    assert render(QUADRATIC, "html") == render(QUADRATIC, "html")


def test_html_needs_neither_pylatex_nor_typst() -> None:
    program = (
        "import sys; from tests.render.samples import QUADRATIC; from derivgen.render.formats import render; "
        "render(QUADRATIC, 'html'); print(sorted({'pylatex', 'typst', 'yaml', 'sympy', 'numpy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    addresses = re.findall(r"url\(\"([^\"]+)\"\)", style)
    assert addresses == [f"fonts/derivgen-math{face}.woff2" for face in ("-more", "-greek", "")]
    assert "@import" not in style
    assert sum((ASSETS / address).stat().st_size for address in addresses) < 82_000
    assert (ASSETS / addresses[-1]).stat().st_size < 24_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts/OFL.txt").read_text(encoding="utf-8").upper()


def test_what_is_printed_from_a_browser_has_no_finer_steps_that_are_closed_and_keeps_words_above_steps() -> None:
    printed = (ASSETS / "style.css").read_text(encoding="utf-8").partition("@media print {")[2]
    assert "details.finer:not([open]) { display: none; }" in printed
    assert ".legend { break-after: avoid; }" in printed


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"), [("ink", "paper"), ("soft", "paper"), ("soft", "card"), ("link", "paper"), ("ink", "card")]
)
def test_text_has_enough_contrast(scheme: str, text: str, ground: str) -> None:
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    both = re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", style)
    colours = {name: light if scheme == "light" else dark for name, light, dark in both}
    dim, bright = sorted((_luminance(colours[text]), _luminance(colours[ground])))
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_comma_stays_on_the_line_of_its_formula() -> None:
    words = Paragraph(("for ", x, ", and (", f_x, ") alone"))
    page = render(Document(("Title",), "name", "en", "", (words,)), "html")
    assert re.findall(r"</math>(.)</span>", page) == [",", ")"]
    assert "alone" in page
    assert page.count("<span><math") == 2


def test_a_name_stays_on_the_line_of_its_value_and_short_code_is_not_broken() -> None:
    long = "2*A.T @ X @ B.T - 4*c*inv(X).T"
    words = Paragraph(("At ", x, " = ", f_x, ", typed ", CodeSpan("2*x - 9*a"), ", not ", CodeSpan(long), "."))
    page = render(Document(("Title",), "name", "en", "", (words,)), "html")
    (kept,) = re.findall(r"At\s(<span><span><math.*?</span>,</span>) typed", page)
    assert re.sub(r"<mi>.*?</mi>|<math.*?</math>", "", kept) == "<span><span> = </span>,</span>"
    assert "<span><span><code>2*x - 9*a</code></span>,</span> not <code>2*A" in page
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    assert re.search(r"^span:not\(\[class\][^{]*\{ white-space: nowrap; \}", style, flags=re.M)


def test_the_answer_and_a_sheet_in_columns_share_no_class() -> None:
    """The style of the one would be that of the other."""
    macros = (templates_dir() / "worked" / "macros.html.j2").read_text(encoding="utf-8")
    (answer,), (sheet,) = (
        re.findall(rf'macro {name}\(.*?<div class="([^"]*)"', macros, flags=re.S) for name in ("answer", "columns")
    )
    assert not set(answer.split()) & set(sheet.split())


def test_the_style_has_room_for_each_line_that_a_page_joins() -> None:
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    rules = re.findall(r"min-width: ([\d.]+)em\) \{ :is\(\.w(\d+), \.w(\d+) > mtr, \.w(\d+) > mtr > mtd\)", style)
    for row in range(1, 60):
        made = html.display(((EMPTY, Word("a" * row)), (EMPTY, Word("b"))), "said", "", region="Formula")
        assert 'class="formula joins"' in made
        wide = re.search(r'<mtable class="w(\d+)"', made)
        assert wide is None or [number for _, *numbers in rules for number in numbers].count(wide[1]) == 3
    assert all(float(room) == pytest.approx(1.04 * int(first)) for room, first, *_ in rules)


def test_a_line_that_every_page_holds_is_joined_of_nothing() -> None:
    made = html.display(((EMPTY, Word("a")),), "said", "", region="Formula")
    assert ("joins" in made, "mtable" in made) == (False, False)


def test_a_link_that_heads_a_row_keeps_its_room_beside_wide_formulas() -> None:
    style = (ASSETS / "style.css").read_text(encoding="utf-8")
    assert ":is(td, th):first-child:has(> a) { min-width: 9rem; }" in style
