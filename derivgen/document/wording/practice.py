"""The words of a practice copy."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import listed, said
from derivgen.record import record


@record
class PracticeLabels:
    """The fixed words of a practice copy, and of the page that is its key."""

    title: Phrase = Phrase("{title}: practice")
    about: Phrase = Phrase("A worked derivation with some steps left out, to be filled in.")
    line: Phrase = Phrase("Write the right side of this line.")
    why: Phrase = Phrase("Why may this line be written?")
    name: Phrase = Phrase("Which rule is it?")
    show: Phrase = Phrase("Show this step")
    show_why: Phrase = Phrase("Show the reason")
    show_name: Phrase = Phrase("Show the name of the rule")


PRACTICE = PracticeLabels()


def left_open(numbers: Sequence[str]) -> Text:
    """Which steps the practice copy leaves open; all where no number is given."""
    match numbers:
        case []:
            return said("The practice copy of this page leaves something open in every step.")
        case [number]:
            return said("The practice copy of this page leaves step {number} open.", number=number)
        case _:
            return said("The practice copy of this page leaves steps {numbers} open.", numbers=listed(numbers))
