"""The generated table of symbols says every sign of linear algebra once, in words."""

from __future__ import annotations

import pytest

from derivgen.calculus.derive import derive
from derivgen.document.symbols import signs_of, symbols_used
from derivgen.document.within import formulas_within
from derivgen.document.wording.signs import SIGNS
from derivgen.expr.build import apply, ones
from derivgen.expr.nodes import Differential, Node, Quotient, Reference, Unresolved, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Letter, Operator
from derivgen.printing.latex import latex
from derivgen.printing.notation import notation_from
from derivgen.printing.present import present
from derivgen.render.plain import words as plain
from derivgen.syntax.parse import Scope, parse
from tests.calculus.judge import problem_of

m, n = Size.named("m"), Size.named("n")
X, W = Variable("X", Shape(n, n)), Variable("W", Shape(m, n))
x, s = Variable("x", Shape(n, ONE)), Variable("s", SCALAR)
f = Reference("f", apply("tr", X))
Y = Reference("Y", apply("inv", X))
NAMES = {variable.name: variable for variable in (X, W, x, s)}
SCOPE = Scope({**NAMES, "f": f, "Y": Y}, frozenset("mn"), differentials=True)


def rows(*sources: str) -> dict[str, tuple[str, str]]:
    """The table: each sign as LaTeX, with its shape and its words."""
    found = {}
    for row in signs_of(parse(source, SCOPE) for source in sources):
        sign = row.symbol
        box = sign if isinstance(sign, Operator | Letter) else present(sign)  # type: ignore[arg-type]  # no other box
        assert all(isinstance(part, str) for part in row.role) or "change" in str(row.role[0])
        found[latex(box)] = (row.shape, "".join(part for part in row.role if isinstance(part, str)))
    return found


@pytest.mark.parametrize(
    ("source", "sign", "shape", "word"),
    [
        ("kron(X, X)", r"\otimes", "", "Kronecker"),
        ("X*X", r"\odot", "", "element-wise"),
        ("tr(X)", r"\operatorname{tr}(\mathbf{X})", "1 x 1", "trace"),
        ("det(X)", r"\det\mathbf{X}", "1 x 1", "determinant"),
        ("logdet(X)", r"\log\det\mathbf{X}", "1 x 1", "logarithm of the determinant"),
        ("inv(X)", r"\mathbf{X}^{-1}", "n x n", "inverse"),
        ("matpow(X, -1)", r"\mathbf{X}^{-1}", "n x n", "inverse"),
        ("matpow(X, 3)", r"\mathbf{X}^3", "n x n", "power"),
        ("inv(X).T", r"\mathbf{X}^{-\top}", "n x n", "transpose of the inverse"),
        ("inv(X.T)", r"\mathbf{X}^{-\top}", "n x n", "transpose of the inverse"),
        ("vec(X)", r"\operatorname{vec}(\mathbf{X})", "n*n x 1", "stacked"),
        ("commutation(m, n)", r"\mathbf{K}_{mn}", "m*n x m*n", "commutation"),
        ("norm(X)", r"\lVert\mathbf{X}\rVert_F", "1 x 1", "Frobenius"),
        ("norm(x)", r"\lVert\mathbf{x}\rVert", "1 x 1", "Euclidean"),
        ("diag(X)", r"\operatorname{diag}(\mathbf{X})", "n x 1", "as a vector"),
        ("diag(x)", r"\operatorname{diag}(\mathbf{x})", "n x n", "diagonal matrix"),
        ("outer(x, x)", r"\mathbf{x}^{\top}", "1 x n", "transpose"),
        ("ones(m, n)", r"\mathbf{1}_{m \times n}", "m x n", "matrix of ones"),
        ("derivative(Y, X)", r"\operatorname{vec}(\mathbf{Y})", "n*n x 1", "stacked"),
        ("derivative(x, X)", r"\operatorname{vec}(\mathbf{X})", "n*n x 1", "stacked"),
        ("derivative(derivative(f, X), X)", r"\operatorname{vec}(\mathbf{X})", "n*n x 1", "stacked"),
    ],
)
def test_a_sign_is_in_the_table(source: str, sign: str, shape: str, word: str) -> None:
    table = rows(source)
    assert sign in table
    assert table[sign][0] == shape
    assert word in table[sign][1]


def test_an_inverse_that_is_only_written_transposed_has_one_row() -> None:
    assert list(rows("inv(X).T")) == [r"\mathbf{X}^{-\top}"]


@pytest.mark.parametrize("source", ["derivative(f, X)", "derivative(Y, s)", "derivative(x, s)"])
def test_vec_is_not_in_the_table_where_no_derivative_is_written_with_it(source: str) -> None:
    assert not any("vec" in sign for sign in rows(source))


def test_an_identity_matrix_of_several_sizes_has_no_shape_in_the_table() -> None:
    assert rows("eye(n)")[r"\mathbf{I}"][0] == "n x n"
    assert rows("kron(eye(n), eye(m))")[r"\mathbf{I}"][0] == ""


def test_a_sign_stands_once_and_in_the_order_of_the_words() -> None:
    found = [row.role for row in signs_of((apply("inv", X), apply("tr", X), apply("inv", Y), ones(n)))]
    assert found == [(SIGNS["inv"],), (SIGNS["tr"],), (SIGNS["ones"],)]


