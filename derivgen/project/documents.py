"""From a spec that is worked out to the Document of its page, with the texts that its author wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar

from derivgen.calculus.illustration import illustrations
from derivgen.document.accumulation import accumulation_table
from derivgen.document.answertables import SUMMARIES, Answered, answer_tables
from derivgen.document.blocks import (
    Answer,
    Block,
    Callout,
    CodeSpan,
    Document,
    Folded,
    Givens,
    Heading,
    Link,
    Listing,
    Paragraph,
    StepBlock,
    Text,
)
from derivgen.document.detail import as_shown, on_screen
from derivgen.document.drawings import draw
from derivgen.document.given import givens, with_roles
from derivgen.document.graphdrawing import graph_picture
from derivgen.document.plots import plotted
from derivgen.document.prose import inline, prose
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.requests import in_short
from derivgen.document.wording.telling import joined, said, told_document
from derivgen.document.worked import worked as worked_page
from derivgen.errors import Fault, Refusal
from derivgen.printing.notation import Notation
from derivgen.problem.text import Text as Source
from derivgen.project.places import page_name
from derivgen.project.projects import project_of
from derivgen.project.site import in_words, relative
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.plain import words
from derivgen.spec.files import find_specs
from derivgen.spec.model import Loaded, load_spec, told_at_most
from derivgen.spec.values import nearest
from derivgen.syntax.scope import Scope

T = TypeVar("T")


def all_faults(done: Worked, name: str, found_by: Path) -> tuple[Fault, ...]:
    """What is wrong with a spec that has no page: its faults, and those of the texts that no page shows yet.

    A name in a text that is not known may only follow from the other faults.
    """
    if done.loaded.spec is None or done.bugs:
        return done.faults
    texts = document_of(done, name, found_by)[1]
    return told_at_most((*done.faults, *(fault for fault in texts if fault.code not in ("name", "function"))))


def title_of(loaded: Loaded) -> Text:
    """The title with its formulas; a part that has a fault is left out, and told where the page is made."""
    return () if loaded.spec is None else _line(loaded.spec.title, scope_of(loaded))[0]


def summary_of(loaded: Loaded) -> Text:
    """The summary with its formulas; nothing where there is none."""
    summary = None if loaded.spec is None else loaded.spec.settings.summary
    return () if summary is None else _line(summary, scope_of(loaded))[0]


def scope_of(loaded: Loaded) -> Scope:
    """What the names of a spec mean in its texts."""
    problem = loaded.problem
    if problem is None:
        return Scope({})
    return Scope({**problem.variables, **problem.functions}, frozenset(problem.sizes))


def document_of(done: Worked, name: str, found_by: Path) -> tuple[Document, tuple[Fault, ...]]:
    """The page called `name` of a spec, and the faults in the texts that its author wrote."""
    spec = done.loaded.spec
    if spec is None:
        raise ValueError("a spec that could not be read has no page")
    settings, scope = spec.settings, scope_of(done.loaded)
    faults: list[Fault] = []

    def noted(found: tuple[T, tuple[Fault, ...]]) -> T:
        faults.extend(found[1])
        return found[0]

    def blocks(text: Source | None) -> tuple[Block, ...]:
        return () if text is None else noted(prose(text.value, text.span, scope, drawn))

    def drawn(what: str, arguments: str) -> tuple[Block, ...] | Fault:
        if what == "derivation":
            return derivation(arguments, name, Path(spec.file), found_by)
        if what == "graph":
            return graph(arguments, done.loaded, found_by)
        if what == "plot":
            return plots(arguments, Path(spec.file), found_by)
        if what == "answers":
            return answers(arguments.split(","), name, Path(spec.file), found_by, notation=done.notation)
        if what == "accumulation":
            return accumulation(arguments.split(","), name, Path(spec.file), found_by)
        if (what, arguments) == ("table", "T6"):
            return accumulation(SUMMARIES[arguments], name, Path(spec.file), found_by)
        if what == "table" and arguments in SUMMARIES:
            return answers(SUMMARIES[arguments], name, Path(spec.file), found_by, notation=done.notation)
        return draw(what, arguments, done.notation)

    def references() -> tuple[Block, ...]:
        items = tuple((Paragraph(noted(_line(one, scope))),) for one in settings.references)
        return (Heading(2, (LABELS.references,), "references"), Listing(items)) if items else ()

    title = noted(_line(spec.title, scope))
    summary = () if settings.summary is None else noted(_line(settings.summary, scope))
    introduction, page, remarks = blocks(settings.introduction), blocks(spec.page), blocks(settings.remarks)
    body = tuple(block for block in _body(done) if not _is_replaced(block, remarks))
    # What is folded (other ways, programs) stands last, after the author's remarks.
    open_end = next((k for k in range(len(body), 0, -1) if not isinstance(body[k - 1], Folded)), 0)
    parts = (
        introduction,
        _left_out(done),
        page,
        body[:open_end],
        remarks,
        body[open_end:],
    )
    whole = distinct((*(block for part in parts for block in part), *references()), reserved=body)
    roles = {name: noted(_role(name, text, scope)) for name, text in spec.roles}
    paper, screen = _with_symbols(whole, body, done, {name.value: role for name, role in roles.items()})
    detail = "standard" if done.problem is None else done.problem.detail
    has_steps = any(isinstance(block, StepBlock) for block in whole)
    choice = (detail, on_screen(screen, detail)) if has_steps else (None, ())
    made = told_document(Document(title, name, settings.language, words(summary), as_shown(paper, detail), *choice))
    return replace(made, summary=made.summary or _described(done, made)), tuple(faults)


def _role(name: Source, role: Source, scope: Scope) -> tuple[Text, tuple[Fault, ...]]:
    """The words that an author has for a variable or a function; a fault where there is none of that name."""
    if name.value in scope.names:
        return _line(role, scope)
    near = nearest(name.value, scope.names)
    hint = f"did you mean {near}?" if near else f"the names are {', '.join(scope.names)}"
    return (), (Fault("role", f"there is no variable or function {name.value}", hint, name.span),)


def _with_symbols(
    whole: tuple[Block, ...], body: tuple[Block, ...], done: Worked, roles: dict[str, Text]
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The page for paper and for the screen: the tables of symbols have those of its remarks, and of finer steps.

    The `body` has a table with those of the steps alone.
    """
    if done.problem is None:
        return whole, whole
    told = tuple(block.text for block in whole if isinstance(block, Callout))
    steps_alone = next((block for block in body if isinstance(block, Givens)), None)
    paper, screen = (
        with_roles(tuple(givens(problem, done.derivations, told))[-1], roles)
        for problem in (done.problem, replace(done.problem, detail="detailed"))
    )
    return (
        tuple(paper if block == steps_alone else block for block in whole),
        tuple(screen if block == steps_alone else block for block in whole),
    )


