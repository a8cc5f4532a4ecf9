"""What a reader types into a form: lines of names with what they are, each with its place for a caret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from derivgen.errors import Fault, Span
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record

# Longer than any problem that a page can show; what is longer is a mistake, or meant to stop the page.
LONGEST = 4_000
# `f: x.T @ x`, and `f = x.T @ x` as on paper.
PAIR = re.compile(r"(?P<name>[^:=]*)(?P<sign>[:=])(?!=)(?P<what>.*)")
FIELDS = ("functions", "variables", "asked", "assume", "method")


@record
class Form:
    """The fields as they are typed: functions and variables a line each, the derivative, conditions a line each."""

    functions: str
    variables: str
    asked: str
    assume: str = ""
    method: str = ""

    @property
    def spec(self) -> str:
        """The same as a spec."""
        made = [_block("variables", self.variables), _block("functions", self.functions)]
        listed = [
            f"  - {json.dumps(line.strip(), ensure_ascii=False)}" for line in self.asked.split("\n") if line.strip()
        ]
        conditions = [json.dumps(line.strip(), ensure_ascii=False) for line in self.assume.split("\n") if line.strip()]
        made += [f"assume: [{', '.join(conditions)}]"] if conditions else []
        made += [f"methods: [{self.method}]"] if self.method else []
        return "\n".join([*made, "derivatives:", *listed]) + "\n"


def form_of(read: dict[str, Any]) -> Form:
    """The form that a message of a page holds; what it lacks is empty."""
    return Form(*(str(read.get(name, "")) for name in FIELDS))


def given_of(form: Form, findings: Findings) -> Given:
    """What the form gives and asks, with places in its fields; lines that say nothing are told."""
    if sum(len(getattr(form, name)) for name in FIELDS) > LONGEST:
        findings.add(Fault("limit", f"this is longer than {LONGEST} characters", "leave something out"))
        return Given((), (), ())
    functions = _pairs("functions", form.functions, "f: x.T @ x", findings)
    variables = _pairs("variables", form.variables, "x: vector(n)", findings)
    requests = tuple(Asked(line) for line in _lines("asked", form.asked))
    return Given(variables, functions, requests, tuple(_lines("assume", form.assume)))


def _lines(field: str, typed: str) -> Iterator[Text]:
    for number, line in enumerate(typed.split("\n"), 1):
        if line.strip():
            yield _text(field, number, line, 0, len(line))


def _text(field: str, number: int, line: str, start: int, end: int) -> Text:
    """A part of a line without the blanks around it."""
    inner = line[start:end]
    first = start + len(inner) - len(inner.lstrip())
    value = inner.strip()
    span = Span(field, number, first + 1, first + 1 + max(len(value), 1), line)
    return Text(value, ((0, span),))


def _pairs(field: str, typed: str, example: str, findings: Findings) -> Pairs:
    made: list[tuple[Text, Text]] = []
    for number, line in enumerate(typed.split("\n"), 1):
        found = PAIR.fullmatch(line)
        if not line.strip():
            continue
        if found is None or not found["name"].strip() or not found["what"].strip():
            place = _text(field, number, line, 0, len(line)).span
            findings.add(
                Fault(
                    "kind", "this line gives a name nothing", f"write a name, a colon and what it is: {example}", place
                )
            )
            continue
        name = _text(field, number, line, 0, found.end("name"))
        made.append((name, _text(field, number, line, found.start("what"), len(line))))
    return tuple(made)


def _block(key: str, typed: str) -> str:
    lines = []
    for line in typed.split("\n"):
        found = PAIR.fullmatch(line)
        if found is not None:
            lines.append(f"  {found['name'].strip()}: {json.dumps(found['what'].strip(), ensure_ascii=False)}")
    return "\n".join([f"{key}:", *lines])
