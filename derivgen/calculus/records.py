"""What a derivation is made of: rules, steps, checks and results."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from derivgen.expr.nodes import Expr
from derivgen.expr.sizes import Shape
from derivgen.problem.problem import Condition, LayoutName, MethodName, Request, ViewName
from derivgen.record import record

Weight = Literal["key", "routine", "trivial"]


@record
class Rule:
    """A named rule of the catalogue.

    `statement` is an equation in derivgen's own language, with d(...) for a differential
    and derivative(f, x) for a derivative; `given` declares its names. `explanation` is the
    general sentence of why.
    """

    id: str
    name: str
    statement: str
    given: str
    condition: str
    explanation: str
    source: str
    weight: Weight = "routine"


@record
class Check:
    """How a line was tested: at how many points, with which sizes, and the largest relative error."""

    points: int
    sizes: tuple[tuple[str, int], ...]
    largest_error: float


@record
class Step:
    """One line of a derivation: left = before = after.

    `between` are forms that the printed line shows before its last one; `facts` are the
    pieces of this step that the sentence of why may name (inner, variable, constant, ...).
    `parts` are the finer steps that were merged into this one, in order; `other` is the
    line in the other layout, where that was asked for and differs.
    """

    number: str
    subgoal: str
    rule: str
    left: Expr
    before: Expr
    after: Expr
    check: Check
    also: tuple[str, ...] = ()
    between: tuple[Expr, ...] = ()
    facts: dict[str, Expr] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    weight: Weight = "routine"
    parts: tuple[Step, ...] = ()
    identifies: Expr | None = None
    other: Step | None = None


@record
class Result:
    """The derivative in one layout or view."""

    layout: LayoutName | ViewName
    expr: Expr

    @property
    def shape(self) -> Shape:
        """Rows and columns."""
        return self.expr.shape


@record
class CrossCheck:
    """What the second engine found along a random rational line."""

    by: str
    sizes: tuple[tuple[str, int], ...]
    agrees: bool


@record
class Derivation:
    """A derivative with the steps that lead to it; the last step's `after` is the first result.

    `lacking` names the further methods that know no rule here, and for what; `views` are
    the conventions beside the layouts that were asked for; `layout` is that of the steps.
    """

    request: Request
    method: MethodName
    steps: tuple[Step, ...]
    results: tuple[Result, ...]
    conditions: tuple[Condition, ...]
    readings: tuple[Step, ...] = ()
    others: tuple[tuple[MethodName, tuple[Step, ...]], ...] = ()
    lacking: tuple[tuple[MethodName, str], ...] = ()
    cross_check: CrossCheck | None = None
    views: tuple[Result, ...] = ()
    layout: LayoutName = "numerator"

    def result(self, layout: LayoutName) -> Expr:
        """The derivative in `layout`."""
        return next(result.expr for result in self.results if result.layout == layout)
