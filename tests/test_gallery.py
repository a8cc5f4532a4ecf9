"""The gallery: each spec of the course is read, derived and cross-checked, and says what the course must say."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from derivgen.document.blocks import Document, Equation, Heading, Line, StepBlock
from derivgen.expr.nodes import Apply, Expr
from derivgen.printing.marks import NOTHING, difference, marked
from derivgen.printing.present import present
from derivgen.problem.problem import Problem, Request
from derivgen.project.documents import document_of
from derivgen.project.places import page_name
from derivgen.project.projects import project_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.aloud import aloud
from derivgen.render.formats import render
from derivgen.render.plain import words
from derivgen.render.rubric import judged
from derivgen.spec.files import find_specs
from tests.calculus.judge import assignments, differ, drawn, numbers_in, size_names, wholly
from tests.gallery_rows import ROWS, Row
from tests.oracle import Array, Point
from tests.printing.marked import marks, stays
from tests.slopes import Rough, curvature, settled, slope

GALLERY = Path(__file__).parents[1] / "specs"
SPECS = find_specs([GALLERY])
NAMES = [str(path.relative_to(GALLERY)) for path in SPECS]

COURSE = pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])

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
    "K14": "An operator for each component",
    "K15": "The element-wise diagonal condition",
    "K16": "From a vector to a diagonal matrix",
    "K17": "A scalar stands for a vector of copies",
    "K18": "The derivative moves inside the sum",
    "K19": "One path from the variable to the result",
    "K20": "A recipe in four steps",
    "K21": "The dataflow picture",
    "K22": "Rates multiply as units cancel",
    "K23": "Two orders of multiplication",
    "K24": "Add up all paths",
    "K25": "When the single-path rule fails",
    "K26": "The terms add even where the function multiplies",
    "K27": "An alias for the variable itself",
    "K28": "One rule, two names",
    "K29": "A product of two Jacobians",
    "K30": "The diagonal case",
    "K31": "A function in two pieces",
    "K32": "A name for the error",
    "K33": "What the gradient says for one sample",
    "K34": "Step against the gradient",
    "K35": "Append the bias to the weights",
    "T1": "An example for each",
    "T2": "The four operations of arithmetic",
    "T3": "Two derivatives of different shape",
    "T4": "The reductions of this course",
    "T5": "An example for each",
    "T6": "Two orders of multiplication",
    "T7": "Signs",
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
def test_each_page_answers_every_question_of_the_rubric(path: Path) -> None:
    problem = read(path).problem
    found = judged(document(path), read(path).notation, "standard" if problem is None else problem.detail)
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_derivation_is_verified_and_a_second_engine_agrees(path: Path) -> None:
    done = read(path)
    assert len(done.derivations) == (0 if done.problem is None else len(done.problem.requests))
    for found in done.derivations:
        assert found.cross_check is not None
        assert found.cross_check.agrees
        assert all(step.check.points for step in found.steps)
        assert found.steps[-1].after == found.results[0].expr


def asked(row: Row) -> tuple[Problem, Request]:
    """What the spec of a row asks for."""
    problem = read(GALLERY / f"{row.spec}.yaml").problem
    assert problem is not None
    (request,) = (request for request in problem.requests if request.text == row.request)
    return problem, request


def points_of(problem: Problem) -> Iterator[tuple[dict[str, int], Point]]:
    """Random points that satisfy what the specs assume: invertible matrices, targets that add up to 1."""
    totals = [condition.left.arguments[0] for condition in problem.assumptions if isinstance(condition.left, Apply)]
    for sizes in assignments(size_names(problem)):
        for seed in range(8):
            point = dict(drawn(problem.variables, sizes, np.random.default_rng(seed), positive=seed % 2 == 1))
            for name, variable in problem.variables.items():
                array = point[name]
                if variable.symmetric:
                    array = (array + array.T) / 2
                if array.size > 1 and len(array) == array.shape[1]:
                    array = array + 3 * np.eye(len(array))
                point[name] = array / array.sum() if variable in totals else array
            yield sizes, point


def by_differences(request: Request, point: Point, sizes: dict[str, int]) -> Array:
    """The derivative in numerator layout, from values of the function alone."""

    def value(at: Point) -> Array:
        return numbers_in(request.of, at, sizes)

    names = [variable.name for variable in request.wrt]
    if request.order == 2:
        return settled(lambda width: curvature(value, names[0], point, width))
    return settled(lambda width: slope(value, names, point, width))


@COURSE
def test_each_row_of_the_course_is_the_derivative_of_its_spec_by_differences(row: Row) -> None:
    problem, request = asked(row)
    numerator, denominator = wholly(row.numerator, problem), wholly(row.denominator, problem)
    judged = 0
    for sizes, point in points_of(problem):
        try:
            wanted = by_differences(request, point, sizes)
        except Rough:
            continue
        judged += 1
        assert differ(numbers_in(numerator, point, sizes), wanted) < 1e-5
        assert differ(numbers_in(denominator, point, sizes), wanted.T) < 1e-5
    assert judged >= 4


@COURSE
def test_each_row_of_the_course_is_derived_by_the_spec_that_is_filed_under_it(row: Row) -> None:
    problem, request = asked(row)
    path = tagged(row.id)
    assert path == GALLERY / f"{row.spec}.yaml"
    (found,) = (found for found in read(path).derivations if found.request.text == request.text)
    answers: dict[str, str] = {"numerator": row.numerator, "denominator": row.denominator}
    assert {result.layout for result in found.results} == set(answers)
    for sizes, point in points_of(problem):
        for result in found.results:
            book = numbers_in(wholly(answers[result.layout], problem), point, sizes)
            assert differ(numbers_in(result.expr, point, sizes), book) < 1e-9


def test_every_row_of_the_course_is_there_once() -> None:
    assert [row.id for row in ROWS] == [
        *(f"A{k:02}" for k in range(1, 14)),
        *(f"B{k:02}" for k in range(1, 56)),
        *(f"C{k:02}" for k in range(1, 49)),
    ]


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
    assert spec.settings.references
    assert all(re.search(r"\((?:19|20)\d\d\)", reference.value) for reference in spec.settings.references)


SAID = re.compile(r"[^\W_][\w\s,;.]*")


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_each_formula_of_a_page_has_words_in_html_and_in_typst(path: Path) -> None:
    notation = read(path).notation
    whole = render(document(path), "html", notation=notation)
    # The labels of a picture are parts of one image, which has its own words.
    page = re.sub(r'<div role="img".*?</div>', "", whole, flags=re.DOTALL)
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


def lines(path: Path) -> Iterator[tuple[Expr, Expr]]:
    """What each line of a page rewrites, and its first form that is new."""
    for block in document(path).blocks:
        match block:
            case StepBlock(equation=Equation(line=Line(rights=rights, was=was))) if was is not None:
                yield was, next(right for right in rights if right != was)


@pytest.mark.parametrize("path", SPECS, ids=NAMES)
def test_outside_its_marks_a_line_is_the_one_before(path: Path) -> None:
    for was, new in lines(path):
        before, after = present(was), present(new)
        found = difference(before, after)
        goes, comes = marked(before, due=found.before), marked(after, made=found.after)
        assert not (marks(goes) or marks(comes)) or stays(goes) == stays(comes)


def test_most_lines_that_rewrite_one_before_show_where() -> None:
    found = [difference(present(was), present(new)) for path in SPECS for was, new in lines(path)]
    assert len(found) > 50
    assert sum(one != NOTHING for one in found) > len(found) / 2
