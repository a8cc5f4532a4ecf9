"""The words of a text, and the same text in private names that Python's ast can read safely.

ast.parse would fold names by NFKC, read keywords as keywords, evaluate numbers and count
columns in bytes. So names and numbers are replaced by underscores, as many as they have
characters, and looked up again by their place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from derivgen.record import record
from derivgen.syntax.source import Source

Kind = Literal["name", "number", "operator"]

NUMBER = re.compile(r"(?:[0-9]+(?:\.(?![^\W0-9_])[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
OPERATOR = re.compile(r"\*\*|//|>=|<=|!=|==|<<|>>|:=|->|.", re.DOTALL)


@record
class Token:
    """One word of the text; names are in NFC, `typed` is what stands in the text."""

    kind: Kind
    text: str
    typed: str
    start: int
    end: int


def tokens_of(source: Source) -> tuple[Token, ...]:
    """The words of the text from left to right."""
    found: list[Token] = []
    place = 0
    while place < len(source.text):
        if source.text[place].isspace():
            place += 1
            continue
        token = _token_at(source.text, place)
        found.append(token)
        place = token.end
    return tuple(found)


def masked(source: Source, tokens: tuple[Token, ...]) -> str:
    """The text with names and numbers replaced by underscores, every column kept."""
    letters = list(source.text)
    for token in tokens:
        if token.kind != "operator":
            letters[token.start : token.end] = "_" * (token.end - token.start)
    return "".join(letters)


def is_letter(character: str) -> bool:
    """Whether a name may begin with this character."""
    return character == "_" or unicodedata.category(character).startswith("L")


def _token_at(text: str, place: int) -> Token:
    if is_letter(text[place]):
        end = place + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        typed = text[place:end]
        return Token("name", unicodedata.normalize("NFC", typed), typed, place, end)
    number = NUMBER.match(text, place)
    if number:
        return Token("number", number.group(), number.group(), place, number.end())
    operator = OPERATOR.match(text, place)
    typed = operator.group() if operator else text[place]
    return Token("operator", typed, typed, place, place + len(typed))


def _continues(character: str) -> bool:
    return is_letter(character) or character in "0123456789" or unicodedata.category(character) in {"Mn", "Mc"}
