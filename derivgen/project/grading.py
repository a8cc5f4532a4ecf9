"""`derivgen grade --key`: the answers of a class, or what one student hands in, against the key of a homework."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, assert_never

from derivgen.answers.folder import read_submission
from derivgen.answers.kinds import option_of
from derivgen.answers.results import as_text, gradescope
from derivgen.answers.stored import Stored, StoredKey, asked_by, parsed_key
from derivgen.answers.submission import BLANK, Grade, grade_submission, names_of, seen_as
from derivgen.answers.telling import visible
from derivgen.document.blocks import Text
from derivgen.document.feedback import Feedback, Graded, asked_for, feedback_page
from derivgen.errors import DerivgenError, Fault
from derivgen.homework.gradebook import Entry, GradeBook, Sheet, grade_book
from derivgen.homework.handedin import handed_in
from derivgen.homework.spreadsheet import csv_text
from derivgen.project import site
from derivgen.project.files import Folder
from derivgen.project.judging import graded_within
from derivgen.project.told import BUG, INPUT, InWords, Told
from derivgen.record import record
from derivgen.render.formats import render
from derivgen.render.plain import plain
from derivgen.spec.homework.roster import file_name

HEADING = ("student", "code", "question", "verdict", "mistake", "share", "points", "of", "message")
SUMS = ("student", "code", "points", "of")
MOST_TOLD = 50
SubmissionForm = Literal["text", "json", "gradescope"]


@record
class KeyOptions:
    """The key, and how answers are read; `output` is where grades go, beside the key where it is not named."""

    key: Path
    output: Path | None = None
    tolerant: bool = False
    code: str = ""


def graded_answers(options: KeyOptions, answers: Path) -> Iterator[Told]:
    """Grade a table of answers: grades.csv, points.csv and a page of feedback for each student."""
    key = _key(options.key)
    names = [name for one in key.questions for name in names_of(one, key.questions)]
    book = grade_book(key, handed_in(answers, names), tolerant=options.tolerant, grading=graded_within)
    folder = Folder(options.output or options.key.parent)
    folder.sweep()
    folder.write("grades.csv", csv_text([HEADING, *map(_row, _entries(book))]).encode())
    folder.write("points.csv", csv_text([SUMS, *map(_sum, book.sheets)]).encode())
    for name, data in _pages(key, book):
        folder.write(f"feedback/{name}", data)
    told = [*book.notes, *(visible(f"row {one.row}: not graded: {one.message}") for one in book.lost)]
    yield Told(messages=tuple(map(visible, told[:MOST_TOLD])))
    if len(told) > MOST_TOLD:
        yield Told(messages=(f"{len(told) - MOST_TOLD} more; all of them are in grades.csv",))
    status = BUG if any(one.is_bug for one in book.lost) else INPUT if book.lost else 0
    yield Told(_summary(book, folder.root), status=status)


def graded_submission(options: KeyOptions, path: Path, form: SubmissionForm) -> Told:
    """Grade what one student hands in, a folder or a file."""
    key = _key(options.key)
    handed = read_submission(path, [name for one in key.questions for name in names_of(one, key.questions)])
    code = options.code or handed.code or key.students.get(handed.student, "") or key.only_code or ""
    if not key.is_shared and code not in key.sheets:
        hint = "name the code that is printed on the sheet: --code 7F3A-2K"
        fault = Fault("answers", f"there is no sheet with the code {code}" if code else "the sheets differ", hint)
        return Told(messages=(InWords(fault),), status=INPUT)
    grades: dict[str, Any] = grade_submission(
        key, handed.answers, code=code or None, tolerant=options.tolerant, grading=graded_within
    )
    grades["notes"] = list(handed.notes)
    result = _in_form(grades, form, key.language)
    if options.output is not None:
        Folder(options.output).write("results.json" if form != "text" else "results.txt", f"{result}\n".encode())
    return Told(result)


def _in_form(grades: dict[str, Any], form: SubmissionForm, language: str) -> str:
    match form:
        case "text":
            return as_text(grades, language)
        case "json":
            return json.dumps(grades, ensure_ascii=False)
        case "gradescope":
            return json.dumps(gradescope(grades, language), ensure_ascii=False, indent=1)
    assert_never(form)


def _key(path: Path) -> StoredKey:
    try:
        return parsed_key(path.read_bytes(), str(path))
    except OSError as error:
        hint = "name the key.json that `derivgen homework build` wrote"
        raise DerivgenError(Fault("no-file", f"{path} cannot be opened: {error.strerror}", hint)) from None


# Tables


def _entries(book: GradeBook) -> Iterator[Entry]:
    for sheet in book.sheets:
        yield from sheet.entries
    listed = {id(entry) for sheet in book.sheets for entry in sheet.entries}
    yield from (entry for entry in book.lost if id(entry) not in listed)


def _row(entry: Entry) -> tuple[str, ...]:
    grade = entry.grade
    whose = (visible(entry.student), visible(entry.code), visible(entry.question))
    if grade is None:
        return (*whose, "", "", "", "", "", visible(f"row {entry.row}: not graded: {entry.message}"))
    message, points = grade.message, _points(grade.points)
    if entry.replaced_by:
        message, points = f"row {entry.replaced_by} counts instead. {message}", ""
    share, most = _points(grade.share), _points(grade.question.points)
    return (*whose, grade.verdict, grade.mistake or "", share, points, most, message)


def _sum(sheet: Sheet) -> tuple[str, ...]:
    return visible(sheet.student), visible(sheet.code), _points(sheet.points), _points(sheet.most)


def _points(points: Fraction | None) -> str:
    if points is None:
        return ""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.4f}".rstrip("0")


def _summary(book: GradeBook, folder: Path) -> str:
    counted = [one.grade for sheet in book.sheets for one in sheet.entries if one.grade is not None and one.counts]
    verdicts = Counter(grade.verdict for grade in counted)
    mistakes = Counter(grade.mistake for grade in counted if grade.mistake)
    answered = len(counted) - verdicts[BLANK]
    lines = [f"{answered} answers of {len(book.sheets)} students graded: {_listed(verdicts)}"]
    lines += [f"mistakes: {_listed(mistakes)}"] if mistakes else []
    return "\n".join([*lines, f"{folder}: grades.csv, points.csv, feedback/"])


def _listed(counts: Counter[str] | Counter[str | None]) -> str:
    return ", ".join(
        f"{count} {name}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], str(one[0])))
    )


# Pages


def _pages(key: StoredKey, book: GradeBook) -> Iterator[tuple[str, bytes]]:
    yield from site.assets(None).items()
    asking = _Asking()
    for sheet in book.sheets:
        name = file_name(sheet.name)
        page = feedback_page(_feedback(key, sheet, asking), name)
        yield f"{name}.html", render(page, "html").encode()
        yield f"{name}.txt", f"{plain(page)}\n".encode()


def _feedback(key: StoredKey, sheet: Sheet, asking: _Asking) -> Feedback:
    questions = tuple(_graded(entry, asking) for entry in sheet.entries)
    title = visible(key.title or key.name)
    whose = (visible(sheet.student), visible(sheet.code))
    return Feedback(title, key.language, *whose, sheet.points, sheet.most, questions)


def _graded(entry: Entry, asking: _Asking) -> Graded:
    grade = entry.grade
    if grade is None:
        return Graded("", entry.question, (), "", "", None, None, "")
    question = grade.question
    return Graded(
        question.number,
        question.id,
        asking.of(question),
        _in_lines(grade),
        grade.verdict,
        grade.points,
        question.points,
        visible(grade.told),
        question.layout,
        not entry.replaced_by,
        _seen_as(grade),
    )


class _Asking:
    """What questions ask for, in words; worked out once for all who have one."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Text] = {}

    def of(self, question: Stored) -> Text:
        name = question.variant, question.id
        if name not in self._known:
            is_shape = question.kind == "shape"
            self._known[name] = asked_for(*asked_by(question), question.layout, shape=is_shape)
        return self._known[name]


def _seen_as(grade: Grade) -> Text:
    """What was read of an answer, in front of an option its letter."""
    seen = seen_as(grade)
    if seen is None:
        return ()
    shown = visible(seen) if isinstance(seen, str) else seen
    # Only who was shown letters has chosen one: an expression may be an option of the question banks.
    chosen = option_of(grade.question, grade.answer) if grade.question.kind == "choice" else None
    return (shown,) if chosen is None else (f"{chosen.id.upper()}) ", shown)


def _in_lines(grade: Grade) -> str:
    return "\n".join(visible(line) for line in grade.answer.strip().splitlines())
