# ruff: noqa: E501  # a table reads best in rows
"""Answers that a course gives, by number: the derivation's, the book's and finite differences all agree.

Each row has variables, functions, request, and the answers in numerator and denominator
layout as the source prints them. Sources: the seed article ("Seed", by its equations) and
Parr and Howard, The Matrix Calculus You Need For Deep Learning (2018) ("Paper", by sections).
"""

from __future__ import annotations

import numpy as np
import pytest

from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.derive import derive
from derivgen.calculus.illustration import illustrations
from derivgen.expr.nodes import Variable
from derivgen.printing.text import text
from derivgen.syntax.parse import parse
from tests.calculus.judge import (
    Rough,
    assignments,
    central,
    differ,
    drawn,
    numbers_in,
    problem_of,
    scope_of,
    size_names,
    wholly,
)

Row = tuple[str, str, str, str, str, str]
ROWS: tuple[Row, ...] = (
    ("A01", "x: scalar; m: scalar; c: scalar", "y = m*x + c", "y wrt x",
     "m", "m"),  # Seed Eq 1
    ("A02", "w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b", "z wrt w",
     "x.T", "x"),  # Seed Eq 2
    ("A03", "w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b", "z wrt b",
     "1", "1"),  # Seed Eq 2
    ("A04", "t: scalar; a: scalar", "C = (t - a)**2", "C wrt a",
     "-2*(t - a)", "-2*(t - a)"),  # Seed Eq 3
    ("A05", "x: scalar; y: scalar", "f = 10*x**2*y**2", "f wrt x, y",
     "[[20*x*y**2, 20*x**2*y]]", "[20*x*y**2, 20*x**2*y]"),  # Seed Eq 4-5
    ("A06", "x: scalar; y: scalar", "f = 10*x**2*y**2; g = 2*x + y**8; F = [f, g]", "F wrt x, y",
     "[[20*x*y**2, 20*x**2*y], [2, 8*y**7]]", "[[20*x*y**2, 2], [20*x**2*y, 8*y**7]]"),  # Seed Eq 6-8
    ("A07", "x: vector(3)", "y = [x[1]*x[2], x[2]*x[3], x[3]*x[1]]", "y wrt x",
     "[[x[2], x[1], 0], [0, x[3], x[2]], [x[3], 0, x[1]]]", "[[x[2], 0, x[3]], [x[1], x[3], 0], [0, x[2], x[1]]]"),  # Seed Eq 12-18
    ("A08", "x: vector(3)", "y = [x[1]*x[2]*x[3], x[1] + x[2]**2]", "y wrt x",
     "[[x[2]*x[3], x[1]*x[3], x[1]*x[2]], [1, 2*x[2], 0]]", "[[x[2]*x[3], 1], [x[1]*x[3], 2*x[2]], [x[1]*x[2], 0]]"),  # Seed Eq 19
    ("A09", "A: matrix(m, n); x: vector(n)", "y = A @ x", "y wrt x",
     "A", "A.T"),  # Seed Eq 20
    ("A10", "x: scalar", "f = x**2", "f wrt x",
     "2*x", "2*x"),  # Seed case 1 (Eq 21-23)
    ("A11", "x: vector(3)", "f = x[1] + x[2]**2 + x[3]**3", "f wrt x",
     "[[1, 2*x[2], 3*x[3]**2]]", "[1, 2*x[2], 3*x[3]**2]"),  # Seed case 2 (Eq 24-25)
    ("A12", "x: scalar", "f = [x, x**2, x**3]", "f wrt x",
     "[1, 2*x, 3*x**2]", "[[1, 2*x, 3*x**2]]"),  # Seed case 3 (Eq 26-27)
    ("A13", "x: vector(3)", "f = [x[1]**2*x[2], x[2] + x[3], sin(x[3])]", "f wrt x",
     "[[2*x[1]*x[2], x[1]**2, 0], [0, 1, 1], [0, 0, cos(x[3])]]", "[[2*x[1]*x[2], 0, 0], [x[1]**2, 1, 0], [0, 1, cos(x[3])]]"),  # Seed case 4 (Eq 28-)
    ("B01", "x: scalar", "f = 99", "f wrt x",
     "0", "0"),  # Paper sec 2
    ("B02", "x: scalar", "f = 3*x", "f wrt x",
     "3", "3"),  # Paper sec 2
    ("B03", "x: scalar", "f = x**3", "f wrt x",
     "3*x**2", "3*x**2"),  # Paper sec 2
    ("B04", "x: scalar", "f = x**2 + 3*x", "f wrt x",
     "2*x + 3", "2*x + 3"),  # Paper sec 2
    ("B05", "x: scalar", "f = x**2 - 3*x", "f wrt x",
     "2*x - 3", "2*x - 3"),  # Paper sec 2
    ("B06", "x: scalar", "f = x**2*x", "f wrt x",
     "3*x**2", "3*x**2"),  # Paper sec 2
    ("B07", "x: scalar", "f = log(x**2)", "f wrt x",
     "2/x", "2/x"),  # Paper sec 2
    ("B08", "x: scalar", "f = 9*(x + x**2)", "f wrt x",
     "9 + 18*x", "9 + 18*x"),  # Paper sec 2
    ("B09", "x: scalar; y: scalar", "f = x*y", "f wrt x, y",
     "[[y, x]]", "[y, x]"),  # Paper sec 3
    ("B10", "x: scalar; y: scalar", "f = 3*x**2*y", "f wrt x, y",
     "[[6*x*y, 3*x**2]]", "[6*x*y, 3*x**2]"),  # Paper sec 3
    ("B11", "x: scalar; y: scalar", "g = 2*x + y**8", "g wrt x, y",
     "[[2, 8*y**7]]", "[2, 8*y**7]"),  # Paper sec 4
    ("B12", "x: scalar; y: scalar", "f = 3*x**2*y; g = 2*x + y**8; F = [f, g]", "F wrt x, y",
     "[[6*x*y, 3*x**2], [2, 8*y**7]]", "[[6*x*y, 2], [3*x**2, 8*y**7]]"),  # Paper sec 4
    ("B13", "x: vector(2)", "y = [3*x[1]**2*x[2], 2*x[1] + x[2]**8]", "y wrt x",
     "[[6*x[1]*x[2], 3*x[1]**2], [2, 8*x[2]**7]]", "[[6*x[1]*x[2], 2], [3*x[1]**2, 8*x[2]**7]]"),  # Paper sec 4.1
    ("B14", "x: vector(n)", "y = x", "y wrt x",
     "eye(n)", "eye(n)"),  # Paper sec 4.1
    ("B15", "w: vector(n); x: vector(n)", "y = w + x", "y wrt w",
     "eye(n)", "eye(n)"),  # Paper sec 4.2 table
    ("B16", "w: vector(n); x: vector(n)", "y = w + x", "y wrt x",
     "eye(n)", "eye(n)"),  # Paper sec 4.2 table
    ("B17", "w: vector(n); x: vector(n)", "y = w - x", "y wrt w",
     "eye(n)", "eye(n)"),  # Paper sec 4.2 table
    ("B18", "w: vector(n); x: vector(n)", "y = w - x", "y wrt x",
     "-eye(n)", "-eye(n)"),  # Paper sec 4.2 table
    ("B19", "w: vector(n); x: vector(n)", "y = w * x", "y wrt w",
     "diag(x)", "diag(x)"),  # Paper sec 4.2 table
    ("B20", "w: vector(n); x: vector(n)", "y = w * x", "y wrt x",
     "diag(w)", "diag(w)"),  # Paper sec 4.2 table
    ("B21", "w: vector(n); x: vector(n)", "y = w / x", "y wrt w",
     "diag(1/x)", "diag(1/x)"),  # Paper sec 4.2 table
    ("B22", "w: vector(n); x: vector(n)", "y = w / x", "y wrt x",
     "diag(-w/x**2)", "diag(-w/x**2)"),  # Paper sec 4.2 table
    ("B23", "w: vector(n); x: vector(n)", "y = exp(w) * sin(x)", "y wrt x",
     "diag(exp(w) * cos(x))", "diag(exp(w) * cos(x))"),  # Paper sec 4.2
    ("B24", "w: vector(n); x: vector(n)", "y = max(w, x)", "y wrt w",
     "diag(step(w - x))", "diag(step(w - x))"),  # Paper sec 4.2
    ("B25", "x: vector(n); z: scalar", "y = x + z", "y wrt x",
     "eye(n)", "eye(n)"),  # Paper sec 4.3
    ("B26", "x: vector(n); z: scalar", "y = x + z", "y wrt z",
     "ones(n)", "ones(n).T"),  # Paper sec 4.3
    ("B27", "x: vector(n); z: scalar", "y = x * z", "y wrt x",
     "z*eye(n)", "z*eye(n)"),  # Paper sec 4.3
    ("B28", "x: vector(n); z: scalar", "y = x * z", "y wrt z",
     "x", "x.T"),  # Paper sec 4.3
    ("B29", "x: vector(n)", "y = sum(x)", "y wrt x",
     "ones(n).T", "ones(n)"),  # Paper sec 4.4
    ("B30", "x: vector(n); z: scalar", "y = sum(x * z)", "y wrt x",
     "z*ones(n).T", "z*ones(n)"),  # Paper sec 4.4
    ("B31", "x: vector(n); z: scalar", "y = sum(x * z)", "y wrt z",
     "sum(x)", "sum(x)"),  # Paper sec 4.4
    ("B32", "x: vector(n)", "u = x**2; y = sum(u)", "y wrt x",
     "2*x.T", "2*x"),  # Paper sec 4.4
    ("B33", "w: vector(n); x: vector(n)", "u = w + x; y = sum(u)", "y wrt x",
     "ones(n).T", "ones(n)"),  # Paper sec 4.5 (opening)
    ("B34", "x: scalar", "u = x**2; y = sin(u)", "y wrt x",
     "2*x*cos(x**2)", "2*x*cos(x**2)"),  # Paper sec 4.5.1
    ("B35", "x: scalar", "u1 = x**3; u2 = sin(u1); u3 = u2**2; y = log(u3)", "y wrt x",
     "6*x**2*cos(x**3)/sin(x**3)", "6*x**2*cos(x**3)/sin(x**3)"),  # Paper sec 4.5.1
    ("B36", "x: scalar", "u1 = x**2; y = x + u1", "y wrt x",
     "1 + 2*x", "1 + 2*x"),  # Paper sec 4.5.2
    ("B37", "x: scalar", "u1 = x**2; u2 = x + u1; y = sin(u2)", "y wrt x",
     "(1 + 2*x)*cos(x + x**2)", "(1 + 2*x)*cos(x + x**2)"),  # Paper sec 4.5.2
    ("B38", "x: scalar", "u1 = x**2; y = x * u1", "y wrt x",
     "3*x**2", "3*x**2"),  # Paper sec 4.5.2
    ("B39", "x: scalar", "g = [x**2, 3*x]; y = [log(g[1]), sin(g[2])]", "y wrt x",
     "[2/x, 3*cos(3*x)]", "[[2/x, 3*cos(3*x)]]"),  # Paper sec 4.5.3
    ("B40", "x: scalar", "g = [x**2, 4*x]; y = [log(g[1]), sin(g[2])]", "y wrt x",
     "[2/x, 4*cos(4*x)]", "[[2/x, 4*cos(4*x)]]"),  # Walkthrough Part 2 Eq 1-5
    ("B41", "x: vector(n)", "g = x**2; y = sin(g)", "y wrt x",
     "diag(2*x*cos(x**2))", "diag(2*x*cos(x**2))"),  # Paper sec 4.5.3
    ("B42", "w: vector(n); x: vector(n)", "u = w * x; y = sum(u)", "y wrt w",
     "x.T", "x"),  # Paper sec 5
    ("B43", "w: vector(n); x: vector(n)", "u = w * x; y = sum(u)", "y wrt x",
     "w.T", "w"),  # Paper sec 5 / reference
    ("B44", "w: vector(n); x: vector(n); b: scalar", "y = dot(w, x) + b", "y wrt w",
     "x.T", "x"),  # Paper sec 5
    ("B45", "w: vector(n); x: vector(n); b: scalar", "y = dot(w, x) + b", "y wrt b",
     "1", "1"),  # Paper sec 5
    ("B46", "z: scalar", "y = max(0, z)", "y wrt z",
     "step(z)", "step(z)"),  # Paper sec 5
    ("B47", "x: vector(n)", "y = max(0, x)", "y wrt x",
     "diag(step(x))", "diag(step(x))"),  # Paper sec 5 aside
    ("B48", "w: vector(n); x: vector(n); b: scalar", "z = dot(w, x) + b; a = max(0, z)", "a wrt w",
     "step(z)*x.T", "step(z)*x"),  # Paper sec 5
    ("B49", "w: vector(n); x: vector(n); b: scalar", "z = dot(w, x) + b; a = max(0, z)", "a wrt b",
     "step(z)", "step(z)"),  # Paper sec 5
    ("B50", "w: vector(n); x: vector(n); b: scalar", "z = dot(w, x) + b; a = max(0, z)", "a wrt x",
     "step(z)*w.T", "step(z)*w"),  # Extra (needed for backpropagation)
    ("B51", "w: vector(n); x: vector(n); b: scalar; t: scalar", "u = max(0, dot(w, x) + b); v = t - u; C = v**2", "C wrt w",
     "-2*(t - u)*step(dot(w, x) + b)*x.T", "-2*(t - u)*step(dot(w, x) + b)*x"),  # Paper sec 6.1, one sample
    ("B52", "X: matrix(N, d); w: vector(d); b: scalar; y: vector(N)", "z = X @ w + b; u = max(0, z); v = y - u; C = mean(v**2)", "C wrt w",
     "-2/N*(v * step(z)).T @ X", "-2/N*X.T @ (v * step(z))"),  # Paper sec 6.1
    ("B53", "X: matrix(N, d); w: vector(d); b: scalar; y: vector(N)", "z = X @ w + b; u = max(0, z); v = y - u; C = mean(v**2)", "C wrt b",
     "-2/N*sum(v * step(z))", "-2/N*sum(v * step(z))"),  # Paper sec 6.2
    ("B54", "X: matrix(N, d); w: vector(d); b: scalar; y: vector(N)", "e = X @ w + b - y; C = mean(e**2)", "C wrt w",
     "2/N*e.T @ X", "2/N*X.T @ e"),  # Paper sec 6.1 (after the error term)
    ("B55", "what: vector(p); xhat: vector(p)", "z = dot(what, xhat)", "z wrt what",
     "xhat.T", "xhat"),  # Paper sec 6.2 (end)
)  # fmt: skip

