"""`derivgen homework`: sheets with their keys and solutions, beside the site and never in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Document
from derivgen.document.sheet import key, solutions, student
from derivgen.document.wording.files import FILES
from derivgen.document.worksheet import Worksheet
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.homework.drawing import NOTHING, Composition, compositions, frozen_lines
from derivgen.homework.frozen import FILE as VARIANTS
from derivgen.homework.frozen import Frozen, read_frozen
from derivgen.homework.key import key_json
from derivgen.homework.leaks import leaks_in, secrets_of
from derivgen.homework.sheet import notation_of, worksheet
from derivgen.printing.notation import Notation
from derivgen.project import site
from derivgen.project.banks import write_banks
from derivgen.project.classes import build_class
from derivgen.project.engine import chosen_engine
from derivgen.project.files import Folder
from derivgen.project.handing import classroom, composition_of
from derivgen.project.paper import printed
from derivgen.project.projects import project_of
from derivgen.project.tasks import Look, Task
from derivgen.project.told import BUG, INPUT, InWords, Told
from derivgen.project.work import Wishes, worked_out
from derivgen.record import record
from derivgen.render.formats import Beside, FileLink, render
from derivgen.spec.files import find_sheets
from derivgen.spec.homework.roster import Student, roster_of
from derivgen.spec.homework.sheet import LoadedSheet, Sheet, load_sheet
from derivgen.spec.model import Loaded

ENDINGS = ("html", "pdf", "tex")
STUDENT = "sheet"
DOCUMENTS = {STUDENT: student, "key": key, "solutions": solutions}


@record
class SheetOptions:
    """What `derivgen homework build` was asked for."""

    output: Path
    formats: tuple[str, ...] = ENDINGS
    pdf: str = "auto"
    cross_check: bool = True
    roster: Path | None = None
    jobs: int | None = None
    allow_repeats: bool = False
    redraw: bool = False
    accessible: bool = False

    def folder(self, sheet: Sheet) -> Folder:
        """Where the files of a sheet go."""
        return Folder(self.output / "homework" / sheet.name)


@record
class WorkedSheet:
    """A sheet with all its derivations, or what keeps it from being handed out."""

    path: Path
    found_by: Path
    loaded: LoadedSheet
    made: Worksheet | None = None
    notation: Notation = field(default_factory=Notation)
    faults: tuple[Fault, ...] = ()
    bugs: tuple[str, ...] = ()
    drawn: Composition | None = None

    @property
    def status(self) -> int:
        """The exit status that this sheet asks for."""
        return BUG if self.bugs else INPUT if self.faults or self.made is None else 0

    @property
    def messages(self) -> tuple[str, ...]:
        """Faults and bugs in words."""
        return (*map(InWords, self.faults), *self.bugs)


def built_sheets(arguments: Sequence[str], options: SheetOptions) -> Iterator[Told]:
    """Write sheet, key and solutions of each sheet; tells what was made as it goes."""
    sheets = found_sheets([Path(argument) for argument in arguments])
    if not sheets:
        yield no_sheets(arguments)
        return
    engine = chosen_engine(options.pdf if "pdf" in options.formats else "none")
    if engine.message:
        yield Told(messages=(engine.message,), status=engine.status)
    look = Look(
        options.formats, engine.name, engine.path, engine.has_substitute, options.cross_check, None,
        has_twins=options.accessible,
    )  # fmt: skip
    taken: dict[str, Path] = {}
    failed = 0
    for path, found_by in sheets:
        look, statuses = replace(look, templates=project_of(found_by).templates), [0]
        clash = _clash(path, taken)
        for told in (clash,) if clash else _built(path, found_by, look, options):
            statuses.append(told.status)
            yield told
        failed += any(statuses)
    yield Told(messages=(summary(len(sheets), failed, "built"),))


def found_sheets(paths: Sequence[Path]) -> tuple[tuple[Path, Path], ...]:
    """Each sheet with the path that it was found by."""
    return tuple({sheet: path for path in reversed(paths) for sheet in find_sheets([path])}.items())


def worked_sheet(path: Path, found_by: Path, *, cross_check: bool, frozen: Frozen = NOTHING) -> WorkedSheet:
    """The sheet at a path, read, derived and verified; of a sheet with several versions the first one."""
    loaded = load_sheet(path, project_of(found_by))
    sheet = loaded.sheet
    if sheet is None or loaded.faults:
        return WorkedSheet(path, found_by, loaded, faults=loaded.faults)
    try:
        drawn = compositions(sheet, ["1"], frozen=frozen)[0] if sheet.is_drawn else None
    except DerivgenError as error:
        return WorkedSheet(path, found_by, loaded, faults=error.faults)
    own = sheet if drawn is None else drawn.sheet(sheet)
    return replace(_worked_out(path, found_by, replace(loaded, sheet=own), own, cross_check=cross_check), drawn=drawn)


def _worked_out(path: Path, found_by: Path, loaded: LoadedSheet, sheet: Sheet, *, cross_check: bool) -> WorkedSheet:
    faults: list[Fault] = []
    bugs: list[str] = []
    found: list[tuple[Derivation, ...]] = []
    for exercise in sheet.exercises:
        problem = replace(exercise.problem, requests=exercise.requests)
        done = worked_out(Loaded(loaded.file, None, problem), Wishes(cross_check=cross_check))
        found.append(done.derivations)
        faults += done.faults
        bugs += done.bugs
    if faults or bugs:
        return WorkedSheet(path, found_by, loaded, faults=tuple(faults), bugs=tuple(bugs))
    made, slips = worksheet(sheet, found)
    return WorkedSheet(path, found_by, loaded, None if slips else made, notation_of(sheet, made), slips)


def student_files(done: WorkedSheet, name: str, look: Look, beside: Beside) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files that students get, by their names, and what there is to say of them."""
    return _files(done, STUDENT, name, look, beside)


