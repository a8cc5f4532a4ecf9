"""How long a sentence of why is: a formula counts as one word."""

from __future__ import annotations

import re

from derivgen.document.blocks import Emphasis, Link, Strong, Text, Told
from derivgen.document.wording.telling import told

MOST_WORDS = 25
WORD = re.compile(r"\w[\w’'.-]*")


def words_in(text: Text) -> int:
    """How many words a reader reads, each formula as one."""
    return sum(_words(piece) for piece in told(text))


def _words(piece: Told) -> int:
    match piece:
        case str():
            return len(WORD.findall(piece))
        case Strong(text=inside) | Emphasis(text=inside) | Link(text=inside):
            return words_in(inside)
        case _:
            return 1
