"""The open table of functions: one record a function, and how a record is looked up.

A record says all there is to know of a function: its shape, its value, its derivative
(in derivgen's own language, parsed once and tested), how it is written, its NumPy form,
where it is defined and differentiable, and a source. Nothing else in derivgen names a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Literal, Protocol

from derivgen.errors import ShapeError
from derivgen.expr.functions.cells import Entry
from derivgen.expr.nodes import Constant, Expr, SizeNumber, broadcast
from derivgen.expr.sizes import Shape, Size
from derivgen.record import record

# Values are typed as complex numbers; mpmath's and SymPy's numbers have the same operators.
Number = complex
Array = list[list[Number]]


class Arithmetic(Protocol):
    """Scalar functions over one kind of number: complex floats, mpmath, or SymPy."""

    pi: Number
    # Whether abs() of a number tells which of two is larger; not so for expressions in a symbol.
    compares: bool

    def number(self, value: Fraction) -> Number:
        """The exact value as this kind of number."""

    def positive(self, value: Number) -> bool:
        """Whether the real value (at the base point) is above zero; decides kinks."""

    def exp(self, value: Number) -> Number: ...
    def log(self, value: Number) -> Number: ...
    def sqrt(self, value: Number) -> Number: ...
    def sin(self, value: Number) -> Number: ...
    def cos(self, value: Number) -> Number: ...
    def tan(self, value: Number) -> Number: ...
    def sinh(self, value: Number) -> Number: ...
    def cosh(self, value: Number) -> Number: ...
    def tanh(self, value: Number) -> Number: ...
    def asin(self, value: Number) -> Number: ...
    def acos(self, value: Number) -> Number: ...
    def atan(self, value: Number) -> Number: ...


@record
class Call:
    """Written as a name in front of its arguments: sin x, diag(x)."""

    name: str


@record
class Fence:
    """Written between bars: |x|, a norm with a subscript."""

    bar: Literal["single", "double"]
    subscript: str = ""


@record
class Exponential:
    """Written as e with an exponent."""


@record
class Radical:
    """Written under a root sign."""


@record
class Indicator:
    """Written as an indicator: 1[z > 0]."""


@record
class Symbol:
    """Written as one letter, bold for arrays: 1, 0, I, pi. Arguments that are sizes become a subscript."""

    letter: str
    bold: bool = True


@record
class Superscript:
    """Written as a superscript: X^-1; an empty sign stands for the second argument, as in X^k."""

    sign: str = ""


@record
class Infix:
    """Written as a sign between two arguments: A ⊗ B."""

    sign: str


Notation = Call | Fence | Exponential | Radical | Indicator | Symbol | Superscript | Infix


@record
class Function:
    """One function of the language.

    `partials` are the partial derivatives of an entry-by-entry function, one for each
    parameter; `differential` is that of any other function, with dx for the change of x, and
    `linear` the same as a matrix times dx, for a column.
    `domain` is where the function has a value, `smooth` where it also has this derivative.
    One that depends on the arguments is made from them; empty where there is none.
    `rule` is the id of its rule for scalars. `numpy` is a formula in the parameters; one that
    depends on the arguments' number or shapes is made from them. `entry` spells an entry of the
    value, or the scalar, in the entries of the arguments; what acts entry by entry needs none.
    """

    name: str
    parameters: tuple[str, ...]
    shape: Callable[[tuple[Expr, ...]], Shape]
    value: Callable[..., Array]
    notation: Notation
    numpy: str | Callable[[tuple[Expr, ...]], str]
    rule: str
    partials: tuple[str, ...] = ()
    differential: str | Callable[[tuple[Expr, ...]], str] = ""
    linear: str = ""
    domain: tuple[str, ...] = ()
    smooth: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    takes_sizes: bool = False
    arities: tuple[int, ...] = ()
    entry: Entry | None = None

    @property
    def is_elementwise(self) -> bool:
        """Whether it acts entry by entry."""
        return bool(self.partials)


def common_shape(arguments: tuple[Expr, ...]) -> Shape:
    """The shape of an entry-by-entry function."""
    return broadcast(arguments, "combine")


def size_of(argument: Expr) -> Size:
    """The size that an argument of ones(n) or eye(n) stands for."""
    match argument:
        case SizeNumber(size=size):
            return size
        case Constant(value=value) if value.denominator == 1 and value >= 1:
            return Size.whole(value.numerator)
        case _:
            raise ShapeError(
                "a size is needed here", "a size is a name that the variables use, or a whole number from 1 up"
            )


def collected(*groups: Iterable[Function]) -> dict[str, Function]:
    """The groups as one table; a name may stand in it once."""
    table: dict[str, Function] = {}
    for function in (function for group in groups for function in group):
        if function.name in table:
            raise ValueError(f"{function.name} stands twice in the table of functions")
        table[function.name] = function
    return table
