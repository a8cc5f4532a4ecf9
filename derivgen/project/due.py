"""What a build has to make, and what is there as it should be: told by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from derivgen.project.keys import digest, digest_of, digests, key
from derivgen.project.manifest import Entry
from derivgen.project.places import markdown_files
from derivgen.project.plan import Around, Planned, document_key, entry_of, is_intact, order_of, record_of
from derivgen.project.records import Kept, kept
from derivgen.project.run import SHARED, Due, Run
from derivgen.project.told import INPUT, Told

# How a sheet names a spec whose exercises it takes.
NAMED = re.compile(r"""spec["']?\s*:\s*["']?([^\s"',}]+)""")


def pages(run: Run, plans: Sequence[Planned], others: Sequence[Entry]) -> Iterator[Told]:
    """Make the pages that are not there as they should be, until each has its right neighbours."""
    yield from (Told(messages=(plan.fault,), status=INPUT) for plan in plans if plan.fault)
    good = [plan for plan in plans if not plan.fault]
    wishes = (run.options.cross_check, "json" in run.options.formats)
    keys = {plan.name: document_key(plan, run.survey, wishes) for plan in good}
    known = {plan.name: found for plan in good if (found := record_of(plan, run.cache)) is not None}
    # A page that failed is nobody's neighbour.
    lost = {name for name, found in known.items() if not found.files and keys[name] and found.derived == keys[name]}
    run.records.update(lost)
    told: set[str] = set()
    while True:
        dues = _dues(run, [plan for plan in good if plan.name not in lost], others, keys, known)
        first = [plan for plan in good if plan.name not in told and (plan.name in lost or plan.name in run.made)]
        yield from (_again((run.made if plan.name in run.made else known)[plan.name]) for plan in first)
        told.update(plan.name for plan in first)
        yield from _made(run, dues, told)
        failed = {due.plan.name for due in dues if due.plan.name not in run.made}
        if not failed:
            return
        lost |= failed


def _dues(
    run: Run, plans: Sequence[Planned], others: Sequence[Entry], keys: Mapping[str, str], known: Mapping[str, Kept]
) -> list[Due]:
    """The pages to be made; those that are there already are noted in the run."""
    order = order_of([*(entry_of(plan) for plan in plans if plan.card.is_page), *others])
    found = []
    for plan in plans:
        around = order.get(plan.name, Around())
        own = key("page", keys[plan.name], run.look, around.shown)
        record = known.get(plan.name)
        if plan.name in run.keys:
            is_there = run.keys[plan.name] == own
        else:
            is_there = record is not None and bool(keys[plan.name]) and record.key == own
            is_there = is_there and record is not None and is_intact(record.files, run.site)
        if not is_there:
            found.append(Due(plan, around, own, keys[plan.name], _stored(run, plan, keys[plan.name])))
        elif record is not None and plan.name not in run.made:
            run.made[plan.name] = record
            run.records.add(plan.name)
    return found


def _stored(run: Run, plan: Planned, made_of: str) -> bytes:
    """The page before any format, if it is kept and still right."""
    record = run.made.get(plan.name) or record_of(plan, run.cache)
    data = run.cache.read(plan.document)
    is_right = record is not None and made_of and record.derived == made_of and data is not None
    return data if is_right and data is not None and record is not None and digest(data) == record.document else b""


def _made(run: Run, dues: Sequence[Due], told: set[str]) -> Iterator[Told]:
    if not dues:
        return
    run.begin()
    for due in dues:
        run.made.pop(due.plan.name, None)
    # Here, so that a build with nothing to make does without all that makes pages.
    from derivgen.project.making import make_pages

    for one, due in zip(make_pages(run, dues), dues, strict=True):
        # One that is made again for its neighbours has said what there is to say.
        yield Told(status=one.status) if due.plan.name in told else one
        told.add(due.plan.name)


def _again(record: Kept) -> Told:
    """What there was to say of a page when it was made."""
    return Told(messages=record.messages, status=record.status)


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
            yield _again(record)
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


def shared(run: Run, entries: Sequence[Entry]) -> Iterator[Told]:
    """Make what the pages share, where it is not there as it should be."""
    if "html" not in run.options.formats:
        run.commons.extend((name, "") for name in run.old.shared)
        return
    survey = run.survey
    stops = sorted(entries, key=lambda entry: (entry.place, entry.name))
    manual = digests(markdown_files(survey.manual(survey.first)))
    project = survey.projects[survey.first].key
    own = key("shared", project, run.look, manual, [asdict(entry) for entry in stops])
    record = kept(run.cache.read(SHARED))
    is_there = record is not None and record.key == own and (not record.messages or record.typed == str(survey.first))
    if record is None or not is_there or not is_intact(record.files, run.site):
        run.begin()
        from derivgen.project.making import make_shared

        record = make_shared(run, stops, own)
    run.commons.extend(record.files)
    yield _again(record)
