"""A page read aloud: plain sentences, every formula in words."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.printing.notation import Notation
from derivgen.render.aloud import aloud, said_shape
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
    assert said_shape(shape) == said


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
