"""The few words that formats add of themselves, by language."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from derivgen.document.blocks import Phrase
from derivgen.document.wording.telling import told


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of a page that are not part of the document."""

    answer: str = Phrase("Answer")
    given: str = Phrase("Given")
    skip: str = Phrase("Skip to the text")
    chapters: str = Phrase("Chapters")
    contents: str = Phrase("All pages")
    way: str = Phrase("Where this page stands")
    site: str = Phrase("Pages of this site")
    files: str = Phrase("This page as a file")
    previous: str = Phrase("Previous")
    following: str = Phrase("Next")
    neighbours: str = Phrase("Neighbouring pages")
    table: str = Phrase("Table")
    code: str = Phrase("Code")
    formula: str = Phrase("Formula")
    step: str = Phrase("Step")
    shape: str = Phrase("Shape")
    picture: str = Phrase("Picture")
    hence: str = Phrase("hence")
    listing: str = Phrase("A program listing of {0} lines stands here")
    row: str = Phrase("Row")
    print_version: str = Phrase("Print version. The web page of the same name says every formula in words.")
    detail: str = Phrase("Detail")
    layout: str = Phrase("Layout")
    numerator: str = Phrase("numerator")
    denominator: str = Phrase("denominator")
    both: str = Phrase("both")
    brief: str = Phrase("brief")
    standard: str = Phrase("standard")
    detailed: str = Phrase("detailed")
    finer: str = Phrase("Finer steps")
    finer_in: str = Phrase("Finer steps, with other letters")
    one_by_one: str = Phrase("one step at a time")
    next_step: str = Phrase("Show next step")
    so_far: str = Phrase("Step {0} of {1}")
    not_shown: str = Phrase("This derivation is not shown, since something is wrong with it")
    partly_shown: str = Phrase("Something is wrong with this derivation")


ENGLISH = Words()


@cache
def words(language: str) -> Words:
    """The labels in `language`."""
    return Words(*("".join(map(str, told((getattr(ENGLISH, field.name),), language))) for field in fields(Words)))
