"""The form that an answer must have: `form: {no: [inv, kron], at_most: 12}`."""

from __future__ import annotations

import re

from derivgen.answers.stored import Form
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.functions import FUNCTIONS
from derivgen.problem.text import Text
from derivgen.spec.homework.keys import fields_within
from derivgen.spec.reader import Mapping
from derivgen.spec.values import Fields, nearest

KEYS = ("no", "at_most")


def form_of(entries: Fields) -> Form | None:
    """The form that a question wants; None where it wants none."""
    found = entries.entries.get("form")
    if found is None:
        return None
    key, node = found
    if not isinstance(node, Mapping):
        hint = "write `form: {no: [inv], at_most: 12}`"
        entries.findings.add(Fault("kind", "form is a mapping of keys to values", hint, key.span))
        return None
    inner = fields_within(node, KEYS, "a form", entries.findings)
    forbidden = tuple(inner.findings.each(_function, inner.texts("no") or ()))
    length = inner.text("at_most")
    return Form(forbidden, None if length is None else inner.findings.attempt(_length, length))


def _function(text: Text) -> str:
    if text.value in FUNCTIONS:
        return text.value
    near = nearest(text.value, FUNCTIONS)
    hint = f"did you mean {near}?" if near else "name functions of the language, such as inv or kron"
    raise DerivgenError(Fault("value", f"there is no function {text.value}", hint, text.span))


def _length(text: Text) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text.value):
        hint = "write how many names and numbers an answer may have, such as 12"
        raise DerivgenError(Fault("value", f"{text.value} is no length", hint, text.span))
    return int(text.value)
