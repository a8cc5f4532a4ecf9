"""The NumPy source: the right value, the right shape, and a formula, not a program."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from numpy.typing import NDArray

from derivgen.expr import build
from derivgen.expr.nodes import Expr, Product, Reference, SizeNumber, Sum, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.numpy import NumpySource, source
from derivgen.syntax.parse import Scope, parse
from tests.oracle import Array, value
from tests.strategies import SCOPE, SIZES, any_expression

N, M = Size.named("n"), Size.named("m")
POINT: dict[str, Array] = {
    "s": np.array([[0.7]]),
    "t": np.array([[-1.3]]),
    "lambda": np.array([[1.9]]),
    "x": np.array([[0.4], [-0.6], [1.1]]),
    "y": np.array([[-0.3], [0.9], [0.5]]),
    "u": np.array([[1.2], [-0.8]]),
    "A": np.array([[0.5, -1.0, 0.3], [1.4, 0.2, -0.7], [-0.9, 0.6, 1.3]]),
    "B": np.array([[0.8, 0.1, -0.4], [-1.1, 0.9, 0.35]]),
}
ALLOWED = (
    *(ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Assign, ast.Return),
    *(ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp),
    *(ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.Compare),
    *(ast.operator, ast.unaryop, ast.cmpop, ast.expr_context),
)  # fmt: skip


def argument(name: str, point: Mapping[str, Array], sizes: Mapping[str, int]) -> Array | float | int:
    if name in sizes:
        return sizes[name]
    return point[name].item() if point[name].size == 1 else point[name]


def run(made: NumpySource, point: Mapping[str, Array] = POINT, sizes: Mapping[str, int] = SIZES) -> NDArray[np.float64]:
    scope: dict[str, object] = {"np": np}
    exec(made.code, scope)  # noqa: S102  # our own source, on purpose
    function = scope["derivative"]
    assert callable(function)
    names = [node.arg for node in ast.walk(ast.parse(made.code)) if isinstance(node, ast.arg)]
    values = [argument(name, point, sizes) for name in made.arguments]
    result: NDArray[np.float64] = function(**dict(zip(names, values, strict=True)))
    return result


def of(text: str) -> Expr:
    return parse(text, SCOPE)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_expression(3, tame=True))
def test_source_has_the_value_and_shape_of_the_expression(expr: Expr) -> None:
    with np.errstate(all="raise", under="ignore"):
        try:
            wanted = value(expr, POINT, SIZES)
        except (FloatingPointError, OverflowError):
            assume(False)
        assume(bool(np.all(np.abs(wanted) < 1e6)))
        got = run(source(expr))
    assert isinstance(got, np.ndarray)
    assert got.dtype == float
    assert got.shape == wanted.shape
    np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_expression(3))
def test_source_is_a_formula_not_a_program(expr: Expr) -> None:
    for node in ast.walk(ast.parse(source(expr).code)):
        assert isinstance(node, ALLOWED)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Attribute)
            assert isinstance(node.func.value, ast.Name)
            assert node.func.value.id == "np"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x.T @ (A + A.T)", "def derivative(x, A):\n    return x.T @ (A + A.T)"),
        ("x.T @ A @ x", "def derivative(x, A):\n    return np.array([[(x.T @ A @ x)[0, 0]]], dtype=float)"),
        ("2", "def derivative():\n    return np.array([[2]], dtype=float)"),
        ("eye(3)", "def derivative():\n    return np.eye(3)"),
        ("ones(n)", "def derivative(n):\n    return np.ones((n, 1))"),
        ("x + ones(n)", "def derivative(x):\n    n = x.shape[0]\n    return x + np.ones((n, 1))"),
        ("B/n", "def derivative(B):\n    n = B.shape[1]\n    return B / n"),
        ("sum(w)*w", "def derivative(A, x):\n    w = A @ x\n    return np.sum(w) * w"),
        ("lambda*x", "def derivative(lambda_, x):\n    return lambda_ * x"),
        ("x - 2*y", "def derivative(x, y):\n    return x - 2 * y"),
        ("s**-2", "def derivative(s):\n    return np.array([[s ** (-2.0)]], dtype=float)"),
        ("where(x > y, 1, -2)", "def derivative(x, y):\n    return np.where(x > y, 1.0, -2.0)"),
        ("x @ (x.T @ y)", "def derivative(x, y):\n    return x * (x.T @ y)[0, 0]"),
    ],
)
def test_source_reads_like_the_formula(text: str, code: str) -> None:
    assert source(of(text)).code == code


@pytest.mark.parametrize("text", ["where(x > y, 1, 0)", "where(x > y, n, -1)", "where(x > y, n, where(y > 0, 2, 3))"])
def test_a_choice_between_whole_numbers_is_an_array_of_floats(text: str) -> None:
    assert run(source(of(text))).dtype == float


def test_arguments_keep_the_spelling_of_the_spec_and_end_with_the_sizes() -> None:
    made = source(Sum((of("lambda*A"), build.ones(N, N), SizeNumber(M))))
    assert made.arguments == ("lambda", "A", "m")


def test_names_that_python_uses_itself_are_moved_aside() -> None:
    names = {name: Variable(name, SCALAR) for name in ("np", "derivative", "float", "int", "in", "in_")}
    expr = parse("np + derivative + float + int + in*in_", Scope(names))
    point = {name: np.array([[float(k + 2)]]) for k, name in enumerate(names)}
    assert run(source(expr), point, {}).tolist() == [[2.0 + 3 + 4 + 5 + 6 * 7]]


def test_names_that_python_would_merge_stay_apart() -> None:
    plain, italic = Variable("x", SCALAR), Variable("\U0001d465", SCALAR)  # mathematical italic small x
    made = source(Sum((plain, Product((build.number(10), italic)))))
    assert made.arguments == ("x", "\U0001d465")
    assert run(made, {"x": np.array([[1.0]]), "\U0001d465": np.array([[2.0]])}, {}).tolist() == [[21.0]]


def test_each_earlier_function_is_computed_once_and_in_order() -> None:
    z = Reference("z", of("x.T @ x"))
    q = Reference("q", Product((z, z)))
    lines = source(Product((q, z, Variable("x", Shape(N, ONE))))).code.splitlines()
    assert [line.split("=")[0].strip() for line in lines[1:-1]] == ["z", "q"]


def test_derivative_of_an_unspecified_function_is_an_argument() -> None:
    x = Variable("x", Shape(N, ONE))
    y = Unspecified("y", Shape(M, ONE), (x,))
    made = source(Product((Unresolved(y, (x,)), x)))
    assert made.arguments == ("dy_dx", "x")
    jacobian = np.arange(6.0).reshape(2, 3)
    assert run(made, {"dy_dx": jacobian, "x": POINT["x"]}).tolist() == (jacobian @ POINT["x"]).tolist()


@pytest.mark.parametrize(
    ("text", "value_at"),
    [
        ("x**-1", -2.0),
        ("s**-1", -2.0),
        ("s**3", -2.0),
        ("2**-1", 0.0),
        ("step(s)", 0.0),
        ("sign(s)", 0.0),
        ("relu(s)", -3.0),
    ],
)
def test_scalars_below_zero_and_at_kinks_have_the_documented_value(text: str, value_at: float) -> None:
    names = {"s": Variable("s", SCALAR), "x": Variable("x", Shape(N, ONE))}
    expr = parse(text, Scope(names))
    point = {"s": np.array([[value_at]]), "x": np.full((3, 1), value_at)}
    np.testing.assert_array_equal(run(source(expr), point), value(expr, point, SIZES))


def test_a_sum_of_a_thousand_terms_is_still_printed() -> None:
    expr = Sum(tuple(of("s") for _ in range(1000)))
    np.testing.assert_allclose(run(source(expr)), [[700.0]])


def test_sigmoid_and_softplus_do_not_overflow_far_out() -> None:
    expr = parse("[sigmoid(s), softplus(s), logsumexp(s)]", SCOPE)
    with np.errstate(all="raise", under="ignore"):
        assert run(source(expr), {"s": np.array([[-800.0]])}).ravel().tolist() == [0.0, 0.0, -800.0]


def test_the_branch_that_is_not_taken_may_divide_by_zero() -> None:
    expr = parse("where(s > 0, 1/s + s**-2 + inv(s) + matpow(s, -1), 3)", SCOPE)
    with np.errstate(divide="ignore"):
        assert run(source(expr), {"s": np.array([[0.0]])}).tolist() == [[3.0]]
        assert run(source(expr), {"s": np.array([[2.0]])}).tolist() == [[1.75]]


@pytest.mark.parametrize(
    "text",
    [
        *("tr(s)", "det(s)", "logdet(s)", "inv(s)", "matpow(s, 3)", "matpow(s, -2)", "vec(s)", "diag(s)", "kron(s, x)"),
        *("outer(s, t)", "outer(s, x)", "outer(x, s)", "softmax(s)", "dot(s, t)"),
    ],
)
def test_a_function_of_arrays_takes_the_number_that_a_1_x_1_array_is(text: str) -> None:
    np.testing.assert_allclose(run(source(of(text))), value(of(text), POINT, SIZES))
