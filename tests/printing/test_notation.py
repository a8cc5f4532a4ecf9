"""Every option of the notation says the same in LaTeX, MathML, Typst and in words."""

from __future__ import annotations

import re

import pytest

from derivgen.expr.build import unit
from derivgen.expr.nodes import Expr, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.notation import CHOICES, Notation, notation_from
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.typst import typst
from derivgen.syntax.parse import Scope, parse

n = Size.named("n")
x, y = Variable("x", Shape(n, ONE)), Variable("y", Shape(n, ONE))
A, t = Variable("A", Shape(n, n)), Variable("t", SCALAR)
hat = Variable("x_hat", Shape(n, ONE))
f = Unspecified("f", SCALAR, (x,))
SCOPE = Scope({v.name: v for v in (x, y, A, t, hat)}, frozenset("n"), differentials=True)
SLOPE = Unresolved(f, (t,))
COLUMN, ROW = Unresolved(f, (x,), denominator=True), Unresolved(f, (x,))

# option, value, expression, then: LaTeX, the characters of the MathML, Typst, words
ROWS: tuple[tuple[str, str, str | Expr, str, str, str, str], ...] = (
    ("transpose", "top", "x.T", r"\mathbf{x}^{\top}", "𝐱⊤",
     'attach(bold(upright(x)), t: class("normal", ⊤))', "vector x transpose"),
    ("transpose", "sf", "x.T", r"\mathbf{x}^{\mathsf{T}}", "𝐱𝖳",
     "attach(bold(upright(x)), t: sans(upright(T)))", "vector x transpose"),
    ("transpose", "T", "x.T", r"\mathbf{x}^T", "𝐱T", "attach(bold(upright(x)), t: T)", "vector x transpose"),
    ("transpose", "prime", "x.T", r"\mathbf{x}'", "𝐱′",
     'attach(bold(upright(x)), t: class("normal", prime))', "vector x transpose"),
    ("vector", "bold", "2*x", r"2\mathbf{x}", "2𝐱", '"2" bold(upright(x))', "2 vector x"),
    ("vector", "bold-italic", "2*x", r"2\boldsymbol{x}", "2𝒙", '"2" bold(italic(x))', "2 vector x"),
    ("vector", "arrow", "2*x", r"2\vec{x}", "2x→", '"2" accent(x, arrow)', "2 vector x"),
    ("vector", "plain", "2*x", "2x", "2x", '"2" x', "2 vector x"),
    ("matrix", "bold", "A", r"\mathbf{A}", "𝐀", "bold(upright(A))", "A"),
    ("matrix", "bold-italic", "A", r"\boldsymbol{A}", "𝑨", "bold(italic(A))", "A"),
    ("matrix", "plain", "A", "A", "A", "A", "A"),
    ("component", "upper", "A[1, 2]", "A_{12}", "A12", 'attach(A, b: "1" "2")', "A sub 1 2"),
    ("component", "lower", "A[1, 2]", "a_{12}", "a12", 'attach(a, b: "1" "2")', "a sub 1 2"),
    ("differential", "upright", "dx", r"\mathrm{d}\mathbf{x}", "d𝐱", "upright(d) bold(upright(x))", "d vector x"),
    ("differential", "italic", "dx", r"d\mathbf{x}", "d𝐱", "d bold(upright(x))", "d vector x"),
    ("log", "log", "log(t)", r"\log t", "logt", 'op("log") t', "log of t"),
    ("log", "ln", "log(t)", r"\ln t", "lnt", 'op("ln") t', "natural log of t"),
    ("indicator", "bold-one", "step(t)", r"\mathbf{1}[t > 0]", "𝟏[t>0]",
     'bold(upright("1")) class("opening", bracket.l) t class("relation", >) "0" class("closing", bracket.r)',
     "the indicator that t is greater than 0, end indicator"),
    ("indicator", "iverson", "step(t)", "[t > 0]", "[t>0]",
     'class("opening", bracket.l) t class("relation", >) "0" class("closing", bracket.r)',
     "the indicator that t is greater than 0, end indicator"),
    ("indicator", "heaviside", "step(t)", "H(t)", "H(t)", 'H class("opening", paren.l) t class("closing", paren.r)',
     "the Heaviside function of t"),
    ("hadamard", "odot", "x*y", r"\mathbf{x} \odot \mathbf{y}", "𝐱⊙𝐲",
     'bold(upright(x)) class("binary", ⊙) bold(upright(y))', "vector x elementwise times vector y"),
    ("hadamard", "circ", "x*y", r"\mathbf{x} \circ \mathbf{y}", "𝐱∘𝐲",
     'bold(upright(x)) class("binary", ∘) bold(upright(y))', "vector x elementwise times vector y"),
    ("gradient", "fraction", COLUMN, r"\frac{\partial f}{\partial\mathbf{x}}", "∂f∂𝐱",
     'frac(class("normal", ∂) f, class("normal", ∂) bold(upright(x)))',
     "the partial derivative of f with respect to vector x"),
    ("gradient", "nabla", COLUMN, r"\nabla_{\mathbf{x}}f", "∇𝐱f", 'attach(class("normal", ∇), b: bold(upright(x))) f',
     "the gradient with respect to vector x of f"),
    ("ones", "bold", "ones(n).T @ A @ x", r"\mathbf{1}^{\top}\mathbf{A}\mathbf{x}", "𝟏⊤𝐀𝐱",
     'attach(bold(upright("1")), t: class("normal", ⊤)) bold(upright(A)) bold(upright(x))',
     "the vector of ones transpose matrix A vector x"),
    ("ones", "sum", "ones(n).T @ A @ x", r"\operatorname{sum}(\mathbf{A}\mathbf{x})", "sum(𝐀𝐱)",
     'op("sum") class("opening", paren.l) bold(upright(A)) bold(upright(x)) class("closing", paren.r)',
     "the sum of the entries of the quantity matrix A vector x, end quantity"),
)  # fmt: skip


