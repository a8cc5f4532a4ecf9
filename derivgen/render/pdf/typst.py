"""PDFs by the Typst compiler of the `typst` package: tagged, with no fonts but its own."""

from __future__ import annotations

import re
from functools import cache
from threading import Lock
from typing import Any, Final

import typst

from derivgen.errors import DerivgenError, Fault
from derivgen.render.pdf.typeset import Typeset

EPOCH = 946684800  # as with LaTeX: no date of making, so that equal sources give equal bytes
TAGGED: Final = "ua-1"
ONE_AT_A_TIME = Lock()  # the compiler refuses a second document meanwhile; pictures of pages are made in a thread
REMEMBERED = 10  # documents back the compiler knows all that it has set
NOTHING = "#set page(width: 3pt, height: 3pt)"
LACKING = re.compile(r"the text `\"(.*?)\"` could not be displayed")


@cache
def _compiler(*, system_fonts: bool) -> typst.Compiler:
    # One for the process: reading its fonts takes most of the time of the first page.
    fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=True, font_paths=[])
    return typst.Compiler(font_paths=fonts)


def typeset(source: str, *, is_one_of_many: bool = False) -> Typeset:
    """The tagged PDF (PDF/UA-1) of a Typst document.

    A letter that the compiler's own fonts lack is looked for in the system's fonts, and
    else shown by its code point, with a warning. Of many that are alike each is set in half the time, as the compiler
    remembers the ones before it; else what it remembers only makes it slower, by a tenth, and is forgotten at once.
    Raises: DerivgenError with the compiler's message.
    """
    for system_fonts in (False, True):
        try:
            made = _compile(source, system_fonts=system_fonts, forgets=not is_one_of_many)
            return Typeset(made, (), is_tagged=True, lasts=not system_fonts)
        except typst.TypstError as error:
            lacking = _lacking(error)
            if not lacking:
                raise DerivgenError(_fault(error)) from error
    for letter in lacking:
        source = source.replace(letter, f"[U+{ord(letter):04X}]")
    shown = ", ".join(lacking)
    warning = f"no font has {shown}: shown by code point; install a font with it, or write the word in other letters"
    made = _compile(source, system_fonts=True, forgets=not is_one_of_many)
    return Typeset(made, (warning,), is_tagged=True, lasts=False)


def _compile(source: str, *, system_fonts: bool, forgets: bool) -> bytes:
    try:
        return _made(source, system_fonts=system_fonts, format="pdf", pdf_standards=TAGGED, timestamp=EPOCH)
    finally:
        for _ in range(REMEMBERED if forgets else 0):
            _made(NOTHING, system_fonts=system_fonts, format="svg")


def _made(source: str, *, system_fonts: bool, **options: Any) -> bytes:
    with ONE_AT_A_TIME:
        made = _compiler(system_fonts=system_fonts).compile(input=source.encode(), **options)
    if not isinstance(made, bytes):
        raise TypeError("the Typst compiler returned several files for one document")
    return made


def picture(source: str) -> bytes:
    """The only page of a Typst document as PNG, a pixel a point.

    Raises: DerivgenError with the compiler's message.
    """
    try:
        return _made(source, system_fonts=False, format="png", ppi=72.0)
    except typst.TypstError as error:
        raise DerivgenError(_fault(error)) from error


def _lacking(error: typst.TypstError) -> tuple[str, ...]:
    found = LACKING.findall(error.diagnostic)
    return tuple(dict.fromkeys(letter for text in found for letter in text if ord(letter) > 126))


def _fault(error: typst.TypstError) -> Fault:
    hint = "; ".join(error.hints) or "mend the formula or the template that made this page"
    return Fault("typst", f"Typst cannot set this page: {error.message}", hint)
