"""Drawing variants of one exercise: from the seed of a student, by the rules that keep an exercise one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.numbers import NO_VALUE
from derivgen.calculus.records import Derivation
from derivgen.document.worksheet import Option
from derivgen.errors import DerivgenError, Fault, NoRule
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import inlined
from derivgen.homework.answered import Answered, answers
from derivgen.homework.choices import Choices
from derivgen.homework.degenerate import RELATIVE, RULES, flaws
from derivgen.homework.general import Generals
from derivgen.homework.options import options_by_question, right_letters
from derivgen.homework.sampler import Stream, seed_of
from derivgen.printing.text import text
from derivgen.record import record
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.neat import Vanishes
from derivgen.spec.homework.parameters import Parameter
from derivgen.spec.homework.templates import Template

TRIES = 200
# So many draws tell what holds for every draw.
TRIALS = 8
# So many combinations of values are all gone through where chance finds nothing new, and to be counted.
MOST_COUNTED = 2000

Deriving = Callable[[Exercise], tuple[Derivation, ...]]
Drawn = tuple[tuple[str, str], ...]


@record
class Variant:
    """One exercise with its parameters filled in; one derivation a question, and the options to choose if known."""

    name: str
    exercise: Exercise
    parameters: Drawn
    derivations: tuple[Derivation, ...]
    options: tuple[tuple[Option, ...], ...] = ()


@record
class Candidate:
    """A draw with its answers, before anything is derived step by step.

    `told` is what two draws differ in if they are not the same to a student: answers, shapes,
    points. `shapes` and `lengths` are those of the answers in numerator layout, `rights` the
    letters of the right options.
    """

    name: str
    exercise: Exercise
    parameters: Drawn
    told: tuple[str, ...]
    flaws: tuple[str, ...]
    shapes: tuple[str, ...]
    lengths: tuple[int, ...]
    rights: tuple[str, ...] = ()


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


# Where every variant is somebody's, so many draws are looked at for the one that fewest have.
REPEATED = 8


class Drawer:
    """Draws variants of one exercise; each distinct one is derived once."""

    def __init__(self, template: Template, seed: str, deriving: Deriving = derived) -> None:
        self.template = template
        self.tally = Tally()
        self.seed = seed
        self._deriving = deriving
        self.generals = Generals(template)
        self.choices = Choices(template, self.generals, lambda: map(dict, self._some("options", TRIES)))
        self.tried: dict[Drawn, Candidate | str] = {}
        self._why: dict[str, Fault] = {}
        self._meant: frozenset[str] | None = None
        self._made: dict[str, Variant] = {}
        self._taken: Counter[tuple[str, ...]] = Counter()
        self._is_exhausted = False

    def variant(self, identity: str, wanted: int, *, allow_repeats: bool) -> Variant:
        """The variant of a student.

        Raises: DerivgenError after 200 draws of which none could be kept.
        """
        if not self.template.parameters:
            return self._plain()
        again: list[Candidate] = []
        tally: Counter[str] = Counter()
        for found in self.drawn(self._stream(identity)):
            if isinstance(found, str):
                tally[found] += 1
            elif self._is_free(found):
                return self._take(found)
            elif self._is_itself(found):
                again.append(found)
                if self._is_exhausted and allow_repeats and len(again) == REPEATED:
                    break
        left = self._left_over(identity) if again and not self._is_exhausted else None
        if left is not None:
            return self._take(left)
        if again and allow_repeats:
            return self._take(min(again, key=lambda one: self._taken[one.told]))
        raise DerivgenError(self.too_few(len(self._taken), wanted) if again else self._no_draw(tally))

    def _left_over(self, identity: str) -> Candidate | None:
        """A variant that nobody has, where chance has found none and the values can all be gone through."""
        every = self.every()
        if every is None:
            return None
        start = seed_of(self.seed, self.template.id, identity, "left over") % max(len(every), 1)
        found = (self.judged(drawn) for drawn in (*every[start:], *every[:start]))
        left = next((one for one in found if not isinstance(one, str) and self._is_free(one)), None)
        self._is_exhausted = left is None
        return left

    def every(self) -> tuple[Drawn, ...] | None:
        """Every combination of values that the constraints allow; None if there are too many to go through."""
        found = tuple(islice(self._combined({}, 0), MOST_COUNTED + 1))
        if len(found) > MOST_COUNTED:
            return None
        return tuple(drawn for drawn in found if self._is_allowed(drawn))

    def _combined(self, drawn: dict[str, str], position: int) -> Iterator[Drawn]:
        if position == len(self.template.parameters):
            yield tuple(drawn.items())
            return
        parameter = self.template.parameters[position]
        for number in range(parameter.count(drawn)):
            yield from self._combined({**drawn, parameter.name: parameter.value(number, drawn)}, position + 1)

    def _is_allowed(self, drawn: Drawn) -> bool:
        """Whether every value is one of its parameter's, and the constraints hold."""
        earlier: dict[str, str] = {}
        for parameter, (name, value) in zip(self.template.parameters, drawn, strict=True):
            if not parameter.has(value, earlier):
                return False
            earlier[name] = value
        return self.template.admits(earlier)

    def again(self, drawn: Drawn) -> Variant | None:
        """The variant that was drawn before with these values, taken once more; None if it can no longer be drawn."""
        if not self.template.parameters:
            return None if drawn else self._plain()
        values = dict(drawn)
        names = [parameter.name for parameter in self.template.parameters]
        ordered = tuple((name, values.get(name, "")) for name in names)
        if values.keys() != set(names) or not self._is_allowed(ordered):
            return None
        found = self.judged(ordered)
        return None if isinstance(found, str) else self._take(found)

    def idle_parameters(self) -> Iterator[Fault]:
        """A fault for each parameter that takes part in a function, and on which no answer depends."""
        bases = self._some("idle")
        in_code = frozenset(self.template.names_in_code())
        for parameter in self.template.parameters:
            if parameter.name in in_code and self._is_idle(parameter, bases):
                message = f"no answer depends on {parameter.name}"
                hint = "take it out of the function, or put it where the derivative keeps it"
                yield Fault("parameter", message, hint, parameter.place)

    def _is_idle(self, parameter: Parameter, bases: list[Drawn]) -> bool:
        """Whether there are draws that differ in this parameter alone, and all of them have the same answers."""
        compared = False
        for base in bases:
            one = self.candidate(base)
            for other in self._neighbours(parameter, base):
                two = self.candidate(other)
                if isinstance(one, str) or isinstance(two, str):
                    continue
                if one.told != two.told:
                    return False
                compared = True
        return compared

    def _neighbours(self, parameter: Parameter, base: Drawn) -> Iterator[Drawn]:
        values = dict(base)
        earlier = dict(base[: [name for name, _ in base].index(parameter.name)])
        count = parameter.count(earlier)
        for number in range(min(count, 3)):
            other = {**values, parameter.name: parameter.value(count - 1 - number, earlier)}
            if other != values and self._is_allowed(tuple(other.items())):
                yield tuple(other.items())

    def count(self) -> tuple[int, bool]:
        """How many variants differ, and whether that is exact; otherwise at least so many."""
        if not self.template.parameters:
            return 1, True
        every = self.every()
        stream = Stream(seed_of(self.seed, self.template.id, "", "count"))
        tried = (self.values(stream) for _ in range(TRIES)) if every is None else every
        kept = [self.judged(drawn) for drawn in tried]
        return len({one.told for one in kept if not isinstance(one, str)}), every is not None

    def needed(self, count: int) -> tuple[Drawn, ...]:
        """What has to be tried whoever draws: a few draws, and all that there are where there is one for everybody."""
        every = self.every() or ()
        return (*self._some("meant"), *(every if len(every) <= count else ()))

    def begin(self, identity: str) -> Iterator[Drawn]:
        """The draws of a student that nobody has tried, up to the first that can be kept.

        Whoever goes on from one has tried it.
        """
        stream = self._stream(identity)
        for drawn in (self.values(stream) for _ in range(TRIES)):
            if drawn is not None:
                if drawn not in self.tried:
                    yield drawn
                if not isinstance(self._weighed(drawn), str):
                    return

    def _stream(self, identity: str) -> Stream:
        return Stream(seed_of(self.seed, self.template.id, identity))

    def drawn(self, stream: Stream) -> Iterator[Candidate | str]:
        """200 draws: candidates, or the rules that reject them."""
        for _ in range(TRIES):
            yield self.judged(self.values(stream))

    def values(self, stream: Stream) -> Drawn | None:
        """One draw of all parameters; None where a range is empty, or a property or a constraint does not hold."""
        drawn: dict[str, str] = {}
        for parameter in self.template.parameters:
            count = parameter.count(drawn)
            # Few matrices are positive definite, say: they are drawn until one is, the other parameters stay.
            values = (parameter.value(stream.below(count), drawn) for _ in range(TRIES if count else 0))
            value = next((value for value in values if parameter.admits(value)), None)
            if value is None:
                return None
            drawn[parameter.name] = value
        return tuple(drawn.items()) if self.template.admits(drawn) else None

    def judged(self, drawn: Drawn | None) -> Candidate | str:
        """The draw with its answers, or the rule that rejects it."""
        found = "require" if drawn is None else self._weighed(drawn)
        if isinstance(found, str):
            self.tally.rejected[found] += 1
        else:
            self.tally.kept += 1
        return found

    def _weighed(self, drawn: Drawn) -> Candidate | str:
        found = self.candidate(drawn)
        if isinstance(found, str):
            return found
        return next((rule for rule in found.flaws if rule not in self.meant), found)

    @property
    def meant(self) -> frozenset[str]:
        """What is no flaw, since it holds for every one of a few draws."""
        if self._meant is None:
            tried = [self.candidate(drawn) for drawn in self._some("meant")]
            flaws = [frozenset(one.flaws) for one in tried if not isinstance(one, str)]
            self._meant = frozenset(RELATIVE).intersection(*flaws)
        return self._meant

    def _some(self, purpose: str, count: int = TRIALS) -> list[Drawn]:
        """A few draws that the constraints allow, the same in every run."""
        stream = Stream(seed_of(self.seed, self.template.id, "", purpose))
        found = (drawn for _ in range(TRIES) if (drawn := self.values(stream)) is not None)
        return list(islice(found, count))

    def candidate(self, drawn: Drawn) -> Candidate | str:
        """The draw with its answers, flawed or not, or the rule by which it is no exercise; each is tried once."""
        if drawn not in self.tried:
            self.tried[drawn] = self._fresh(drawn)
        return self.tried[drawn]

    def _fresh(self, drawn: Drawn) -> Candidate | str:
        try:
            exercise = self.template.exercise(dict(drawn), self.generals.ready(dict(drawn)))
        except Vanishes:
            return "vanish"
        except DerivgenError as error:
            return self._rejected("read", error)
        try:
            found = answers(self.generals.of(dict(drawn)), exercise, dict(drawn))
            flawed = flaws(found)
        except (DerivgenError, NoRule, WrongStep, *NO_VALUE) as error:
            return self._rejected("derivation", error)
        name = name_of(self.template.id, drawn)
        try:
            self._check_choices(exercise, drawn, found, name)
        except (DerivgenError, NoRule, WrongStep) as error:
            return self._rejected("options", error)
        rights = right_letters(exercise, (self.seed, name))
        results = [one.numerator for one in found]
        shapes, lengths = tuple(str(r.shape) for r in results), tuple(len(text(r)) for r in results)
        return Candidate(name, exercise, drawn, _told(exercise, results), flawed, shapes, lengths, rights)

    def _check_choices(self, exercise: Exercise, drawn: Drawn, found: Sequence[Answered], name: str) -> None:
        """Nothing where every choice has enough wrong answers.

        Raises: DerivgenError where too few can be made.
        """
        if any(q.choice for q in exercise.questions) and not self.choices.are_enough(exercise, dict(drawn), found):
            options_by_question(exercise, derived(exercise), (self.seed, name))

    def _rejected(self, rule: str, error: Exception) -> str:
        """The rule, for which the first fault is remembered."""
        if isinstance(error, DerivgenError):
            self._why.setdefault(rule, error.faults[0])
        return rule

    def _plain(self) -> Variant:
        if self.template.id not in self._made:
            exercise = self.template.exercise({})
            self._made[self.template.id] = Variant(self.template.id, exercise, (), self._deriving(exercise))
        return self._made[self.template.id]

    def _is_free(self, one: Candidate) -> bool:
        return self._is_itself(one) and not self._taken[one.told]

    def _is_itself(self, one: Candidate) -> bool:
        """Whether no other variant has its name: two of one name would have one key between them."""
        held = self._made.get(one.name)
        return held is None or held.parameters == one.parameters

    def _take(self, one: Candidate) -> Variant:
        self._taken[one.told] += 1
        if one.name not in self._made:
            self._made[one.name] = Variant(one.name, one.exercise, one.parameters, self._deriving(one.exercise))
        return self._made[one.name]

    def _no_draw(self, tally: Counter[str]) -> Fault:
        told = "; ".join(f"{RULES[rule]} ({count})" for rule, count in tally.most_common())
        message = f"no draw of {TRIES} is an exercise: {told}"
        hint = "change the ranges of the parameters, or the function that they stand in"
        why = next((self._why[rule] for rule, _ in tally.most_common() if rule in self._why), None)
        if why is not None:
            hint = f"the first fault was: {why.message}; {why.hint or hint}"
        return Fault("no-draw", message, hint, self.template.item.span)

    def too_few(self, count: int, wanted: int) -> Fault:
        """The fault of an exercise that has fewer variants than are wanted."""
        message = f"{self.template.id} has no more than {count} variants, and {wanted} are wanted"
        hint = "widen the ranges of the parameters, or let several students have the same by --allow-repeats"
        return Fault("few-variants", message, hint, self.template.item.span)


def _told(exercise: Exercise, results: Iterable[Expr]) -> tuple[str, ...]:
    """What a student sees of the answers, with what is asked."""
    # The same letters are another answer where an earlier function, which they name, is another one.
    found = [f"{result.shape}: {text(inlined(result))}" for result in results]
    at = [value.value for question in exercise.questions for _, value in question.at]
    asked = [layout for request in exercise.requests for layout in exercise.problem.layouts(request)]
    return (*found, *at, *asked)


def name_of(exercise: str, drawn: Drawn) -> str:
    """The name of a variant: the exercise and 24 bits over the drawn values."""
    if not drawn:
        return exercise
    told = "\0".join(f"{name}={value}" for name, value in sorted(drawn))
    return f"{exercise}~{hashlib.sha256(told.encode()).hexdigest()[:6]}"
