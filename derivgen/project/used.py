"""The record of what a page uses, as the cache keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StepUse:
    """A step of a page that uses a rule."""

    rule: str
    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Uses:
    """What one page uses: names of functions, words for forms, and the steps with their rules."""

    functions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    steps: tuple[StepUse, ...] = ()


NOTHING = Uses()


def uses_from(found: Mapping[str, Any]) -> Uses:
    """What a page uses, from its JSON."""
    steps = tuple(StepUse(**step) for step in found["steps"])
    return Uses(tuple(found["functions"]), tuple(found["forms"]), steps)


def plainly(uses: Uses) -> tuple[tuple[object, ...], ...]:
    """What a page uses, as tuples of words."""
    return uses.functions, uses.forms, tuple((step.rule, step.number, step.anchor) for step in uses.steps)


def uses_within(found: Any) -> Uses:
    """What a page uses, from tuples of words."""
    functions, forms, steps = found
    return Uses(tuple(functions), tuple(forms), tuple(StepUse(*step) for step in steps))
