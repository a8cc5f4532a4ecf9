"""How long a sentence of why is: a formula counts as one word."""

from __future__ import annotations

import re

from derivgen.document.blocks import Emphasis, Inline, Link, Strong, Text

MOST_WORDS = 25
WORD = re.compile(r"\w[\w’'.-]*")


def words_in(text: Text) -> int:
    """How many words a reader reads, each formula as one."""
    return sum(_words(piece) for piece in text)


def _words(piece: Inline) -> int:
    match piece:
        case str():
            return len(WORD.findall(piece))
        case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
            return words_in(inside)
        case _:
            return 1
