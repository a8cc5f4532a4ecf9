"""Mathematics typed in prose is read into boxes, and what is outside the subset is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst as typst_compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.printing.boxes import Fraction, Letter, Numeral, Operator, Row, Script, Word
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.texmath import MathFault, read_math
from derivgen.printing.typst import typst
from tests.printing.formulas import parsed

TYPED = {
    r"f(\mathbf x)=\mathbf x^\top\mathbf A\mathbf x": r"f(\mathbf{x}) = \mathbf{x}^{\top}\mathbf{A}\mathbf{x}",
    r"\frac12\lVert\mathbf Ax-\mathbf b\rVert^2": r"\tfrac{1}{2}\lVert\mathbf{A}x - \mathbf{b}\rVert^2",
    r"\sum_{i=1}^N (y_i-z_i)^2": r"\sum_{i = 1}^N(y_i - z_i)^2",
    r"x^{-1}, -x, f'(x)": r"x^{-1}, -x, f'(x)",
    r"\begin{bmatrix}1&2\\[4pt] 3&4\\\end{bmatrix}": r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}",
    r"\begin{cases}1&x>0\\0&\text{else}\end{cases}": r"\begin{cases}1 & x > 0 \\ 0 & \mathrm{else}\end{cases}",
    r"\left(\frac{a}{b}\right)^2": r"\left(\frac{a}{b}\right)^2",
    r"\operatorname*{argmax}_x f(x)": r"\operatorname*{argmax}_xf(x)",
    r"\underbrace{\mathrm d x}_{1\times n}": r"{\underbrace{\mathrm{d}x}_{1 \times n}}",
    r"{\boldsymbol\theta}_1 \in \mathbb R^{m\times n}": r"\boldsymbol{\theta}_1 \in \mathbb{R}^{m \times n}",
    r"12.5x^12": r"12.5x^12",
    r"\{x : |x| \le 1\}": r"\{x : |x| \le 1\}",
    r"{ab}^2": r"{ab}^2",
    r"\sqrt{x}\hat{\mathbf y}\, \log x": r"\sqrt{x}\hat{\mathbf{y}}\,\log x",
    r"a \Rightarrow b \mapsto c \ne \infty": r"a \Rightarrow b \mapsto c \ne \infty",
    r"\begin{aligned}a&=b\\&=c\end{aligned}": r"\begin{aligned}a & = b \\  & = c\end{aligned}",
    r"\mathrm{loss}\;x": r"\mathrm{loss}\;x",
}

REFUSED = {
    r"a + \input{x}": 4,
    r"a & b": 2,
    r"x^2 }": 4,
    r"{x": 0,
    r"\frac{a}": 7,
    r"x^2^3": 3,
    r"1 + \left( x": 4,
    r"\text{a$}": 7,
    r"\begin{array}x\end{array}": 7,
    r"\begin{cases}x\end{bmatrix}": 19,
    r"\sqrt[3]{x}": 5,
    r"x^": 1,
    "x \\": 2,
    r"\def\x{1}": 0,
    r"a \\ b": 2,
    r"x \lVert y": 2,
    r"% no": 0,
    "ж": 0,
    "{" * 41 + "}" * 41: 40,
    "x" * 4001: 4000,
}


@pytest.mark.parametrize(("typed", "printed"), TYPED.items(), ids=TYPED.keys())
def test_typed_formula_is_printed_again(typed: str, printed: str) -> None:
    assert latex(read_math(typed)) == printed


@pytest.mark.parametrize(("typed", "position"), REFUSED.items(), ids=[typed[:20] for typed in REFUSED])
def test_refused_formula_names_its_place(typed: str, position: int) -> None:
    with pytest.raises(MathFault) as caught:
        read_math(typed)
    assert caught.value.position == position
    assert caught.value.hint


def test_misspelt_command_names_the_nearest() -> None:
    with pytest.raises(MathFault, match=r"did you mean \\lambda"):
        read_math(r"\lambd + 1")


def test_formula_is_a_tree_of_boxes() -> None:
    assert read_math(r"\log x^2 = \frac{1}{2}") == Row(
        (
            Word("log"),
            Script(Letter("x"), above=Numeral("2")),
            Operator("=", "relation"),
            Fraction(Numeral("1"), Numeral("2")),
        )
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="\\{}^_&'$%()[]|+-=., 12abxfractleftright", max_size=40))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        box = read_math(text)
    except MathFault as fault:  # either outcome is right
        assert 0 <= fault.position <= max(len(text), 1)  # noqa: PT017
    else:
        parsed(mathml(box, display=True))
        assert latex(read_math(latex(box))) == latex(box)


def test_typed_formulas_compile_in_typst(tmp_path: Path) -> None:
    source = tmp_path / "typed.typ"
    source.write_text("\n\n".join(f"$ {typst(read_math(typed))} $" for typed in TYPED), encoding="utf-8")
    assert typst_compiler.compile(str(source), format="pdf").startswith(b"%PDF")
