"""SymPy's objects in and out: the value stays, by SymPy's own evaluation and by ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp

import derivgen
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.expr.nodes import Expr
from derivgen.printing.text import text
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope
from tests.printing.test_programs import SIZES, TEXTS, VALUES, VARIABLES, of, wanted

n, m = sp.symbols("n m")
x, y = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("y", n, 1)
A, B = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("B", m, n)
s, t = sp.symbols("s t")
i, j = sp.symbols("i j")

# The size m stands in no shape there, so that SymPy's m could as well be a scalar.
BACK = tuple(one for one in TEXTS if one != "n*x + (m + 1)*x")


def evaluated(expr: Expr) -> np.ndarray[Any, np.dtype[Any]]:
    values = {name: [[complex(z) for z in row] for row in rows] for name, rows in VALUES.items()}
    return np.array([[complex(z).real for z in row] for row in value(expr, Point(values, SIZES), FLOATS)])


@pytest.mark.parametrize("one", BACK)
def test_what_goes_to_sympy_comes_back_with_its_value(one: str) -> None:
    back = derivgen.from_sympy(derivgen.to_sympy(of(one)))
    assert back.shape == of(one).shape
    np.testing.assert_allclose(evaluated(back), wanted(of(one)), rtol=1e-12, atol=1e-12)
    assert parse(text(back), Scope(VARIABLES, frozenset(SIZES))) == back


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (x.T * A * x, "x.T @ A @ x"),
        (A.inv() * x, "inv(A) @ x"),
        (sp.Trace(A * A.T), "tr(A @ A.T)"),
        (sp.log(sp.Determinant(A)), "logdet(A)"),
        (sp.sqrt(sp.Trace(x.T * x)), "norm(x)"),
        (sp.HadamardProduct(x, y), "x*y"),
        (sp.KroneckerProduct(A, B), "kron(A, B)"),
        (sp.DiagMatrix(x), "diag(x)"),
        (sp.DiagonalOf(A), "diag(A)"),
        (x.applyfunc(sp.sin), "sin(x)"),
        (x.applyfunc(sp.Lambda(s, 1 / (1 + sp.exp(-s)))), "1/(1 + exp(-x))"),
        (x.applyfunc(sp.Lambda(s, s**2 + t)), "x**2 + t"),
        (A**3, "matpow(A, 3)"),
        (sp.Identity(n) + 2 * A, "2*A + eye(n)"),
        (sp.OneMatrix(n, 1), "ones(n)"),
        (sp.Matrix([[s, t], [1, sp.Rational(1, 2)]]), "[[s, t], [1, 0.5]]"),
        (x[1, 0] * s, "s*x[2]"),
        (s / t + sp.pi, "s/t + pi"),
        (sp.Max(0, s), "relu(s)"),
        (sp.Piecewise((s, s > t), (t**2, True)), "where(s > t, s, t**2)"),
        (sp.FunctionMatrix(n, n, sp.Lambda((i, j), A[i, j] * sp.exp(A[i, j]))), "A*exp(A)"),
        (sp.Float("0.1") * s, "0.1*s"),
    ],
    ids=str,
)
def test_objects_of_sympy_are_read_as_what_they_are(made: Any, written: str) -> None:
    read = derivgen.from_sympy(made)
    names = {name: VARIABLES[name] for name in VARIABLES}
    expected = parse(written, Scope(names, frozenset(SIZES)))
    assert read.shape == expected.shape
    np.testing.assert_allclose(evaluated(read), evaluated(expected))
    assert sorted(text(read)) == sorted(text(expected))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (sp.gamma(s), "no gamma, here gamma"),
        (sp.Integral(s, s), "no Integral"),
        (sp.Heaviside(s), "step is 0 at 0"),
        (sp.FunctionMatrix(n, n, sp.Lambda((i, j), i + j)), "language has no Symbol"),
        (sp.FunctionMatrix(n, n, sp.Lambda((i, j), A[j, i])), "no MatrixElement"),
        (sp.I * s, "no ImaginaryUnit"),
        (sp.Symbol("x_{1}"), "cannot be a name"),
        (sp.Symbol("exp") + 1, "exp cannot be declared"),
        (sp.BlockMatrix([[A, A]]), "no BlockMatrix"),
        (sp.Symbol("s", positive=True) + s, "two symbols of SymPy are called s"),
        (sp.oo * s, "no Infinity|no NegativeInfinity|no"),
        ("s + 1", "no str, here s"),
    ],
    ids=str,
)
def test_what_the_language_does_not_have_is_refused_by_name(made: Any, words: str) -> None:
    with pytest.raises(derivgen.DerivgenError, match=words):
        derivgen.from_sympy(made)


def test_what_sympy_cannot_hold_is_refused_with_the_part() -> None:
    found = derivgen.derive(
        functions={"u": "vector(m) of x", "f": "x.T @ x"}, of="u", wrt="x", variables={"x": "vector(n)"}
    )
    with pytest.raises(derivgen.DerivgenError, match=r"SymPy cannot hold .* derivative\(u, x\)"):
        found.to_sympy()


def test_derivatives_of_sympy_objects_are_in_the_same_symbols() -> None:
    found = derivgen.derive(x.T * A * x, wrt=x)
    assert found.to_sympy("denominator") == (A + A.T) * x
    assert found.to_sympy("numerator").shape == (1, n)


def test_scalars_of_sympy_are_differentiated_as_sympy_does() -> None:
    made = sp.sin(s) ** 2 / t
    found = derivgen.derive(made, wrt=s).to_sympy()
    assert sp.simplify(found - made.diff(s)) == 0


def test_objects_and_texts_go_together() -> None:
    found = derivgen.derive("z.T @ z", x, functions={"z": A * x})
    assert found.request == "f wrt x"
    assert found.denominator(x=[1.0, 2.0], A=np.eye(2)).tolist() == [[2.0], [4.0]]


def test_a_declaration_may_be_an_object() -> None:
    assert derivgen.derive("x.T @ x", "x", variables={"x": x}).numerator.shape == ("1", "n")


def test_explicit_values_agree_with_sympy_at_whole_sizes() -> None:
    point = {"x": sp.Matrix([1, 2]), "A": sp.Matrix([[1, 2], [3, 5]])}
    gradient = derivgen.derive(x.T * A * x, wrt=x).to_sympy("denominator")
    explicit = gradient.subs(n, 2).subs({sp.MatrixSymbol(k, *v.shape): v for k, v in point.items()}).doit()
    f = sp.Matrix(sp.MatrixSymbol("x", 2, 1)).T * point["A"] * sp.Matrix(sp.MatrixSymbol("x", 2, 1))
    entries = [f[0].diff(sp.MatrixSymbol("x", 2, 1)[k, 0]) for k in range(2)]
    by_entries = [e.subs({sp.MatrixSymbol("x", 2, 1)[k, 0]: point["x"][k] for k in range(2)}) for e in entries]
    assert list(explicit) == by_entries
