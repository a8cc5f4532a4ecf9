"""Declarations, requests, sizes and conditions: what they stand for and what is said of a slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.sizes import Size
from derivgen.syntax.declarations import declares_function
from derivgen.syntax.parse import parse, parse_condition, parse_declaration, parse_request, parse_size
from tests.strategies import SCOPE


def fault(read: Callable[[str], object], text: str) -> Fault:
    with pytest.raises(DerivgenError) as caught:
        read(text)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("scalar", "1 x 1"),
        ("vector(n)", "n x 1"),
        ("vector( 3 )", "3 x 1"),
        ("matrix(m, 2)", "m x 2"),
        ("symmetric(n)", "n x n"),
    ],
)
def test_declared_shape_is(text: str, shape: str) -> None:
    assert str(parse_declaration(text).shape) == shape


def test_unspecified_function_names_its_variables_with_their_places() -> None:
    declared = parse_declaration("vector(m) of x, lambda", Span("f.yaml", 3, 6, 28, "  y: vector(m) of x, lambda"))
    assert [(name.name, name.span.column) for name in declared.of] == [("x", 19), ("lambda", 22)]


@pytest.mark.parametrize(
    ("text", "claim"), [("vector(m) of x", True), ("x.T @ x", False), ("scalar of x", True), ("offset*x", False)]
)
def test_only_a_kind_followed_by_of_declares_a_function(text: str, claim: bool) -> None:
    assert declares_function(text) is claim


@pytest.mark.parametrize(
    ("text", "column", "end", "message", "hint"),
    [
        ("vecto(n)", 1, 6, "vecto is not a kind of variable", "did you mean vector?"),
        ("vector(0)", 8, 9, "the size 0 is not a whole number from 1 up", "from 1 up"),
        ("vector(-1)", 8, 9, "a size is a name or a whole number", "vector(n)"),
        ("vector(2.5)", 8, 11, "the size 2.5", "from 1 up"),
        ("vector(n, m)", 1, 13, "a vector has 1 size, not 2", "matrix(m, n)"),
        ("matrix(n)", 1, 10, "a matrix has 2 sizes, not 1", "matrix(m, n)"),
        ("scalar(n)", 1, 10, "a scalar has no sizes, not 1", "write scalar"),
        ("vector", 1, 7, "the size of this vector is missing", "vector(n)"),
        ("vector(n", 7, 8, "this ( is not closed", "add a )"),
        ("vector[n]", 7, 8, "[ cannot stand here", "vector(n)"),
        ("vector(n + 1)", 10, 11, "one name or one number", "vector(n)"),
        ("scalar of", 8, 10, "no variable is named after of", "scalar of x, y"),
        ("scalar of x x", 13, 14, "x cannot stand after x", "scalar of x, y"),
        ("scalar of x, x", 14, 15, "x stands twice", "once"),
        ("", 1, 2, "nothing is declared here", "vector(n)"),
    ],
)
def test_slip_in_a_declaration_is_told(text: str, column: int, end: int, message: str, hint: str) -> None:
    found = fault(parse_declaration, text)
    assert found.span is not None
    assert (found.span.column, found.span.end_column) == (column, end)
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    "text", ["f wrt x", "F wrt x, y", "f wrt x twice", "f wrt x, y twice", "f wrt x, then y", "f wrt twice"]
)
def test_request_in_canonical_form_is_read_and_written_the_same(text: str) -> None:
    assert parse_request(text).text == text


def test_request_is_taken_apart() -> None:
    request = parse_request("f  wrt x,  then  y", Span("q.yaml", 8, 5, 23, "  - f  wrt x,  then  y"))
    assert request.then is not None
    assert (request.of.name, [name.name for name in request.wrt], request.then.name) == ("f", ["x"], "y")
    assert request.then.span.column == 22


@pytest.mark.parametrize(
    ("text", "column", "end", "hint"),
    [
        ("f with respect to x", 3, 18, "write f wrt x"),
        ("f w.r.t. x", 3, 9, "write f wrt x"),
        ("f by x", 3, 5, "write f wrt x"),
        ("f wtr x", 3, 6, "did you mean wrt?"),
        ("f wrt", 3, 6, "f wrt x, y"),
        ("f wrt x,", 8, 9, "f wrt x, y"),
        ("f wrt x twise", 9, 14, "did you mean twice?"),
        ("f wrt x and y", 9, 12, "by commas"),
        ("f wrt x, x", 10, 11, "wrt x twice"),
        ("f wrt x[1]", 8, 9, "the whole variable"),
        ("x**2 wrt x", 1, 5, "give the expression a name"),
        ("f", 1, 2, "write f wrt x"),
        ("", 1, 2, "write f wrt x"),
    ],
)
def test_slip_in_a_request_is_told(text: str, column: int, end: int, hint: str) -> None:
    found = fault(parse_request, text)
    assert found.span is not None
    assert (found.span.column, found.span.end_column) == (column, end)
    assert hint in found.hint


def test_size_is_a_polynomial_of_size_names() -> None:
    n = Size.named("n")
    assert parse_size("n*n + 2*n - 1", frozenset({"n"})) == n * n + n + n - Size.whole(1)


@pytest.mark.parametrize(
    ("text", "relation", "right"),
    [
        ("x[3] > 0", ">", "0"),
        ("sum(x) = 1", "=", "1"),
        ("s != t", "!=", "t"),
        ("n >= m", ">=", "m"),
        ("A invertible", "invertible", None),
        ("A + A.T positive definite", "positive definite", None),
    ],
)
def test_condition_is_two_sides_and_a_relation(text: str, relation: str, right: str | None) -> None:
    _, found, other = parse_condition(text, SCOPE)
    assert found == relation
    assert other == (None if right is None else parse(right, SCOPE))


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("x > 0 > 1", 7, "two conditions"),
        ("s == 0", 3, "write one ="),
        ("x invertible", 1, "square"),
        ("A invertable", 1, "did you mean invertible?"),
        ("s", 1, "EXPR > EXPR"),
        ("s > 0 + q", 9, "declare it"),
        ("x > A", 1, "entry by entry"),
        ("", 1, "invertible"),
    ],
)
def test_slip_in_a_condition_is_told(text: str, column: int, hint: str) -> None:
    found = fault(lambda line: parse_condition(line, SCOPE), text)
    assert found.span is not None
    assert found.span.column == column
    assert hint in found.hint
