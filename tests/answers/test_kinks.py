"""Answers that are the derivative near zero alone: what they do beyond a kink is looked at."""

from __future__ import annotations

import pytest

from derivgen.answers.check import judge
from derivgen.answers.key import key_of
from derivgen.calculus.derive import derive
from derivgen.problem.problem import LayoutName
from tests.answers.questions import problem_of

HINGE: Question = ("x: vector(n); a: vector(n)", "f = max(0, 1 - dot(a, x))", "f wrt x", "denominator")
LOSS: Question = (
    "x: vector(n); y: scalar; w: vector(n); b: scalar",
    "f = relu(1 - y*(dot(w, x) + b))",
    "f wrt w",
    "denominator",
)
SQUARES: Question = ("x: vector(n)", "f = sum(x**2)", "f wrt x", "denominator")
LOGARITHM: Question = ("x: vector(n)", "f = sum(log(x))", "f wrt x", "denominator")
CORNER: Question = ("t: scalar", "f = max(t, 3*t - 8)", "f wrt t", "numerator")
CLIPPED: Question = ("x: scalar", "f = max(1, min(x, 6))", "f wrt x", "numerator")
NEURON: Question = ("w: vector(n); x: vector(n)", "f = relu(w.T @ x)", "f wrt w", "denominator")
ABSOLUTE: Question = ("x: vector(n)", "f = norm1(x)", "f wrt x", "denominator")
SIGMOID: Question = ("x: scalar", "f = sigmoid(x)", "f wrt x", "numerator")


Question = tuple[str, str, str, LayoutName]


def verdict(question: Question, answer: str) -> tuple[str, str | None]:
    variables, functions, derivative, layout = question
    problem = problem_of(variables, functions, derivative)
    judged = judge(key_of(problem, derive(problem, problem.requests[0])), answer, layout)
    return judged.verdict, judged.mistake


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (HINGE, "-step(1 - dot(a, x))*a*step(4 + dot(a, x))"),
        (LOSS, "-y*x*step(1 - y*(dot(w, x) + b))*step(3 - y)"),
        (SQUARES, "2*min(x, 5)"),
        (SQUARES, "2*max(x, -5)"),
        (SQUARES, "2*x*step(norm(x) - 0.1)"),
        (SQUARES, "2*x*step(100 - norm(x))"),
        (SQUARES, "2*relu(x) - 2*relu(-x) + step(x - 3)*step(3.01 - x)"),
        (LOGARITHM, "1/x + step(x - 3)"),
        (LOGARITHM, "1/x + step(0.01 - x)"),
        (CORNER, "1 + 2*step(t - 3)"),
        (CORNER, "1 + 2*step(t - 5)"),
        (CLIPPED, "step(x)*step(6 - x)"),
        (NEURON, "sigmoid(1000*(w.T @ x))*x"),
        (ABSOLUTE, "tanh(1000*x)"),
        (ABSOLUTE, "x/sqrt(x**2 + 1e-7)"),
    ],
)
def test_an_answer_that_differs_beyond_a_kink_is_wrong(question: Question, answer: str) -> None:
    assert verdict(question, answer) == ("wrong", None)


@pytest.mark.parametrize("answer", ["1", "step(t)", "1 + step(3 - t)*0"])
def test_a_key_has_points_on_both_sides_of_its_own_kinks(answer: str) -> None:
    assert verdict(CORNER, answer)[0] in ("wrong", "mistake")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (HINGE, "where(dot(a, x) < 1, -a, zeros(n))"),
        (SQUARES, "2*relu(x) - 2*relu(-x)"),
        (SQUARES, "2*min(max(x, -5), 5) + 2*relu(x - 5) - 2*relu(-x - 5)"),
        (CORNER, "where(t > 4, 3, 1)"),
        (CORNER, "1 + 2*step(2*t - 8)"),
        (CLIPPED, "step(x - 1)*step(6 - x)"),
        # The exponentials are too large for floats far off, and so is what they cancel.
        (SIGMOID, "where(x > 3, exp(-x)/(1 + exp(-x))**2, exp(x)/(1 + exp(x))**2)"),
        (SIGMOID, "where(x > 30, exp(-x)/(1 + exp(-x))**2, exp(x)/(1 + exp(x))**2)"),
    ],
)
def test_an_answer_that_is_the_derivative_on_every_side_is_right(question: Question, answer: str) -> None:
    assert verdict(question, answer) == ("correct", None)
