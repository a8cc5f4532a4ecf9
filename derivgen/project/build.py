"""`derivgen build`: from specs to a site, in which a fault of one spec touches no other.

What has not changed since the last build is told by hashes alone; what makes pages is
imported only if there is one to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from derivgen.project import commons, due, manifest, searching, state
from derivgen.project import engine as engines
from derivgen.project.ahead import Ahead
from derivgen.project.ending import CARDS, ENGINE, MANIFEST, ended
from derivgen.project.engine import chosen_engine
from derivgen.project.files import Folder
from derivgen.project.lock import Busy, locked
from derivgen.project.manifest import Entry
from derivgen.project.places import from_here
from derivgen.project.plan import Planned, entry_of, is_sample, planned, planned_samples
from derivgen.project.records import Card, Cards, ProjectCard, cards
from derivgen.project.run import BuildOptions, Run
from derivgen.project.state import STATE, State
from derivgen.project.survey import Found, surveyed
from derivgen.project.told import INPUT, TOOL, InWords, Told
from derivgen.project.workers import expect

__all__ = ["BuildOptions", "built"]

SPECS = Path("specs")


def built(arguments: Sequence[str], options: BuildOptions) -> Iterator[Told]:
    """Build a site from specs; tells what was made as it goes, and leaves a mark of how it ended."""
    paths = [Path(argument) for argument in arguments] or [SPECS]
    if not arguments and not SPECS.exists():
        yield _nothing(paths)
        return
    if options.scheduler:
        from derivgen.project.cluster import trouble

        if (fault := trouble(options.scheduler)) is not None:
            yield Told(messages=(InWords(fault),), status=TOOL)
            return
    site, cache = Folder(options.output / "site"), Folder(options.output / "cache")
    with ExitStack() as held:
        try:
            held.enter_context(locked(cache, 0))
        except Busy:
            yield Told(messages=(f"another derivgen builds into {options.output}: waiting until it has ended",))
            held.enter_context(locked(cache))
        yield from _built(paths, options, site, cache)


def _built(paths: Sequence[Path], options: BuildOptions, site: Folder, cache: Folder) -> Iterator[Told]:
    for folder in (site, cache):
        folder.sweep()
    known = cards(cache.read(CARDS))
    wish = options.pdf if "pdf" in options.formats else "none"
    choose = partial(chosen_engine, wish, engines.read(cache.read(ENGINE)))
    with Ahead() as ahead:
        read = partial(_cards, options=options, beside=partial(ahead.begin, "engine", wish, choose))
        survey = surveyed(paths, options.output, known, cards=read, project=_project)
        if survey is None:
            yield _nothing(paths)
            return
        before = manifest.read(cache.read(MANIFEST))
        old = state.read(cache.read(STATE)) or State()
        run = Run(options, site, cache, survey, before, old, ahead.result("engine", wish, choose), ahead)
        yield from _ran(run, paths, known)


def _ran(run: Run, paths: Sequence[Path], known: Cards) -> Iterator[Told]:
    """Everything, and then how it ended."""
    plans = planned(run.survey, run.before)
    worst = 0
    for told in _all(run, plans, known):
        worst = max(worst, told.status)
        yield told
    ended_as = state.after(run.old, _state(run, plans, paths, worst), run.options.output)
    run.cache.write(STATE, state.written(ended_as))
    yield Told(messages=(_summary(run, plans),))


def _all(run: Run, plans: Sequence[Planned], known: Cards) -> Iterator[Told]:
    """Everything that a build makes."""
    faults = tuple(dict.fromkeys(fault for card in run.survey.projects.values() for fault in card.faults))
    if faults:
        yield Told(messages=faults, status=INPUT)
    if run.engine.message:
        yield Told(messages=(run.engine.message,), status=run.engine.status)
    others = manifest.merged(run.before, (), gone=_gone(run, plans))
    course = [entry for entry in others if not is_sample(entry)]
    yield from due.pages(run, plans, course, beside=partial(_begin, run, plans, others))
    entries = manifest.merged(others, _entries(run, plans), gone=())
    sheets = planned_samples(run.survey, [entry.name for entry in entries])
    yield from due.samples(run, sheets)
    entries = manifest.merged(entries, _entries(run, sheets), gone=())
    yield from commons.made(run, entries)
    yield from searching.made(run, entries)
    yield from ended(run, entries, known)


def _begin(run: Run, plans: Sequence[Planned], others: Sequence[Entry]) -> None:
    """Begin what is made of the pages, as it is if LaTeX sets all their PDFs and no sample of a sheet changes."""
    if not run.anew:
        return
    pages = [entry_of(plan, run.expected(plan.name)) for plan in plans if _is_made(run, plan)]
    samples = [entry for entry in run.before if is_sample(entry)]
    expected = manifest.merged(others, (*pages, *samples), gone=())
    searching.begin(run, expected)
    commons.begin(run, expected)


def _entries(run: Run, plans: Iterable[Planned]) -> list[Entry]:
    return [entry_of(plan, run.whole(plan.name)) for plan in plans if _is_made(run, plan)]


def _gone(run: Run, plans: Sequence[Planned]) -> list[str]:
    """The sources whose pages are made anew or no more."""
    lost = [entry.source for entry in run.before if not (run.options.output / entry.source).exists()]
    return [*lost, *(plan.file.source for plan in plans), *(sheet.source for sheet, _ in run.survey.sheets)]


def _state(run: Run, plans: Sequence[Planned], paths: Sequence[Path], status: int) -> State:
    failed = tuple(plan.file.source for plan in plans if not _is_made(run, plan) or run.whole(plan.name).status)
    roots = tuple(from_here(path, run.options.output) for path in paths if path.is_dir())
    commons = tuple(name for name, _ in run.commons)
    return State(status=status, failed=failed, roots=roots, inputs=run.survey.inputs, shared=commons)


def _is_made(run: Run, plan: Planned) -> bool:
    return not plan.fault and plan.name in run.made


def _summary(run: Run, plans: Sequence[Planned]) -> str:
    made = [plan for plan in plans if _is_made(run, plan)]
    failed = len(plans) - len(made)
    lacking = sum(run.whole(plan.name).status != 0 for plan in made)
    as_before = sum(plan.name not in run.anew for plan in made)
    pages = f"{len(made)} page{'' if len(made) == 1 else 's'} built"
    pages += f", {lacking} of them without something that was asked for" if lacking else ""
    pages += f", {failed} failed" if failed else ""
    if as_before == len(made) > 0:
        return f"{pages}, {'as it was' if len(made) == 1 else 'all as they were'}"
    return f"{pages}, {as_before} of them as before" if as_before else pages


# Here, so that a build with nothing to make does without what reads specs.


def _cards(found: Sequence[Found], options: BuildOptions, beside: Callable[[], None]) -> Sequence[Card]:
    expect(len(found), options.jobs, cross_check=options.cross_check)
    from derivgen.project.cards import read_cards

    # LaTeX is tried while other processes import and read: this one only waits for them.
    beside()
    return read_cards(found, options.jobs)


def _project(path: Path, made_of: str) -> ProjectCard:
    from derivgen.project.cards import project_card

    return project_card(path, made_of)


def _nothing(paths: Sequence[Path]) -> Told:
    from derivgen.project.work import no_specs

    return Told(messages=(no_specs(paths),), status=INPUT)
