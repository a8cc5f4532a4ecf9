"""What plots show, in words."""

from __future__ import annotations

from fractions import Fraction

from derivgen.document.blocks import Text
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Constant, Expr, Stack
from derivgen.printing.boxes import Box

Place = tuple[Fraction, Fraction]
Jump = tuple[Fraction, Fraction, Fraction]  # where a derivative jumps, and from what to what


def curves_caption(function: Expr, derivative: Expr, *, has_gaps: bool) -> Text:
    """What two curves are, and what an open circle means."""
    curves = said("Left {function}, right the derivative {derivative}.", function=function, derivative=derivative)
    return (*curves, " ", *said("Open circles: there it has no value.")) if has_gaps else curves


def curves_words(function: Expr, variable: Expr, ends: tuple[Place, ...], jumps: tuple[Jump, ...]) -> Text:
    """Two curves, to one who does not see them: where they start and end, and what happens at a kink."""
    words = said("Two curves side by side: {function} on the left, its derivative on the right.", function=function)
    for x, y in ends:
        at = {"variable": variable, "at": Constant(x), "value": Constant(y)}
        words += (" ", *said("At {variable} = {at} the left one is {value}.", **at))
    for place, before, after in jumps:
        slots = {"variable": variable, "at": Constant(place), "before": Constant(before), "after": Constant(after)}
        words += (" ", *said("At {variable} = {at} the left one has a corner.", variable=variable, at=slots["at"]))
        words += (" ", *said("There the derivative jumps from {before} to {after} and has no value.", **slots))
    return words


def levels_caption(function: Expr, step: Fraction, variable: Expr | Box) -> Text:
    """What level lines are, and how the gradient stands on them."""
    lines = said(
        "Level lines of {function} in steps of {step}, with the numbers of the check.",
        function=function,
        step=Constant(step),
    )
    stands = said(
        "{variable} lies on the thick one; the gradient there stands at a right angle to it and points to larger values.",
        variable=variable,
    )
    return (*lines, " ", *stands)


def levels_words(variable: Expr | Box, numbers: tuple[Constant, ...], *, are_closed: bool) -> Text:
    """Level lines and a gradient, to one who does not see them."""
    right, up, height, first, second = numbers
    kind = said("The level lines are closed curves, one inside the other.") if are_closed else said(
        "The level lines are curves that leave the picture."
    )  # fmt: skip
    arrow = said(
        "At {variable} = {at} the value is {value}, and an arrow in the direction of the gradient {gradient} "
        "stands at a right angle on the level line.",
        variable=variable,
        at=Stack(((right,), (up,))),
        value=height,
        gradient=Stack(((first,), (second,))),
    )
    return (*kind, " ", *arrow)
