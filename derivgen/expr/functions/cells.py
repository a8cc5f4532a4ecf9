"""Arrays whose entries are written out, and how functions of them are spelled in scalars.

A record of the table says with these what entry (i, j) of its value is. Places count from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen.errors import NoRule
from derivgen.expr.nodes import Apply, Constant, Expr, Product, SizeNumber, Sum
from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.record import record

LIMIT = 36
ZERO, ONE = Constant(Fraction(0)), Constant(Fraction(1))


def whole(size: Size) -> int:
    """A size as a number.

    Raises: NoRule if it has a name.
    """
    if size.number is None:
        raise NoRule(f"an array of the size {size}", "writing out the components")
    return size.number


@record
class Cells:
    """An argument of a function; `at` is its entry in a row and a column, as a scalar expression."""

    shape: Shape
    at: Callable[[int, int], Expr]

    @property
    def rows(self) -> int:
        """The number of rows.

        Raises: NoRule if it has a name.
        """
        return whole(self.shape.rows)

    @property
    def columns(self) -> int:
        """The number of columns.

        Raises: NoRule if it has a name.
        """
        return whole(self.shape.columns)

    def all(self) -> tuple[Expr, ...]:
        """The entries row by row.

        Raises: NoRule for symbolic or large sizes.
        """
        return tuple(cell for row in self.table() for cell in row)

    def table(self) -> tuple[tuple[Expr, ...], ...]:
        """The rows of entries.

        Raises: NoRule for symbolic or large sizes.
        """
        rows, columns = self.rows, self.columns
        if rows * columns > LIMIT:
            raise NoRule(f"an array of {rows} x {columns} entries", "writing out the components")
        return tuple(tuple(self.at(i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1))


Entry = Callable[[tuple[Cells, ...], int, int], Expr]
"""Entry (i, j) of a function's value, from its arguments; of a scalar it is the value itself."""


def of_all(spelled: Callable[[tuple[Expr, ...]], Expr]) -> Entry:
    """A scalar that is made of all entries of the only argument."""
    return lambda arguments, i, j: spelled(arguments[0].all())


def added(terms: tuple[Expr, ...]) -> Expr:
    """The sum; of one term the term itself."""
    return terms[0] if len(terms) == 1 else Sum(terms)


def multiplied(factors: tuple[Expr, ...]) -> Expr:
    """The product; of one factor the factor itself."""
    return factors[0] if len(factors) == 1 else Product(factors)


def of(function: str, argument: Expr) -> Expr:
    """A function of a scalar."""
    return Apply(function, (argument,), SCALAR)


def index(argument: Cells) -> int:
    """An argument that is a size, as a number.

    Raises: NoRule if it has a name.
    """
    match argument.at(1, 1):
        case SizeNumber(size=size):
            return whole(size)
        case other:
            raise NoRule(f"the size {other}", "writing out the components")
