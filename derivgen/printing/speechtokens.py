"""Words on their way to a sentence: names stay marked until it is known which of them is told first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from derivgen.expr.memory import remembered
from derivgen.printing.boxes import Role
from derivgen.printing.speechwords import Table


class Name(NamedTuple):
    """A letter or a word that stands for something; `text` is as it is written."""

    text: str
    role: Role


Words = tuple[str | Name, ...]
GAP = re.compile(r"\{(\d)\}")
BEFORE_STOP = re.compile(r" +(?=[,;.](?:\s|$))")
COMMAS = re.compile(r",(?:\s*,)+")
STOPS = re.compile(r",?\s*([;.])(?:\s*,)*(?=\s|$)")


def filled(phrase: str, *gaps: Words) -> Words:
    """The phrase with words in its gaps."""
    words: list[str | Name] = []
    for place, piece in enumerate(_split(phrase)):
        words.extend(gaps[int(piece)] if place % 2 else (piece,))
    return tuple(words)


@remembered
def _split(phrase: str) -> tuple[str, ...]:
    """The words between the gaps, and between them the numbers of these."""
    return tuple(GAP.split(phrase))


def sentence(words: Words, table: Table) -> str:
    """The words as text: a name has its noun where it first stands, and everywhere if another sounds like it.

    A name all alone has none: the words around it say what it is.
    """
    if len(words) == 1 and isinstance(words[0], Name):
        return tidied([_told(words[0], table, is_new=False, is_alike=False)])
    names = {word for word in words if isinstance(word, Name)}
    sounds = Counter(text.casefold() for text in {name.text for name in names})
    # x and X are one sound. A component has the letter of its array and needs no mark for that.
    alike = {name for name in names if sounds[name.text.casefold()] > 1}
    told: set[Name] = set()
    pieces: list[str] = []
    for word in words:
        if isinstance(word, str):
            pieces.append(word)
            continue
        pieces.append(_told(word, table, is_new=word not in told or word in alike, is_alike=word in alike))
        told.add(word)
    return tidied(pieces)


def tidied(pieces: Iterable[str]) -> str:
    """The pieces with single spaces, and one sign where several stop."""
    text = " ".join(" ".join(pieces).split())
    if "," in text or "." in text or ";" in text:
        text = BEFORE_STOP.sub("", text)
        text = COMMAS.sub(",", text)
        text = STOPS.sub(itemgetter(1), text)
    return text.strip(" ,")


def cleaned(text: str) -> str:
    """Only letters, digits and stops: a sign that cannot be said is a pause between words."""
    return "".join(sign if sign.isalnum() or sign in ",;." else " " for sign in text)


def _told(name: Name, table: Table, *, is_new: bool, is_alike: bool) -> str:
    # A capital vector would be taken for its small letter wherever it stands: F for f.
    is_capital_vector = name.role == "vector" and name.text[:1].isupper()
    noun = table.roles.get(name.role, "") if is_new or is_capital_vector else ""
    letter = cleaned(
        " ".join(table.letters.get(sign, sign) for sign in name.text) if _is_greek(name.text) else name.text
    )
    if is_capital_vector or (is_alike and name.text[:1].isupper()):
        letter = table.phrases["capital"].format(letter)
    return f"{noun} {letter}"


def _is_greek(text: str) -> bool:
    return any("Α" <= sign <= "ϵ" or sign == "ℓ" for sign in text)
