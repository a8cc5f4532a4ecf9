"""The pages of a class as they are made in several processes: parts that many sheets share, then each sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from derivgen.document.blocks import Block, Document
from derivgen.document.classsheets import Owner, introduction, solution_page, student_page
from derivgen.document.marking import with_legend
from derivgen.document.sheet import exercise, hints_head, hints_of, worked
from derivgen.document.wording.telling import told_document
from derivgen.document.worksheet import Task, Worksheet
from derivgen.homework.draws import Variant
from derivgen.homework.key import questions_of
from derivgen.project.classpapers import (
    Draft,
    Paper,
    Sheets,
    Shelf,
    Solved,
    SolvedAloud,
    Style,
    by_latex,
    by_typst,
    solved_aloud,
    typst_pdf,
)
from derivgen.project.files import Folder
from derivgen.record import record
from derivgen.render.formats import FormatName, Piece, render_piece
from derivgen.render.json import Object

# The PDF that screen readers can walk, where the other one comes from LaTeX.
TAGGED = "accessible.pdf"

Pieces = dict[FormatName, Piece]


@record
class Parts:
    """An exercise as it stands in sheets, its hints, and its solution, each in all formats; its part of the key."""

    asked: Pieces
    hints: Pieces
    solution: Pieces
    questions: list[Object]


@record
class Copy:
    """One sheet to be made: where its files go, whose it is, and the parts of its exercises."""

    name: str
    owner: Owner
    sheet: Worksheet
    parts: tuple[Parts, ...]


@record
class Chunk:
    """Sheets that are made together, with the solutions of the exercises of each by LaTeX, by Typst, or by both.

    Whoever makes them writes them into `folder`; `scratch` is for what is needed only while the class is made.
    """

    copies: tuple[Copy, ...]
    solved: tuple[tuple[Solved, ...], ...]
    aloud: tuple[tuple[SolvedAloud, ...], ...]
    style: Style
    paper: Paper | None
    folder: Folder
    scratch: Path


@record
class Made:
    """The files that were written of a chunk as a shelf names them, its sheets on paper, and what to say of them."""

    files: dict[str, str]
    sheets: Sheets = ()
    messages: tuple[str, ...] = ()


def parts_of(drawn: tuple[Variant, Task], *, language: str, style: Style) -> Parts:
    """The parts of one exercise."""
    variant, task = drawn
    # Pages of solutions are put together on paper: each exercise says by itself what its marks mean.
    solved, hints = with_legend(worked(task), "steps-"), hints_of(task)
    return Parts(
        _pieces(exercise(task), language, style),
        _pieces(hints, language, style),
        _pieces(solved, language, style),
        questions_of(variant, task, style.notation, language),
    )


def made_of(chunk: Chunk) -> Made:
    """Some sheets and their solutions, written into the folder of the class.

    Raises: DerivgenError for a page that cannot be set.
    """
    style, shelf = chunk.style, Shelf(chunk.folder, chunk.scratch)
    sheets, solutions = _drafts(chunk)
    for draft in (*sheets, *solutions):
        for name, text in draft.texts.items():
            if name in style.files:
                shelf.put(f"{draft.document.slug}.{name}", text.encode())
    on_paper: Sheets = ()
    messages: tuple[str, ...] = ()
    aloud = [*zip(solutions, chunk.aloud, strict=True)]
    match chunk.paper:
        case Paper(format="typ"):
            on_paper, messages = by_typst(sheets, aloud, style, shelf)
        case Paper() as paper:
            pairs = [*zip(solutions, chunk.solved, strict=True)]
            on_paper, messages = by_latex(sheets, pairs, paper, style, shelf)
            if style.has_twins:
                _twins(sheets, aloud, shelf)
    return Made(shelf.files, on_paper, messages)


def _twins(sheets: Sequence[Draft], solutions: Sequence[tuple[Draft, tuple[SolvedAloud, ...]]], shelf: Shelf) -> None:
    """Put the same there for screen readers."""
    for draft in sheets:
        typst_pdf(draft, shelf, [], TAGGED)
    solved_aloud(solutions, shelf, [], TAGGED)


def _drafts(chunk: Chunk) -> tuple[list[Draft], list[Draft]]:
    """The texts of sheets and of their solutions."""
    style = chunk.style
    sheets, solutions = [], []
    heads: dict[tuple[int, Fraction | None], Pieces] = {}
    hints_above = _pieces(hints_head(), chunk.copies[0].sheet.language, style)
    for copy in chunk.copies:
        sheet = student_page(copy.sheet, copy.owner, f"students/{copy.name}")
        size = len(copy.sheet.tasks), copy.sheet.points
        if size not in heads:
            heads[size] = _pieces(introduction(copy.sheet), copy.sheet.language, style)
        sheets.append(style.draft(sheet, _of_student(copy, style, heads[size], hints_above)))
        solved = {name: [part.solution[name] for part in copy.parts] for name in style.formats}
        solution = solution_page(copy.sheet, copy.owner, f"solutions/{copy.name}")
        solutions.append(style.draft(solution, solved))
    return sheets, solutions


def _of_student(copy: Copy, style: Style, head: Pieces, hints_above: Pieces) -> Mapping[FormatName, Sequence[Piece]]:
    """The introduction, the exercises, and after them the hints."""
    found: dict[FormatName, Sequence[Piece]] = {}
    above = hints_above if any(part.hints for part in copy.parts) else {}
    for name in style.formats:
        hints = [part.hints[name] for part in copy.parts if part.hints]
        found[name] = [
            head[name],
            *(part.asked[name] for part in copy.parts),
            *([above[name]] if above else []),
            *hints,
        ]
    return found


def _pieces(blocks: tuple[Block, ...], language: str, style: Style) -> Pieces:
    if not blocks:
        return {}
    told = told_document(Document((), "", language, "", blocks)).blocks
    return {
        name: render_piece(told, name, language=language, notation=style.notation, templates=style.templates)
        for name in style.formats
    }
