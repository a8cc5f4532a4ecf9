"""A document on paper: its LaTeX file and its PDFs, by the engine of this build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING

from derivgen.document.blocks import Document
from derivgen.errors import DerivgenError
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.project.engine import set_by_latex
from derivgen.project.keys import digest
from derivgen.project.records import Paper
from derivgen.project.review import Review, placed
from derivgen.project.tasks import Task
from derivgen.project.told import INPUT, TOOL, InWords
from derivgen.record import record
from derivgen.render.formats import render
from derivgen.render.writer import plain

if TYPE_CHECKING:
    from derivgen.render.pdf.typeset import Typeset

# A document to be set by LaTeX with others, and its LaTeX.
Waiting = tuple[Paper, bytes]


@record
class Printed:
    """The files of a document by their endings, and what there is to say of them.

    A PDF may wait to be set with others; `later` is its ending.
    """

    files: dict[str, bytes]
    told: Review = field(default_factory=Review)
    waiting: Waiting | None = None
    later: str = ""

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of all files that there will be."""
        return (*((self.later,) if self.waiting else ()), *self.files)


def waiting(document: Document, task: Task, notation: Notation) -> Waiting | None:
    """A document that waits to be set by LaTeX with those of other pages; None where its PDF comes by itself."""
    look = task.look
    if "pdf" not in look.formats or look.engine != "latex" or task.is_alone:
        return None
    tex = render(document, "tex", notation=notation, templates=look.templates)
    if not has_its_letters(tex):
        return None
    from derivgen.render.pdf.bucket import preamble_of

    paper = Paper(
        f"{document.slug}.pdf",
        digest(tex.encode()),
        digest(preamble_of(tex).encode()),
        plain(document.title, notation, spoken=TABLES[document.language]),
        document.language,
    )
    return paper, tex.encode()


def on_paper(document: Document, task: Task, notation: Notation, later: Waiting | None) -> Printed:
    """A document on paper, but for the PDF that waits to be set later."""
    if later is None:
        return Printed(*printed(document, task, notation))
    paper, tex = later
    tagged, lack, lasts = _tagged(document, task, notation)
    files = {**tagged, **({"tex": tex} if "tex" in task.look.formats else {})}
    return Printed(files, Review(lack, lasts=lasts), later, paper.name.removeprefix(f"{task.name}."))


def has_its_letters(tex: str) -> bool:
    """Whether LaTeX's fonts have all letters of a document; Typst's or the system's may have the others."""
    from derivgen.render.latex import MISSING

    return MISSING not in tex.partition(r"\begin{document}")[2]


Twin = tuple[dict[str, bytes], tuple[str, ...], bool]


def printed(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], Review]:
    """The LaTeX file and the PDFs, as far as they are wanted, and what there is to say of them."""
    return _printed(document, task, notation, lambda: _tagged(document, task, notation))


def printed_once(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], Review]:
    """The LaTeX file and one PDF: none for screen readers beside it where it comes from LaTeX."""
    return _printed(document, task, notation, lambda: ({}, (), True))


def _printed(
    document: Document, task: Task, notation: Notation, twin: Callable[[], Twin]
) -> tuple[dict[str, bytes], Review]:
    look = task.look
    tex = render(document, "tex", notation=notation, templates=look.templates)
    files = {"tex": tex.encode()} if "tex" in look.formats else {}
    if "pdf" not in look.formats or look.engine == "none":
        return files, Review()
    try:
        made, messages = _typeset(document, tex, task, notation)
    except DerivgenError as error:
        # The page for the screen needs no PDF; the next build tries again.
        tagged = twin()[0] if look.engine == "latex" else {}
        told = tuple(InWords(placed(fault, task.spec)) for fault in error.faults)
        return {**tagged, **files}, Review(told, TOOL, lasts=False)
    warnings = tuple(f"{task.spec}: in the PDF: {warning}" for warning in made.warnings)
    tagged, lack, lasts = ({}, (), True) if made.is_tagged else twin()
    faults = tuple(InWords(placed(fault, task.spec)) for fault in made.faults)
    # Where LaTeX has failed it may only have been slow.
    lasts = lasts and made.lasts and not messages
    review = Review((*messages, *warnings, *lack, *faults), INPUT if faults else 0, lasts=lasts)
    return {"pdf": made.pdf, **tagged, **files}, review


def _tagged(document: Document, task: Task, notation: Notation) -> Twin:
    """The same page as a PDF that screen readers can walk, which LaTeX cannot make here."""
    try:
        made = _by_typst(document, task, notation)
    except DerivgenError as error:
        return {}, (f"{task.spec}: there is no PDF for screen readers: {error.faults[0].message}",), True
    return {"accessible.pdf": made.pdf}, (), made.lasts


def _by_typst(document: Document, task: Task, notation: Notation) -> Typeset:
    from derivgen.render.pdf import typst

    return typst.typeset(render(document, "typ", notation=notation, templates=task.look.templates))


def _typeset(document: Document, tex: str, task: Task, notation: Notation) -> tuple[Typeset, tuple[str, ...]]:
    """The PDF by the engine of this build, or by the other one where that cannot set this page."""
    look = task.look
    messages: tuple[str, ...] = ()
    if look.engine == "latex" and has_its_letters(tex):
        try:
            return set_by_latex(tex, look.engine_path), ()
        except DerivgenError as error:
            if not look.has_substitute:
                raise
            messages = (f"{task.spec}: the PDF comes from Typst: {error.faults[0].message}",)
    return _by_typst(document, task, notation), messages
