"""The gallery: each spec of the first course is read, derived and cross-checked, and says what the course must say."""

from __future__ import annotations

import html
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from derivgen.document.blocks import Document, Heading
from derivgen.printing.text import text
from derivgen.project.documents import document_of
from derivgen.project.site import page_name
from derivgen.project.work import Wishes, Worked, project_of, worked
from derivgen.render.aloud import aloud
from derivgen.render.formats import render
from derivgen.render.plain import words
from derivgen.spec.files import find_specs

GALLERY = Path(__file__).parents[1] / "specs"
SPECS = find_specs([GALLERY])
NAMES = [str(path.relative_to(GALLERY)) for path in SPECS]

# For each derivation: the request, the answer in numerator and in denominator layout, and the shape of the first.
ANSWERS = {
    "A01": ("y wrt x", "m", "m", ("1", "1")),
    "A02": ("z wrt w", "x.T", "x", ("1", "n")),
    "A03": ("z wrt b", "1", "1", ("1", "1")),
    "A04": ("C wrt a", "-2*(t - a)", "-2*(t - a)", ("1", "1")),
    "A05": ("f wrt x, y", "[[20*x*y**2, 20*x**2*y]]", "[20*x*y**2, 20*x**2*y]", ("1", "2")),
    "A06": ("F wrt x, y", "[[20*x*y**2, 20*x**2*y], [2, 8*y**7]]", "[[20*x*y**2, 2], [20*x**2*y, 8*y**7]]", ("2", "2")),
    "A07": (
        "y wrt x",
        "[[x[2], x[1], 0], [0, x[3], x[2]], [x[3], 0, x[1]]]",
        "[[x[2], 0, x[3]], [x[1], x[3], 0], [0, x[2], x[1]]]",
        ("3", "3"),
    ),
    "A08": (
        "y wrt x",
        "[[x[2]*x[3], x[1]*x[3], x[1]*x[2]], [1, 2*x[2], 0]]",
        "[[x[2]*x[3], 1], [x[1]*x[3], 2*x[2]], [x[1]*x[2], 0]]",
        ("2", "3"),
    ),
    "A09": ("y wrt x", "A", "A.T", ("m", "n")),
    "A10": ("f wrt x", "2*x", "2*x", ("1", "1")),
    "A11": ("f wrt x", "[[1, 2*x[2], 3*x[3]**2]]", "[1, 2*x[2], 3*x[3]**2]", ("1", "3")),
    "A12": ("f wrt x", "[1, 2*x, 3*x**2]", "[[1, 2*x, 3*x**2]]", ("3", "1")),
    "A13": (
        "f wrt x",
        "[[2*x[1]*x[2], x[1]**2, 0], [0, 1, 1], [0, 0, cos(x[3])]]",
        "[[2*x[1]*x[2], 0, 0], [x[1]**2, 1, 0], [0, 1, cos(x[3])]]",
        ("3", "3"),
    ),
}

# For each concept of the course: the heading that it stands under.
HEADINGS = {
    "K01": "The affine function and the neuron",
    "K02": "Why training needs gradients",
    "K03": "An operator maps a function to a function",
    "K04": "One variable moves, the others stand still",
    "K05": "All partial derivatives of one function",
    "K06": "One gradient in each row",
    "K07": "Numerator layout and denominator layout",
    "K08": "A vector is a column, a component is a scalar",
    "K09": "The picture from physics",
    "K10": "A vector of functions",
    "K11": "The m × n rule",
    "K12": "Keeping rows and columns apart",
    "K13": "When in doubt, write components",
    "T8": "The table of all shapes",
}


@cache
def read(path: Path) -> Worked:
    """The spec with its derivations, each cross-checked."""
    return worked(path, GALLERY, Wishes(cross_check=True))


@cache
def document(path: Path) -> Document:
    """The page of the spec, which has no fault."""
    made, faults = document_of(read(path), name(path), GALLERY)
    assert faults == ()
    return made


def name(path: Path) -> str:
    """The path of the page in the site."""
    spec = read(path).loaded.spec
    assert spec is not None
    return page_name(path, GALLERY, spec.slug)


def tags(path: Path) -> tuple[str, ...]:
    """What the spec is filed under."""
    spec = read(path).loaded.spec
    assert spec is not None
    return tuple(tag.value for tag in spec.settings.tags)


def tagged(tag: str) -> Path:
    """The one spec with this tag."""
    (path,) = (path for path in SPECS if tag in tags(path))
    return path


