"""Random well-shaped expressions for property tests.

`expressions(shape)` draws an expression of that shape; `any_expression()` of any shape that
the names below allow. The names: scalars s, t, `lambda`; vectors x, y (n) and u (m); matrices
A (n x n) and B (m x n); functions z = x.T @ x (scalar) and w = A @ x. SIZES gives n and m
values that tell them apart. With `differentials`, dx and d(...) and derivative(...) occur
too. With `tame`, values exist: no zero constants, whole exponents, and kinks act on
variables only, so that rounding cannot tip them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from hypothesis import reject
from hypothesis import strategies as st

from derivgen.errors import ShapeError
from derivgen.expr import build
from derivgen.expr.nodes import (
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
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.syntax.parse import Scope

N, M, TWO = Size.named("n"), Size.named("m"), Size.whole(2)
SIZES = {"n": 3, "m": 2}

VECTOR, MATRIX = Shape(N, ONE), Shape(N, N)
SHAPES = (
    SCALAR,
    VECTOR,
    Shape(M, ONE),
    Shape(ONE, N),
    MATRIX,
    Shape(M, N),
    Shape(N, M),
    Shape(TWO, ONE),
    Shape(TWO, TWO),
)

VARIABLES = {
    variable.name: variable
    for variable in (
        *(Variable(name, SCALAR) for name in ("s", "t", "lambda")),
        *(Variable(name, VECTOR) for name in ("x", "y")),
        Variable("u", Shape(M, ONE)),
        Variable("A", MATRIX),
        Variable("B", Shape(M, N)),
    )
}
FUNCTIONS = {
    "z": Reference("z", Product((Transpose(VARIABLES["x"]), VARIABLES["x"]))),
    "w": Reference("w", Product((VARIABLES["A"], VARIABLES["x"]))),
}
SCOPE = Scope({**VARIABLES, **FUNCTIONS}, frozenset(SIZES), differentials=True)

ELEMENTWISE = ("exp", "sin", "cos", "tanh", "atan", "sigmoid", "softplus")
WITH_KINKS = ("step", "sign", "abs", "relu")
RELATIONS: tuple[Literal[">", "<", ">=", "<="], ...] = (">", "<", ">=", "<=")
REDUCTIONS = ("sum", "mean", "norm1", "logsumexp", "prod")


def any_expression(depth: int = 3, *, differentials: bool = False, tame: bool = False) -> st.SearchStrategy[Expr]:
    """Expressions of any shape."""
    return st.sampled_from(SHAPES).flatmap(
        lambda shape: expressions(shape, depth, differentials=differentials, tame=tame)
    )


def expressions(
    shape: Shape, depth: int = 3, *, differentials: bool = False, tame: bool = False
) -> st.SearchStrategy[Expr]:
    """Expressions of one shape, nested up to `depth` levels."""
    if depth <= 0:
        return leaf(shape, tame=tame)

    def smaller(other: Shape) -> st.SearchStrategy[Expr]:
        return expressions(other, depth - 1, differentials=differentials, tame=tame)

    choices = [leaf(shape, tame=tame), _sums(shape, smaller), _products(shape, smaller), _quotients(shape, smaller)]
    choices += [
        _powers(shape, smaller, tame=tame),
        _calls(shape, smaller, tame=tame),
        _choices(shape, smaller, tame=tame),
    ]
    choices += [smaller(shape.transposed).map(Transpose)]
    if shape.is_scalar:
        choices += [_components(smaller), _reductions(smaller), smaller(SCALAR).map(lambda entry: Stack(((entry,),)))]
    else:
        choices += [st.lists(smaller(shape), min_size=2, max_size=3).map(lambda factors: Hadamard(tuple(factors)))]
    if shape.rows.number == 2:
        width = shape.columns.number or 1
        rows = st.tuples(*(smaller(SCALAR) for _ in range(width)))
        choices += [st.tuples(rows, rows).map(Stack)]
    if differentials:
        choices += [smaller(shape).map(Differential), *_unresolved(shape, smaller)]
    return st.one_of(choices)


def decimals(*, tame: bool = False) -> st.SearchStrategy[Constant]:
    """Exact decimal numbers, short and long."""
    short = st.sampled_from([-2, -1, 1, 2, 3, 10]) if tame else st.integers(-30, 10**25)
    scaled = st.builds(lambda digits, places: Fraction(digits, 10**places), st.integers(-99, 99), st.integers(0, 4))
    numbers = st.one_of(short.map(Fraction), scaled.filter(lambda number: number != 0) if tame else scaled)
    return numbers.map(Constant)


def leaf(shape: Shape, *, tame: bool = False) -> st.SearchStrategy[Expr]:
    """Names, numbers and constant arrays."""
    known: list[Expr] = [name for name in SCOPE.names.values() if name.shape == shape]
    if not shape.is_scalar:
        constant = build.ones(shape.rows, shape.columns) if tame else build.zeros(shape)
        known += [constant, *([build.eye(shape.rows)] if shape.rows == shape.columns else [])]
        known += [Transpose(name) for name in SCOPE.names.values() if name.shape == shape.transposed]
        return st.sampled_from(known)
    known += [SizeNumber(N), build.apply("pi"), Component(VARIABLES["x"], 2), Component(VARIABLES["B"], 2, 1)]
    return st.one_of(st.sampled_from(known), decimals(tame=tame))


Smaller = Callable[[Shape], st.SearchStrategy[Expr]]


@st.composite
def _sums(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    terms = [draw(smaller(shape)), draw(smaller(draw(st.sampled_from([shape, SCALAR]))))]
    if draw(st.booleans()):
        terms.append(build.negative(draw(smaller(shape))))
    return Sum(tuple(draw(st.permutations(terms))))


@st.composite
def _products(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    inner = draw(st.sampled_from([N, M, ONE]))
    path = draw(
        st.sampled_from(
            [(shape,), (Shape(shape.rows, inner), Shape(inner, shape.columns)), (Shape(ONE, N), VECTOR, shape)]
        )
    )
    factors = [draw(smaller(each)) for each in path]
    for _ in range(draw(st.integers(0 if len(factors) > 1 else 1, 2))):
        factors.insert(draw(st.integers(0, len(factors))), draw(smaller(SCALAR)))
    if draw(st.booleans()):
        factors.insert(0, draw(st.sampled_from([build.MINUS_ONE, build.number(-2)])))
    try:
        return Product(tuple(factors))
    except ShapeError:
        # A factor drawn for a size may be 1 x 1, and then the product from left to right is another one.
        reject()


@st.composite
def _quotients(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    above, below = draw(st.sampled_from([(shape, SCALAR), (shape, shape), (SCALAR, shape)]))
    return Quotient(draw(smaller(above)), draw(smaller(below)))


@st.composite
def _powers(draw: st.DrawFn, shape: Shape, smaller: Smaller, *, tame: bool) -> Expr:
    if tame:
        return Power(draw(smaller(shape)), build.number(draw(st.sampled_from([2, 3, -1]))))
    base, exponent = draw(st.sampled_from([(shape, SCALAR), (shape, shape), (SCALAR, shape)]))
    return Power(draw(smaller(base)), draw(smaller(exponent)))


@st.composite
def _calls(draw: st.DrawFn, shape: Shape, smaller: Smaller, *, tame: bool) -> Expr:
    name = draw(
        st.sampled_from(
            [*ELEMENTWISE, *WITH_KINKS, "max", "softmax", *(["diag"] if shape.rows == shape.columns else [])]
        )
    )
    if name == "max":
        return build.apply("max", draw(smaller(shape)), draw(smaller(draw(st.sampled_from([shape, SCALAR])))))
    if name == "diag":
        return build.apply("diag", draw(smaller(Shape(shape.rows, ONE))))
    if name in WITH_KINKS and tame:
        return build.apply(name, draw(leaf(shape, tame=True)))
    return build.apply(name, draw(smaller(shape)))


@st.composite
def _choices(draw: st.DrawFn, shape: Shape, smaller: Smaller, *, tame: bool) -> Expr:
    tested = leaf(shape, tame=True) if tame else smaller(shape)
    limit = build.number(Fraction(1, 8)) if tame else draw(smaller(SCALAR))
    otherwise = draw(smaller(draw(st.sampled_from([shape, SCALAR]))))
    return Choice(draw(st.sampled_from(RELATIONS)), draw(tested), limit, draw(smaller(shape)), otherwise)


@st.composite
def _components(draw: st.DrawFn, smaller: Smaller) -> Expr:
    shape, row, column = draw(st.sampled_from([(VECTOR, 3, 1), (MATRIX, 1, 3), (Shape(ONE, N), 1, 2), (SCALAR, 1, 1)]))
    return Component(draw(smaller(shape)), row, column)


@st.composite
def _reductions(draw: st.DrawFn, smaller: Smaller) -> Expr:
    name = draw(st.sampled_from([*REDUCTIONS, "dot"]))
    if name == "dot":
        return build.apply("dot", draw(smaller(VECTOR)), draw(smaller(VECTOR)))
    return build.apply(name, draw(smaller(draw(st.sampled_from([VECTOR, MATRIX, SCALAR])))))


def _unresolved(shape: Shape, smaller: Smaller) -> list[st.SearchStrategy[Expr]]:
    x = VARIABLES["x"]
    if shape == Shape(ONE, N):
        return [smaller(SCALAR).map(lambda of: Unresolved(of, (x,)))]
    if shape == MATRIX:
        return [smaller(VECTOR).map(lambda of: Unresolved(of, (x,)))]
    if shape.is_scalar:
        return [smaller(SCALAR).map(lambda of: Unresolved(of, (Component(x, 1),)))]
    if shape == Shape(TWO, TWO):
        return [smaller(Shape(TWO, ONE)).map(lambda of: Unresolved(of, (VARIABLES["s"], VARIABLES["t"])))]
    return []
