"""Programs for NumPy, JAX, PyTorch and SymPy: the files run, and they compute what the expression is."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest

from derivgen.api.objects import to_sympy
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.expr.walk import nodes_within
from derivgen.printing.jax import in_jax
from derivgen.printing.numpy import Program, array_program, value_program, written_out
from derivgen.printing.sympysource import sympy_lines
from derivgen.printing.torch import in_torch
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope

N, M = Size.named("n"), Size.named("m")
VARIABLES = {
    "x": Variable("x", Shape(N, ONE)),
    "y": Variable("y", Shape(N, ONE)),
    "A": Variable("A", Shape(N, N)),
    "B": Variable("B", Shape(M, N)),
    "s": Variable("s", SCALAR),
    "t": Variable("t", SCALAR),
}
SIZES = {"n": 3, "m": 2}
SCOPE = Scope(VARIABLES, frozenset(SIZES))
VALUES: dict[str, list[list[float]]] = {
    "x": [[0.5], [1.25], [0.75]],
    "y": [[1.5], [0.25], [2.0]],
    "A": [[2.0, 0.5, -0.25], [0.25, 1.5, 0.75], [-0.5, 1.0, 3.0]],
    "B": [[0.5, -1.0, 0.75], [1.25, 0.5, -2.0]],
    "s": [[0.75]],
    "t": [[1.5]],
}
TEXTS = (
    "x.T @ A @ x",
    "x.T @ (A + A.T)",
    "(x.T @ A @ x)*x",
    "x*y/2",
    "x/y + s/x",
    "x**2 + x**s + s**x + x**y",
    "x + s",
    "sum(x) + sum(B) + mean(B)",
    "norm(B)*norm(x)",
    "norm1(B)",
    "exp(A @ x) + log(x) + sqrt(y)",
    "sigmoid(x) + relu(x - 1) + softplus(x) + step(x - 1)",
    "abs(x - 1) + sign(x - 1) + sin(x) + cos(x) + tan(x)",
    "sinh(x) + cosh(x) + tanh(x) + atan(x)",
    "asin(x/2) + acos(x/2)",
    "sigmoid(s) + relu(s) + softplus(s) + step(s) + abs(s)",
    "max(x, y) + min(x, s) + max(0, x - 1)",
    "max(s, 2) + min(s, t)",
    "where(x > y, x, 2*y)",
    "where(s > t, 1/s, s**-2)",
    "where(s > 0, x, y)",
    "softmax(x)",
    "logsumexp(B) + logsumexp(s)",
    "prod(x) + prod(B)",
    "dot(x, y)",
    "outer(x, y)",
    "diag(x) + A",
    "diag(A)",
    "tr(A) + det(A)",
    "logdet(A)",
    "inv(A)",
    "matpow(A, 3) + matpow(A, -1) + matpow(A, 0)",
    "kron(A, B)",
    "vec(B)",
    "vec(B.T) - commutation(m, n) @ vec(B)",
    "commutation(m, n)",
    "eye(n) + ones(n, n) + zeros(n, n)",
    "ones(n)",
    "ones(n)*n + log(n)*x",
    "[s, t, 1]",
    "[[s, t], [1, x[1]]]",
    "B[1, 2] + x[2] + (A @ x)[1]",
    "pi*x",
    "unit(n, 2)",
    "eye(m*n)",
    "2",
    "n*x + (m + 1)*x",
    "vec(where(B > 0, B, B*B))",
    "exp(2)*x + max(1, 2)",
)
every_text = pytest.mark.parametrize("text", TEXTS)


def of(text: str) -> Expr:
    return parse(text, SCOPE)


def wanted(expr: Expr) -> np.ndarray[Any, np.dtype[Any]]:
    values = {name: [[complex(z) for z in row] for row in rows] for name, rows in VALUES.items()}
    return np.array([[complex(z).real for z in row] for row in value(expr, Point(values, SIZES), FLOATS)])


def run(function: ast.FunctionDef, imports: str, program: Program, give: Any) -> Any:
    scope: dict[str, Any] = {}
    exec(f"{imports}\n{written_out(function)}", scope)  # noqa: S102  # our own source
    point = {name: give(VALUES[name]) if name in VALUES else SIZES[name] for name in program.arguments}
    arguments = dict(zip(program.names, (point[name] for name in program.arguments), strict=True))
    return scope[function.name](**arguments)


def test_every_function_of_the_table_is_in_the_texts() -> None:
    used = {getattr(node, "function", "") for text in TEXTS for node in nodes_within(of(text))}
    assert set(FUNCTIONS) <= used


@every_text
def test_jax_computes_the_expression(text: str) -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    program = array_program(of(text), "derivative")

    def give(rows: list[list[float]]) -> Any:
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else jax.numpy.array(rows)

    got = run(in_jax(program), "import jax.numpy as jnp", program, give)
    assert got.dtype == np.float64
    np.testing.assert_allclose(np.asarray(got), wanted(of(text)), rtol=1e-12, atol=1e-12)


@every_text
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_torch_computes_the_expression_in_the_type_it_is_given(text: str, dtype: str) -> None:
    torch = pytest.importorskip("torch")
    program = array_program(of(text), "derivative")

    def give(rows: list[list[float]]) -> Any:
        made = torch.tensor(rows, dtype=getattr(torch, dtype))
        return made[0, 0] if made.numel() == 1 else made

    got = run(in_torch(program), "import torch", program, give)
    if any(name in VALUES for name in program.arguments):
        assert got.dtype == getattr(torch, dtype)
    close = 1e-12 if dtype == "float64" else 1e-5
    np.testing.assert_allclose(got.numpy(), wanted(of(text)), rtol=close, atol=close)


@every_text
def test_torch_source_calls_nothing_but_torch(text: str) -> None:
    source = written_out(in_torch(array_program(of(text), "derivative")))
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert "np" not in names
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    assert {ast.unparse(call).split(".")[0] for call in calls} <= {"torch", "int"}


@pytest.mark.parametrize("text", ["x.T @ A @ x", "sum(relu(A @ x - 1)) + logsumexp(x)*s", "logdet(A) + norm(B @ x)"])
def test_gradients_pass_through_the_function_in_jax_and_torch(text: str) -> None:
    jax, torch = pytest.importorskip("jax"), pytest.importorskip("torch")
    jax.config.update("jax_enable_x64", True)
    program = value_program(of(text), "f")
    at = program.arguments.index("x" if "x" in program.arguments else "A")
    arrays = [np.array(VALUES[name]) if len(VALUES[name]) > 1 else VALUES[name][0][0] for name in program.arguments]
    scope: dict[str, Any] = {}
    exec(f"import jax.numpy as jnp\n{written_out(in_jax(program))}", scope)  # noqa: S102  # our own source
    by_jax = jax.grad(scope["f"], argnums=at)(*arrays)
    program = value_program(of(text), "f")
    tensors = [torch.tensor(array, requires_grad=k == at) for k, array in enumerate(arrays)]
    exec(f"import torch\n{written_out(in_torch(program))}", scope)  # noqa: S102  # our own source
    scope["f"](*tensors).backward()
    np.testing.assert_allclose(np.asarray(by_jax), tensors[at].grad.numpy(), rtol=1e-10)


def number(rows: Any) -> Any:
    import sympy

    return sympy.ImmutableMatrix([[sympy.Rational(*z.as_integer_ratio()) for z in row] for row in rows])


def evaluated(made: Any) -> np.ndarray[Any, np.dtype[Any]]:
    """The value of a SymPy expression by SymPy's own means: sizes first, then the arrays."""
    import sympy

    sizes = {sympy.Symbol(name, integer=True, positive=True): size for name, size in SIZES.items()}
    table = {}
    for name, rows in VALUES.items():
        matrix = number(rows)
        is_scalar = matrix.shape == (1, 1)
        table[sympy.Symbol(name, real=True) if is_scalar else sympy.MatrixSymbol(name, *matrix.shape)] = (
            matrix[0, 0] if is_scalar else matrix
        )
    made = made.subs(sizes).subs(table).doit().rewrite(sympy.Sum).doit()
    explicit = made.as_explicit() if getattr(made, "is_Matrix", False) else sympy.Matrix([[made]])
    numbers = [[complex(sympy.N(z.doit())) for z in explicit.row(k)] for k in range(explicit.rows)]
    return np.array([[z.real for z in row] for row in numbers])


@every_text
def test_sympy_holds_the_expression_and_evaluates_it(text: str) -> None:
    np.testing.assert_allclose(evaluated(to_sympy(of(text))), wanted(of(text)), rtol=1e-12, atol=1e-12)


@every_text
def test_the_file_for_sympy_builds_the_same_object(text: str) -> None:
    scope: dict[str, Any] = {}
    exec(sympy_lines([("derivative", of(text))], [*VARIABLES, *SIZES]), scope)  # noqa: S102  # our own source
    assert scope["derivative"] == to_sympy(of(text))


def test_decimals_stay_exact_in_sympy() -> None:
    import sympy

    assert to_sympy(of("s/3 + 0.1")).subs(sympy.Symbol("s", real=True), 1) == sympy.Rational(13, 30)
