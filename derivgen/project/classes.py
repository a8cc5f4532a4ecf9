"""A sheet for each student of a class, with the key, the solutions and the instructor's copy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from derivgen.document.blocks import Document
from derivgen.document.classsheets import Owner, Variety, instructor_page, key_page
from derivgen.document.worksheet import Task, Worksheet
from derivgen.homework.drawing import Composition
from derivgen.homework.draws import Variant
from derivgen.homework.key import key_json
from derivgen.homework.spreadsheet import csv_text
from derivgen.printing.notation import Notation
from derivgen.project import site
from derivgen.project.beside import Beside, key_task, made_beside, page_tasks, solution_task
from derivgen.project.classpapers import Exercise, Paper, Solved, SolvedAloud, Style, latex_paper, title_of
from derivgen.project.copies import TAGGED, Chunk, Copy, Made, made_of, parts_of
from derivgen.project.files import Folder
from derivgen.project.tasks import Look
from derivgen.project.tasks import Task as Page
from derivgen.project.told import Told
from derivgen.project.workers import in_order
from derivgen.record import record
from derivgen.render.formats import FormatName
from derivgen.spec.homework.roster import Student, file_name
from derivgen.spec.homework.sheet import Sheet

# From how many sheets on so many are made together: many share the start of LaTeX, few keep all processes busy. It does
# not depend on the number of processes, since the fonts of a PDF do on those that it is set with.
TOGETHER = ((1500, 250), (400, 100), (0, 50))
# Solutions of one run share their fonts in every PDF that is put together of them. Typst keeps all that it has set in
# memory: 50 solutions are 280 MB.
RUNS: dict[FormatName, int] = {"tex": 300, "typ": 50}
T = TypeVar("T")

KINDS = ("students", "solutions")
ENDINGS = ("html", "pdf", "tex")
PAGES = ("key", "instructor")


@record
class Handed:
    """A sheet that somebody gets: its composition, its worksheet, and whose it is; nobody's where there is no list."""

    composition: Composition
    sheet: Worksheet
    student: Student | None = None

    @property
    def owner(self) -> Owner:
        """The lines about the student on the sheet."""
        known = self.student
        return Owner(self.composition.code, *(("", "") if known is None else (known.id, known.name)))

    @property
    def name(self) -> str:
        """What its files are called: by the student's id, else by the code."""
        return file_name(self.composition.code if self.student is None else self.student.id)


@record
class Classroom:
    """All sheets of a class, how its pages look, and the file that they come from."""

    sheet: Sheet
    handed: tuple[Handed, ...]
    look: Look
    notation: Notation
    path: Path
    jobs: int | None = None


def build_class(room: Classroom, folder: Folder) -> Iterator[Told]:
    """Write the sheets and solutions of a class, then what the instructor gets, and the list of what was made.

    Raises: DerivgenError for a page that cannot be set.
    """
    folder.sweep()
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        copies = _copies(room)
        style = _style(room)
        papers = _papers(room, style, Path(name))
        beside, solved = _beside(room, copies, style, papers, Path(name))
        making = _Making(style, papers, folder, Path(name))
        yield from _sheets(room, copies, _chunks(room, copies, solved, making), folder)
    files = {file: data for made in beside for file, data in made.files.items()}
    for document in PAGES:
        for file in (f"{document}.{ending}" for ending in (*ENDINGS, TAGGED)):
            if file not in files:
                folder.remove(file)
    for file, data in files.items():
        folder.write(file, data)
    yield from (Told(messages=made.messages, status=made.status) for made in beside)
    if "html" in room.look.formats:
        for file, data in site.assets(room.look.templates).items():
            folder.write(file, data)
    # Thousands of files, each brought to the disk by itself, would take minutes.
    if hasattr(os, "sync"):
        os.sync()


def _sheets(room: Classroom, copies: Sequence[Copy], chunks: Sequence[Chunk], folder: Folder) -> Iterator[Told]:
    """Write the sheets and solutions of a class, all sheets in one PDF, and the list of what was made."""
    rows: list[tuple[Handed, str, str]] = []
    sheets: list[tuple[Path, tuple[int, ...]]] = []
    kept: set[str] = set()
    for number, one in enumerate(in_order(made_of, chunks, room.jobs), 1):
        kept |= set(one.files)
        sheets += one.sheets
        rows += _rows(room.handed[len(rows) :], one)
        yield Told(messages=one.messages, progress=f"sheets: {len(rows)} of {len(copies)} (part {number})")
    _all_in_one(sheets, room, folder)
    folder.keep("manifest.csv", _manifest(rows))
    _remove_others(folder, kept)


def _copies(room: Classroom) -> list[Copy]:
    """What each sheet is made from; parts that several share are made once."""
    style = _style(room)
    language = room.handed[0].sheet.language
    found: dict[tuple[int, str], tuple[Variant, Task]] = {}
    for one in room.handed:
        for task, variant in zip(one.sheet.tasks, one.composition.variants, strict=True):
            found.setdefault((task.number, variant.name), (variant, task))
    made = in_order(partial(parts_of, language=language, style=style), list(found.values()), room.jobs)
    parts = dict(zip(found, made, strict=True))
    return [Copy(one.name, one.owner, one.sheet, tuple(parts[key] for key in _keys(one))) for one in room.handed]