def printed(expr: str | Expr, notation: Notation) -> tuple[str, str, str, str]:
    """LaTeX, the characters of the MathML, Typst and words of one presentation."""
    box = present(parse(expr, SCOPE) if isinstance(expr, str) else expr, notation)
    signs = re.sub(r"<[^>]*>|[\u2061\u2062\s]", "", mathml(box, display=False)).replace("&gt;", ">")
    return latex(box), signs, typst(box), speech(box)


@pytest.mark.parametrize(
    ("option", "value", "expr", "tex", "signs", "typ", "words"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS]
)
def test_an_option_reaches_every_format(
    option: str, value: str, expr: str | Expr, tex: str, signs: str, typ: str, words: str
) -> None:
    assert printed(expr, notation_from({option: value})) == (tex, signs, typ, words)


def test_every_value_of_every_option_is_tried_in_every_format() -> None:
    # Which layout stands first is no matter of how a formula is printed.
    values = {(option, value) for option, known in CHOICES.items() for value in known if option != "first"}
    assert {(row[0], row[1]) for row in ROWS} == values


def test_an_italic_d_and_an_upright_one_differ_in_mathml() -> None:
    italic, upright = (
        mathml(present(parse("dx", SCOPE), notation_from({"differential": value})), display=False)
        for value in ("italic", "upright")
    )
    assert "<mi>d</mi>" in italic
    assert '<mi mathvariant="normal">d</mi>' in upright


def test_a_derivative_by_the_only_variable_has_the_d_of_the_notation() -> None:
    ordinary = Notation(differential="italic", ordinary=True)
    assert printed(SLOPE, ordinary)[0] == r"\frac{df}{dt}"
    assert printed(SLOPE, ordinary)[3] == "the derivative of f with respect to t"


@pytest.mark.parametrize("expr", [ROW, SLOPE, Unresolved(f, (t,), denominator=True)], ids=["row", "slope", "scalar"])
def test_nabla_stands_for_columns_only(expr: Unresolved) -> None:
    assert r"\nabla" not in printed(expr, notation_from({"gradient": "nabla"}))[0]


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("2*ones(n).T @ x", r"2\operatorname{sum}(\mathbf{x})"),
        ("ones(1, n) @ x", r"\operatorname{sum}(\mathbf{x})"),
        ("x.T @ ones(n)", r"\operatorname{sum}(\mathbf{x})"),
        # The sums of the columns are a row, which no word is for.
        ("ones(n).T @ A", r"\mathbf{1}^{\top}\mathbf{A}"),
    ],
)
def test_sums_by_a_word_replace_products_with_ones_that_are_numbers(expr: str, expected: str) -> None:
    assert printed(expr, notation_from({"ones": "sum"}))[0] == expected


@pytest.mark.parametrize(
    ("options", "expr", "expected"),
    [
        ({"matrix": "plain"}, "eye(n)", "I"),
        ({"matrix": "bold-italic"}, "commutation(n, n)", r"\boldsymbol{K}_{nn}"),
        ({"vector": "plain"}, unit(n, 2), "e_2"),
        ({"vector": "arrow"}, unit(n, 2), r"\vec{e}_2"),
        ({"vector": "plain"}, "ones(n)", r"\mathbf{1}"),
    ],
)
def test_letters_of_constant_arrays_look_as_the_names_of_arrays_do(
    options: dict[str, str], expr: str | Expr, expected: str
) -> None:
    assert printed(expr, notation_from(options))[0] == expected


def test_an_arrow_over_an_accent_is_not_told() -> None:
    assert printed("x_hat", notation_from({"vector": "arrow"}))[3] == "vector x hat"
