"""Values in the texts and functions of an exercise: in their places, well printed, and no other brace touched."""

from __future__ import annotations

import pytest

from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.printing.text import text
from derivgen.problem.text import typed
from derivgen.spec.homework.filling import filled_code, filled_prose
from derivgen.spec.homework.neat import Vanishes, neat
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope

DRAWN = {"c": "3", "m": "-3", "u": "1", "h": "1/2", "g": "tanh", "M": "[[1, -2], [0, 3]]", "e": "x + y"}

PROSE = {
    "a number in words": ("with c = {c}", "with c = 3"),
    "a negative number in words": ("with {m}", "with \N{MINUS SIGN}3"),
    "LaTeX keeps its braces": (r"$\mathbf{A}$ and $\frac{1}{2}$, $x^{2}$", r"$\mathbf{A}$ and $\frac{1}{2}$, $x^{2}$"),
    "a letter in bold is no parameter": (r"$\mathbf{c} = \boldsymbol{c}$", r"$\mathbf{c} = \boldsymbol{c}$"),
    "an environment is no parameter": (r"$\begin{c}$", r"$\begin{c}$"),
    "a fraction of a parameter": (r"$\frac{c}{2} + {c}$", r"$\frac{3}{2} + 3$"),
    "a fraction of parameters": (r"$\frac{c}{c}$ and $\sqrt[3]{c}$", r"$\frac{3}{3}$ and $\sqrt[3]{3}$"),
    "an exponent": ("$x^{c} + x_{m}$", "$x^{3} + x_{-3}$"),
    "a plus before a negative number": ("$x + {m} y$", "$x - 3 y$"),
    "a minus before a negative number": ("$x - {m} y$", "$x + 3 y$"),
    "a coefficient 1": (r"${u} x + {u}\sin x + {u}$", r"$ x + \sin x + 1$"),
    "a fraction": ("${h} x$", r"$\frac{1}{2} x$"),
    "a matrix": ("$A = {M}$", r"$A = \begin{pmatrix} 1 & -2 \\ 0 & 3 \end{pmatrix}$"),
    "a function": ("${g}(x)$", r"$\operatorname{tanh}(x)$"),
    "code": ("$`{m}*x - {m}`$", "$`(-3)*x - (-3)`$"),
    "a block that is drawn": ("{{shapes}} and {{c}}", "{{shapes}} and {{c}}"),
    "no parameter at all": ("{x} in set", "{x} in set"),
    "several lines": ("first {c}\nsecond {c}", "first 3\nsecond 3"),
}


@pytest.mark.parametrize(("before", "after"), PROSE.values(), ids=PROSE)
def test_prose_is_filled(before: str, after: str) -> None:
    made = filled_prose(typed(before, "sheet.yaml"), DRAWN)
    assert made.value == after


CODE = {
    "a number": ("{c}*x", "3*x"),
    "a negative number among others": ("x - {m}*y", "x - (-3)*y"),
    "a negative number alone": ("[{m}, {c}]", "[-3, 3]"),
    "a negative exponent": ("x**{m}", "x**(-3)"),
    "a function": ("{g}(x)", "tanh(x)"),
    "a matrix": ("{M} @ x", "[[1, -2], [0, 3]] @ x"),
    "an expression": ("2*{e}", "2*(x + y)"),
}


@pytest.mark.parametrize(("before", "after"), CODE.values(), ids=CODE)
def test_code_is_filled_so_that_it_reads_as_it_was_meant(before: str, after: str) -> None:
    assert filled_code(typed(before, "sheet.yaml"), DRAWN).value == after


def test_every_character_keeps_its_place_around_what_is_filled_in() -> None:
    made = filled_code(typed("{c}*x + {M} @ yy", "sheet.yaml"), DRAWN)
    position = made.value.index("yy")
    assert made.at(position, position + 2).column == "{c}*x + {M} @ yy".index("yy") + 1


@pytest.mark.parametrize("fill", [filled_code, filled_prose])
def test_braces_that_nearly_hold_a_parameter_are_told_with_the_caret_under_them(fill: object) -> None:
    with pytest.raises(DerivgenError) as told:
        fill(typed("say {gg} here", "sheet.yaml"), DRAWN)  # type: ignore[operator]
    (fault,) = told.value.faults
    assert fault.span is not None
    assert (fault.span.column, fault.span.end_column) == (5, 9)
    assert fault.hint == "did you mean {g}?"


VECTOR = Shape(Size.named("n"), Size.whole(1))
NAMES: dict[str, Expr] = {"x": Variable("x", SCALAR), "y": Variable("y", SCALAR), "v": Variable("v", VECTOR)}

NEAT = {
    "a factor 1": ("1*x", "x"),
    "a factor -1": ("(-1)*x + y", "-x + y"),
    "a sign and a number": ("(-1)*3*x", "-3*x"),
    "two signs": ("x - (-3)*y", "x + 3*y"),
    "plus a negative": ("x + (-3)*y", "x - 3*y"),
    "numbers added": ("x + 2 + (-5)", "x - 3"),
    "an exponent 1": ("x**1 + y", "x + y"),
    "a power of numbers": ("2**3*x", "8*x"),
    "a denominator 1": ("x/1", "x"),
    "a fraction reduced": ("4*x/6", "2*x/3"),
    "a negative denominator": ("x/(-2)", "-x/2"),
    "a number inside a function": ("exp((-1)*2*x)", "exp(-2*x)"),
    "a product in front of others": ("(2*x*v)*y", "2*x*v*y"),
    "vectors": ("(-1)*2*v.T @ v", "-2*v.T @ v"),
    "what has no numbers": ("(x + y)*x - y*x", "(x + y)*x - y*x"),
}


@pytest.mark.parametrize(("before", "after"), NEAT.values(), ids=NEAT)
def test_numbers_are_put_together_as_a_lecturer_does(before: str, after: str) -> None:
    assert text(neat(parse(before, Scope(NAMES, frozenset({"n"}))))) == after


GONE = ["0*x", "x + 0", "x**0", "1**x", "0/x", "x + 3 - 3", "x/0", "y*0*x"]


@pytest.mark.parametrize("expression", GONE)
def test_a_number_that_takes_a_part_away_is_refused(expression: str) -> None:
    with pytest.raises(Vanishes):
        neat(parse(expression, Scope(NAMES)))
