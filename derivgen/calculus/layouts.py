"""Layouts: the lines of a derivation in denominator layout, and which of the two layouts a view takes.

Denominator layout is the transpose of numerator layout, so a line about a derivative turns into the transposed line,
with the factors of a product in reverse order; a line about a differential is the same in both.
Source: (AB)^T = B^T A^T; Parr and Howard (2018), sec. 4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from derivgen.calculus.checks import Checker
from derivgen.calculus.factoring import in_order
from derivgen.calculus.records import Derivation, Step
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import reversed_product, spread_transpose
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Expr, Product, Stack, Sum, Transpose, Unresolved
from derivgen.expr.walk import contains, rebuilt
from derivgen.problem.problem import LayoutName, Request, ViewName

# What the rule is called in the other layout.
RULES_TURNED = {"vector-chain": "vector-chain-den"}


def arranged_as(view: ViewName, request: Request) -> LayoutName:
    """The layout that a view gives this derivative.

    The shape convention writes gradients in the shape of their variable, and all else in numerator layout.
    """
    match view:
        case "shape":
            return "denominator" if is_gradient(request) else "numerator"
    assert_never(view)


def is_gradient(request: Request) -> bool:
    """Whether the first derivative of a scalar is asked for."""
    return request.of.is_scalar and not request.is_second


def turns(request: Request) -> bool:
    """Whether the lines may be turned from the first one on.

    The second derivative of an array is the Jacobian of its first one in numerator layout: up to there no line turns.
    """
    return request.of.is_scalar or not request.is_second


def layout_of(step: Step, derivation: Derivation) -> LayoutName:
    """The layout of a line: that of the answer where it is told by a sign, or where the answer itself stands there."""
    is_answer = step.left == derivation.request.derivative
    return derivation.layout if is_answer or in_denominator(step.left) else "numerator"


def in_denominator(expr: Expr) -> bool:
    """Whether the left side of a line is a derivative in denominator layout."""
    match expr:
        case Unresolved(denominator=denominator):
            return denominator
        case Stack(rows=rows) if len(rows) > 1:
            return all(isinstance(cell, Unresolved) for row in rows for cell in row)
        case _:
            return False


def turned(step: Step, checker: Checker) -> Step:
    """The same step in denominator layout, checked like any other; unchanged where it is about a differential.

    Raises: WrongStep if the turned line fails its check.
    """
    parts = tuple(turned(part, checker) for part in step.parts)
    if not is_derivative(step.left):
        return replace(step, parts=parts)
    left = in_symbols(_across(step.left))
    between = tuple(form for each in step.between if (form := turned_form(each)) != left)
    after = turned_form(step.after)
    facts = {key: turned_form(fact) if key == "factors" else fact for key, fact in step.facts.items()}
    return replace(
        step,
        rule=RULES_TURNED.get(step.rule, step.rule),
        left=left,
        before=turned_form(step.before) if step.identifies is None else step.before,
        between=tuple(form for form in dict.fromkeys(between) if form != after),
        after=after,
        facts=facts,
        parts=parts,
        check=checker.check(left, *between, after),
    )


def is_derivative(left: Expr) -> bool:
    """Whether the left side of a line is a derivative, or an array of them: then it has a layout."""
    match left:
        case Unresolved():
            return True
        case Stack(rows=rows):
            return all(isinstance(cell, Unresolved) for row in rows for cell in row)
        case _:
            return False


def turned_form(expr: Expr) -> Expr:
    """The right side of a turned line: as simple as it was before, and no simpler."""
    if (chain := _reversed_chain(expr)) is not None:
        return in_symbols(chain)
    across = _across(expr)
    if expr.is_scalar and across == expr:
        return expr
    simple = tidy(across) if tidy(expr) == expr else across
    return in_symbols(in_order(simple) if in_order(expr) == expr else simple)


def _reversed_chain(expr: Expr) -> Expr | None:
    """A product of Jacobians in the opposite order, numbers among them too: that order is what the line is about.

    Of a sum of such products, one for each path, every term so; nothing for anything else.
    """
    match expr:
        case Product(factors=factors) if len(factors) > 1 and all(isinstance(one, Unresolved) for one in factors):
            return Product(tuple(one if one.is_scalar else Transpose(one) for one in reversed(factors)))
        case Sum(terms=terms) if not expr.is_scalar:
            made = tuple(_reversed_chain(term) for term in terms)
            return None if None in made else Sum(tuple(term for term in made if term is not None))
        case _:
            return None


def _across(expr: Expr) -> Expr:
    """The transpose; of a number only the product of Jacobians that it is made of is reversed."""
    if not expr.is_scalar:
        return reversed_product(expr) if isinstance(expr, Product) else spread_transpose(expr)
    match expr:
        case Product() if contains(expr, lambda part: isinstance(part, Unresolved) and not part.is_scalar):
            return reversed_product(expr)
        case Sum(terms=terms):
            return Sum(tuple(_across(term) for term in terms))
        case _:
            return expr


@remembered
def in_symbols(expr: Expr) -> Expr:
    """The expression with its derivatives as those of denominator layout: their transposes need no sign."""
    match expr:
        case Transpose(argument=Unresolved(denominator=False) as inner):
            return replace(inner, denominator=True)
        case Unresolved(denominator=False) if not expr.is_scalar:
            return Transpose(replace(expr, denominator=True))
        case Unresolved():
            return expr
        case _:
            return rebuilt(expr, in_symbols)


def same_in_both(step: Step, other: Step) -> bool:
    """Whether both layouts print the same line: the sign of a derivative on the left is the same in both."""
    lefts = isinstance(step.left, Unresolved) or step.left == other.left
    return lefts and (step.between, step.after) == (other.between, other.after)