COURSE = pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])


@COURSE
def test_both_layouts_are_the_books_answer_and_the_finite_differences(row: Row) -> None:
    _, variables, functions, request, numerator, denominator = row
    problem = problem_of(variables, functions, request)
    asked = problem.requests[0]
    derivation = derive(problem, asked)
    judged = 0
    for sizes in assignments(size_names(problem)):
        for seed in range(8):
            point = drawn(problem.variables, sizes, np.random.default_rng(seed), positive=seed % 2 == 1)
            try:
                wanted = central(asked.of, asked.wrt, point, sizes)
            except Rough:
                continue
            judged += 1
            book = numbers_in(wholly(numerator, problem), point, sizes)
            assert differ(book, wanted) < 1e-5, "this row of the table is not the derivative"
            assert differ(numbers_in(derivation.result("numerator"), point, sizes), book) < 1e-9
            turned = numbers_in(wholly(denominator, problem), point, sizes)
            assert differ(numbers_in(derivation.result("denominator"), point, sizes), turned) < 1e-9
    assert judged >= 4


@COURSE
def test_the_answers_read_back_and_are_the_last_line(row: Row) -> None:
    problem = problem_of(*row[1:4])
    derivation = derive(problem, problem.requests[0])
    for result in derivation.results:
        assert parse(text(result.expr), scope_of(problem)) == result.expr
    assert text(derivation.steps[-1].after) == text(derivation.result("numerator"))


