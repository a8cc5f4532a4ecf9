"""What one student hands in, graded against a key: verdicts, points, and what the student is told.

This is what an autograder, a course platform and a notebook call; it needs nothing but the standard library.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Protocol, assert_never

from derivgen.answers import wording
from derivgen.answers.bounds import bound_of
from derivgen.answers.check import TOLERANCE, Judgement, judge
from derivgen.answers.form import form_broken
from derivgen.answers.kinds import judge_choice, judge_number, judge_shape, option_of
from derivgen.answers.lines import judge_derivation
from derivgen.answers.stored import Level, Record, Stored, StoredKey, read_key
from derivgen.answers.telling import in_language, together
from derivgen.answers.tolerant import reading
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr
from derivgen.record import record
from derivgen.syntax.parse import parse

# Share of the points where a key says nothing else; every other slip has none.
DEFAULT_CREDIT = {"other_layout": Fraction(1, 2), "other_form": Fraction(1, 2)}
BLANK = "blank"
LONGEST_ANSWER = 20_000
# Letters of an answer that is shown as it was read.
MOST_SEEN = 400


@record
class Grade:
    """The grade of one answer.

    `verdict` is one of those of answers, or `blank`: not tried, which no message explains. `told` is what the student
    is told, `message` all there is to say. `reading` is how the answer was read where it is not as typed,
    `lines` are the verdicts on the lines of a derivation.
    """

    question: Stored
    answer: str
    verdict: str
    share: Fraction
    message: str
    told: str
    mistake: str | None = None
    reading: str = ""
    form: str = ""
    lines: tuple[str, ...] = ()
    first_wrong_line: int | None = None
    judgement: Judgement | None = None

    @property
    def points(self) -> Fraction | None:
        """The points that the answer earns; None where the question has none."""
        return None if self.question.points is None else self.share * self.question.points


class Grading(Protocol):
    """What grades one answer."""

    def __call__(self, key: StoredKey, question: Stored, answer: str, *, tolerant: bool) -> Grade:
        """The grade of one answer to a question of a key."""


def grade_submission(
    key: StoredKey | Record,
    answers: Mapping[str, str],
    *,
    code: str | None = None,
    tolerant: bool = False,
    grading: Grading | None = None,
) -> dict[str, object]:
    """The grades of all questions of a sheet as a JSON object; `answers` holds texts by the ids of the questions.

    `grading` grades one answer, as `graded` does.
    Raises: DerivgenError if the key is none.
    """
    stored = key if isinstance(key, StoredKey) else read_key(key)
    questions = stored.on_sheet(code)
    known = {name: one for one in questions for name in reversed(names_of(one, questions))}
    given = {known[name].id: text for name, text in answers.items() if name in known}
    one_by_one = _surely(grading or graded)
    grades = [one_by_one(stored, one, given.get(one.id, ""), tolerant=tolerant) for one in questions]
    points = [grade.points for grade in grades]
    return {
        "homework": stored.title,
        "code": code,
        "points": _number(sum((one for one in points if one is not None), Fraction(0))),
        "of": _number(sum((one.points for one in questions if one.points is not None), Fraction(0))),
        "questions": [as_record(grade, stored.level) for grade in grades],
        "unknown": [name for name in answers if name not in known],
    }


def _surely(grading: Grading) -> Grading:
    """The same, which raises nothing: a fault of the key or of ours must not lose a student the other grades."""

    def grade(key: StoredKey, question: Stored, answer: str, *, tolerant: bool) -> Grade:
        try:
            return grading(key, question, answer, tolerant=tolerant)
        except DerivgenError as error:
            told = wording.not_judged(error.faults[0].message)
        except Exception as error:
            told = wording.not_judged(f"a bug of derivgen, {error!r}"[:1000])
        return not_judged(question, answer, in_language(told, key.language))

    return grade


def not_judged(question: Stored, answer: str, told: str) -> Grade:
    """The grade of an answer that cannot be read or worked out, and why."""
    return Grade(question, answer, "unparsable", Fraction(0), told, told)


def names_of(question: Stored, beside: tuple[Stored, ...]) -> tuple[str, ...]:
    """What a question may be called: its id, its number, and its exercise where that has no other question."""
    exercise, _, letter = question.id.rpartition(".")
    is_only = len({other.id for other in beside if other.id.rpartition(".")[0] == exercise}) == 1
    digits = question.number.rstrip(string.ascii_letters)
    letter = question.number.removeprefix(digits) or (letter if is_only else "")
    numbers = (f"{digits}{letter}", f"{digits}.{letter}", f"{digits}({letter})") if digits and letter else ()
    names = (question.id, question.number, exercise if is_only else "", *numbers)
    return tuple(dict.fromkeys(name for name in names if name))


def graded(key: StoredKey, question: Stored, answer: str, *, tolerant: bool = False) -> Grade:
    """The grade of one answer to a question of a key, told in its language."""
    found = _graded_in_english(key, question, answer, tolerant=tolerant)
    message, told = in_language(found.message, key.language), in_language(found.told, key.language)
    return replace(found, message=message, told=told, form=in_language(found.form, key.language))


def _graded_in_english(key: StoredKey, question: Stored, answer: str, *, tolerant: bool) -> Grade:
    if not answer.strip():
        return Grade(question, answer, BLANK, Fraction(0), wording.NO_ANSWER, wording.NO_ANSWER)
    if len(answer) > LONGEST_ANSWER:
        return not_judged(question, answer, wording.TOO_LONG)
    try:
        return _graded(key, question, answer, tolerant=tolerant)
    except ModuleNotFoundError as error:
        # Second derivatives of functions of which nothing is known need more digits than floats have.
        return not_judged(question, answer, wording.needs(error.name or "a package"))


def _graded(key: StoredKey, question: Stored, answer: str, *, tolerant: bool) -> Grade:
    read = _read(question, answer) if tolerant else answer
    lines = judge_derivation(question.key, read, question.layout) if question.kind == "derivation" else None
    judged = _judged(question, read) if lines is None else lines.overall
    form = ""
    if question.form is not None and judged.verdict in ("correct", "other_layout"):
        form = form_broken(read, question.form.forbidden, question.form.at_most)
    changed = read if read != answer else ""
    reached = Fraction(0) if lines is None else _rows(question, lines.reached)
    return Grade(
        question,
        answer,
        judged.verdict,
        max(_share(key.credit, question, judged, form), reached),
        _with(judged.message, changed, form),
        _with(told_at(judged, key.level), changed, form),
        judged.mistake,
        changed,
        form,
        () if lines is None else lines.verdicts,
        None if lines is None else lines.first_wrong_line,
        judged,
    )


def _judged(question: Stored, answer: str) -> Judgement:
    match question.kind:
        case "choice":
            return judge_choice(question, answer)
        case "shape":
            return judge_shape(question, answer)
        case "number":
            return judge_number(question, answer)
        case _:
            return judge(question.key, answer, question.layout)


def _read(question: Stored, answer: str) -> str:
    match question.kind:
        case "expression":
            return reading(answer, question.key.scope)
        case "derivation":
            return "\n".join(reading(line, question.key.scope) for line in answer.splitlines())
        case _:
            return answer


def seen_as(grade: Grade) -> Expr | str | None:
    """What was read of an answer: the option that was chosen, or the expression; None where it was not understood."""
    question, answer = grade.question, (grade.reading or grade.answer).strip()
    if question.kind == "choice":
        chosen = option_of(question, answer)
        answer = "" if chosen is None else chosen.text
    elif question.kind not in ("expression", "number") or grade.judgement is None or grade.verdict == "unparsable":
        return None
    if len(answer) > MOST_SEEN:
        return None
    try:
        return parse(answer, question.key.scope)
    except DerivgenError:
        return answer if question.kind == "choice" and answer else None


def _rows(question: Stored, reached: Fraction) -> Fraction:
    """The share of the rows of the rubric that the right lines reach, in whole rows."""
    return Fraction((reached * question.rows).__floor__(), question.rows) if question.rows else Fraction(0)


def _share(credit: Mapping[str, Fraction], question: Stored, judged: Judgement, form: str) -> Fraction:
    """The share of the points; what is right in part has the product of its shares."""
    worth = {**DEFAULT_CREDIT, **credit}
    match judged.verdict:
        case "correct":
            share = Fraction(1)
        case "other_layout":
            share = worth["other_layout"]
        case "mistake":
            share = worth.get(judged.mistake or "", Fraction(0))
            if judged.layout is not None and question.layout not in ("both", judged.layout):
                share *= worth["other_layout"]
        case "wrong" | "unparsable":
            share = Fraction(0)
        case _:
            assert_never(judged.verdict)
    return share * worth["other_form"] if form else share


def told_at(judged: Judgement, level: Level) -> str:
    """What a student is told of a verdict: the verdict alone, the mistake too, or all."""
    match level:
        case "full":
            return judged.message
        case "mistake":
            return judged.hint or judged.message
        case "verdict":
            return judged.message if judged.verdict == "unparsable" else wording.VERDICTS[judged.verdict]
    assert_never(level)


def _with(message: str, read: str, form: str) -> str:
    words = (wording.read_as(read) if read else "", message, form)
    return together(*words)


# For programs


def as_record(grade: Grade, level: Level = "full") -> dict[str, object]:
    """The grade as a JSON object, with as much as a student may know at a level."""
    question = grade.question
    record: dict[str, object] = {
        "question": question.id,
        "number": question.number,
        "verdict": grade.verdict,
        "mistake": None if level == "verdict" else grade.mistake,
        "share": _number(grade.share),
        "points": _number(grade.points),
        "of": _number(question.points),
        "message": grade.told if level != "full" else grade.message,
    }
    if grade.reading:
        record["reading"] = grade.reading
    if question.form is not None:
        record["form"] = {"met": not grade.form, "told": grade.form}
    if grade.lines:
        record |= {"line_verdicts": list(grade.lines), "first_wrong_line": grade.first_wrong_line}
    if level == "full" and grade.judgement is not None and question.kind == "expression":
        record |= facts_of(question, grade.judgement)
    return record


def facts_of(question: Stored, judged: Judgement) -> dict[str, object]:
    """The numbers behind a verdict: how sure `correct` is, or shapes, a point and the worst entry of a wrong one."""
    if judged.expr is None:
        return {}
    if judged.verdict in ("correct", "other_layout"):
        return {"bound": bound_of(question.key, judged.expr, tolerance=TOLERANCE).as_record()}
    return wording.differing(question.key, judged.expr, judged.shown)


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else round(float(value), 6)
