"""The answers of a class graded against a key: who handed in what, with every row of the table accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from derivgen.answers.stored import Stored, StoredKey
from derivgen.answers.submission import Grade, Grading, graded, names_of
from derivgen.errors import DerivgenError
from derivgen.homework.handedin import HandedIn
from derivgen.record import record

# Letters of codes that are taken for each other.
_ALIKE = str.maketrans("OIL", "011")


@record
class Entry:
    """One line of the grade book: a grade and the row it comes from, or why there is none.

    `row` is 0 for a question that a student left out; `replaced_by` is the later row that counts instead.
    """

    student: str
    code: str
    question: str
    row: int = 0
    grade: Grade | None = None
    message: str = ""
    replaced_by: int = 0
    is_bug: bool = False

    @property
    def counts(self) -> bool:
        """Whether its points count."""
        return self.grade is not None and not self.replaced_by


@record
class Sheet:
    """One student's sheet with its grades; `name` tells it from every other."""

    student: str
    code: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """The student, or the code where nobody is named."""
        return self.student or self.code

    @property
    def points(self) -> Fraction:
        """The points that count."""
        return sum((e.grade.points or Fraction(0) for e in self.entries if e.grade and e.counts), Fraction(0))

    @property
    def most(self) -> Fraction:
        """The points that can be had."""
        return sum((e.grade.question.points or Fraction(0) for e in self.entries if e.grade and e.counts), Fraction(0))


@record
class GradeBook:
    """All sheets, the rows that could not be graded, and what a person should look at."""

    sheets: tuple[Sheet, ...]
    lost: tuple[Entry, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Desk:
    """Gathers what each student has handed in."""

    key: StoredKey
    tolerant: bool
    grading: Grading
    given: dict[tuple[str, str], list[tuple[Stored, HandedIn]]] = field(default_factory=dict)
    lost: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: dict[tuple[str, str, str], Grade] = field(default_factory=dict)

    def take(self, one: HandedIn) -> None:
        """Put an answer to the student's others, or to those that cannot be graded."""
        student, code, problem = self._whose(one)
        question = None if problem else self._question(one.question, code)
        if not problem and question is None:
            has = ", ".join(question.id for question in self.key.on_sheet(code or None))
            problem = f"there is no question {one.question or '(empty)'} on this sheet, which has {has}"
        if question is None:
            name = one.who[0] if one.who else ""
            self.lost.append(Entry(student or name, code or one.code, one.question, one.row, message=problem))
            return
        self.given.setdefault((student, code), []).append((question, one))

    def _whose(self, one: HandedIn) -> tuple[str, str, str]:
        """Student, code, and what is wrong where they cannot be told."""
        codes = {_plain(code): code for code in self.key.sheets}
        code = codes.get(_plain(one.code), "") if one.code else ""
        if one.code and codes and not code:
            return "", "", f"there is no sheet with the code {one.code}"
        student = self._student(one.who)
        own = self.key.students.get(student, "")
        if student and own:
            if code and code != own:
                self.notes.append(
                    f"row {one.row}: {student} has the sheet {own}; graded by the code that stands here, {code}"
                )
            return student, code or own, ""
        if not one.who and not code:
            return "", "", "neither a student nor a code stands here"
        if not code and not self.key.is_shared:
            return "", "", f"there is no student {one.who[0]} in this key, and no code stands here"
        if one.who and self.key.students:
            by = "the code" if code else "the one sheet that there is"
            self.notes.append(f"row {one.row}: there is no student {one.who[0]} in this key; graded by {by}")
        return (one.who[0] if one.who else ""), code or self.key.only_code or "", ""

    def _student(self, who: Sequence[str]) -> str:
        """The student of the key that the row names; the case of letters does not count."""
        students = {name.casefold(): name for name in self.key.students}
        return next((students[name.casefold()] for name in who if name.casefold() in students), "")

    def _question(self, name: str, code: str) -> Stored | None:
        on_sheet = self.key.on_sheet(code or None)
        names = {called.casefold(): one for one in on_sheet for called in reversed(names_of(one, on_sheet))}
        return names.get(name.casefold())

    def grade(self, question: Stored, answer: str) -> Grade:
        """The grade of an answer; one that several gave is judged once."""
        name = (question.variant, question.id, answer)
        if name not in self.known:
            self.known[name] = self.grading(self.key, question, answer, tolerant=self.tolerant)
        return self.known[name]

    def sheets(self) -> Iterator[Sheet]:
        """Everybody's sheet: students of the key in its order, then others as they came."""
        listed = [(student, code) for student, code in self.key.students.items()]
        for student, code in dict.fromkeys([*listed, *self.given]):
            has_other = (student, code) not in self.given and any(one[0] == student for one in self.given)
            if not has_other:
                yield Sheet(student, code, tuple(self._entries(student, code)))

    def _entries(self, student: str, code: str) -> Iterator[Entry]:
        own = self.given.get((student, code), [])
        for question in self.key.on_sheet(code or None):
            several = [one for asked, one in own if asked.id == question.id]
            tried = [one for one in several if one.answer.strip()]
            last = (tried or several)[-1] if several else None
            if last is None:
                yield self._entry(question, Entry(student, code, question.id), "")
            for one in several:
                later = 0 if last is None or one is last else last.row
                if later:
                    who = student or code
                    self.notes.append(f"row {one.row}: {who} answers {question.id} twice; row {later} counts")
                yield self._entry(question, Entry(student, code, question.id, one.row, replaced_by=later), one.answer)

    def _entry(self, question: Stored, entry: Entry, answer: str) -> Entry:
        """The entry with its grade, or with why there is none: one answer must not lose the others theirs."""
        try:
            return replace(entry, grade=self.grade(question, answer))
        except DerivgenError as error:
            made = replace(entry, message=error.faults[0].message)
        except Exception as error:
            made = replace(entry, message=f"this is a bug of derivgen, please report it: {error!r}"[:1000], is_bug=True)
        self.lost.append(made)
        return made


def grade_book(
    key: StoredKey, answers: Sequence[HandedIn], *, tolerant: bool = False, grading: Grading = graded
) -> GradeBook:
    """The grades of everybody: of students that the key lists also where they handed in nothing."""
    desk = _Desk(key, tolerant, grading)
    for one in answers:
        desk.take(one)
    sheets = tuple(desk.sheets())
    return GradeBook(sheets, tuple(desk.lost), tuple(desk.notes))


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(_ALIKE)
