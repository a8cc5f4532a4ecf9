"""Answers of a class in CSV: a row for each student and part, or a row for each student with a column for each part."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.record import record
from derivgen.spec.homework.roster import EMAILS, IDS, NAMES, SIGNS
from derivgen.spec.values import nearest

CODES = ("code", "sheetcode", "sheet", "variant", "blattcode", "blatt")
QUESTIONS = ("question", "questionid", "item", "exercise", "task", "frage", "aufgabe")
PARTS = ("part", "subquestion", "teil", "teilaufgabe")
ANSWERS = ("answer", "response", "submission", "solution", "antwort")
LARGEST = 100_000_000
LONGEST_CELL = 10_000_000
HINT = "write a heading such as `student,question,answer`, or `student,quad.a,quad.b` with a column for each question"


@record
class HandedIn:
    """One answer in row `row`, the heading being row 1; `who` are all the names that the row has for a student."""

    row: int
    who: tuple[str, ...]
    code: str
    question: str
    answer: str


@record
class Columns:
    """Where a table has what: columns that name a student, best first, and in the wide form a column a question."""

    who: tuple[int, ...]
    code: int | None
    question: int | None
    part: int | None
    answer: int | None
    wide: tuple[tuple[int, str], ...]


def handed_in(path: Path, questions: Sequence[str]) -> tuple[HandedIn, ...]:
    """The answers of a table in its order; `questions` are the names that a column of the wide form may have.

    Raises: DerivgenError for a file that cannot be read, and for a heading that does not say what is what.
    """
    text = _text(path)
    with _long_cells():
        rows = list(_rows(text, str(path)))
    if not rows:
        raise _fault(str(path), 1, "this file is empty", HINT)
    heading, *others = rows
    columns = _columns(heading, questions, str(path))
    sign = _sign(text)
    numbered = ((number, cells) for number, cells in enumerate(others, 2) if any(cell.strip() for cell in cells))
    return tuple(one for number, cells in numbered for one in _answers(number, cells, columns, len(heading), sign))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _fault(str(path), 1, f"this file cannot be opened: {error.strerror}", "check the path") from None
    if len(data) > LARGEST:
        raise _fault(str(path), 1, "this file is too large", "at most 100 MB are read")
    code = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        raise _fault(str(path), 1, "this file is not UTF-8", "save it as CSV UTF-8") from None


@contextmanager
def _long_cells() -> Iterator[None]:
    """One long answer must not keep the table from being read."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _sign(text: str) -> str:
    heading = text.lstrip("\r\n").partition("\n")[0]
    return max(SIGNS, key=heading.count)


def _rows(text: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_sign(text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield cells
            number += 1
    except csv.Error as error:
        hint = 'put a cell with a quotation mark or a new line in it between quotation marks: "like ""this"""'
        raise _fault(file, number, f"row {number} is no CSV: {error}", hint) from None


def _columns(heading: Sequence[str], questions: Sequence[str], file: str) -> Columns:
    names = [re.sub(r"[\W_]", "", cell.casefold()) for cell in heading]

    def first(known: Sequence[str]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    who = [names.index(name) for name in (*IDS, *EMAILS, *NAMES) if name in names]
    asked = {name.casefold(): name for name in questions}
    wide = tuple(
        (k, asked[cell.strip().casefold()]) for k, cell in enumerate(heading) if cell.strip().casefold() in asked
    )
    part, question = first(PARTS), first(QUESTIONS)
    if question is None:
        question, part = part, None
    columns = Columns(tuple(dict.fromkeys(who)), first(CODES), question, part, first(ANSWERS), wide)
    if not columns.who and columns.code is None:
        raise _fault(file, 1, "no heading names a student or the code of a sheet", HINT)
    is_long = columns.question is not None and columns.answer is not None
    if not is_long and not wide:
        what = "question" if columns.question is None else "answer"
        raise _fault(file, 1, f"no heading is the {what}", HINT)
    if not is_long:
        used = {*columns.who, columns.code, question, part, columns.answer, *(k for k, _ in wide)}
        _refuse_slips(
            [cell for k, cell in enumerate(heading) if k not in used], asked, {name for _, name in wide}, file
        )
    return columns if not is_long else Columns(columns.who, columns.code, question, part, columns.answer, ())


def _refuse_slips(unknown: Sequence[str], asked: Mapping[str, str], found: Collection[str], file: str) -> None:
    """Refuse a heading that is nearly a question without a column: its answers would be taken for missing.

    Raises: DerivgenError for the first such heading.
    """
    lacking = [name for name in asked if asked[name] not in found]
    for cell in unknown:
        if near := nearest(cell.strip().casefold(), lacking, likeness=0.8):
            message = f"the heading {cell.strip()} is no question: did you mean {asked[near]}?"
            raise _fault(file, 1, message, f"write {asked[near]}, or leave the column out")


def _answers(row: int, cells: Sequence[str], columns: Columns, width: int, sign: str) -> Iterator[HandedIn]:
    def at(column: int | None) -> str:
        return cells[column] if column is not None and column < len(cells) else ""

    who = tuple(dict.fromkeys(name for k in columns.who if (name := " ".join(at(k).split()))))
    code = at(columns.code).strip()
    for k, question in columns.wide:
        yield HandedIn(row, who, code, question, at(k))
    if columns.wide:
        return
    answer = at(columns.answer)
    if columns.answer == width - 1 and len(cells) > width:
        # A comma that nobody put between quotation marks is part of the answer.
        answer = sign.join(cells[width - 1 :])
    question, part = at(columns.question).strip(), at(columns.part).strip()
    named = f"{question}.{part}" if part and not question.endswith(f".{part}") else question
    yield HandedIn(row, who, code, named, answer)


def _fault(file: str, row: int, message: str, hint: str) -> DerivgenError:
    return DerivgenError(Fault("answers", message, hint, Span(file, row, 1, 2, "")))
