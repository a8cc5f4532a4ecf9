"""Words of the language and of its neighbours in any order are read or refused with a place and a remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivgen.errors import DerivgenError, Fault
from derivgen.spec.model import from_expression
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.declarations import parse_declaration
from derivgen.syntax.requests import parse_request
from derivgen.syntax.scope import Scope

EXPRESSION_WORDS = r"""
x A s T e exp sin ^ { } ( ) [ ] \ \frac \sin \mathbf ' " . .. .T , = == < > <> => + - * / ** @ | || _ _{ 1 1,5
0 n inv np. np.linalg. kron max outer Σ π ⁻ ¹ ₁ ² √ ‖ × if lambda where( log ln /d x_1 xT Ax A_inv ; ! ? # $ %
: ∂ log10 T(
"""
EXPRESSIONS = [" ", *EXPRESSION_WORDS.split()]
REQUEST_WORDS = r"""
f g x y wrt Wrt twice then , and d / df /dx ^ 2 grad _x hessian of second derivative ' ( ) [ ] . ; - -> by to
at = 0 wrt. w.r.t. all three D ∂
"""
REQUESTS = [", ", " ", *REQUEST_WORDS.split()]
DECLARATION_WORDS = r"""
vector matrix scalar symmetric ( ) n m , 1 2n * + - of x > 0 = R ^ row tensor diagonal number [ ] { } ; psd
invertible positive definite
"""
DECLARATIONS = [" ", *DECLARATION_WORDS.split()]


def noise(words: list[str]) -> st.SearchStrategy[str]:
    """Words side by side, or with spaces between them."""
    some = st.lists(st.sampled_from(words), max_size=9)
    return some.map("".join) | some.map(" ".join)


def told(read: Callable[[], object]) -> None:
    """Reads, or is refused in words."""
    faults: tuple[Fault, ...] = ()
    try:
        read()
    except DerivgenError as error:
        faults = error.faults
    assert all(fault.span is not None and fault.hint and str(fault) for fault in faults)


@given(noise(EXPRESSIONS))
def test_any_words_are_an_expression_or_are_refused(words: str) -> None:
    loaded = from_expression(words, "x", ["x: vector(n)", "A: matrix(n, n)", "s: scalar"])
    assert all(str(fault) and fault.hint for fault in loaded.faults)


@given(noise(REQUESTS))
def test_any_words_are_a_request_or_are_refused(words: str) -> None:
    told(lambda: parse_request(words))


@given(noise(DECLARATIONS))
def test_any_words_are_a_declaration_or_are_refused(words: str) -> None:
    told(lambda: parse_declaration(words))


@given(noise(EXPRESSIONS + DECLARATIONS))
def test_any_words_are_a_condition_or_are_refused(words: str) -> None:
    told(lambda: parse_condition(words, Scope({})))


@pytest.mark.parametrize("words", ["(wrt x", "d ( wrt", "f wrt , then x", "wrt", "' wrt x", ". wrt"])
def test_a_request_without_a_function_or_a_variable_is_refused(words: str) -> None:
    with pytest.raises(DerivgenError):
        parse_request(words)
