"""What the texts of the course claim of numbers holds for an example that a hasty claim would miss."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

GALLERY = Path(__file__).parents[1] / "specs"


def text_of(page: str) -> str:
    """The spec of a page with its line breaks as spaces."""
    (path,) = GALLERY.glob(f"*/{page}.yaml")
    return " ".join(path.read_text(encoding="utf-8").replace("> ", "").split())


def test_a_sample_that_is_predicted_too_low_adds_a_negative_number_to_a_slope_that_may_be_positive() -> None:
    z, y = np.array([2.0, 9.0]), np.array([3.0, 1.0])  # both on; only the first is too low
    shares = -2 / 2 * (y - np.maximum(0, z)) * (z > 0)
    assert shares[0] < 0 < shares.sum()
    text = text_of("mean-squared-loss")
    assert "predicts too little adds a negative number to" in text
    assert "is negative" not in text


def test_half_of_the_entries_of_a_two_by_two_identity_are_zero_and_not_most() -> None:
    assert np.count_nonzero(np.eye(2)) == np.eye(2).size / 2
    assert "all but $n$ of them are 0" in text_of("identity-function")


def test_one_deviation_leaves_the_covariance_no_place_where_the_derivative_vanishes() -> None:
    deviation = np.array([[1.0], [2.0]])
    assert np.linalg.matrix_rank(deviation @ deviation.T) == 1
    assert "the derivative vanishes nowhere" in text_of("gaussian-by-the-covariance")


def test_a_penalty_makes_the_solution_of_least_squares_unique_and_not_only_then_solvable() -> None:
    design, data = np.array([[1.0, 0.0], [2.0, 0.0]]), np.array([1.0, 2.0])
    solutions = (np.array([1.0, 0.0]), np.array([1.0, 5.0]))
    assert all(np.allclose(design.T @ design @ x, design.T @ data) for x in solutions)
    assert "leaves one solution where the data alone do not decide" in text_of("ridge-regression")


def test_two_shares_of_a_softmax_may_grow_at_once() -> None:
    before, after = (np.exp(x) / np.exp(x).sum() for x in (np.array([0.0, 0.0, 0.0]), np.array([2.0, 1.0, 0.0])))
    assert np.count_nonzero(after < before) == 2
    assert "the others together have to give way" in text_of("softmax")


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_a_line_through_the_corner_of_a_relu_is_nowhere_above_it_and_may_lie_on_it(slope: float) -> None:
    z = np.linspace(-2, 2, 9)
    assert np.all(slope * z <= np.maximum(0, z))
    assert np.any((slope * z == np.maximum(0, z))[z != 0]) == (slope != 0.5)
    assert "is nowhere above the graph" in text_of("derivative-of-a-maximum")