def _files(
    done: WorkedSheet, kind: str, name: str, look: Look, beside: Beside
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """One document in all formats that are wanted."""
    if done.made is None:
        raise ValueError("a sheet with faults has no documents")
    document: Document = DOCUMENTS[kind](done.made, name)
    files: dict[str, bytes] = {}
    messages: tuple[str, ...] = ()
    if {"tex", "pdf"} & set(look.formats):
        files, review = printed(document, Task(done.path, done.found_by, name, look), done.notation)
        messages = review.messages
    if "html" in look.formats:
        beside = replace(beside, files=_links(name, tuple(files), document.language))
        told = site.told_apart(document, done.notation)
        page = render(told, "html", notation=done.notation, beside=beside, templates=look.templates)
        files = {"html": page.encode(), **files}
    return {f"{name}.{ending}": data for ending, data in files.items()}, messages


def _links(name: str, made: tuple[str, ...], language: str) -> tuple[FileLink, ...]:
    """The way from a page to its files beside it."""
    stem = name.rpartition("/")[2]
    return tuple(FileLink(site.in_words((FILES[kind],), language), f"{stem}.{kind}") for kind in FILES if kind in made)


def _built(path: Path, found_by: Path, look: Look, options: SheetOptions) -> Iterator[Told]:
    """Write the documents of one sheet and its key: one for all, or for each student or version one."""
    loaded = load_sheet(path, project_of(found_by))
    sheet = loaded.sheet
    try:
        students = () if options.roster is None else roster_of(options.roster)
        if sheet is None or loaded.faults:
            yield Told(messages=tuple(map(InWords, loaded.faults)), status=INPUT)
        elif students or sheet.variants != 1:
            yield from _for_a_class(path, sheet, students, look, options)
        else:
            frozen = frozen_of(sheet, options)
            done = worked_sheet(path, found_by, cross_check=options.cross_check, frozen=frozen)
            yield _for_all(done, look, options)
        if sheet is not None and not loaded.faults:
            yield write_banks(options.folder(sheet), options.formats)
    except DerivgenError as error:
        place = Span(str(path), 1, 1, 2, "")
        faults = (fault if fault.span else replace(fault, span=place) for fault in error.faults)
        yield Told(messages=tuple(map(InWords, faults)), status=INPUT)


def _for_a_class(
    path: Path, sheet: Sheet, students: Sequence[Student], look: Look, options: SheetOptions
) -> Iterator[Told]:
    frozen, repeats = frozen_of(sheet, options), options.allow_repeats
    room = classroom(path, sheet, students, look, options.jobs, frozen=frozen, allow_repeats=repeats)
    if isinstance(room, Told):
        yield room
        return
    folder = options.folder(sheet)
    yield from build_class(room, folder)
    if not sheet.is_drawn:
        return
    drawn = {one.composition.identity: one.composition for one in room.handed}
    folder.write(VARIANTS, frozen_lines(drawn.values(), frozen).encode())


def frozen_of(sheet: Sheet, options: SheetOptions) -> Frozen:
    """What an earlier build has handed out.

    Raises: DerivgenError for a file that says no such thing.
    """
    folder = options.folder(sheet)
    data = None if options.redraw else folder.read(VARIANTS)
    return NOTHING if data is None else read_frozen(data.decode(errors="replace"), str(folder.path(VARIANTS)))


def _for_all(done: WorkedSheet, look: Look, options: SheetOptions) -> Told:
    sheet, made = done.loaded.sheet, done.made
    if sheet is None or made is None:
        return Told(messages=done.messages, status=done.status)
    answers = key_json(sheet, [(done.drawn or composition_of(sheet, made), made)], done.notation)
    files: dict[str, bytes] = {}
    messages: list[str] = []
    for kind in DOCUMENTS:
        new, said = _files(done, kind, kind, look, Beside())
        files.update(new)
        messages += said
    messages += _given_away(done, files, answers)
    folder = options.folder(sheet)
    folder.sweep()
    if "html" in look.formats:
        files.update(site.assets(look.templates))
    files["key.json"] = answers.encode()
    if done.drawn is not None:
        files[VARIANTS] = frozen_lines([done.drawn]).encode()
    for name, data in files.items():
        folder.write(name, data)
    # Of a form that was not asked for, an older run's file would contradict the new key.
    for name in [f"{kind}.{ending}" for kind in DOCUMENTS for ending in (*ENDINGS, "accessible.pdf")]:
        if name not in files:
            folder.remove(name)
    return Told(messages=tuple(messages), progress=f"{folder.root}: {', '.join(_made(files))}")


def _made(files: dict[str, bytes]) -> list[str]:
    return [name for name in sorted(files) if "/" not in name]


def _given_away(done: WorkedSheet, files: dict[str, bytes], answers: str) -> list[str]:
    """Warnings of answers that stand in what students get: the sheet's author may have written them there."""
    own = {name: data for name, data in files.items() if name.startswith(f"{STUDENT}.")}
    secrets = {"key.json": tuple(secrets_of(json.loads(answers)))}
    found = dict.fromkeys(leak.question for leak in leaks_in(own, secrets))
    return [
        f"{done.path}: the students' sheet itself gives away the answer to {question}\n"
        "  mend: look for it in the texts and hints of the sheet, and take it out"
        for question in found
    ]


def _clash(path: Path, taken: dict[str, Path]) -> Told | None:
    name = path.stem.casefold()
    first = taken.setdefault(name, path)
    if first == path:
        return None
    place = Span(str(path), 1, 1, 2, "")
    fault = Fault("name-taken", f"{first} has this name too", "rename one of the two files", place)
    return Told(messages=(InWords(fault),), status=INPUT)


def no_sheets(arguments: Sequence[str]) -> Told:
    """What to say where no path holds a sheet."""
    where = ", ".join(arguments)
    message = f"there is no homework sheet in {where}\n  mend: begin a YAML file with the key `homework`"
    return Told(messages=(message,), status=INPUT)


def summary(count: int, failed: int, what: str) -> str:
    """The last line of a command: how many sheets are well, or built."""
    well = f"{count - failed} of {count} sheet{'' if count == 1 else 's'} {what}"
    return f"{well}, {failed} failed" if failed else well
