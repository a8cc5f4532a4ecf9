"""Expressions in SymPy's terms: one translation, to SymPy's objects or to the source of a file that makes them.

What a call of SymPy makes is up to a kit, so that both results are built by the same calls in the
same order. Scalars become SymPy scalars, all else matrix expressions; a product that is 1 x 1
becomes the trace of itself, which is how SymPy turns a matrix into a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, Protocol, TypeVar, assert_never

from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.printing.sympykit import ENTRIES, PAIRS, RELATIONS, Kit
from derivgen.printing.text import text

T = TypeVar("T")


def built(expr: Expr, kit: Kit[T]) -> T:
    """The expression as the kit makes it.

    Raises: DerivgenError for what SymPy cannot hold, with the part that it is.
    """
    return _Translation(kit).of(expr)


@dataclass(slots=True)
class _Translation(Generic[T]):
    """One translation: every distinct part is made once."""

    kit: Kit[T]
    known: dict[Expr, T] = field(default_factory=dict)

    def of(self, expr: Expr) -> T:
        if expr not in self.known:
            self.known[expr] = self._fresh(expr)
        return self.known[expr]

    def _fresh(self, expr: Expr) -> T:
        kit = self.kit
        match expr:
            case Constant(value=value):
                return self._number(value)
            case SizeNumber(size=size):
                return self._size(size)
            case Variable(name=name):
                return kit.variable(name, None if expr.is_scalar else self._shape(expr.shape))
            case Reference(name=name, body=body):
                return kit.reference(name, self.of(body))
            case Unspecified() | Differential() | Unresolved():
                raise _cannot(expr, "a function that is not given, or a derivative that is not worked out")
            case Sum(terms=terms):
                return self._added([self._spread(term, expr.shape) for term in terms], expr.shape)
            case Product(factors=factors):
                return self._product(factors)
            case Hadamard(factors=factors):
                return self._hadamard(factors, expr.shape)
            case Quotient(numerator=above, denominator=below):
                return self._hadamard((above, Power(below, Constant(Fraction(-1)))), expr.shape)
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent, expr.shape)
            case Transpose(argument=argument):
                return self.of(argument) if expr.is_scalar else kit.call("Transpose", self.of(argument))
            case Stack(rows=rows):
                return self._stack(rows)
            case Component(array=array, row=int(row), column=int(column)):
                return (
                    self.of(array) if array.is_scalar else self._entry(array, kit.whole(row - 1), kit.whole(column - 1))
                )
            case Choice():
                return self._choice(expr)
            case Apply():
                return APPLIED[expr.function](self, expr) if expr.function in APPLIED else self._elementwise(expr)
            case Component() | Summation():
                raise _cannot(expr, "a line in index notation")
        assert_never(expr)

    # Numbers and shapes

    def _number(self, value: Fraction) -> T:
        top = self.kit.whole(value.numerator)
        return top if value.denominator == 1 else self.kit.call("Rational", top, self.kit.whole(value.denominator))

    def _size(self, size: Size) -> T:
        terms = []
        for names, count in size.terms:
            factors = [self.kit.size(name) for name in names]
            terms.append(self._times([*([self.kit.whole(count)] if count != 1 or not names else []), *factors]))
        return self._plus(terms) if terms else self.kit.whole(0)

    def _shape(self, shape: Shape) -> tuple[T, T]:
        return self._size(shape.rows), self._size(shape.columns)

    def _times(self, factors: list[T]) -> T:
        return factors[0] if len(factors) == 1 else self.kit.call("Mul", *factors)

    def _plus(self, terms: list[T]) -> T:
        return terms[0] if len(terms) == 1 else self.kit.call("Add", *terms)

    # Operations

    def _added(self, terms: list[T], shape: Shape) -> T:
        if len(terms) == 1 or shape.is_scalar:
            return self._plus(terms)
        return self.kit.call("MatAdd", *terms)

    def _spread(self, expr: Expr, shape: Shape) -> T:
        """The expression as an array of the shape: a scalar is put in every entry."""
        if shape.is_scalar or not expr.is_scalar:
            return self.of(expr)
        return self.kit.call("MatMul", self.of(expr), self.kit.call("OneMatrix", *self._shape(shape)))

    def _product(self, factors: tuple[Expr, ...]) -> T:
        """Matrix product from left to right; what becomes 1 x 1 on the way is a number from there on."""
        scalars: list[T] = []
        chain: list[T] = []
        shape = SCALAR
        for factor in factors:
            made = self.of(factor)
            if factor.is_scalar:
                scalars.append(made)
                continue
            chain.append(made)
            shape = Shape(factor.shape.rows if shape.is_scalar else shape.rows, factor.shape.columns)
            if shape.is_scalar:
                scalars.append(self.kit.call("Trace", self.kit.call("MatMul", *chain)))
                chain = []
        if not chain:
            return self._times(scalars)
        return self.scaled(scalars, chain)

    def scaled(self, scalars: list[T], chain: list[T]) -> T:
        """A product of matrices times numbers."""
        if len(chain) == 1 and not scalars:
            return chain[0]
        return self.kit.call("MatMul", *([self._times(scalars)] if scalars else []), *chain)

    def _hadamard(self, factors: tuple[Expr, ...], shape: Shape) -> T:
        scalars = [self.of(factor) for factor in factors if factor.is_scalar]
        arrays = [self.of(factor) for factor in factors if not factor.is_scalar]
        if shape.is_scalar:
            return self._times(scalars)
        inner = arrays[0] if len(arrays) == 1 else self.kit.call("HadamardProduct", *arrays)
        return self.scaled(scalars, [inner])

    def _power(self, base: Expr, exponent: Expr, shape: Shape) -> T:
        if shape.is_scalar:
            return self.kit.call("Pow", self.of(base), self.of(exponent))
        if exponent.is_scalar:
            return self.kit.call("HadamardPower", self.of(base), self.of(exponent))
        return self._entries(shape, lambda at: self.kit.call("Pow", at(base), at(exponent)))

    def _stack(self, rows: tuple[tuple[Expr, ...], ...]) -> T:
        if len(rows) == len(rows[0]) == 1:
            return self.of(rows[0][0])
        lists = (self.kit.call("Tuple", *(self.of(entry) for entry in row)) for row in rows)
        return self.kit.call("ImmutableMatrix", self.kit.call("Tuple", *lists))

    def _entry(self, array: Expr, row: T, column: T) -> T:
        return self.kit.call("MatrixElement", self.of(array), row, column)

    def _choice(self, expr: Choice) -> T:
        def chosen(at: Callable[[Expr], T]) -> T:
            test = self.kit.call(RELATIONS[expr.relation], at(expr.left), at(expr.right))
            first = self.kit.call("Tuple", at(expr.then), test)
            last = self.kit.call("Tuple", at(expr.otherwise), self.kit.constant("true"))
            return self.kit.call("Piecewise", first, last)

        return self._entries(expr.shape, chosen)

    def _entries(self, shape: Shape, entry: Callable[[Callable[[Expr], T]], T]) -> T:
        """The array whose entries `entry` makes of those of its parts; a scalar is its own entry."""
        if shape.is_scalar:
            return entry(self.of)
        return self.by_entries(
            shape, lambda i, j: entry(lambda part: self.of(part) if part.is_scalar else self._entry(part, i, j))
        )

    def by_entries(self, shape: Shape, entry: Callable[[T, T], T]) -> T:
        """The array with `entry` of i and j in row i and column j, counted from 0."""
        i, j = self.kit.index("i"), self.kit.index("j")
        made = self.kit.call("Lambda", self.kit.call("Tuple", i, j), entry(i, j))
        return self.kit.call("FunctionMatrix", *self._shape(shape), made)

    def _elementwise(self, expr: Apply) -> T:
        if expr.function in PAIRS:
            return self._entries(expr.shape, lambda at: self.kit.call(PAIRS[expr.function], *map(at, expr.arguments)))
        argument = expr.arguments[0]
        if expr.function not in ENTRIES:
            raise _cannot(expr, f"the function {expr.function}")
        if expr.is_scalar:
            return ENTRIES[expr.function](self.kit, self.of(argument))
        # A function of a z of ours: with one of SymPy's own, two equal expressions would not be equal.
        z = self.kit.index("z")
        function = self.kit.call("Lambda", z, ENTRIES[expr.function](self.kit, z))
        return self.kit.call("ElementwiseApplyFunction", function, self.of(argument))

    # Functions of the table

    def total(self, expr: Expr) -> T:
        """The sum of all entries, which is tr(J X) with a J of ones; of a scalar the scalar."""
        if expr.is_scalar:
            return self.of(expr)
        ones = self.kit.call("OneMatrix", *reversed(self._shape(expr.shape)))
        return self.kit.call("Trace", self.kit.call("MatMul", ones, self.of(expr)))

    def softmax(self, expr: Apply) -> T:
        """exp(x) over the sum of its entries."""
        weights = Apply("exp", expr.arguments, expr.shape)
        if expr.is_scalar:
            return self.kit.whole(1)
        return self.scaled([self.kit.call("Pow", self.total(weights), self.kit.whole(-1))], [self.of(weights)])

    def norm(self, expr: Apply) -> T:
        """The root of tr(X.T X)."""
        (x,) = expr.arguments
        square = (
            self.kit.call("Pow", self.of(x), self.kit.whole(2))
            if x.is_scalar
            else self.kit.call("Trace", self.kit.call("MatMul", self.kit.call("Transpose", self.of(x)), self.of(x)))
        )
        return self.kit.call("sqrt", square)

    def product_of_entries(self, expr: Apply) -> T:
        """SymPy's product over the rows and the columns."""
        (x,) = expr.arguments
        if x.is_scalar:
            return self.of(x)
        i, j = self.kit.index("i"), self.kit.index("j")
        rows, columns = (self.kit.call("Add", size, self.kit.whole(-1)) for size in self._shape(x.shape))
        ranges = (self.kit.call("Tuple", k, self.kit.whole(0), last) for k, last in ((i, rows), (j, columns)))
        return self.kit.call("Product", self._entry(x, i, j), *ranges)

    def diag(self, expr: Apply) -> T:
        """A diagonal matrix of a vector, or the diagonal of a matrix as (I * X) @ 1.

        SymPy has a DiagonalOf, but cannot evaluate it.
        """
        (x,) = expr.arguments
        if x.is_scalar:
            return self.of(x)
        if x.shape.is_column:
            return self.kit.call("DiagMatrix", self.of(x))
        rows = self._size(x.shape.rows)
        inner = self.kit.call("HadamardProduct", self.kit.call("Identity", rows), self.of(x))
        return self.kit.call("MatMul", inner, self.kit.call("OneMatrix", rows, self.kit.whole(1)))

    def square(self, name: str, expr: Apply) -> T:
        """A function of square matrices that leaves a scalar as it is."""
        (x,) = expr.arguments
        return self.of(x) if x.is_scalar else self.kit.call(name, self.of(x))

    def power_of_matrix(self, expr: Apply) -> T:
        """X @ X @ ... @ X."""
        x, k = expr.arguments
        return self.kit.call("Pow" if x.is_scalar else "MatPow", self.of(x), self.of(k))

    def kron(self, expr: Apply) -> T:
        """The Kronecker product; a scalar scales."""
        if any(argument.is_scalar for argument in expr.arguments):
            return self._product(expr.arguments)
        return self.kit.call("KroneckerProduct", *map(self.of, expr.arguments))

    def vec(self, expr: Apply) -> T:
        """The columns below each other: entry i is that in row i mod m and column floor(i/m)."""
        (x,) = expr.arguments
        if x.shape.is_column:
            return self.of(x)
        rows = self._size(x.shape.rows)
        return self.by_entries(
            expr.shape, lambda i, _: self._entry(x, self.kit.call("Mod", i, rows), self._floor(i, rows))
        )

    def commutation(self, expr: Apply) -> T:
        """K with K vec(X) = vec(X.T): row i has its one in column floor(i/n) + m (i mod n).

        Source: Magnus and Neudecker (2019), sec. 3.7.
        """
        m, n = (self.of(argument) for argument in expr.arguments)
        if expr.is_scalar:
            return self.kit.whole(1)

        def entry(i: T, j: T) -> T:
            place = self.kit.call("Add", self._floor(i, n), self.kit.call("Mul", m, self.kit.call("Mod", i, n)))
            return self.kit.call("KroneckerDelta", j, place)

        return self.by_entries(expr.shape, entry)

    def unit(self, expr: Apply) -> T:
        """The vector with a one at an index."""
        if expr.is_scalar:
            return self.kit.whole(1)
        place = self.kit.call("Add", self.of(expr.arguments[1]), self.kit.whole(-1))
        return self.by_entries(expr.shape, lambda i, _: self.kit.call("KroneckerDelta", i, place))

    def filled(self, matrix: str, scalar: int, expr: Apply) -> T:
        """An array of one number."""
        return self.kit.whole(scalar) if expr.is_scalar else self.kit.call(matrix, *self._shape(expr.shape))

    def _floor(self, i: T, size: T) -> T:
        return self.kit.call("floor", self.kit.call("Mul", i, self.kit.call("Pow", size, self.kit.whole(-1))))


