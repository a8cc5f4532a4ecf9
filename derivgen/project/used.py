"""The record of what a page uses, as the cache keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derivgen.record import record


@record
class StepUse:
    """A step of a page that uses a rule."""

    rule: str
    number: str
    anchor: str


@record
class Uses:
    """What one page uses: names of functions, words for forms, the steps with their rules, and the shapes.

    A shape is that of the function and that of the variable, such as `scalar-vector`; of a second
    derivative it is `second`.
    """

    functions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    steps: tuple[StepUse, ...] = ()
    shapes: tuple[str, ...] = ()


NOTHING = Uses()
KINDS = ("scalar", "vector", "matrix")
SECOND = "second"


def uses_from(found: Mapping[str, Any]) -> Uses:
    """What a page uses, from its JSON."""
    steps = tuple(StepUse(**step) for step in found["steps"])
    return Uses(tuple(found["functions"]), tuple(found["forms"]), steps, tuple(found["shapes"]))


def plainly(uses: Uses) -> tuple[tuple[object, ...], ...]:
    """What a page uses, as tuples of words."""
    steps = tuple((step.rule, step.number, step.anchor) for step in uses.steps)
    return uses.functions, uses.forms, steps, uses.shapes


def uses_within(found: Any) -> Uses:
    """What a page uses, from tuples of words."""
    functions, forms, steps, shapes = found
    return Uses(tuple(functions), tuple(forms), tuple(StepUse(*step) for step in steps), tuple(shapes))
