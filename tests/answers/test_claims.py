"""Wrong derivatives by numbers alone: the complex step gives them the values that the rules of the engine give."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from derivgen.answers.against import same, values
from derivgen.answers.check import judge
from derivgen.answers.claims import Variant, worked_out, worth
from derivgen.answers.key import Key, key_of
from derivgen.answers.reals import Reading
from derivgen.answers.variants import variants
from derivgen.calculus.derive import derive
from tests.answers.questions import problem_of

TABLE = Path(__file__).with_name("answers.txt").read_text("utf-8").splitlines()
QUESTIONS = [line.removeprefix("? ") for line in TABLE if line.startswith("? ")]


@cache
def key(question: str) -> Key:
    variables, functions, derivative, _, *assume = (part.strip() for part in question.split(" | "))
    problem = problem_of(variables, functions, derivative.rstrip("| "), *assume)
    return key_of(problem, derive(problem, problem.requests[0]))


def by_numbers(asked: Key, claim: Variant) -> tuple[Reading | None, ...]:
    found = worth(asked, claim)
    assert found is not None
    return tuple(found.at(number) for number in range(len(asked.places)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_values_of_a_wrong_derivative_are_those_that_the_rules_give(question: str) -> None:
    asked = key(question)
    for claim in variants(asked.problem, asked.request, asked.results["numerator"]):
        expr = worked_out(asked.problem, asked.request, claim)
        if expr is None:
            continue
        assert expr.shape == claim.expr.shape
        for found, wanted in zip(by_numbers(asked, claim), values(asked, expr), strict=True):
            assert wanted is None or (found is not None and same(found, wanted)), (claim.mistake, str(claim.expr))


@pytest.mark.parametrize(
    ("variables", "functions", "derivative", "answer", "mistake"),
    [
        # d det/dX where the determinant is negative at some points: its logarithm is no real number there.
        ("X: matrix(n, n)", "f = det(X)", "f wrt X", "inv(X).T", "det_logdet_confusion"),
        ("S: symmetric(n); x: vector(n)", "f = x.T @ S @ x", "f wrt x", "2*S", "wrong_order_of_derivative"),
        (
            "x: vector(n); c: vector(n)",
            "f = norm(x)**2 + dot(c, x)",
            "f wrt x twice",
            "2*x + c",
            "wrong_order_of_derivative",
        ),
        ("x: scalar; a: vector(n)", "y = sin(x)*a", "y wrt x", "-sin(x)*a", "wrong_order_of_derivative"),
    ],
)
def test_a_mistake_is_named_from_values_alone(
    variables: str, functions: str, derivative: str, answer: str, mistake: str
) -> None:
    asked = key(f"{variables} | {functions} | {derivative} | denominator")
    assert judge(asked, answer, "denominator").mistake == mistake
