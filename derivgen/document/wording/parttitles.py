"""The heading of a part of a page: which derivative it finds."""

from __future__ import annotations

from typing import Literal

from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import joined, listed, said
from derivgen.problem.problem import Request

Kind = Literal["derivative", "gradient", "jacobian", "hessian", "second"]
PARTS: dict[Kind, Phrase] = {
    "derivative": Phrase("Derivative of {of} with respect to {variables}: {symbol}"),
    "gradient": Phrase("Gradient of {of} with respect to {variables}: {symbol}"),
    "jacobian": Phrase("Jacobian of {of} with respect to {variables}: {symbol}"),
    "hessian": Phrase("Hessian of {of} with respect to {variables}: {symbol}"),
    "second": Phrase("Second derivative of {of} with respect to {variables}: {symbol}"),
}


def part_title(request: Request) -> Text:
    """What a part of a page derives, in words and as a symbol."""
    variables = (
        *listed(request.wrt),
        *(said(", then to {variables}", variables=joined(request.then, ", ")) if request.then else ()),
    )
    return said(PARTS[kind_of(request)], of=request.of, variables=variables, symbol=request.derivative)


def kind_of(request: Request) -> Kind:
    """Which derivative is asked for, in the words of the field."""
    by_scalar = len(request.wrt) == 1 and request.wrt[0].is_scalar
    if request.is_second:
        is_hessian = request.of.is_scalar and not by_scalar and not request.then
        return "hessian" if is_hessian else "second"
    if by_scalar:
        return "derivative"
    return "gradient" if request.of.is_scalar else "jacobian"
