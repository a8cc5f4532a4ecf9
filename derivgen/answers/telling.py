"""Sentences of the grader: English, with the templates that they were made of, to be told in another language.

What `document/wording/telling.py` is for pages, for plain text and on the standard library: autograders have it too.
"""

from __future__ import annotations

from collections.abc import Mapping

from derivgen.answers.german import GERMAN
from derivgen.answers.slipwords import SlipWords

CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": {}, "de": GERMAN}

Slots = tuple[tuple[str, str], ...]
# A template with what fills its slots, or what somebody typed.
Piece = tuple[str, Slots] | str


class Sentence(str):
    """An English sentence, or several, and the pieces that they consist of."""

    __slots__ = ("pieces",)
    pieces: tuple[Piece, ...]

    def __new__(cls, words: str, pieces: tuple[Piece, ...]) -> Sentence:
        """The words in English, and what they are made of."""
        made = super().__new__(cls, words)
        made.pieces = pieces
        return made


def said(template: str, **slots: str) -> Sentence:
    """The sentence of a template; what fills a slot may be a sentence itself, and is harmless if somebody typed it."""
    shown = {name: visible(value) for name, value in slots.items()}
    return Sentence(template.format(**shown), ((template, tuple(shown.items())),))


def together(*several: str, between: str = " ") -> Sentence:
    """One sentence after another; what is empty is left out."""
    kept = [one for one in several if one]
    pieces: list[Piece] = []
    for one in kept:
        pieces += [between] if pieces else []
        pieces += one.pieces if isinstance(one, Sentence) else (one,)
    return Sentence(between.join(kept), tuple(pieces))


def without_stop(sentence: Sentence) -> Sentence:
    """The sentence of one template without its full stop, for more to follow."""
    match sentence.pieces:
        case ((str() as template, slots),):
            return Sentence(sentence.removesuffix("."), ((template.removesuffix("."), slots),))
        case _:
            return sentence


def in_language(message: str, language: str) -> str:
    """The message in the words of a language; what somebody typed, and what its catalogue lacks, stays as it is."""
    catalogue = CATALOGUES.get(language, {})
    if isinstance(message, SlipWords):
        return message.told(language)
    if not catalogue or not isinstance(message, Sentence):
        return str(message)
    return "".join(piece if isinstance(piece, str) else _told(*piece, language) for piece in message.pieces)


def _told(template: str, slots: Slots, language: str) -> str:
    catalogue = CATALOGUES[language]
    found = catalogue.get(template) or catalogue.get(f"{template}.", template).removesuffix(".")
    return found.format(**{name: in_language(value, language) for name, value in slots})


def visible(message: str) -> str:
    """The message without what would steer a terminal or turn the reading direction: such characters by their code."""
    return message if message.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in message)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