def derivation(slug: str, page: str, asking: Path, found_by: Path) -> tuple[Block, ...] | Fault:
    """The way to the page of another spec, and its answer; the spec is sought beside the asking one first."""
    path = _other_spec(slug, asking, found_by)
    if isinstance(path, Fault):
        return path
    done = worked(path, found_by, Wishes())
    shown = (block for block in _body(done) if isinstance(block, Answer))
    return (Paragraph((Link(title_of(done.loaded), _address(path, slug, page, asking, found_by)),)), *shown)


def plots(slug: str, asking: Path, found_by: Path) -> tuple[Block, ...] | Fault:
    """The plots of another spec: a function of one number with its derivative, or level lines with the gradient."""
    path = _other_spec(slug, asking, found_by)
    if isinstance(path, Fault):
        return path
    done = worked(path, found_by, Wishes())
    problem = done.problem
    drawn = [] if problem is None else [plotted(one, illustrations(problem, one)) for one in done.derivations]
    found = tuple(figure for figure in drawn if figure is not None)
    if found:
        return found
    message = f"the spec {slug} has no first derivative of a number by one or two numbers, so there is nothing to plot"
    return Fault("no-plot", message, "plot a function of a scalar, of two scalars, or of a vector(2)")


def answers(
    slugs: Sequence[str], page: str, asking: Path, found_by: Path, *, notation: Notation
) -> tuple[Block, ...] | Fault:
    """Tables of the answers of other specs, one table for each variable."""
    found = _answered(slugs, page, asking, found_by)
    return found if isinstance(found, Fault) else answer_tables(found, notation)


def accumulation(slugs: Sequence[str], page: str, asking: Path, found_by: Path) -> tuple[Block, ...] | Fault:
    """The rates of the chains of other specs, multiplied forward and backward."""
    found = _answered(slugs, page, asking, found_by)
    if isinstance(found, Fault):
        return found
    table = accumulation_table(found)
    hint = "name specs whose derivatives are products along one path of scalars"
    return (table,) if table else Fault("no-chain", f"{', '.join(slugs)}: not all are chains of scalars", hint)


def _answered(slugs: Sequence[str], page: str, asking: Path, found_by: Path) -> list[Answered] | Fault:
    found: list[Answered] = []
    for slug in (each.strip() for each in slugs):
        path = _other_spec(slug, asking, found_by)
        if isinstance(path, Fault):
            return path
        done = worked(path, found_by, Wishes())
        if done.problem is None or not done.derivations:
            return Fault("no-derivation", f"the spec {slug} has no answers to show", "name specs with derivatives")
        address = _address(path, slug, page, asking, found_by)
        found.append(Answered(title_of(done.loaded), address, done.problem, done.derivations))
    return found


