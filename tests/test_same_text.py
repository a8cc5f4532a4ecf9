"""The steps of a page say the same in LaTeX's PDF, in Typst's PDF and in HTML.

A page's HTML gives the words of each step: its number, the name of its rule, its reason, its conditions. The
text of the PDFs must hold them in the same order, and say no word that the page does not say. No page of them
parts a step: its line and its reason are read together.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path

import pytest

from derivgen.document.blocks import Document
from derivgen.printing.notation import Notation
from derivgen.project.documents import document_of
from derivgen.project.places import page_name
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.pdf import latex, typst
from derivgen.render.words import words
from derivgen.spec.files import find_specs
from tests.render.pages import VOID

GALLERY = Path(__file__).parents[1] / "specs"
SPECS = find_specs([GALLERY])
ENGINE = latex.find_engine()
# A page of each kind; the night tier takes all.
PANEL = (
    "quadratic-form", "least-squares", "log-determinant", "product-by-its-middle-factor", "softmax-cross-entropy",
    "two-layer-network-weights", "mean-squared-loss", "general-jacobian", "jacobian-three-by-three", "power-rule",
)  # fmt: skip
CASES = [
    pytest.param(path, id=path.stem, marks=[] if path.stem in PANEL else [pytest.mark.night, pytest.mark.slow])
    for path in SPECS
]
TOOLS = ENGINE is not None and shutil.which("pdftotext") is not None
needs_tex = pytest.mark.skipif(not TOOLS, reason="needs pdflatex and pdftotext")
PRESETS = ("brief", "standard", "detailed", "folded")
LEFT_OUT = frozenset(("math", "svg"))


class Steps(HTMLParser):
    """The words of the steps that a page shows first: for each step its pieces, cut where a formula stands.

    What a reader has to ask for is not among them: longer presets, finer steps that are closed, what is repeated.
    """

    def __init__(self, source: str, detail: str = "standard") -> None:
        super().__init__()
        self.hidden = {"recap", *PRESETS[PRESETS.index(detail) + 1 :]}
        self.steps: list[list[str]] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        is_closed = "finer" in classes and "open" not in given
        kind = tag if tag in LEFT_OUT else "hidden" if is_closed or self.hidden & set(classes) else ""
        if "step" in classes and not kind and "hidden" not in self.open:
            kind = "step"
            self.steps.append([""])
        if kind in LEFT_OUT and self.is_inside:
            self.steps[-1].append("")
        self.open.append(kind)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.is_inside and not LEFT_OUT & set(self.open):
            self.steps[-1][-1] += data

    @property
    def is_inside(self) -> bool:
        return "step" in self.open and "hidden" not in self.open


def squeezed(text: str) -> str:
    """The letters and digits alone: no ligatures, hyphens, stops and spaces, and no letters of mathematics."""
    plain = "".join(letter for letter in text if not 0x1D400 <= ord(letter) <= 0x1D7FF)
    return "".join(letter for letter in unicodedata.normalize("NFKC", plain) if letter.isascii() and letter.isalnum())


def printed(pdf: bytes) -> tuple[str, ...]:
    """The text of each page in the order in which it is set, which is that of reading."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    # The number at the foot of a page is no text.
    return tuple(re.sub(r"\n\d+\n*$", "\n", page) for page in done.stdout.decode().split("\f"))


def places(steps: list[list[str]], text: str) -> Iterator[tuple[int, str, int]]:
    """The pieces of steps: the number of the step, and where the piece stands after the one before, or -1."""
    place = 0
    for number, step in enumerate(steps):
        for piece in filter(None, map(squeezed, step)):
            found = text.find(piece, place)
            place = place if found < 0 else found + len(piece)
            yield number, piece, found


def missing(steps: list[list[str]], text: str) -> list[str]:
    """The pieces of steps that do not stand in the text in this order."""
    return [piece for _, piece, found in places(steps, text) if found < 0]


def parted(steps: list[list[str]], pages: tuple[str, ...]) -> list[str]:
    """The steps of which a part stands on one page and the rest on the next."""
    sheets = [squeezed(page) for page in pages]
    ends = list(accumulate(map(len, sheets)))
    on: dict[int, set[int]] = {}
    for number, piece, found in places(steps, "".join(sheets)):
        on.setdefault(number, set()).update({bisect(ends, found), bisect(ends, found + len(piece) - 1)})
    return [" ".join(steps[number])[:60] for number, sheet in on.items() if len(sheet) > 1]


def long_words(text: str) -> set[str]:
    """The words of five letters and more, joined where a line or a compound is hyphenated."""
    joined = re.sub(r"[-\u00ad\u2010]\s?", "", unicodedata.normalize("NFKC", text))
    return set(re.findall(r"[a-z]{5,}", joined.lower()))