@COURSE
def test_sympy_agrees(row: Row) -> None:
    problem = problem_of(*row[1:4])
    assert cross_check(problem, derive(problem, problem.requests[0])).agrees


@COURSE
def test_the_short_numbers_of_the_check_are_those_of_the_formula(row: Row) -> None:
    problem = problem_of(*row[1:4])
    derivation = derive(problem, problem.requests[0])
    shown = illustrations(problem, derivation)
    assert shown, "a reader wants one point to redo by hand"
    for one in shown:
        point = {variable.name: numbers_in(array, {}, {}) for variable, array in one.given}
        sizes = sizes_at(problem.variables, point)
        formula = numbers_in(derivation.result("numerator"), point, sizes)
        assert differ(numbers_in(one.formula, {}, {}), formula) < 1e-3
        assert differ(numbers_in(one.difference, {}, {}), formula) < 1e-2


def sizes_at(variables: dict[str, Variable], point: dict[str, np.ndarray]) -> dict[str, int]:
    """The sizes that the arrays of a point have."""
    sizes: dict[str, int] = {}
    for name, array in point.items():
        for size, number in zip(variables[name].shape, array.shape, strict=True):
            if size.number is None:
                sizes[str(size)] = number
    return sizes


ANSWERS = (
    ("A01", "m", "m"), ("A02", "x.T", "x"), ("A09", "A", "A.T"), ("A10", "2*x", "2*x"), ("B14", "eye(n)", "eye(n)"),
    ("B19", "diag(x)", "diag(x)"), ("B28", "x", "x.T"), ("B29", "ones(n).T", "ones(n)"), ("B45", "1", "1"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "numerator", "denominator"), ANSWERS)
def test_a_short_answer_is_written_as_the_book_writes_it(name: str, numerator: str, denominator: str) -> None:
    row = next(row for row in ROWS if row[0] == name)
    problem = problem_of(*row[1:4])
    derivation = derive(problem, problem.requests[0])
    assert text(derivation.result("numerator")) == numerator
    assert text(derivation.result("denominator")) == denominator
