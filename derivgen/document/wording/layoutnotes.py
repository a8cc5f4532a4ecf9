"""What a page says of the layouts and views in which it shows a derivative."""

from __future__ import annotations

from derivgen.calculus.layouts import is_gradient
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import said
from derivgen.printing.boxes import Fenced
from derivgen.printing.present import present_shape


def shape_view_note(derivation: Derivation) -> Text:
    """What the shape convention does with this derivative, and what to mind where it meets a chain rule."""
    request = derivation.request
    if derivation.result("numerator").shape.is_scalar:
        return said("One function and one variable: the derivative is the same in every convention.")
    if is_gradient(request):
        shape = Fenced("(", present_shape(derivation.result("denominator").shape), ")")
        return said(
            "A gradient is written in the shape of its variable, here like {variable} {shape}, and a Jacobian in numerator layout. Both meet in a chain rule: there the gradient is transposed first.",
            variable=request.wrt[0] if len(request.wrt) == 1 else Phrase("the column of the variables"),
            shape=shape,
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