def _cannot(expr: Expr, what: str) -> DerivgenError:
    hint = "the formats text, latex and json can show it"
    return DerivgenError(Fault("no-sympy-form", f"SymPy cannot hold {what}, here {text(expr)}", hint))


class _Applied(Protocol):
    def __call__(self, made: _Translation[T], expr: Apply, /) -> T: ...


def _mean(made: _Translation[T], expr: Apply) -> T:
    (x,) = expr.arguments
    count = made.of(SizeNumber(x.shape.entries))
    return made.kit.call("Mul", made.total(x), made.kit.call("Pow", count, made.kit.whole(-1)))


def _norm1(made: _Translation[T], expr: Apply) -> T:
    (x,) = expr.arguments
    return made.total(Apply("abs", (x,), x.shape))


def _logsumexp(made: _Translation[T], expr: Apply) -> T:
    (x,) = expr.arguments
    return made.kit.call("log", made.total(Apply("exp", (x,), x.shape)))


def _logdet(made: _Translation[T], expr: Apply) -> T:
    return made.kit.call("log", made.square("Determinant", expr))


def _inverse(made: _Translation[T], expr: Apply) -> T:
    (x,) = expr.arguments
    return made.of(Power(x, Constant(Fraction(-1)))) if x.is_scalar else made.square("Inverse", expr)


