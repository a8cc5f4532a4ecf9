"""Parts and steps are numbered so that no number looks like a symbol of the page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derivgen.calculus.derive import derive
from derivgen.document.blocks import Block, Heading, StepBlock
from derivgen.document.numbering import step_number
from derivgen.document.wording.telling import told
from derivgen.document.worked import worked
from derivgen.render.plain import words
from tests.calculus.judge import problem_of


def blocks_of(variables: str, functions: str, *requests: str) -> Sequence[Block]:
    problem = problem_of(variables, functions, *requests)
    return worked(problem, [derive(problem, request) for request in problem.requests])


@pytest.mark.parametrize(
    ("letter", "number", "shown"),
    [("", "3", "3"), ("a", "3", "1.3"), ("b", "3b", "2.3b"), ("x", "2", "x2"), ("bx", "2", "2.x2"), ("b", "R", "bR")],
)
def test_a_step_has_the_number_of_its_part_before_its_own(letter: str, number: str, shown: str) -> None:
    assert step_number(letter, number) == shown


NEURON = ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; a = relu(z)", "a wrt w", "a wrt b")


def test_steps_of_a_neuron_are_not_called_like_its_activation_and_places_keep_their_names() -> None:
    steps = [block for block in blocks_of(*NEURON) if isinstance(block, StepBlock)]
    assert [(step.number, step.anchor) for step in steps] == [
        *(("1.1", "step-a1"), ("1.2", "step-a2"), ("1.3", "step-a3"), ("1.4", "step-aR")),
        *(("2.1", "step-b1"), ("2.2", "step-b2"), ("2.3", "step-b3"), ("2.4", "step-bR")),
    ]


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "title", "german"),
    [
        ("x: vector(n)", "f = x.T @ x", "f wrt x", "Gradient of f with respect to x", "Gradient von f nach x"),
        ("x: vector(n)", "f = x.T @ x", "f wrt x twice", "Hessian of f with respect to x", "Hesse-Matrix von f nach x"),
        ("x: vector(n)", "f = x*x", "f wrt x", "Jacobian of f with respect to x", "Jacobi-Matrix von f nach x"),
        ("t: scalar", "f = t**3", "f wrt t", "Derivative of f with respect to t", "Ableitung von f nach t"),
        (
            *("t: scalar", "f = t**3", "f wrt t twice"),
            *("Second derivative of f with respect to t", "Zweite Ableitung von f nach t"),
        ),
        (
            *("x: vector(n); y: vector(n)", "f = x.T @ y", "f wrt x, then y"),
            *("Second derivative of f with respect to x, then to y", "Zweite Ableitung von f nach x, dann nach y"),
        ),
    ],
)
def test_a_part_says_in_words_what_it_derives(
    variables: str, functions: str, request_: str, title: str, german: str
) -> None:
    blocks = blocks_of(variables, f"{functions}; g = 2*f", request_, "g wrt " + request_.split()[2].strip(","))
    heading = next(block for block in blocks if isinstance(block, Heading) and block.anchor == "part-a")
    assert words(heading.text).startswith(f"1. {title}: ")
    assert words(told(heading.text, "de")).startswith(f"1. {german}: ")
