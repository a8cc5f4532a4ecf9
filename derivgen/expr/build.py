"""Short ways to make nodes. They add nothing and rewrite nothing: what you ask for is what you get."""

from __future__ import annotations

from fractions import Fraction

from derivgen.errors import ShapeError
from derivgen.expr.counted import counted
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.table import size_of
from derivgen.expr.nodes import Apply, Constant, Expr, Product, SizeNumber, Stack, Sum
from derivgen.expr.sizes import ONE, Shape, Size

ZERO_NUMBER = Constant(Fraction(0))
ONE_NUMBER = Constant(Fraction(1))
MINUS_ONE = Constant(Fraction(-1))


def number(value: int | Fraction) -> Constant:
    """An exact number."""
    return Constant(value if isinstance(value, Fraction) else Fraction(value))


def negative(expr: Expr) -> Expr:
    """-expr, as a product with -1."""
    return Product((MINUS_ONE, expr))


def apply(name: str, *arguments: Expr) -> Apply:
    """The function called `name` of the arguments.

    Raises: ShapeError for a wrong number of arguments or shapes that do not fit.
    """
    record = FUNCTIONS[name]
    allowed = record.arities or (len(record.parameters),)
    if len(arguments) not in allowed:
        wanted = " or ".join(str(k) for k in allowed)
        plural = "" if allowed == (1,) else "s"
        raise ShapeError(
            f"{name} takes {wanted} argument{plural}, not {len(arguments)}",
            f"write {name}({', '.join(record.parameters)})",
        )
    if record.takes_sizes:
        arguments = tuple(SizeNumber(size_of(argument)) for argument in arguments)
    return Apply(name, arguments, record.shape(arguments))


def size(value: Size) -> Expr:
    """A size as a number: a plain number where it is whole, names multiplied and added up where it is p*q + 1."""
    terms = []
    for names, count in value.terms:
        factors = [SizeNumber(Size.named(name)) for name in names]
        front: list[Expr] = [Constant(counted(count))] if count != 1 or not names else []
        parts = (*front, *factors)
        terms.append(parts[0] if len(parts) == 1 else Product(parts))
    if not terms:
        return ZERO_NUMBER
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def ones(rows: Size, columns: Size = ONE) -> Apply:
    """The array of ones."""
    return _constant("ones", rows, columns)


def zeros(shape: Shape) -> Expr:
    """The array of zeros, or the number 0."""
    return ZERO_NUMBER if shape.is_scalar else _constant("zeros", shape.rows, shape.columns)


def eye(rows: Size) -> Expr:
    """The identity matrix, or the number 1."""
    return ONE_NUMBER if rows == ONE else apply("eye", SizeNumber(rows))


def unit(rows: Size, index: int) -> Expr:
    """The standard basis vector with a one at `index`; written out where the size is a number."""
    if rows.number is not None:
        return column(*(number(int(k + 1 == index)) for k in range(rows.number)))
    return apply("unit", SizeNumber(rows), SizeNumber(Size.whole(index)))


def column(*entries: Expr) -> Stack:
    """Scalars stacked into a column."""
    return Stack(tuple((entry,) for entry in entries))


def row(*entries: Expr) -> Stack:
    """Scalars in a row."""
    return Stack((entries,))


def _constant(name: str, rows: Size, columns: Size) -> Apply:
    return apply(name, SizeNumber(rows)) if columns == ONE else apply(name, SizeNumber(rows), SizeNumber(columns))