def _key(room: Classroom, copies: Sequence[Copy]) -> Callable[[], str]:
    """What makes the key of the class; its questions were made with the parts of the sheets."""
    pairs = {one.composition.code: (one.composition, one.sheet) for one in room.handed}
    owners = [(one.student.id, one.composition.code) for one in room.handed if one.student is not None]
    made = {
        variant.name: parts.questions
        for one, copy in zip(room.handed, copies, strict=True)
        for variant, parts in zip(one.composition.variants, copy.parts, strict=True)
    }
    return partial(key_json, room.sheet, list(pairs.values()), room.notation, owners, made)


def _keys(one: Handed) -> list[tuple[int, str]]:
    pairs = zip(one.sheet.tasks, one.composition.variants, strict=True)
    return [(task.number, variant.name) for task, variant in pairs]


def _style(room: Classroom) -> Style:
    wanted: list[FormatName] = ["html"] if "html" in room.look.formats else []
    has_pdf = "pdf" in room.look.formats and room.look.engine != "none"
    if "tex" in room.look.formats or (has_pdf and room.look.engine == "latex"):
        wanted.append("tex")
    if has_pdf and (room.look.engine == "typst" or room.look.has_twins or not all(map(_is_for_latex, room.handed))):
        wanted.append("typ")
    return Style(tuple(wanted), room.look.formats, room.notation, room.look.templates, room.look.has_twins)


def _is_for_latex(one: Handed) -> bool:
    """Whether LaTeX's fonts have all letters of the student's name."""
    from derivgen.render.latex import MISSING, words

    return MISSING not in words(f"{one.owner.name}{one.owner.id}")


# Papers


# The solutions of a student's exercises by LaTeX and by Typst.
_Solved = tuple[tuple[Solved, ...], tuple[SolvedAloud, ...]]


@record
class _Making:
    """How sheets are made and where they go: their style, their papers by whether LaTeX may make them, two folders."""

    style: Style
    papers: Mapping[bool, Paper]
    folder: Folder
    scratch: Path


def _chunks(room: Classroom, copies: Sequence[Copy], solved: Sequence[_Solved], making: _Making) -> list[Chunk]:
    """The copies in parts that are made together, in their order; each part by one engine."""
    pairs = zip(room.handed, copies, solved, strict=True)
    chunks = []
    size = next(size for least, size in TOGETHER if len(room.handed) >= least)
    for is_for_latex, group in groupby(pairs, lambda pair: room.look.engine == "latex" and _is_for_latex(pair[0])):
        listed = list(group)
        for start in range(0, len(listed), size):
            part = listed[start : start + size]
            mine, paper = tuple(copy for _, copy, _ in part), making.papers.get(is_for_latex)
            by_latex, by_typst = zip(*(files for _, _, files in part), strict=True)
            chunks.append(Chunk(mine, by_latex, by_typst, making.style, paper, making.folder, making.scratch))
    return chunks


def _papers(room: Classroom, style: Style, folder: Path) -> dict[bool, Paper]:
    """How the PDFs of a student are made, by whether LaTeX may make them."""
    if "pdf" not in room.look.formats or room.look.engine == "none":
        return {}
    if room.look.engine == "typst":
        return {False: Paper("typ")}
    language = room.handed[0].sheet.language
    return {True: latex_paper(room.look.engine_path, language, style, folder), False: Paper("typ")}


def _beside(
    room: Classroom, copies: Sequence[Copy], style: Style, papers: Mapping[bool, Paper], folder: Path
) -> tuple[list[Beside], list[_Solved]]:
    """What is made once for all, and for each copy the solutions of its exercises on paper."""
    found = {paper.format: _solutions(room, copies, paper.format) for paper in papers.values()}
    # The longest tasks come first, so that no process waits for one at the end.
    runs = [(paper, run) for paper in papers.values() for run in _runs(found[paper.format], paper)]
    tasks = [solution_task(run, style, paper, folder) for paper, run in runs]
    # The key has the names of all students: LaTeX sets it where it has the letters of all of them.
    lacks = room.look.engine == "latex" and not all(map(_is_for_latex, room.handed))
    look = replace(room.look, engine="typst") if lacks else room.look
    tasks += page_tasks(_documents(room), Page(room.path, room.path, room.sheet.name, look), room.notation)
    made = list(in_order(made_beside, [*tasks, key_task(_key(room, copies))], room.jobs))
    by_latex = dict(zip(found.get("tex", ()), (one for run in made for one in run.solved), strict=True))
    by_typst = dict(zip(found.get("typ", ()), (one for run in made for one in run.aloud), strict=True))
    return made, [(_of_all(_keys(one), by_latex), _of_all(_keys(one), by_typst)) for one in room.handed]


