"""Random functions as a first course meets them: scalars and vectors, with matrices as constants.

`functions()` draws a body and the variable to differentiate by. Values exist (whole
exponents, no zero constants) and kinks act on variables only, so that differences of a
small width never cross one.
"""

from __future__ import annotations

from fractions import Fraction
from zlib import crc32

from hypothesis import strategies as st

from derivgen.expr import build
from derivgen.expr.nodes import (
    Choice,
    Component,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape
from derivgen.expr.walk import depends_on
from tests.strategies import ELEMENTWISE, MATRIX, TWO, VARIABLES, VECTOR, M, N

COLUMN_M, PAIR = Shape(M, ONE), Shape(TWO, ONE)
SHAPES = (SCALAR, VECTOR, COLUMN_M, PAIR)
WRT = tuple(VARIABLES[name] for name in ("x", "x", "s", "y", "u"))
SYMMETRIC = Variable("H", MATRIX, symmetric=True)
CONSTANTS: dict[Shape, tuple[Expr, ...]] = {
    MATRIX: (VARIABLES["A"], SYMMETRIC, Transpose(VARIABLES["A"]), build.eye(N)),
    Shape(M, N): (VARIABLES["B"],),
    Shape(N, M): (Transpose(VARIABLES["B"]),),
    COLUMN_M: (VARIABLES["u"],),
}
REDUCTIONS = ("sum", "mean", "norm", "logsumexp", "prod", "norm1")
KINKS = ("abs", "relu", "sign", "step")


@st.composite
def functions(draw: st.DrawFn, depth: int = 3) -> tuple[Expr, Variable]:
    """A body and a variable that occurs in it."""
    wrt = draw(st.sampled_from(WRT))
    shape = draw(st.sampled_from(SHAPES))
    body = draw(course(shape, draw(st.integers(1, depth))).filter(lambda made: depends_on(made, wrt.name)))
    return body, wrt


def course(shape: Shape, depth: int) -> st.SearchStrategy[Expr]:
    """Expressions of one shape, a scalar or a column."""
    if depth <= 0:
        return leaf(shape)
    kinds = [leaf(shape), _sums(shape, depth), _products(shape, depth), _calls(shape, depth), _powers(shape, depth)]
    kinds += [_quotients(shape, depth), _named(shape, depth)]
    if shape.is_scalar:
        return st.one_of(*kinds, _reductions(depth), _forms(depth), _entries(depth))
    if shape == PAIR:
        return st.one_of(*kinds, st.tuples(course(SCALAR, depth - 1), course(SCALAR, depth - 1)).map(_column))
    return st.one_of(*kinds, _maps(shape, depth), _hadamards(shape, depth), _choices(shape, depth))


def leaf(shape: Shape) -> st.SearchStrategy[Expr]:
    """Names and numbers."""
    if shape == PAIR:
        return st.tuples(leaf(SCALAR), leaf(SCALAR)).map(_column)
    known: list[Expr] = [name for name in VARIABLES.values() if name.shape == shape]
    if shape.is_scalar:
        known += [Component(VARIABLES["x"], 1), Component(VARIABLES["x"], 2), SizeNumber(N), build.apply("pi")]
        known += [build.number(number) for number in (2, 3, -1, Fraction(1, 2))]
    else:
        known.append(build.ones(shape.rows))
    return st.sampled_from(known)


def _column(entries: tuple[Expr, Expr]) -> Expr:
    return build.column(*entries)


@st.composite
def _sums(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    terms = [draw(course(shape, depth - 1)), draw(course(draw(st.sampled_from([shape, shape, SCALAR])), depth - 1))]
    if draw(st.booleans()):
        terms.append(build.negative(draw(course(shape, depth - 1))))
    return Sum(tuple(draw(st.permutations(terms))))


@st.composite
def _products(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    factors = [draw(course(shape, depth - 1)), draw(course(SCALAR, depth - 1))]
    if draw(st.booleans()):
        factors.append(draw(leaf(SCALAR)))
    return Product(tuple(draw(st.permutations(factors))))


@st.composite
def _quotients(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    above, below = draw(st.sampled_from([(shape, SCALAR), (shape, shape), (SCALAR, shape)]))
    return Quotient(draw(course(above, depth - 1)), draw(course(below, depth - 1)))


@st.composite
def _powers(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    base = draw(course(shape, depth - 1))
    if draw(st.integers(0, 3)) == 0:
        # A varying exponent, over a base that is positive whatever happens.
        return Power(build.apply("softplus", base), draw(course(draw(st.sampled_from([shape, SCALAR])), depth - 1)))
    return Power(base, build.number(draw(st.sampled_from([2, 2, 3, -1]))))


@st.composite
def _calls(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    names = [*ELEMENTWISE, "kink", "max", "inside", *(["softmax"] if not shape.is_scalar else [])]
    match draw(st.sampled_from(names)):
        case "kink":
            return build.apply(draw(st.sampled_from(KINKS)), draw(leaf(shape)))
        case "max":
            name = draw(st.sampled_from(["max", "min"]))
            return build.apply(name, draw(leaf(shape)), build.number(Fraction(1, 8)))
        case "inside":
            name = draw(st.sampled_from(["log", "sqrt"]))
            return build.apply(name, build.apply("exp", draw(course(shape, depth - 1))))
        case name:
            return build.apply(name, draw(course(shape, depth - 1)))


@st.composite
def _named(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    body = draw(course(shape, depth - 1))
    # A name stands for one thing: different bodies get different names, the same in every run.
    return Reference(f"h{crc32(repr(body).encode())}", body)


@st.composite
def _reductions(draw: st.DrawFn, depth: int) -> Expr:
    inside = draw(course(draw(st.sampled_from([VECTOR, VECTOR, COLUMN_M])), depth - 1))
    name = draw(st.sampled_from([*REDUCTIONS, "squared"]))
    if name == "squared":
        return Power(build.apply("norm", inside), build.number(2))
    return build.apply(name, inside if name != "norm1" else draw(leaf(VECTOR)))


@st.composite
def _forms(draw: st.DrawFn, depth: int) -> Expr:
    left, right = draw(course(VECTOR, depth - 1)), draw(course(VECTOR, depth - 1))
    kind = draw(st.sampled_from(["inner", "dot", "bilinear", "rectangular"]))
    if kind == "inner":
        return Product((Transpose(left), right))
    if kind == "dot":
        return build.apply("dot", left, right)
    if kind == "bilinear":
        return Product((Transpose(left), draw(st.sampled_from(CONSTANTS[MATRIX])), right))
    return Product((Transpose(draw(course(COLUMN_M, depth - 1))), VARIABLES["B"], right))


@st.composite
def _entries(draw: st.DrawFn, depth: int) -> Expr:
    shape = draw(st.sampled_from([VECTOR, COLUMN_M, PAIR]))
    return Component(draw(course(shape, depth - 1)), draw(st.sampled_from([1, 2])))


@st.composite
def _maps(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    inner = draw(st.sampled_from([VECTOR, COLUMN_M]))
    if shape == COLUMN_M and inner == COLUMN_M:
        left, right = draw(course(COLUMN_M, depth - 1)), draw(course(COLUMN_M, depth - 1))
        return Product((left, Product((Transpose(right), right))))
    matrix = draw(st.sampled_from(CONSTANTS[Shape(shape.rows, inner.rows)]))
    return Product((matrix, draw(course(inner, depth - 1))))


@st.composite
def _hadamards(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    return Hadamard(tuple(draw(course(shape, depth - 1)) for _ in range(draw(st.sampled_from([2, 2, 3])))))


@st.composite
def _choices(draw: st.DrawFn, shape: Shape, depth: int) -> Expr:
    tested, limit = draw(leaf(shape)), build.number(Fraction(1, 8))
    then, otherwise = draw(course(shape, depth - 1)), draw(course(draw(st.sampled_from([shape, SCALAR])), depth - 1))
    return Choice(draw(st.sampled_from([">", "<", ">=", "<="])), tested, limit, then, otherwise)
