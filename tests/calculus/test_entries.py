"""Arrays written out: each entry, worked out by itself, is the entry of the value worked out as arrays."""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.calculus.entries import entries, spelled
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.errors import NoRule
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Apply, Expr, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.expr.walk import parts
from derivgen.syntax.parse import Scope, parse


def shape(rows: int, columns: int = 1) -> Shape:
    return Shape(Size.whole(rows), Size.whole(columns))


SHAPES = {
    "s": SCALAR, "x": shape(3), "u": shape(2), "A": shape(2, 3), "B": shape(3, 2), "P": shape(2, 2), "Q": shape(3, 3),
    "R": shape(4, 4), "W": shape(1, 1),
}  # fmt: skip
SCOPE = Scope({name: Variable(name, of) for name, of in SHAPES.items()}, frozenset())

CALLS = [
    "tr(Q)", "tr(A @ B)", "tr(s)", "det(s)", "det(P)", "det(Q)", "det(R)", "det(A @ B)", "logdet(P)", "logdet(Q)",
    "inv(s)", "inv(P)", "inv(Q)", "inv(Q)[2, 3]", "inv(P) @ u", "inv(Q).T", "matpow(P, 0)", "matpow(P, 1)",
    "matpow(P, 2)", "matpow(P, 3)", "matpow(Q, 2)", "matpow(Q, 3)", "matpow(P, -1)", "matpow(P, -2)", "matpow(s, 3)",
    "outer(x, u)", "outer(u, s)", "kron(A, B)", "kron(B, A)", "kron(u, x)", "kron(s, A)", "kron(A @ x, u.T)", "vec(A)",
    "vec(A.T)", "vec(u.T)", "commutation(2, 3)", "commutation(3, 2) @ vec(B.T)", "commutation(2, 3) @ vec(A)",
    "commutation(1, 3)", "diag(Q)", "diag(x)", "diag(A @ B)", "diag(diag(Q))", "sum(A)", "mean(A)", "prod(x)",
    "norm(A)", "norm(s)", "norm1(A)", "logsumexp(x)", "logsumexp(s)", "dot(x, x)", "softmax(x)", "softmax(s)", "sum(s)",
    "mean(s)", "ones(2, 3) @ x", "zeros(3)", "eye(3) @ Q", "ones(1)*s", "exp(A)", "pi*x", "max(P, 0)",
    "sum(kron(P, P))", "tr(inv(P) @ P)", "det(kron(P, s))",
]  # fmt: skip


def point(seed: int) -> Point:
    rng = np.random.default_rng(seed)
    drawn = {name: rng.uniform(0.3, 1.5, (of.rows.at({}), of.columns.at({}))) for name, of in SHAPES.items()}
    for name in ("P", "Q"):
        drawn[name] += 2 * np.eye(len(drawn[name]))
    return Point({name: array.tolist() for name, array in drawn.items()}, {})


@pytest.mark.parametrize("source", CALLS)
def test_entries_of_a_call_have_the_values_of_the_call(source: str) -> None:
    expr = parse(source, SCOPE)
    table = ((spelled(expr),),) if expr.is_scalar else entries(expr)
    for seed in (1, 2):
        at = point(seed)
        wanted = np.array(value(expr, at, FLOATS))
        found = np.array([[value(cell, at, FLOATS)[0][0] for cell in row] for row in table])
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, rtol=1e-11, atol=1e-12)


def holds_arrays(expr: Expr) -> bool:
    return not expr.is_scalar or any(holds_arrays(part) for part in parts(expr) if not isinstance(part, Variable))


@pytest.mark.parametrize("source", CALLS)
def test_entries_of_a_call_are_made_of_scalars_only(source: str) -> None:
    expr = parse(source, SCOPE)
    cells = [spelled(expr)] if expr.is_scalar else [cell for row in entries(expr) for cell in row]
    for cell in cells:
        assert cell.is_scalar
        assert not any(isinstance(part, Apply) and holds_arrays(part) for part in parts(cell))


def test_every_function_that_takes_arrays_at_once_is_tried() -> None:
    whole = [name for name, record in FUNCTIONS.items() if record.entry is not None]
    used = " ".join(CALLS)
    assert [name for name in whole if f"{name}(" not in used and name != "unit"] == []


@pytest.mark.parametrize("source", ["inv(R)", "matpow(Q, 9)", "sum(kron(R, R))", "matpow(P, s)"])
def test_what_would_be_too_long_is_refused(source: str) -> None:
    expr = parse(source, SCOPE)
    with pytest.raises(NoRule):
        _ = entries(expr) if not expr.is_scalar else spelled(expr)


@pytest.mark.parametrize("source", ["tr(X)", "det(X)", "inv(X)", "vec(X)", "kron(X, X)", "commutation(n, n)"])
def test_symbolic_sizes_are_refused(source: str) -> None:
    n = Size.named("n")
    expr = parse(source, Scope({"X": Variable("X", Shape(n, n)), "x": Variable("x", Shape(n, ONE))}, frozenset({"n"})))
    with pytest.raises(NoRule, match="the size n"):
        _ = entries(expr) if not expr.is_scalar else spelled(expr)
