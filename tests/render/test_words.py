"""Formulas in words, and shapes as formulas."""

from __future__ import annotations

import pytest

from derivgen.expr.nodes import Expr, Product, Transpose
from derivgen.printing.present import present
from derivgen.render.formats import placed
from derivgen.render.shapes import shape_box
from derivgen.render.spoken import spoken
from derivgen.render.words import ENGLISH
from tests.render.samples import QUADRATIC, A, both, df, f_x, x


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (Product((Transpose(x), A, x)), "x transpose A x"),
        (Product((both, x)), "( A plus A transpose ) x"),
        (f_x, "partial f over partial x"),
        (df, "d f"),
    ],
    ids=["product", "fenced", "derivative", "differential"],
)
def test_a_formula_is_said_in_words(expr: Expr, said: str) -> None:
    assert spoken(present(expr)) == said


@pytest.mark.parametrize(
    ("shape", "said"),
    [("1 x n", "1 by n"), ("n × 1", "n by 1"), ("p*q x m + 1", "p q by m plus 1"), ("10 x 2", "10 by 2")],
)
def test_a_shape_is_a_formula(shape: str, said: str) -> None:
    box = shape_box(shape)
    assert box is not None
    assert spoken(box) == said


@pytest.mark.parametrize("words", ["scalar", "both terms 1 x 1 each", "", "n by 1"])
def test_other_words_are_no_shape(words: str) -> None:
    assert shape_box(words) is None


def test_only_blocks_without_a_heading_of_their_own_get_a_label() -> None:
    assert [item.label for item in placed(QUADRATIC.blocks, ENGLISH) if item.label] == ["Answer"]