def _other_spec(slug: str, asking: Path, found_by: Path) -> Path | Fault:
    """The spec with this slug, sought beside the asking one first."""
    table = _slugs(_root(asking, found_by), found_by)
    paths = table.get(slug, ())
    path = next((path for path in paths if path.parent == asking.parent), paths[0] if paths else None)
    if path is None or path == asking:
        return Fault("no-derivation", f"there is no other spec with the slug {slug}", _near(slug, tuple(table)))
    return path


def _root(asking: Path, found_by: Path) -> Path:
    return asking.parent if found_by == asking else found_by


def _address(path: Path, slug: str, page: str, asking: Path, found_by: Path) -> str:
    return relative(f"{page_name(path, _root(asking, found_by), slug)}.html", page)


def graph(slug: str, asking: Loaded, found_by: Path) -> tuple[Block, ...] | Fault:
    """The computation graph of a spec, or without a slug of the asking one."""
    loaded = asking
    if slug and (asking.spec is None or slug != asking.spec.slug):
        own = Path("" if asking.spec is None else asking.spec.file)
        root = own.parent if found_by == own else found_by
        table = _slugs(root, found_by)
        if slug not in table:
            return Fault("no-graph", f"there is no spec with the slug {slug}", _near(slug, tuple(table)))
        path = next((path for path in table[slug] if path.parent == own.parent), table[slug][0])
        loaded = load_spec(path, project_of(found_by))
    problem = loaded.problem
    if problem is None or not problem.functions:
        which = f"the spec {slug}" if slug else "this page"
        return Fault(
            "no-graph", f"{which} has no functions to draw a graph of", "name the slug of a spec that has some"
        )
    requests = problem.requests
    wrt = (variable.name for request in requests for variable in (*request.wrt, *request.then))
    asked = (request.of.name for request in requests)
    return (
        graph_picture(problem.functions.values(), tuple(wrt), tuple(dict.fromkeys(asked)), notation=problem.notation),
    )


def _is_replaced(block: Block, remarks: tuple[Block, ...]) -> bool:
    """Whether the author has a remark or a common mistake of her own in place of this one of ours."""
    if not isinstance(block, Callout) or block.kind not in ("remark", "mistake"):
        return False
    return any(isinstance(own, Callout) and own.kind == block.kind for own in remarks)


def _left_out(done: Worked) -> tuple[Block, ...]:
    """What the reader has to know of requests that have no answer: the page says it, and the build fails."""
    lost = [one for one in done.outcomes if isinstance(one, Refusal)] if done.derivations else []
    return tuple(
        Callout("note", LABELS.left_out, (CodeSpan(one.request), f" could not be answered: {one.faults[0].message}."))
        for one in lost
        if one.faults
    )


def _described(done: Worked, made: Document) -> str:
    """What a search engine shows of a page that has no summary."""
    if done.derivations:
        asked = joined([in_short(one.request) for one in done.derivations], ", ")
        what = said("Worked derivation of {asked}, step by step, with a reason and a check for each step.", asked=asked)
        return in_words(what, made.language)
    return next((words(block.text) for block in made.blocks if isinstance(block, Paragraph)), "")


def distinct(blocks: tuple[Block, ...], *, reserved: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with anchors that occur once on the page: an author's heading gives way to ours."""
    own = {id(block) for block in reserved}
    taken = {block.anchor for block in reserved if isinstance(block, Heading | StepBlock)}
    made = []
    for block in blocks:
        if isinstance(block, Heading) and id(block) not in own:
            free = (name for k in count(1) if (name := block.anchor if k == 1 else f"{block.anchor}-{k}") not in taken)
            block = replace(block, anchor=next(free))
            taken.add(block.anchor)
        made.append(block)
    return tuple(made)


def _body(done: Worked) -> tuple[Block, ...]:
    """What derivgen itself writes on the page."""
    if done.problem is None or not done.derivations:
        return ()
    return worked_page(done.problem, done.derivations)


def _line(source: Source, scope: Scope) -> tuple[Text, tuple[Fault, ...]]:
    return inline(source.value, source.span, scope)


@cache
def _slugs(root: Path, found_by: Path) -> dict[str, tuple[Path, ...]]:
    """The specs below a folder by their slugs."""
    table: dict[str, tuple[Path, ...]] = {}
    for path in find_specs([root]):
        spec = load_spec(path, project_of(found_by)).spec
        if spec is not None:
            table[spec.slug] = (*table.get(spec.slug, ()), path)
    return table


def forget() -> None:
    """Look for specs anew the next time: what was found of them may have changed."""
    _slugs.cache_clear()


def _near(slug: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(slug, known, n=1)
    return f"did you mean {near[0]}?" if near else "name the slug of a spec below the same folder"
