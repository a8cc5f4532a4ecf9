"""The preamble of a page's LaTeX, built from PyLaTeX's objects."""

from __future__ import annotations

import hashlib
from functools import cache

from pylatex import Command, Document, NoEscape, Package

from derivgen.render import latex

# Only what texlive-latex-recommended and lmodern hold, so that a small TeX compiles every page.
PACKAGES = (
    Package("geometry", options=["a4paper", "hmargin=2.6cm", "top=2.3cm", "bottom=2.6cm"]),
    Package("mathtools"),
    Package("amssymb"),
    Package("array"),
    Package("booktabs"),
    Package("xcolor"),
    Package("hyperref", options=["hidelinks", "bookmarks=false", "pdfdisplaydoctitle"]),
)

MOST_COLUMNS = 64
TITLE, ID = "derivgentitle", "derivgenid"
# TeX's own names of languages; English is what it begins with.
HYPHENATION = {"de": "ngerman"}


def preamble(title: str, language: str, *, pictures: bool = False) -> NoEscape:
    """What stands before the body of the document; `title` is in plain words. Only `pictures` need pict2e."""
    # Without an id of its own, pdfTeX makes one from the clock and the folder.
    name = hashlib.sha256(title.encode()).hexdigest()[:32]
    shared = _shared(language, pictures=pictures)
    return NoEscape(shared.replace(TITLE, _pdf_words(title)).replace(ID, name))


@cache
def _shared(language: str, *, pictures: bool) -> str:
    """The preamble of all documents of a language, with places for the title and the id of one."""
    document = Document(
        documentclass="article",
        document_options=["11pt", "fleqn"],
        page_numbers=False,  # PyLaTeX's own way to number pages loads a package that a small TeX lacks
        indent=False,
        microtype=True,
    )
    for package in (*PACKAGES, *((Package("pict2e"),) if pictures else ())):
        document.packages.append(package)
    setup = NoEscape(f"pdftitle={{{TITLE}}},pdflang={{{latex.words(language)}}},pdfcreator={{derivgen}}")
    document.preamble.append(Command("hypersetup", setup))
    # amsmath's matrices have ten columns at most unless it is told otherwise; a Jacobian by a matrix may have more.
    document.preamble.append(NoEscape(rf"\setcounter{{MaxMatrixCols}}{{{MOST_COLUMNS}}}"))
    if language in HYPHENATION:
        document.preamble.append(NoEscape(_hyphenation(HYPHENATION[language])))
    document.preamble.append(NoEscape(rf"\ifdefined\pdftrailerid\pdftrailerid{{{ID}}}\fi"))
    text = document.dumps()
    return str(text.partition(r"\begin{document}")[0].replace("%\n", "\n").strip())


def _hyphenation(name: str) -> str:
    # A small TeX lacks the patterns of other languages: rather no word is parted than in a wrong place.
    known = rf"\language\csname l@{name}\endcsname"
    return rf"\AtBeginDocument{{\ifcsname l@{name}\endcsname{known}\else\hyphenpenalty=10000\exhyphenpenalty=50\fi}}"


def _pdf_words(title: str) -> str:
    # A PDF's title is a string without formulas: letters that LaTeX sets by a formula are dropped to a question mark.
    return "".join(latex.words(letter) if letter in latex.T1 or " " <= letter <= "~" else "?" for letter in title)
