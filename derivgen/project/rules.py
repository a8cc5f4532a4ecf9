"""The catalogue of rules as text, for `known:` and `focus:`."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Rule
from derivgen.project.told import INPUT, Told
from derivgen.render.plain import columns, filled


def catalogue() -> Iterator[Told]:
    """All rules, one a line."""
    yield Told(
        columns([("id", "rule", "statement"), *((rule.id, rule.name, rule.statement) for rule in RULES.values())])
    )


def one_rule(rule_id: str) -> Iterator[Told]:
    """Everything about one rule."""
    rule = RULES.get(rule_id)
    yield _unknown(rule_id) if rule is None else Told(described(rule))


def described(rule: Rule) -> str:
    """A rule with its statement, its condition, its explanation and its source."""
    lines = [
        f"{rule.name} ({rule.id})",
        f"    {rule.statement}",
        f"given:  {rule.given}" if rule.given else "",
        f"needs:  {rule.condition}" if rule.condition else "",
        filled(rule.explanation),
        f"source: {rule.source}" if rule.source else "",
        f"weight: {rule.weight}",
    ]
    return "\n".join(line for line in lines if line)


def _unknown(rule_id: str) -> Told:
    from difflib import get_close_matches

    near = get_close_matches(rule_id, RULES, n=1)
    hint = f"did you mean {near[0]}?" if near else "`derivgen rules` lists them all"
    return Told(messages=(f"there is no rule {rule_id}\n  mend: {hint}",), status=INPUT)
