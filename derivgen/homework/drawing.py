"""From a sheet to what each student gets: one variant of every exercise, drawn from the seed, and a code.

Who a student is decides what is drawn, so that neither the order of a class nor of the exercises
matters. Where two would get the same variant, the one who comes later in the order of their seeds draws again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError, Fault, NoRule
from derivgen.homework.degenerate import RELATIVE, RULES, flaws
from derivgen.homework.sampler import Stream, seed_of
from derivgen.printing.text import text
from derivgen.spec.homework.banks import Item, Pool
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.neat import Vanishes
from derivgen.spec.homework.sheet import Sheet
from derivgen.spec.homework.templates import Template

TRIES = 200
# So many draws tell what holds for every draw.
TRIALS = 8
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

Deriving = Callable[[Exercise], tuple[Derivation, ...]]
Drawn = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One exercise with its parameters filled in; one derivation a question."""

    name: str
    exercise: Exercise
    parameters: Drawn
    derivations: tuple[Derivation, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """What two variants differ in if they are not the same to a student: answers, shapes, points."""
        results = (derivation.result("numerator") for derivation in self.derivations)
        at = (value.value for question in self.exercise.questions for _, value in question.at)
        return (*(f"{result.shape}: {text(result)}" for result in results), *at)


@dataclass(frozen=True, slots=True)
class Composition:
    """What one student gets; `identity` is the id of the student or the number of the version."""

    identity: str
    code: str
    variants: tuple[Variant, ...]

    def sheet(self, sheet: Sheet) -> Sheet:
        """The sheet with these exercises."""
        return sheet.handed(tuple(variant.exercise for variant in self.variants))


@dataclass(slots=True)
class Tally:
    """How many draws were kept, and how many were rejected by which rule."""

    kept: int = 0
    rejected: Counter[str] = field(default_factory=Counter)


def derived(exercise: Exercise) -> tuple[Derivation, ...]:
    """The derivations of the questions of an exercise.

    Raises: as `derive`.
    """
    return tuple(derive(exercise.problem, request) for request in exercise.requests)


def compositions(
    sheet: Sheet, identities: Sequence[str], *, allow_repeats: bool = False, deriving: Deriving = derived
) -> tuple[Composition, ...]:
    """What each of these students or versions gets, in the order of `identities`.

    Raises: DerivgenError where nothing can be drawn that is an exercise, or not enough that differ.
    """
    drawers = drawers_of(sheet, deriving)
    made: dict[str, tuple[Variant, ...]] = {}
    for identity in in_turn(sheet.seed, identities):
        picked = [template.id for item in sheet.items for template in picks(item, sheet.seed, identity)]
        made[identity] = tuple(drawers[name].variant(identity, len(identities), allow_repeats) for name in picked)
    codes = _codes(made)
    return tuple(Composition(identity, codes[identity], made[identity]) for identity in identities)


def drawers_of(sheet: Sheet, deriving: Deriving = derived) -> dict[str, Drawer]:
    """A drawer for each exercise of the sheet and its pools, by the id of the exercise."""
    templates = (t for item in sheet.items for t in (item.templates if isinstance(item, Pool) else (item,)))
    return {template.id: Drawer(template, sheet.seed, deriving) for template in templates}


def picks(item: Item, seed: str, identity: str) -> tuple[Template, ...]:
    """The exercises that a student gets of an item: of a pool some, in the order in which it names them.

    Every exercise has a number of its own for every student, and those with the least are
    picked: so one that is added later takes the place of one other at most.
    """
    if isinstance(item, Template):
        return (item,)
    order = sorted(item.templates, key=lambda template: (seed_of(seed, "pick", template.id, identity), template.id))
    chosen = {template.id for template in order[: item.pick]}
    return tuple(template for template in item.templates if template.id in chosen)


def in_turn(seed: str, identities: Sequence[str]) -> list[str]:
    """The order in which students draw: by their seeds, so that no list tells who comes first."""
    return sorted(dict.fromkeys(identities), key=lambda identity: (seed_of(seed, "", identity), identity))


class Drawer:
    """Draws variants of one exercise; each distinct one is derived once."""

    def __init__(self, template: Template, seed: str, deriving: Deriving = derived) -> None:
        self.template = template
        self.tally = Tally()
        self._seed = seed
        self._deriving = deriving
        self._made: dict[Drawn, Variant | str] = {}
        self._flaws: dict[Drawn, tuple[str, ...]] = {}
        self._meant: frozenset[str] | None = None
        self._taken: Counter[tuple[str, ...]] = Counter()
        self._names: dict[str, Drawn] = {}

    def variant(self, identity: str, wanted: int, allow_repeats: bool) -> Variant:
        """The variant of a student.

        Raises: DerivgenError after 200 draws of which none could be kept.
        """
        if not self.template.parameters:
            return self._plain()
        tally: Counter[str] = Counter()
        again: list[Variant] = []
        for found in self.drawn(identity):
            if isinstance(found, str):
                tally[found] += 1
            elif self._is_free(found):
                return self._take(found)
            else:
                tally["repeat"] += 1
                again.append(found)
        if again and allow_repeats:
            return self._take(min(again, key=lambda variant: self._taken[variant.answers]))
        raise DerivgenError(self._none_left(wanted) if again else self._no_draw(tally))

    def drawn(self, identity: str) -> Iterator[Variant | str]:
        """The draws of a student in their order: a variant, or the rule that rejects it."""
        stream = Stream(seed_of(self._seed, self.template.id, identity))
        for _ in range(TRIES):
            found = self.judged(self.values(stream))
            if isinstance(found, str):
                self.tally.rejected[found] += 1
            yield found

    def values(self, stream: Stream) -> Drawn | None:
        """One draw of all parameters; None where a range is empty or a property does not hold."""
        drawn: dict[str, str] = {}
        for parameter in self.template.parameters:
            count = parameter.count(drawn)
            if not count:
                return None
            drawn[parameter.name] = parameter.value(stream.below(count), drawn)
            if not parameter.admits(drawn[parameter.name]):
                return None
        return tuple(drawn.items()) if self.template.admits(drawn) else None

    def judged(self, drawn: Drawn | None) -> Variant | str:
        """The variant with these values, or the rule that rejects it."""
        if drawn is None:
            return "require"
        if self._meant is None:
            self._meant = frozenset(RELATIVE)
            self._meant = self._found_in_all()
        made = self._variant(drawn)
        if isinstance(made, str):
            return made
        return next((rule for rule in self._flaws[drawn] if rule not in self._meant), made)

    def _found_in_all(self) -> frozenset[str]:
        """What holds for every one of a few draws, and so is meant."""
        stream, found = Stream(seed_of(self._seed, self.template.id, "")), frozenset(RELATIVE)
        for _ in range(TRIALS):
            drawn = self.values(stream)
            if drawn is not None and not isinstance(self._variant(drawn), str):
                found &= frozenset(self._flaws[drawn])
        return found

    def _variant(self, drawn: Drawn) -> Variant | str:
        if drawn not in self._made:
            self._made[drawn] = self._fresh(drawn)
        return self._made[drawn]

    def _fresh(self, drawn: Drawn) -> Variant | str:
        try:
            exercise = self.template.exercise(dict(drawn))
        except Vanishes:
            return "vanish"
        except DerivgenError:
            return "read"
        try:
            derivations = self._deriving(exercise)
            self._flaws[drawn] = flaws(exercise, derivations)
        except (DerivgenError, NoRule, WrongStep):
            return "derivation"
        return Variant(name_of(self.template.id, drawn), exercise, drawn, derivations)

    def _plain(self) -> Variant:
        if () not in self._made:
            exercise = self.template.exercise({})
            self._made[()] = Variant(self.template.id, exercise, (), self._deriving(exercise))
        made = self._made[()]
        if isinstance(made, str):
            raise TypeError("an exercise without parameters is not drawn")
        return made

    def _is_free(self, variant: Variant) -> bool:
        # Two variants of one name would have one key between them.
        is_its_name = self._names.get(variant.name, variant.parameters) == variant.parameters
        return is_its_name and not self._taken[variant.answers]

    def _take(self, variant: Variant) -> Variant:
        self._taken[variant.answers] += 1
        self._names[variant.name] = variant.parameters
        self.tally.kept += 1
        return variant

    def _no_draw(self, tally: Counter[str]) -> Fault:
        told = "; ".join(f"{RULES[rule]} ({count})" for rule, count in tally.most_common())
        message = f"no draw of {TRIES} is an exercise: {told}"
        hint = "change the ranges of the parameters, or the function that they stand in"
        return Fault("no-draw", message, hint, self.template.item.span)

    def _none_left(self, wanted: int) -> Fault:
        message = f"{self.template.id} has no more than {len(self._taken)} variants, and {wanted} are wanted"
        hint = "widen the ranges of the parameters, or let several students have the same by --allow-repeats"
        return Fault("few-variants", message, hint, self.template.item.span)


def name_of(exercise: str, drawn: Drawn) -> str:
    """The name of a variant: the exercise and 24 bits over the drawn values."""
    if not drawn:
        return exercise
    told = "\0".join(f"{name}={value}" for name, value in sorted(drawn))
    return f"{exercise}~{hashlib.sha256(told.encode()).hexdigest()[:6]}"


def code_of(variants: Sequence[Variant], turn: int = 0) -> str:
    """The code of a sheet with these variants, such as 7F3A-2K; another turn gives another one."""
    told = "\0".join([*(variant.name for variant in variants), *([str(turn)] if turn else [])])
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")
    letters = "".join(ALPHABET[number >> (5 * k) & 31] for k in range(6))
    return f"{letters[:4]}-{letters[4:]}"


def _codes(made: dict[str, tuple[Variant, ...]]) -> dict[str, str]:
    """A code for each identity: equal for equal sheets, different for different ones."""
    owners: dict[str, tuple[str, ...]] = {}
    codes = {}
    for identity, variants in made.items():
        names, turn = tuple(variant.name for variant in variants), 0
        while owners.setdefault(code_of(variants, turn), names) != names:
            turn += 1
        codes[identity] = code_of(variants, turn)
    return codes
