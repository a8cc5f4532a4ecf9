"""What one student gets back: each question with the answer that was given, the verdict and the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derivgen.document.blocks import Block, Code, CodeSpan, Document, Heading, Paragraph, Text
from derivgen.document.wording.feedback import FEEDBACK, out_of, verdict_words
from derivgen.document.wording.questions import LAYOUT_WORDS
from derivgen.document.wording.telling import said, told_document
from derivgen.problem.problem import LayoutChoice


@dataclass(frozen=True, slots=True)
class Graded:
    """One question of a feedback page; `told` is what the student may know, `counts` whether it is the last answer.

    `seen_as` is what was read of the answer: the expression, or the option that was chosen.
    """

    number: str
    id: str
    request: str
    answer: str
    verdict: str
    points: Fraction | None
    most: Fraction | None
    told: str
    layout: LayoutChoice = "both"
    counts: bool = True
    seen_as: Text = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """A sheet that is graded: whose it is, which one, and its questions."""

    title: str
    language: str
    student: str
    code: str
    points: Fraction
    most: Fraction
    questions: Sequence[Graded]


def feedback_page(feedback: Feedback, slug: str) -> Document:
    """The page for a student."""
    made: list[Block] = [Paragraph(_whose(feedback))]
    if feedback.most:
        made.append(Paragraph(out_of(feedback.points, feedback.most), label=FEEDBACK.points))
    for place, question in enumerate(feedback.questions, 1):
        made += _question(question, place)
    title = said("Feedback on {sheet}", sheet=feedback.title)
    return told_document(Document(title, slug, feedback.language, FEEDBACK.about, tuple(made)))


def _whose(feedback: Feedback) -> Text:
    if feedback.student and feedback.code:
        return said("For {student}, sheet {code}.", student=feedback.student, code=feedback.code)
    if feedback.student:
        return said("For {student}.", student=feedback.student)
    return said("For sheet {code}.", code=feedback.code)


def _asked(question: Graded) -> Text:
    if question.layout == "both":
        return (CodeSpan(question.request),)
    return said("{request} in {layout}", request=CodeSpan(question.request), layout=LAYOUT_WORDS[question.layout])


def _question(question: Graded, place: int) -> list[Block]:
    words = said("Question {number}", number=question.number or question.id)
    made: list[Block] = [Heading(2, words, f"question-{place}")]
    if question.request:
        made.append(Paragraph(_asked(question), label=FEEDBACK.asked))
    if question.answer.strip():
        made += [Paragraph((FEEDBACK.your_answer,)), Code(question.answer, "text")]
    if question.seen_as:
        made.append(Paragraph(question.seen_as, label=FEEDBACK.read_as))
    verdict = verdict_words(question.verdict)
    if not question.counts:
        made.append(Paragraph((FEEDBACK.replaced,), label=verdict))
        return made
    # The verdict in words stands in front, so that a colour or a sign is never all there is.
    begins_so = question.told.startswith(verdict.rstrip("."))
    made.append(Paragraph((question.told,)) if begins_so else Paragraph((question.told,), label=verdict))
    if question.points is not None and question.most is not None:
        made.append(Paragraph(out_of(question.points, question.most), label=FEEDBACK.points))
    return made
