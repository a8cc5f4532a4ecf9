"""One page: from a spec to the bytes of its files. Runs in a process of its own and writes nothing."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen import __version__
from derivgen.document.blocks import Document
from derivgen.errors import DerivgenError, Span
from derivgen.printing.notation import Notation
from derivgen.project.documents import document_of
from derivgen.project.engine import Engine, set_by_latex
from derivgen.project.site import Stop, chapter_title, relative, site_page
from derivgen.project.work import BUG, INPUT, Wishes, project_of, worked
from derivgen.render.formats import Beside, FileLink, render

if TYPE_CHECKING:
    from derivgen.render.pdf.typeset import Typeset

LABELS = {"pdf": "PDF", "tex": "LaTeX", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages of a build have in common."""

    formats: tuple[str, ...]
    engine: Engine
    engine_path: str
    has_substitute: bool
    cross_check: bool
    templates: Path | None


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

    @property
    def is_made(self) -> bool:
        """Whether there is a page."""
        return bool(self.files)


def page(task: Task) -> Page:
    """The page of a spec; whatever goes wrong is in its messages."""
    try:
        return _page(task)
    except DerivgenError as error:
        # Faults without a place are of the engine that sets the page; the spec is the best place there is.
        place = Span(str(task.spec), 1, 1, 2, "")
        faults = (fault if fault.span else replace(fault, span=place) for fault in error.faults)
        return Page(task.name, messages=tuple(map(str, faults)), status=INPUT)
    except OSError:
        raise
    except Exception:
        return Page(task.name, messages=(_bug(task),), status=BUG)


def _page(task: Task) -> Page:
    done = worked(task.spec, task.found_by, Wishes(cross_check=task.look.cross_check))
    if done.status:
        return Page(task.name, messages=done.messages, status=done.status)
    project = project_of(task.found_by)
    document, faults = document_of(done, task.name, task.found_by)
    if faults:
        return Page(task.name, messages=tuple(map(str, faults)), status=INPUT)
    notation, _templates = done.notation, task.look.templates
    files: dict[str, bytes] = {}
    messages: tuple[str, ...] = ()
    if "html" in task.look.formats:
        beside = _beside(task, chapter_title(done.loaded, project), project.title)
        files["html"] = render(
            document, "html", notation=notation, beside=beside, templates=task.look.templates
        ).encode()
    if {"tex", "pdf"} & set(task.look.formats):
        made, messages = printed(document, task, notation)
        files.update(made)
    if "json" in task.look.formats:
        from derivgen.project.derive import as_json

        files["json"] = (as_json(done) + "\n").encode()
    return Page(task.name, {f"{task.name}.{ending}": data for ending, data in files.items()}, messages)


def printed(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The LaTeX file and the PDF, as far as they are wanted, and what there is to say of them."""
    look = task.look
    tex = render(document, "tex", notation=notation, templates=look.templates)
    files = {"tex": tex.encode()} if "tex" in look.formats else {}
    if "pdf" not in look.formats or look.engine == "none":
        return files, ()
    made, messages = _typeset(document, tex, task, notation)
    warnings = tuple(f"{task.spec}: in the PDF: {warning}" for warning in made.warnings)
    return {**files, "pdf": made.pdf}, (*messages, *warnings)


def _typeset(document: Document, tex: str, task: Task, notation: Notation) -> tuple[Typeset, tuple[str, ...]]:
    """The PDF by the engine of this build, or by the other one where that cannot set this page."""
    from derivgen.render.latex import MISSING
    from derivgen.render.pdf import typst

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
    return typst.typeset(render(document, "typ", notation=notation, templates=look.templates)), messages


def _beside(task: Task, chapter: str, site_title: str) -> Beside:
    kinds = [kind for kind in ("pdf", "tex", "json") if kind in task.look.formats]
    if task.look.engine == "none":
        kinds = [kind for kind in kinds if kind != "pdf"]
    files = tuple(FileLink(LABELS[kind], relative(f"{task.name}.{kind}", task.name)) for kind in kinds)
    previous = None if task.previous is None else site_page(task.previous, task.name)
    following = None if task.following is None else site_page(task.following, task.name)
    return Beside(site_title, chapter, files, previous, following)


def _bug(task: Task) -> str:
    return (
        f"{task.spec}: the page is not made\n{traceback.format_exc().rstrip()}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
