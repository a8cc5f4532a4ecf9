"""The keys of a sheet, of an exercise and of a question, and what is said of one that is none of them."""

from __future__ import annotations

from derivgen.errors import Fault
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.spec.reader import Mapping
from derivgen.spec.values import Fields, nearest

SHEET = (
    "homework", "seed", "variants", "credit", "feedback", "layout", "detail", "known", "focus", "notation", "language",
    "introduction", "publish", "exercises",
)  # fmt: skip
EXERCISE = (
    "id", "title", "text", "points", "spec", "variables", "functions", "assume", "layout", "ask",
    "parameters", "require", "extends",
)  # fmt: skip
POOL = ("pick", "from")
QUESTION = (
    "derivative", "layout", "method", "points", "answer", "hints", "rubric", "at", "space", "form", "options", "entry",
    "blank",
)  # fmt: skip

# Other words for our keys, which look too different for a near miss.
MEANT = {
    "name": "title", "description": "introduction", "intro": "introduction", "prose": "text", "questions": "ask",
    "question": "ask", "parts": "ask", "marks": "points", "score": "points", "tasks": "exercises",
    "problems": "exercises",
    "vars": "variables", "assumptions": "assume", "request": "derivative", "derivatives": "ask", "of": "derivative",
    "lang": "language", "point": "at", "room": "space", "hint": "hints",
}  # fmt: skip


def fields_within(mapping: Mapping, known: tuple[str, ...], where: str, findings: Findings) -> Fields:
    """The entries with known keys; every other key is noted as a fault with the nearest one."""
    kept = {}
    for key, value in mapping.entries:
        if key.value in known:
            kept[key.value] = (key, value)
        elif not findings.are_enough:
            findings.add(refused(key, known, where))
    return Fields(kept, findings)


def not_yet(what: str, text: Text, hint: str) -> Fault:
    """The fault of something that the language has and derivgen does not have yet."""
    return Fault("not-supported", f"derivgen cannot do this yet: {what}", hint, text.span)


def refused(key: Text, known: tuple[str, ...], where: str) -> Fault:
    """The fault of a key that is not known there."""
    meant = MEANT.get(key.value.lower(), "")
    near = meant if meant in known else nearest(key.value, known)
    hint = f"did you mean {near}?" if near else f"the keys are {', '.join(known)}"
    return Fault("unknown-key", f"there is no key {key.value} in {where}", hint, key.span)
