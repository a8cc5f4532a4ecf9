"""Functions of linear algebra written out in the entries of their arguments, for small whole sizes.

Determinants and inverses: Magnus and Neudecker (2019), sec. 1.9 to 1.11; the others: ch. 2 and 3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from derivgen.errors import NoRule
from derivgen.expr.functions import cells
from derivgen.expr.functions.cells import Cells
from derivgen.expr.nodes import Constant, Expr, Power, Product, Quotient

# Rows up to which a determinant and an inverse are written out.
LARGEST_DETERMINANT, LARGEST_INVERSE = 4, 3
MINUS_ONE = Constant(Fraction(-1))
Table = tuple[tuple[Expr, ...], ...]


def trace(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """The sum of the diagonal."""
    (x,) = arguments
    return cells.added(tuple(x.at(k, k) for k in range(1, x.rows + 1)))


def det(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """The determinant as a sum of products, up to four rows."""
    return _determinant(arguments[0].table())


def logdet(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """The logarithm of the determinant."""
    return cells.of("log", det(arguments, i, j))


def inverse(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """A cofactor over the determinant, up to three rows."""
    return _inverted(arguments[0].table(), i, j)


def power(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """A sum of products for a small whole exponent."""
    x, exponent = arguments
    if x.shape.is_scalar:
        return Power(x.at(1, 1), exponent.at(1, 1))
    k = _exponent(exponent.at(1, 1))
    if k == 0:
        return cells.ONE if i == j else cells.ZERO
    table = x.table()
    if k < 0:
        places = range(1, len(table) + 1)
        table = tuple(tuple(_inverted(table, r, c) for c in places) for r in places)
    return _powered(table, abs(k), i, j)


def _exponent(k: Expr) -> int:
    match k:
        case Constant(value=value) if value.denominator == 1:
            return value.numerator
        case _:
            raise NoRule("a matrix to a power that is no number", "writing out the components")


def outer(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """One entry of each vector."""
    a, b = arguments
    return Product((a.at(i, 1), b.at(j, 1)))


def kron(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """One entry of each factor."""
    a, b = arguments
    (upper, below), (left, right) = divmod(i - 1, b.rows), divmod(j - 1, b.columns)
    return Product((a.at(upper + 1, left + 1), b.at(below + 1, right + 1)))


def vec(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """The entries, column after column."""
    (x,) = arguments
    column, row = divmod(i - 1, x.rows)
    return x.at(row + 1, column + 1)


def commutation(arguments: tuple[Cells, ...], i: int, j: int) -> Expr:
    """A one where entry j of vec(X) goes to place i of vec(X.T)."""
    # commutation @ vec(X) is vec(X.T): its entry i is that of X in this row and column.
    rows, columns = map(cells.index, arguments)
    row, column = divmod(i - 1, columns)
    return cells.ONE if j - 1 == row + rows * column else cells.ZERO


def _determinant(table: Table, largest: int = LARGEST_DETERMINANT) -> Expr:
    """The determinant as a sum over permutations.

    Raises: NoRule for more rows than `largest`.
    Source: Magnus and Neudecker (2019), sec. 1.9.
    """
    if len(table) > largest:
        raise NoRule(f"a determinant of {len(table)} rows", "writing out the components")
    terms = []
    for order in permutations(range(len(table))):
        factors = tuple(row[k] for row, k in zip(table, order, strict=True))
        inversions = sum(a > b for k, b in enumerate(order) for a in order[:k])
        terms.append(Product((MINUS_ONE, *factors)) if inversions % 2 else cells.multiplied(factors))
    return cells.added(tuple(terms))


def _inverted(table: Table, i: int, j: int) -> Expr:
    """Entry (i, j) of the inverse: the cofactor of (j, i) over the determinant.

    Raises: NoRule for more rows than `largest`.
    Source: Magnus and Neudecker (2019), sec. 1.10 and 1.11.
    """
    below = _determinant(table, LARGEST_INVERSE)
    if len(table) == 1:
        return Quotient(cells.ONE, below)
    rest = tuple(
        tuple(cell for column, cell in enumerate(row, start=1) if column != i)
        for place, row in enumerate(table, start=1)
        if place != j
    )
    minor = _determinant(rest)
    return Quotient(Product((MINUS_ONE, minor)) if (i + j) % 2 else minor, below)


def _powered(table: Table, k: int, i: int, j: int) -> Expr:
    """Entry (i, j) of the matrix to the power k, from 1 up: a sum over all ways of k steps from i to j.

    Raises: NoRule where there are too many.
    """
    n = len(table)
    if n == 1:
        return Power(table[0][0], Constant(Fraction(k))) if k > 1 else table[0][0]
    if k * n ** (k - 1) > cells.LIMIT:
        raise NoRule(f"the power {k} of a matrix of {n} rows", "writing out the components")
    return cells.added(tuple(cells.multiplied(factors) for factors in _ways(table, k, i - 1, j - 1)))


def _ways(table: Table, k: int, i: int, j: int) -> list[tuple[Expr, ...]]:
    if k == 1:
        return [(table[i][j],)]
    return [(table[i][step], *way) for step in range(len(table)) for way in _ways(table, k - 1, step, j)]