def _eye(made: _Translation[T], expr: Apply) -> T:
    return made.kit.whole(1) if expr.is_scalar else made.kit.call("Identity", made.of(expr.arguments[0]))


def _outer(made: _Translation[T], expr: Apply) -> T:
    a, b = expr.arguments
    return made.of(Product((a, Transpose(b))))


APPLIED: dict[str, _Applied] = {
    "sum": lambda made, expr: made.total(expr.arguments[0]),
    "mean": _mean,
    "prod": lambda made, expr: made.product_of_entries(expr),
    "norm": lambda made, expr: made.norm(expr),
    "norm1": _norm1,
    "logsumexp": _logsumexp,
    "softmax": lambda made, expr: made.softmax(expr),
    "dot": lambda made, expr: made.of(Product((Transpose(expr.arguments[0]), expr.arguments[1]))),
    "outer": _outer,
    "diag": lambda made, expr: made.diag(expr),
    "tr": lambda made, expr: made.square("Trace", expr),
    "det": lambda made, expr: made.square("Determinant", expr),
    "logdet": _logdet,
    "inv": _inverse,
    "matpow": lambda made, expr: made.power_of_matrix(expr),
    "kron": lambda made, expr: made.kron(expr),
    "vec": lambda made, expr: made.vec(expr),
    "commutation": lambda made, expr: made.commutation(expr),
    "unit": lambda made, expr: made.unit(expr),
    "ones": lambda made, expr: made.filled("OneMatrix", 1, expr),
    "zeros": lambda made, expr: made.filled("ZeroMatrix", 0, expr),
    "eye": _eye,
    "pi": lambda made, expr: made.kit.constant("pi"),  # noqa: ARG005  # all take the same
}
