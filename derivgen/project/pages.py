"""One page: from a spec to the bytes of its files. Runs in a process of its own and writes nothing."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen import __version__
from derivgen.document.blocks import Document
from derivgen.document.wording.files import FILES
from derivgen.errors import DerivgenError, Fault
from derivgen.printing.notation import Notation
from derivgen.project.budget import within_budget
from derivgen.project.documents import document_of
from derivgen.project.engine import Engine, set_by_latex
from derivgen.project.practice import practice_of
from derivgen.project.review import Review, asked, placed
from derivgen.project.site import Stop, chapter_title, in_words, relative, site_links, site_page
from derivgen.project.told import BUG, INPUT
from derivgen.project.used import NOTHING, Uses
from derivgen.project.uses import uses_of
from derivgen.project.work import Wishes, Worked, project_of, worked
from derivgen.render.formats import Beside, FileLink, chapter_anchor, render
from derivgen.spec.model import Loaded

if TYPE_CHECKING:
    from derivgen.render.pdf.typeset import Typeset


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages of a build have in common."""

    formats: tuple[str, ...]
    engine: Engine
    engine_path: str
    has_substitute: bool
    cross_check: bool
    templates: Path | None
    manual: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A page to be made, and its neighbours in the course."""

    spec: Path
    found_by: Path
    name: str
    look: Look
    previous: Stop | None = None
    following: Stop | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What became of a task: the files by their names in the site, or why there are none."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    status: int = 0
    uses: Uses = NOTHING

    @property
    def is_made(self) -> bool:
        """Whether there is a page."""
        return bool(self.files)


def page(task: Task) -> Page:
    """The page of a spec; whatever goes wrong is in its messages."""
    try:
        return within_budget(lambda: _page(task), lambda fault: _faulty(task, fault), str(task.spec))
    except DerivgenError as error:
        return _faulty(task, *error.faults)
    except OSError:
        raise
    except Exception:
        return Page(task.name, messages=(_bug(task),), status=BUG)


def _faulty(task: Task, *faults: Fault) -> Page:
    return Page(task.name, messages=tuple(str(placed(fault, task.spec)) for fault in faults), status=INPUT)


def _page(task: Task) -> Page:
    done = worked(task.spec, task.found_by, Wishes(cross_check=task.look.cross_check))
    if not done.has_page:
        return Page(task.name, messages=done.messages, status=done.status)
    document, faults = document_of(done, task.name, task.found_by)
    if faults:
        return Page(task.name, messages=(*done.messages, *map(str, faults)), status=INPUT)
    found = asked(document, done, task.spec)
    if found.is_refused:
        return Page(task.name, messages=(*done.messages, *found.messages), status=found.status)
    faded, faults = practice_of(done, document)
    if faults:
        return Page(task.name, messages=(*done.messages, *map(str, faults)), status=INPUT)
    messages, status = (*done.messages, *found.messages), max(done.status, found.status)
    files: dict[str, bytes] = {}
    if faded is not None:
        document = faded.key
        files, told = _files(faded.copy, task, done, {})
        messages, status = (*messages, *told.messages), max(status, told.status)
    own, told = _files(document, task, done, files)
    if "json" in task.look.formats:
        from derivgen.project.derive import as_json

        own["json"] = (as_json(done) + "\n").encode()
    uses = uses_of(done.derivations, document)
    named = {f"{task.name}.{ending}": data for ending, data in {**own, **files}.items()}
    return Page(task.name, named, (*messages, *told.messages), max(status, told.status), uses)


def _files(document: Document, task: Task, done: Worked, others: dict[str, bytes]) -> tuple[dict[str, bytes], Review]:
    """The files of a document by their endings, and what there is to say of them; `others` are linked to as well."""
    files: dict[str, bytes] = {}
    told = Review()
    own = document.slug.removeprefix(task.name).removeprefix(".")
    if {"tex", "pdf"} & set(task.look.formats):
        made, told = printed(document, task, done.notation)
        files = {f"{own}.{ending}" if own else ending: data for ending, data in made.items()}
    if "html" in task.look.formats:
        beside = _beside(task, done.loaded, ("html",) * bool(own) + (*files, *others))
        page = render(document, "html", notation=done.notation, beside=beside, templates=task.look.templates)
        files = {f"{own}.html" if own else "html": page.encode(), **files}
    return files, told


def printed(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], Review]:
    """The LaTeX file and the PDFs, as far as they are wanted, and what there is to say of them."""
    look = task.look
    tex = render(document, "tex", notation=notation, templates=look.templates)
    files = {"tex": tex.encode()} if "tex" in look.formats else {}
    if "pdf" not in look.formats or look.engine == "none":
        return files, Review()
    made, messages = _typeset(document, tex, task, notation)
    warnings = tuple(f"{task.spec}: in the PDF: {warning}" for warning in made.warnings)
    tagged, lack = _tagged(document, task, notation) if not made.is_tagged else ({}, ())
    faults = tuple(str(placed(fault, task.spec)) for fault in made.faults)
    review = Review((*messages, *warnings, *lack, *faults), INPUT if faults else 0)
    return {"pdf": made.pdf, **tagged, **files}, review


def _tagged(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The same page as a PDF that screen readers can walk, which LaTeX cannot make here."""
    try:
        made = _by_typst(document, task, notation)
    except DerivgenError as error:
        return {}, (f"{task.spec}: there is no PDF for screen readers: {error.faults[0].message}",)
    return {"accessible.pdf": made.pdf}, ()


def _by_typst(document: Document, task: Task, notation: Notation) -> Typeset:
    from derivgen.render.pdf import typst

    return typst.typeset(render(document, "typ", notation=notation, templates=task.look.templates))


def _typeset(document: Document, tex: str, task: Task, notation: Notation) -> tuple[Typeset, tuple[str, ...]]:
    """The PDF by the engine of this build, or by the other one where that cannot set this page."""
    from derivgen.render.latex import MISSING

    look = task.look
    messages: tuple[str, ...] = ()
    # A letter that LaTeX's fonts lack is in Typst's or in the system's.
    if look.engine == "latex" and MISSING not in tex.partition(r"\begin{document}")[2]:
        try:
            return set_by_latex(tex, look.engine_path), ()
        except DerivgenError as error:
            if not look.has_substitute:
                raise
            messages = (f"{task.spec}: the PDF comes from Typst: {error.faults[0].message}",)
    return _by_typst(document, task, notation), messages


def _beside(task: Task, loaded: Loaded, made: tuple[str, ...]) -> Beside:
    project = project_of(task.found_by)
    chapter = chapter_title(loaded, project)
    language = "en" if loaded.spec is None else loaded.spec.settings.language
    files = tuple(
        FileLink(in_words((label,), language), relative(f"{task.name}.{kind}", task.name))
        for kind, label in FILES.items()
        if kind in made
    )
    return Beside(
        project.title,
        chapter,
        files,
        None if task.previous is None else site_page(task.previous, task.name),
        None if task.following is None else site_page(task.following, task.name),
        f"{relative('index.html', task.name)}#{chapter_anchor(chapter)}" if chapter else "",
        site_links(task.name, project.settings.language, manual=task.look.manual),
    )


def _bug(task: Task) -> str:
    return (
        f"{task.spec}: the page is not made\n{traceback.format_exc().rstrip()}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
