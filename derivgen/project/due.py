"""What a build has to make, and what is there as it should be: told by keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from derivgen.project.keys import digest, digest_of, key
from derivgen.project.manifest import Entry
from derivgen.project.plan import Around, Planned, document_key, entry_of, is_intact, order_of, record_of
from derivgen.project.records import Kept, Paper
from derivgen.project.run import Due, Run
from derivgen.project.together import begin, complaints, pdfs
from derivgen.project.told import INPUT, Told
from derivgen.record import record

# How a sheet names a spec whose exercises it takes.
NAMED = re.compile(r"""spec["']?\s*:\s*["']?([^\s"',}]+)""")


@record
class Course:
    """The pages of a build in their order: what is planned of it, what stays of others, and how far it has come.

    `keys` are those of the documents, `known` what the cache knows of pages, `lost` the pages
    that failed, `told` what is said of each, `whole` the pages that stay, whose files are as they were written.
    """

    plans: tuple[Planned, ...]
    others: tuple[Entry, ...]
    keys: Mapping[str, str]
    known: Mapping[str, Kept]
    lost: set[str]
    told: dict[str, tuple[str, ...]]
    whole: set[str] = field(default_factory=set)


def pages(run: Run, plans: Sequence[Planned], others: Sequence[Entry], *, beside: Callable[[], None]) -> Iterator[Told]:
    """Make the pages that are not there as they should be, until each has its right neighbours, and their PDFs.

    `beside` begins what else is made of the pages, while LaTeX runs.
    """
    yield from (Told(messages=(plan.fault,), status=INPUT) for plan in plans if plan.fault)
    course = _course(run, [plan for plan in plans if not plan.fault], others)
    run.records.update(course.lost)
    while True:
        yield from _settled(run, course)
        beside()
        alone = len(run.alone)
        yield from pdfs(run)
        if len(run.alone) == alone:
            break
    yield from (told for plan in course.plans if (told := complaints(run, plan)).messages)


def _course(run: Run, plans: Sequence[Planned], others: Sequence[Entry]) -> Course:
    wishes = (run.options.cross_check, "json" in run.options.formats)
    keys = {plan.name: document_key(plan, run.survey, wishes) for plan in plans}
    known = {plan.name: found for plan in plans if (found := record_of(plan, run.cache)) is not None}
    lost = {name for name, found in known.items() if not found.files and keys[name] and found.derived == keys[name]}
    return Course(tuple(plans), tuple(others), keys, known, lost, {})


def _settled(run: Run, course: Course) -> Iterator[Told]:
    """Make pages until none has failed that another one shows as its neighbour.

    Those that their keys tell come first, before all files are read: LaTeX sets their PDFs meanwhile.
    """
    is_first = True
    while True:
        dues = _dues(run, course, trusts=is_first)
        for plan in course.plans:
            found = run.made.get(plan.name) or (course.known.get(plan.name) if plan.name in course.lost else None)
            if found is not None and plan.name not in course.told:
                course.told[plan.name] = found.messages
                yield found.again
        yield from _made(run, dues, course)
        failed = {due.plan.name for due in dues if due.plan.name not in run.made}
        if not failed and not is_first:
            return
        course.lost.update(failed)
        is_first = False


def _dues(run: Run, course: Course, *, trusts: bool) -> list[Due]:
    """The pages to be made, first those that are to be derived; those that are there already are noted in the run.

    Who `trusts` their keys has not read their files yet.
    """
    plans = [plan for plan in course.plans if plan.name not in course.lost]
    order = order_of([*(entry_of(plan) for plan in plans if plan.card.is_page), *course.others])
    found, look = [], run.look
    for plan in plans:
        around, derived = order.get(plan.name, Around()), course.keys[plan.name]
        own = key("page", derived, look, around.shown, plan.name in run.alone)
        record = course.known.get(plan.name)
        if plan.name in run.keys:
            is_there = run.keys[plan.name] == own
        else:
            is_there = record is not None and bool(derived) and record.key == own
            is_there = is_there and (trusts or _is_whole(run, course, plan))
        if not is_there:
            found.append(Due(plan, around, own, derived, _stored(run, plan, derived), plan.name in run.alone))
        elif record is not None and plan.name not in run.made:
            run.made[plan.name] = record
            run.records.add(plan.name)
    return sorted(found, key=lambda due: bool(due.stored))


def _is_whole(run: Run, course: Course, plan: Planned) -> bool:
    """Whether the files of a page that is kept and the LaTeX of its PDFs are as they were written."""
    if plan.name not in course.whole:
        page = course.known[plan.name]
        sources = [(paper.source, paper.tex) for paper in page.papers]
        if not (is_intact(page.files, run.site) and is_intact(sources, run.cache)):
            return False
        course.whole.add(plan.name)
    return True


def _stored(run: Run, plan: Planned, derived: str) -> bytes:
    """The page before any format, if it is kept and still right."""
    record = run.made.get(plan.name) or record_of(plan, run.cache)
    if record is None or not derived or record.derived != derived:
        return b""
    data = run.cache.read(plan.document)
    return data if data is not None and digest(data) == record.document else b""


def _made(run: Run, dues: Sequence[Due], course: Course) -> Iterator[Told]:
    if not dues:
        return
    run.begin()
    for due in dues:
        run.made.pop(due.plan.name, None)
        run.records.discard(due.plan.name)
    derived = sum(not due.stored for due in dues)
    # Here, so that a build with nothing to make does without all that makes pages.
    from derivgen.project.making import make_pages

    def ready(name: str, papers: Sequence[tuple[Paper, bytes]]) -> None:
        # The last one that is derived; what is kept of the others has the same LaTeX as a rule.
        if 0 < derived < len(course.plans) and name == dues[derived - 1].plan.name:
            for paper, tex in papers:
                run.cache.keep(paper.source, tex)
            own = Kept("", "", papers=tuple(paper for paper, _ in papers))
            begin(run, {**_expected(run, course), name: own})

    for one, due in zip(make_pages(run, dues, ready), dues, strict=True):
        # One that is made again has said most of what there is to say.
        before = course.told.get(due.plan.name)
        course.told[due.plan.name] = one.messages
        new = tuple(message for message in one.messages if message not in (before or ()))
        yield one if before is None else Told(messages=new, status=one.status, progress=one.progress)


def _expected(run: Run, course: Course) -> dict[str, Kept]:
    """The pages of the site, as they are if those that are still to be made have the LaTeX that they had."""
    names = (plan.name for plan in course.plans if plan.name not in course.lost)
    return {name: page for name in names if (page := run.made.get(name) or course.known.get(name)) is not None}


def samples(run: Run, plans: Sequence[Planned]) -> Iterator[Told]:
    """Make the pages of the sheets that ask to be shown, where they are not there as they should be."""
    for plan in plans:
        if plan.fault:
            yield Told(messages=(plan.fault,), status=INPUT)
            continue
        own = key("sample", plan.card.key, plan.name, run.look, _exercises(plan.file.path))
        record = record_of(plan, run.cache)
        if record is not None and record.key == own and is_intact(record.files, run.site):
            run.made[plan.name] = record
            run.records.add(plan.name)
            yield record.again
            continue
        run.begin()
        from derivgen.project.making import make_sample

        yield make_sample(run, plan, own)


def _exercises(sheet: Path) -> list[tuple[str, str]]:
    """The specs that a sheet takes exercises from, with their hashes."""
    try:
        names = NAMED.findall(sheet.read_text("utf-8", errors="replace"))
    except OSError:
        return []
    return [(name, digest_of(sheet.parent / name)) for name in names]
