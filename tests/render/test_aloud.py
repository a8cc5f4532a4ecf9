"""A page read aloud: plain sentences, every formula in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.document.blocks import Paragraph
from derivgen.document.wording.conditions import conditions_text
from derivgen.expr.nodes import Variable
from derivgen.expr.sizes import Shape, Size
from derivgen.printing.notation import Notation
from derivgen.printing.speechwords import ENGLISH
from derivgen.problem.problem import Condition
from derivgen.render.aloud import aloud, said_shape
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.scope import Scope
from tests.render.samples import QUADRATIC


def test_answers_and_steps_are_sentences_with_their_shapes() -> None:
    said = aloud(QUADRATIC, Notation()).splitlines()
    assert "Answer." in said
    assert any(line.startswith("Step 1, ") and line.endswith(".") for line in said)
    assert any("Shape 1 by n." in line for line in said)


@pytest.mark.parametrize(
    ("shape", "said"), [("1 x n", "1 by n"), ("p*q x m + 1", "p q by m plus 1"), ("scalar", "scalar")]
)
def test_a_shape_is_said(shape: str, said: str) -> None:
    assert said_shape(shape, ENGLISH) == said


n = Size.named("n")
SCOPE = Scope({"X": Variable("X", Shape(n, n))}, frozenset("mn"))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("X invertible", "X is invertible."),
        ("X.T @ X invertible", "Matrix X transpose X is invertible."),
        ("X positive definite", "X is positive definite."),
        ("det(X) > 0", "The determinant of matrix X is greater than 0."),
        ("det(X) != 0", "The determinant of matrix X is not equal to 0."),
        ("m >= n", "m is at least n."),
        ("X > 0", "X is greater than 0 in every entry."),
    ],
)
def test_a_condition_is_said_with_its_sign(condition: str, said: str) -> None:
    words = conditions_text((Condition(*parse_condition(condition, SCOPE)),))
    page = replace(QUADRATIC, blocks=(Paragraph(words),))
    assert aloud(page, Notation()).splitlines()[-1].casefold() == said.casefold()


@pytest.fixture
def asked() -> list[str]:
    return [
        "derive",
        "x.T @ A @ x",
        "--wrt",
        "x",
        "--var",
        "x: vector(n)",
        "--var",
        "A: matrix(n, n)",
        "--format",
        "speech",
    ]


def test_the_command_line_reads_an_expression_aloud(asked: list[str]) -> None:
    result = CliRunner().invoke(main, [*asked, "--layout", "numerator"])
    assert result.exit_code == 0
    assert "vector x transpose times the quantity matrix A plus A transpose, end quantity" in result.stdout
    # The title is what was typed.
    assert "@" not in result.stdout.partition("\n")[2]


def test_the_answer_alone_is_one_line_for_each_layout(asked: list[str]) -> None:
    result = CliRunner().invoke(main, [*asked, "--answer-only", "--layout", "both"])
    numerator, denominator = result.stdout.splitlines()
    assert numerator.startswith("Numerator layout. ")
    assert numerator.endswith("Shape 1 by n.")
    assert denominator.endswith("Shape n by 1.")
