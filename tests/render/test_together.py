"""Pictures on paper stand on the page of what they belong to, wherever on the page that comes to stand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Block,
    Callout,
    Cell,
    Document,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Room,
    Table,
)
from derivgen.document.scene import Label, Rectangle, drawing, words_box
from derivgen.printing.notation import Notation
from derivgen.render.formats import FormatName, render
from derivgen.render.pdf import latex, typst
from derivgen.render.placing import Placed, as_on_paper
from tests.render.samples import df, dx, entries, f_x, line, step

ENGINE = latex.find_engine()
FORMS = [
    "typ",
    pytest.param("tex", marks=[pytest.mark.latex, pytest.mark.skipif(ENGINE is None, reason="no pdflatex here")]),
]
ROOMS = range(150, 240, 9)  # mm above, on a page that has 247


def pages_of(blocks: Sequence[Block], form: FormatName) -> list[str]:
    """The text of each page."""
    source = render(Document(("Title",), "title", "en", "", tuple(blocks)), form)
    pdf = typst.typeset(source).pdf if ENGINE is None or form == "typ" else latex.typeset(source, ENGINE).pdf
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")


def picture(name: str, wide: float, *, is_small: bool) -> Figure:
    box = Rectangle(0.0, 0.0, wide, 6.0)
    return Figure(drawing((box, Label(wide / 2, 3.0, words_box(name)))), (), ("A box.",), is_small=is_small)


def one_step(number: int) -> tuple[Block, ...]:
    made = step(str(number), f"begin{number}", "rule", line(df, dx), ("A reason.",), "1 x 1")
    return made, picture("between", 9.0, is_small=True), picture(f"end{number}", 9.0, is_small=True)


def one_check(number: int, wide: float) -> tuple[Block, ...]:
    rows = tuple(((f"{word}{number}",), ("1",)) for word in ("begin", "value"))
    table = Table((("quantity",), ("value",)), rows, row_heads=True)
    return table, Paragraph(("SymPy finds the same.",)), picture(f"end{number}", wide, is_small=False)


def one_rubric(number: int, graded: Block) -> tuple[Block, ...]:
    rows = tuple(((word,), ("1",)) for word in ("Step 1", "Step 2", f"end{number}"))
    return graded, Heading(2, ("Rubric",), f"rubric-{number}"), Table((("What",), ("Points",)), rows)


KINDS: dict[str, Callable[[int], tuple[Block, ...]]] = {
    "step with two pictures": one_step,
    "check with a narrow picture": lambda number: one_check(number, 12.0),
    "check with a wide picture": lambda number: one_check(number, 30.0),
    "rubric of a step": lambda number: one_rubric(number, one_step(number)[0]),
    "rubric below a check": lambda number: one_rubric(number, Paragraph((f"begin{number}",), "Check.")),
    "rubric below a mistake": lambda number: one_rubric(number, Callout("mistake", "Common", (f"begin{number}",))),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("made", KINDS.values(), ids=KINDS.keys())
def test_a_picture_is_on_the_page_of_what_it_belongs_to(
    made: Callable[[int], tuple[Block, ...]], form: FormatName
) -> None:
    blocks = [block for room in ROOMS for block in (NewPage(), Room(room), *made(room))]
    pages = pages_of(blocks, form)
    assert len(pages) > len(ROOMS)
    assert [room for room in ROOMS for page in pages if (f"begin{room}" in page) != (f"end{room}" in page)] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_narrow_picture_stands_beside_its_check(form: FormatName) -> None:
    (row,) = (row for page in pages_of(one_check(1, 12.0), form) for row in page.splitlines() if "end1" in row)
    assert row.index("end1") > 30


def test_on_the_screen_blocks_keep_their_order() -> None:
    page = render(Document(("Title",), "title", "en", "", one_check(1, 12.0)), "html")
    assert page.index("begin1") < page.index("SymPy") < page.index("end1")


@pytest.mark.parametrize("flat", range(10))
def test_in_typst_a_heading_is_not_left_alone_before_a_table_as_high_as_a_page(flat: int) -> None:
    tall = (entries((1,), (2,), (3,)),)
    rows = tuple(((f"row{k}.",), ("1",) if 0 < k <= flat else tall) for k in range(13))
    table = Table((("quantity",), ("value",)), rows, row_heads=True)
    pages = pages_of((Paragraph(("Words.",)), Heading(2, ("Heading",), "heading"), table), "typ")
    assert [("row0." in page) for page in pages if "Heading" in page] == [True]


@pytest.mark.parametrize("form", FORMS)
def test_a_check_does_not_leave_its_page_for_the_exercise_below_it(form: FormatName) -> None:
    """The exercise with its table needs more than is left of the page: were they kept together, both would move."""
    rows = tuple(((f"row {k}",), ("1",)) for k in range(12))
    exercise = (Heading(2, ("Next",), "exercise-2"), Table((("What",), ("Points",)), rows))
    above = one_step(1)[0]
    pages = pages_of((Room(180), above, Paragraph(("checked.",), "Check."), *exercise), form)
    assert ["checked." in page for page in pages[:2]] == [True, False]
    assert ["Next" in page for page in pages[:2]] == [False, True]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lines", [27, 30])
def test_the_title_of_a_derivation_stands_on_the_page_of_its_answer(form: FormatName, lines: int) -> None:
    above = [Paragraph((f"Line {k}.",)) for k in range(lines)]
    answer = Answer((("both layouts",),), (AnswerRow(f_x, (Cell(entries((1,), (2,), (3,), (4,)), "4 x 1"),)),) * 2)
    pages = pages_of((*above, Paragraph(("A title of a page.",)), answer), form)
    assert any("A title of a page." in page and "both layouts" in page for page in pages)


def test_a_table_as_high_as_a_page_is_not_tied_to_the_picture_that_explains_it() -> None:
    tall = entries((1,), (2,), (3,), (4,))
    table = Table((("quantity",), ("value",)), tuple(((f"row{k}",), (tall,)) for k in range(10)), row_heads=True)
    listed = tuple(Placed(block, 2) for block in (table, picture("below", 30.0, is_small=False)))
    assert [one.standing for one in as_on_paper(listed, Notation())] == ["alone", "alone"]
    low = replace(table, rows=table.rows[:3])
    listed = tuple(Placed(block, 2) for block in (low, picture("below", 30.0, is_small=False)))
    assert [one.standing for one in as_on_paper(listed, Notation())] == ["first", "last"]
