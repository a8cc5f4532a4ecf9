"""Who gets which sheet: compositions for the students of a class or for the versions of a sheet, all verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from derivgen.document.worksheet import Worksheet
from derivgen.errors import DerivgenError, Fault
from derivgen.homework.drawing import Composition, code_of, compositions
from derivgen.homework.draws import Variant
from derivgen.homework.frozen import Frozen
from derivgen.homework.options import options_by_question
from derivgen.homework.sampler import seed_of
from derivgen.homework.sheet import class_notation, class_worksheets
from derivgen.homework.trials import tried
from derivgen.project.classes import Classroom, Handed
from derivgen.project.tasks import Look
from derivgen.project.told import BUG, INPUT, InWords, Told
from derivgen.project.work import Wishes, worked_out
from derivgen.project.workers import in_order
from derivgen.spec.homework.roster import Student
from derivgen.spec.homework.sheet import Sheet
from derivgen.spec.model import Loaded


def classroom(
    path: Path,
    sheet: Sheet,
    students: Sequence[Student],
    look: Look,
    jobs: int | None,
    *,
    frozen: Frozen,
    allow_repeats: bool,
) -> Classroom | Told:
    """The sheets of a class, or of all versions where there is no class; what to say where some cannot be made.

    Raises: DerivgenError where nothing can be drawn, and for faults in the texts of the sheet.
    """
    # What is drawn needs no derivation; those of the variants that somebody gets are made together.
    drawn = compositions(
        sheet,
        identities(sheet, students),
        frozen=frozen,
        allow_repeats=allow_repeats,
        deriving=lambda _: (),
        trying=partial(in_order, tried, jobs=jobs),
    )
    found = _verified(path, drawn, sheet.seed, jobs, cross_check=look.cross_check)
    if isinstance(found, Told):
        return found
    notation = class_notation(sheet, found)
    made, faults = class_worksheets(sheet, found, notation)
    if faults:
        raise DerivgenError(*faults)
    pairs = list(zip(found, made, strict=True))
    if students:
        handed = tuple(Handed(*pairs[_place(sheet, number, one)], one) for number, one in enumerate(students))
    else:
        handed = tuple(Handed(*pair) for pair in pairs)
    return Classroom(sheet, handed, look, notation, path, jobs)


def composition_of(sheet: Sheet, made: Worksheet) -> Composition:
    """The one composition of a sheet that is the same for all."""
    tasks = zip(sheet.exercises, made.tasks, strict=True)
    variants = tuple(Variant(one.id, one, (), tuple(part.derivation for part in task.parts)) for one, task in tasks)
    return Composition("1", code_of(variants), variants)


def identities(sheet: Sheet, students: Sequence[Student]) -> list[str]:
    """Who draws: the students, or the numbers of the versions."""
    if sheet.variants != "per-student":
        return [str(number) for number in range(1, int(sheet.variants) + 1)]
    if not students:
        hint = "name the class list by --roster class.csv, or let the sheet have `variants: 4`"
        raise DerivgenError(Fault("roster", "every student has a sheet of their own, and there is no class", hint))
    return [student.id for student in students]


def _place(sheet: Sheet, number: int, student: Student) -> int:
    """Which composition a student gets: the own one, or a version that the id alone decides."""
    if sheet.variants == "per-student":
        return number
    return seed_of(sheet.seed, "versions", student.id) % int(sheet.variants)


def _verified(
    path: Path, drawn: Sequence[Composition], seed: str, jobs: int | None, *, cross_check: bool
) -> tuple[Composition, ...] | Told:
    """The compositions with the derivations of their variants, or what keeps some from being handed out."""
    variants = {variant.name: variant for one in drawn for variant in one.variants}
    deriving = partial(_derived, path=path, seed=seed, cross_check=cross_check)
    made = list(in_order(deriving, list(variants.values()), jobs))
    wrong = [told for _, told in made if told.messages]
    if wrong:
        messages = dict.fromkeys(message for told in wrong for message in told.messages)
        return Told(messages=tuple(messages), status=max(told.status for told in wrong))
    found = dict(zip(variants, (variant for variant, _ in made), strict=True))
    return tuple(replace(one, variants=tuple(found[each.name] for each in one.variants)) for one in drawn)


def _derived(variant: Variant, *, path: Path, seed: str, cross_check: bool) -> tuple[Variant, Told]:
    """A variant with its derivations, and with the options of its questions where they can be made."""
    exercise = variant.exercise
    problem = replace(exercise.problem, requests=exercise.requests)
    done = worked_out(Loaded(str(path), None, problem), Wishes(cross_check=cross_check))
    if done.bugs or done.faults:
        status = BUG if done.bugs else INPUT
        return variant, Told(messages=(*map(InWords, done.faults), *done.bugs), status=status)
    try:
        options = options_by_question(exercise, done.derivations, (seed, variant.name))
    except DerivgenError:
        options = ()  # The worksheet tells of it.
    return replace(variant, derivations=done.derivations, options=options), Told()
