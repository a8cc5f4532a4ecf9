"""The rubric: what a program can ask of a finished page before anyone reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from derivgen.document.blocks import Document
from derivgen.printing.notation import Notation
from derivgen.problem.problem import DetailName
from derivgen.record import record
from derivgen.render.rubric import questions
from derivgen.render.rubric.questions import Amiss, Page

Outcome = Literal["refused", "reported", "of the spec"]
"""What becomes of a page that breaks a question.

A page that could mislead is refused; one that is right, but not as it should be, is made and the build
fails; what its author alone can mend, such as a line too wide for any page, is a fault of the spec.
"""


@record
class Question:
    """A question that every page is asked, what becomes of a page that breaks it, and how its author mends it."""

    name: str
    ask: Callable[[Page], Iterator[Amiss]]
    outcome: Outcome
    mend: str = ""


@record
class Finding:
    """A question that a page breaks: where, and what is amiss."""

    question: Question
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.question.name}: in {self.place}: {self.what}"


QUESTIONS: tuple[Question, ...] = (
    Question("answer", questions.answer, "refused"),
    Question("finished", questions.finished, "refused"),
    Question("layouts", questions.layouts, "refused"),
    Question("shapes", questions.shapes, "refused"),
    Question("symbols", questions.symbols, "reported"),
    Question("simplified", questions.simplified, "reported"),
    Question("anchors", questions.anchors, "reported"),
    Question("length", questions.length, "reported"),
    Question("check", questions.check, "reported"),
    Question("reasons", questions.reasons, "reported"),
    Question("headings", questions.goals, "reported"),
    Question("speech", questions.speech, "reported"),
    Question("names", questions.names, "of the spec", "give one of them a name that prints in another way"),
    Question("width", questions.widths, "of the spec", "give a part of it a name of its own under `functions`"),
)


def judged(document: Document, notation: Notation, detail: DetailName) -> tuple[Finding, ...]:
    """Every question that the page breaks, in the order of the questions."""
    page = Page.of(document, notation, detail)
    return tuple(Finding(question, *amiss) for question in QUESTIONS for amiss in question.ask(page))