def strange(text: str, said: str) -> set[str]:
    """The words of a text that are not said: the letter of a formula may be set close to a word."""
    whole = squeezed(said).lower()
    return {word for word in long_words(text) if not any(part in whole for part in (word, word[1:], word[:-1]))}


def steps_of(path: Path) -> tuple[Document, Notation]:
    done = worked(path, GALLERY, Wishes())
    spec = done.loaded.spec
    assert spec is not None
    made, faults = document_of(done, page_name(path, GALLERY, spec.slug), GALLERY)
    assert faults == ()
    return made, done.notation


@dataclass(frozen=True, slots=True)
class Made:
    """A page in the three formats: its steps and all its words as HTML says them, the text of its PDFs by pages."""

    steps: list[list[str]]
    said: str
    papers: dict[str, tuple[str, ...]]


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest) -> Made:
    document, notation = steps_of(request.param)
    assert ENGINE is not None
    page = render(document, "html", notation=notation)
    said = html.unescape(re.sub(r"<[^>]+>", " ", page)) + words(document.language).print_version
    papers = {
        "LaTeX": latex.typeset(render(document, "tex", notation=notation), ENGINE).pdf,
        "Typst": typst.typeset(render(document, "typ", notation=notation)).pdf,
    }
    steps = Steps(page, document.detail or "standard").steps
    return Made(steps, said, {name: printed(pdf) for name, pdf in papers.items()})


@pytest.mark.latex
@needs_tex
def test_the_steps_say_the_same_in_every_format(made: Made) -> None:
    for name, pages in made.papers.items():
        text = "\n".join(pages)
        assert (name, missing(made.steps, squeezed(text))) == (name, [])
        assert (name, strange(text, made.said)) == (name, set())


@pytest.mark.latex
@needs_tex
def test_no_page_parts_a_line_from_its_why(made: Made) -> None:
    assert {name: parted(made.steps, pages) for name, pages in made.papers.items()} == {"LaTeX": [], "Typst": []}


@pytest.mark.latex
@needs_tex
@pytest.mark.parametrize("millimetres", [32, 96])
@pytest.mark.parametrize("name", ["log-determinant", "gaussian-by-the-covariance"])
def test_no_page_parts_a_line_from_its_why_wherever_it_falls(name: str, millimetres: int) -> None:
    document, notation = steps_of(next(path for path in SPECS if path.stem == name))
    steps = Steps(render(document, "html", notation=notation), document.detail or "standard").steps
    assert ENGINE is not None
    begin, title = r"\begin{document}", "#heading(level: 1)"
    tex = render(document, "tex", notation=notation).replace(begin, rf"{begin}\vspace*{{{millimetres}mm}}")
    typ = render(document, "typ", notation=notation).replace(title, f"#v({millimetres}mm)\n{title}")
    assert parted(steps, printed(latex.typeset(tex, ENGINE).pdf)) == []
    assert parted(steps, printed(typst.typeset(typ).pdf)) == []


def test_a_step_on_two_pages_is_noticed() -> None:
    steps = [["1 Sum rule", "The term ", " stays."], ["2 Power rule", "The exponent comes down."]]
    whole = ("1 Sum rule f = g The term x stays.", "2 Power rule h The exponent comes down.")
    assert parted(steps, whole) == []
    assert parted(steps, ("1 Sum rule f = g", f"The term x stays. {whole[1]}")) == ["1 Sum rule The term   stays."]
    assert parted(steps, (f"{whole[0]} 2 Power rule h The exponent", "comes down.")) == [
        "2 Power rule The exponent comes down."
    ]


def test_a_piece_that_is_left_out_or_moved_is_noticed() -> None:
    steps = [["1 Sum rule", "The term ", " stays."], ["2 Power rule", "The exponent comes down."]]
    whole = "1 Sum rule f = g The term x stays. 2 Power rule h The exponent comes down."
    assert missing(steps, squeezed(whole)) == []
    assert missing(steps, squeezed(whole.replace("stays", "goes"))) == ["stays"]
    assert strange("The exponent x comesdown, abcstaysx, and nothing else", whole) == {"nothing", "abcstaysx"}
    assert missing(steps, squeezed(f"2 Power rule {whole.replace('2 Power rule', '')}")) == ["2Powerrule"]


def test_formulas_and_repeated_steps_are_no_words_of_a_step() -> None:
    page = (
        '<div class="step"><h3>1 Rule</h3><p>Take <math><mi>x</mi></math> here.<br></p></div><p>Not here.</p>'
        '<details class="method recap"><div class="step"><h3>1 Rule</h3></div></details>'
        '<div class="step detailed"><h3>2 Rule</h3></div>'
    )
    assert Steps(page).steps == [["1 RuleTake ", " here."]]
