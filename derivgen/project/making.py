"""Making what a build has found missing: pages, samples of sheets, and what the pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from derivgen.project.indexes import Listed
from derivgen.project.keys import digest
from derivgen.project.manifest import Entry
from derivgen.project.pages import Page, Ready, page
from derivgen.project.plan import Planned
from derivgen.project.projects import project_of
from derivgen.project.records import Kept, written
from derivgen.project.run import SHARED, Due, Run, recorded
from derivgen.project.shared import Shared, shared
from derivgen.project.site import assets_of_fragments, stop_of
from derivgen.project.tasks import Look, Task
from derivgen.project.together import MANY, group_of
from derivgen.project.told import INPUT, InWords, Told
from derivgen.project.workers import expect, in_order, is_alone

# So many pages that are kept before any format are worth as much as one that is derived, when it comes to processes:
# these import more than such pages need.
KEPT = 50


def make_pages(run: Run, dues: Sequence[Due], ready: Ready) -> Iterator[Told]:
    """Make pages and write them, each with a record of what it was made from.

    `ready` is told the LaTeX of each page: where this process makes it, before the rest of it is made.
    """
    look = _look(run)
    tasks = [_task(due, look) for due in dues]
    waiting: Counter[tuple[str, str]] = Counter()
    for number, (due, made) in enumerate(zip(dues, _made(run, tasks, ready), strict=True), 1):
        _keep(run, due, made)
        _begin_formats(run, made, waiting)
        progress = f"{number} of {len(tasks)}: {made.name}"
        yield Told(messages=made.messages, status=made.status, progress=progress)


def _begin_formats(run: Run, made: Page, waiting: Counter[tuple[str, str]]) -> None:
    """Count the documents that wait for LaTeX; a preamble that enough of them share is dumped meanwhile."""
    for paper, _ in made.papers:
        group = group_of(made.name, paper)
        waiting[group] += 1
        if waiting[group] == MANY:
            # Here, so that a build without LaTeX does without all that sets PDFs.
            from derivgen.project.setting import begin_format

            begin_format(run, paper)


def _made(run: Run, tasks: Sequence[Task], ready: Ready) -> Iterator[Page]:
    """The pages in the order of the tasks, made here or on a cluster."""
    if not run.options.scheduler:
        options, anew = run.options, sum(not task.stored for task in tasks)
        effort = anew + (len(tasks) - anew) // KEPT
        expect(effort, options.jobs, cross_check=options.cross_check and anew > 0)
        if is_alone(effort, options.jobs):
            yield from map(partial(page, ready=ready), tasks)
            return
        made = in_order(page, tasks, options.jobs, effort=effort)
    else:
        from derivgen.project.cluster import in_order_on

        made = in_order_on(run.options.scheduler, page, tasks)
    for one in made:
        ready(one.name, one.papers)
        yield one


def _look(run: Run) -> Look:
    options, engine, survey = run.options, run.engine, run.survey
    return Look(
        options.formats,
        engine.name,
        engine.path,
        engine.has_substitute,
        options.cross_check,
        survey.templates,
        run.ways,
    )


def _task(due: Due, look: Look) -> Task:
    file, card, around = due.plan.file, due.plan.card, due.around
    previous = None if around.previous is None else stop_of(around.previous)
    following = None if around.following is None else stop_of(around.following)
    place = (previous, following, card.chapter, card.language)
    return Task(file.path, file.found_by, due.plan.name, look, *place, due.stored, due.is_alone)


def _keep(run: Run, due: Due, made: Page) -> None:
    run.keys[due.plan.name] = due.key
    run.anew.add(due.plan.name)
    record = Kept(
        key=due.key if made.files else "",
        derived=due.derived,
        files=recorded(made.files),
        messages=made.messages,
        status=made.status,
        typed=str(due.plan.file.path) if made.messages else "",
        document=digest(made.stored) if made.stored else "",
        uses=made.uses,
        papers=tuple(paper for paper, _ in made.papers),
    )
    for paper, tex in made.papers:
        run.cache.keep(paper.source, tex)
    lasts = made.lasts and bool(due.derived) and due.plan.file.is_as_found
    run.keep(due.plan, record, made.files, lasts=lasts, stored=made.stored)


def make_sample(run: Run, plan: Planned, made_of: str) -> Told:
    """Make the page of a sheet that asks to be shown, and write it."""
    # Here, since most builds make no such page, and all that makes homework takes long to import.
    from derivgen.project.samples import sample

    made = sample(plan.file.path, plan.file.found_by, plan.name, _look(run))
    told = made.told
    run.anew.add(plan.name)
    if made.files:
        typed = str(plan.file.path) if told.messages else ""
        record = Kept(made_of, "", recorded(made.files), told.messages, told.status, typed)
        run.keep(plan, record, made.files, lasts=not told.messages)
    return told


def shared_files(run: Run, entries: Sequence[Entry]) -> Shared:
    """Make what the pages share; nothing is written, so that it can be thrown away."""
    pages = [Listed(stop_of(entry), entry.uses, f"{entry.name}.pdf" in entry.files) for entry in entries]
    first = run.survey.first
    made = Shared({})
    if "html" in run.options.formats:
        # Where no page could be made there is nothing to find.
        has_index, templates = bool(run.search_engine and (entries or run.ways.manual)), run.survey.templates
        made = shared(project_of(first), pages, ways=run.ways, templates=templates, has_index=has_index)
        if (pyodide := run.pyodide) is not None:
            from derivgen.project.playground import playground_files  # here: few sites have it

            made.files.update(playground_files(pyodide))
    if "fragment" in run.options.formats:
        made.files.update(assets_of_fragments(run.survey.templates))
    return made


def keep_shared(run: Run, made: Shared, made_of: str) -> Kept:
    """Write what the pages share; the record says what there is."""
    for name, data in made.files.items():
        run.put(name, data)
    messages = tuple(map(InWords, made.faults))
    typed = str(run.survey.first) if messages else ""
    record = Kept(made_of, "", recorded(made.files), messages, INPUT if messages else 0, typed)
    run.cache.keep(SHARED, written(record))
    return record
