"""Rewriting a right answer keeps it right; one changed sign or factor makes it wrong."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from derivgen.answers.check import judge
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Component, Constant, Expr, Hadamard, Product, Sum, Transpose
from derivgen.expr.walk import inlined, parts, with_parts
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName
from tests.answers.questions import QUESTIONS, key

LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")
# The derivative of these is not zero, so that a changed sign or factor shows.
TELLING = sorted(set(QUESTIONS) - {"nothing"})

questions = st.sampled_from(TELLING)
layouts = st.sampled_from(LAYOUTS)


def zero(expr: Expr, draw: st.DrawFn) -> Expr:
    """Expr + other - other."""
    other = Product((Constant(draw(st.fractions(-5, 5, max_denominator=20))), expr))
    return Sum((expr, other, Product((Constant(Fraction(-1)), other))))


def commuted(expr: Expr, draw: st.DrawFn) -> Expr:
    """The terms of a sum, or the factors of an entry-by-entry product, in another order."""
    match expr:
        case Sum(terms=terms):
            return Sum(tuple(draw(st.permutations(terms))))
        case Hadamard(factors=factors):
            return Hadamard(tuple(draw(st.permutations(factors))))
        case _:
            return expr


def twice_transposed(expr: Expr, draw: st.DrawFn) -> Expr:  # noqa: ARG001  # all rewrites take the same
    """expr.T.T."""
    return Transpose(Transpose(expr))


def expanded(expr: Expr, draw: st.DrawFn) -> Expr:  # noqa: ARG001  # all rewrites take the same
    """A product of two with a sum in it, multiplied out."""
    match expr:
        case Product(factors=(left, Sum(terms=terms))) if all(term.shape == expr.factors[1].shape for term in terms):
            return Sum(tuple(Product((left, term)) for term in terms))
        case Product(factors=(Sum(terms=terms), right)) if all(term.shape == expr.factors[0].shape for term in terms):
            return Sum(tuple(Product((term, right)) for term in terms))
        case _:
            return expr


def halved(expr: Expr, draw: st.DrawFn) -> Expr:
    """Expr times a number and its inverse."""
    number = draw(st.fractions(1, 9, max_denominator=9))
    return Product((Constant(number), Product((Constant(1 / number), expr))))


REWRITES = (zero, commuted, twice_transposed, expanded, halved)


@st.composite
def rewritten(draw: st.DrawFn, expr: Expr, depth: int = 2) -> Expr:
    """An equal expression: some of its parts, then itself, in another form."""
    old = parts(expr)
    # The arguments of ones(n) and unit(n, i) are sizes, those of derivative(y, x) and of components are names.
    if depth and old and not _holds_names(expr):
        expr = with_parts(expr, tuple(draw(rewritten(part, depth - 1)) for part in old))
    return draw(st.sampled_from(REWRITES))(expr, draw) if draw(st.booleans()) else expr


def _holds_names(expr: Expr) -> bool:
    name = getattr(expr, "function", "")
    return isinstance(expr, Component) or hasattr(expr, "wrt") or (name in FUNCTIONS and FUNCTIONS[name].takes_sizes)


@given(questions, layouts, st.data())
def test_an_equal_form_of_the_derivative_is_correct(question: str, layout: LayoutName, data: st.DataObject) -> None:
    expr = data.draw(rewritten(key(question).results[layout]))
    assert judge(key(question), text(expr), layout).verdict == "correct"


@given(questions, layouts, st.fractions(-3, 3, max_denominator=50).filter(lambda factor: factor != 1), st.data())
def test_a_changed_sign_or_factor_is_wrong(
    question: str, layout: LayoutName, factor: Fraction, data: st.DataObject
) -> None:
    expr = data.draw(rewritten(key(question).results[layout]))
    answer = text(Product((Constant(factor), expr)))
    assert judge(key(question), answer, layout).verdict in ("wrong", "mistake")


@given(questions, layouts)
def test_names_of_functions_may_be_written_out(question: str, layout: LayoutName) -> None:
    assert judge(key(question), text(inlined(key(question).results[layout])), layout).verdict == "correct"


@given(questions, layouts, st.text(max_size=40))
def test_no_text_whatever_is_more_than_a_verdict(question: str, layout: LayoutName, answer: str) -> None:
    judged = judge(key(question), answer, layout)
    assert judged.message.isprintable()


@given(st.lists(st.sampled_from(["x", "A", "f", "n", "2", ".5", "+", "-", "*", "@", "/", "**", ".T", "(", ")", "[", "]",
                                 "[1]", ",", "ones(n)", "eye(n)", "sum(", "exp(", "log(", "norm(", "where(", ">", " "]),
                max_size=14))  # fmt: skip
def test_no_line_of_words_of_the_language_is_more_than_a_verdict(words: list[str]) -> None:
    judged = judge(key("quadratic"), "".join(words), "numerator")
    assert judged.verdict in ("correct", "other_layout", "mistake", "wrong", "unparsable")
    assert judged.message.isprintable()
