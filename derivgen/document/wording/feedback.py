"""The words of feedback pages."""

from __future__ import annotations

from fractions import Fraction

from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import said
from derivgen.record import record


@record
class FeedbackLabels:
    """The fixed words of a feedback page."""

    about: Phrase = Phrase("What became of the answers to a sheet.")
    points: Phrase = Phrase("Points.")
    asked: Phrase = Phrase("Asked:")
    your_answer: Phrase = Phrase("Your answer:")
    read_as: Phrase = Phrase("Read as:")
    replaced: Phrase = Phrase("A later answer counts.")


FEEDBACK = FeedbackLabels()

VERDICTS = {
    "correct": Phrase("Right."),
    "other_layout": Phrase("Right, in the other layout."),
    "mistake": Phrase("Not right."),
    "wrong": Phrase("Not right."),
    "unparsable": Phrase("Not read."),
    "blank": Phrase("No answer."),
}
NOT_GRADED = Phrase("Not graded yet.")


def verdict_words(verdict: str) -> Phrase:
    """A verdict in words."""
    return VERDICTS.get(verdict, NOT_GRADED)


def out_of(points: Fraction, most: Fraction) -> Text:
    """So many of so many points."""
    return said("{points} of {most}", points=_number(points), most=_number(most))


def _number(points: Fraction) -> str:
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0").rstrip(".")
