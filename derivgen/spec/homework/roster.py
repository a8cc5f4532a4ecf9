"""A class list in CSV, as Canvas, Moodle, Gradescope and spreadsheets export it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import dropwhile
from pathlib import Path

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.record import record
from derivgen.spec.devices import is_device
from derivgen.spec.files import read_bytes
from derivgen.spec.source import decoded
from derivgen.spec.values import nearest

# Headings without blanks and signs, in small letters. What stands first is taken where several columns are filled:
# an id that the university gives before one that a platform gives.
IDS = (
    "studentid", "studentnumber", "sisuserid", "sisid", "idnumber", "idnummer", "orgdefinedid", "sid",
    "matriculation", "matriculationnumber", "matrikelnummer", "id", "userid", "username", "anmeldename", "sisloginid",
    "loginid", "login",
)  # fmt: skip
EMAILS = ("email", "emailaddress", "mail", "emailadresse")
NAMES = ("name", "student", "studentname", "fullname", "vollständigername", "displayname")
FIRST = ("firstname", "vorname", "givenname", "forename")
LAST = ("lastname", "surname", "nachname", "familyname")
SIGNS = (",", ";", "\t")
MOST_TOLD = 20
LONGEST = 200
# Rows that Canvas writes beside those of students.
NO_STUDENTS = ("points possible", "student, test", "test student")


@record
class Student:
    """One student: `id` draws the sheet and is how a grader calls it; the name may be empty."""

    id: str
    name: str = ""
    email: str = ""


def roster_of(path: Path) -> tuple[Student, ...]:
    """The students of a class list, in its order.

    Raises: DerivgenError with every row that is wrong, for a file that cannot be read, and for one without a
    heading that names an id, an email or a name.
    """
    return parsed(_text(path), str(path))


def parsed(text: str, file: str) -> tuple[Student, ...]:
    """The students of a class list that is given as text.

    Raises: DerivgenError as `roster_of` does.
    """
    lines = re.split(r"\r\n|\r|\n", text)
    rows = list(_rows(text, file, lines))
    columns = _columns(rows[0][1] if rows else [], _span(file, lines, 1))
    entries = [(number, _entry(columns, cells)) for number, cells in rows[1:] if any(cell.strip() for cell in cells)]
    # Above the students Canvas writes what the columns are worth.
    people = [one for one in dropwhile(lambda one: not any(one[1].values()), entries) if not _is_no_student(one[1])]
    chosen = _identity(people)
    if not people:
        hint = "write a line for each student below the heading"
        raise DerivgenError(Fault("roster", "there is no student in this list", hint, _span(file, lines, 1)))
    students, faults = _students(people, chosen, lambda row: _span(file, lines, row))
    faults += _too_long(rows[1:], len(columns), lambda row: _span(file, lines, row))
    if faults:
        raise DerivgenError(*faults[:MOST_TOLD])
    return students


def _students(
    people: Sequence[tuple[int, Mapping[str, str]]], chosen: str, place: Callable[[int], Span]
) -> tuple[tuple[Student, ...], list[Fault]]:
    """The students of the rows, and what is wrong with the rows."""
    students: list[Student] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row, entry in people:
        student = Student(entry.get(chosen, ""), _name(entry), entry.get("email", ""))
        wrong = _wrong(student, chosen, seen, row)
        if wrong is not None:
            faults.append(Fault("roster", *wrong, place(row)))
            continue
        seen[student.id.casefold()] = row
        students.append(student)
    return tuple(students), faults


def _too_long(rows: Sequence[tuple[int, Sequence[str]]], columns: int, place: Callable[[int], Span]) -> Iterator[Fault]:
    """Rows that have something beyond the last column: a comma in a name, most often, which would be cut off."""
    hint = 'a cell with the sign between columns in it is written in quotation marks: "Rossi, Carl"'
    for row, cells in rows:
        if any(cells[columns:]):
            message = f"row {row} has {len(cells)} cells, and the heading has {columns}"
            yield Fault("roster", message, hint, place(row))


def file_name(identity: str) -> str:
    """A file name for an id, another one for each id: letters, digits, `-` and inner `.` stay, `_XX_` is code XX.

    Ids that differ in more than their letters' case have names that differ so too.
    """
    kept = re.compile(r"[A-Za-z0-9-]|(?<!^)\.(?!$)")
    made = "".join(
        sign if kept.match(identity, place) else "__" if sign == "_" else f"_{ord(sign):x}_"
        for place, sign in enumerate(identity)
    )
    if is_device(made):
        made = f"_{ord(made[0]):x}_{made[1:]}"
    return made


def _text(path: Path) -> str:
    data = read_bytes(path)
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        if data.startswith(mark):  # A spreadsheet's "Unicode text".
            try:
                return data.decode("utf-16")
            except UnicodeDecodeError:
                break
    return decoded(data, str(path))


def _rows(text: str, file: str, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line that each begins on."""
    heading = lines[0] if lines else ""
    sign = max(SIGNS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [_clean(cell) for cell in cells]
            number = reader.line_num + 1
    except csv.Error as error:
        hint = 'a cell with a quotation mark in it is written "like ""this"""'
        raise DerivgenError(Fault("roster", f"this row is no CSV: {error}", hint, _span(file, lines, number))) from None


def _clean(cell: str) -> str:
    """A cell in composed letters, on one line, without the sign that spreadsheets put before text."""
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs") and sign != "\ufeff")


def _columns(heading: Sequence[str], place: Span) -> tuple[str, ...]:
    """What each column holds: `id:RANK`, `email`, `name`, `first`, `last`, or nothing."""
    columns = tuple(_meaning(re.sub(r"[\W_]", "", cell.casefold())) for cell in heading)
    if not any(columns):
        hint = "begin the file with a line such as `id,name,email`"
        raise DerivgenError(Fault("roster", "no heading is an id, an email or a name", hint, place))
    for cell in heading:
        if meant := _mistyped(cell, columns):
            hint = f"write {meant}, or leave the column out"
            raise DerivgenError(Fault("roster", f"the heading {cell} is not known: did you mean {meant}?", hint, place))
    return columns


def _mistyped(cell: str, columns: Sequence[str]) -> str:
    """What a heading with a slip in it was to be, where no other column is that; nothing for all other headings."""
    bare = re.sub(r"[\W_]", "", cell.casefold())
    if not bare or _meaning(bare):
        return ""
    lacking = [*(["email"] if "email" not in columns else []), *(["name"] if not {"name", "last"} & {*columns} else [])]
    return nearest(bare, lacking, likeness=0.8)


def _meaning(heading: str) -> str:
    if heading in IDS:
        return f"id:{IDS.index(heading):02}"
    kinds = {"email": EMAILS, "name": NAMES, "first": FIRST, "last": LAST}
    return next((kind for kind, headings in kinds.items() if heading in headings), "")


def _entry(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by their meaning; of two columns that mean the same the first that is filled."""
    entry: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and not entry.get(column):
            entry[column] = cell
    return entry


def _is_no_student(entry: Mapping[str, str]) -> bool:
    return _name(entry).casefold() in NO_STUDENTS and not entry.get("email")


def _identity(people: Sequence[tuple[int, Mapping[str, str]]]) -> str:
    """The column that tells students apart: the best id that is filled for somebody, else emails, else names."""
    filled = {key for _, entry in people for key, value in entry.items() if value}
    ids = sorted(key for key in filled if key.startswith("id:"))
    return ids[0] if ids else "email" if "email" in filled else "name"


def _name(entry: Mapping[str, str]) -> str:
    return entry.get("name") or " ".join(part for key in ("first", "last") if (part := entry.get(key, "")))


def _wrong(student: Student, column: str, seen: Mapping[str, int], row: int) -> tuple[str, str] | None:
    """What is wrong with the id of a student, and how to mend it."""
    what = "id" if column.startswith("id:") else column
    if not student.id:
        who = f" of {student.name}" if student.name and column != "name" else ""
        return f"row {row}: the {what}{who} is empty", f"give every student one {what} of their own"
    if len(student.id) > LONGEST:
        return f"row {row}: the {what} has {len(student.id)} characters", f"at most {LONGEST} are allowed"
    if (first := seen.get(student.id.casefold())) is not None:
        hint = f"row {first} has it too, and sheets and files are told apart by it; the case of letters does not count"
        return f"row {row}: the {what} {student.id} stands here twice", hint
    return None


def _span(file: str, lines: Sequence[str], number: int) -> Span:
    source = lines[number - 1] if number <= len(lines) else ""
    return Span(file, number, 1, max(2, len(source) + 1), source)
