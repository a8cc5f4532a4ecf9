"""Whether a draw has enough wrong answers for its choices, found without making them anew for each draw.

What mistakes give is worked out once, with symbols in the place of numbers. Of that counts what the full way
offers for a few draws too. For another draw the symbols are replaced by its numbers, and the wrong answers are
compared, at the points at which the right one was checked, with it and with each other. Where too few are told
apart so, the full way is gone. The options that students get are always made for their own functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from derivgen.answers.distractors import Distractor, distractors, is_too_long, possible
from derivgen.calculus.checks import SURE, WrongStep, difference, is_nothing
from derivgen.calculus.derive import derive
from derivgen.calculus.factoring import in_order
from derivgen.calculus.numbers import NO_VALUE, Values
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, NoRule, ShapeError
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import replaced
from derivgen.homework.answered import Answered, answers
from derivgen.homework.general import General, Generals, Texts
from derivgen.problem.problem import LayoutName
from derivgen.record import record
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.neat import Vanishes
from derivgen.spec.homework.options import Choice
from derivgen.spec.homework.parameters import Drawn
from derivgen.spec.homework.templates import Template

# With so many draws the general wrong answers are compared with those of the full way.
COMPARED = 2
# A symbol is no variable that somebody could differentiate by.
NOT_GENERAL = ("wrong_variable",)
FAULTS = (DerivgenError, NoRule, WrongStep, ShapeError, RecursionError, *NO_VALUE)


@record
class Wrong:
    """Wrong answers to a question, and how many more it has whose sizes do not meet, whatever the numbers are."""

    answers: tuple[Expr, ...] = ()
    misfits: int = 0


class Choices:
    """Tells of the draws of one exercise whether they have enough wrong answers; `trials` gives draws of it."""

    def __init__(self, template: Template, generals: Generals, trials: Callable[[], Iterable[Drawn]]) -> None:
        self._template = template
        self._generals = generals
        self._trials = trials
        self._drawn: list[Drawn] | None = None
        self._known: dict[Texts, tuple[Wrong, ...]] = {}

    def are_enough(self, exercise: Exercise, drawn: Drawn, answered: Sequence[Answered]) -> bool:
        """Whether every choice has enough wrong answers; False where this way cannot tell."""
        general = self._generals.of(drawn)
        if general is None:
            return False
        texts = self._generals.texts(drawn)
        if texts not in self._known:
            self._known[texts] = self._borne_out(general, texts)
        table = general.table(exercise, drawn)
        asked = zip(exercise.questions, answered, self._known[texts], strict=True)
        return all(q.choice is None or _has(q.choice, exercise, one, wrong, table) for q, one, wrong in asked)

    def _borne_out(self, general: General, texts: Texts) -> tuple[Wrong, ...]:
        """For each question the general wrong answers that the full way offers too, for each of the trials."""
        found, compared = _general_wrong(general), 0
        for trial in self._trials_with(texts):
            borne_out = self._compared(general, found, trial)
            if borne_out is not None:
                found, compared = borne_out, compared + 1
            if compared == COMPARED:
                return found
        return tuple(Wrong() for _ in found)

    def _trials_with(self, texts: Texts) -> list[Drawn]:
        """The trials in which what is no number is the same."""
        self._drawn = list(self._trials()) if self._drawn is None else self._drawn
        return [one for one in self._drawn if self._generals.texts(one) == texts]

    def _compared(self, general: General, found: tuple[Wrong, ...], drawn: Drawn) -> tuple[Wrong, ...] | None:
        """What of the general wrong answers the full way offers for a draw; None where that is no exercise."""
        try:
            exercise = self._template.exercise(drawn, self._generals.ready(drawn))
            answered = answers(general, exercise, drawn)
            offered = [_offered(exercise, number) for number in range(len(answered))]
        except (*FAULTS, Vanishes):
            return None
        table = general.table(exercise, drawn)
        return tuple(
            _shared(wrong, among, table, one.values) for wrong, among, one in zip(found, offered, answered, strict=True)
        )


def _shared(wrong: Wrong, offered: Wrong, table: dict[Expr, Expr], at: Sequence[Values]) -> Wrong:
    """What of the wrong answers has, with these numbers, the values of one that is offered."""
    values = [_worth(one, at) for one in offered.answers]
    kept = tuple(expr for expr in wrong.answers if _is_among(_worth(replaced(expr, table), at), values))
    return Wrong(kept, min(wrong.misfits, offered.misfits))


def _general_wrong(general: General) -> tuple[Wrong, ...]:
    """For each question what mistakes give, with symbols in the place of numbers."""
    asked = zip(general.exercise.questions, general.found, strict=True)
    return tuple(Wrong() if q.choice is None else _possible(general, one.derivation, q.choice) for q, one in asked)


def _possible(general: General, derivation: Derivation, choice: Choice) -> Wrong:
    problem = general.exercise.problem
    allowed = [name for name in choice.mistakes if name not in NOT_GENERAL]
    try:
        found = possible(problem, derivation, problem.layouts(derivation.request)[0], allowed)
    except FAULTS:
        return Wrong()
    return _sorted_out(found)


def _offered(exercise: Exercise, number: int) -> Wrong:
    """The wrong answers that the full way offers for a question.

    Raises: one of FAULTS.
    """
    choice, request, problem = exercise.questions[number].choice, exercise.requests[number], exercise.problem
    if choice is None:
        return Wrong()
    derivation = derive(problem, request)
    return _sorted_out(distractors(problem, derivation, problem.layouts(request)[0], choice.mistakes))


def _sorted_out(found: Iterable[Distractor]) -> Wrong:
    listed = tuple(found)
    answers = tuple(one.expr for one in listed if one.has_value)
    return Wrong(answers, len(listed) - len(answers))


def _is_among(found: tuple[Array, ...] | None, among: Iterable[tuple[Array, ...] | None]) -> bool:
    return found is not None and any(other and not _apart(found, other) for other in among)


def _has(choice: Choice, exercise: Exercise, answered: Answered, wrong: Wrong, table: dict[Expr, Expr]) -> bool:
    """Whether so many wrong answers as a choice needs have other values than the right one, and than each other."""
    layout: LayoutName = exercise.problem.layouts(answered.request)[0]
    right, other = answered.numerator, answered.denominator
    if layout == "denominator":
        right, other = other, right
    # The other layout is a wrong answer where the question wants it for one.
    rivals = [right] if "other_layout" in choice.mistakes else [right, other]
    told = [_worth(rival, answered.values) for rival in rivals]
    needed = len(told) + choice.count - 1 - wrong.misfits
    for expr in wrong.answers:
        made = in_order(tidy(replaced(expr, table)))
        found = None if is_too_long(made, right) else _worth(made, answered.values)
        if (
            found is not None
            and not all(map(is_nothing, found))
            and all(rival and _apart(found, rival) for rival in told)
        ):
            told.append(found)
        if len(told) >= needed:
            break
    return len(told) >= needed


def _worth(expr: Expr, at: Sequence[Values]) -> tuple[Array, ...] | None:
    try:
        return tuple(values.of(expr) for values in at)
    except (*NO_VALUE, ShapeError):
        return None


def _apart(left: tuple[Array, ...], right: tuple[Array, ...]) -> bool:
    return any(difference(a, b) > SURE for a, b in zip(left, right, strict=True))
