# ruff: noqa: E501  # a formula and its words stand on one line
"""Formulas in words: what is heard is what is written, and two formulas never sound the same."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given

from derivgen.expr.build import apply, eye, number, ones, row, zeros
from derivgen.expr.nodes import (
    Component,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Box, Fenced, Letter, Script, inner
from derivgen.printing.braced import braced
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.speech import speak, speech
from derivgen.printing.speechtables import TABLES
from derivgen.printing.speechwords import ENGLISH, Table
from derivgen.printing.texmath import read_math
from tests.printing.formulas import (
    EXPRESSIONS,
    SAMPLES,
    W1,
    A,
    f,
    minus,
    n,
    product,
    s,
    t,
    total,
    two,
    x,
    y,
)
from tests.strategies import any_expression

B = Variable("B", A.shape)

WORDS = re.compile(r"[\w\s,;.]+")

# Names of SAMPLES, and how they are said.
SAID = {
    "numbers first, no dots": "10 s squared t squared",
    "a dot before a digit": "10 t squared times 2 s",
    "leading minus": "minus s",
    "negative number behind a factor": "s times the quantity minus 2, end quantity",
    "difference of a sum": "s minus the quantity s plus t, end quantity",
    "fraction": "s over t",
    "minus in front of a fraction": "minus s over t",
    "mean as a quotient": "the fraction with numerator the sum of the entries of vector x, and denominator n, end fraction",
    "power of a sum": "the quantity s plus t, end quantity, cubed",
    "power of a power": "s squared cubed",
    "fractional power": "s to the power one half",
    "power of a component": "x sub 1 squared",
    "entry-by-entry power": "vector x squared elementwise",
    "square of the sine": "sine squared of s",
    "square of the logarithm": "the quantity log of s, end quantity, squared",
    "quadratic form": "vector x transpose matrix A x",
    "compound transpose": "the quantity matrix A plus A transpose, end quantity, transpose",
    "row times a sum": "vector x transpose times the quantity matrix A plus A transpose, end quantity",
    "Hadamard": "vector x elementwise times vector y",
    "one over an array": "1 elementwise over vector x",
    "inner product inside a product": "vector x times the quantity x transpose vector y, end quantity",
    "component of a matrix": "A sub 1 2",
    "component with two digits": "A sub 1 comma 12",
    "component of a compound": "entry 2 of the quantity matrix A vector x, end quantity",
    "component of a numbered matrix": "entry 1 2 of matrix W sub 1",
    "differential": "matrix A d vector x",
    "transposed differential": "the quantity d vector x, end quantity, transpose, times matrix A",
    "differential of a compound": "d of the quantity matrix A vector x, end quantity",
    "derivative of a name": "the partial derivative of f with respect to vector x",
    "derivative by stacked scalars": "the partial derivative of g with respect to s and t",
    "derivative of a power": "the partial derivative with respect to s of s squared",
    "derivative of a product": "the partial derivative with respect to s of the quantity 2 s, end quantity",
    "trace": "the trace of the quantity matrix A matrix X, end quantity",
    "trace in front of a matrix": "the trace of matrix X, times matrix A",
    "determinant": "the determinant of matrix X",
    "logarithm of a determinant": "log of the determinant of matrix X",
    "square of a determinant": "the quantity the determinant of matrix X, end quantity, squared",
    "Jacobi's formula": "the determinant of matrix X, times the trace of the quantity X inverse d X, end quantity",
    "inverse": "matrix X inverse",
    "matrix to the minus one": "matrix X inverse",
    "transpose of an inverse": "matrix X inverse transpose",
    "inverse of a transpose": "matrix X inverse transpose",
    "inverse of a product": "the quantity matrix X transpose X, end quantity, inverse",
    "transposed inverse of a sum": "the quantity matrix A plus matrix X, end quantity, inverse transpose",
    "component of an inverse": "entry 1 2 of matrix X inverse",
    "matrix power": "matrix X to the power t",
    "outer product": "vector x vector y transpose",
    "Kronecker product": "matrix A Kronecker times matrix X",
    "nested Kronecker products": "the quantity matrix A Kronecker times matrix capital X, end quantity, Kronecker times the quantity vector x Kronecker times vector y, end quantity",
    "Kronecker product with an identity": "vector x transpose Kronecker times the identity matrix of size m",
    "Kronecker product with ones": "the vector of ones of size m, Kronecker times the transpose of the vector of ones of size n",
    "vec": "vec of the quantity matrix A matrix X, end quantity",
    "vec as a row": "the transpose of vec of matrix X",
    "differential of a trace": "d of the trace of matrix X",
    "commutation matrix": "the commutation matrix K m n",
    "commutation matrix of numbers": "the commutation matrix K 2 comma 3",
    "transposed commutation matrix": "the transpose of the commutation matrix K m n",
    "matrix of ones": "the m by n matrix of ones",
    "squared Frobenius norm": "the squared Frobenius norm of matrix A minus matrix X, end norm",
    "diagonal of a matrix": "the diagonal of matrix X inverse",
    "gradient by a matrix": "the partial derivative of f with respect to matrix X",
    "vector by a matrix": "the partial derivative of vector u with respect to the transpose of vec of matrix W sub 1",
    "matrix by a matrix": "the partial derivative of vec of matrix Y, with respect to the transpose of vec of matrix X",
    "compound by a matrix": "the partial derivative with respect to the transpose of vec of matrix X, of vec of the quantity matrix A X, end quantity",
    "Hessian by a matrix": "the second partial derivative of f with respect to vec of matrix X, and the transpose of vec of X",
}

TYPED = {
    r"\mathbf w^{\top}": "vector w transpose",
    r"\mathbf w^T\mathbf x": "vector w transpose vector x",
    r"\boldsymbol\theta^{\top}": "vector theta transpose",
    r"x^{T}": "x transpose",
    r"\frac{\mathrm d}{\mathrm dx}": "the derivative with respect to x",
    r"\frac{\mathrm d}{\mathrm dx} x^2": "the derivative with respect to x of x squared",
    r"\frac{d}{dx} 9(x + x^2)": "the derivative with respect to x of 9 times the quantity x plus x squared, end quantity",
    r"\frac{dy}{dx}": "the derivative of y with respect to x",
    r"\frac{\partial^2 f}{\partial x\,\partial y}": "the second partial derivative of f with respect to x and y",
    r"\frac{\partial^3 f}{\partial x^3}": "the third partial derivative of f with respect to x",
    r"\frac{\partial f(x, y)}{\partial x}": "the partial derivative of the quantity f of x and y, end quantity, with respect to x",
    r"\nabla f": "the gradient of f",
    r"\nabla_{\mathbf x} f": "the gradient with respect to vector x of f",
    r"\mathbf A^{-1}": "matrix A inverse",
    r"(\mathbf A + \mathbf B)^{-1}": "the quantity matrix A plus matrix B, end quantity, inverse",
    r"x^{-1}": "x to the minus 1",
    r"x^{k+1}": "x to the power k plus 1, end power",
    r"\lVert \mathbf x\rVert": "the norm of vector x",
    r"\lVert \mathbf x - \mathbf y\rVert_2^2": "the squared 2 norm of vector x minus vector y, end norm",
    r"\lVert \mathbf A\rVert_F": "the Frobenius norm of matrix A",
    r"|x|": "the absolute value of x",
    r"\lvert x + y\rvert": "the absolute value of x plus y, end absolute value",
    r"\sum_{i=1}^{n} x_i": "the sum from i equals 1 to n of x sub i",
    r"\sum_k A_{ik} x_k": "the sum over k of A sub i k times x sub k",
    r"f(x) = x^2": "f of x, equals x squared",
    r"f_1(\mathbf x)": "f sub 1 of vector x",
    r"a(x + y)": "a times the quantity x plus y, end quantity",
    r"\max(0, z)": "the maximum of 0 and z",
    r"\sin x\cos y": "sine of x, times cosine of y",
    r"\lim_{h\to 0} h": "the limit as h approaches 0 of h",
    r"\sqrt{x}": "the square root of x",
    r"\sqrt{x + 1}": "the square root of x plus 1, end root",
    r"\tfrac12": "one half",
    r"x_1, \dots, x_n": "x sub 1, and so on, x sub n",
    r"\begin{bmatrix} a & b\\ c & d\end{bmatrix}": "the 2 by 2 matrix with rows a, b; c, d, end matrix",
    r"\begin{bmatrix} x_1\\ \vdots\\ x_n\end{bmatrix}": "the column with entries x sub 1, and so on, x sub n, end column",
    r"\begin{vmatrix} a & b\\ c & d\end{vmatrix}": "the determinant of the 2 by 2 matrix with rows a, b; c, d, end matrix",
    r"\begin{cases} 1 & \text{if } x > 0\\ 0 & \text{otherwise}\end{cases}": (
        "the 2 cases 1 if x is greater than 0; 0 otherwise, end cases"
    ),
    r"\begin{aligned} a & = b\\ & = c\end{aligned}": "a equals b; equals c",
    r"\underbrace{\mathbf x^\top}_{1\times n}": "vector x transpose, of shape 1 by n",
    r"a \implies b": "a implies that b",
    r"\mathbf x \in \mathbb R^n": "vector x in the set R to the power n",
    r"A_{12}": "A sub 1 2",
    r"x_{12}": "x sub 12",
    r"X x": "capital X x",
    r"\mathbf X \mathbf x": "matrix capital X vector x",
    r"\hat y": "y hat",
    r"y'": "y prime",
    r"\mathbf 1^\top \mathbf I": "the vector of ones transpose times the identity matrix",
}


def speaking(boxes: Box) -> list[str]:
    """The letters of a formula in the order in which they are told."""
    if isinstance(boxes, Letter):
        return [boxes.letter] if boxes.role in ("scalar", "vector", "row", "matrix") else []
    if isinstance(boxes, Script) and isinstance(boxes.base, Fenced) and boxes.below is not None:
        parts: tuple[Box, ...] = (boxes.below, boxes.base, *((boxes.above,) if boxes.above is not None else ()))
    else:
        parts = inner(boxes)
    return [letter for part in parts for letter in speaking(part)]


@pytest.mark.parametrize("name", SAID)
def test_an_expression_is_said_in_words(name: str) -> None:
    assert speak(SAMPLES[name][0]) == SAID[name]


@pytest.mark.parametrize("source", TYPED)
def test_typed_mathematics_is_said_in_words(source: str) -> None:
    assert speech(read_math(source)) == TYPED[source]


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (ones(n), "the vector of ones"),
        (ones(n, n), "the n by n matrix of ones"),
        (zeros(x.shape), "the zero vector"),
        (zeros(A.shape), "the zero matrix"),
        (eye(n), "the identity matrix"),
        (product(two, ones(n)), "2 times the vector of ones"),
        (row(s, t), "the row with entries s, t, end row"),
        (apply("norm", A), "the Frobenius norm of matrix A"),
        (Quotient(number(3), number(7)), "3 over 7"),
        (Variable("x_hat", SCALAR), "x hat"),
        (
            total(Variable("X", Shape(n, n)), product(x, Transpose(x))),
            "matrix capital X plus vector x vector x transpose",
        ),
    ],
    ids=str,
)
def test_arrays_of_the_language_have_their_words(expr: Expr, said: str) -> None:
    assert speak(expr) == said


@pytest.mark.parametrize("notation", [Notation(vector="plain", matrix="plain"), Notation(vector="arrow")], ids=str)
def test_a_shape_is_told_in_every_notation(notation: Notation) -> None:
    assert speak(product(A, x), notation) == "matrix A vector x"


def test_factors_in_braces_have_their_shapes() -> None:
    said = speech(braced(product(A, Differential(x))))
    assert said == "matrix A, of shape n by n, times d vector x, of shape n by 1"


CONFUSABLE: tuple[tuple[Expr, ...], ...] = (
    (Quotient(total(s, t), two), total(s, Quotient(t, two))),
    (Transpose(total(A, B)), total(A, Transpose(B))),
    (Power(Component(x, 1), two), Component(Power(x, two), 1)),
    (product(two, total(s, t)), total(product(two, s), t)),
    (product(apply("sin", s), t), apply("sin", product(s, t)), product(t, apply("sin", s))),
    (Transpose(product(A, x)), product(A, Transpose(x)) if A.shape == x.shape else product(Transpose(x), A)),
    (minus(s, total(s, t)), total(minus(s, s), t)),
    (Power(product(two, s), two), product(two, Power(s, two))),
    (Power(Power(s, two), number(3)), Power(s, Power(two, number(3)))),
    (apply("exp", product(s, t)), product(apply("exp", s), t), apply("exp", total(s, t)), total(apply("exp", s), t)),
    (apply("sqrt", total(s, t)), total(apply("sqrt", s), t)),
    (Power(apply("norm", x), two), apply("norm", Power(x, two))),
    (apply("abs", total(s, t)), total(apply("abs", s), t)),
    (Quotient(s, product(two, t)), product(Quotient(s, two), t), Quotient(Quotient(s, two), t)),
    (product(A, x), Hadamard((x, y))),
    (product(x, product(Transpose(x), y)), product(x, Transpose(x), y)),
    (Differential(product(A, x)), product(A, Differential(x))),
    (product(Variable("d", SCALAR), s), Differential(s)),
    (Unresolved(Power(s, two), (s,)), Power(Unresolved(Reference("g", s), (s,)), two)),
    (product(Unresolved(Power(s, two), (s,)), t), Unresolved(product(Power(s, two), t), (s,))),
    (apply("step", minus(s, t)), minus(apply("step", s), t)),
    (Component(product(A, x), 2), product(A, Component(x, 2))),
    (Component(A, 1, 2), Component(A, 12, 1), Component(A, 1, 12), Component(Variable("A", x.shape), 12)),
    (Component(W1, 1, 2), Variable("W12", A.shape)),
    (product(two, x), product(two, Variable("X", A.shape))),
    (product(Component(x, 1), s), Power(x, s)),
    (zeros(x.shape), number(0)),
    (eye(n), number(1), ones(n)),
    (apply("tr", product(A, B)), product(apply("tr", A), B), apply("tr", total(A, B))),
    (apply("inv", product(A, B)), product(A, apply("inv", B)), Hadamard((apply("inv", A), B))),
    (apply("inv", Transpose(product(A, B))), product(A, Transpose(apply("inv", B)))),
    (apply("inv", A), Quotient(number(1), A), Transpose(apply("inv", A)), Transpose(A)),
    (apply("logdet", A), product(apply("log", s), apply("det", A))),
    (apply("det", product(s, A)), product(s, apply("det", A)), product(apply("det", A), s)),
    (apply("matpow", A, two), Power(A, two), apply("tr", apply("matpow", A, two)), Power(apply("tr", A), two)),
    (apply("kron", total(A, B), A), total(apply("kron", A, A), apply("kron", B, A))),
    (apply("kron", apply("kron", A, B), A), apply("kron", A, apply("kron", B, A))),
    (Transpose(apply("kron", A, B)), apply("kron", A, Transpose(B))),
    (product(apply("kron", A, B), apply("kron", A, A)), apply("kron", A, apply("kron", product(B, A), A))),
    (Transpose(apply("vec", A)), apply("vec", Transpose(A)), apply("vec", A)),
    (apply("vec", product(A, B)), product(Transpose(apply("vec", A)), apply("vec", B))),
    (Unresolved(B, (A,)), Unresolved(Transpose(B), (A,)), Unresolved(f, (A,)), Unresolved(Unresolved(f, (A,)), (A,))),
    (Differential(apply("tr", A)), apply("tr", Differential(A))),
    (apply("diag", A), apply("diag", x), apply("diag", apply("diag", A))),
)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("expressions", CONFUSABLE, ids=lambda group: speak(group[0]))
def test_formulas_that_differ_sound_different(expressions: tuple[Expr, ...], table: Table) -> None:
    for one, other in combinations(expressions, 2):
        assert speech(present(one), table).casefold() != speech(present(other), table).casefold()


@given(EXPRESSIONS)
def test_only_words_digits_and_stops_are_said_and_each_letter_in_its_place(expr: Expr) -> None:
    box = present(expr)
    said = speech(box)
    assert WORDS.fullmatch(said)
    assert "_" not in said
    heard = iter(said.split())
    letters = [ENGLISH.letters.get(letter, letter) for letter in speaking(box)]
    pieces = [word.strip(",;") for word in heard]
    place = 0
    for letter in letters:
        assert letter in pieces[place:]
        place = pieces.index(letter, place) + 1


@given(any_expression(differentials=True))
def test_expressions_of_every_kind_can_be_said(expr: Expr) -> None:
    said = speak(expr)
    assert WORDS.fullmatch(said)
    assert "_" not in said


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_no_phrase_of_a_table_holds_a_sign(table: Table) -> None:
    phrases = [re.sub(r"\{\d\}", "x", phrase) for phrase in table.phrases.values()]
    said = [*phrases, *table.signs.values(), *table.functions.values(), *table.letters.values()]
    assert all(WORDS.fullmatch(phrase) for phrase in said)


MAPPINGS = ("phrases", "signs", "functions", "large", "letters", "accents", "roles", "symbols", "fractions", "powers",
            "orders")  # fmt: skip


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_every_language_has_the_words_that_english_has(mapping: str) -> None:
    for table in TABLES.values():
        assert set(getattr(table, mapping)) == set(getattr(ENGLISH, mapping))


def test_a_phrase_has_the_same_gaps_in_every_language() -> None:
    for table in TABLES.values():
        for key, phrase in table.phrases.items():
            assert set(re.findall(r"\d", phrase)) == set(re.findall(r"\d", ENGLISH.phrases[key])), key


GERMAN = {
    "quadratic form": "Vektor x transponiert Matrix A x",
    "fraction": "s durch t",
    "compound transpose": "Klammer auf Matrix A plus A transponiert, Klammer zu, transponiert",
    "mean as a quotient": "Bruch mit Zähler Summe der Einträge von Vektor x, und Nenner n, Ende Bruch",
    "power of a power": "s zum Quadrat hoch drei",
    "component of a matrix": "A Index 1 2",
    "derivative of a name": "partielle Ableitung von f nach Vektor x",
    "trace": "Spur von Klammer auf Matrix A Matrix X, Klammer zu",
    "matrix of ones": "m mal n Matrix aus Einsen",
    "differential": "Matrix A d Vektor x",
    "transpose of an inverse": "Matrix X invers transponiert",
}


@pytest.mark.parametrize("name", GERMAN)
def test_an_expression_is_said_in_german(name: str) -> None:
    assert speech(present(SAMPLES[name][0]), TABLES["de"]) == GERMAN[name]


def test_a_row_is_a_row_vector() -> None:
    r = Variable("r", Shape(ONE, Size.named("n")))
    assert speak(Product((r, x))) == "row vector r vector x"
    assert speak(Sum((f, s))) == "f plus s"
