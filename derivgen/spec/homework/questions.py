"""A question of an exercise, as it stands under `ask`."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from derivgen.answers.stored import AnswerKind, Form
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.asked import Pairs
from derivgen.problem.blanks import Blank
from derivgen.problem.findings import Findings
from derivgen.problem.problem import LayoutChoice, MethodName
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.blanks import blanks_of
from derivgen.spec.homework.amounts import length_of, points_of, shown
from derivgen.spec.homework.entries import Entry, entry_of
from derivgen.spec.homework.forms import form_of
from derivgen.spec.homework.keys import QUESTION, fields_within
from derivgen.spec.homework.options import Choice, choice_of
from derivgen.spec.keys import LAYOUTS
from derivgen.spec.reader import Mapping, Node, Sequence
from derivgen.spec.settings import method_of
from derivgen.spec.values import Fields, chosen, text_of

ANSWERS: dict[str, AnswerKind] = {
    "expression": "expression",
    "shape": "shape",
    "choice": "choice",
    "number": "number",
    "derivation": "derivation",
    "faded": "faded",
}
# Keys that say more of one kind of answer, and mean nothing beside another.
BELONGS: dict[str, tuple[AnswerKind, ...]] = {
    "options": ("choice",),
    "entry": ("number",),
    "form": ("expression", "derivation"),
    "blank": ("faded",),
}
AUTO = "auto"


@record
class Row:
    """One row of a rubric."""

    points: Fraction
    text: Text


@record
class Question:
    """One derivative that is asked for.

    In `hints` a hint with the text `auto` stands for the rules of the steps. `rubric` is
    a list of rows, `auto` for a row a step, or nothing. `at` gives the numbers of a point,
    `form` says what an answer must look like, `choice` what is chosen from. `entry` is that
    of which the value is wanted, counted from 1. `blanks` are the lines that are left out.
    """

    derivative: Text
    span: Span
    layout: LayoutChoice | None = None
    method: MethodName | None = None
    points: Fraction | None = None
    answer: AnswerKind = "expression"
    hints: tuple[Text, ...] = ()
    rubric: tuple[Row, ...] | Literal["auto"] = ()
    at: Pairs = ()
    space: int | None = None
    form: Form | None = None
    choice: Choice | None = None
    entry: Entry | None = None
    blanks: tuple[Blank, ...] = ()


def questions_of(entries: Fields) -> tuple[Question, ...]:
    """The questions under `ask`; a single one need not be a list."""
    found = entries.entries.get("ask")
    if found is None:
        return ()
    key, node = found
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items or (isinstance(node, Text) and not node.value.strip()):
        hint = "write a question below it, such as `- derivative: f wrt x`"
        entries.findings.add(Fault("empty", "ask asks for nothing", hint, key.span))
        return ()
    asked = (entries.findings.attempt(_question, item, entries.findings) for item in items)
    return tuple(question for question in asked if question is not None)


def _question(item: Node, findings: Findings) -> Question | None:
    match item:
        case Text() if item.value.strip():
            return Question(item, item.span)
        case Mapping():
            return _from_mapping(item, findings)
        case _:
            hint = "write `- derivative: f wrt x`, and its other keys below"
            raise DerivgenError(Fault("kind", "a question is a mapping of keys to values", hint, item.span))


def _from_mapping(item: Mapping, findings: Findings) -> Question | None:
    entries = fields_within(item, QUESTION, "a question", findings)
    derivative = entries.text("derivative")
    points, space, answer = entries.text("points"), entries.text("space"), _answer(entries)
    _check_keys(answer, entries)
    made = Question(
        derivative or Text("", ((0, item.span),)),
        item.span,
        layout=entries.choice("layout", LAYOUTS),
        method=_method(entries),
        points=None if points is None else findings.attempt(points_of, points),
        answer=answer,
        hints=_hints(entries),
        rubric=_rubric(entries),
        at=entries.declarations("at", 'x: "[1, 2]"') or (),
        space=None if space is None else findings.attempt(length_of, space),
        form=form_of(entries),
        choice=choice_of(entries, entries.entries["answer"][0].span) if answer == "choice" else None,
        entry=entry_of(entries),
        blanks=_blanks(answer, entries),
    )
    if derivative is None:
        if "derivative" not in entries.entries:
            hint = "add what is asked for, such as `derivative: f wrt x`"
            findings.add(Fault("missing-key", "this question has no derivative", hint, item.span))
        return None
    made = _with_rubric(made, entries)
    if answer == "number" and "at" not in entries.entries:
        hint = 'add the point, such as `at: {x: "[1, 2]"}`'
        findings.add(Fault("missing-key", "a number is wanted, and no point is given", hint, item.span))
    return made


def _method(entries: Fields) -> MethodName | None:
    text = entries.text("method")
    if text is None or text.value == "free":
        return None
    return entries.findings.attempt(method_of, text)


def _answer(entries: Fields) -> AnswerKind:
    text = entries.text("answer")
    if text is None:
        return "expression"
    return entries.findings.attempt(chosen, text, ANSWERS, "answer") or "expression"


def _check_keys(answer: AnswerKind, entries: Fields) -> None:
    """Note keys that belong to another kind of answer."""
    for name, kinds in BELONGS.items():
        if name in entries.entries and answer not in kinds:
            hint = f"add `answer: {kinds[0]}`, or remove {name}"
            message = f"{name} means nothing where the answer is {answer}"
            entries.findings.add(Fault("options", message, hint, entries.entries[name][0].span))


def _blanks(answer: AnswerKind, entries: Fields) -> tuple[Blank, ...]:
    """What a faded derivation leaves out: its last line, if nothing else is said."""
    if answer != "faded" or "blank" in entries.entries:
        return blanks_of(entries)
    return (Blank("last", "1", entries.entries["answer"][0]),)


def _hints(entries: Fields) -> tuple[Text, ...]:
    hints = entries.texts("hints") or ()
    for second in [hint for hint in hints if hint.value == AUTO][1:]:
        entries.findings.add(Fault("value", "auto stands here twice", "remove one of the two", second.span))
    return hints


def _rubric(entries: Fields) -> tuple[Row, ...] | Literal["auto"]:
    found = entries.entries.get("rubric")
    if found is None:
        return ()
    key, node = found
    match node:
        case Text():
            choices: Table[str, Literal["auto"]] = {"auto": "auto"}
            text = entries.text("rubric")
            return () if text is None else entries.findings.attempt(chosen, text, choices, "rubric") or ()
        case Sequence(items=items):
            rows = (entries.findings.attempt(_row, key, item, entries.findings) for item in items)
            return tuple(row for row in rows if row is not None)
        case Mapping():
            hint = "write `auto`, or a list of rows: `- {points: 1, text: Product rule}`"
            entries.findings.add(Fault("kind", "rubric must be a list, and this is a mapping", hint, node.span))
            return ()


def _row(key: Text, item: Node, findings: Findings) -> Row | None:
    if not isinstance(item, Mapping):
        hint = "write `- {points: 1, text: Product rule}`"
        raise DerivgenError(Fault("kind", f"a row of the {key.value} has points and a text", hint, item.span))
    entries = fields_within(item, ("points", "text"), "a row of a rubric", findings)
    for missing in [name for name in ("points", "text") if name not in entries.entries]:
        hint = "write `- {points: 1, text: Product rule}`"
        findings.add(Fault("missing-key", f"this row has no {missing}", hint, item.span))
    if len(entries.entries) < 2:
        return None
    points, text = entries.text("points"), findings.attempt(text_of, *entries.entries["text"])
    number = None if points is None else findings.attempt(points_of, points)
    return None if number is None or text is None else Row(number, text)


def _with_rubric(made: Question, entries: Fields) -> Question:
    """The question, which is worth what the rows of its rubric give; its own points must say the same."""
    if isinstance(made.rubric, str) or not made.rubric:
        return made
    total = sum((row.points for row in made.rubric), Fraction(0))
    if made.points is not None and total != made.points:
        message = f"the rows of the rubric give {shown(total)} points, and the question gives {shown(made.points)}"
        hint = "change the points of the rows, or those of the question"
        entries.findings.add(Fault("points", message, hint, entries.entries["rubric"][0].span))
    return replace(made, points=total)
