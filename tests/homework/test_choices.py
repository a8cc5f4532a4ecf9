"""Whether a draw has enough wrong answers: the quick way says so only where the full way offers as many."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.errors import DerivgenError
from derivgen.homework import choices
from derivgen.homework.answered import answers
from derivgen.homework.drawing import drawers_of
from derivgen.homework.draws import Drawer, derived
from derivgen.homework.options import options_by_question, right_letters
from derivgen.spec.homework.neat import Vanishes

from .test_draws import sheet_of

SHEET = """\
homework: Choices
seed: choices
exercises:
  - id: drawn
    parameters: {{{parameters}}}
    variables: {{{variables}}}
    functions:
      f: "{function}"
    ask: [{{derivative: f wrt x, answer: choice, options: {options}}}]
"""
MATRICES = 'x: vector(n), A: "matrix(n, n)", b: vector(n)'
NUMBER = "c: {integer: [1, 6]}"
NUMBERS = "c: {integer: [1, 6]}, d: {integer: [-2, 3]}"
# Parameters, variables, function, options, and whether the quick way knows of any draw that it has enough.
EXERCISES = {
    "quadratic": (NUMBERS, MATRICES, "{c}*x.T @ A @ x + {d}*b.T @ x", "{count: 4}", True),
    "power": ("p: {integer: [2, 5]}", "x: scalar", "3*x**{p}", "{count: 4}", True),
    "name": ("g: {function: [sigmoid, tanh]}, c: {integer: [2, 4]}", MATRICES, "{c}*b.T @ {g}(x)", "{count: 4}", True),
    "norm": (NUMBERS, MATRICES, "{c}*norm(A @ x - b)**2 + {d}*x.T @ x", "{count: 5, none_of_these: true}", True),
    "misfits": (NUMBER, 'x: "matrix(m, n)", A: "matrix(p, m)", B: "matrix(n, p)"', "{c}*tr(A @ x @ B)",
                "{from: [missing_transpose, reversed_trace, wrong_sign, dropped_factor]}", True),
    "layout": (NUMBER, MATRICES, "{c}*A @ x", "{count: 3, from: [other_layout, wrong_sign]}", True),
    "by-one-only": (NUMBER, MATRICES, "{c}*A @ x", "{count: 4, from: [other_layout, wrong_sign]}", False),
    "a-two-or-not": ("c: {integer: [1, 2]}", MATRICES, "{c}*b.T @ x", "{count: 10}", False),
}  # fmt: skip


def drawer_of(name: str, folder: Path) -> Drawer:
    """The drawer of one of the exercises."""
    parameters, variables, function, options, _ = EXERCISES[name]
    text = SHEET.format(parameters=parameters, variables=variables, function=function, options=options)
    return drawers_of(sheet_of(text, folder))["drawn"]


@pytest.mark.parametrize("name", EXERCISES)
def test_what_is_said_quickly_of_choices_is_so(tmp_path: Path, name: str) -> None:
    """Every draw of which the quick way says that it has enough wrong answers gets its options by the full way."""
    drawer, quick = drawer_of(name, tmp_path), []
    for drawn in (drawer.every() or ())[:16]:
        values = dict(drawn)
        try:
            exercise = drawer.template.exercise(values, drawer.generals.ready(values))
            found = answers(drawer.generals.of(values), exercise, values)
        except (DerivgenError, Vanishes):
            continue
        quick.append(drawer.choices.are_enough(exercise, values, found))
        if quick[-1]:
            options = options_by_question(exercise, derived(exercise), ("seed", "name"))
            letters = [next(one.letter for one in each if one.is_right) for each in options]
            assert right_letters(exercise, ("seed", "name")) == tuple(letters)
    assert quick
    assert any(quick) == EXERCISES[name][-1]


def test_wrong_answers_that_the_full_way_does_not_offer_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What general wrong answers promise is nothing where the trials do not bear it out."""
    monkeypatch.setattr(choices, "distractors", lambda *_: ())
    drawer = drawer_of("quadratic", tmp_path)
    drawn = (drawer.every() or ())[-1]
    exercise = drawer.template.exercise(dict(drawn))
    found = answers(None, exercise, dict(drawn))
    assert not drawer.choices.are_enough(exercise, dict(drawn), found)
