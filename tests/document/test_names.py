"""The title of a step names the rule that is used, not the family that the rule belongs to."""

from __future__ import annotations

import pytest

from derivgen.document.wording.names import title_of
from derivgen.render.plain import words
from tests.calculus.judge import derived


@pytest.mark.parametrize(
    ("variables", "function", "assume", "name"),
    [
        ("X: matrix(n, n)", "f = logdet(X)", ("det(X) > 0",), "Chain rule; derivative of the logarithm"),
        ("x: scalar", "f = sin(x)", (), "Derivative of the sine"),
        ("x: scalar", "f = exp(x)", (), "Derivative of the exponential"),
        ("x: scalar", "f = tanh(x)", (), "Derivative of the hyperbolic tangent"),
        ("x: scalar", "f = atan(x)", (), "Derivative of the arctangent"),
        ("x: vector(n)", "f = cos(x)", (), "Element-wise function; derivative of the cosine"),
    ],
)
def test_a_step_is_called_by_the_function_that_it_differentiates(
    variables: str, function: str, assume: tuple[str, ...], name: str
) -> None:
    steps = derived(variables, function, f"f wrt {variables[0]}", assume=assume).steps
    assert name in [words(title_of(step)) for step in steps]


def test_a_family_keeps_its_name_where_several_of_it_are_used_in_one_line() -> None:
    titles = [words(title_of(step)) for step in derived("x: scalar", "f = sin(x) + cos(x)", "f wrt x").steps]
    assert any("sine, cosine, tangent" in title.lower() for title in titles)


def test_the_softmax_has_a_jacobian_by_name() -> None:
    steps = derived("z: vector(n); t: vector(n)", "p = softmax(z); L = dot(t, p)", "L wrt z").steps
    assert words(title_of(steps[0])) == "Jacobian of the softmax"
