"""Formulas in words, and shapes as formulas."""

from __future__ import annotations

import pytest

from derivgen.printing.speech import speech
from derivgen.render.placing import placed
from derivgen.render.shapes import shape_box
from derivgen.render.words import ENGLISH
from tests.render.samples import QUADRATIC


@pytest.mark.parametrize(
    ("shape", "said"),
    [("1 x n", "1 by n"), ("n × 1", "n by 1"), ("p*q x m + 1", "p q by m plus 1"), ("10 x 2", "10 by 2")],
)
def test_a_shape_is_a_formula(shape: str, said: str) -> None:
    box = shape_box(shape)
    assert box is not None
    assert speech(box) == said


@pytest.mark.parametrize("words", ["scalar", "both terms 1 x 1 each", "", "n by 1"])
def test_other_words_are_no_shape(words: str) -> None:
    assert shape_box(words) is None


def test_only_blocks_without_a_heading_of_their_own_get_a_label() -> None:
    assert [item.label for item in placed(QUADRATIC.blocks, ENGLISH) if item.label] == ["Answer"]
