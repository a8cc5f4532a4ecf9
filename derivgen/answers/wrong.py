"""A wrong answer: what it claims, in which layout, and what the right one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivgen.answers.mutants import is_whole
from derivgen.calculus.factoring import in_order
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import spread_transpose
from derivgen.expr.nodes import Expr
from derivgen.problem.problem import LayoutName, Problem
from derivgen.record import record

Facts = tuple[tuple[str, Expr], ...]


@record
class Wrong:
    """A wrong answer: what is claimed to be `left`, which is `right`, in a layout.

    `facts` are what the sentence may name; `is_part` says that `left` is one entry of what was
    asked. Where the sizes of `expr` do not meet, it cannot be worked out: then `misfit` holds
    the two arrays that stand side by side, and `expr` shows them as if they fitted.
    """

    left: Expr
    expr: Expr
    right: Expr
    layout: LayoutName = "numerator"
    facts: Facts = ()
    misfit: tuple[Expr, Expr] | None = None
    is_part: bool = False

    @property
    def has_numbers(self) -> bool:
        """Whether numbers tell it from the right answer, and not sizes."""
        return self.misfit is None and self.expr.shape == self.right.shape


Slip = Callable[[Problem, Derivation], Wrong | None]


def whole_answer(
    derivation: Derivation, expr: Expr | None, *, layout: LayoutName = "numerator", facts: Facts = ()
) -> Wrong | None:
    """The whole answer, wrong."""
    if expr is None or not is_whole(expr):
        return None
    numerator, denominator = derivation.result("numerator"), derivation.result("denominator")
    layout = "numerator" if numerator == denominator else layout
    return Wrong(derivation.request.derivative, in_order(expr), derivation.result(layout), layout, facts)


def in_layout(wrong: Wrong, layout: LayoutName, derivation: Derivation) -> Wrong:
    """The same wrong answer in another layout, where that is what it takes."""
    is_whole = wrong.right == derivation.result(wrong.layout)
    if wrong.layout == layout or wrong.is_part or not is_whole:
        return wrong
    if wrong.right == derivation.result(layout):
        # Both layouts have the same answer, and so have those who make the slip.
        return replace(wrong, layout=layout)
    expr = in_order(tidy(spread_transpose(wrong.expr)))
    misfit = wrong.misfit and (spread_transpose(wrong.misfit[1]), spread_transpose(wrong.misfit[0]))
    return replace(wrong, expr=expr, right=derivation.result(layout), layout=layout, misfit=misfit)
