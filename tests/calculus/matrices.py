"""Random functions of scalars, vectors and matrices, over the whole table of functions.

`problems()` draws a body and what it is differentiated by. Arguments are tame: inverses and
log-determinants are of matrices that are near a multiple of the identity or positive definite,
whole exponents, kinks on variables only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal
from zlib import crc32

from hypothesis import assume
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
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.expr.walk import count, depends_on, inlined
from derivgen.printing.text import text
from derivgen.problem.problem import Problem, Request
from tests.calculus.judge import problem_for

N, M, P, TWO = Size.named("n"), Size.named("m"), Size.named("p"), Size.whole(2)
SIZES: tuple[dict[str, int], ...] = ({"n": 3, "m": 2, "p": 4}, {"n": 2, "m": 4, "p": 3}, {"n": 4, "m": 3, "p": 2})
SQUARE, TALL, WIDE = Shape(N, N), Shape(M, N), Shape(N, P)
COLUMN, OTHER = Shape(N, ONE), Shape(M, ONE)

VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("s", SCALAR),
        Variable("t", SCALAR),
        Variable("x", COLUMN),
        Variable("y", COLUMN),
        Variable("u", OTHER),
        Variable("A", SQUARE),
        Variable("X", SQUARE),
        Variable("B", TALL),
        Variable("C", WIDE),
        Variable("S", SQUARE, symmetric=True),
        Variable("R", SQUARE, symmetric=True),
    )
}
X, B, C, S = (VARIABLES[name] for name in "XBCS")
VARIED = ("X", "X", "X", "B", "B", "C", "S", "x", "u", "s")
SMALL = tuple(VARIABLES[name] for name in VARIED)
ELEMENTWISE = ("exp", "sin", "tanh", "sigmoid", "atan", "softplus")
KINKS = ("abs", "relu", "sign", "step")
MOST_NODES = 26
SHAPES = (SCALAR, SCALAR, SCALAR, COLUMN, OTHER, SQUARE, TALL, WIDE)


@dataclass(frozen=True)
class Case:
    """A function with what it is differentiated by; what it is called is `f`."""

    body: Expr
    wrt: Variable
    then: Variable | None = None

    @property
    def is_second(self) -> bool:
        """Whether this asks for a second derivative."""
        return self.then is not None

    def problem(self) -> tuple[Problem, Request]:
        """The problem and its request."""
        problem, first = problem_for(self.body, self.wrt)
        if self.then is None:
            return problem, first
        variables = {**problem.variables, self.then.name: self.then}
        if self.then == self.wrt:
            request = Request(f"{first.text} twice", first.of, first.wrt, order=2)
        else:
            request = Request(f"{first.text}, then {self.then.name}", first.of, first.wrt, then=(self.then,))
        return Problem(variables, problem.functions, (request,)), request

    def __repr__(self) -> str:
        asked = self.wrt.name if self.then is None else f"{self.wrt.name}, then {self.then.name}"
        return f"Case: {text(inlined(self.body))!r} wrt {asked}"


@st.composite
def first_derivatives(draw: st.DrawFn, depth: int = 3) -> Case:
    """A function of any shape by a variable of any shape that occurs in it."""
    wrt = draw(st.sampled_from(SMALL))
    shape = draw(st.sampled_from(SHAPES))
    return Case(draw(functions(shape, draw(st.integers(1, depth)), (wrt,))), wrt)


@st.composite
def second_derivatives(draw: st.DrawFn, depth: int = 2) -> Case:
    """A scalar function by a variable twice, or by one and then another."""
    wrt = draw(st.sampled_from(SMALL))
    then = draw(st.sampled_from((wrt, wrt, *SMALL)))
    return Case(draw(functions(SCALAR, draw(st.integers(1, depth)), (wrt, then))), wrt, then)


def functions(shape: Shape, depth: int, varied: tuple[Variable, ...]) -> st.SearchStrategy[Expr]:
    """Expressions of one shape in which the variables occur."""
    return grown(shape, depth, varied).filter(
        lambda made: count(inlined(made)) <= MOST_NODES and all(depends_on(made, v.name) for v in varied)
    )


def grown(shape: Shape, depth: int, varied: tuple[Variable, ...]) -> st.SearchStrategy[Expr]:
    """Expressions of one shape, nested up to `depth` levels; the variables are likely leaves."""
    if depth <= 0:
        return leaf(shape, varied)

    def smaller(other: Shape, less: int = 1) -> st.SearchStrategy[Expr]:
        return grown(other, depth - less, varied)

    kinds = [_sums(shape, smaller), _products(shape, smaller), _calls(shape, smaller), _named(shape, smaller)]
    kinds += [leaf(shape, varied), _quotients(shape, smaller), _choices(shape, smaller, varied)]
    if shape.is_scalar:
        return st.one_of(*kinds, _of_matrices(smaller), _of_matrices(smaller), _of_vectors(smaller), _entries(smaller))
    kinds += [smaller(shape.transposed).map(Transpose), _hadamards(shape, smaller)]
    if shape.is_column:
        return st.one_of(*kinds, _columns(shape, smaller))
    if not shape.is_row:
        kinds += [_rank_one(shape, smaller), _rank_one(shape, smaller)]
    if shape == SQUARE:
        kinds += [_squares(smaller), _squares(smaller)]
    return st.one_of(*kinds)


Smaller = Callable[..., st.SearchStrategy[Expr]]


def leaf(shape: Shape, varied: tuple[Variable, ...]) -> st.SearchStrategy[Expr]:
    """Names, numbers and constant arrays; a variable that is asked for is drawn more often."""
    known: list[Expr] = [name for name in VARIABLES.values() if name.shape == shape]
    known += [Transpose(name) for name in VARIABLES.values() if name.shape.transposed == shape and not name.is_scalar]
    wanted = [name for name in known if any(depends_on(name, v.name) for v in varied)]
    if shape.is_scalar:
        known += [build.number(2), build.number(Fraction(1, 2)), SizeNumber(N), build.number(-1)]
        entries = [Component(v, 1, 2) for v in varied if not v.shape.is_column and not v.shape.is_row]
        wanted += entries + [Component(v, 2) for v in varied if v.shape.is_column and not v.is_scalar]
    elif shape.rows == shape.columns:
        known.append(build.eye(shape.rows))
    else:
        known.append(build.ones(shape.rows, shape.columns))
    return st.sampled_from([*known, *wanted * 4])


@st.composite
def _sums(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    other = draw(st.sampled_from([shape, shape, shape, SCALAR]))
    terms = [draw(smaller(shape)), draw(smaller(other))]
    if draw(st.booleans()):
        terms[1] = build.negative(terms[1])
    return Sum(tuple(draw(st.permutations(terms))))


@st.composite
def _products(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    if shape.is_scalar or draw(st.integers(0, 2)) == 0:
        return Product((draw(smaller(SCALAR)), draw(smaller(shape))))
    inner = draw(st.sampled_from([N, N, M]))
    return Product((draw(smaller(Shape(shape.rows, inner))), draw(smaller(Shape(inner, shape.columns)))))


@st.composite
def _quotients(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    below = draw(st.sampled_from([SCALAR, SCALAR, shape]))
    bottom = Sum((build.number(2), Power(draw(smaller(below, 2)), build.number(2))))
    return Quotient(draw(smaller(shape)), bottom)


@st.composite
def _calls(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    kind = draw(st.sampled_from([*ELEMENTWISE, "power", "log", "max"]))
    if kind == "power":
        return Power(draw(smaller(shape)), build.number(draw(st.sampled_from([2, 3]))))
    if kind == "log":
        return build.apply("log", Sum((build.number(2), Power(draw(smaller(shape, 2)), build.number(2)))))
    if kind == "max":
        return build.apply("max", draw(smaller(shape, 9)), build.number(Fraction(1, 8)))
    return build.apply(kind, draw(smaller(shape)))


@st.composite
def _choices(draw: st.DrawFn, shape: Shape, smaller: Smaller, varied: tuple[Variable, ...]) -> Expr:
    if draw(st.booleans()):
        return build.apply(draw(st.sampled_from(KINKS)), draw(leaf(shape, varied)))
    tested, relation = draw(leaf(shape, varied)), draw(relations())
    return Choice(relation, tested, build.number(Fraction(1, 8)), draw(smaller(shape)), draw(smaller(shape, 2)))


def relations() -> st.SearchStrategy[Literal[">", "<", ">=", "<="]]:
    """The signs of comparisons."""
    return st.sampled_from([">", "<", ">=", "<="])


@st.composite
def _named(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    body = draw(smaller(shape))
    # A name stands for one thing: different bodies get different names, the same in every run.
    return Reference(f"h{crc32(repr(body).encode())}", body)


@st.composite
def _hadamards(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    return Hadamard((draw(smaller(shape)), draw(smaller(shape))))


@st.composite
def _columns(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    if draw(st.booleans()) and shape == COLUMN:
        return build.apply("diag", draw(smaller(SQUARE)))
    return build.apply("softmax", draw(smaller(shape)))


@st.composite
def _rank_one(draw: st.DrawFn, shape: Shape, smaller: Smaller) -> Expr:
    left, right = draw(smaller(Shape(shape.rows, ONE))), draw(smaller(Shape(shape.columns, ONE)))
    return build.apply("outer", left, right) if draw(st.booleans()) else Product((left, Transpose(right)))


@st.composite
def _squares(draw: st.DrawFn, smaller: Smaller) -> Expr:
    match draw(st.sampled_from(["inv", "inv", "matpow", "diag", "gram", "solve"])):
        case "inv":
            return build.apply("inv", draw(_tame(smaller)))
        case "matpow":
            k = draw(st.sampled_from([2, 3, -1, -2, 0]))
            base = draw(smaller(SQUARE)) if k >= 0 else draw(_tame(smaller))
            return build.apply("matpow", base, build.number(k))
        case "diag":
            return build.apply("diag", draw(smaller(COLUMN)))
        case "gram":
            tall = draw(smaller(TALL))
            return Product((Transpose(tall), tall))
        case _:
            return Product((build.apply("inv", draw(_tame(smaller))), draw(smaller(SQUARE))))


@st.composite
def _tame(draw: st.DrawFn, smaller: Smaller) -> Expr:
    """A matrix that is surely invertible, or the variable itself."""
    eye = build.eye(N)
    match draw(st.sampled_from(["plain", "gram", "gram", "near", "congruence"])):
        case "plain":
            return draw(st.sampled_from([X, X, S, VARIABLES["A"]]))
        case "gram":
            inner = draw(st.sampled_from([B, X, Sum((X, VARIABLES["A"])), draw(smaller(TALL, 2))]))
            return Sum((Product((Transpose(inner), inner)), eye))
        case "near":
            return Sum((Product((build.number(5), eye)), build.apply("sin", draw(smaller(SQUARE, 2)))))
        case _:
            return Sum((Product((Transpose(B), build.apply("diag", Power(VARIABLES["u"], build.number(2))), B)), eye))


@st.composite
def _of_matrices(draw: st.DrawFn, smaller: Smaller) -> Expr:
    some = st.sampled_from([SQUARE, SQUARE, TALL, WIDE])
    match draw(
        st.sampled_from(["tr", "tr", "det", "logdet", "sum", "mean", "norm", "squared", "inner", "kron", "vec"])
    ):
        case "tr":
            return build.apply("tr", draw(smaller(SQUARE)))
        case "det":
            return build.apply("det", draw(st.one_of(_tame(smaller), smaller(SQUARE, 2))))
        case "logdet":
            return build.apply("logdet", draw(_tame(smaller)))
        case "sum" | "mean" as name:
            return build.apply(name, draw(smaller(draw(some))))
        case "norm":
            return build.apply("norm", draw(smaller(draw(some))))
        case "squared":
            return Power(build.apply("norm", draw(smaller(draw(some)))), build.number(2))
        case "inner":
            shape = draw(some)
            return build.apply("tr", Product((Transpose(draw(smaller(shape))), draw(smaller(shape)))))
        case "kron":
            pair = (draw(smaller(SQUARE, 2)), draw(smaller(SQUARE, 2)))
            return build.apply(draw(st.sampled_from(["tr", "sum"])), build.apply("kron", *pair))
        case _:
            shape = draw(some)
            left, right = draw(smaller(shape)), draw(smaller(shape, 2))
            return Product((Transpose(build.apply("vec", left)), build.apply("vec", right)))


@st.composite
def _of_vectors(draw: st.DrawFn, smaller: Smaller) -> Expr:
    kind = draw(st.sampled_from(["inner", "form", "norm", "logsumexp", "dot", "rectangular"]))
    if kind == "rectangular":
        return Product((Transpose(draw(smaller(OTHER))), draw(smaller(TALL)), draw(smaller(COLUMN))))
    left = draw(smaller(COLUMN))
    if kind in ("norm", "logsumexp"):
        return build.apply(kind, left)
    right = draw(smaller(COLUMN))
    if kind == "dot":
        return build.apply("dot", left, right)
    return Product((Transpose(left), right) if kind == "inner" else (Transpose(left), draw(smaller(SQUARE)), right))


@st.composite
def _entries(draw: st.DrawFn, smaller: Smaller) -> Expr:
    shape = draw(st.sampled_from([SQUARE, TALL]))
    return Component(draw(smaller(shape)), draw(st.sampled_from([1, 2])), draw(st.sampled_from([1, 2])))


@st.composite
def stacked(draw: st.DrawFn, depth: int = 2) -> Case:
    """Arrays of other sizes: vec, Kronecker products, commutation matrices, stacks."""
    wrt = draw(st.sampled_from(SMALL))

    def part(shape: Shape) -> Expr:
        return draw(grown(shape, depth - 1, (wrt,)))

    match draw(st.sampled_from(["vec", "turn", "kron", "mixed", "stack", "rows"])):
        case "vec":
            body: Expr = build.apply("vec", part(draw(st.sampled_from([SQUARE, TALL, WIDE]))))
        case "turn":
            turn = build.apply("commutation", SizeNumber(M), SizeNumber(N))
            body = Product((turn, build.apply("vec", part(TALL))))
        case "kron":
            body = build.apply("kron", part(draw(st.sampled_from([SQUARE, TALL, COLUMN]))), VARIABLES["B"])
        case "mixed":
            right = part(draw(st.sampled_from([TALL, OTHER])))
            body = build.apply("kron", VARIABLES["A"], right)
        case "stack":
            body = build.column(part(SCALAR), part(SCALAR))
        case _:
            row = (part(SCALAR), part(SCALAR))
            body = Product((build.column(*row), Transpose(part(COLUMN))))
    assume(depends_on(body, wrt.name) and count(inlined(body)) <= MOST_NODES)
    return Case(body, wrt)
