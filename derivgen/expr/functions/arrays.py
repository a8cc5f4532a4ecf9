"""Functions whose value is an array, and the constant arrays."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen.errors import ShapeError
from derivgen.expr.functions import cells
from derivgen.expr.functions.cells import Cells
from derivgen.expr.functions.table import (
    Arithmetic,
    Array,
    Call,
    Function,
    Number,
    Symbol,
    size_of,
)
from derivgen.expr.nodes import Constant, Expr, Quotient
from derivgen.expr.sizes import ONE, SCALAR, Shape


def _same_shape(arguments: tuple[Expr, ...]) -> Shape:
    return arguments[0].shape


def _diag_shape(arguments: tuple[Expr, ...]) -> Shape:
    shape = arguments[0].shape
    if shape.is_column:
        return Shape(shape.rows, shape.rows)
    if shape.rows == shape.columns:
        return Shape(shape.rows, ONE)
    raise ShapeError(f"diag takes a vector or a square matrix, this is {shape}", "of a row vector take diag(x.T)")


def _diag(m: Arithmetic, x: Array) -> Array:
    if len(x[0]) == 1:
        return [[x[i][0] if i == j else 0 * x[i][0] for j in range(len(x))] for i in range(len(x))]
    return [[x[i][i]] for i in range(len(x))]


def _diag_numpy(arguments: tuple[Expr, ...]) -> str:
    # np.diag gives a flat vector of a matrix; a second axis makes it a column.
    shape = arguments[0].shape
    return "x" if shape.is_scalar else "np.diagflat(x)" if shape.is_column else "np.diag(x)[:, np.newaxis]"


def _sized(function: str) -> Callable[[tuple[Expr, ...]], str]:
    return lambda arguments: f"{function}((m, n))" if len(arguments) == 2 else f"{function}((m, 1))"


def _softmax(m: Arithmetic, x: Array) -> Array:
    weights = [[m.exp(z) for z in row] for row in x]
    total = sum(w for row in weights for w in row)
    return [[w / total for w in row] for row in weights]


def _sizes(arguments: tuple[Expr, ...]) -> Shape:
    rows = size_of(arguments[0])
    return Shape(rows, size_of(arguments[1]) if len(arguments) > 1 else ONE)


def _square(arguments: tuple[Expr, ...]) -> Shape:
    return Shape(size_of(arguments[0]), size_of(arguments[0]))


def _whole(x: Array) -> int:
    return round(complex(x[0][0]).real)


def _zero_and_one(m: Arithmetic) -> tuple[Number, Number]:
    """Numbers of the arithmetic's own: the quotient of two whole numbers of Python is no exact one."""
    return m.number(Fraction(0)), m.number(Fraction(1))


def _filled(entry: Number, rows: Array, columns: Array | None) -> Array:
    width = _whole(columns) if columns else 1
    return [[entry for _ in range(width)] for _ in range(_whole(rows))]


def _eye(m: Arithmetic, n: Array) -> Array:
    zero, one = _zero_and_one(m)
    return [[one if i == j else zero for j in range(_whole(n))] for i in range(_whole(n))]


def _pi(m: Arithmetic) -> Array:
    return [[m.pi]]


def _unit_shape(arguments: tuple[Expr, ...]) -> Shape:
    size, index = size_of(arguments[0]), size_of(arguments[1])
    if size.number is not None and index.number is not None and index.number > size.number:
        raise ShapeError(
            f"unit({size}, {index}) does not exist", f"the last unit vector of this size is unit({size}, {size})"
        )
    return Shape(size, ONE)


def _unit(m: Arithmetic, n: Array, index: Array) -> Array:
    zero, one = _zero_and_one(m)
    return [[one if i + 1 == _whole(index) else zero] for i in range(_whole(n))]


def _diag_entry(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    (x,) = arguments
    if x.shape.is_column:
        return x.at(i, 1) if i == j else cells.ZERO
    return x.at(i, i)


def _softmax_entry(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    (x,) = arguments
    weights = tuple(cells.of("exp", z) for z in x.all())
    return Quotient(cells.of("exp", x.at(i, j)), cells.added(weights)) if len(weights) > 1 else cells.ONE


def _one_or_zero(is_one: bool) -> Expr:
    return Constant(Fraction(int(is_one)))


FUNCTIONS = (
    Function(
        name="diag",
        parameters=("x",),
        shape=_diag_shape,
        value=_diag,
        notation=Call("diag"),
        numpy=_diag_numpy,
        rule="d-vec",
        differential="diag(dx)",
        source="Parr and Howard, sec. 4.2",
        entry=_diag_entry,
    ),
    Function(
        name="softmax",
        parameters=("x",),
        shape=_same_shape,
        value=_softmax,
        notation=Call("softmax"),
        numpy="np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))",
        rule="softmax",
        differential="softmax(x)*dx - sum(softmax(x)*dx)*softmax(x)",
        linear="(diag(softmax(x)) - softmax(x) @ softmax(x).T) @ dx",
        source="Bishop (2006), eq. 4.106",
        entry=_softmax_entry,
    ),
    Function(
        name="ones",
        parameters=("m", "n"),
        shape=_sizes,
        value=lambda m, rows, columns=None: _filled(_zero_and_one(m)[1], rows, columns),
        notation=Symbol("1"),
        numpy=_sized("np.ones"),
        rule="constant",
        takes_sizes=True,
        arities=(1, 2),
        entry=lambda arguments, i, j: cells.ONE,
    ),
    Function(
        name="zeros",
        parameters=("m", "n"),
        shape=_sizes,
        value=lambda m, rows, columns=None: _filled(_zero_and_one(m)[0], rows, columns),
        notation=Symbol("0"),
        numpy=_sized("np.zeros"),
        rule="constant",
        takes_sizes=True,
        arities=(1, 2),
        entry=lambda arguments, i, j: cells.ZERO,
    ),
    Function(
        name="eye",
        parameters=("n",),
        shape=_square,
        value=_eye,
        notation=Symbol("I"),
        numpy="np.eye(n)",
        rule="constant",
        takes_sizes=True,
        entry=lambda arguments, i, j: _one_or_zero(i == j),
    ),
    Function(
        name="unit",
        parameters=("n", "i"),
        shape=_unit_shape,
        value=_unit,
        notation=Symbol("e"),
        numpy="np.eye(n)[:, i - 1:i]",
        rule="constant",
        takes_sizes=True,
        entry=lambda arguments, i, j: _one_or_zero(i == cells.index(arguments[1])),
    ),
    Function(
        name="pi",
        parameters=(),
        shape=lambda arguments: SCALAR,
        value=_pi,
        notation=Symbol("π", bold=False),
        numpy="np.pi",
        rule="constant",
    ),
)
