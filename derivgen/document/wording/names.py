"""Names of rules and headings of steps."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Step
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.casing import in_a_sentence
from derivgen.document.wording.members import member_name
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import Stack

MOST = 3


def name_of(rule: str) -> Phrase:
    """The textbook's name of a rule."""
    return Phrase(RULES[rule].name)


def title_of(step: Step) -> Text:
    """The heading of a step: its rule, and those beside it that a reader would name too."""
    if step.rule == "hold-constant":
        return said("Partial derivatives") if isinstance(step.left, Stack) else (name_of(step.rule),)
    first, *others = (_called(rule, step) for rule in titled(step))
    return joined([first, *(Phrase(in_a_sentence(name)) for name in others)], "; ")


def titled(step: Step) -> tuple[str, ...]:
    """The rules of a step that its heading names: without those that go without saying, and not too many."""
    # A linear map is linear: its name says that already.
    said = ("d-linear",) if step.rule == "linear-map" else ()
    others = (rule for rule in step.also if RULES[rule].weight != "trivial" and rule not in said)
    named: dict[Phrase, str] = {}
    for rule in (step.rule, *others):
        named.setdefault(_called(rule, step), rule)
    return tuple(named.values())[:MOST]


def _called(rule: str, step: Step) -> Phrase:
    """The name of a rule in this step: that of a single function where the rule holds for a family of them."""
    return member_name(rule, step) or name_of(rule)
