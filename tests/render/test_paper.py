"""What a printed page looks like: the size of fractions among words, and pages that are not left nearly empty."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from derivgen.document.blocks import Document, Given, Givens, Paragraph
from derivgen.expr.build import number
from derivgen.expr.nodes import Product, Quotient, Variable
from derivgen.expr.sizes import SCALAR
from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from derivgen.render.formats import FormatName, render
from derivgen.render.pdf import latex, typst
from tests.render.samples import x

ROOT = Path(__file__).parents[2]
ENGINE = latex.find_engine()
IN_LATEX = [pytest.mark.latex, pytest.mark.skipif(ENGINE is None, reason="no pdflatex here")]
HIGH = 842  # points of a page
a = Variable("a", SCALAR)


def boxes(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each word of a PDF with its upper and lower edge, in points."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    found = re.findall(r'<word .*yMin="([\d.]+)" .*yMax="([\d.]+)">(.*)</word>', done.stdout.decode())
    return [(word, float(top), float(foot)) for top, foot, word in found]


@pytest.mark.parametrize("form", ["typ", pytest.param("tex", marks=IN_LATEX)])
def test_a_fraction_in_the_role_of_a_symbol_has_letters_of_full_size(form: FormatName) -> None:
    fraction = Quotient(Product((number(71), a)), Product((number(73), a)))
    blocks = (Givens(("symbol", "shape", "role"), (Given(x, "n x 1", ("entry ", fraction)),)), Paragraph((fraction,)))
    source = render(Document(("Title",), "title", "en", "", blocks), form)
    pdf = typst.typeset(source).pdf if ENGINE is None or form == "typ" else latex.typeset(source, ENGINE).pdf
    in_role, among_words = (foot - top for word, top, foot in boxes(pdf) if word.startswith("71"))
    assert in_role > 1.25 * among_words


@pytest.mark.parametrize("engine", ["typst", pytest.param("latex", marks=IN_LATEX)])
@pytest.mark.parametrize(
    "spec",
    [
        "12-machine-learning/softmax-cross-entropy",
        "11-matrix-calculus/least-squares",
        "11-matrix-calculus/quadratic-form",
    ],
)
def test_pages_are_filled_and_the_last_one_has_more_than_a_line_or_two(spec: str, engine: str, tmp_path: Path) -> None:
    project_of.cache_clear()
    options = BuildOptions(tmp_path, ("pdf",), engine, 1, cross_check=True)
    assert max(told.status for told in built((str(ROOT / "specs" / f"{spec}.yaml"),), options)) == 0
    project_of.cache_clear()
    pdf = (tmp_path / "site" / f"{Path(spec).name}.pdf").read_bytes()
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().split("<page ")[1:]
    # The number of the page stands in the foot.
    feet = [[float(foot) for foot in re.findall(r'yMax="([\d.]+)"', page)] for page in pages]
    *others, last = (max(foot for foot in own if foot < 0.92 * HIGH) for own in feet)
    assert min(others) > 0.6 * HIGH
    assert last > 0.2 * HIGH


@pytest.mark.parametrize("engine", ["typst", pytest.param("latex", marks=IN_LATEX)])
def test_no_page_ends_with_the_plan_of_what_begins_on_the_next(engine: str, tmp_path: Path) -> None:
    """The heading of a part and its plan stand above the steps that they announce."""
    project_of.cache_clear()
    options = BuildOptions(tmp_path, ("pdf",), engine, 1, cross_check=True)
    specs = tuple(
        str(ROOT / "specs" / f"{spec}.yaml") for spec in ("11-matrix-calculus/quadratic-form", "09-the-neuron/neuron")
    )
    assert max(told.status for told in built(specs, options)) == 0
    project_of.cache_clear()
    for path in map(Path, specs):
        pdf = next((tmp_path / "site").rglob(f"{path.stem}.pdf"))
        done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
        announced = [page.rpartition("Plan.")[2] for page in done.stdout.decode().split("\f") if "Plan." in page]
        assert announced
        assert ["Steps" in rest for rest in announced] == [True] * len(announced)
