"""One page: from a spec to the bytes of its files. Runs in a process of its own and writes nothing."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Sequence
from dataclasses import field, replace

from derivgen import __version__
from derivgen.document.blocks import Document
from derivgen.document.wording.files import FILES
from derivgen.errors import DerivgenError, Fault
from derivgen.printing.notation import Notation
from derivgen.project.budget import within_budget
from derivgen.project.derived import Derived, kept, written
from derivgen.project.paper import Printed, Waiting, on_paper, waiting
from derivgen.project.projects import project_of
from derivgen.project.records import Paper
from derivgen.project.review import Review, placed
from derivgen.project.site import (
    CARD,
    address_of,
    chapter_href,
    in_words,
    relative,
    site_card,
    site_links,
    site_page,
    told_apart,
)
from derivgen.project.tasks import Task
from derivgen.project.told import BUG, INPUT, InWords
from derivgen.project.used import NOTHING, Uses, uses_within
from derivgen.record import record
from derivgen.render.copies import copies
from derivgen.render.embedded import embedded
from derivgen.render.formats import Beside, FileLink, render

FRAGMENT = "fragment.html"
COPIES = "copy.js"


@record
class Page:
    """What became of a task: the files by their names in the site, or why there are none.

    `stored` is the page before any format. It `lasts` unless the same spec may fare better next time.
    `papers` are the PDFs that wait to be set with those of other pages, each with its LaTeX.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    status: int = 0
    uses: Uses = NOTHING
    stored: bytes = b""
    lasts: bool = True
    papers: tuple[tuple[Paper, bytes], ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether there is a page."""
        return bool(self.files)


Ready = Callable[[str, Sequence[Waiting]], None]


def _unheard(_name: str, _papers: Sequence[Waiting]) -> None:
    """Nobody asks for the LaTeX of a page before the rest of it."""


def page(task: Task, ready: Ready = _unheard) -> Page:
    """The page of a spec; whatever goes wrong is in its messages.

    `ready` is told what of the page waits to be set by LaTeX, as soon as it is there.
    """
    try:
        return within_budget(lambda: _page(task, ready), lambda fault: _faulty(task, fault), str(task.spec))
    except DerivgenError as error:
        return _faulty(task, *error.faults)
    except OSError:
        raise
    except Exception:
        return Page(task.name, messages=(_bug(task),), status=BUG)


def _faulty(task: Task, *faults: Fault) -> Page:
    messages = tuple(InWords(placed(fault, task.spec)) for fault in faults)
    return Page(task.name, messages=messages, status=INPUT, lasts=False)


def _page(task: Task, ready: Ready) -> Page:
    derived = kept(task.stored) or _anew(task)
    if derived.document is None:
        return Page(task.name, messages=derived.messages, status=derived.status, lasts=derived.lasts)
    made = _made(derived, task, ready)
    files = {ending: data for one in reversed(made) for ending, data in one.files.items()}
    if "json" in task.look.formats:
        files["json"] = derived.json.encode()
    told = [Review(derived.messages, derived.status, lasts=derived.lasts), *(one.told for one in made)]
    messages, status = tuple(line for one in told for line in one.messages), max(one.status for one in told)
    return Page(
        task.name,
        {f"{task.name}.{ending}": data for ending, data in files.items()},
        messages,
        status,
        uses_within(derived.uses),
        task.stored or written(derived),
        lasts=all(one.lasts for one in told),
        papers=tuple(one.waiting for one in made if one.waiting is not None),
    )


def _made(derived: Derived, task: Task, ready: Ready) -> list[Printed]:
    """The practice copy and the page, which leads to it."""
    documents = [one for one in (derived.document, derived.copy) if one is not None]
    papers = [waiting(document, task, derived.notation) for document in documents]
    ready(task.name, [paper for paper in papers if paper is not None])
    made: list[Printed] = []
    for document, paper, copied in reversed(list(zip(documents, papers, derived.copied, strict=True))):
        others = [name for one in made for name in one.endings]
        made.append(_files(document, paper, copied, task, derived.notation, others))
    return made


def _anew(task: Task) -> Derived:
    # Here, since a page that is kept before any format is made without all that derives.
    from derivgen.project.deriving import derived

    return derived(task)


def _files(
    document: Document, paper: Waiting | None, held: str, task: Task, notation: Notation, others: Sequence[str]
) -> Printed:
    """The files of a document by their endings; it holds this to be copied, `others` are linked to as well."""
    made = on_paper(document, task, notation, paper) if {"tex", "pdf"} & set(task.look.formats) else Printed({})
    own = document.slug.removeprefix(task.name).removeprefix(".")
    if own:
        made = replace(made, files={f"{own}.{ending}": data for ending, data in made.files.items()})
    if "fragment" in task.look.formats:
        made = replace(made, files={**made.files, f"{own}.{FRAGMENT}".lstrip("."): _fragment(document, task, notation)})
    if "html" not in task.look.formats:
        return made
    beside = _beside(task, document, (*(("html",) * bool(own)), *made.endings, *others))
    copied = _copied(document, held, task, notation, own)
    beside = replace(beside, copies="".join(f"{task.name.rpartition('/')[2]}.{ending}" for ending in copied))
    shown = told_apart(document, notation) if own else document
    page = render(shown, "html", notation=notation, beside=beside, templates=task.look.templates)
    card = {} if own else _card(document, task, notation)
    return replace(made, files={f"{own}.html" if own else "html": page.encode(), **copied, **card, **made.files})


def _copied(document: Document, held: str, task: Task, notation: Notation, own: str) -> dict[str, bytes]:
    """The file with what a reader of steps may copy."""
    if not held:
        return {}
    made = copies(held, document, notation=notation, templates=task.look.templates)
    return {f"{own}.{COPIES}".lstrip("."): made.encode()}


def _card(document: Document, task: Task, notation: Notation) -> dict[str, bytes]:
    """The picture for those who link to the page, where the site has an address."""
    project = project_of(task.found_by)
    if not project.base_url:
        return {}
    # Here, since only a site with an address needs Typst for it.
    from derivgen.render.card import card_of, drawn

    way = tuple(part for part in (project.title, task.chapter) if part)
    card = card_of(document, way)
    return {CARD: drawn(card, language=document.language, notation=notation, templates=task.look.templates)}


def _fragment(document: Document, task: Task, notation: Notation) -> bytes:
    """The page as an element for a page of somebody else's, whose title it goes below."""
    name = re.sub(r"[^A-Za-z0-9_-]", "-", document.slug)
    made = embedded(document, name, level=2, has_title=True, notation=notation, templates=task.look.templates)
    return f"{made}\n".encode()


def _beside(task: Task, document: Document, made: tuple[str, ...]) -> Beside:
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
        chapter_href(task.chapter, task.name) if task.chapter else "",
        site_links(task.name, project.settings.language, task.look.ways),
        address=address_of(project, document.slug),
        # A practice copy leaves out what the picture of its page shows.
        card=address_of(project, document.slug, CARD) if document.slug == task.name else site_card(project),
    )


def _bug(task: Task) -> str:
    return (
        f"{task.spec}: the page is not made\n{traceback.format_exc().rstrip()}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
