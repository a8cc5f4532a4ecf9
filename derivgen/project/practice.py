"""The practice copy of a spec's page, where the spec asks for one."""

from __future__ import annotations

from derivgen.document.blocks import Document
from derivgen.document.practice import Practice, practice, steps_of
from derivgen.errors import Fault
from derivgen.problem.blanks import Blank
from derivgen.project.work import Worked


def practice_of(done: Worked, document: Document) -> tuple[Practice | None, tuple[Fault, ...]]:
    """The copy with its key, and a fault for each wish that no step of the page meets."""
    blanks = () if done.loaded.spec is None else done.loaded.spec.settings.blank
    if not blanks or not steps_of(document):
        return None, ()
    made = practice(document, blanks, done.notation)
    # A wish of the project is for all its specs, and not each of them has such a step.
    faults = tuple(_unmet(blank, document) for blank in made.unmet if _is_own(blank, done))
    has_copy = len(made.unmet) < len(blanks)
    return made if has_copy else None, faults


def _is_own(blank: Blank, done: Worked) -> bool:
    span = blank.text.span
    return span is not None and span.file == done.loaded.file


def _unmet(blank: Blank, document: Document) -> Fault:
    listed = ", ".join(f"{step.number} ({step.rule})" for step in steps_of(document))
    message = f"no step of this page is meant by {blank.text.value}"
    return Fault("no-step", message, f"the steps are {listed}", blank.text.span)
