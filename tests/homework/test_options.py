"""Options to choose from: the wrong ones are wrong, for NumPy too, and no student is told which they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from derivgen.answers.distractors import NAMES
from derivgen.document.blocks import Paragraph
from derivgen.document.sheet import answer_in_short, key, solutions, student
from derivgen.homework.leaks import secrets_of
from derivgen.homework.options import shuffled
from derivgen.homework.sampler import Stream
from derivgen.project.homework import worked_sheet
from derivgen.project.projects import project_of
from derivgen.render.aloud import aloud
from derivgen.render.plain import plain

from .sheets import written
from .test_documents import answers, worked

Array = NDArray[np.float64]

SHEET = """\
homework: Choices
seed: one
layout: denominator
exercises:
  - id: a
    variables: {{{variables}}}
    functions:
      f: {function}
    ask:
      - derivative: {request}
        points: 2
        rubric: auto
        answer: choice
        options: {{{options}}}
"""
QUADRATIC = ('x: vector(n), A: "matrix(n, n)", b: vector(n)', "3 * x.T @ A @ x + b.T @ x", "f wrt x")
CASES = {
    "quadratic": QUADRATIC,
    "symmetric": ("x: vector(n), A: symmetric(n)", "x.T @ A @ x", "f wrt x"),
    "least squares": ('x: vector(n), A: "matrix(m, n)", b: vector(m)', "norm(A @ x - b)**2", "f wrt x"),
    "softmax": ("x: vector(n)", "softmax(x)", "f wrt x"),
    "elementwise": ("x: vector(n)", "sin(x)", "f wrt x"),
    "layer": ('x: vector(n), A: "matrix(m, n)", b: vector(m)', "tanh(A @ x + b)", "f wrt x"),
    "product": ("x: scalar, y: scalar", "x**2 * sin(y*x)", "f wrt x"),
    "inverse": ('X: "matrix(n, n)", x: vector(n), b: vector(n)', "x.T @ inv(X) @ b", "f wrt X"),
    "determinant": ('X: "matrix(n, n)"', "logdet(X)", "f wrt X"),
}
SIZES = {"n": 3, "m": 2}


def sheet(case: tuple[str, str, str], options: str = "count: 4") -> str:
    variables, function, request = case
    return SHEET.format(variables=variables, function=function, request=request, options=options)


def question(case: tuple[str, str, str], folder: Path, options: str = "count: 4") -> dict[str, Any]:
    (found,) = answers(worked(sheet(case, options), folder))
    return found


# The oracle: the language read by Python with the functions of NumPy, vectors as columns.


def softmax(x: Array) -> Array:
    found: Array = np.exp(x) / np.exp(x).sum()
    return found


FUNCTIONS: dict[str, Any] = {
    "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "softmax": softmax, "diag": np.diagflat, "inv": np.linalg.inv,
    "norm": np.linalg.norm, "sign": np.sign, "eye": np.eye, "ones": lambda n: np.ones((n, 1)),
    "sum": np.sum, "det": np.linalg.det, "logdet": lambda X: np.linalg.slogdet(X)[1],
    "norm1": lambda x: np.abs(x).sum(), "matpow": np.linalg.matrix_power, "tr": np.trace,
}  # fmt: skip


def value(expression: str, point: dict[str, Any]) -> Array:
    found = eval(expression, {"__builtins__": {}}, {**FUNCTIONS, **SIZES, **point})  # noqa: S307  # our own output
    return np.asarray(np.atleast_2d(found), dtype=np.float64)


# Mistakes whose answers may be products of arrays that do not meet, which NumPy refuses.
MISFITS = ("missing_transpose", "reversed_trace")


def has_no_value(expression: str, point: dict[str, Any]) -> bool:
    try:
        value(expression, point)
    except ValueError:
        return True
    return False


def drawn(variables: dict[str, str], seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    point: dict[str, Any] = {}
    for name, declared in variables.items():
        kind, _, inside = declared.rstrip(")").partition("(")
        sizes = [SIZES[size.strip()] for size in inside.split(",")] if inside else []
        shape = {"scalar": (), "vector": (*sizes, 1), "matrix": tuple(sizes), "symmetric": (*sizes, *sizes)}[kind]
        array = rng.uniform(0.5, 2.0, shape)
        point[name] = array + array.T if kind == "symmetric" else float(array) if kind == "scalar" else array
    return point


def derivative(function: str, wrt: str, point: dict[str, Any], step: float = 1e-6) -> Array:
    """The derivative in denominator layout, by central differences."""
    x = np.array(point[wrt], dtype=float)
    columns = []
    for place in np.ndindex(x.shape):
        ends = []
        for sign in (1, -1):
            moved = x.copy()
            moved[place] += sign * step
            ends.append(value(function, {**point, wrt: moved if moved.shape else float(moved)}).ravel())
        columns.append((ends[0] - ends[1]) / (2 * step))
    found = np.array(columns)
    return found.reshape(x.shape) if x.ndim and x.shape[1] > 1 else found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_one_option_is_the_derivative_and_the_others_are_not(case: tuple[str, str, str], tmp_path: Path) -> None:
    found = question(case, tmp_path)
    wrt = case[2].removeprefix("f wrt ")
    assert len(found["options"]) == 4
    assert [option["right"] for option in found["options"]].count(True) == 1
    points = [drawn(found["variables"], seed) for seed in range(3)]
    wanted = [derivative(case[1], wrt, point) for point in points]
    for option in found["options"]:
        if option["mistake"] in MISFITS and has_no_value(option["text"], points[0]):
            continue
        given = [value(option["text"], point) for point in points]
        is_right = [a.shape == b.shape and np.allclose(a, b, rtol=1e-4) for a, b in zip(given, wanted, strict=True)]
        assert all(is_right) if option["right"] else not any(is_right), option
        # Nor is it the derivative in the other layout, which nobody asked about.
        turned = [a.T.shape == b.shape and np.allclose(a.T, b, rtol=1e-4) for a, b in zip(given, wanted, strict=True)]
        assert option["right"] or not any(turned), option


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_options_differ_in_value_and_in_print(case: tuple[str, str, str], tmp_path: Path) -> None:
    options = question(case, tmp_path)["options"]
    variables = question(case, tmp_path)["variables"]
    points = [drawn(variables, seed) for seed in range(3)]
    sound = [o["text"] for o in options if o["mistake"] not in MISFITS or not has_no_value(o["text"], points[0])]
    values = [np.concatenate([value(text, point).ravel() for point in points]) for text in sound]
    for k, one in enumerate(values):
        assert not any(one.shape == other.shape and np.allclose(one, other, rtol=1e-6) for other in values[k + 1 :])
    assert len({option["text"] for option in options}) == len({option["latex"] for option in options}) == 4


TRACE = ('X: "matrix(m, n)", A: "matrix(p, m)", B: "matrix(n, p)"', "7*tr(A @ X @ B)", "f wrt A")


def test_a_choice_asks_about_matrices_and_its_shapes_do_not_give_the_right_one_away(tmp_path: Path) -> None:
    names = "missing_transpose, reversed_trace, other_layout, wrong_sign, dropped_factor"
    options = question(TRACE, tmp_path, f"from: [{names}]")["options"]
    texts = {option["mistake"]: option["text"] for option in options}
    # By hand: the gradient of tr(A X B) by A is (X B).T = B.T X.T; what lost its 7 is p x m too.
    assert texts[None] == "7*B.T @ X.T"
    assert texts["dropped_factor"] == "B.T @ X.T"
    assert texts["other_layout"] == "7*X @ B"
    assert set(texts) < {None, "dropped_factor", "other_layout", "missing_transpose", "reversed_trace"}


def test_where_a_2_comes_from_is_asked_where_differentiating_makes_one(tmp_path: Path) -> None:
    def told(function: str) -> str:
        case = ('X: "matrix(m, n)", A: "matrix(p, m)", B: "matrix(n, p)"', function, "f wrt X")
        options = question(case, tmp_path, "count: 2, from: [missing_factor_2]")["options"]
        return next(str(option["feedback"]) for option in options if not option["right"])

    assert told("7*tr(A @ X @ B)") == "This is half of the answer."
    assert told("7*tr(X.T @ X)") == "You have half of the answer: where does a 2 come from?"


def test_a_declared_symmetry_is_no_mistake(tmp_path: Path) -> None:
    general = question(QUADRATIC, tmp_path, "count: 2, from: [assumed_symmetric]")
    assert [option["mistake"] for option in general["options"] if not option["right"]] == ["assumed_symmetric"]
    (fault,) = worked(sheet(CASES["symmetric"], "count: 2, from: [assumed_symmetric]"), tmp_path).faults
    assert fault.code == "options"


def test_fewer_wrong_answers_than_asked_for_is_a_fault_at_its_place(tmp_path: Path) -> None:
    done = worked(sheet(QUADRATIC, "count: 4, from: [wrong_sign, lost_diag]"), tmp_path)
    assert done.made is None
    (fault,) = done.faults
    assert fault.span is not None
    assert (fault.code, fault.span.line, fault.span.column) == ("options", 14, 9)
    assert "3 wrong answers are needed, and f wrt x has 1" in fault.message
    assert "set count to 2" in fault.hint
    assert "wrong_sign" in fault.hint


def test_the_other_layout_is_offered_where_it_is_named_and_once(tmp_path: Path) -> None:
    named = question(QUADRATIC, tmp_path, f"count: 6, from: [{', '.join(NAMES)}]")
    usual = question(QUADRATIC, tmp_path, "count: 6")
    assert [option["mistake"] for option in named["options"]].count("other_layout") == 1
    assert "other_layout" not in [option["mistake"] for option in usual["options"]]


def test_only_the_named_mistakes_are_made_and_each_has_its_sentence(tmp_path: Path) -> None:
    names = {"dropped_product_term", "assumed_symmetric", "wrong_sign"}
    wrong = [
        option
        for option in question(QUADRATIC, tmp_path, f"from: [{', '.join(sorted(names))}]")["options"]
        if not option["right"]
    ]
    assert {option["mistake"] for option in wrong} == names
    told = {option["mistake"]: option["feedback"] for option in wrong}
    assert told["assumed_symmetric"] == "Right only if A is symmetric, and it is not declared so."
    assert told["dropped_product_term"] == "x occurs 2 times; you differentiated 1 of them."


def test_the_order_follows_from_the_seed(tmp_path: Path) -> None:
    def order(seed: str) -> list[str]:
        (found,) = answers(worked(sheet(QUADRATIC).replace("seed: one", f"seed: {seed}"), tmp_path))
        return [option["text"] for option in found["options"]]  # type: ignore[attr-defined]  # a list

    assert order("one") == order("one")
    orders = [order(f"s{number}") for number in range(8)]
    assert len({tuple(one) for one in orders}) > 3
    assert len({tuple(sorted(one)) for one in orders}) == 1


def test_every_place_of_the_right_option_is_as_likely() -> None:
    places = [shuffled("right", Stream(seed)).index("g") for seed in range(2000)]
    counts = [places.count(place) for place in range(5)]
    # 400 are expected at each of 5 places; 5 standard deviations are 89.
    assert all(abs(count - 400) < 89 for count in counts)


def test_none_of_these_is_the_last_option_and_not_right(tmp_path: Path) -> None:
    *_, last = question(QUADRATIC, tmp_path, "count: 3, none_of_these: true")["options"]
    assert (last["id"], last["text"], last["right"]) == ("d", "None of these.", False)


def test_students_see_the_options_with_letters_and_nothing_about_them(tmp_path: Path) -> None:
    made = worked(sheet(QUADRATIC), tmp_path).made
    assert made is not None
    page = student(made, "sheet")
    labels = [block.label for block in page.blocks if isinstance(block, Paragraph) and block.label.endswith(")")]
    assert labels == ["A)", "B)", "C)", "D)"]
    text = plain(page)
    options = answers(worked(sheet(QUADRATIC), tmp_path))[0]["options"]
    assert isinstance(options, list)
    assert all(option["text"] in text for option in options)
    assert not any(option["feedback"] in text for option in options if option["feedback"])
    assert "Which of these is the gradient" in text
    assert "A transpose" in aloud(page, worked(sheet(QUADRATIC), tmp_path).notation)


def test_the_key_and_the_solutions_name_the_right_letter_and_what_is_wrong_with_the_others(tmp_path: Path) -> None:
    done = worked(sheet(QUADRATIC), tmp_path)
    assert done.made is not None
    options = answers(done)[0]["options"]
    assert isinstance(options, list)
    (right,) = (option["id"].upper() for option in options if option["right"])
    for made in (key, solutions):
        text = " ".join(plain(made(done.made, "x")).split())
        assert f"Right: {right}) 3*(A + A.T) @ x + b" in text
        assert all(option["feedback"] in text for option in options)
    assert answer_in_short(done.made.tasks[0].parts[0])[0] == f"{right}) "


def test_a_choice_earns_all_points_or_none(tmp_path: Path) -> None:
    assert question(QUADRATIC, tmp_path)["rubric"] == [{"points": 2, "text": "The right option is chosen"}]


def test_german_options_are_told_in_german(tmp_path: Path) -> None:
    done = worked(sheet(QUADRATIC).replace("seed: one", "seed: one\nlanguage: de"), tmp_path)
    assert done.made is not None
    feedback = json.dumps(answers(done)[0]["options"], ensure_ascii=False)
    assert "Richtig nur für ein symmetrisches A" in feedback
    assert "Wählen Sie." in plain(student(done.made, "x"))


def test_options_of_a_choice_are_no_leak(tmp_path: Path) -> None:
    found = question(QUADRATIC, tmp_path)
    assert not [secret for secret in secrets_of({"questions": [found]}) if secret.question]
    shown = {**found, "answer": "expression"}
    assert [secret for secret in secrets_of({"questions": [shown]}) if secret.question]


def test_of_many_variants_an_expression_has_no_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = sheet(QUADRATIC).replace("        answer: choice\n        options: {count: 4}\n", "")
    monkeypatch.setattr("derivgen.homework.key.MOST_OFFERED", 0)
    (found,) = answers(worked(text, tmp_path))
    assert found["options"] == []


def test_an_expression_has_options_to_be_exported_with(tmp_path: Path) -> None:
    text = sheet(QUADRATIC).replace("        answer: choice\n        options: {count: 4}\n", "")
    path = written(text, tmp_path)
    project_of.cache_clear()
    done = worked_sheet(path, path, cross_check=False)
    (found,) = answers(done)
    assert found["answer"] == "expression"
    options = found["options"]
    assert isinstance(options, list)
    assert len(options) == 4
    assert [option["text"] for option in options if option["right"]] == [found["text"]]
    assert done.made is not None
    assert not any(option["text"] in plain(student(done.made, "x")) for option in options)
