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

# For every matrix amsmath makes a template of each column that one may have, ten or what it is told. Here one template
# repeats itself: a matrix has as many columns as it likes, and a page takes little more than half the time. Arrays
# within a matrix have their own templates again.
MATRICES = r"""% Matrices of any number of columns, each as the first.
\makeatletter
\let\array@mkpream\@mkpream
{\def\d@llarbegin{$}\let\d@llarend\d@llarbegin\array@mkpream{c}\xdef\matrix@column{\@preamble}}
\newcommand\matrix@mkpream[1]{\let\@sharp\relax\let\do@row@strut\relax\gdef\@preamble{\matrix@column&&\matrix@column}}
\renewcommand\env@matrix{\hskip-\arraycolsep\let\@ifnextchar\new@ifnextchar
  \def\@arrayleft{\let\@mkpream\array@mkpream\let\@arrayleft\@empty}\let\@mkpream\matrix@mkpream\array{c}}
\makeatother"""
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
    document.preamble.append(NoEscape(MATRICES))
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
