"""The box of answers: each answer once, what it needs beside it, in columns, on the first screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivgen.calculus.derive import derive
from derivgen.document.arrangements import answer
from derivgen.document.blocks import Answer, Document
from derivgen.render.formats import FormatName, render
from derivgen.render.plain import words
from tests.calculus.judge import problem_of
from tests.measured import measured, needs_chromium, page_of

GALLERY = (
    "09-the-neuron/neuron",
    "10-the-loss/mean-squared-loss",
    "11-matrix-calculus/quadratic-form",
    "11-matrix-calculus/least-squares",
    "12-machine-learning/two-layer-network-weights",
)


def table(variables: str, functions: str, *requests: str) -> Answer:
    problem = problem_of(variables, functions, *requests)
    return answer(problem, [derive(problem, request) for request in problem.requests])


def written(block: Answer, form: FormatName) -> str:
    """The box in a form, without what stands above it."""
    return render(Document(("Answers",), "answers", "en", "", (block,)), form).rpartition("Answers")[2]


QUADRATIC = ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", "f wrt x twice")


def test_an_answer_that_is_the_same_in_both_layouts_is_shown_once() -> None:
    found = table(*QUADRATIC)
    gradient, hessian = ([words(head) for head, _ in found.shown(row)] for row in found.rows)
    assert gradient == ["numerator layout", "denominator layout"]
    assert hessian == ["both layouts"]


@pytest.mark.parametrize("form", ["html", "tex", "typ"])
def test_every_form_names_both_layouts_once_and_needs_no_heads_where_all_answers_agree(form: FormatName) -> None:
    # What is said of steps where one layout stands alone is for the screen, and not for an answer in both.
    several = re.sub(r'<p class="remark aside.*?</p>', "", written(table(*QUADRATIC), form))
    assert (several.count("both layouts"), several.count("numerator layout")) == (1, 1)
    alone = written(table("t: scalar", "f = t**3", "f wrt t"), form)
    assert (alone.count("both layouts"), alone.count("numerator layout")) == (1, 0)


def test_a_condition_stands_in_the_row_of_the_answer_that_needs_it() -> None:
    found = table("x: vector(n); y: vector(n)", "f = sum(relu(x)) + sum(y)", "f wrt x", "f wrt y")
    assert [words(row.note) for row in found.rows] == ["where x ≠ 0 in every entry.", ""]
    assert found.note == ()


def test_a_condition_of_all_answers_is_said_once_below_them() -> None:
    found = table("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; a = relu(z)", "a wrt w", "a wrt b")
    assert [row.note for row in found.rows] == [(), ()]
    assert words(found.note) == "where z ≠ 0."


@pytest.mark.parametrize("form", ["tex", "typ"])
def test_four_answers_of_two_layers_stand_in_two_columns_on_paper(form: FormatName) -> None:
    layers = "W: matrix(h, d); V: matrix(k, h); x: vector(d); t: vector(k)"
    found = table(layers, "z = W @ x; a = relu(z); L = norm(V @ a - t)**2/2", "L wrt W", "L wrt V")
    source = written(found, form)
    assert source.count("numerator layout") == source.count("denominator layout") == 1


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("spec", GALLERY)
def test_the_answers_end_on_the_first_screen_of_a_phone_and_none_sticks_out(spec: str, tmp_path: Path) -> None:
    script = (
        "[doc.querySelector('.answer').getBoundingClientRect().bottom, doc.documentElement.scrollWidth,"
        " ...[...doc.querySelectorAll('.answer .formula')]"
        ".map(e => e.scrollWidth - e.clientWidth)]"
    )
    bottom, wide, *hidden = measured(page_of(spec, tmp_path), script, width=390)
    assert bottom <= 844
    assert wide <= 390
    assert max(hidden, default=0) <= 0


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("spec", GALLERY[:1] + GALLERY[-1:])
def test_the_answers_of_all_rows_stand_below_each_other(spec: str, tmp_path: Path) -> None:
    script = (
        "[...doc.querySelectorAll('.answer .row')].map(row => row"
        ".querySelector('.cell > math:last-child, .cell > :last-child math').getBoundingClientRect().left)"
    )
    first, *others = measured(page_of(spec, tmp_path), script, width=1100)
    assert others
    assert max(abs(one - first) for one in others) < 1


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("spec", ["12-machine-learning/softmax-cross-entropy", "10-the-loss/mean-squared-loss"])
def test_the_names_of_layouts_stand_on_one_line(spec: str, tmp_path: Path) -> None:
    """A formula with a transpose is higher than its neighbour and used to push its name up."""
    script = (
        "[...doc.querySelector('.answer .row').querySelectorAll('.layout strong')]"
        ".map(e => e.getBoundingClientRect().bottom)"
    )
    first, second = measured(page_of(spec, tmp_path), script, width=1100)
    assert abs(first - second) < 0.5
