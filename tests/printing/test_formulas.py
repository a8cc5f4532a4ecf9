"""Expressions are printed as a lecturer writes them, and every format can read what is printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import typst as typst_compiler
from hypothesis import given, settings

from derivgen.expr.build import MINUS_ONE, apply, ones, row
from derivgen.expr.nodes import (
    Component,
    Differential,
    Expr,
    Hadamard,
    Power,
    Quotient,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Letter
from derivgen.printing.braced import braced
from derivgen.printing.latex import latex
from derivgen.printing.leanmathml import in_page
from derivgen.printing.mathml import mathml
from derivgen.printing.names import name_box
from derivgen.printing.notation import Notation, notation_from
from derivgen.printing.present import present, present_shape
from derivgen.printing.typst import typst
from tests.printing.formulas import (
    EXPRESSIONS,
    INVERSE,
    SAMPLES,
    A,
    f,
    m,
    minus,
    n,
    parsed,
    product,
    s,
    t,
    two,
    x,
    y,
)

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def balanced(text: str) -> bool:
    depth = 0
    for sign in text.replace("\\{", "").replace("\\}", ""):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize(("expr", "expected"), SAMPLES.values(), ids=SAMPLES.keys())
def test_formula_is_printed_as_a_lecturer_writes_it(expr: Expr, expected: str) -> None:
    assert latex(present(expr)) == expected


def test_all_samples_compile_in_typst(tmp_path: Path) -> None:
    formulas = "\n\n".join(f"$ {typst(present(expr))} $" for expr, _ in SAMPLES.values())
    (tmp_path / "all.typ").write_text(f"#set page(height: auto)\n{formulas}\n", encoding="utf-8")
    assert typst_compiler.compile(str(tmp_path / "all.typ"), format="pdf").startswith(b"%PDF")


@pytest.mark.latex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex")
def test_all_samples_compile_in_latex(tmp_path: Path) -> None:
    formulas = "\n".join(f"\\[{latex(present(expr))}\\]" for expr, _ in SAMPLES.values())
    head = "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\begin{document}\n"
    (tmp_path / "all.tex").write_text(f"{head}{formulas}\n\\end{{document}}\n", encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "all.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode(errors="replace")[-800:]


@pytest.mark.parametrize("expr", [expr for expr, _ in SAMPLES.values()], ids=SAMPLES.keys())
def test_mathml_is_one_element_that_parses(expr: Expr) -> None:
    root = parsed(mathml(present(expr), display=True, alttext='a "<b>"', tex=r"a<b\&c"))
    assert root.tag == MATHML + "math"
    assert root.attrib["alttext"] == 'a "<b>"'
    assert root.attrib["data-tex"] == r"a<b\&c"


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS)
def test_any_expression_prints_in_every_format(expr: Expr) -> None:
    box = present(expr)
    assert balanced(latex(box))
    parsed(mathml(box, display=False))
    in_typst = typst(box)
    assert in_typst.count("(") == in_typst.count(")")


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_factors_of_a_difference_keep_their_parentheses(left: Expr, right: Expr) -> None:
    # (l - r) * s must not look like l - r * s.
    grouped, loose = product(minus(left, right), s), minus(left, product(right, s))
    assert latex(present(grouped)) != latex(present(loose))


@pytest.mark.parametrize(
    ("name", "size", "expected"),
    [
        ("x", 1, "x"), ("x", 3, r"\mathbf{x}"), ("theta", 1, r"\theta"), ("theta", 3, r"\boldsymbol{\theta}"),
        ("Sigma", 3, r"\boldsymbol{\Sigma}"), ("θ", 1, r"\theta"), ("x_hat", 1, r"\hat{x}"),
        ("x_bar", 3, r"\bar{\mathbf{x}}"),
        ("W1", 3, r"\mathbf{W}_1"), ("W_1", 3, r"\mathbf{W}_1"), ("W12", 1, "W_{12}"),
        ("x_max", 1, r"x_{\mathrm{max}}"),
        ("x_i", 1, "x_i"), ("x_hat_1", 1, r"\hat{x}_1"), ("theta0", 1, r"\theta_0"), ("sigma_x", 1, r"\sigma_x"),
        ("loss", 1, r"\mathrm{loss}"), ("loss", 3, r"\mathbf{loss}"), ("lambda", 1, r"\lambda"),
        ("_x", 1, r"\text{\_x}"),
        ("Alpha", 1, r"\mathrm{A}"), ("ä", 1, r"\textit{ä}"), ("hat", 1, r"\mathrm{hat}"), ("I", 1, "I"),
    ],
)  # fmt: skip
def test_name_is_set_by_its_spelling_and_shape(name: str, size: int, expected: str) -> None:
    assert latex(name_box(name, Shape(Size.whole(size), ONE), Notation())) == expected


@pytest.mark.parametrize(
    ("options", "expr", "expected"),
    [
        ({"transpose": "sf"}, Transpose(x), r"\mathbf{x}^{\mathsf{T}}"),
        ({"transpose": "T"}, Transpose(x), r"\mathbf{x}^T"),
        ({"transpose": "prime"}, Transpose(x), r"\mathbf{x}'"),
        ({"vector": "bold-italic"}, x, r"\boldsymbol{x}"),
        ({"vector": "arrow"}, x, r"\vec{x}"),
        ({"vector": "plain"}, x, "x"),
        ({"matrix": "plain"}, A, "A"),
        ({"component": "lower"}, Component(A, 1, 2), "a_{12}"),
        ({"differential": "italic"}, Differential(x), r"d\mathbf{x}"),
        ({"log": "ln"}, apply("log", s), r"\ln s"),
        ({"indicator": "iverson"}, apply("step", s), "[s > 0]"),
        ({"indicator": "heaviside"}, apply("step", s), "H(s)"),
        ({"hadamard": "circ"}, Hadamard((x, y)), r"\mathbf{x} \circ \mathbf{y}"),
        ({"gradient": "nabla"}, Transpose(Unresolved(f, (x,))), r"\nabla_{\mathbf{x}}f"),
        ({"gradient": "nabla"}, Transpose(Unresolved(f, (A,))), r"\nabla_{\mathbf{A}}f"),
        ({"transpose": "T"}, Transpose(INVERSE), r"\mathbf{X}^{-T}"),
        ({"transpose": "sf"}, Transpose(INVERSE), r"\mathbf{X}^{-\mathsf{T}}"),
        ({"transpose": "prime"}, Transpose(INVERSE), r"(\mathbf{X}^{-1})'"),
        ({"transpose": "T"}, apply("outer", x, y), r"\mathbf{x}\mathbf{y}^T"),
        ({"log": "ln"}, apply("logdet", A), r"\ln\det\mathbf{A}"),
        ({"matrix": "plain"}, apply("logdet", A), r"\log\det A"),
        ({"ones": "sum"}, product(Transpose(ones(n)), x), r"\operatorname{sum}(\mathbf{x})"),
    ],
)
def test_notation_option_changes_the_formula(options: dict[str, str], expr: Expr, expected: str) -> None:
    assert latex(present(expr, notation_from(options))) == expected


@pytest.mark.parametrize("wrt", [(s,), (x,), (Transpose(x),), (A,), (s, t), (Component(x, 1),)])
@pytest.mark.parametrize(
    "of", [f, s, x, Transpose(x), A, product(A, x), row(s, t), Differential(x), Unresolved(f, (x,))]
)
def test_array_of_partials_is_printed_for_every_pair_of_shapes(of: Expr, wrt: tuple[Expr, ...]) -> None:
    assert r"\partial" in latex(present(Unresolved(of, wrt, written_out=True)))


def test_unknown_notation_option_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean transpose"):
        notation_from({"transposed": "top"})


def test_unknown_notation_value_names_the_choices() -> None:
    with pytest.raises(ValueError, match="log, ln"):
        notation_from({"log": "lg"})


def test_shape_is_printed_in_letters() -> None:
    assert latex(present_shape(Shape(m * n, n + ONE))) == r"mn \times (n + 1)"


def test_factors_stand_over_braces_with_their_shapes() -> None:
    assert latex(braced(product(two, Transpose(x), A))) == (
        r"2\;{\underbrace{\mathbf{x}^{\top}}_{1 \times n}}\;{\underbrace{\mathbf{A}}_{n \times n}}"
    )


def test_row_of_fractions_keeps_the_space_of_its_rows() -> None:
    assert latex(present(row(Quotient(s, t), two))) == r"\begin{bmatrix}\dfrac{s}{t} & 2\end{bmatrix}"


def test_bold_letters_are_unicode_in_mathml() -> None:
    assert "𝐱" in mathml(present(x), display=False)
    assert "𝜽" in mathml(Letter("θ", "bold"), display=False)
    assert "ℝ" in mathml(Letter("R", "blackboard"), display=False)


def test_transpose_says_what_it_is_in_mathml() -> None:
    assert '<msup intent="transpose($base)"><mi arg="base">𝐱</mi>' in mathml(present(Transpose(x)), display=False)


def test_inverse_and_its_transpose_say_what_they_are_in_mathml() -> None:
    assert 'intent="inverse($base)"' in mathml(present(INVERSE), display=False)
    assert 'intent="inverse($base)"' in mathml(present(apply("matpow", A, MINUS_ONE)), display=False)
    assert 'intent="transpose(inverse($base))"' in mathml(present(Transpose(INVERSE)), display=False)
    assert "intent" not in mathml(present(apply("matpow", A, two)), display=False)


def test_the_name_of_a_function_keeps_its_distance_with_a_script_too() -> None:
    box = present(Unresolved(product(A, x), (A,)))
    assert '<mi>∂</mi><mspace width="0.1667em"></mspace><msup' in mathml(box, display=False)
    assert "thin attach(" in typst(box)


def test_short_parentheses_do_not_stretch_in_mathml() -> None:
    text = mathml(present(Power(minus(s, t), two)), display=False)
    assert text.count('stretchy="false"') == 2


@pytest.mark.parametrize("name", ['a"b', "#x", "a\\b", "$x$", "a]", "<b>"])
def test_no_name_becomes_markup(name: str, tmp_path: Path) -> None:
    box = present(Variable(name, SCALAR))
    parsed(mathml(box, display=False))
    source = tmp_path / "name.typ"
    source.write_text(f"$ {typst(box)} $", encoding="utf-8")
    assert typst_compiler.compile(str(source), format="pdf").startswith(b"%PDF")
    assert balanced(latex(box))


def test_a_page_does_not_say_again_what_browsers_know_of_a_sign() -> None:
    bracket = Hadamard((x, Sum((x, y))))
    short = in_page(mathml(present(bracket, Notation()), display=False))
    assert '<mo stretchy="false">(</mo>' in short
    assert "<mo>+</mo>" in short
    assert "lspace" not in short
