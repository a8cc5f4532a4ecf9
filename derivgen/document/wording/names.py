"""Names of rules and headings of steps."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Step
from derivgen.expr.nodes import Stack


def name_of(rule: str) -> str:
    """The textbook's name of a rule."""
    return RULES[rule].name


def title_of(step: Step) -> str:
    """The heading of a step: its rule, and the one beside it that a reader would name too."""
    others = [name_of(rule) for rule in step.also if RULES[rule].weight != "trivial"]
    names = list(dict.fromkeys([name_of(step.rule), *others]))
    if step.rule == "hold-constant" and isinstance(step.left, Stack):
        return "Partial derivatives"
    if step.parts or step.rule == "hold-constant":
        return names[0]
    return names[0] if len(names) == 1 else f"{names[0]}; {_lower(names[1])}"


def _lower(name: str) -> str:
    return name if name[:2].isupper() or name.startswith("ReLU") else name[:1].lower() + name[1:]
