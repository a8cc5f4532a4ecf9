"""`derivgen homework show` and `stats`, and what `check` says of draws: how many variants, and which are rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from derivgen.calculus.records import Derivation
from derivgen.document.detail import shown as seen
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.homework.degenerate import RULES
from derivgen.homework.drawing import Composition, compositions, drawers_of, picks
from derivgen.homework.draws import Candidate, Drawer, Variant
from derivgen.homework.frozen import Frozen
from derivgen.homework.sampler import Stream, seed_of
from derivgen.printing.text import text
from derivgen.project.handing import identities
from derivgen.project.homework import SheetOptions, found_sheets, frozen_of, no_sheets, summary, worked_sheet
from derivgen.project.projects import project_of
from derivgen.project.told import INPUT, InWords, Told
from derivgen.spec.homework.questions import Question
from derivgen.spec.homework.roster import Student, roster_of
from derivgen.spec.homework.sheet import Sheet, load_sheet
from derivgen.spec.values import nearest

MOST_LISTED = 20


def shown(path: Path, options: SheetOptions, *, code: str = "", student: str = "") -> Iterator[Told]:
    """The questions and answers of one sheet of a class, found by its code or its student, as text."""
    try:
        sheet = _read(path)
        frozen = frozen_of(sheet, options)
        code = _as_printed(code)
        found = _found(sheet, frozen, options, code, student)
    except DerivgenError as error:
        yield _faults(path, error)
        return
    if isinstance(found, Composition):
        yield Told(result=_as_text(sheet, found))
    else:
        yield _not_found(path, code, student, found)


def _found(
    sheet: Sheet, frozen: Frozen, options: SheetOptions, code: str, student: str
) -> Composition | list[tuple[str, str]]:
    """The sheet that is meant, or the codes of all that there are, with whose they are."""
    student = _as_listed(student, frozen)
    held = [identity for identity, lines in frozen.items() if any(one.code == code for one in lines.values())]
    if held or student in frozen:
        return compositions(sheet, [student if student in frozen else held[0]], frozen=frozen)[0]
    students = () if options.roster is None else roster_of(options.roster)
    try:
        whole = identities(sheet, students)
    except DerivgenError:
        if frozen:
            return [(next(iter(lines.values())).code, identity) for identity, lines in frozen.items() if lines]
        # Without a class there is nobody else; who is named gets what the seed gives.
        whole = [student] if student else []
    made = compositions(sheet, whole, frozen=frozen, allow_repeats=options.allow_repeats) if whole else ()
    student = _as_listed(student, whole)
    meant = [one for one in made if one.code == code or one.identity == student]
    if not code and not student and len(made) == 1:
        return made[0]
    return meant[0] if meant else [(one.code, one.identity) for one in made]


def _as_listed(student: str, known: Iterable[str]) -> str:
    """An id as the list has it: the case of letters does not count there either."""
    return next((one for one in known if one.casefold() == student.casefold()), student)


def _as_printed(code: str) -> str:
    """The code as sheets show it, however it was typed: 7f3a2k is 7F3A-2K."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return f"{signs[:4]}-{signs[4:]}" if len(signs) > 4 else signs


def _not_found(path: Path, code: str, student: str, known: Sequence[tuple[str, str]]) -> Told:
    near = nearest(code or student, [pair[0 if code else 1] for pair in known])
    listed = ", ".join(f"{one} ({identity})" for one, identity in known[:MOST_LISTED])
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    which = "" if code or student else "say which by --code or --student; "
    hint = f"did you mean {near}?" if near else f"{which}the sheets are {listed}{more}" if listed else ""
    hint = hint or f"{which}name the class list by --roster class.csv, or where the sheets were built by --output"
    what = f"the code {code}" if code else f"the student {student}"
    message = f"no sheet has {what}" if code or student else "several sheets come from this file"
    return Told(messages=(InWords(Fault("no-such-sheet", message, hint, Span(str(path), 1, 1, 2, ""))),), status=INPUT)


def _as_text(sheet: Sheet, one: Composition) -> str:
    lines = [f"{sheet.title.value}, {one.code} ({one.identity})"]
    for number, variant in enumerate(one.variants, 1):
        lines += ["", *_exercise(number, variant)]
    return "\n".join(lines) + "\n"


def _exercise(number: int, variant: Variant) -> Iterator[str]:
    exercise = variant.exercise
    drawn = ", ".join(f"{name} = {value}" for name, value in variant.parameters)
    yield f"{number}. {exercise.title.value} [{variant.name}{'; ' if drawn else ''}{drawn}]"
    yield from (f"   {name.value}: {what.value}" for name, what in (*exercise.variables, *exercise.functions))
    yield from (f"   {condition.value}" for condition in exercise.assume)
    letters = "abcdefghijklmnopqrstuvwxyz" if len(exercise.questions) > 1 else " "
    for letter, question, derivation in zip(letters, exercise.questions, variant.derivations, strict=False):
        yield from _answer(letter, question, derivation)


def _answer(letter: str, question: Question, derivation: Derivation) -> Iterator[str]:
    at = "".join(f", {name.value} = {value.value}" for name, value in question.at)
    yield f"   {letter + ') ' if letter.strip() else ''}{derivation.request.text}{at}"
    for result in derivation.results:
        yield f"      {result.layout}: {text(result.expr)}   ({result.expr.shape})"


def statistics(path: Path, draws: int) -> Iterator[Told]:
    """What so many draws of each exercise give: how many are kept, what is rejected, and the answers."""
    try:
        sheet = _read(path)
        drawers = drawers_of(sheet)
        for drawer in drawers.values():
            yield Told(result="\n".join(_statistics(drawer, sheet, draws)) + "\n")
    except DerivgenError as error:
        yield _faults(path, error)


