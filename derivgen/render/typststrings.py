"""What is Typst source and what is a string in it."""

from __future__ import annotations

import unicodedata


class TypstCode(str):
    """Typst source that is meant as such; everything else is put in as a string."""

    __slots__ = ()


def literal(text: str) -> str:
    """A Typst string that holds exactly these letters."""
    visible = unicodedata.normalize("NFC", text)
    if not visible.isprintable():
        visible = "".join(letter if letter.isprintable() or letter == "\u00a0" else " " for letter in visible)
    return '"' + visible.replace("\\", "\\\\").replace('"', '\\"') + '"'
