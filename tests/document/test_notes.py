"""What a page says after its steps, where matrices are functions or variables."""

from __future__ import annotations

import pytest

from derivgen.document.wording import layouts_sentence, mistake
from derivgen.render.plain import words
from tests.calculus.judge import derived

MATRICES = "A: matrix(n, m); X: matrix(m, n); t: scalar; x: vector(n)"


@pytest.mark.parametrize(
    ("function", "request_", "said"),
    [
        ("f = tr(A @ X)", "f wrt X", "Denominator layout has the shape of the variable (m × n)"),
        ("f = t*X", "f wrt t", "Numerator layout has the shape of the function (m × n)"),
        ("f = t*x", "f wrt t", "Numerator layout writes one row for each function (n × 1)"),
        ("f = X @ x", "f wrt x", "In numerator layout each row belongs to one function"),
    ],
)
def test_the_layouts_are_told_apart_by_the_shapes_of_function_and_variable(
    function: str, request_: str, said: str
) -> None:
    assert words(layouts_sentence(derived(MATRICES, function, request_))).startswith(said)


def test_a_step_in_a_matrix_needs_the_denominator_layout() -> None:
    assert words(mistake(derived(MATRICES, "f = tr(A @ X)", "f wrt X"))).startswith(
        "Taking a step in X with the numerator"
    )


def test_a_softmax_is_not_told_to_have_a_diagonal_jacobian() -> None:
    said = words(mistake(derived(MATRICES, "f = softmax(x)", "f wrt x")))
    assert "Jacobian of a softmax as diagonal" in said
