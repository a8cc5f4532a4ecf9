"""Numbers that stand in one array are written in one form; a number alone is written as it reads best."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derivgen.expr.build import row
from derivgen.expr.nodes import Constant, Stack
from derivgen.printing.latex import latex
from derivgen.printing.present import present


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
