"""Options to choose from: as students see them, and with what is wrong with each for those who grade."""

from __future__ import annotations

from derivgen.document.blocks import Block, Paragraph, Table, Text
from derivgen.document.wording.questions import SHEET
from derivgen.document.worksheet import Option, Part

# Of the columns of the table of wrong options: letter, answer, what is wrong with it.
WIDTHS = (9, 31, 60)


def options_shown(part: Part) -> tuple[Block, ...]:
    """The options of a question, each with its letter."""
    return tuple(Paragraph(_says(option), letter_of(option)) for option in part.options)


def options_judged(part: Part) -> tuple[Block, ...]:
    """The letter of the right option, and what is wrong with the others."""
    if not part.options:
        return ()
    wrong = [option for option in part.options if not option.is_right]
    rows = tuple(((letter_of(option),), _says(option), option.feedback) for option in wrong)
    head: tuple[Text, ...] = ((SHEET.option,), (SHEET.answer,), (SHEET.mistake,))
    return (Paragraph(right_option(part), SHEET.right), Table(head, rows, row_heads=True, widths=WIDTHS))


def right_option(part: Part) -> Text:
    """The letter of the right option, and what it says."""
    return next((f"{letter_of(one)} ", *_says(one)) for one in part.options if one.is_right)


def letter_of(option: Option) -> str:
    """The letter as it stands before an option."""
    return f"{option.letter.upper()})"


def _says(option: Option) -> Text:
    return (SHEET.none_of_these,) if option.expr is None else (option.expr,)
