"""The closed set of nodes. Each keeps what was typed: constructors rewrite nothing.

Every node has a `shape`; a node whose parts do not fit raises ShapeError when it is
made. Nodes are frozen and compare by structure, and their hash is computed once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from fractions import Fraction
from typing import Any, Literal, TypeVar, dataclass_transform

from derivgen.errors import ShapeError
from derivgen.expr.counted import are_one
from derivgen.expr.memory import are_equal
from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.record import record

C = TypeVar("C")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[C]) -> type[C]:
    """A frozen dataclass with slots whose hash is computed once per object."""
    made: Any = record(cls)
    structural: Callable[[Any], int] = made.__hash__

    def cached_hash(self: Node) -> int:
        known = self.known_hash
        if known is None:
            known = structural(self)
            object.__setattr__(self, "known_hash", known)
        return known

    made.__hash__ = cached_hash
    remade: type[C] = made
    return remade


@record
class Node:
    """What all nodes share: the shape, whether that is 1 x 1, and the cached hash."""

    shape: Shape = field(init=False, compare=False, repr=False)
    is_scalar: bool = field(init=False, compare=False, repr=False)
    known_hash: int | None = field(init=False, compare=False, repr=False)

    def _shaped(self, shape: Shape) -> None:
        object.__setattr__(self, "shape", shape)
        object.__setattr__(self, "is_scalar", shape.is_scalar)
        object.__setattr__(self, "known_hash", None)


@node
class Constant(Node):
    """An exact number."""

    value: Fraction

    def __post_init__(self) -> None:
        self._shaped(SCALAR)

    def __eq__(self, other: object) -> bool:
        return type(other) is Constant and are_one(self.value, other.value)


@node
class SizeNumber(Node):
    """A size used as a number: the n of sum(x)/n, or an argument of ones(n)."""

    size: Size

    def __post_init__(self) -> None:
        self._shaped(SCALAR)


@node
class Variable(Node):
    """A declared variable; `one_entry` tells vector(1) and matrix(1, 1), scalars that a caller holds as arrays."""

    name: str
    declared: Shape
    symmetric: bool = False
    one_entry: bool = False

    def __post_init__(self) -> None:
        self._shaped(self.declared)


@node
class Reference(Node):
    """An earlier function by its name; `body` is what it stands for."""

    name: str
    body: Expr

    def __post_init__(self) -> None:
        self._shaped(self.body.shape)

    def __eq__(self, other: object) -> bool:
        # Functions of functions that each use the last one twice would be compared without end.
        if not isinstance(other, Reference):
            return NotImplemented
        return self is other or (self.name == other.name and are_equal(self.body, other.body))


@node
class Unspecified(Node):
    """A function of which only its shape and what it depends on are known: y = y(x), or y = y(g) of a function g."""

    name: str
    declared: Shape
    of: tuple[Variable | Reference | Unspecified, ...]

    def __post_init__(self) -> None:
        self._shaped(self.declared)


@node
class Differential(Node):
    """d(of): an atom dx when `of` is a variable, else a differential still to be worked out."""

    of: Expr

    def __post_init__(self) -> None:
        self._shaped(self.of.shape)


@node
class Unresolved(Node):
    """The derivative of `of` with respect to `wrt` in numerator layout, still to be worked out.

    `wrt` is one variable, one component, or several scalars that are stacked. A derivative
    of a derivative is the Jacobian of vec of the inner one, which is first turned into the
    gradient (the shape of the variable) where the function is a scalar.
    `written_out` asks printers for the array of partial derivatives; it means the same.
    `held` is what `of` uses besides and what stays fixed: printers write ∂, and the
    functions among them after a bar. They are variables within `of`, so it means the same.
    `denominator` says that this is the derivative in denominator layout, the transpose.
    `variables` is how many entries vary.

    Shapes: scalar by (p, q): (q, p); array by scalar: that of the array; (r, s) by (p, q):
    (r*s, p*q), with vec of both. Second derivative of a scalar by X, then Y: (|X|, |Y|); of an
    array by scalars: that of the array; else (entries of the inner one, |Y|).
    """

    of: Expr
    wrt: tuple[Expr, ...]
    written_out: bool = False
    held: tuple[Expr, ...] = ()
    denominator: bool = False
    variables: Size = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        first, *others = (part.shape.entries for part in self.wrt)
        object.__setattr__(self, "variables", sum(others, first))
        numerator = self._in_numerator()
        self._shaped(numerator.transposed if self.denominator else numerator)

    def _in_numerator(self) -> Shape:
        if self.stacks:
            return Shape(self.of.shape.entries, self.variables)
        return self.of.shape if self.variables.is_one else self.wrt[0].shape.transposed

    @property
    def turns(self) -> bool:
        """Whether `of` is the derivative of a scalar, which is read as a gradient before it is differentiated."""
        return isinstance(self.of, Unresolved) and self.of.of.is_scalar

    @property
    def stacks(self) -> bool:
        """Whether rows count the entries of `of` and columns the entries that vary, both by columns."""
        if self.turns:
            return True
        if isinstance(self.of, Unresolved) and not self.of.variables.is_one:
            return True
        return not self.variables.is_one and not (self.of.is_scalar and len(self.wrt) == 1)


@node
class Sum(Node):
    """Terms added up; a scalar among arrays is added to each entry. a - b is Sum(a, Product(-1, b))."""

    terms: tuple[Expr, ...]

    def __post_init__(self) -> None:
        self._shaped(broadcast(self.terms, "add"))


@node
class Product(Node):
    """Matrix product from left to right; a scalar factor scales."""

    factors: tuple[Expr, ...]

    def __post_init__(self) -> None:
        shape = SCALAR
        for factor in self.factors:
            if shape.is_scalar:
                shape = factor.shape
            elif not factor.is_scalar:
                shape = product_shape(shape, factor.shape)
        self._shaped(shape)


@node
class Hadamard(Node):
    """Entry-by-entry product of arrays of one shape."""

    factors: tuple[Expr, ...]

    def __post_init__(self) -> None:
        self._shaped(broadcast(self.factors, "multiply entry by entry"))


@node
class Quotient(Node):
    """numerator / denominator, entry by entry; a scalar on either side broadcasts."""

    numerator: Expr
    denominator: Expr

    def __post_init__(self) -> None:
        self._shaped(broadcast((self.numerator, self.denominator), "divide"))


@node
class Power(Node):
    """base ** exponent, entry by entry."""

    base: Expr
    exponent: Expr

    def __post_init__(self) -> None:
        self._shaped(broadcast((self.base, self.exponent), "raise to a power"))


@node
class Transpose(Node):
    """argument.T."""

    argument: Expr

    def __post_init__(self) -> None:
        self._shaped(self.argument.shape.transposed)


@node
class Stack(Node):
    """A matrix of scalars by rows; a column is rows of one scalar each."""

    rows: tuple[tuple[Expr, ...], ...]

    def __post_init__(self) -> None:
        width = len(self.rows[0])
        if any(len(row) != width for row in self.rows):
            raise ShapeError(
                "the rows of this matrix have different lengths", "give every row the same number of entries"
            )
        for entry in (entry for row in self.rows for entry in row):
            if not entry.is_scalar:
                raise ShapeError(
                    f"an entry of a stack must be a scalar, this one is {entry.shape}",
                    "stack scalars, for instance components x[1], x[2]",
                )
        self._shaped(Shape(Size.whole(len(self.rows)), Size.whole(width)))


@record
class Index:
    """A letter that counts along a size: the i of x[i], from 1 to the size."""

    name: str
    size: Size


Place = int | Index


@node
class Component(Node):
    """Entry (row, column) of an array, counted from 1; in index notation a letter stands for a number.

    An entry of the identity matrix with letters is the Kronecker delta.
    """

    array: Expr
    row: Place
    column: Place = 1

    def __post_init__(self) -> None:
        for index, size in ((self.row, self.array.shape.rows), (self.column, self.array.shape.columns)):
            if isinstance(index, Index):
                if index.size != size:
                    raise ShapeError(
                        f"{index.name} counts to {index.size}, not to {size}", "give each size a letter of its own"
                    )
                continue
            if index < 1:
                raise ShapeError("components are counted from 1", "the first one is [1]")
            if size.number is not None and index > size.number:
                raise ShapeError(
                    f"component {index} of an array of shape {self.array.shape} does not exist",
                    f"the last one has the index {size}",
                )
        self._shaped(SCALAR)


@node
class Summation(Node):
    """The sum of a scalar over a letter: sum(i, n, x[i]*y[i])."""

    index: Index
    body: Expr

    def __post_init__(self) -> None:
        if not self.body.is_scalar:
            raise ShapeError(
                f"a sum over {self.index.name} adds up scalars, this is {self.body.shape}", "give the entry a letter"
            )
        self._shaped(SCALAR)


@node
class Choice(Node):
    """where(left relation right, then, otherwise), entry by entry.

    `is_open` asks printers to leave open what holds where both sides are equal; it means the same.
    """

    relation: Literal[">", "<", ">=", "<="]
    left: Expr
    right: Expr
    then: Expr
    otherwise: Expr
    is_open: bool = field(default=False, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        self._shaped(broadcast((self.left, self.right, self.then, self.otherwise), "choose between"))


@node
class Apply(Node):
    """A function of the open table; build.apply makes it, since the table knows the shape."""

    function: str
    arguments: tuple[Expr, ...]
    declared: Shape = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        self._shaped(self.declared)


Expr = (
    Constant
    | SizeNumber
    | Variable
    | Reference
    | Unspecified
    | Differential
    | Unresolved
    | Sum
    | Product
    | Hadamard
    | Quotient
    | Power
    | Transpose
    | Stack
    | Component
    | Summation
    | Choice
    | Apply
)


def broadcast(parts: tuple[Expr, ...], verb: str) -> Shape:
    """The common shape of arrays of one shape and of scalars among them."""
    shape = SCALAR
    for part in parts:
        if shape.is_scalar:
            shape = part.shape
        elif not part.is_scalar and part.shape != shape:
            raise ShapeError(
                f"cannot {verb} {shape} and {part.shape}", "only a scalar broadcasts; the shapes must be equal"
            )
    return shape


def product_shape(left: Shape, right: Shape) -> Shape:
    """The shape of left @ right."""
    if left.columns != right.rows:
        raise ShapeError(
            f"cannot multiply {left} by {right}",
            f"the inner sizes {left.columns} and {right.rows} differ",
        )
    return Shape(left.rows, right.columns)
