"""What a sheet declares for its exercises, and the sentences of its solutions that speak of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.document.blocks import Document, Givens, Paragraph, StepBlock
from derivgen.document.sheet import solutions, student
from derivgen.document.wording.questions import SHEET
from derivgen.expr.nodes import Reference, Unspecified, Variable
from derivgen.printing.latex import latex
from derivgen.printing.present import present
from derivgen.render.plain import plain, words

from .test_documents import worked

SHAPE = SHEET.shape_label
HEAD = "homework: Given\nlayout: denominator\nexercises:\n  - id: one\n"
NEURON = """\
    variables: {w: vector(n), x: vector(n), b: scalar, t: scalar}
    functions:
      a: w.T @ x + b
      C: (t - a)**2/2
    ask: [C wrt a, C wrt w, a wrt b, C wrt b]
"""
SHAPES = """\
    variables: {s: scalar, v: vector(n)}
    functions:
      f: scalar of s
      h: vector(m) of s
      k: vector(m) of v
    ask:
      - {derivative: f wrt s, answer: shape}
      - {derivative: h wrt s, answer: shape}
      - {derivative: k wrt v, answer: shape}
"""
TRACE = """\
    variables: {X: "matrix(m, n)", A: "matrix(p, m)", B: "matrix(n, p)"}
    functions:
      f: tr(A @ X @ B)
    ask: [f wrt X, f wrt A]
"""


@pytest.fixture
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    """The solutions of a sheet with one exercise."""
    made = worked(HEAD + request.param, tmp_path).made
    assert made is not None
    return solutions(made, "sheet")


def named(page: Document) -> list[str]:
    """The names that the tables of what is given declare, in order."""
    rows = [row for block in page.blocks if isinstance(block, Givens) for row in block.rows]
    return [row.symbol.name for row in rows if isinstance(row.symbol, Variable | Reference | Unspecified)]


def reasons(page: Document) -> list[str]:
    """The reasons of all steps, as plain text."""
    return [words(block.why) for block in page.blocks if isinstance(block, StepBlock)]


@pytest.mark.parametrize("page", [NEURON], indirect=True)
def test_a_function_that_is_the_variable_of_another_question_is_declared_once(page: Document) -> None:
    assert named(page).count("a") == 1
    assert "an intermediate function, also a variable" in plain(page) or "the function, also a variable" in plain(page)


@pytest.mark.parametrize("page", [SHAPES], indirect=True)
def test_sizes_of_the_variables_of_unknown_functions_are_declared(page: Document) -> None:
    assert "m, n sizes: whole numbers from 1 up" in " ".join(plain(page).split())


@pytest.mark.parametrize("page", [SHAPES], indirect=True)
def test_a_shape_that_both_layouts_share_is_said_once(page: Document) -> None:
    labelled = [words(block.text) for block in page.blocks if isinstance(block, Paragraph) and block.label == SHAPE]
    first, *others = labelled
    assert first == "1 × 1 in both layouts."
    assert len(others) == 2
    assert all("in denominator layout; " in text for text in others)


@pytest.mark.parametrize("page", [SHAPES], indirect=True)
def test_no_step_says_of_a_partial_derivative_that_it_equals_itself(page: Document) -> None:
    steps = [block for block in page.blocks if isinstance(block, StepBlock)]
    # f by s, h by s, then the row of k_1 and the rows of k.
    assert [step.rule for step in steps] == ["gradient", "jacobian", "gradient", "jacobian"]
    assert reasons(page)[0] == "f is one function of the one variable s: the array has this single entry."
    assert reasons(page)[1] == "The one row is for s; column j belongs to function j."


@pytest.mark.parametrize("page", [TRACE], indirect=True)
def test_the_sign_of_the_transpose_is_explained_once_for_all_questions_of_an_exercise(page: Document) -> None:
    assert plain(page).count("transpose: rows and columns exchanged") == 1


@pytest.mark.parametrize("page", [NEURON], indirect=True)
def test_what_divides_is_called_a_divisor_and_not_a_factor(page: Document) -> None:
    told = [text for text in reasons(page) if " 2 " in text]
    assert "The divisor 2 does not contain a, so the derivative of the numerator is divided by it." in told
    assert not any(text.startswith("The factor 2") for text in told)


@pytest.mark.parametrize("page", [NEURON], indirect=True)
def test_the_order_of_a_chain_is_told_as_it_is_printed(page: Document) -> None:
    """In denominator layout the factors run from the variable to the function; numbers commute, so no order is told."""
    told = {(block.rule, words(block.why)) for block in page.blocks if isinstance(block, StepBlock)}
    assert (
        "vector-chain-den",
        "A change of w reaches C only through a; the derivatives along the way multiply, that of C last.",
    ) in told
    assert ("chain", "A change of b reaches C only through a, and the rates along the way multiply.") in told


def test_an_inner_product_is_named_in_the_order_in_which_it_stands(tmp_path: Path) -> None:
    """b^T x stays b^T x, also where x^T A x begins with the transpose of x."""
    sheet = """\
    variables: {x: vector(n), A: "matrix(n, n)", b: vector(n)}
    functions:
      f: 3*x.T @ A @ x - 2*b.T @ x
    ask: f wrt x
"""
    made = worked(HEAD + sheet, tmp_path).made
    assert made is not None
    (told,) = [text for text in reasons(solutions(made, "sheet")) if "matching entries" in text]
    assert told.startswith("b.T @ x adds up")


def test_students_are_given_each_name_once_too(tmp_path: Path) -> None:
    made = worked(HEAD + NEURON, tmp_path).made
    assert made is not None
    names = named(student(made, "sheet"))
    assert sorted(names) == sorted(set(names))


def test_two_changes_that_are_the_same_number_are_told_to_be_counted_twice(tmp_path: Path) -> None:
    """d(w^T w) = (dw)^T w + w^T dw = 2 (dw)^T w, but w^T A w has two terms that differ."""
    sheet = """\
    variables: {w: vector(n), A: "matrix(n, n)"}
    functions:
      f: 9*w.T @ w
      g: w.T @ A @ w
    ask: [f wrt w, g wrt w]
"""
    made = worked(HEAD + sheet, tmp_path).made
    assert made is not None
    told = [text for text in reasons(solutions(made, "sheet")) if "occurs twice" in text]
    assert told == [
        "w occurs twice; both places change by the same number, hence a factor 2.",
        "w occurs twice, so it changes in two places, one at a time; A does not change.",
    ]


@pytest.mark.parametrize("page", [NEURON], indirect=True)
def test_no_line_of_a_substitution_says_twice_what_reads_the_same(page: Document) -> None:
    lines = [block.equation.lines for block in page.blocks if isinstance(block, StepBlock) and "back" in block.rule]
    shown = [[latex(present(form)) for form in line.rights] for (line,) in lines]
    assert shown
    assert all(len(set(forms)) == len(forms) for forms in shown)


def test_a_function_behind_a_constant_factor_has_its_reason_too(tmp_path: Path) -> None:
    sheet = """\
    variables: {w: vector(n), x: vector(n)}
    functions:
      z: w.T @ x
      a: 11*softplus(z)
    ask: a wrt w
"""
    made = worked(HEAD + sheet, tmp_path).made
    assert made is not None
    (told,) = [text for text in reasons(solutions(made, "sheet")) if "The factor 11" in text]
    assert told.endswith(" The sigmoid is the slope of softplus, the smooth ReLU.")
