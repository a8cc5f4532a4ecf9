"""Plots that a page needs or asks for: a function of one number at a kink, or the level lines of one of two."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.calculus.illustration import Illustration
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Figure
from derivgen.document.curveplots import curves_picture, kinks
from derivgen.document.levelplots import is_quadratic, levels_picture, plane_of, quadratic
from derivgen.expr.walk import leaves


def plot(derivation: Derivation, found: Sequence[Illustration]) -> Figure | None:
    """The plot that explains a derivative without being asked for: of a kink, or of a quadratic function."""
    request = derivation.request
    if _is_of_one_number(derivation, found) and leaves(request.of) == request.wrt and kinks(derivation, found):
        return curves_picture(derivation, found)
    plane = plane_of(derivation, found) if len(request.wrt) == 1 else None
    return levels_picture(quadratic(plane)) if plane is not None and is_quadratic(plane) else None


def plotted(derivation: Derivation, found: Sequence[Illustration]) -> Figure | None:
    """The plot that was asked for; None where the derivative is not the first one of a number by one or two numbers."""
    if _is_of_one_number(derivation, found):
        return curves_picture(derivation, found)
    plane = plane_of(derivation, found)
    if plane is None:
        return None
    return levels_picture(quadratic(plane) if is_quadratic(plane) else plane)


def _is_of_one_number(derivation: Derivation, found: Sequence[Illustration]) -> bool:
    request = derivation.request
    is_first = not request.is_second and bool(found)
    return is_first and request.of.is_scalar and len(request.wrt) == 1 and request.wrt[0].is_scalar
