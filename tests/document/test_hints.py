"""Hints speak in words: a letter of a rule's statement stands on no sheet."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Step
from derivgen.document.wording.hints import hint
from derivgen.document.wording.telling import told
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import Shape, Size
from derivgen.render.plain import words
from tests.calculus.judge import derived

W = Variable("W", Shape(Size.named("m"), Size.named("n")))
# "A" and "a" are articles, d is the differential.
LETTER = re.compile(r"(?<![\w'])(?![Aad]\b)[A-Za-z](_\w)?\b|\bd[xtX]\b")


def step_by(rule: str, variable: Expr) -> Step:
    step = derived("x: vector(n); a: vector(n)", "f = a.T @ x", "f wrt x").steps[-1]
    return replace(step, rule=rule, facts={"variable": variable})


@pytest.mark.parametrize("rule", RULES)
def test_a_hint_has_no_letter_of_its_rule(rule: str) -> None:
    typed = [piece for piece in told(hint(rule, step_by(rule, W))) if isinstance(piece, str)]
    assert [piece for piece in typed if LETTER.search(piece)] == []


def test_a_hint_to_read_off_names_the_variable_of_the_sheet() -> None:
    said = told(hint("identify-scalar-matrix", step_by("identify-scalar-matrix", W)))
    assert words(said) == "The derivative is the factor in front of dW inside the trace."
