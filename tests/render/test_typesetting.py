"""What keeps formulas and programs readable on paper and on a phone: where lines break, and how much room there is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from derivgen.document.blocks import Code, Document, Paragraph, Text
from derivgen.expr.nodes import Sum, Unresolved
from derivgen.render.formats import FormatName, render
from derivgen.render.pdf import typst
from derivgen.render.pdf.latex import find_engine, typeset
from tests.measured import measured, needs_chromium, page_of
from tests.render.samples import QUADRATIC, f, x

ENGINE = find_engine()
needs_latex = pytest.mark.skipif(ENGINE is None, reason="no pdflatex here")
HESSIAN = Unresolved(Unresolved(f, (x,)), (x,))


def written(text: Text, form: FormatName) -> str:
    return render(Document(("Words",), "words", "en", "", (Paragraph(text),)), form).rpartition("Words")[2]


def lines_of(document: Document) -> list[str]:
    assert ENGINE is not None
    pdf = typeset(render(document, "tex"), ENGINE).pdf
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def test_a_short_formula_among_words_is_not_broken_and_a_long_one_may_be() -> None:
    short, long = Sum((x, x)), Sum((x,) * 12)
    assert r"\({\mathbf{x} + \mathbf{x}}\)" in written((short,), "tex")
    assert r"\({" not in written((long,), "tex")
    assert "#box[#math.equation" in written((short,), "typ")
    assert "#box[#math.equation" not in written((long,), "typ")


@pytest.mark.parametrize(("form", "space"), [("html", "of\u00a0<math"), ("tex", "of~\\("), ("typ", "of\u00a0")])
def test_a_short_word_stays_with_the_symbol_after_it(form: FormatName, space: str) -> None:
    assert space in written(("The gradient of ", x, " is a row."), form)


def test_typst_keeps_the_bar_of_a_fraction_away_from_a_transpose_below_it() -> None:
    assert "height: 0.95em)" in written((HESSIAN,), "typ")
    assert "height: 0.95em)" not in written((Unresolved(f, (x,)),), "typ")


@pytest.mark.parametrize("marks", ["made(due(x))", "due(made(x))", "due(a + made(x))"])
def test_typst_has_the_lines_of_marks_within_each_other_at_different_heights(marks: str) -> None:
    inner = re.sub(r"^\w+\((a \+ )?(.*)\)$", r"\2", marks)
    claim = f"#context assert(measure($ {marks} $).height > measure($ {inner} $).height + 1pt)"
    assert typst.typeset(render(QUADRATIC, "typ") + claim).warnings == ()


MEASURE = r"""\sbox0{$\displaystyle\frac{1}{\mathbf{x}^{\top}}$}\sbox2{$\displaystyle\closefrac{1}{\mathbf{x}^{\top}}$}
\ifdim\dp0<\dimexpr\dp2+1pt\relax\errmessage{the bar is close}\fi
\sbox0{$\dfrac{x}{y}$}\sbox2{$\closedfrac{x}{y}$}
\ifdim\ht0<\dimexpr\ht2+1.5pt\relax\errmessage{the row is low}\fi
\end{document}"""
# Two lines: a letter that reaches down, and below it what is nearly as high as a line.
CLOSE = r"""\newsavebox{\high}\sbox{\high}{\rule{1pt}{12pt}}
\sbox4{\parbox{3em}{g\newline\usebox{\high}}}\sbox6{g}
\ifdim\dimexpr\ht4+\dp4\relax<\dimexpr\ht6+\dp6+12pt+2.5pt\relax\errmessage{the lines touch}\fi
\end{document}"""


@pytest.mark.latex
@needs_latex
def test_latex_keeps_a_matrix_in_a_text_away_from_the_line_above() -> None:
    assert ENGINE is not None
    source = render(QUADRATIC, "tex").replace(r"\end{document}", CLOSE)
    assert typeset(source, ENGINE).faults == ()


@pytest.mark.latex
@needs_latex
def test_latex_keeps_room_under_bars_and_around_fractions_of_a_matrix() -> None:
    assert ENGINE is not None
    source = render(QUADRATIC, "tex").replace(r"\end{document}", MEASURE)
    assert typeset(source, ENGINE).faults == ()


@pytest.mark.latex
@needs_latex
def test_a_long_line_of_a_program_goes_on_further_in() -> None:
    code = "def derivative(x):\n    return " + " + ".join(["np.array(x)"] * 9)
    lines = [line for line in lines_of(Document(("Code",), "code", "en", "", (Code(code, "python"),))) if line.strip()]
    start = next(k for k, line in enumerate(lines) if "return" in line)
    first, second = (len(line) - len(line.lstrip()) for line in lines[start : start + 2])
    assert second > first


@pytest.mark.latex
@needs_latex
def test_that_this_is_the_print_version_is_said_in_the_foot_of_the_first_page() -> None:
    (foot,) = (line for line in lines_of(QUADRATIC) if "Print version" in line)
    assert foot.split()[-1] == "1"


@pytest.mark.browser
@needs_chromium
def test_on_a_phone_the_role_of_a_symbol_has_the_width_of_the_page(tmp_path: Path) -> None:
    script = "[...doc.querySelectorAll('.givens td:last-child')].map(e => e.getBoundingClientRect().width)"
    widths = measured(page_of("12-machine-learning/two-layer-network-weights", tmp_path), script, width=390)
    assert min(widths) > 300


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize(
    "spec",
    ["softmax", "softmax-cross-entropy", "two-layer-network-weights", "gaussian-by-the-mean"],
)
def test_on_a_phone_lines_are_broken_and_do_not_scroll(spec: str, tmp_path: Path) -> None:
    script = (
        "[...doc.querySelectorAll('details')].map(one => { one.open = true; })"
        " && [...doc.querySelectorAll('.formula')].map(one => one.scrollWidth - one.clientWidth)"
    )
    beyond = measured(page_of(f"12-machine-learning/{spec}", tmp_path), script, width=390)
    assert beyond
    # A fraction with a sum above its bar is not broken: there is one on the last of these pages.
    assert sum(room > 0 for room in beyond) == (spec == "gaussian-by-the-mean")


@pytest.mark.browser
@needs_chromium
def test_on_a_phone_a_long_definition_is_seen(tmp_path: Path) -> None:
    script = "[...doc.querySelectorAll('.givens .formula')].map(e => e.clientWidth)"
    widths = measured(page_of("12-machine-learning/gaussian-by-the-mean", tmp_path), script, width=390)
    assert min(widths) > 200
