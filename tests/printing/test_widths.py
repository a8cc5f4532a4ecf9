"""How wide formulas are guessed to be, beside what TeX says of them."""

from __future__ import annotations

import pytest

from derivgen.printing.boxes import Marked, Row
from derivgen.printing.texmath import read_math
from derivgen.printing.widths import width

# In em of Latin Modern at 11 points: \wd of the formula in \displaystyle.
AS_SET = (
    (r"\mathrm{d}f = 2(\mathbf{A}\mathbf{x} - \mathbf{b})^\top\mathbf{A}\,\mathrm{d}\mathbf{x}", 10.0),
    (r"\operatorname{tr}((\mathbf{X}^\top\mathbf{C}\mathbf{X})^{-1}\mathbf{A}^\top\,\mathrm{d}\mathbf{X})", 9.7),
    (r"\mathbf{M}\mathbf{W}\mathbf{N}\mathbf{H}\mathbf{U}\mathbf{Q}\mathbf{D}\mathbf{K}", 7.6),
    (r"\mathbf{i}\mathbf{l}\mathbf{j}\mathbf{t}\mathbf{r}\mathbf{s}\mathbf{f}\mathbf{I}", 3.2),
    (
        r"\frac{\partial f}{\partial\mathbf{x}} = \left(\frac{\mathbf{x}^\top\mathbf{x}}{2} - \lambda\right)\mathbf{x}",
        8.9,
    ),
    (r"\sum_{i = 1}^n\sum_{j = 1}^m A_{ij}\,\delta_{jk}", 5.9),
    (r"\begin{bmatrix}\cos\theta & -r\sin\theta \\ \sin\theta & r\cos\theta\end{bmatrix}", 7.5),
    (r"\underbrace{\mathbf{a}}_{n \times 1}\,\underbrace{\mathbf{B}}_{n \times n}\,\mathrm{d}\mathbf{x}", 4.8),
    (r"\operatorname{softmax}(\mathbf{z}) \odot (\mathbf{1} - \operatorname{softmax}(\mathbf{z})) = \mathbf{J}", 15.2),
    (r"\alpha\beta\gamma + \Sigma\Omega\Phi + \mu\omega", 7.7),
    (r"12345.678 \times 90", 6.5),
    (r"\sqrt{1 + x^2} + \lVert\mathbf{r}\rVert^2 + |x|", 9.1),
)


@pytest.mark.parametrize(("source", "em"), AS_SET)
def test_a_formula_is_as_wide_as_paper_makes_it(source: str, em: float) -> None:
    assert width(read_math(source)) == pytest.approx(em, rel=0.04)


def test_a_name_keeps_its_room_at_the_ends_of_a_mark() -> None:
    formula = read_math(r"\mathbf{x}\log\mathbf{x}")
    assert isinstance(formula, Row)
    first, *others = formula.boxes
    assert width(Row((first, Marked(Row(tuple(others)), "made")))) == pytest.approx(width(formula))
