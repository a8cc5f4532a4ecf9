"""What one student gets back: each question with the answer that was given, the verdict and the points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derivgen.document.asking import functions_within
from derivgen.document.blocks import Block, Code, Document, Heading, Paragraph, Phrase, Text
from derivgen.document.wording.feedback import FEEDBACK, out_of, verdict_words
from derivgen.document.wording.questions import LAYOUT_WORDS
from derivgen.document.wording.telling import joined, said, told, told_document
from derivgen.expr.nodes import Reference
from derivgen.problem.problem import LayoutChoice, Problem, Request
from derivgen.record import record


@record
class Graded:
    """One question of a feedback page; `told` is what the student may know, `counts` whether it is the last answer.

    `seen_as` is what was read of the answer: the expression, or the option that was chosen.
    """

    number: str
    id: str
    asked: Text
    answer: str
    verdict: str
    points: Fraction | None
    most: Fraction | None
    told: str
    layout: LayoutChoice = "both"
    counts: bool = True
    seen_as: Text = ()


@record
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
        made += _question(question, place, feedback.language)
    title = said("Feedback on {sheet}", sheet=feedback.title)
    return told_document(Document(title, slug, feedback.language, FEEDBACK.about, tuple(made)))


def _whose(feedback: Feedback) -> Text:
    if feedback.student and feedback.code:
        return said("For {student}, sheet {code}.", student=feedback.student, code=feedback.code)
    if feedback.student:
        return said("For {student}.", student=feedback.student)
    return said("For sheet {code}.", code=feedback.code)


def asked_for(problem: Problem, request: Request, layout: LayoutChoice, *, shape: bool = False) -> Text:
    """What a question asks for, as a symbol, and what its functions stand for."""
    asked: Text = (request.derivative,)
    if shape:
        asked = said("the shape of {request}", request=asked)
    if layout != "both" and (shape or not request.derivative.is_scalar):
        asked = said("{request} in {layout}", request=asked, layout=LAYOUT_WORDS[layout])
    known = [one for one in functions_within(problem, (request.of,)) if isinstance(one, Reference)]
    if not known:
        return asked
    # The function that is asked for comes first, what it is made of behind it.
    definitions = joined([(one, " = ", one.body) for one in reversed(known)], ", ")
    return said("{request}, where {definitions}", request=asked, definitions=definitions)


def _question(question: Graded, place: int, language: str) -> list[Block]:
    words = said("Question {number}", number=question.number or question.id)
    made: list[Block] = [Heading(2, words, f"question-{place}")]
    if question.asked:
        made.append(Paragraph(question.asked, label=FEEDBACK.asked))
    if question.answer.strip():
        made += [Paragraph((FEEDBACK.your_answer,)), Code(question.answer, "text")]
    if question.seen_as:
        made.append(Paragraph(question.seen_as, label=FEEDBACK.read_as))
    verdict = verdict_words(question.verdict)
    if not question.counts:
        made.append(Paragraph((FEEDBACK.replaced,), label=verdict))
        return made
    # The verdict in words stands in front, so that a colour or a sign is never all there is.
    made.append(_verdict(question.told, verdict, language))
    if question.points is not None and question.most is not None:
        made.append(Paragraph(out_of(question.points, question.most), label=FEEDBACK.points))
    return made


def _verdict(words: str, verdict: Phrase, language: str) -> Paragraph:
    """The verdict with what is told of it, which may begin with just that."""
    short = "".join(map(str, told((verdict,), language)))
    if words == short:
        return Paragraph((), label=verdict)
    return Paragraph((words,)) if words.startswith(short.rstrip(".")) else Paragraph((words,), label=verdict)
