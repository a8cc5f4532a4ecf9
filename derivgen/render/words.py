"""The few words that formats add of themselves, by language."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from derivgen.document.blocks import Phrase
from derivgen.document.wording.telling import told
from derivgen.record import record


@record
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
    copy: str = Phrase("Copy")
    copied: str = Phrase("Copied: {0}")
    copy_result: str = Phrase("Copy a result")
    by_hand: str = Phrase("The browser does not let this page copy. Here is the text:")
    help: str = Phrase("Keys and colours")
    colours: str = Phrase("Colours")
    auto: str = Phrase("automatic")
    light: str = Phrase("light")
    dark: str = Phrase("dark")
    keys: str = Phrase("Keys")
    on: str = Phrase("on")
    off: str = Phrase("off")
    key_steps: str = Phrase("next step, step before")
    key_layout: str = Phrase("another layout")
    key_detail: str = Phrase("another detail")
    key_search: str = Phrase("search")
    key_help: str = Phrase("this list")
    of_numbers: str = Phrase("The number of a step is a link to it; pressing it copies the address.")
    close: str = Phrase("Close")
    not_shown: str = Phrase("This derivation is not shown, since something is wrong with it")
    partly_shown: str = Phrase("Something is wrong with this derivation")


ENGLISH = Words()


@cache
def words(language: str) -> Words:
    """The labels in `language`."""
    return Words(*("".join(map(str, told((getattr(ENGLISH, field.name),), language))) for field in fields(Words)))