def _statistics(drawer: Drawer, sheet: Sheet, draws: int) -> Iterator[str]:
    name = drawer.template.id
    if not drawer.template.parameters:
        yield f"{name}: nothing is drawn"
        return
    kept: list[Candidate] = []
    for number in range(draws):
        found = drawer.judged(drawer.values(Stream(seed_of(sheet.seed, name, f"stats {number}"))))
        if isinstance(found, Candidate):
            kept.append(found)
    different = Counter(one.told for one in kept)
    yield f"{name}: {draws} draws, {len(kept)} kept, {len(different)} different"
    yield from (f"  rejected {count}: {RULES[rule]}" for rule, count in drawer.tally.rejected.most_common())
    if kept:
        yield f"  the most frequent one came {max(different.values())} of {len(kept)} times"
    for parameter in drawer.template.parameters:
        values = Counter(dict(one.parameters)[parameter.name] for one in kept)
        listed = ", ".join(f"{value} ({count})" for value, count in sorted(values.items(), key=_by_number))
        yield f"  {parameter.name}: {listed if len(values) <= MOST_LISTED else f'{len(values)} different values'}"
    for place in range(len(kept[0].shapes) if kept else 0):
        yield from _of_question(chr(ord("a") + place), place, kept)


def _by_number(pair: tuple[str, int]) -> tuple[bool, float, str]:
    value = pair[0]
    is_number = value.lstrip("-").isdecimal()
    return (not is_number, float(value) if is_number else 0.0, value)


def _of_question(letter: str, place: int, kept: Sequence[Candidate]) -> Iterator[str]:
    lengths = [one.lengths[place] for one in kept]
    found = Counter(one.shapes[place] for one in kept)
    shapes = ", ".join(f"{shape} ({count})" for shape, count in found.most_common(5))
    rights = Counter(one.rights[place] for one in kept if one.rights and one.rights[place])
    if rights:
        listed = ", ".join(f"{option} ({count})" for option, count in sorted(rights.items()))
        yield f"  {letter}: the right option is {listed}"
    yield f"  {letter}: shapes in numerator layout {shapes}"
    middle = f"{median(lengths):.0f}"
    spread = f"{min(lengths)} to {max(lengths)}"
    yield f"  {letter}: lengths of answers {spread} characters, half of them up to {middle}"


def checked_sheets(arguments: Sequence[str], options: SheetOptions) -> Iterator[Told]:
    """Read, derive and verify sheets, and count their variants; write nothing."""
    sheets = found_sheets([Path(argument) for argument in arguments])
    if not sheets:
        yield no_sheets(arguments)
        return
    failed = 0
    for path, found_by in sheets:
        done = worked_sheet(path, found_by, cross_check=options.cross_check)
        told = Told(messages=done.messages, status=done.status)
        if told.status == 0 and done.drawn is not None and done.loaded.sheet is not None:
            told = _with_varieties(path, done.loaded.sheet, done.drawn, options)
        failed += told.status != 0
        yield told
    yield Told(messages=(summary(len(sheets), failed, "well"),))


def _with_varieties(path: Path, sheet: Sheet, drawn: Composition, options: SheetOptions) -> Told:
    try:
        students = () if options.roster is None else roster_of(options.roster)
        lines, faults = varieties(sheet, () if options.allow_repeats else _class(sheet, students))
    except DerivgenError as error:
        return _faults(path, error)
    counts = tuple(f"{path}: {line}" for line in (*lines, *_work(drawn)))
    return Told(messages=(*counts, *map(InWords, faults)), status=INPUT if faults else 0)


def _work(drawn: Composition) -> Iterator[str]:
    """How much work a sheet is, by the steps of its solutions."""
    steps = {variant.exercise.id: _steps(variant) for variant in drawn.variants}
    listed = ", ".join(f"{name} {count}" for name, count in steps.items())
    yield f"{sum(steps.values())} steps to the answers of a sheet: {listed}"


def _steps(variant: Variant) -> int:
    return sum(len(seen(derivation.steps, variant.exercise.problem)) for derivation in variant.derivations)


def _class(sheet: Sheet, students: Sequence[Student]) -> list[str]:
    """Who draws; nobody where a class is wanted and not there."""
    return identities(sheet, students) if students or sheet.variants != "per-student" else []


def varieties(sheet: Sheet, names: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """How many variants each exercise has, in words, and the faults of those that have too few for who draws."""
    lines, faults = [], []
    wanted = Counter(t.id for name in names for item in sheet.items for t in picks(item, sheet.seed, name))
    for drawer in drawers_of(sheet).values():
        name, (count, is_exact) = drawer.template.id, drawer.count()
        if not drawer.template.parameters:
            continue
        lost = drawer.tally.rejected
        rules = "; ".join(f"{RULES[rule]} ({number})" for rule, number in lost.most_common())
        rejected = f", {lost.total()} of {lost.total() + drawer.tally.kept} draws rejected: {rules}" if lost else ""
        lines.append(f"{name}: {'' if is_exact else 'at least '}{count} different variants{rejected}")
        if is_exact and count < wanted[name]:
            faults.append(drawer.too_few(count, wanted[name]))
    return lines, faults


def _read(path: Path) -> Sheet:
    loaded = load_sheet(path, project_of(path))
    if loaded.sheet is None or loaded.faults:
        raise DerivgenError(*loaded.faults)
    return loaded.sheet


def _faults(path: Path, error: DerivgenError) -> Told:
    place = Span(str(path), 1, 1, 2, "")
    faults = (fault if fault.span else replace(fault, span=place) for fault in error.faults)
    return Told(messages=tuple(map(InWords, faults)), status=INPUT)