def test_the_project_file_of_the_gallery_has_no_fault_and_names_every_chapter() -> None:
    project = project_of(GALLERY)
    used = {spec.settings.course.chapter for spec in (read(path).loaded.spec for path in SPECS) if spec is not None}
    assert project.faults == ()
    assert set(project.chapters) == used


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_spec_makes_a_page_without_fault(path: Path) -> None:
    done = read(path)
    assert (done.messages, done.status) == ((), 0)
    assert done.derivations or (done.loaded.spec is not None and done.loaded.spec.page is not None)
    assert document(path).blocks


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_derivation_is_verified_and_a_second_engine_agrees(path: Path) -> None:
    done = read(path)
    assert len(done.derivations) == (0 if done.problem is None else len(done.problem.requests))
    for found in done.derivations:
        assert found.cross_check is not None
        assert found.cross_check.agrees
        assert all(step.check.points for step in found.steps)
        assert found.steps[-1].after == found.results[0].expr


@pytest.mark.parametrize("tag", ANSWERS)
def test_the_answer_of_each_derivation_of_the_course_is_right_in_both_layouts(tag: str) -> None:
    request, numerator, denominator, shape = ANSWERS[tag]
    (found,) = read(tagged(tag)).derivations
    results = {result.layout: result for result in found.results}
    assert found.request.text == request
    assert text(results["numerator"].expr) == numerator
    assert text(results["denominator"].expr) == denominator
    assert tuple(map(str, (results["numerator"].shape.rows, results["numerator"].shape.columns))) == shape
    assert results["denominator"].shape == results["numerator"].shape.transposed


@pytest.mark.parametrize(
    ("tag", "rows", "columns"), [("general-jacobian", "m", "n"), ("general-jacobian-of-three", "3", "3")]
)
def test_a_page_derives_the_jacobian_of_functions_of_which_nothing_is_known(tag: str, rows: str, columns: str) -> None:
    (found,) = read(tagged(tag)).derivations
    shape = found.results[0].expr.shape
    assert (str(shape.rows), str(shape.columns)) == (rows, columns)


@pytest.mark.parametrize("tag", HEADINGS)
def test_each_concept_of_the_course_has_a_heading_on_the_page_that_is_filed_under_it(tag: str) -> None:
    headings = [words(block.text) for block in document(tagged(tag)).blocks if isinstance(block, Heading)]
    assert HEADINGS[tag] in headings


def test_no_tag_of_a_concept_or_derivation_is_there_twice() -> None:
    counted = Counter(tag for path in SPECS for tag in tags(path))
    assert set(counted.values()) == {1}


def test_no_two_specs_share_an_output() -> None:
    names = Counter(name(path).lower() for path in SPECS)
    assert set(names.values()) == {1}


def test_no_two_specs_share_a_place_in_the_course() -> None:
    places = Counter(spec.settings.course for path in SPECS if (spec := read(path).loaded.spec) is not None)
    assert set(places.values()) == {1}


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_spec_has_a_title_without_its_tag_a_summary_and_a_reference(path: Path) -> None:
    spec = read(path).loaded.spec
    assert spec is not None
    assert spec.title.value[:1].isupper()
    assert not any(tag in spec.title.value for tag in tags(path))
    assert spec.settings.summary is not None
    assert any("1802.01528" in reference.value for reference in spec.settings.references)


SAID = re.compile(r"[^\W_][\w\s,;.]*")


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_formula_of_a_page_has_words_in_html_and_in_typst(path: Path) -> None:
    notation = read(path).notation
    page = render(document(path), "html", notation=notation)
    heard = [html.unescape(said) for said in re.findall(r'<math [^>]*?alttext="([^"]+)"', page)]
    assert len(heard) == page.count("<math") > 0
    source = render(document(path), "typ", notation=notation)
    written = re.findall(r'math\.equation\([^"$]*?alt: "([^"]+)"', source)
    assert len(written) == source.count("math.equation(") > 0
    assert all(SAID.fullmatch(said) and "_" not in said for said in (*heard, *written))


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_page_can_be_read_aloud(path: Path) -> None:
    said = aloud(document(path), read(path).notation)
    assert not re.search(r"[\\{}^_=*@∂⊤]|\$", re.sub(r"\w+_\w+", "", said))
    assert all(line.endswith((".", "!", "?")) for line in said.splitlines())
