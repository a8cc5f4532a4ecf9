"""Answers found by putting numbers into general ones: believed only where small steps bear them out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derivgen.calculus.records import Result
from derivgen.expr.nodes import Constant, Expr, Product
from derivgen.homework import answered
from derivgen.homework.answered import Answered, answers
from derivgen.homework.drawing import drawers_of
from derivgen.homework.general import Found

from .test_draws import sheet_of

SHEET = """\
homework: Hessian
seed: hessian
exercises:
  - id: drawn
    parameters: {c: {integer: [2, 9]}}
    variables: {x: vector(n), A: "matrix(n, n)", y: vector(m), B: "matrix(m, n)"}
    functions:
      f: "{c}*x.T @ A @ x + exp(y.T @ B @ x)"
    ask: [f wrt x twice, "f wrt x, then y", f wrt x]
"""
DRAWN = {"c": "3"}


def doubled(expr: Expr) -> Expr:
    """Twice an expression."""
    return Product((Constant(Fraction(2)), expr))


def with_first_doubled(one: Found) -> Found:
    """A first derivative that is wrong."""
    return one if one.first is None else replace(one, first=doubled(one.first))


def with_result_doubled(one: Found) -> Found:
    """A derivative that is wrong."""
    results = tuple(Result(each.layout, doubled(each.expr)) for each in one.derivation.results)
    return replace(one, derivation=replace(one.derivation, results=results))


@pytest.mark.parametrize(
    ("spoil", "is_derived"), [(lambda one: one, False), (with_first_doubled, True), (with_result_doubled, True)]
)
def test_a_general_answer_that_is_wrong_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Found], Found], *, is_derived: bool
) -> None:
    """A wrong general derivative, first or second, makes the concrete function be derived."""
    drawer = drawers_of(sheet_of(SHEET, tmp_path))["drawn"]
    general, exercise = drawer.generals.of(DRAWN), drawer.template.exercise(DRAWN)
    assert general is not None
    right = [answered._derived(exercise, request) for request in exercise.requests]
    calls: list[object] = []

    def derived(*arguments: object) -> Answered:
        calls.append(arguments)
        return right[len(calls) - 1]

    monkeypatch.setattr(answered, "_derived", derived)
    found = answers(replace(general, found=tuple(map(spoil, general.found))), exercise, DRAWN)
    assert bool(calls) == is_derived
    assert [one.numerator for one in found] == [one.numerator for one in right]
