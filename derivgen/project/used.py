"""The record of what a page uses, as the cache keeps it."""

from __future__ import annotations

from dataclasses import dataclass


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