def test_a_gradient_by_a_matrix_needs_no_sign_of_its_own() -> None:
    assert signs_of((Unresolved(f, (X,)),))[0].role == (SIGNS["tr"],)


def listed(source: str, **options: str) -> dict[str, str]:
    """The table of a formula in a notation: each sign as LaTeX with its words."""
    notation = notation_from(options)
    made = signs_of([parse(source, SCOPE)], notation)
    return {
        latex(present(row.symbol, notation) if isinstance(row.symbol, Node) else row.symbol): str(row.role[0])
        for row in made
    }


@pytest.mark.parametrize(
    ("options", "source", "sign", "word"),
    [
        ({"hadamard": "circ"}, "X*X", r"\circ", "element-wise product"),
        ({"hadamard": "circ"}, "x**2", r"\mathbf{x}^{\circ2}", "element-wise power"),
        ({"transpose": "prime"}, "x.T", r"\mathbf{x}'", "transpose"),
        ({"indicator": "iverson"}, "step(s)", "[s > 0]", "indicator"),
        ({"indicator": "heaviside"}, "step(s)", "H(s)", "Heaviside"),
        ({"log": "ln"}, "log(s)", r"\ln s", "natural logarithm"),
        ({"ones": "sum"}, "ones(n).T @ x", r"\operatorname{sum}(\mathbf{x})", "sum of all entries"),
        ({"gradient": "nabla"}, "derivative(f, X).T", r"\nabla_{\mathbf{X}}f", "gradient"),
        ({"matrix": "plain"}, "eye(n)", "I", "identity matrix"),
    ],
)
def test_the_table_lists_what_the_notation_prints(options: dict[str, str], source: str, sign: str, word: str) -> None:
    table = listed(source, **options)
    assert sign in table
    assert word in table[sign]


def test_the_sign_of_a_row_that_is_too_wide_for_a_page_is_in_the_table() -> None:
    """Such a row is written as a transposed column."""
    entry = "sin(x[1])*cos(x[2])*exp(x[1]*x[2])"
    assert r"\top" in listed(f"[[{entry}, {entry}, {entry}, {entry}]]")
    assert r"\top" not in listed(f"[[{entry}, {entry}]]")


def test_ones_that_the_notation_writes_as_a_sum_are_not_in_the_table() -> None:
    assert r"\mathbf{1}" not in listed("ones(n).T @ x", ones="sum")
    assert r"\mathbf{1}" in listed("ones(n).T @ x")


def test_a_function_and_the_variable_that_stands_for_it_have_one_change() -> None:
    row, _ = signs_of((Differential(x), Differential(Reference("x", apply("sin", x)))))
    assert row.shape == "n x 1"


@pytest.mark.parametrize(
    ("source", "sign", "words"),
    [
        (
            "where(x > 0, x, sin(x))",
            r"\operatorname{where}(\mathbf{x} > 0, \mathbf{x}, \sin\mathbf{x})",
            "entry by entry: the second argument where the condition holds, else the third",
        ),
        ("max(0, x)", r"\max(0, \mathbf{x})", "ReLU: the larger of 0 and the argument, entry by entry"),
        ("log(x)", r"\log\mathbf{x}", "natural logarithm, entry by entry"),
        ("log(s)", r"\log s", "natural logarithm"),
        ("sin(x)", r"\sin\mathbf{x}", "acts entry by entry"),
        ("mean(x**2)", r"\operatorname{mean}(\mathbf{x}^{\odot2})", "sum of the entries divided by their number"),
        ("softmax(W @ x)", r"\operatorname{softmax}(\mathbf{W}\mathbf{x})", "softmax: the exponential of each entry"),
    ],
)
def test_a_function_is_declared_and_said_to_act_entry_by_entry(source: str, sign: str, words: str) -> None:
    made = signs_of([parse(source, SCOPE)])
    assert any(
        latex(present(row.symbol)) == sign and plain(row.role).startswith(words)
        for row in made
        if isinstance(row.symbol, Node)
    )


def test_the_softmax_is_defined_by_its_entries() -> None:
    (row,) = signs_of([apply("softmax", x)])
    (share,) = [piece for piece in formulas_within(row.role) if isinstance(piece, Quotient)]
    assert latex(present(share)) == r"\frac{e^{x_i}}{\sum_{j = 1}^ne^{x_j}}"


def test_the_logarithm_of_a_determinant_has_one_spelling_and_one_row() -> None:
    assert latex(present(parse("log(det(X))", SCOPE))) == latex(present(parse("logdet(X)", SCOPE)))
    assert list(rows("log(det(X)) + logdet(X)")) == [r"\log\det\mathbf{X}"]
    assert latex(present(parse("log(det(X @ X))", SCOPE))) == r"\log(\det(\mathbf{X}\mathbf{X}))"


def test_the_change_of_a_function_that_a_step_names_tells_which_step() -> None:
    problem = problem_of("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", "f wrt x twice")
    made = symbols_used(problem, [derive(problem, request) for request in problem.requests])
    roles = [plain(row.role) for row in made if isinstance(row.symbol, Differential)]
    assert roles == [
        "the change of f, to first order",
        "the change of x, to first order",
        "the change of g, which step 2.5 names",
    ]
