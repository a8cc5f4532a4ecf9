"""The key of a homework as programs read it: questions with their answers, sheets by code, students by sheet.

It reads what `key.json` holds, version 1 or 2, and derives nothing: the answers are parsed. What
an older version lacks has its default, so that a key stays good for hand-ins of years past.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Literal

from derivgen.answers.key import LAYOUTS, Key, key_with, scope_of
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import Expr
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.problem import LayoutChoice, LayoutName, Problem, Request
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import typed
from derivgen.record import record
from derivgen.syntax.parse import parse

Level = Literal["verdict", "mistake", "full"]
LEVELS: dict[str, Level] = {"verdict": "verdict", "mistake": "mistake", "full": "full"}
CHOICES: dict[str, LayoutChoice] = {"numerator": "numerator", "denominator": "denominator", "both": "both"}
VERSIONS = (1, 2)
# What a question wants: the derivative, its shape, an option, its value at a point, all lines that lead to it, or
# those that are left out.
AnswerKind = Literal["expression", "shape", "choice", "number", "derivation", "faded"]
Record = Mapping[str, object]


@record
class Option:
    """One option of a question with a choice, as it was shown."""

    id: str
    text: str
    is_right: bool
    mistake: str | None = None
    feedback: str = ""


@record
class Form:
    """What an answer must look like beside its value: functions that it may not use, and how long it may be."""

    forbidden: tuple[str, ...] = ()
    at_most: int | None = None


@record
class Stored:
    """One question of a key.

    `kind` is what is handed in: an expression, a choice, a number, a derivation or a shape. `rows`
    counts the rows of its rubric; `entry` is the question as it stands in the key.
    """

    id: str
    variant: str
    kind: str
    layout: LayoutChoice
    points: Fraction | None
    number: str
    request: str
    entry: Record
    options: tuple[Option, ...] = ()
    form: Form | None = None
    rows: int = 0
    made: dict[str, Key] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> Key:
        """What answers are compared with; it is made once.

        Raises: DerivgenError for a key that another program has changed.
        """
        if "key" not in self.made:
            self.made["key"] = _key(self)
        return self.made["key"]


@record
class StoredKey:
    """The key of a homework: `sheets` lists the variants on the sheet of each code, `students` the code of each."""

    title: str
    name: str
    language: str
    level: Level
    credit: Mapping[str, Fraction]
    questions: tuple[Stored, ...]
    sheets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    students: Mapping[str, str] = field(default_factory=dict)

    def on_sheet(self, code: str | None) -> tuple[Stored, ...]:
        """The questions of the sheet with a code, in its order; all of them where there is one sheet only."""
        if code is None or code not in self.sheets:
            return self.questions
        variants = self.sheets[code]
        return tuple(one for variant in variants for one in self.questions if one.variant == variant)

    @property
    def only_code(self) -> str | None:
        """The code of the sheet that everybody has, where there is only one."""
        return next(iter(self.sheets)) if len(self.sheets) == 1 else None

    @property
    def is_shared(self) -> bool:
        """Whether everybody has the same sheet."""
        return len(self.sheets) <= 1


def parsed_key(source: str | bytes, file: str) -> StoredKey:
    """The key that a text of JSON holds.

    Raises: DerivgenError if it is none.
    """
    try:
        return read_key(json.loads(source))
    except (ValueError, RecursionError):
        hint = "name the key.json that `derivgen homework build` wrote"
        raise DerivgenError(Fault("value", f"{file} is not a key: it is not JSON", hint)) from None


def read_key(read: object) -> StoredKey:
    """The key that a decoded JSON object holds; what an older version lacks has its default.

    Raises: DerivgenError if it is none.
    """
    entries = read.get("questions") if isinstance(read, Mapping) else None
    if not isinstance(read, Mapping) or read.get("key") not in VERSIONS or not isinstance(entries, list):
        hint = "name the key.json that `derivgen homework build` wrote, with a derivgen of this version"
        raise DerivgenError(Fault("value", "this is not the key of a homework", hint))
    credit = {name: _number(share) for name, share in _mapping(read, "credit").items()}
    return StoredKey(
        title=_text(read, "homework"),
        name=_text(read, "name"),
        language=_text(read, "language") or "en",
        level=LEVELS.get(_text(read, "feedback"), "full"),
        credit={name: share for name, share in credit.items() if share is not None},
        questions=tuple(map(_question, _records(read, "questions"))),
        sheets={_text(one, "code"): tuple(map(str, _list(one, "variants"))) for one in _records(read, "sheets")},
        students={_text(one, "id"): _text(one, "code") for one in _records(read, "students")},
    )


def _question(entry: Record) -> Stored:
    identifier = _text(entry, "id")
    return Stored(
        id=identifier,
        variant=_text(entry, "variant") or identifier.rpartition(".")[0],
        kind=_text(entry, "answer") or "expression",
        layout=CHOICES.get(_text(entry, "layout"), "both"),
        points=_number(entry.get("points")),
        number=_text(entry, "number"),
        request=_text(entry, "request"),
        entry=entry,
        options=tuple(map(_option, _records(entry, "options"))),
        form=_form(_mapping(entry, "form")),
        rows=len(_list(entry, "rubric")),
    )


def _form(entry: Record) -> Form | None:
    at_most = entry.get("at_most")
    made = Form(tuple(map(str, _list(entry, "no"))), at_most if isinstance(at_most, int) else None)
    return made if made != Form() else None


def _option(entry: Record) -> Option:
    mistake = entry.get("mistake")
    return Option(
        _text(entry, "id"),
        _text(entry, "text"),
        entry.get("right") is True,
        mistake if isinstance(mistake, str) else None,
        _text(entry, "feedback"),
    )


def _key(question: Stored) -> Key:
    return key_with(*asked_and_found(question))


def asked_and_found(question: Stored) -> tuple[Problem, Request, dict[LayoutName, Expr]]:
    """What a question asks for, and the derivative in both layouts, as they are parsed.

    Raises: DerivgenError for a key that another program has changed.
    """
    problem, request = asked_by(question)
    scope = scope_of(problem, request)
    layouts = _mapping(question.entry, "layouts")
    found: dict[LayoutName, Expr] = {}
    for layout in LAYOUTS:
        entry = layouts.get(layout)
        if not isinstance(entry, Mapping):
            raise DerivgenError(Fault("value", f"the key of {question.id} lacks the {layout} layout"))
        found[layout] = parse(_text(entry, "text"), scope)
    return problem, request, found


def asked_by(question: Stored) -> tuple[Problem, Request]:
    """What a question asks for, as it is parsed.

    Raises: DerivgenError for a key that another program has changed.
    """
    entry = question.entry
    request = typed(question.request, "<key>")
    assume = tuple(typed(str(one), "<key>") for one in _list(entry, "assume"))
    given = Given(_pairs(entry, "variables"), _pairs(entry, "functions"), (Asked(request),), assume)
    made = make_problem(given, layout=question.layout)
    if made.faults or len(made.problem.requests) != 1:
        hint = "make the key anew with `derivgen homework build`"
        raise DerivgenError(*(made.faults or (Fault("value", f"the key of {question.id} asks for nothing", hint),)))
    return made.problem, made.problem.requests[0]


def _pairs(entry: Record, name: str) -> Pairs:
    return tuple((typed(key, "<key>"), typed(str(value), "<key>")) for key, value in _mapping(entry, name).items())


def _text(entry: Record, name: str) -> str:
    found = entry.get(name)
    return found if isinstance(found, str) else ""


def _mapping(entry: Record, name: str) -> Record:
    found = entry.get(name)
    return found if isinstance(found, Mapping) else {}


def _list(entry: Record, name: str) -> Sequence[object]:
    found = entry.get(name)
    return found if isinstance(found, list | tuple) else ()


def _records(entry: Record, name: str) -> tuple[Record, ...]:
    return tuple(one for one in _list(entry, name) if isinstance(one, Mapping))


def _number(value: object) -> Fraction | None:
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None
