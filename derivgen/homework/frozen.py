"""Variants that are handed out already: a line for each student and exercise, read again by the next build."""

from __future__ import annotations

import json
from collections.abc import Mapping

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.record import record

FILE = "variants.jsonl"


@record
class FrozenVariant:
    """What somebody has of one exercise."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    code: str


# By the student or version, then by the exercise, in the order of the sheet.
Frozen = Mapping[str, Mapping[str, FrozenVariant]]


def read_frozen(text: str, file: str) -> Frozen:
    """What the lines of a `variants.jsonl` say.

    Raises: DerivgenError at a line that is none.
    """
    found: dict[str, dict[str, FrozenVariant]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            values = tuple((str(name), str(value)) for name, value in said["parameters"].items())
            one = FrozenVariant(str(said["name"]), values, str(said["code"]))
            found.setdefault(str(said["id"]), {})[str(said["exercise"])] = one
        except (ValueError, KeyError, TypeError, AttributeError):
            hint = "restore the file, or draw everybody's sheet anew by --redraw"
            message = "this line does not say what somebody was given"
            raise DerivgenError(Fault("frozen", message, hint, Span(file, number, 1, len(line) + 1, line))) from None
    return found