def _of_all(keys: Sequence[tuple[int, str]], made: Mapping[tuple[int, str], T]) -> tuple[T, ...]:
    """What was made of all these exercises; nothing where it was not wanted of all."""
    return tuple(made[key] for key in keys) if all(key in made for key in keys) else ()


def _solutions(room: Classroom, copies: Sequence[Copy], name: FormatName) -> dict[tuple[int, str], Exercise]:
    """The solutions of exercises for papers of a format; an exercise that several have is there once."""
    found: dict[tuple[int, str], Exercise] = {}
    for one, copy in zip(room.handed, copies, strict=True):
        if name in _formats(room, one):
            for key, parts in zip(_keys(one), copy.parts, strict=True):
                found.setdefault(key, Exercise(key[0], copy.sheet, parts.solution[name]))
    # One preamble for all: they are set in one run.
    pictures = any(one.solution.pictures for one in found.values())
    return {key: replace(one, solution=replace(one.solution, pictures=pictures)) for key, one in found.items()}


def _formats(room: Classroom, one: Handed) -> tuple[FormatName, ...]:
    """What the PDFs of a student are made from."""
    if room.look.engine != "latex" or not _is_for_latex(one):
        return ("typ",)
    return ("tex", "typ") if room.look.has_twins else ("tex",)


def _runs(found: Mapping[tuple[int, str], Exercise], paper: Paper) -> list[list[Exercise]]:
    """Solutions that are set together."""
    listed, size = list(found.values()), RUNS[paper.format]
    return [listed[start : start + size] for start in range(0, len(listed), size)]


# What stands beside the sheets


def _documents(room: Classroom) -> list[Document]:
    """The key and the instructor's copy."""
    by_code: dict[str, list[Handed]] = {}
    for one in room.handed:
        by_code.setdefault(one.composition.code, []).append(one)
    sheets = [(ones[0].sheet, tuple(one.owner for one in ones)) for _, ones in sorted(by_code.items())]
    key, instructor = PAGES
    return [key_page(sheets, key), instructor_page(room.handed[0].sheet, _varieties(room.handed), instructor)]


def _varieties(handed: Sequence[Handed]) -> list[list[Variety]]:
    """The variants of each exercise, those that most sheets have first."""
    owners: dict[str, list[Owner]] = {}
    first: dict[str, tuple[Task, tuple[tuple[str, str], ...]]] = {}
    order: dict[str, None] = {}
    for one in handed:
        for task, variant in zip(one.sheet.tasks, one.composition.variants, strict=True):
            owners.setdefault(variant.name, []).append(one.owner)
            first.setdefault(variant.name, (task, variant.parameters))
            order.setdefault(variant.exercise.id)
    found: dict[str, list[Variety]] = {identifier: [] for identifier in order}
    for name, (task, parameters) in sorted(first.items(), key=lambda pair: (-len(owners[pair[0]]), pair[0])):
        found[name.partition("~")[0]].append(Variety(name, parameters, task, tuple(owners[name])))
    return list(found.values())


def _rows(handed: Sequence[Handed], made: Made) -> list[tuple[Handed, str, str]]:
    """For each sheet of a part its file to hand out, with its SHA-256."""
    rows = []
    for one in handed:
        names = [f"students/{one.name}.{ending}" for ending in ("pdf", "html", "tex")]
        file = next((name for name in names if name in made.files), "")
        if not file:
            break
        rows.append((one, file, made.files[file]))
    return rows


def _all_in_one(sheets: Sequence[tuple[Path, tuple[int, ...]]], room: Classroom, folder: Folder) -> None:
    if not sheets:
        folder.remove("all-students.pdf")
        return
    from derivgen.render.pdf.excerpts import excerpts, on_both_sides, opened

    sheet = room.handed[0].sheet
    with ExitStack() as stack:
        opened_ones = [(stack.enter_context(opened(path.read_bytes())), pages) for path, pages in sheets]
        parts = [part for pdf, pages in opened_ones for part in excerpts(pdf, pages)]
        folder.keep("all-students.pdf", on_both_sides(parts, title_of(sheet, room.notation), sheet.language))


def _manifest(rows: Sequence[tuple[Handed, str, str]]) -> bytes:
    """What was made: student, code, file, points, and the SHA-256 of the file."""
    made = [("student", "code", "file", "points", "sha256")]
    for one, file, sha256 in rows:
        points = one.sheet.points
        number = "" if points is None else f"{float(points):g}"
        student = "" if one.student is None else one.student.id
        made.append((student, one.composition.code, file, number, sha256))
    return csv_text(made).encode()


def _remove_others(folder: Folder, kept: set[str]) -> None:
    """Take away sheets of students who are not in the class any more, and forms that were not asked for now."""
    for kind in KINDS:
        for path in sorted((folder.root / kind).glob("*")):
            name = f"{kind}/{path.name}"
            if name not in kept and path.suffix[1:] in ENDINGS:
                folder.remove(name)
