"""Layouts: which of the two a view takes for a derivative."""

from __future__ import annotations

from typing import assert_never

from derivgen.problem.problem import LayoutName, Request, ViewName


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
    return request.of.is_scalar and request.order == 1 and not request.then
