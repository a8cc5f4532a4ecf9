"""How a question with a choice is made: `options: {count: 4, from: [wrong_sign], none_of_these: true}`."""

from __future__ import annotations

from derivgen.answers.distractors import NAMES
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.homework.keys import fields_within
from derivgen.spec.reader import Mapping
from derivgen.spec.values import Fields, nearest, whole_number

KEYS = ("count", "from", "none_of_these")
COUNT, LEAST, MOST = 4, 2, 10
# A transpose as an option asks for the layout: that must be meant.
BY_DEFAULT = tuple(name for name in NAMES if name != "other_layout")
IS = {"true": True, "false": False}


@record
class Choice:
    """What is chosen from: how many options with the right one, made by which mistakes; `span` is where it says so."""

    span: Span
    count: int = COUNT
    mistakes: tuple[str, ...] = BY_DEFAULT
    none_of_these: bool = False


def choice_of(entries: Fields, place: Span) -> Choice:
    """The options that a question wants, under `options`."""
    found = entries.entries.get("options")
    if found is None:
        return Choice(place)
    key, node = found
    findings = entries.findings
    if not isinstance(node, Mapping):
        hint = "write `options: {count: 4, from: [wrong_sign, dropped_product_term]}`"
        findings.add(Fault("kind", "options is a mapping of keys to values", hint, key.span))
        return Choice(place)
    inner = fields_within(node, KEYS, "options", findings)
    count, is_last = inner.text("count"), inner.choice("none_of_these", IS)
    number = None if count is None else findings.attempt(_count, count)
    names = tuple(findings.each(_mistake, inner.texts("from") or ()))
    return Choice(key.span, number or COUNT, names or BY_DEFAULT, is_last or False)


def _count(text: Text) -> int:
    number = whole_number(text, "count")
    if not LEAST <= number <= MOST:
        hint = "count is how many options there are with the right one, such as 4"
        raise DerivgenError(Fault("value", f"count must be from {LEAST} to {MOST}, not {number}", hint, text.span))
    return number


def _mistake(text: Text) -> str:
    if text.value in NAMES:
        return text.value
    near = nearest(text.value, NAMES)
    hint = f"did you mean {near}?" if near else "the manual lists the names of mistakes, such as wrong_sign"
    raise DerivgenError(Fault("value", f"there is no mistake {text.value}", hint, text.span))
