"""Numbers that stand in one array are written in one form; a number alone is written as it reads best."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivgen.expr.build import negative, row
from derivgen.expr.nodes import Constant, Stack
from derivgen.printing.latex import latex
from derivgen.printing.numpy import source
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.syntax.parse import Scope, parse
from tests.calculus.judge import derived


def written(*numbers: str) -> str:
    made = latex(present(row(*(Constant(Fraction(number)) for number in numbers))))
    return made.removeprefix(r"\begin{bmatrix}").removesuffix(r"\end{bmatrix}")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1/4", "-1/5", "-1/20"), "0.25 & -0.2 & -0.05"),
        (("-1/8", "-7/20", "-1/5"), "-0.125 & -0.35 & -0.2"),
        (("2", "1/2", "3/20"), "2 & 0.5 & 0.15"),
        (("1/3", "3/20", "2"), r"\tfrac{1}{3} & \tfrac{3}{20} & 2"),
        (("1/4", "-1/5"), r"\tfrac{1}{4} & -\tfrac{1}{5}"),
        (("1/3", "2"), r"\tfrac{1}{3} & 2"),
    ],
)
def test_an_array_mixes_no_fractions_with_decimals(numbers: tuple[str, ...], expected: str) -> None:
    assert written(*numbers) == expected


def test_a_number_alone_keeps_its_own_form() -> None:
    assert latex(present(Constant(Fraction(1, 4)))) == r"\tfrac{1}{4}"
    assert latex(present(Constant(Fraction(-1, 20)))) == "-0.05"


def test_latex_sets_rows_with_fractions_of_numbers_apart() -> None:
    rows = Stack(tuple((Constant(Fraction(number)),) for number in ("1/3", "1/2")))
    whole = Stack(tuple((Constant(Fraction(number)),) for number in ("3", "2")))
    assert r"\\[4pt]" in latex(present(rows))
    assert "[4pt]" not in latex(present(whole))


@pytest.mark.parametrize(
    ("number", "in_text", "in_latex"),
    [
        ("8990000000", "8.99e9", r"8.99 \cdot 10^9"),
        ("-20000000", "-2e7", r"-2 \cdot 10^7"),
        ("1e30", "1e30", r"10^{30}"),
        ("6.626e-34", "6.626e-34", r"6.626 \cdot 10^{-34}"),
        ("-1e-7", "-1e-7", r"-10^{-7}"),
        ("0.00039756", "0.00039756", "0.00039756"),
        ("0.0001", "0.0001", "0.0001"),
        ("1000000", "1000000", "1000000"),
        ("16777216", "16777216", "16777216"),
        ("123456789", "123456789", "123456789"),
        # A power of two has a shorter fraction than decimal.
        ("1/1073741824", "9.31322574615478515625e-10", r"\tfrac{1}{1073741824}"),
        # The language reads no power of ten beyond 300.
        ("2e-310", f"0.{'0' * 309}2", r"2 \cdot 10^{-310}"),
    ],
)
def test_large_and_small_numbers_have_a_power_of_ten(number: str, in_text: str, in_latex: str) -> None:
    constant = Constant(Fraction(number))
    assert text(constant) == in_text
    assert latex(present(constant)) == in_latex
    assert parse(in_text, Scope({})) in (constant, negative(Constant(-constant.value)))


@pytest.mark.parametrize(
    ("function", "answer"),
    [
        ("f = 8.99e9*p*q/r**2", "8.99e9*q/r**2"),
        ("f = 6.626e-34*p**2/r", "1.3252e-33*p/r"),
        ("f = 1.3252e-4*p**3", "0.00039756*p**2"),
        ("f = 1e-300*p**2", "2e-300*p"),
        # A decimal where that is shorter, else a fraction.
        ("f = 0.15*p**2 + p**2/8", "0.55*p"),
        ("f = 1.702*p*q", "1.702*q"),
        ("f = q*tanh(p + 0.044715*p**3)", "q*(1 - tanh(p + 0.044715*p**3)**2)*(1 + 0.134145*p**2)"),
        ("f = 1e-3*p**2", "p/500"),
        ("f = 0.1*p**2*q - 3*p**2*q/40", "p*q/20"),
        ("f = sin(1e10*p)**2", "2e10*cos(1e10*p)*sin(1e10*p)"),
    ],
)
def test_small_factors_of_an_answer_stand_in_front(function: str, answer: str) -> None:
    found = derived("p: scalar; q: scalar; r: scalar", function, "f wrt p")
    assert text(found.result("numerator")) == answer


def test_a_factor_below_all_floats_is_printed_and_computed() -> None:
    made = derived("p: scalar", "f = (1e-200*p)**2", "f wrt p").result("numerator")
    assert source(made).code.endswith("return np.array([[0.0 * p]], dtype=float)")
