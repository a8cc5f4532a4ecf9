"""The faces of the font of formulas: which of them a page needs, so that it asks for those at once and for no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What most pages need, and Greek letters; all other letters and signs are in a third face (decision 006).
# The style has the same ranges: a face is loaded where a letter of its range is shown.
CORE = (
    "U+20-7E, U+A0, U+B1, U+D7, U+131, U+2C6, U+2016, U+2026, U+2032, U+2061-2064, U+210E, U+2202, U+2207-2208, "
    "U+2211-2212, U+221A, U+2260, U+2264-2265, U+2297-2299, U+22A4, U+22C5, U+22EE-22EF, U+22F1, U+23DF, U+27F9, "
    "U+1D400-1D467, U+1D6FB, U+1D715, U+1D7CE-1D7D7"
)
GREEK = "U+393-3F5, U+1D6E2-1D6FA, U+1D6FC-1D714, U+1D716-1D71B"
FACES = {"derivgen-math": CORE, "derivgen-math-greek": GREEK}
OTHER = "derivgen-math-more"
LETTERS = re.compile(r">([^<]+)")


def faces_of(page: str) -> dict[str, str]:
    """The names of the faces that the formulas of a page of HTML need, each with a letter that is set in it."""
    formulas = (rest.partition("</math>")[0] for rest in page.split("<math")[1:])
    shown = set().union(*map(LETTERS.findall, formulas))
    shown = set("".join(shown)) - {"\n"}
    needed = {_face(letter): letter for letter in sorted(shown)}
    return {name: needed[name] for name in (*FACES, OTHER) if name in needed}


def _face(letter: str) -> str:
    return next((name for name, codes in CODES.items() if ord(letter) in codes), OTHER)


def codes_of(ranges: str) -> Iterator[int]:
    """The code points of ranges as CSS writes them."""
    for one in ranges.split(","):
        low, _, high = one.strip().removeprefix("U+").partition("-")
        yield from range(int(low, 16), int(high or low, 16) + 1)


CODES = {name: frozenset(codes_of(ranges)) for name, ranges in FACES.items()}
