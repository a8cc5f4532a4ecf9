"""The options of a question: the right answer among wrong ones, in an order that the seed gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from derivgen.answers.distractors import Distractor, distractors
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import CodeSpan, Inline, Phrase, Text
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import said
from derivgen.document.worksheet import Option
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import Expr
from derivgen.homework.sampler import Stream, seed_of
from derivgen.problem.problem import LayoutName, Problem
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.options import BY_DEFAULT, Choice

T = TypeVar("T")

LETTERS = "abcdefghijkl"
# A question with fewer wrong answers is not offered as a choice unless it says so.
LEAST_WRONG, USUAL_WRONG = 3, 3
ORDERS = {"first": Phrase("first"), "second": Phrase("second")}


def options_of(
    problem: Problem, derivation: Derivation, layout: LayoutName, choice: Choice, seed: Sequence[str]
) -> tuple[Option, ...]:
    """The options that a question asks for; `seed` is what their order follows from.

    Raises: DerivgenError if there are fewer wrong answers than that, or none can be told from the right one.
    """
    found = _wrong(problem, derivation, layout, choice.mistakes)
    wanted = choice.count - 1
    if len(found) < wanted:
        names = ", ".join(dict.fromkeys(one.mistake for one in found)) or "none"
        are = "1 wrong answer" if len(found) == 1 else f"{len(found)} wrong answers"
        message = f"{wanted} wrong answers are needed, and {derivation.request.text} has {are} that can be told apart"
        most = f"set count to {len(found) + 1}, or " if found else ""
        hint = f"{most}let from name more mistakes, or ask for the expression; made here: {names}"
        raise DerivgenError(Fault("options", message, hint, choice.span))
    made = _lettered(derivation.result(layout), found[:wanted], seed)
    if not choice.none_of_these:
        return made
    return (*made, Option(LETTERS[len(made)], None, is_right=False, feedback=(SHEET.one_is_right,)))


def options_by_question(
    exercise: Exercise, derivations: Sequence[Derivation], seed: Sequence[str]
) -> tuple[tuple[Option, ...], ...]:
    """The options of each question of an exercise, none where it asks for none.

    Raises: DerivgenError where a question has too few wrong answers.
    """
    problem = exercise.problem
    return tuple(
        ()
        if question.choice is None
        else options_of(
            problem,
            derivation,
            problem.layouts(derivation.request)[0],
            question.choice,
            seed_of_question(seed, number),
        )
        for number, (question, derivation) in enumerate(zip(exercise.questions, derivations, strict=True))
    )


def right_letters(exercise: Exercise, seed: Sequence[str]) -> tuple[str, ...]:
    """The letter of the right option of each question, nothing where it has no options: the seed alone gives it."""
    return tuple(
        "" if question.choice is None else _letter_of_right(question.choice.count - 1, seed_of_question(seed, number))
        for number, question in enumerate(exercise.questions)
    )


def _letter_of_right(wrong: int, seed: Sequence[str]) -> str:
    return LETTERS[_order(wrong, seed).index(0)]


def offered(problem: Problem, derivation: Derivation, layout: LayoutName, seed: Sequence[str]) -> tuple[Option, ...]:
    """Options for a question that does not ask for any; none where there are too few wrong answers."""
    found = _wrong(problem, derivation, layout, BY_DEFAULT)
    return _lettered(derivation.result(layout), found[:USUAL_WRONG], seed) if len(found) >= LEAST_WRONG else ()


def _wrong(
    problem: Problem, derivation: Derivation, layout: LayoutName, allowed: Collection[str]
) -> tuple[Distractor, ...]:
    try:
        return distractors(problem, derivation, layout, allowed)
    except DerivgenError:
        # Without a point at which the derivative has a value nothing can be told apart.
        return ()


def _lettered(right: Expr, wrong: Sequence[Distractor], seed: Sequence[str]) -> tuple[Option, ...]:
    return tuple(
        Option(letter, right, is_right=True) if place == 0 else _wrong_option(letter, wrong[place - 1])
        for letter, place in zip(LETTERS, _order(len(wrong), seed), strict=False)
    )


def _order(wrong: int, seed: Sequence[str]) -> list[int]:
    """The order in which the right answer, number 0, and so many wrong ones are shown."""
    return shuffled(range(wrong + 1), Stream(seed_of(*seed, "options")))


def _wrong_option(letter: str, one: Distractor) -> Option:
    return Option(letter, one.expr, is_right=False, mistake=one.mistake, feedback=_told(one))


def seed_of_question(seed: Sequence[str], number: int) -> tuple[str, ...]:
    """What the order of the options of a question follows from."""
    return (*seed, chr(ord("a") + number))


def shuffled(items: Sequence[T], stream: Stream) -> list[T]:
    """The items in an order that the stream gives, each order as likely as the other.

    Source: Fisher and Yates, in the form of Durstenfeld (1964).
    """
    made = list(items)
    for last in range(len(made) - 1, 0, -1):
        other = stream.below(last + 1)
        made[last], made[other] = made[other], made[last]
    return made


def _told(one: Distractor) -> Text:
    return said(one.sentence, **{name: _shown(fact) for name, fact in one.facts.items()})


def _shown(fact: Expr | str) -> Inline:
    if isinstance(fact, Expr):
        return fact
    return fact if fact.isdigit() else ORDERS.get(fact, CodeSpan(fact))
