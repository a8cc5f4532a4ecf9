"""The words of question banks that no page of derivgen has."""

from __future__ import annotations

from derivgen.document.blocks import Inline, Text
from derivgen.document.wording.telling import said


def answer_in_letters(values: Inline | Text) -> Text:
    """What to type where a platform knows entries only; `values` says which letters they have."""
    return said("Answer for the case {values}.", values=values)


def typed_by_rows() -> Text:
    """How a matrix is typed."""
    return said("Write one line for each row, with blanks between its entries. A column has one entry in each line.")
