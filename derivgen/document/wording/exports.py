"""The words of question banks that no page of derivgen has."""

from __future__ import annotations

from derivgen.document.blocks import Inline, Phrase, Text
from derivgen.document.wording.telling import said


def answer_in_letters(values: Inline | Text) -> Text:
    """What to type where a platform knows entries only; `values` says which letters they have."""
    return said("Answer for the case {values}.", values=values)


def typed_by_rows() -> Text:
    """How a matrix is typed."""
    return said("Write one line for each row, with blanks between its entries. A column has one entry in each line.")


def how_to_answer(kind: str) -> Text:
    """What to write between the quotes of a notebook."""
    return (HOW_TO_ANSWER[kind],)


HOW_TO_ANSWER: dict[str, Phrase] = {
    "expression": Phrase("Write the derivative between the quotes, as in 2*A @ x + b.T."),
    "derivation": Phrase("Write your derivation between the quotes, one line for each step."),
    "choice": Phrase("Write the letter of an option between the quotes."),
    "number": Phrase("Write numbers between the quotes: a vector as in [1, 2], a matrix as in [[1, 2], [3, 4]]."),
    "shape": Phrase("Write the shape between the quotes, as in n x 1."),
}
NOTEBOOK = Phrase("Fill in the answers. The cells below them are for grading; leave them as they are.")
NOT_GRADED_HERE = Phrase("This cell is for your instructor, who has the answers.")
