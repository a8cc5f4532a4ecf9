"""The documents of a class whose students have sheets of their own: what stands around exercises that are shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derivgen.document.blocks import (
    Blanks,
    Block,
    CodeSpan,
    Document,
    Heading,
    Paragraph,
    Table,
    Text,
)
from derivgen.document.marking import legend
from derivgen.document.sheet import answer_in_short, answers_in_short, for_later, size, titled, worked
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import joined, said, told_document
from derivgen.document.worksheet import Task, Worksheet

# A heading holds so many ids of students, a table so many variants.
SHORT, ROWS = 4, 12


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose sheet it is: its code, and what the class list says of the student; nothing where there is none."""

    code: str
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Variety:
    """A variant of an exercise: its name, its parameters as typed, and how many sheets have it."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    task: Task
    sheets: int


def student_page(sheet: Worksheet, owner: Owner, slug: str) -> Document:
    """The page of a student up to its introduction."""
    return told_document(Document(sheet.title, slug, sheet.language, SHEET.about, _whose(owner)))


def introduction(sheet: Worksheet) -> tuple[Block, ...]:
    """What all sheets have above their first exercise."""
    return (*sheet.introduction, size(sheet))


def solution_page(sheet: Worksheet, owner: Owner, slug: str, marks: tuple[Block, ...] = ()) -> Document:
    """The page with solutions for a student up to its first exercise: a table of the answers in short."""
    made = (for_later(sheet), *_whose(owner), answers_in_short(sheet), *marks)
    title = titled(sheet, SHEET.solutions)
    return told_document(Document(title, slug, sheet.language, SHEET.about_solutions, made))


def key_page(sheets: Sequence[tuple[Worksheet, tuple[Owner, ...]]], slug: str) -> Document:
    """The short key of a class: for each code the answers, in the order of the codes."""
    first = sheets[0][0]
    blocks: list[Block] = [Paragraph((), SHEET.not_for_students)]
    for sheet, owners in sheets:
        ids = [owner.id for owner in owners if owner.id]
        code = said("Sheet {code}", code=owners[0].code)
        short = len(ids) <= SHORT
        blocks.append(Heading(2, (*code, *(joined(["", *ids], " · ") if short else ())), f"sheet-{owners[0].code}"))
        if not short:
            blocks.append(Paragraph(said("For {students}.", students=", ".join(ids))))
        blocks.append(answers_in_short(sheet))
    made = tuple(blocks)
    return told_document(Document(titled(first, SHEET.key), slug, first.language, SHEET.about_key, made))


def instructor_page(sheet: Worksheet, exercises: Sequence[Sequence[Variety]], slug: str) -> Document:
    """The instructor's copy: for each exercise its variants with their answers, then the first of them worked out."""
    blocks: list[Block] = [Paragraph((), SHEET.not_for_students)]
    for varieties in exercises:
        made = worked(varieties[0].task)
        # No page parts a table.
        tables = (_varieties(varieties[start : start + ROWS]) for start in range(0, len(varieties), ROWS))
        blocks += [made[0], *tables, *made[1:]]
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
    return Table(((SHEET.variant,), (SHEET.answers,)), tuple((_given(one), _answers(one.task)) for one in varieties))


def _given(one: Variety) -> Text:
    given = ", ".join(f"{name} = {value}" for name, value in one.parameters)
    count = said("1 sheet") if one.sheets == 1 else said("{number} sheets", number=str(one.sheets))
    return (CodeSpan(one.name), f": {given} (" if given else " (", *count, ")")


def _answers(task: Task) -> Text:
    each = [((f"{task.label(part)}: ", *answer_in_short(part))) for part in task.parts]
    return joined(each, "; ")
