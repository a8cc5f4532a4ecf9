"""Functions of linear algebra: traces, determinants, inverses, Kronecker products, vec.

Differentials: Magnus and Neudecker, Matrix Differential Calculus, 3rd ed. (2019), ch. 8;
vec, the Kronecker product and the commutation matrix: the same, ch. 2 and 3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import mul

from derivgen.errors import ShapeError
from derivgen.expr.functions import matrixentries
from derivgen.expr.functions.table import (
    Arithmetic,
    Array,
    Call,
    Function,
    Infix,
    Number,
    Superscript,
    Symbol,
    size_of,
)
from derivgen.expr.nodes import Constant, Expr, Product, Quotient
from derivgen.expr.sizes import ONE, SCALAR, Shape

MN = "Magnus and Neudecker (2019), ch. 8"
LARGEST_POWER = 30


# Shapes


def _squared(name: str, argument: Expr) -> Shape:
    shape = argument.shape
    if shape.rows != shape.columns:
        raise ShapeError(
            f"{name} takes a square matrix, this is {shape}", "a square matrix has as many rows as columns: n x n"
        )
    return shape


def _scalar_of_square(name: str) -> Callable[[tuple[Expr, ...]], Shape]:
    def shape(arguments: tuple[Expr, ...]) -> Shape:
        _squared(name, arguments[0])
        return SCALAR

    return shape


def _vectors(name: str, arguments: tuple[Expr, ...]) -> None:
    for argument in arguments:
        if not argument.shape.is_column:
            raise ShapeError(
                f"{name} takes two vectors, this argument is {argument.shape}", "a vector is n x 1; drop a .T or use @"
            )


def _outer_shape(arguments: tuple[Expr, ...]) -> Shape:
    _vectors("outer", arguments)
    return Shape(arguments[0].shape.rows, arguments[1].shape.rows)


# The entries of a higher power leave the range of floats at the points where steps are checked.
LARGEST_EXPONENT = 100


def _power_shape(arguments: tuple[Expr, ...]) -> Shape:
    if not arguments[1].is_scalar:
        raise ShapeError(
            f"the exponent of matpow is a whole number, this is {arguments[1].shape}", "write matpow(X, 3)"
        )
    exponent = arguments[1]
    if _is_fraction(exponent):
        raise ShapeError("the exponent of matpow is a whole number", "write matpow(X, 3)", kind="arguments")
    if isinstance(exponent, Constant) and abs(exponent.value) > LARGEST_EXPONENT:
        raise ShapeError(
            f"the exponent of matpow is at most {LARGEST_EXPONENT} in size",
            "name the exponent, declare it as a scalar, and write matpow(X, k)",
            kind="arguments",
        )
    return _squared("matpow", arguments[0])


def _is_fraction(exponent: Expr) -> bool:
    """Whether an exponent is a number and no whole one: 0.5, 1/2, -1/2."""
    match exponent:
        case Constant(value=value):
            return value.denominator != 1
        case Quotient(numerator=Constant(value=top), denominator=Constant(value=bottom)):
            return bottom != 0 and (top / bottom).denominator != 1
        case Product(factors=(Constant(value=sign), inner)) if abs(sign) == 1:
            return _is_fraction(inner)
        case _:
            return False


def _kron_shape(arguments: tuple[Expr, ...]) -> Shape:
    a, b = arguments[0].shape, arguments[1].shape
    return Shape(a.rows * b.rows, a.columns * b.columns)


def _commutation_shape(arguments: tuple[Expr, ...]) -> Shape:
    size = size_of(arguments[0]) * size_of(arguments[1])
    return Shape(size, size)


# Values


def _trace(m: Arithmetic, x: Array) -> Array:
    return [[sum(x[i][i] for i in range(len(x)))]]


def _det(m: Arithmetic, x: Array) -> Array:
    return [[determinant(m, x)]]


def _logdet(m: Arithmetic, x: Array) -> Array:
    return [[m.log(determinant(m, x))]]


def determinant(m: Arithmetic, x: Array) -> Number:
    """The determinant: by elimination where numbers can be compared, else by expansion along the rows."""
    return _eliminated(m, x)[1] if m.compares else _minor(x, tuple(range(len(x))), 0, {})


def _minor(x: Array, columns: tuple[int, ...], row: int, known: dict[tuple[int, ...], Number]) -> Number:
    """The determinant of the rows from `row` on and these columns; each set of columns is worked out once."""
    if not columns:
        return 1
    if columns not in known:
        total: Number = 0
        for k, column in enumerate(columns):
            rest = _minor(x, columns[:k] + columns[k + 1 :], row + 1, known)
            total = total + _sign(k) * x[row][column] * rest
        known[columns] = total
    return known[columns]


def _eliminated(m: Arithmetic, x: Array) -> tuple[Array, Number]:
    """The inverse and the determinant by Gauss and Jordan with the largest pivot; no inverse if it is 0."""
    n = len(x)
    left = [[z * 1 for z in row] for row in x]
    right: Array = [[m.number(Fraction(int(i == j))) for j in range(n)] for i in range(n)]
    det: Number = m.number(Fraction(1))
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(left[i][k]))
        if left[pivot][k] == 0:
            return [], m.number(Fraction(0))
        if pivot != k:
            left[k], left[pivot], right[k], right[pivot] = left[pivot], left[k], right[pivot], right[k]
            det = -det
        head = left[k][k]
        det = det * head
        left[k], right[k] = [z / head for z in left[k]], [z / head for z in right[k]]
        for i in range(n):
            if i != k and left[i][k] != 0:
                factor = left[i][k]
                left[i] = [a - factor * b for a, b in zip(left[i], left[k], strict=True)]
                right[i] = [a - factor * b for a, b in zip(right[i], right[k], strict=True)]
    return right, det


def _inverse(m: Arithmetic, x: Array) -> Array:
    if m.compares:
        inverse, det = _eliminated(m, x)
        if det == 0:
            raise ZeroDivisionError("a singular matrix has no inverse")
        return inverse
    n = len(x)
    det = determinant(m, x)
    cofactors = [[_cofactor(x, i, j) for i in range(n)] for j in range(n)]
    return [[z / det for z in row] for row in cofactors]


def _cofactor(x: Array, i: int, j: int) -> Number:
    rest = [row for k, row in enumerate(x) if k != i]
    columns = tuple(k for k in range(len(x)) if k != j)
    return _sign(i + j) * _minor(rest, columns, 0, {})


def _sign(k: int) -> int:
    return -1 if k % 2 else 1


def _times(a: Array, b: Array) -> Array:
    columns = list(zip(*b, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in a]


def _power(m: Arithmetic, x: Array, k: Array) -> Array:
    exponent = round(complex(k[0][0]).real)
    if abs(complex(k[0][0]) - exponent) > 1e-9:
        raise ValueError("the exponent of a matrix is a whole number")
    if abs(exponent) > LARGEST_EXPONENT:
        raise OverflowError
    base = x if exponent >= 0 else _inverse(m, x)
    made: Array = [[m.number(Fraction(int(i == j))) for j in range(len(x))] for i in range(len(x))]
    # Squares of squares: from the left, one digit of the exponent after another.
    for digit in f"{abs(exponent):b}":
        made = _times(made, made)
        made = _times(made, base) if digit == "1" else made
    return made


def _outer(m: Arithmetic, a: Array, b: Array) -> Array:
    return [[x[0] * y[0] for y in b] for x in a]


def _kron(m: Arithmetic, a: Array, b: Array) -> Array:
    return [[x * y for x in upper for y in lower] for upper in a for lower in b]


def _vec(m: Arithmetic, x: Array) -> Array:
    return [[z] for column in zip(*x, strict=True) for z in column]


def _commutation(m: Arithmetic, rows: Array, columns: Array) -> Array:
    p, q = round(complex(rows[0][0]).real), round(complex(columns[0][0]).real)
    return [[int(k == i + p * j) for k in range(p * q)] for i in range(p) for j in range(q)]


# Differentials that depend on an argument


def _power_differential(arguments: tuple[Expr, ...]) -> str:
    """The sum of X^i dX X^(k - 1 - i); empty for an exponent that is no number."""
    exponent = arguments[1]
    if not isinstance(exponent, Constant) or abs(exponent.value) > LARGEST_POWER:
        return ""
    k = int(exponent.value)
    if k == 0:
        return "0*dX"
    if k < 0:
        return "".join(f" - {_factor(-i)}@ dX{_factor(k - 1 + i, after=True)}" for i in range(1, -k + 1))
    terms = (f"{_factor(i)}@ dX{_factor(k - 1 - i, after=True)}".removeprefix("@ ") for i in range(k))
    return " + ".join(terms)


def _factor(k: int, *, after: bool = False) -> str:
    if k == 0:
        return ""
    written = "X" if k == 1 else "inv(X)" if k == -1 else f"matpow(X, {k})"
    return f" @ {written}" if after else f"{written} "


# NumPy's functions of matrices take no numbers, which 1 x 1 arrays are.


def _or_number(formula: str, of_number: str) -> Callable[[tuple[Expr, ...]], str]:
    return lambda arguments: of_number if arguments[0].is_scalar else formula


def _outer_numpy(arguments: tuple[Expr, ...]) -> str:
    left, right = arguments
    return "a*b" if right.is_scalar else "a*b.T" if left.is_scalar else "a @ b.T"


FUNCTIONS = (
    Function(
        name="tr",
        parameters=("X",),
        shape=_scalar_of_square("tr"),
        value=_trace,
        notation=Call("tr"),
        numpy=_or_number("np.trace(X)", "X"),
        rule="d-trace",
        differential="tr(dX)",
        source=MN,
        entry=matrixentries.trace,
    ),
    Function(
        name="det",
        parameters=("X",),
        shape=_scalar_of_square("det"),
        value=_det,
        notation=Call("det"),
        numpy=_or_number("np.linalg.det(X)", "X"),
        rule="d-det",
        differential="det(X)*tr(inv(X) @ dX)",
        smooth=("X invertible",),
        source=MN,
        entry=matrixentries.det,
    ),
    Function(
        name="logdet",
        parameters=("X",),
        shape=_scalar_of_square("logdet"),
        value=_logdet,
        notation=Call("log det"),
        numpy=_or_number("np.linalg.slogdet(X)[1]", "np.log(X)"),
        rule="d-logdet",
        differential="tr(inv(X) @ dX)",
        domain=("det(X) > 0",),
        source=MN,
        entry=matrixentries.logdet,
    ),
    Function(
        name="inv",
        parameters=("X",),
        shape=lambda arguments: _squared("inv", arguments[0]),
        value=_inverse,
        notation=Superscript("-1"),
        numpy=_or_number("np.linalg.inv(X)", "np.divide(1.0, X)"),
        rule="d-inverse",
        differential="-inv(X) @ dX @ inv(X)",
        domain=("X invertible",),
        explanation="Differentiate X inv(X) = I and solve for d inv(X).",
        source=MN,
        entry=matrixentries.inverse,
    ),
    Function(
        name="matpow",
        parameters=("X", "k"),
        shape=_power_shape,
        value=_power,
        notation=Superscript(),
        numpy=_or_number("np.linalg.matrix_power(X, int(k))", "np.float_power(X, k)"),
        rule="d-power",
        differential=_power_differential,
        source=MN,
        entry=matrixentries.power,
    ),
    Function(
        name="outer",
        parameters=("a", "b"),
        shape=_outer_shape,
        value=_outer,
        notation=Call("outer"),
        numpy=_outer_numpy,
        rule="d-product",
        differential="da @ b.T + a @ db.T",
        source=MN,
        entry=matrixentries.outer,
    ),
    Function(
        name="kron",
        parameters=("A", "B"),
        shape=_kron_shape,
        value=_kron,
        notation=Infix("⊗"),
        numpy="np.kron(A, B)",
        rule="d-kron",
        differential="kron(dA, B) + kron(A, dB)",
        source="Magnus and Neudecker (2019), ch. 2 and 9",
        entry=matrixentries.kron,
    ),
    Function(
        name="vec",
        parameters=("X",),
        shape=lambda arguments: Shape(arguments[0].shape.entries, ONE),
        value=_vec,
        notation=Call("vec"),
        numpy=_or_number("np.reshape(X, (-1, 1), order='F')", "X"),
        rule="d-vec",
        differential="vec(dX)",
        source="Magnus and Neudecker (2019), ch. 2",
        entry=matrixentries.vec,
    ),
    Function(
        name="commutation",
        parameters=("m", "n"),
        shape=_commutation_shape,
        value=_commutation,
        notation=Symbol("K"),
        numpy="np.eye(m*n)[np.ravel(np.transpose(np.reshape(np.arange(m*n), (n, m))))]",
        rule="constant",
        takes_sizes=True,
        source="Magnus and Neudecker (2019), sec. 3.7",
        entry=matrixentries.commutation,
    ),
)
