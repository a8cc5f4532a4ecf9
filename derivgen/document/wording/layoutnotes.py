"""What a page says of the layouts and views in which it shows a derivative."""

from __future__ import annotations

from derivgen.calculus.layouts import is_gradient
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box, Fenced
from derivgen.printing.present import present_shape


def layouts_sentence(derivation: Derivation) -> Text:
    """What changes from one layout to the other, and the shape test that shows it or the trap where it does not."""
    numerator, denominator = derivation.result("numerator"), derivation.result("denominator")
    request = derivation.request
    if numerator.shape.is_scalar:
        return _number(derivation)
    if derivation.request.is_second and numerator == denominator:
        return said("The Hessian is symmetric, so both layouts print the same matrix.")
    if request.of.is_scalar and numerator.shape.is_row:
        return said(
            "Numerator layout writes the partial derivatives as a row {shape}, denominator layout as a column {turned}, shaped like the variable; the entries are the same.",
            shape=_bracketed(numerator),
            turned=_bracketed(denominator),
        )
    if numerator == denominator and not is_gradient(request):
        return said(
            "Denominator layout is the transpose; this matrix equals its transpose, so both layouts print the same."
        )
    if is_gradient(request):
        return _by_matrix(numerator, denominator)
    if request.wrt[0].is_scalar and len(request.wrt) == 1 and not request.then:
        return _by_scalar(derivation)
    return said("{turned} {test}", turned=_rows_and_columns(derivation), test=_shape_test(numerator, denominator))


def _number(derivation: Derivation) -> Text:
    if derivation.request.is_second:
        return said("The second derivative is a number, {shape}, and both layouts print the same.", shape=_times(derivation.result("numerator")))  # fmt: skip
    return said(
        "One function and one variable: the derivative is {shape}, and both layouts print the same.",
        shape=_times(derivation.result("numerator")),
    )


def _by_scalar(derivation: Derivation) -> Text:
    numerator, denominator = derivation.result("numerator"), derivation.result("denominator")
    if derivation.request.of.shape.is_column:
        return said(
            "Numerator layout writes one row for each function {shape}; denominator layout turns this into a row {turned}. The entries are the same.",
            shape=_bracketed(numerator),
            turned=_bracketed(denominator),
        )
    if numerator.shape == denominator.shape:
        return said(
            "Numerator layout has each entry where the function has it; denominator layout is the transpose. Both have the same shape, so the shape cannot tell which one it is: always say it."
        )
    return said(
        "Numerator layout has the shape of the function {shape}; denominator layout is its transpose {turned}.",
        shape=_bracketed(numerator),
        turned=_bracketed(denominator),
    )


def _rows_and_columns(derivation: Derivation) -> Text:
    """What the rows and the columns belong to, and that the other layout is the transpose."""
    request = derivation.request
    if request.then:
        return said(
            "In numerator layout the rows belong to {first} and the columns to {then}; denominator layout is the transpose.",
            first=request.wrt[0],
            then=request.then[0],
        )
    if derivation.request.is_second:
        return said(
            "In numerator layout each row belongs to one entry of the first derivative, column after column; denominator layout is the transpose of the whole."
        )
    if not request.wrt[0].shape.is_column:
        return said(
            "In numerator layout each row belongs to one function and each column to one entry of {variable}, column after column; denominator layout is the transpose.",
            variable=request.wrt[0],
        )
    return said(
        "In numerator layout each row belongs to one function; denominator layout is the transpose, so there each row belongs to one variable."
    )


def _shape_test(numerator: Expr, denominator: Expr) -> Text:
    if numerator.shape == denominator.shape:
        return said("A square Jacobian has the same shape in both, so the shape cannot tell which one it is: always say it.")  # fmt: skip
    return said("The shapes tell them apart: {shape} and {other}.", shape=_times(numerator), other=_times(denominator))


def _by_matrix(numerator: Expr, denominator: Expr) -> Text:
    if numerator == denominator:
        return said(
            "Denominator layout is the transpose of numerator layout; this gradient is symmetric, so both print the same."
        )
    shaped: Text = said(
        "Denominator layout has the shape of the variable {shape}: each entry stands where its variable stands. Numerator layout is its transpose",
        shape=_bracketed(denominator),
    )
    if numerator.shape == denominator.shape:
        return said(
            "{shaped}. Both have the same shape, so the shape cannot tell which one it is: always say it.",
            shaped=shaped,
        )
    return said("{shaped} {shape}.", shaped=shaped, shape=_bracketed(numerator))


def _times(expr: Expr) -> Box:
    return present_shape(expr.shape)


def _bracketed(expr: Expr) -> Box:
    return Fenced("(", present_shape(expr.shape), ")")


def shape_view_note(derivation: Derivation) -> Text:
    """What the shape convention does with this derivative, and what to mind where it meets a chain rule."""
    request = derivation.request
    if derivation.result("numerator").shape.is_scalar:
        return said("One function and one variable: the derivative is the same in every convention.")
    if is_gradient(request):
        return said(
            "A gradient is written in the shape of its variable, here like {variable} {shape}, and a Jacobian in numerator layout. Both meet in a chain rule: there the gradient is transposed first.",
            variable=request.wrt[0] if len(request.wrt) == 1 else Phrase("the column of the variables"),
            shape=_bracketed(derivation.result("denominator")),
        )
    if request.order == 2 and not request.then and request.of.is_scalar:
        return said(
            "Only the gradient is written in the shape of its variable; the Hessian is the Jacobian of that column, in numerator layout."
        )
    if request.then:
        return said(
            "The gradient in the shape of its variable comes first; its Jacobian is written in numerator layout."
        )
    return said(
        "Only gradients of scalar functions are written in the shape of their variable; this Jacobian stays in numerator layout."
    )
