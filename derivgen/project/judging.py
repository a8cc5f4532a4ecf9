"""Budgets of answers: whatever a student types is judged in a second or two, or told that it takes too much."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from derivgen.answers import wording
from derivgen.answers.stored import Stored, StoredKey
from derivgen.answers.submission import Grade, graded, not_judged
from derivgen.answers.telling import in_language
from derivgen.project.budget import OverBudget, bounded

T = TypeVar("T")

# Seconds of work for one answer, with all lines of a derivation. The slowest answers of the tests take a twentieth.
ANSWER = 2.0


def within_answer(work: Callable[[], T], beyond: Callable[[str], T]) -> T:
    """What the work on one answer gives; `beyond` says what becomes of an answer that needs too much, told in words."""
    try:
        with bounded(ANSWER):
            return work()
    except (OverBudget, MemoryError):
        return beyond(wording.TOO_MUCH)


def graded_within(key: StoredKey, question: Stored, answer: str, *, tolerant: bool = False) -> Grade:
    """The grade of one answer to a question of a key; one that takes too much work costs nobody else a grade."""

    def beyond(told: str) -> Grade:
        # What was remembered for the next answer may be half made.
        question.made.clear()
        return not_judged(question, answer, in_language(told, key.language))

    return within_answer(lambda: graded(key, question, answer, tolerant=tolerant), beyond)
