"""Functions that have a value far from 0 alone: points lie around the numbers that their conditions name."""

from __future__ import annotations

import pytest

import derivgen
from derivgen import DerivgenError
from derivgen.calculus.illustration import illustrations
from tests.calculus.judge import derived, problem_of

# variables, function, what is assumed, gradient
FAR = [
    ("x: scalar", "log(x - 30) + x**2", (), "1/(x - 30) + 2*x"),
    ("x: scalar", "sqrt(x - 100)", (), "1/(2*sqrt(x - 100))"),
    ("x: scalar", "asin(x - 20)", (), "1/sqrt(1 - (x - 20)**2)"),
    ("x: scalar", "log((x - 5)*(7 - x))", (), "(12 - 2*x)/((x - 5)*(7 - x))"),
    ("x: scalar", "log(x**2 - 400)", (), "2*x/(x**2 - 400)"),
    ("x: scalar", "log(-x - 50)", (), "1/(x + 50)"),
    ("x: scalar", "log(x/10 - 3)", (), "1/(10*(x/10 - 3))"),
    ("x: scalar", "log(x)", ("x > 10",), "1/x"),
    ("x: scalar", "log(1000 - x**2)", ("x > 10",), "-2*x/(1000 - x**2)"),
    ("y: vector(n)", "sum(log(y - 7))", (), "1/(y - 7)"),
]


@pytest.mark.parametrize(("variables", "function", "assume", "gradient"), FAR)
def test_a_point_is_found_far_from_zero(variables: str, function: str, assume: tuple[str, ...], gradient: str) -> None:
    name, shape = variables.split(": ")
    found = derivgen.derive(function, wrt=name, variables={name: shape}, assume=assume, cross_check=True)
    assert (found.denominator.text, found.cross_checked) == (gradient, True)
    request, functions = f"f wrt {name}", f"f = {function}"
    derivation = derived(variables, functions, request, assume=assume)
    shown = illustrations(problem_of(variables, functions, request, assume=assume), derivation)
    assert shown
    assert all(one.formula == one.difference for one in shown)


def test_each_variable_is_looked_for_around_its_own_number() -> None:
    given = {"x": "scalar", "y": "scalar"}
    found = derivgen.derive("y*log(x - 30)", wrt="x", variables=given, assume=("y < -4",), cross_check=True)
    assert (found.denominator.text, found.cross_checked) == ("y/(x - 30)", True)


def test_conditions_that_contradict_each_other_have_no_point() -> None:
    with pytest.raises(DerivgenError, match="no point was found"):
        derivgen.derive("log(x - 30)", wrt="x", variables={"x": "scalar"}, assume=("x < 20",))
