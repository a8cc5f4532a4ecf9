"""What is said of a step where everything is shown: its rule in general, and the value of its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from derivgen.calculus.arrangement import named_within
from derivgen.calculus.checks import Checker
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.illustration import Illustration, as_expr
from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Block, StepBlock, Text
from derivgen.document.general import in_general
from derivgen.document.wording.telling import said
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Apply, Differential, Expr, Reference, Transpose, Unspecified
from derivgen.expr.walk import free_indices, nodes_within

# A larger array is no help beside a line.
MOST_ENTRIES = 16


def with_notes(
    blocks: Iterable[Block], derivation: Derivation, letter: str, found: Sequence[Illustration] = ()
) -> tuple[Block, ...]:
    """The blocks, each step with its rule in general and with what its line is at the points of the check."""
    steps = {f"step-{letter}{one.number}": one for step in derivation.steps for one in (step, *step.parts)}
    points = tuple(_Values(one.point, derivation) for one in found)
    return tuple(_noted(block, steps, points) if isinstance(block, StepBlock) else block for block in blocks)


def _noted(block: StepBlock, steps: dict[str, Step], points: tuple[_Values, ...]) -> StepBlock:
    finer = tuple(_noted(part, steps, points) for part in block.finer)
    step = steps.get(block.anchor)
    # A line in which its finer steps end is told there.
    notes = () if step is None or not block.adds else (*in_general(step), _valued(step, points))
    return replace(block, finer=finer, notes=tuple(filter(None, notes)))


def _valued(step: Step, points: tuple[_Values, ...]) -> Text:
    values = [found for one in points if (found := one.of(step)) is not None]
    if not values or len(values) < len(points):
        return ()
    along = _along(points[0].variables[0]) if _is_change(step.left) else ()
    if len(set(values)) == 1:
        return said("With the numbers of the check{along}: {value}.", along=along, value=values[0])
    return said(
        "With the numbers of the check{along}: {value}, and {other} on the other side of the kink.",
        along=along,
        value=values[0],
        other=values[1],
    )


def _along(variable: Expr) -> Text:
    """The change along which a line about changes is worked out."""
    if variable.is_scalar:
        return said(", when {variable} grows by 1", variable=variable)
    return said(", when the first entry of {variable} grows by 1", variable=variable)


class _Values:
    """What lines are at one point: those about derivatives, and those about changes along one of the variable."""

    def __init__(self, point: Point, derivation: Derivation) -> None:
        request = derivation.request
        self.variables = request.wrt
        shapes = {one.name: (len(point.values[one.name]), len(point.values[one.name][0])) for one in request.wrt}
        units = {name: _unit(*shape) for name, shape in shapes.items()}
        functions = tuple(one for one in named_within(request.of) if isinstance(one, Reference))
        self.moving = _carried(replace(point, changes=units), functions)
        self.named = Checker((point,)).naming(functions).points[0]

    def of(self, step: Step) -> Expr | None:
        """The value of the right side of a line; None where it has none, or where it is no help."""
        if free_indices(step.after) or any(isinstance(node, Unspecified) for node in nodes_within(step.after)):
            return None
        point = self.moving if _is_change(step.left) else self.named
        if _is_change(step.left) and len(self.variables) > 1:
            return None
        try:
            found = value(step.after, point, FLOATS)
        except NO_VALUE:
            return None
        return _in_a_line(found) if len(found) * len(found[0]) <= MOST_ENTRIES else None


def _in_a_line(found: Array) -> Expr:
    """The numbers as an expression; a column as a row with the sign of the transpose, as it fits into a line."""
    is_column = len(found) > 1 and len(found[0]) == 1
    return Transpose(as_expr([[z for row in found for z in row]])) if is_column else as_expr(found)


def _carried(point: Point, functions: tuple[Reference, ...]) -> Point:
    """The point at which functions on the way are variables too, and change as the variable makes them."""
    values = {one.name: value(one, point, FLOATS) for one in functions}
    changes = {one.name: value(Differential(one), point, FLOATS) for one in functions}
    return replace(point, values={**point.values, **values}, changes={**point.changes, **changes})


def _is_change(left: Expr) -> bool:
    return isinstance(left, Differential) or (isinstance(left, Apply) and isinstance(left.arguments[0], Differential))


def _unit(rows: int, columns: int) -> list[list[complex]]:
    """A change of the first entry alone."""
    return [[complex(i == 0 and k == 0) for k in range(columns)] for i in range(rows)]
