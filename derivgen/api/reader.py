"""SymPy's objects as our expressions: read node by node, never through text, and nothing is simplified.

A function of entries, such as that of a FunctionMatrix or an ElementwiseApplyFunction, is read
with arrays in place of the entries: what SymPy says of one entry is said of all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from fractions import Fraction
from functools import reduce
from typing import Any

from derivgen.errors import DerivgenError, Fault
from derivgen.expr import build
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.problem.names import declared_name
from derivgen.problem.text import typed
from derivgen.record import record


def cannot(made: Any) -> DerivgenError:
    """The fault of an object that the language has no form for."""
    what = type(made).__name__
    hint = "use sums, products, powers, traces, determinants, inverses and functions entry by entry"
    return DerivgenError(Fault("no-form", f"derivgen's language has no {what}, here {made}", hint))


def expressions(sympy: Any, objects: list[Any], sizes: frozenset[str]) -> tuple[list[Expr], dict[str, Any]]:
    """The expressions of objects, and the symbols in them by their names; `sizes` are names of sizes.

    Raises: DerivgenError for an object that the language has no form for, ShapeError where shapes do not fit.
    """
    reader = _Reader(sympy, sizes)
    return [reader.of(one) for one in objects], reader.symbols


@record
class _Reader:
    """One reading. `bound` are the arrays that the symbols of a function of entries stand for."""

    sympy: Any
    sizes: frozenset[str]
    symbols: dict[str, Any] = field(default_factory=dict)
    bound: dict[Any, Expr] = field(default_factory=dict)
    places: tuple[Any, ...] = ()

    def of(self, made: Any) -> Expr:
        for kind in type(made).__mro__:
            if kind.__name__ in READERS:
                return READERS[kind.__name__](self, made)
        raise cannot(made)

    def each(self, made: Any) -> tuple[Expr, ...]:
        return tuple(self.of(part) for part in made.args)

    # Leaves

    def number(self, made: Any) -> Expr:
        return build.number(Fraction(int(made.p), int(made.q)))

    def decimal(self, made: Any) -> Expr:
        try:
            return build.number(Fraction(str(made)))
        except ValueError:
            raise cannot(made) from None

    def symbol(self, made: Any) -> Expr:
        if made in self.bound:
            return self.bound[made]
        if made in self.places:
            raise cannot(made)
        self._note(made.name, made)
        return SizeNumber(Size.named(made.name)) if made.name in self.sizes else Variable(made.name, SCALAR)

    def array(self, made: Any) -> Expr:
        self._note(made.name, made)
        return Variable(made.name, self.shape(made))

    def _note(self, name: str, made: Any) -> None:
        if declared_name(typed(name, "<sympy>")) != name:
            message = f"the name {name} has another form in derivgen, which composes its letters"
            raise DerivgenError(Fault("name", message, "rename the symbol"))
        if self.symbols.setdefault(name, made) != made:
            raise DerivgenError(
                Fault("declared-twice", f"two symbols of SymPy are called {name}", "rename one of them")
            )

    def shape(self, made: Any) -> Shape:
        rows, columns = (self.size(size) for size in made.shape)
        return Shape(rows, columns)

    def size(self, made: Any) -> Size:
        if made.is_Integer:
            return Size.whole(int(made))
        if made.is_Symbol:
            self._note(made.name, made)
            return Size.named(made.name)
        if made.is_Add or made.is_Mul:
            parts = (self.size(part) for part in made.args)
            return reduce(lambda a, b: a + b if made.is_Add else a * b, parts)
        if made.is_Pow and made.exp.is_Integer and made.exp > 0:
            return reduce(lambda a, b: a * b, [self.size(made.base)] * int(made.exp))
        raise cannot(made)

    # Arithmetic

    def sum(self, made: Any) -> Expr:
        return Sum(self.each(made))

    def scalar_product(self, made: Any) -> Expr:
        above = [part for part in made.args if not _is_reciprocal(part)]
        below = [part.base ** (-part.exp) for part in made.args if _is_reciprocal(part)]
        top = self._times([self.of(part) for part in above])
        return Quotient(top, self._times([self.of(part) for part in below])) if below else top

    def _times(self, factors: list[Expr]) -> Expr:
        scalars = [factor for factor in factors if factor.is_scalar]
        arrays = [factor for factor in factors if not factor.is_scalar]
        whole = [*scalars, *([Hadamard(tuple(arrays))] if len(arrays) > 1 else arrays)]
        return build.ONE_NUMBER if not whole else whole[0] if len(whole) == 1 else Product(tuple(whole))

    def power(self, made: Any) -> Expr:
        if _is_reciprocal(made):
            return Quotient(build.ONE_NUMBER, self.of(made.base ** (-made.exp)))
        if made.exp == self.sympy.Rational(1, 2):
            return self._root(made.base)
        return Power(self.of(made.base), self.of(made.exp))

    def _root(self, made: Any) -> Expr:
        inner = self._square(made)
        return build.apply("sqrt", self.of(made)) if inner is None else build.apply("norm", self.of(inner))

    def _square(self, made: Any) -> Any:
        """The X of tr(X.T X)."""
        if isinstance(made, self.sympy.Trace) and isinstance(made.arg, self.sympy.MatMul) and len(made.arg.args) == 2:
            left, right = made.arg.args
            if left == self.sympy.Transpose(right):
                return right
        return None

    def matrix_product(self, made: Any) -> Expr:
        return self._joined(self.each(made))

    def _joined(self, factors: tuple[Expr, ...]) -> Expr:
        match factors:
            case (Hadamard(factors=(Apply(function="eye"), inner)), Apply(function="ones")):
                return build.apply("diag", inner)
        return factors[0] if len(factors) == 1 else Product(factors)

    def hadamard(self, made: Any) -> Expr:
        below = [part.args[0] for part in made.args if self._divides(part)]
        top = self._times([self.of(part) for part in made.args if not self._divides(part)])
        return Quotient(top, self._times([self.of(part) for part in below])) if below else top

    def _divides(self, made: Any) -> bool:
        return isinstance(made, self.sympy.HadamardPower) and made.args[1] == -1

    def powers(self, made: Any) -> Expr:
        base, exponent = made.args
        return Quotient(build.ONE_NUMBER, self.of(base)) if exponent == -1 else Power(self.of(base), self.of(exponent))

    def matrix_power(self, made: Any) -> Expr:
        base, exponent = self.each(made)
        return Power(base, exponent) if base.is_scalar else build.apply("matpow", base, exponent)

    def kronecker(self, made: Any) -> Expr:
        return reduce(lambda a, b: build.apply("kron", a, b), self.each(made))

    # Scalars of matrices

    def trace(self, made: Any) -> Expr:
        arg = made.arg
        if isinstance(arg, self.sympy.MatMul) and isinstance(arg.args[0], self.sympy.OneMatrix):
            return self._total(self._joined(tuple(self.of(part) for part in arg.args[1:])))
        inner = self.of(arg)
        return inner if inner.is_scalar else build.apply("tr", inner)

    def _total(self, inner: Expr) -> Expr:
        return inner if inner.is_scalar else build.apply("sum", inner)

    def logarithm(self, made: Any) -> Expr:
        (arg,) = made.args if len(made.args) == 1 else (None,)
        if arg is None:
            raise cannot(made)
        if isinstance(arg, self.sympy.Determinant):
            return build.apply("logdet", self.of(arg.arg))
        match self.of(arg):
            case Apply(function="sum", arguments=(Apply(function="exp", arguments=(inner,)),)):
                return build.apply("logsumexp", inner)
            case inner:
                return build.apply("log", inner)

    def entry(self, made: Any) -> Expr:
        array, row, column = made.args
        if self.places and (row, column) == self.places:
            return self.of(array)
        if not (row.is_Integer and column.is_Integer):
            raise cannot(made)
        inner = self.of(array)
        return inner if inner.is_scalar else Component(inner, int(row) + 1, int(column) + 1)

    def product_of_entries(self, made: Any) -> Expr:
        element, *ranges = made.args
        if isinstance(element, self.sympy.matrices.expressions.matexpr.MatrixElement):
            array, *places = element.args
            ends = [(place, 0, size - 1) for place, size in zip(places, array.shape, strict=True)]
            if [tuple(one) for one in ranges] == ends:
                return build.apply("prod", self.of(array))
        raise cannot(made)

    # Functions entry by entry

    def step(self, made: Any) -> Expr:
        if len(made.args) != 2 or made.args[1] != 0:
            message = f"derivgen's step is 0 at 0, and SymPy's {made} is {made.func(0)} there"
            raise DerivgenError(Fault("no-form", message, "write Heaviside(z, 0)"))
        return build.apply("step", self.of(made.args[0]))

    def largest(self, made: Any) -> Expr:
        zero = [part for part in made.args if part == 0]
        others = [self.of(part) for part in made.args if part != 0]
        if zero and len(others) == 1:
            return build.apply("relu", others[0])
        return self._pairwise("max", made)

    def smallest(self, made: Any) -> Expr:
        return self._pairwise("min", made)

    def _pairwise(self, name: str, made: Any) -> Expr:
        return reduce(lambda a, b: build.apply(name, a, b), self.each(made))

    def choice(self, made: Any) -> Expr:
        *cases, (last, condition) = made.args
        if condition != self.sympy.true:
            raise cannot(made)
        chosen = self.of(last)
        for value, test in reversed(cases):
            relation = RELATIONS.get(type(test).__name__)
            if relation is None:
                raise cannot(test)
            left, right = self.each(test)
            chosen = Choice(relation, left, right, self.of(value), chosen)  # type: ignore[arg-type]  # one of the four
        return chosen

    def by_entry(self, made: Any) -> Expr:
        function, inner = made.function, self.of(made.expr)
        if not isinstance(function, self.sympy.Lambda):
            function = self.sympy.Lambda((z := self.sympy.Dummy("z", real=True)), function(z))
        (z,) = function.variables
        inside = replace(self, bound={**self.bound, z: inner})
        return _filling(inside.of(function.expr), inner.shape)

    def by_places(self, made: Any) -> Expr:
        function = made.args[2]
        i, j = function.variables
        return (
            self._vec(made, i) or self._commutation(made, i, j) or self._unit(made, i)
            or _filling(replace(self, places=(i, j)).of(function.expr), self.shape(made))
        )  # fmt: skip

    def _vec(self, made: Any, i: Any) -> Expr | None:
        entry = made.args[2].expr
        if not isinstance(entry, self.sympy.matrices.expressions.matexpr.MatrixElement):
            return None
        array, row, column = entry.args
        rows = array.shape[0]
        is_vec = row == self.sympy.Mod(i, rows) and column == self.sympy.floor(i / rows) and made.shape[1] == 1
        return build.apply("vec", self.of(array)) if is_vec and made.shape[0] == rows * array.shape[1] else None

    def _commutation(self, made: Any, i: Any, j: Any) -> Expr | None:
        sp, entry = self.sympy, made.args[2].expr
        if not isinstance(entry, sp.KroneckerDelta):
            return None
        for mod in entry.atoms(sp.Mod):
            n = mod.args[1]
            m = sp.cancel(made.shape[0] / n)
            if entry == sp.KroneckerDelta(j, sp.floor(i / n) + m * sp.Mod(i, n)) and made.shape == (m * n, m * n):
                return build.apply("commutation", SizeNumber(self.size(m)), SizeNumber(self.size(n)))
        return None

    def _unit(self, made: Any, i: Any) -> Expr | None:
        entry = made.args[2].expr
        if isinstance(entry, self.sympy.KroneckerDelta) and made.shape[1] == 1:
            (place,) = [part for part in entry.args if part != i] or [None]
            if place is not None and place.is_Integer:
                return build.unit(self.size(made.shape[0]), int(place) + 1)
        return None

    # Arrays

    def stack(self, made: Any) -> Expr:
        rows = tuple(tuple(self.of(made[i, j]) for j in range(made.cols)) for i in range(made.rows))
        if not rows or not rows[0]:
            raise cannot(made)
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else Stack(rows)

    def transpose(self, made: Any) -> Expr:
        inner = self.of(made.arg)
        return inner if inner.is_scalar else Transpose(inner)

    def inverse(self, made: Any) -> Expr:
        inner = self.of(made.arg)
        return Quotient(build.ONE_NUMBER, inner) if inner.is_scalar else build.apply("inv", inner)

    def diagonal_part(self, made: Any) -> Expr:
        return build.apply("diag", build.apply("diag", self.of(made.arg)))

    def ones(self, made: Any) -> Expr:
        shape = self.shape(made)
        return build.ONE_NUMBER if shape.is_scalar else build.ones(*shape)

    def zeros(self, made: Any) -> Expr:
        return build.zeros(self.shape(made))

    def eye(self, made: Any) -> Expr:
        return build.eye(self.size(made.shape[0]))


def _is_reciprocal(made: Any) -> bool:
    return bool(made.is_Pow and made.exp.is_Rational and made.exp < 0)


def _filling(expr: Expr, shape: Shape) -> Expr:
    """An array of the shape: a number stands in every entry."""
    if shape.is_scalar or not expr.is_scalar:
        return expr
    return Product((expr, build.ones(*shape)))


def _function(name: str) -> Callable[[_Reader, Any], Expr]:
    return lambda reader, made: build.apply(name, *reader.each(made))


RELATIONS = {"StrictGreaterThan": ">", "StrictLessThan": "<", "GreaterThan": ">=", "LessThan": "<="}

# By the names of SymPy's classes, since SymPy is not imported before somebody gives an object of it.
READERS: dict[str, Callable[[_Reader, Any], Expr]] = {
    "Rational": _Reader.number,
    "Float": _Reader.decimal,
    "Symbol": _Reader.symbol,
    "MatrixSymbol": _Reader.array,
    "Pi": lambda reader, made: build.apply("pi"),  # noqa: ARG005  # all take the same
    "Exp1": lambda reader, made: build.apply("exp", build.ONE_NUMBER),  # noqa: ARG005
    "Add": _Reader.sum,
    "MatAdd": _Reader.sum,
    "Mul": _Reader.scalar_product,
    "MatMul": _Reader.matrix_product,
    "Pow": _Reader.power,
    "HadamardProduct": _Reader.hadamard,
    "HadamardPower": _Reader.powers,
    "MatPow": _Reader.matrix_power,
    "KroneckerProduct": _Reader.kronecker,
    "Trace": _Reader.trace,
    "Determinant": _function("det"),
    "Transpose": _Reader.transpose,
    "Inverse": _Reader.inverse,
    "MatrixElement": _Reader.entry,
    "Product": _Reader.product_of_entries,
    "log": _Reader.logarithm,
    "Abs": _function("abs"),
    **{name: _function(name) for name in ("exp", "sign", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: _function(name) for name in ("asin", "acos", "atan")},
    "Heaviside": _Reader.step,
    "Max": _Reader.largest,
    "Min": _Reader.smallest,
    "Piecewise": _Reader.choice,
    "ElementwiseApplyFunction": _Reader.by_entry,
    "FunctionMatrix": _Reader.by_places,
    "ImmutableDenseMatrix": _Reader.stack,
    "ImmutableSparseMatrix": _Reader.stack,
    "DiagMatrix": _function("diag"),
    "DiagonalOf": _function("diag"),
    "DiagonalMatrix": _Reader.diagonal_part,
    "OneMatrix": _Reader.ones,
    "ZeroMatrix": _Reader.zeros,
    "Identity": _Reader.eye,
}
