"""The documents of a class whose students have sheets of their own: what stands around exercises that are shared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from derivgen.document.blocks import (
    Blanks,
    Block,
    CodeSpan,
    Document,
    Heading,
    Link,
    Paragraph,
    Table,
    Text,
)
from derivgen.document.marking import legend
from derivgen.document.sheet import answer_in_short, answers_in_short, for_later, size, titled, worked
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import joined, said, told_document
from derivgen.document.worksheet import Task, Worksheet
from derivgen.record import record

# A heading holds so many students, a table so many variants, so many students, or so many answers where the table does
# not have a page to itself.
SHORT, ROWS, NAMES, BESIDE = 4, 12, 24, 16


@record
class Owner:
    """Whose sheet it is: its code, and what the class list says of the student; nothing where there is none."""

    code: str
    id: str = ""
    name: str = ""

    @property
    def who(self) -> str:
        """The student by name, with the id after it."""
        return f"{self.name} ({self.id})" if self.name and self.id not in ("", self.name) else self.name or self.id

    @property
    def place(self) -> tuple[str, ...]:
        """What lists by name are sorted by: letters with their accents where the bare ones are."""
        bare = "".join(c for c in unicodedata.normalize("NFKD", self.name or self.id) if not unicodedata.combining(c))
        return bare.casefold(), self.name, self.id


@record
class Variety:
    """A variant of an exercise: its name, its parameters as typed, and whose sheets have it."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    task: Task
    owners: tuple[Owner, ...]


def student_page(sheet: Worksheet, owner: Owner, slug: str) -> Document:
    """The page of a student up to its introduction."""
    return told_document(Document(sheet.title, slug, sheet.language, SHEET.about, _whose(owner)))


def introduction(sheet: Worksheet) -> tuple[Block, ...]:
    """What all sheets have above their first exercise."""
    return (*sheet.introduction, size(sheet))


def solution_page(sheet: Worksheet, owner: Owner, slug: str) -> Document:
    """The page with solutions for a student up to its first exercise: a table of the answers in short."""
    made = (for_later(sheet), *_whose(owner), *answers_in_short(sheet))
    title = titled(sheet, SHEET.solutions)
    return told_document(Document(title, slug, sheet.language, SHEET.about_solutions, made))


def key_page(sheets: Sequence[tuple[Worksheet, tuple[Owner, ...]]], slug: str) -> Document:
    """The short key of a class: who has which sheet, then for each sheet the answers, both by name."""
    first = sheets[0][0]
    blocks: list[Block] = [Paragraph((), SHEET.not_for_students)]
    if len(sheets) > 1:
        blocks += _directory([owner for _, owners in sheets for owner in owners if owner.who])
    for sheet, owners in sorted(sheets, key=lambda pair: min(owner.place for owner in pair[1])):
        students = [owner.who for owner in sorted(owners, key=lambda owner: owner.place) if owner.who]
        code = said("Sheet {code}", code=owners[0].code)
        short = len(students) <= SHORT
        words = (*code, *(joined(["", *students], " · ") if short else ()))
        blocks.append(Heading(2, words, _anchor(owners[0])))
        if not short:
            blocks.append(Paragraph(said("For {students}.", students=", ".join(students))))
        blocks += answers_in_short(sheet, BESIDE)
    made = tuple(blocks)
    return told_document(Document(titled(first, SHEET.key), slug, first.language, SHEET.about_key, made))


def _anchor(owner: Owner) -> str:
    return f"sheet-{owner.code}"


def _directory(owners: Sequence[Owner]) -> Iterator[Block]:
    """The students by name, each with the code of the sheet, which leads to its answers."""
    if not owners:
        return
    yield Heading(2, (SHEET.students,), "students")
    rows = [
        ((one.name or one.id,), (one.id,), (Link((one.code,), f"#{_anchor(one)}"),))
        for one in sorted(owners, key=lambda one: one.place)
    ]
    heads: tuple[Text, ...] = ((SHEET.name,), (SHEET.number,), (SHEET.sheet,))
    # No page parts a table.
    for start in range(0, len(rows), NAMES):
        yield Table(heads, tuple(rows[start : start + NAMES]), row_heads=True)


def instructor_page(sheet: Worksheet, exercises: Sequence[Sequence[Variety]], slug: str) -> Document:
    """The instructor's copy: for each exercise its variants with their answers, then the first of them worked out."""
    blocks: list[Block] = [Paragraph((), SHEET.not_for_students)]
    for varieties in exercises:
        made = worked(varieties[0].task)
        tables = (_varieties(varieties[start : start + ROWS]) for start in range(0, len(varieties), ROWS))
        blocks += [made[0], *tables, *_worked_out(varieties), *made[1:]]
    marked = (*blocks[:1], *legend(blocks), *blocks[1:])
    title = titled(sheet, SHEET.instructor)
    return told_document(Document(title, slug, sheet.language, SHEET.about_instructor, marked))


def _whose(owner: Owner) -> tuple[Block, ...]:
    """Lines for what is not known of the student, and what is known."""
    known = []
    if owner.name:
        known.append(said("Name: {name}", name=owner.name))
    if owner.id and owner.id != owner.name:
        known.append(said("Student number: {number}", number=owner.id))
    if owner.code:
        known.append(said("Sheet {code}", code=owner.code))
    open_ones = (*(() if owner.name else (SHEET.name,)), *(() if owner.id else (SHEET.number,)))
    told_of = Paragraph((*joined(known, ". "), "."))
    return (*((Blanks(open_ones),) if open_ones else ()), *((told_of,) if known else ()))


def _varieties(varieties: Sequence[Variety]) -> Table:
    """Each variant with its parameters and the answers to its questions."""
    heads: tuple[Text, ...] = ((SHEET.variant,), (SHEET.answers,), (SHEET.students,))
    rows = tuple((_given(one), _answers(one.task), _whom(one.owners)) for one in varieties)
    return Table(heads, rows, widths=(28, 46, 26))


def _worked_out(varieties: Sequence[Variety]) -> tuple[Block, ...]:
    """Which of several variants is worked out, and whose it is."""
    if len(varieties) == 1:
        return ()
    return (Paragraph((*_given(varieties[0]), ", ", *_whom(varieties[0].owners)), SHEET.worked_out),)


def _given(one: Variety) -> Text:
    """The values of the parameters, which people can read, before the end of the name that programs use."""
    given = ", ".join(f"{name} = {value.replace('-', '−')}" for name, value in one.parameters)
    return (f"{given} · " if given else "", CodeSpan(one.name.partition("~")[2] or one.name))


def _whom(owners: Sequence[Owner]) -> Text:
    """Who has a variant: a few by name, many by their number."""
    students = [owner.who for owner in sorted(owners, key=lambda owner: owner.place) if owner.who]
    if students and len(students) <= SHORT:
        return (", ".join(students),)
    return said("1 sheet") if len(owners) == 1 else said("{number} sheets", number=str(len(owners)))


def _answers(task: Task) -> Text:
    each = [((f"{task.label(part)}: ", *answer_in_short(part))) for part in task.parts]
    return joined(each, "; ")
