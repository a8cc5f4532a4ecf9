"""What the parser makes of a text, and what it says of a slip: the exact place and a way to mend it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr import build
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
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.syntax.parse import Scope, parse
from tests.strategies import SCOPE, VARIABLES

s, t, x, y, A = (VARIABLES[name] for name in ("s", "t", "x", "y", "A"))
TWO, MINUS = build.number(2), build.MINUS_ONE


def fault(text: str, scope: Scope = SCOPE) -> Fault:
    with pytest.raises(DerivgenError) as caught:
        parse(text, scope)
    (found,) = caught.value.faults
    return found


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("s + t + s", Sum((s, t, s))),
        ("s + (t + s)", Sum((s, Sum((t, s))))),
        ("(s + t) + s", Sum((Sum((s, t)), s))),
        ("s - t", Sum((s, Product((MINUS, t))))),
        ("s - 2*t", Sum((s, Product((build.number(-2), t))))),
        ("s - s*t", Sum((s, Product((MINUS, s, t))))),
        ("s - (s*t)", Sum((s, Product((MINUS, Product((s, t))))))),
        ("s - 1", Sum((s, build.number(-1)))),
        ("-s", Product((MINUS, s))),
        ("-2*s", Product((build.number(-2), s))),
        ("-(2*s)", Product((MINUS, Product((TWO, s))))),
        ("-s*t", Product((MINUS, s, t))),
        ("-s/t", Product((MINUS, Quotient(s, t)))),
        ("(-s)/t", Quotient(Product((MINUS, s)), t)),
        ("-s**2", Product((MINUS, Power(s, TWO)))),
        ("s**-2", Power(s, build.number(-2))),
        ("s**t**2", Power(s, Power(t, TWO))),
        ("2*x.T @ A @ x", Product((TWO, Transpose(x), A, x))),
        ("x @ (x.T @ y)", Product((x, Product((Transpose(x), y))))),
        ("s*t/s", Quotient(Product((s, t)), s)),
        ("x*y*x", Hadamard((x, y, x))),
        ("2*x*y", Hadamard((Product((TWO, x)), y))),
        ("1/3", Quotient(build.number(1), build.number(3))),
        ("0.50", Constant(Fraction(1, 2))),
        ("1e-3", Constant(Fraction(1, 1000))),
        ("+s", s),
        ("x[2]", Component(x, 2)),
        ("x.T[2]", Component(Transpose(x), 1, 2)),
        ("A[1, 2]", Component(A, 1, 2)),
        ("[s, t]", Stack(((s,), (t,)))),
        ("[[s, t], [t, s]]", Stack(((s, t), (t, s)))),
        ("[s]", Stack(((s,),))),
        ("where(s >= 0, s, t)", Choice(">=", s, build.number(0), s, t)),
        ("sum(x)/n", Quotient(build.apply("sum", x), SizeNumber(Size.named("n")))),
        ("eye(m*n)", build.eye(Size.named("m") * Size.named("n"))),
        ("ones(2)", build.ones(Size.whole(2))),
        ("pi", build.apply("pi")),
        ("dx", Differential(x)),
        ("d(x.T @ x)", Differential(Product((Transpose(x), x)))),
        ("derivative(s, x)", Unresolved(s, (x,))),
        ("derivative([s, t], s, t)", Unresolved(Stack(((s,), (t,))), (s, t))),
        ("lambda*s", Product((VARIABLES["lambda"], s))),
        ("  s\n + t ", Sum((s, t))),
    ],
)  # fmt: skip
def test_text_becomes(text: str, expr: Expr) -> None:
    assert parse(text, SCOPE) == expr


@pytest.mark.parametrize(
    ("text", "column", "end", "message", "hint"),
    [
        ("x @ A @ x", 1, 6, "cannot multiply x (n x 1) by A (n x n)", "1 and n differ; did you mean x.T @ A?"),
        ("y @ A", 1, 6, "cannot multiply y (n x 1) by A (n x n)", "did you mean y.T @ A?"),
        ("s + x @ y", 5, 10, "cannot multiply x (n x 1) by y (n x 1)", "did you mean x.T @ y?"),
        ("(x + y) @ A", 1, 12, "cannot multiply x + y (n x 1) by A (n x n)", "did you mean (x + y).T @ A?"),
        ("s @ x", 1, 6, "cannot multiply s (1 x 1) by x (n x 1)", "did you mean s*x?"),
        ("A @ x.T", 1, 8, "cannot multiply A (n x n) by x.T (1 x n)", "did you mean A @ x?"),
        ("x*A", 1, 4, "cannot multiply entry by entry x (n x 1) and A (n x n)", "did you mean x.T @ A?"),
        ("s + x + y.T", 1, 12, "cannot add s + x (n x 1) and y.T (1 x n)", "did you mean s + x + y?"),
        ("x/u", 1, 4, "cannot divide x (n x 1) by u (m x 1)", "only a scalar broadcasts"),
        ("dot(x, u)", 1, 10, "dot takes two vectors of one size", "give both the same size"),
        ("x^2", 2, 3, "^ is not a power here", "write x**2"),
        ("x^T", 2, 4, "^T is not a transpose here", "write x.T"),
        ("2x", 1, 3, "an operator is missing between 2 and x", "write 2*x"),
        ("s + 2 x", 5, 8, "an operator is missing between 2 and x", "write 2*x"),
        ("2(s + t)", 1, 9, "2 is not a function", "write 2*(...)"),
        ("x y", 1, 4, "an operator is missing between x and y", "write x*y or x @ y"),
        ("x' @ y", 2, 3, "' is not a transpose here", "write x.T"),
        ("xT @ y", 1, 3, "the name xT is not declared", "write x.T"),
        ("ln(s)", 1, 3, "there is no function ln", "it is called log here"),
        ("Exp(s)", 1, 4, "there is no function Exp", "it is called exp here"),
        ("exq(s)", 1, 4, "there is no function exq", "did you mean exp?"),
        ("s + a", 5, 6, "the name a is not declared", "did you mean A?"),
        ("lamda*s", 1, 6, "the name lamda is not declared", "did you mean lambda?"),
        ("st", 1, 3, "the name st is not declared", "for a product write s*t"),
        ("exp + 1", 1, 4, "exp is a function", "write exp(x)"),
        ("s(t)", 1, 2, "s is a variable and cannot be called", "write s*(...)"),
        ("z(x)", 1, 2, "z is already a function of its variables", "write z alone"),
        ("n(s)", 1, 2, "n is a size", "write n*(...)"),
        ("n @ A", 1, 6, "cannot multiply n (1 x 1) by A (n x n)", "did you mean n*A?"),
        ("x[0]", 3, 4, "components are counted from 1", "the first one is [1]"),
        ("x[-1]", 3, 5, "the index -1 is below 1", "from 1"),
        ("x[s]", 3, 4, "the index s is not a whole number", "x[1]"),
        ("x[1:2]", 4, 5, ": has no meaning here", "no slices"),
        ("A[1]", 1, 5, "A is a matrix (n x n)", "A[1, 1]"),
        ("A[1, 2, 3]", 1, 11, "3 indices are too many", "a row and a column"),
        ("[s, t][3]", 1, 10, "component 3 of an array of shape 2 x 1 does not exist", "index 2"),
        ("[]", 1, 3, "this stack is empty", "[a, b]"),
        ("[s, x]", 5, 6, "an entry of a stack must be a scalar, x is n x 1", "stack scalars"),
        ("[[s], t]", 7, 8, "t is not a row like the others", "[[a, b], [c, d]]"),
        ("[[s, t], [t]]", 10, 13, "another length", "same number of entries"),
        ("[[[s]]]", 3, 6, "stacks have at most two levels", "[[a, b], [c, d]]"),
        ("s, t", 1, 5, "several expressions stand side by side", "[s, t]"),
        ("s > 0", 1, 6, "a comparison stands alone", "where(a > b, c, d)"),
        ("where(s, s, t)", 7, 8, "s is not a comparison", "where(s > 0, c, d)"),
        ("where(0 < s < 1, s, t)", 7, 16, "comparisons cannot be chained", "where(...)"),
        ("sum(x, y)", 1, 10, "sum takes 1 argument, not 2", "write sum(x)"),
        ("sum(x, axis=0)", 12, 13, "= has no place in an expression", "arguments have no names"),
        ("s = t", 3, 4, "= has no place in an expression", "the right side alone"),
        ("s == t", 3, 5, "== has no place in an expression", "where(...)"),
        ("x.dot(y)", 3, 6, "there is no .dot here", "write dot(x, y)"),
        ("x.t", 3, 4, ".t is not a transpose here", "write x.T"),
        ("np.exp(s)", 4, 7, "np.exp is not of this language", "write exp(s)"),
        ("s if t else s", 3, 5, "if has no meaning here", "where(a > b, c, d)"),
        ("s # half", 3, 9, "no comments", "delete from # on"),
        ("'abc'", 1, 2, "quoted text", "leave the quotation marks out"),
        ("1_000", 1, 6, "numbers have no _ here", "write 1000"),
        ("0x1F", 1, 5, "numbers are decimal here", "digits 0 to 9"),
        ("2j", 1, 3, "numbers are real here", "2*j"),
        ("inf", 1, 4, "the name inf is not declared", "numbers are finite here"),
        ("1e999", 1, 6, "the exponent of this number is beyond 300", "smaller"),
        ("(s + t", 1, 2, "this ( is not closed", "add a )"),
        ("s + t)", 6, 7, "this ) closes nothing", "delete it"),
        ("(s]", 3, 4, "this ] does not match the ( before it", "close with )"),
        ("s +", 3, 4, "the expression ends after +", "write what comes next"),
        ("s * * t", 5, 6, "* cannot stand here", "missing operand"),
        ("s // t", 3, 5, "// has no meaning here", "write /"),
        ("s × t", 3, 4, "× (U+00D7)", "write *"),
        ("s·t", 2, 3, "· (U+00B7)", "write *"),
        ("s − t", 3, 4, "− (U+2212)", "write -"),
        ("s²", 2, 3, "² (U+00B2)", "write **2"),
        ("２*s", 1, 2, "２ (U+FF12)", "write 2"),
        ("s＋t", 2, 3, "＋ (U+FF0B)", "write +"),
        ("s\u00a0+ t", 2, 3, "not a plain space (U+00A0)", "type a plain space"),
        ("s\u200b + t", 2, 3, "an invisible character stands here (U+200B)", "delete it"),
        ("s + \u202et", 5, 6, "an invisible character stands here (U+202E)", "delete it"),
        ("s + аx", 5, 6, "the Cyrillic letter а (U+0430)", "Latin letter a"),
        ("s + х", 5, 6, "the name х is not declared", "U+0445"),
        ("Δx", 1, 2, "the Greek letter Δ (U+0394)", "one script"),
        ("eye(0)", 5, 6, "the size 0 is below 1", "from 1 up"),
        ("ones(k)", 6, 7, "k is not a size of this problem", "m, n"),
        ("ones(x)", 6, 7, "x is a variable, not a size", ""),
        ("ones(n/2)", 6, 9, "n/2 is not a size", "+ - *"),
        ("derivative(s, s*t)", 15, 18, "s*t is not a variable", "a variable"),
        ("derivative(s)", 1, 14, "derivative takes an expression and at least one variable", "derivative(f, x)"),
        ("", 1, 2, "there is no expression here", "write one"),
    ],
)  # fmt: skip
def test_slip_is_told_with_its_place_and_a_way_to_mend_it(
    text: str, column: int, end: int, message: str, hint: str
) -> None:
    found = fault(text)
    assert found.span is not None
    assert (found.span.column, found.span.end_column) == (column, end)
    assert message in found.message
    assert hint in found.hint
    assert found.hint


@pytest.mark.parametrize(
    "text", ["x @ A", "x*A", "x + u", "x/u", "[s, t][3]", "dot(x, u)", "[s, x]", "x**u"],
)  # fmt: skip
def test_shapes_that_do_not_fit_have_the_code_shape(text: str) -> None:
    assert fault(text).code == "shape"


def test_place_counts_from_the_span_of_the_text() -> None:
    span = Span("specs/q.yaml", 6, 6, 15, "  f: x @ A @ x")
    with pytest.raises(DerivgenError) as caught:
        parse("x @ A @ x", SCOPE, span)
    assert str(caught.value) == (
        "specs/q.yaml:6:6: cannot multiply x (n x 1) by A (n x n) [DG-E081]\n"
        "    f: x @ A @ x\n"
        "       ^^^^^\n"
        "  mend: the inner sizes 1 and n differ; did you mean x.T @ A?"
    )


@pytest.mark.parametrize(
    "name", ["lambda", "in", "is", "None", "I", "beta", "λ", "数", "é", "x_hat", "W1", "\U0001d465"]
)
def test_any_letters_make_a_name(name: str) -> None:
    variable = Variable(name, SCALAR)
    assert parse(f"2*{name} + {name}", Scope({name: variable})) == Sum((Product((TWO, variable)), variable))


def test_names_are_compared_after_nfc_and_never_after_nfkc() -> None:
    composed = Variable("\u00e9", SCALAR)
    assert parse("e\u0301", Scope({"\u00e9": composed})) == composed
    assert (
        fault("\ufb01", Scope({"fi": Variable("fi", SCALAR)})).hint == "its letter \ufb01 is U+FB01; type the plain fi"
    )


def test_declared_names_win_over_predefined_ones() -> None:
    pi, dx = Variable("pi", SCALAR), Variable("dx", SCALAR)
    assert parse("pi + dx", Scope({"pi": pi, "dx": dx, "x": x}, differentials=True)) == Sum((pi, dx))


def test_differentials_are_names_only_where_they_are_asked_for() -> None:
    scope = Scope({"x": x}, frozenset({"n"}))
    assert fault("dx", scope).message == "the name dx is not declared"
    assert fault("d(x)", scope).message == "there is no function d"


def test_a_vector_of_one_entry_is_a_scalar() -> None:
    v = Variable("v", Shape(ONE, ONE))
    assert parse("v*x", Scope({"v": v, "x": x})) == Product((v, x))


def test_a_number_of_nine_thousand_digits_is_kept_exactly() -> None:
    expr = parse("0." + "3" * 9000, SCOPE)
    assert isinstance(expr, Constant)
    assert 3 * expr.value + Fraction(1, 10**9000) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("s" + " " * 10_000, "10001 characters"),
        ("+".join("s" * 2600), "more than 5000 parts"),
        ("(" * 61 + "s" + ")" * 61, "deeper than 60 levels"),
        ("-" * 62 + "s", "deeper than 60 levels"),
        ("**".join("s" * 70), "deeper than 60 levels"),
        ("-" * 4900 + "s", "deeper than 60 levels"),
        ("s" + ".T" * 1600, "deeper than 60 levels"),
    ],
    ids=["length", "parts", "brackets", "signs", "powers", "many-signs", "transposes"],
)
def test_limits_are_told_and_never_crash(text: str, message: str) -> None:
    assert message in fault(text).message


def test_a_long_flat_sum_is_not_deep() -> None:
    expr = parse(" + ".join("s" * 2400), SCOPE)
    assert isinstance(expr, Sum)
    assert len(expr.terms) == 2400


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("xysABn12.,+-*/@()[]<>=T d^'_ \u200bеλ#:\"{"), max_size=14))
def test_any_text_gives_an_expression_or_a_fault_with_a_place_inside(text: str) -> None:
    try:
        expr = parse(text, SCOPE)
    except DerivgenError as error:
        for found in error.faults:
            assert found.span is not None
            assert 1 <= found.span.column < found.span.end_column <= len(text) + 2
            assert found.message
            assert found.hint
    else:
        assert expr.shape.entries


def test_call_of_the_table_keeps_its_arguments() -> None:
    made = parse("max(x, 0)", SCOPE)
    assert isinstance(made, Apply)
    assert (made.function, made.arguments) == ("max", (x, build.number(0)))
