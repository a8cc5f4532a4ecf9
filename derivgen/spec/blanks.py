"""What stands under `blank`: rule ids, numbers of steps, `last 2`, `why`, `name`, or a mapping with `rule`."""

from __future__ import annotations

import re

from derivgen.calculus.catalogue import RULES
from derivgen.errors import DerivgenError, Fault
from derivgen.problem.blanks import Blank
from derivgen.problem.text import Text
from derivgen.spec.reader import Mapping
from derivgen.spec.values import Fields, chosen, nearest, texts_of

WORDS = ("last 2", "why", "name")


def blanks_of(entries: Fields) -> tuple[Blank, ...]:
    """What is to be left out; what is faulty is noted."""
    findings = entries.findings
    found = entries.entries.get("blank")
    if found is None:
        return ()
    node = found[1]
    if not isinstance(node, Mapping):
        return findings.each(_blank, entries.texts("blank") or ())
    rules: list[Text] = []
    for name, value in node.entries:
        if findings.attempt(chosen, name, {"rule": "rule"}, "a key of blank") is not None:
            rules += findings.attempt(texts_of, name, value) or ()
    return tuple(Blank("rule", rule.value, rule) for rule in findings.each(rule_of, rules))


def rule_of(text: Text) -> Text:
    """The id of a rule of the catalogue.

    Raises: DerivgenError for what is none, with the nearest.
    """
    if text.value in RULES:
        return text
    near = nearest(text.value, RULES)
    hint = f"did you mean {near}?" if near else "`derivgen rules` lists the ids, such as d-product"
    raise DerivgenError(Fault("value", f"there is no rule {text.value}", hint, text.span))


def _blank(text: Text) -> Blank:
    match text.value.split():
        case ["why"]:
            return Blank("why", "", text)
        case ["name"]:
            return Blank("name", "", text)
        case ["last"]:
            return Blank("last", "1", text)
        case ["last", count] if re.fullmatch("[1-9][0-9]?", count):
            return Blank("last", count, text)
        case [number] if re.fullmatch(r"[a-z]?[1-9][0-9]*[a-z]?(\.[1-9])?", number):
            return Blank("step", number, text)
        case [rule] if rule in RULES:
            return Blank("rule", rule, text)
    near = nearest(text.value, (*RULES, *WORDS))
    hint = f"did you mean {near}?" if near else "write rule ids, numbers of steps, `last 2`, `why` or `name`"
    raise DerivgenError(Fault("value", f"blank cannot be {text.value}", hint, text.span))
