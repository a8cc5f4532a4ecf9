"""Answers that are no expression to derive: an option, numbers, the shape of a derivative."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from derivgen.answers import wording
from derivgen.answers.against import times
from derivgen.answers.check import Judgement, Verdict
from derivgen.answers.key import LAYOUTS
from derivgen.answers.limits import MOST_WORK, work
from derivgen.answers.mistakes import SENTENCES
from derivgen.answers.reals import REALS, Reading, real_point, real_value, with_plain_exponents
from derivgen.answers.stored import Option, Stored
from derivgen.answers.telling import said, visible
from derivgen.calculus.numbers import Point
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.sizes import Shape
from derivgen.problem.problem import LayoutName
from derivgen.syntax.parse import Scope, parse, parse_size

T = TypeVar("T")

# Numbers of a question are right to three digits where its own are rounded, else to all that count.
ROUNDED, EXACT = 1e-3, 1e-6
# Mistakes that can be told by the number alone: what they multiply it by.
SLIPS_OF_NUMBERS = (("wrong_sign", -1.0), ("missing_factor_2", 0.5), ("extra_factor_2", 2.0))
# What stands between rows and columns, the surest sign first.
_BETWEEN = (r"[,;]", r"×", r"\bby\b", r"\s[xX]\s", r"[xX]", r"\*", r"\s")


def judge_choice(question: Stored, answer: str) -> Judgement:
    """The verdict on the option that was chosen, named by its letter or written out."""
    chosen = option_of(question, answer)
    if chosen is None:
        return Judgement("unparsable", wording.no_option([one.id for one in question.options]))
    if chosen.is_right:
        return Judgement("correct", wording.RIGHT)
    told = visible(chosen.feedback) or wording.NOT_RIGHT
    if chosen.mistake == "other_layout":
        return Judgement("other_layout", told, hint=told)
    return Judgement("mistake" if chosen.mistake else "wrong", told, chosen.mistake, hint=told)


def option_of(question: Stored, answer: str) -> Option | None:
    """The option that an answer means, by its letter or written out."""
    options = question.options
    letter = answer.strip().strip("().").casefold()
    found = [one for one in options if one.id.casefold() == letter]
    found = found or [one for one in options if "".join(one.text.split()) == "".join(answer.split())]
    return found[0] if len(found) == 1 else None


def judge_shape(question: Stored, answer: str) -> Judgement:
    """The verdict on a shape such as `n x 1`, `(m, n)` or `n by 1`."""
    wanted = {layout: question.key.shape(layout) for layout in LAYOUTS}
    try:
        given = _shape(answer, question)
    except DerivgenError as error:
        return Judgement("unparsable", wording.unread(error.faults[0], question.key))
    asked = LAYOUTS if question.layout == "both" else (question.layout,)
    for layout in (*asked, *LAYOUTS):
        if given == wanted[layout]:
            if layout in asked:
                return Judgement("correct", wording.RIGHT, layout=layout)
            return Judgement("other_layout", wording.shape_of_other_layout(question.key, layout), layout=layout)
    told = wording.other_shape(given)
    return Judgement("wrong", told, hint=told)


def _shape(answer: str, question: Stored) -> Shape:
    inner = answer.strip()
    inner = inner[1:-1] if inner[:1] in "([" and inner[-1:] in ")]" else inner
    if inner.strip().casefold() == "scalar":
        inner = "1, 1"
    for sign in _BETWEEN:
        parts = [part.strip() for part in re.split(sign, inner)]
        if len(parts) == 2 and all(parts):
            return Shape(*(parse_size(part, question.key.scope.sizes) for part in parts))
    raise DerivgenError(Fault("size", "a shape has rows and columns", "write it as in n x 1"))


def judge_number(question: Stored, answer: str) -> Judgement:
    """The verdict on the value of the derivative at the point of the question."""
    try:
        expr = with_plain_exponents(parse(answer, Scope({})))
    except (DerivgenError, RecursionError) as error:
        fault = error.faults[0] if isinstance(error, DerivgenError) else Fault("limit", "it is nested too deeply")
        return Judgement("unparsable", wording.unread(fault, question.key))
    given = real_value(expr, Point({}, {}), REALS) if work(expr, {}) <= MOST_WORK else None
    if given is None:
        return Judgement("unparsable", wording.NO_NUMBERS)
    whole, tolerance = _wanted(question)
    place = entry_of(question)
    wanted = whole if place is None else {one: ((entry_at(rows, place),),) for one, rows in whole.items()}
    asked = LAYOUTS if question.layout == "both" else (question.layout,)
    for layout in (*asked, *LAYOUTS):
        if _close(given, wanted[layout], tolerance):
            is_asked = layout in asked or wanted["numerator"] == wanted["denominator"]
            verdict: Verdict = "correct" if is_asked else "other_layout"
            return Judgement(verdict, wording.RIGHT if is_asked else wording.OTHER_LAYOUT, layout=layout)
    for name, factor in SLIPS_OF_NUMBERS:
        if any(_close(given, times(factor, wanted[layout]), tolerance) for layout in asked):
            slip = said(SENTENCES[name])
            return Judgement("mistake", slip, name, hint=slip)
    fits = any(_size(given) == _size(wanted[layout]) for layout in asked)
    told = wording.NOT_THE_VALUE if fits else wording.other_size(_size(given))
    return Judgement("wrong", told, hint=told)


def entry_of(question: Stored) -> tuple[int, int] | None:
    """The row and the column of the one entry that is asked for; None where all are."""
    value = question.entry.get("value")
    match value.get("entry") if isinstance(value, dict) else None:
        case [int(row), int(column)]:
            return row, column
        case _:
            return None


def entry_at(rows: Sequence[Sequence[T]], place: tuple[int, int]) -> T:
    """The entry at a row and a column, counted from 1; of a vector, which has one place for it, in either layout."""
    row, column = place
    is_there = row <= len(rows) and column <= len(rows[0])
    return rows[row - 1][column - 1] if is_there else rows[column - 1][row - 1]


def _wanted(question: Stored) -> tuple[dict[LayoutName, Reading], float]:
    """The value in both layouts as the derivative has it, and how far an answer may be off."""
    value = question.entry.get("value")
    at = value.get("at") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(at, dict):
        raise DerivgenError(Fault("value", f"the key of {question.id} has no value"))
    arrays = {name: real_value(parse(str(numbers), Scope({})), Point({}, {}), REALS) for name, numbers in at.items()}
    point = _point(question, {name: array for name, array in arrays.items() if array is not None})
    found = {layout: real_value(question.key.results[layout], point, REALS) for layout in LAYOUTS}
    known = {layout: reading for layout, reading in found.items() if reading is not None}
    if len(known) < len(LAYOUTS):
        raise DerivgenError(Fault("value", f"the key of {question.id} has no value at its point"))
    return known, EXACT if value.get("exact") is True else ROUNDED


def _point(question: Stored, arrays: dict[str, Reading]) -> Point:
    sizes: dict[str, int] = {}
    for variable in (*question.key.problem.variables.values(), *question.key.request.wrt):
        array = arrays.get(variable.name)
        if array is None:
            continue
        for size, number in zip(variable.shape, (len(array), len(array[0])), strict=True):
            if size.names == (str(size),):
                sizes.setdefault(str(size), number)
    return real_point(Point({name: [list(row) for row in array] for name, array in arrays.items()}, sizes))


def _close(given: Reading, wanted: Reading, tolerance: float) -> bool:
    if _size(given) != _size(wanted):
        return False
    largest = max(abs(z) for row in wanted for z in row)
    pairs = (pair for rows in zip(given, wanted, strict=True) for pair in zip(*rows, strict=True))
    return all(abs(a - b) <= tolerance * largest for a, b in pairs)


def _size(a: Reading) -> tuple[int, int]:
    return len(a), len(a[0])
