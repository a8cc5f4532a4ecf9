"""Functions of all entries of an array, to a scalar."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen.errors import ShapeError
from derivgen.expr.functions import cells
from derivgen.expr.functions.cells import Cells
from derivgen.expr.functions.table import Arithmetic, Array, Call, Fence, Function, Number
from derivgen.expr.nodes import Constant, Expr, Power, Product, Quotient
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


def _mean_of(found: tuple[Expr, ...]) -> Expr:
    return Quotient(cells.added(found), Constant(Fraction(len(found)))) if len(found) > 1 else found[0]


def _norm_of(found: tuple[Expr, ...]) -> Expr:
    # The norm of one number is its absolute value, whose derivative a reader knows.
    if len(found) == 1:
        return cells.of("abs", found[0])
    return cells.of("sqrt", cells.added(tuple(Power(z, Constant(Fraction(2))) for z in found)))


def _norm1_of(found: tuple[Expr, ...]) -> Expr:
    return cells.added(tuple(cells.of("abs", z) for z in found))


def _logsumexp_of(found: tuple[Expr, ...]) -> Expr:
    return cells.of("log", cells.added(tuple(cells.of("exp", z) for z in found))) if len(found) > 1 else found[0]


def _dot_entry(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    a, b = arguments
    return cells.added(tuple(Product(pair) for pair in zip(a.all(), b.all(), strict=True)))


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
        entry=cells.of_all(cells.added),
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
        entry=cells.of_all(_mean_of),
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
        entry=cells.of_all(cells.multiplied),
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
        entry=cells.of_all(_norm_of),
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
        entry=cells.of_all(_norm1_of),
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
        entry=cells.of_all(_logsumexp_of),
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
        entry=_dot_entry,
    ),
)
