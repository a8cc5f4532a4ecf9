"""Functions of all entries of an array, to a scalar."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.errors import ShapeError
from derivgen.expr.functions.table import Arithmetic, Array, Call, Fence, Function, Number
from derivgen.expr.nodes import Expr
from derivgen.expr.sizes import SCALAR, Shape


def _scalar(arguments: tuple[Expr, ...]) -> Shape:
    return SCALAR


def _entries(x: Array) -> list[Number]:
    return [z for row in x for z in row]


def _weighted(weights: str, after: str = "") -> Callable[[tuple[Expr, ...]], str]:
    """The sum of all entries of weights * dx, as it is written for a column, a row or a matrix."""

    def differential(arguments: tuple[Expr, ...]) -> str:
        shape = arguments[0].shape
        if shape.is_scalar:
            return f"{weights}*dx{after}"
        if shape.is_column:
            return f"{weights}.T @ dx{after}"
        return f"dx @ {weights}.T{after}" if shape.is_row else f"tr({weights}.T @ dx){after}"

    return differential


def _sum(m: Arithmetic, x: Array) -> Array:
    return [[sum(_entries(x))]]


def _mean(m: Arithmetic, x: Array) -> Array:
    return [[sum(_entries(x)) / len(_entries(x))]]


def _prod(m: Arithmetic, x: Array) -> Array:
    total: Number = 1
    for z in _entries(x):
        total = total * z
    return [[total]]


def _norm(m: Arithmetic, x: Array) -> Array:
    # Without conjugation, so that the complex step passes through.
    return [[m.sqrt(sum(z * z for z in _entries(x)))]]


def _norm1(m: Arithmetic, x: Array) -> Array:
    return [[sum(z if m.positive(z) else -z for z in _entries(x))]]


def _logsumexp(m: Arithmetic, x: Array) -> Array:
    return [[m.log(sum(m.exp(z) for z in _entries(x)))]]


def _vector_to_scalar(arguments: tuple[Expr, ...]) -> Shape:
    a, b = arguments
    for argument in arguments:
        if not argument.shape.is_column:
            raise ShapeError(
                f"dot takes two vectors, this argument is {argument.shape}", "a vector is n x 1; drop a .T or use @"
            )
    if a.shape != b.shape:
        raise ShapeError(
            f"dot takes two vectors of one size, these are {a.shape} and {b.shape}", "give both the same size"
        )
    return SCALAR


def _dot(m: Arithmetic, a: Array, b: Array) -> Array:
    return [[sum(x * y for x, y in zip(_entries(a), _entries(b), strict=True))]]


FUNCTIONS = (
    Function(
        name="sum",
        parameters=("x",),
        shape=_scalar,
        value=_sum,
        notation=Call("sum"),
        numpy="np.sum(x)",
        rule="sum-reduction",
        differential="sum(dx)",
        source="Parr and Howard, sec. 4.4",
    ),
    Function(
        name="mean",
        parameters=("x",),
        shape=_scalar,
        value=_mean,
        notation=Call("mean"),
        numpy="np.mean(x)",
        rule="mean",
        differential="mean(dx)",
        source="Parr and Howard, sec. 6",
    ),
    Function(
        name="prod",
        parameters=("x",),
        shape=_scalar,
        value=_prod,
        notation=Call("prod"),
        numpy="np.prod(x)",
        rule="prod",
        differential="prod(x)*sum(dx/x)",
        smooth=("x != 0",),
        source="calculus text",
    ),
    Function(
        name="norm",
        parameters=("x",),
        shape=_scalar,
        value=_norm,
        notation=Fence("double"),
        numpy="np.sqrt(np.sum(x**2))",
        rule="norm",
        differential=_weighted("x", "/norm(x)"),
        smooth=("norm(x) != 0",),
        source="Matrix Cookbook (2012), sec. 2.6",
    ),
    Function(
        name="norm1",
        parameters=("x",),
        shape=_scalar,
        value=_norm1,
        notation=Fence("double", "1"),
        numpy="np.sum(np.abs(x))",
        rule="norm1",
        differential=_weighted("sign(x)"),
        smooth=("x != 0",),
        source="calculus text",
    ),
    Function(
        name="logsumexp",
        parameters=("x",),
        shape=_scalar,
        value=_logsumexp,
        notation=Call("logsumexp"),
        numpy="np.max(x) + np.log(np.sum(np.exp(x - np.max(x))))",
        rule="logsumexp",
        differential=_weighted("softmax(x)"),
        source="Boyd and Vandenberghe (2004), app. A.4",
    ),
    Function(
        name="dot",
        parameters=("a", "b"),
        shape=_vector_to_scalar,
        value=_dot,
        notation=Call("dot"),
        numpy="np.sum(a*b)",
        rule="inner-product-rule",
        differential="dot(da, b) + dot(a, db)",
        source="Magnus and Neudecker (2019), ch. 8",
    ),
)
