"""One page: from a spec to the bytes of its files. Runs in a process of its own and writes nothing."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen import __version__
from derivgen.document.blocks import Document
from derivgen.document.stored import restored, stored
from derivgen.document.wording.files import FILES
from derivgen.errors import DerivgenError, Fault
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.project.budget import OF_THE_DAY, within_budget
from derivgen.project.documents import document_of
from derivgen.project.engine import Engine, set_by_latex
from derivgen.project.practice import practice_of
from derivgen.project.review import Review, asked, placed
from derivgen.project.site import Stop, in_words, relative, site_links, site_page
from derivgen.project.told import BUG, INPUT, InWords
from derivgen.project.used import NOTHING, Uses, plainly, uses_within
from derivgen.project.uses import uses_of
from derivgen.project.work import Wishes, Worked, project_of, worked
from derivgen.render.formats import Beside, FileLink, chapter_anchor, render

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
    """A page to be made, its place in the course, and what is derived of it already, as a stored document."""

    spec: Path
    found_by: Path
    name: str
    look: Look
    previous: Stop | None = None
    following: Stop | None = None
    chapter: str = ""
    language: str = "en"
    stored: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """What became of a task: the files by their names in the site, or why there are none.

    `stored` is the page before any format. It `lasts` unless the same spec may fare better next time.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    status: int = 0
    uses: Uses = NOTHING
    stored: bytes = b""
    lasts: bool = True

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
    messages = tuple(InWords(placed(fault, task.spec)) for fault in faults)
    return Page(task.name, messages=messages, status=INPUT, lasts=False)


@dataclass(frozen=True, slots=True)
class _Derived:
    """A page before any format; without a document there can be no page."""

    document: Document | None
    copy: Document | None = None
    notation: Notation = DEFAULT
    json: str = ""
    messages: tuple[str, ...] = ()
    status: int = 0
    uses: tuple[tuple[object, ...], ...] = ()
    lasts: bool = True


def _page(task: Task) -> Page:
    derived = _kept(task) or _derived(task)
    if derived.document is None:
        lasts = derived.lasts and derived.status != BUG
        return Page(task.name, messages=derived.messages, status=derived.status, lasts=lasts)
    files: dict[str, bytes] = {}
    told = [Review(derived.messages, derived.status, lasts=derived.lasts)]
    if derived.copy is not None:
        files, review = _files(derived.copy, task, derived.notation, {})
        told.append(review)
    own, review = _files(derived.document, task, derived.notation, files)
    told.append(review)
    if "json" in task.look.formats:
        own["json"] = derived.json.encode()
    named = {f"{task.name}.{ending}": data for ending, data in {**own, **files}.items()}
    messages, status = tuple(line for one in told for line in one.messages), max(one.status for one in told)
    lasts = status != BUG and all(one.lasts for one in told)
    kept = task.stored or _stored(derived)
    return Page(task.name, named, messages, status, uses_within(derived.uses), kept, lasts)


def _stored(derived: _Derived) -> bytes:
    """The page before any format, to be kept; of a message that is a fault the fault is kept."""
    parts = {field.name: getattr(derived, field.name) for field in fields(derived)}
    parts["messages"] = tuple(one.fault if isinstance(one, InWords) else one for one in derived.messages)
    return stored(tuple(parts.values()))


def _kept(task: Task) -> _Derived | None:
    """The page before any format as it is kept; what cannot be read is derived anew."""
    try:
        found = _Derived(*restored(task.stored)) if task.stored else None
    except (ValueError, TypeError):
        return None
    if found is None:
        return None
    messages = (InWords(one) if isinstance(one, Fault) else one for one in found.messages)
    return replace(found, messages=tuple(messages))


def _derived(task: Task) -> _Derived:
    done = worked(task.spec, task.found_by, Wishes(cross_check=task.look.cross_check))
    lasts = not any(fault.code in OF_THE_DAY for fault in done.faults)
    refused = partial(_Derived, None, lasts=lasts)
    if not done.has_page:
        return refused(messages=done.messages, status=done.status)
    document, faults = document_of(done, task.name, task.found_by)
    if faults:
        return refused(messages=(*done.messages, *map(InWords, faults)), status=INPUT)
    found = asked(document, done, task.spec)
    if found.is_refused:
        return refused(messages=(*done.messages, *found.messages), status=found.status)
    faded, faults = practice_of(done, document)
    if faults:
        return refused(messages=(*done.messages, *map(InWords, faults)), status=INPUT)
    document, copy = (document, None) if faded is None else (faded.key, faded.copy)
    messages, status = (*done.messages, *found.messages), max(done.status, found.status)
    uses = plainly(uses_of(done.derivations, document))
    return _Derived(document, copy, done.notation, _json(done, task.look), messages, status, uses, lasts)


def _json(done: Worked, look: Look) -> str:
    if "json" not in look.formats:
        return ""
    from derivgen.project.derive import as_json

    return as_json(done) + "\n"


def _files(
    document: Document, task: Task, notation: Notation, others: dict[str, bytes]
) -> tuple[dict[str, bytes], Review]:
    """The files of a document by their endings, and what there is to say of them; `others` are linked to as well."""
    files: dict[str, bytes] = {}
    told = Review()
    own = document.slug.removeprefix(task.name).removeprefix(".")
    if {"tex", "pdf"} & set(task.look.formats):
        made, told = printed(document, task, notation)
        files = {f"{own}.{ending}" if own else ending: data for ending, data in made.items()}
    if "html" in task.look.formats:
        beside = _beside(task, ("html",) * bool(own) + (*files, *others))
        page = render(document, "html", notation=notation, beside=beside, templates=task.look.templates)
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
    tagged, lack, lasts = ({}, (), True) if made.is_tagged else _tagged(document, task, notation)
    faults = tuple(InWords(placed(fault, task.spec)) for fault in made.faults)
    # Where LaTeX has failed it may only have been slow.
    lasts = lasts and made.lasts and not messages
    review = Review((*messages, *warnings, *lack, *faults), INPUT if faults else 0, lasts=lasts)
    return {"pdf": made.pdf, **tagged, **files}, review


def _tagged(document: Document, task: Task, notation: Notation) -> tuple[dict[str, bytes], tuple[str, ...], bool]:
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


def _beside(task: Task, made: tuple[str, ...]) -> Beside:
    project = project_of(task.found_by)
    files = tuple(
        FileLink(in_words((label,), task.language), relative(f"{task.name}.{kind}", task.name))
        for kind, label in FILES.items()
        if kind in made
    )
    return Beside(
        project.title,
        task.chapter,
        files,
        None if task.previous is None else site_page(task.previous, task.name),
        None if task.following is None else site_page(task.following, task.name),
        f"{relative('index.html', task.name)}#{chapter_anchor(task.chapter)}" if task.chapter else "",
        site_links(task.name, project.settings.language, manual=task.look.manual),
    )


def _bug(task: Task) -> str:
    return (
        f"{task.spec}: the page is not made\n{traceback.format_exc().rstrip()}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
