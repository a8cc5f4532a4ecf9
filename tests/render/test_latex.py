"""Pages of LaTeX: what they hold, and that pdfTeX sets them with no line sticking out."""

from __future__ import annotations

import re
import subprocess

import pytest

from derivgen.document.blocks import Document, Equation, Line, Paragraph, Question, Table
from derivgen.errors import DerivgenError
from derivgen.expr.build import number, row
from derivgen.expr.nodes import Product, Sum, Variable
from derivgen.expr.sizes import SCALAR
from derivgen.printing.boxes import Grid, Letter, Row
from derivgen.printing.texmath import read_math
from derivgen.render import latex
from derivgen.render.formats import render
from derivgen.render.pdf.latex import find_engine, typeset
from tests.render.samples import DOCUMENTS, HOSTILE, JACOBIAN, QUADRATIC, f, hostile, x

ENGINE = find_engine()
needs_latex = pytest.mark.skipif(ENGINE is None, reason="no pdflatex here")
SMALL = {
    *("fontenc", "inputenc", "lmodern", "textcomp", "parskip", "microtype", "geometry", "mathtools", "amssymb"),
    *("array", "booktabs", "xcolor", "hyperref"),
}


def pdf_of(source: str) -> bytes:
    assert ENGINE is not None
    made = typeset(source, ENGINE)
    assert (made.warnings, made.faults) == ((), ())
    return made.pdf


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def places_in(pdf: bytes) -> list[str]:
    """Each word with the place where it stands."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.findall("<word.*", done.stdout.decode())


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_only_packages_of_a_small_tex_are_asked_for(document: Document) -> None:
    assert set(re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", render(document, "tex"))) == SMALL


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        (r"\input{a}", r"\textbackslash{}input\{a\}"),
        ("5 $ & 3 % #1 _ ^ ~", r"5 \$ \& 3 \% \#1 \_ \textasciicircum{} \textasciitilde{}"),
        ("a--b <<c>> ,,d''", "a-{}-b <{}<c>{}> ,{},d'{}'"),
        ("α → ∂", r"\(\alpha\) \(\to\) \(\partial\)"),
        ("e\u0301", "é"),
        ("中", r"\missingletter{4E2D}"),
        ("a\x00b\nc", "ab c"),
    ],
)
def test_words_are_escaped(typed: str, set_as: str) -> None:
    assert latex.words(typed) == set_as


def test_an_address_cannot_end_its_command() -> None:
    assert latex.link("go", "https://a.org/}\\input{b}#c%d") == r"\href{https://a.org/\%7D\%5Cinput\%7Bb\%7D\#c\%d}{go}"


def test_a_relative_link_is_words_on_paper() -> None:
    assert latex.link("go", "other.html") == "go"


@pytest.mark.latex
@needs_latex
@pytest.mark.parametrize("document", [QUADRATIC, JACOBIAN], ids=["quadratic", "jacobian"])
def test_a_page_compiles_by_itself_with_no_line_sticking_out(document: Document) -> None:
    assert pdf_of(render(document, "tex")).startswith(b"%PDF")


@pytest.mark.latex
@needs_latex
def test_equal_sources_give_equal_bytes() -> None:
    source = render(QUADRATIC, "tex")
    assert pdf_of(source) == pdf_of(source)


@pytest.mark.latex
@needs_latex
def test_hostile_words_are_shown_as_typed() -> None:
    assert ENGINE is not None
    source = render(hostile(), "tex")
    text = words_of(typeset(source, ENGINE).pdf)
    assert "root:" not in text
    shown = re.sub(r"\s+", "", text)
    assert re.sub(r"\s+", "", HOSTILE).split("'")[0].replace('"', "")[:60] in shown


def test_short_code_is_kept_on_one_line() -> None:
    long = "2*A.T @ X @ B.T - 4*c*inv(X).T"
    assert latex.code("6*inv(X) - 9*S").startswith(r"\mbox{\texttt{")
    assert latex.code(long).startswith(r"\texttt{")


@pytest.mark.latex
@needs_latex
def test_letters_that_the_fonts_lack_are_shown_by_code_point() -> None:
    names = Document(
        ("中文 Ω ż ß",),
        "a",
        "en",
        "",
        (
            Paragraph(
                (
                    Variable("中", SCALAR),
                    "Привет",
                )
            ),
        ),
    )
    assert "4E2D" in words_of(pdf_of(render(names, "tex")))


@pytest.mark.latex
@needs_latex
def test_a_long_equation_is_broken_and_does_not_stick_out() -> None:
    long = Sum(tuple(Product((x,) * 4) if number % 2 else x for number in range(1)) + (x,) * 60)
    document = Document(("Long",), "long", "en", "", (Equation(Line(f, (long, long))),))
    assert pdf_of(render(document, "tex"))


@pytest.mark.latex
@needs_latex
def test_a_reason_whose_formulas_are_wide_is_broken_rather_than_set_over_the_margin() -> None:
    first = r"\mathrm{d}(\mathbf{X}^\top\mathbf{C}\mathbf{X})\,(\mathbf{X}^\top\mathbf{C}\mathbf{X})^{-1}"
    second = r"\mathbf{X}^\top\mathbf{C}\mathbf{X}\,\mathrm{d}((\mathbf{X}^\top\mathbf{C}\mathbf{X})^{-1})"
    reason = (f"The inverse of {'m' * 18}, so ", read_math(f"{first} + {second}"), " = 0; solve for the second.")
    assert pdf_of(render(Document(("Wide",), "wide", "en", "", (Paragraph(reason),)), "tex"))


@pytest.mark.latex
@needs_latex
def test_a_line_that_sticks_out_is_a_fault_with_its_place_in_the_source() -> None:
    assert ENGINE is not None
    name = "W" * 60
    made = typeset(render(Document(("Wide",), "wide", "en", "", (Paragraph((name,)),)), "tex"), ENGINE)
    (fault,) = made.faults
    assert "sticks out of the page by" in fault.message
    assert fault.message.endswith(name)


@pytest.mark.latex
@needs_latex
def test_a_long_address_among_words_is_broken_after_its_signs() -> None:
    assert ENGINE is not None
    address = "https://www.example.org/" + "a_long_way/" * 12 + "page.html?of=this&and=that"
    made = typeset(render(Document(("Long",), "long", "en", "", (Paragraph((address,)),)), "tex"), ENGINE)
    assert made.faults == ()
    assert address in words_of(made.pdf).replace("\n", "").replace(" ", "")


@pytest.mark.latex
@needs_latex
def test_a_display_that_cannot_be_broken_is_set_in_smaller_letters() -> None:
    assert ENGINE is not None
    row = Grid(((Row((Letter("x"),) * 6),) * 9,))
    tex = render(Document(("Wide",), "wide", "en", "", (Equation(row),)), "tex")
    assert r"{\footnotesize" in tex
    assert typeset(tex, ENGINE).faults == ()


@pytest.mark.latex
@needs_latex
def test_an_error_is_told_with_its_line() -> None:
    assert ENGINE is not None
    with pytest.raises(DerivgenError, match=r"Undefined control sequence.*line 3 of the \.tex: a \\nothing"):
        typeset("\\documentclass{article}\n\\begin{document}\na \\nothing\n\\end{document}\n", ENGINE)


@pytest.mark.latex
@needs_latex
@pytest.mark.parametrize(
    "attack",
    [
        r"\input{/etc/passwd}",
        r"\openin1=/etc/passwd \ifeof1 \undefinedhere\fi",
        r"\immediate\openout1=../derivgen-x ",
    ],
)
def test_the_engine_reads_and_writes_its_own_folder_only(attack: str) -> None:
    assert ENGINE is not None
    with pytest.raises(DerivgenError):
        typeset(f"\\documentclass{{article}}\\begin{{document}}{attack} x\\end{{document}}", ENGINE)


@pytest.mark.latex
@needs_latex
def test_an_engine_that_does_not_stop_is_stopped() -> None:
    assert ENGINE is not None
    with pytest.raises(DerivgenError, match="did not finish within 1 seconds"):
        typeset("\\documentclass{article}\\begin{document}\\def\\a{\\a}\\a\\end{document}", ENGINE, seconds=1)


@needs_latex
@pytest.mark.latex
def test_a_matrix_of_twelve_columns_is_set() -> None:
    wide = Equation(Line(f, (row(*(number(k) for k in range(12))),)))
    document = Document(("Wide",), "wide", "en", "", (wide,))
    assert "11" in words_of(pdf_of(render(document, "tex")))


# A matrix is as an array of as many columns; `\like` complains where the two are not of one size.
LIKE = r"""\newcommand\like[2]{\sbox0{$\displaystyle\begin{bmatrix}#2\end{bmatrix}$}%
  \sbox2{$\displaystyle\left[\hskip-\arraycolsep\begin{array}{#1}#2\end{array}\hskip-\arraycolsep\right]$}%
  \ifdim\wd0=\wd2\ifdim\ht0=\ht2\ifdim\dp0=\dp2\else\errmessage{depth}\fi\else\errmessage{height}\fi\else\errmessage{width}\fi}
"""


@needs_latex
@pytest.mark.latex
@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("c", "1"),
        ("ccc", r"a & \frac{b}{c} & -1 \\[7pt] [x] & \multicolumn{2}{r}{z}"),
        ("c" * 70, "&".join(["x"] * 70) + r"\\ 1"),
        (
            "cc",
            r"\begin{array}{l|r@{!}}1 & 2 \\ 345 & 6\end{array} & \begin{pmatrix}1 \\ 345\end{pmatrix} \\ 1 & 2",
        ),
    ],
)
def test_a_matrix_is_set_as_an_array_of_as_many_columns(columns: str, cells: str) -> None:
    pdf_of(
        render(QUADRATIC, "tex").replace(r"\end{document}", f"{LIKE}\\like{{{columns}}}{{{cells}}}\\end{{document}}")
    )


@needs_latex
@pytest.mark.parametrize("letters", range(60, 70, 3))
def test_the_points_of_a_question_stand_beside_its_last_line(letters: int) -> None:
    question = Question("a)", "question-1a", ("word " * 14 + "m" * (letters - 60) + "end",), ("2 points",))
    said = words_of(pdf_of(render(Document(("Sheet",), "sheet", "en", "", (question,)), "tex")))
    assert [line for line in said.splitlines() if "2 points" in line and line.strip() != "2 points"], said


@needs_latex
def test_a_table_of_words_is_set_once_and_as_wide_as_the_text() -> None:
    table = Table((("one",), ("two",)), ((("first",), ("second " * 30,)),), widths=(30, 70))
    tex = render(Document(("Page",), "page", "en", "", (table,)), "tex")
    body = tex.partition("\\begin{document}")[2]
    assert r"\wordstable{2}" in body
    assert r"\inwords" not in body
    pdf_of(tex)
    measured = body.replace(r"\wordstable", r"\widetable")
    for words in ("one", "two", "first", ("second " * 30).rstrip()):
        measured = measured.replace(words, rf"\inwords{{{words}}}")
    assert pdf_of(tex.partition("\\begin{document}")[0] + "\\begin{document}" + measured) == pdf_of(tex)


def numbered(rows: int, high: int) -> Table:
    """A table of so many rows, each with a column of so many numbers."""
    column = Grid(tuple((Letter("x"),) for _ in range(high)))
    return Table((("name",), ("value",)), tuple(((f"row {k}",), (column,)) for k in range(rows)))


@pytest.mark.latex
@needs_latex
@pytest.mark.parametrize(("rows", "is_parted"), [(3, False), (12, True)])
def test_a_high_table_fills_the_page_and_goes_on_on_the_next_one(rows: int, is_parted: bool) -> None:
    before = tuple(Paragraph((f"Paragraph {k}.",)) for k in range(22 if is_parted else 27))
    source = render(Document(("Page",), "page", "en", "", (*before, numbered(rows, 3))), "tex")
    assert (r"\rowsapart" in source.partition(r"\begin{document}")[2]) is is_parted
    first, second, *_ = words_of(pdf_of(source)).split("\f")
    assert ("row 1" in first, "row 0" in second) == (is_parted, not is_parted)
    if is_parted:
        # Its head has rows below it, and its last row is not alone.
        assert "name" in first
        assert "row 10" in second


@pytest.mark.latex
@needs_latex
@pytest.mark.parametrize("lines", range(8, 26, 3))
def test_no_row_of_a_table_stands_alone(lines: int) -> None:
    before = tuple(Paragraph((f"Paragraph {k}.",)) for k in range(lines))
    text = words_of(pdf_of(render(Document(("Page",), "page", "en", "", (*before, numbered(12, 3))), "tex")))
    assert all(len(re.findall(r"row \d", page)) != 1 for page in text.split("\f"))


@pytest.mark.latex
@needs_latex
def test_a_parted_table_looks_like_a_whole_one() -> None:
    blocks = (Paragraph(("Before.",)), numbered(8, 3), Paragraph(("After.",)))
    source = render(Document(("Page",), "page", "en", "", blocks), "tex")
    whole = source.replace(r"\rowsapart\wordstable", r"\wordstable")
    assert whole != source
    assert places_in(pdf_of(whole)) == places_in(pdf_of(source))
