"""What a page says after its steps: layouts, conditions, a remark, a common mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derivgen.calculus.properties import Fact
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.document.blocks import Text
from derivgen.document.wording.remarks import remark_on
from derivgen.document.wording.telling import said
from derivgen.expr.build import eye, negative, number
from derivgen.expr.nodes import (
    Apply,
    Expr,
    Hadamard,
    Product,
    Reference,
    Sum,
    Transpose,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import count, inlined, leaves

SHORT = 5


def is_by_matrix(derivation: Derivation) -> bool:
    """Whether a first derivative is by one matrix."""
    request = derivation.request
    return not request.is_second and len(request.wrt) == 1 and not request.wrt[0].shape.is_column


def symmetric_sentence(derivation: Derivation) -> Text:
    """Which gradient by a symmetric matrix this is, and the other one that is in use; empty for other variables.

    Source: Srinivasan and Panda (2019), arXiv 1911.06491; Petersen and Pedersen, The Matrix Cookbook (2012), sec. 2.8.
    """
    request = derivation.request
    variable = request.wrt[0]
    if not variable.symmetric or variable.is_scalar:
        return ()
    if not request.of.is_scalar or request.order == 2:
        return said(
            "{variable} is symmetric: only its symmetric changes count, and the matrix that keeps the symmetric part of a change stands at the end.",
            variable=variable,
        )
    gradient = derivation.result("denominator")
    letter = _letter_for(gradient)
    structured = _structured(gradient if letter is None else letter, variable)
    end = () if letter is None else said(", with {letter} for the answer above", letter=letter)
    return said(
        "{variable} is symmetric, and this is the symmetric gradient, which gives the change of the function for every symmetric change of {variable}. The Matrix Cookbook has another form, which counts each pair of equal entries as one variable: {structured}{end}.",
        variable=variable,
        structured=structured,
        end=end,
    )


def _letter_for(gradient: Expr) -> Variable | None:
    """A letter that stands for a long gradient, one that the page does not use."""
    if count(gradient) <= SHORT:
        return None
    taken = {leaf.name for leaf in leaves(gradient) if isinstance(leaf, Variable)}
    return next(Variable(name, gradient.shape) for name in ("G", "H", "Q", "G_1") if name not in taken)


def _structured(gradient: Expr, variable: Expr) -> Expr:
    return tidy(Sum((Product((number(2), gradient)), negative(Hadamard((gradient, eye(variable.shape.rows)))))))


def mistake(derivation: Derivation) -> Text:
    """A mistake that is no slip of `answers.mistakes`, and how to notice it; empty where there is none."""
    used = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    request = derivation.request
    if request.wrt[0].symmetric and request.of.is_scalar:
        return said(
            "Mixing the two forms for a symmetric variable. Off the diagonal they differ by a factor of 2; a test with a diagonal matrix cannot tell them apart."
        )
    if derivation.request.is_second and (words := _second(derivation)):
        return words
    for rule, made in _MISTAKES:
        if rule in used:
            return made(derivation)
    return _order(derivation)


def _kink(derivation: Derivation) -> Text:
    return said(
        "Giving a value at the kink. There the slopes from the two sides differ, so no derivative exists; software merely picks one."
    )


def _wrong_order(derivation: Derivation) -> Text:
    if derivation.layout == "denominator":
        return said(
            "Multiplying with the last function first, as in numerator layout. In denominator layout the order is reversed: only so do the inner sizes match."
        )
    return said(
        "Multiplying in the order in which the functions are computed. In numerator layout the last function stands first: only so do the inner sizes match."
    )


def _second(derivation: Derivation) -> Text:
    """What goes wrong with a Hessian; nothing is said of other second derivatives."""
    request = derivation.request
    if request.then or not request.of.is_scalar or derivation.result("numerator").shape.is_scalar:
        return ()
    return said(
        "Keeping a matrix that is not symmetric. The order of the two derivatives does not matter, so a Hessian equals its transpose: a test that costs nothing."
    )


def _order(derivation: Derivation) -> Text:
    if derivation.request.is_second:
        return _second(derivation)
    numerator = derivation.result("numerator")
    request = derivation.request
    if numerator.shape.is_scalar or (request.wrt[0].is_scalar and not request.of.shape.is_column):
        return ()
    if request.of.is_scalar and is_by_matrix(derivation):
        x = request.wrt[0]
        return said(
            "Taking a step in {x} with the numerator layout. It has the shape of {transposed}; only the denominator layout has that of {x}.",
            x=x,
            transposed=Transpose(x),
        )
    if derivation.request.of.is_scalar or (len(derivation.request.wrt) == 1 and derivation.request.wrt[0].is_scalar):
        return said(
            "Confusing the two vectors of partial derivatives. In numerator layout a row means many variables, a column means many functions."
        )
    return said(
        "Mixing layouts: reading row 1 of a denominator-layout Jacobian as the gradient of the first function. Compare one entry off the diagonal."
    )


_MISTAKES: tuple[tuple[str, Callable[[Derivation], Text]], ...] = (
    ("relu", _kink),
    ("abs", _kink),
    ("max-min", _kink),
    ("cases", _kink),
    ("vector-chain", _wrong_order),
    ("vector-chain-den", _wrong_order),
)


def remark(derivation: Derivation, facts: Iterator[Fact]) -> Text:
    """One thing worth remembering; empty where there is none."""
    if words := _of_rules(derivation):
        return words
    found = next(facts, None)
    return remark_on(found) if found is not None else _of_layouts(derivation)


def _of_rules(derivation: Derivation) -> Text:
    """What the rules that were used have to teach."""
    request = derivation.request
    used = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    if derivation.request.is_second:
        return ()
    if derivation.method == "chain" and "relu" in used:
        return said("Where the ReLU is off no change passes: there the derivative is 0, whatever stands behind it.")
    moves = request.moves(inlined(derivation.result("numerator")))
    if "linear-map" in used and derivation.method != "chain" and len(derivation.steps) <= 3 and not moves:
        return said(
            "A linear map is its own best linear approximation: its derivative is its matrix and does not depend on {variable}.",
            variable=request.wrt[0],
        )
    if isinstance(request.of, Unspecified):
        return said(
            "Nothing is assumed of {of} but that its partial derivatives exist; every Jacobian is a case of this one.",
            of=request.of,
        )
    return ()


def _of_layouts(derivation: Derivation) -> Text:
    """What layouts are good for, where there is nothing else to say."""
    request = derivation.request
    used = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    if derivation.request.is_second:
        return ()
    if derivation.layout == "denominator" and used & {"vector-chain-den", "total-vector-chain"}:
        return said(
            "Numerator layout multiplies in the opposite order: the derivative of the last function first, then back to the variable."
        )
    if derivation.method == "chain" and used & {"vector-chain", "total-vector-chain"}:
        return said(
            "Denominator layout multiplies the transposed Jacobians in the opposite order, since transposing a product reverses it."
        )
    is_named = isinstance(request.of, Reference) and isinstance(request.of.body, Apply)
    if is_named or derivation.result("numerator").shape.is_scalar or not request.of.is_scalar:
        return ()
    return said(
        "Software stores gradients shaped like the variable: that is the denominator layout, often written as a column with the sign ∇."
    )
