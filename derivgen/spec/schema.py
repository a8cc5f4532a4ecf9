"""The JSON Schema of a spec, by which editors complete keys and mark slips while one types."""

from __future__ import annotations

import json
from typing import Any, assert_never

from derivgen.spec.keys import KEYS, Either, Form, Key, Named, OneOf, Several, Stacked, Words

Schema = dict[str, Any]

# A value that YAML takes for a number or a truth value is a text for derivgen.
SCALAR = ["string", "number", "boolean"]


def spec_schema() -> str:
    """The schema as JSON."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A spec of derivgen",
        "type": "object",
        "properties": {name: _property(key) for name, key in KEYS.items()},
        "additionalProperties": False,
        "anyOf": [{"required": ["functions", "derivatives"]}, {"required": ["page"]}],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _property(key: Key) -> Schema:
    return {"description": key.what, **_schema(key.form)}


def _schema(form: Form) -> Schema:
    match form:
        case Words(pattern=pattern):
            return {"type": SCALAR, "pattern": pattern} if pattern else {"type": SCALAR}
        case OneOf(choices=choices):
            numbers = [int(choice) for choice in choices if choice.isdigit()]
            return {"enum": [*choices, *numbers]}
        case Several(entry=entry):
            one = _schema(entry)
            return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
        case Named():
            return _named(form)
        case Either(forms=forms):
            return {"anyOf": [_schema(one) for one in forms]}
        case Stacked():
            rows = {"type": "array", "minItems": 1, "items": {"type": SCALAR}}
            return {"anyOf": [{"type": SCALAR}, rows, {"type": "array", "minItems": 1, "items": rows}]}
    assert_never(form)


def _named(form: Named) -> Schema:
    if not form.known:
        return {"type": "object", "minProperties": 1, "additionalProperties": _schema(form.value)}
    known = {name: _schema(one) for name, one in form.known.items()}
    required = {"required": list(form.required)} if form.required else {}
    return {"type": "object", "properties": known, "additionalProperties": False, **required}
