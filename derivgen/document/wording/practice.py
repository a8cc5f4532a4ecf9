"""The words of a practice copy."""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.document.blocks import Phrase


@dataclass(frozen=True, slots=True)
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
    mark: Phrase = Phrase("to be filled in on the practice copy")


PRACTICE = PracticeLabels()
