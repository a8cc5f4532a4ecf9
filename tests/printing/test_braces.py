"""Shapes below factors: what carries one, and what a browser can draw."""

from __future__ import annotations

from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Expr, Product, Quotient, SizeNumber, Sum, Transpose, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.printing.boxes import Brace, Row
from derivgen.printing.braced import braced
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.present import present

m, n = Size.named("m"), Size.named("n")
A, X = Variable("A", Shape(m, n)), Variable("X", Shape(n, m))
x = Variable("x", Shape(n, ONE))


def braces(expr: Expr) -> int:
    return latex(braced(expr)).count(r"\underbrace")


def test_the_factors_within_a_trace_carry_their_shapes() -> None:
    assert braces(apply("tr", Product((A, X)))) == 2


def test_numbers_and_sizes_carry_none() -> None:
    assert braces(Product((Quotient(number(2), SizeNumber(n)), Transpose(x), X))) == 2


def test_a_sum_in_front_keeps_its_brackets() -> None:
    assert latex(braced(Product((Sum((A, A)), X)))).count("(") == 1


def test_a_negative_term_of_a_sum_has_one_sign() -> None:
    product = Product((A, X, A))
    for factors in ((number(-1), A, X, A), (number(-2), A, X, A), (number(-1), A)):
        made = latex(braced(Sum((product, Product(factors)))))
        assert "+" not in made, made
        assert made.count("-") == 1, made


def test_a_wide_brace_is_a_brace_in_mathml() -> None:
    wide = Brace(Row(tuple(present(A) for _ in range(30))), present(x))
    assert "⏟" in mathml(wide, display=True, alttext="", tex="")
