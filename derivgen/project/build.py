"""`derivgen build`: from specs to a site, in which a fault of one spec touches no other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from derivgen.document.blocks import Text
from derivgen.document.prose import inline
from derivgen.errors import Fault, Span
from derivgen.project import manifest, site, state
from derivgen.project.documents import summary_of, title_of
from derivgen.project.engine import Chosen, chosen_engine
from derivgen.project.files import Folder
from derivgen.project.homework import found_sheets
from derivgen.project.indexes import Listed
from derivgen.project.manifest import Entry
from derivgen.project.manual import manual_files
from derivgen.project.pages import Look, Page, Task, page
from derivgen.project.samples import is_sample, samples, sources
from derivgen.project.shared import first_of_manual, shared
from derivgen.project.site import Stop
from derivgen.project.state import STATE, State, from_here, hashed
from derivgen.project.told import INPUT, Told
from derivgen.project.work import found_specs, no_specs, project_of, projects_faults
from derivgen.project.workers import in_order
from derivgen.spec.model import Loaded, load_spec
from derivgen.spec.places import PROJECT_FILE
from derivgen.syntax.scope import Scope

MANIFEST = "manifest.json"
SPECS = Path("specs")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What `derivgen build` was asked for."""

    output: Path
    formats: tuple[str, ...] = ("html", "pdf", "tex")
    pdf: str = "auto"
    jobs: int | None = None
    cross_check: bool = True


@dataclass(frozen=True, slots=True)
class Planned:
    """A spec that is read, with the place of its page; `fault` if it can have none."""

    spec: Path
    found_by: Path
    source: str
    loaded: Loaded
    name: str
    fault: Fault | None = None


def built(arguments: Sequence[str], options: BuildOptions) -> Iterator[Told]:
    """Build a site from specs; tells what was made as it goes, and leaves a mark of how it ended."""
    paths = [Path(argument) for argument in arguments] or [SPECS]
    specs = found_specs(paths) if arguments or SPECS.exists() else ()
    if not specs:
        yield Told(messages=(no_specs(paths),), status=INPUT)
        return
    pages, cache = Folder(options.output / "site"), Folder(options.output / "cache")
    for folder in (pages, cache):
        folder.sweep()
    before = manifest.read(cache.read(MANIFEST))
    old = state.read(cache.read(STATE)) or State()
    plans = planned(specs, options.output, before)
    # Until the end this says that the build did not end: whatever stops it, nobody publishes the rest.
    cache.write(STATE, state.written(replace(old, status=None)))
    made: dict[str, Page] = {}
    commons: list[str] = []
    worst = 0
    for told in _all(paths, plans, before, old, options, pages, cache, made, commons):
        worst = max(worst, told.status)
        yield told
    now = _state(paths, plans, made, tuple(commons), options.output, worst)
    cache.write(STATE, state.written(state.after(old, now, options.output)))
    yield Told(messages=(_summary(plans, made),))


def _all(
    paths: Sequence[Path],
    plans: Sequence[Planned],
    before: Sequence[Entry],
    old: State,
    options: BuildOptions,
    pages: Folder,
    cache: Folder,
    made: dict[str, Page],
    commons: list[str],
) -> Iterator[Told]:
    """Everything that a build makes; `made` and `commons` take what was made."""
    faults = projects_faults(paths)
    if faults:
        yield Told(messages=tuple(map(str, faults)), status=INPUT)
    gone = (*_gone(before, plans, options.output), *sources(paths, options.output))
    kept = manifest.merged(before, (), gone=gone)
    engine = chosen_engine(options.pdf if "pdf" in options.formats else "none")
    if engine.message:
        yield Told(messages=(engine.message,), status=engine.status)
    look = _look(plans, options, engine)
    yield from _pages(plans, [entry for entry in kept if not is_sample(entry)], look, options, pages, made)
    entries = manifest.merged(kept, [_entry(plan, made[plan.name]) for plan in plans if _is_made(plan, made)], gone=())
    for sample in samples(paths, options.output, look, [entry.name for entry in entries]):
        for name, data in sample.files.items():
            pages.write(name, data)
        entries = manifest.merged(entries, [sample.entry] if sample.entry else [], gone=())
        yield sample.told
    yield from _site(entries, before, plans, options, pages, commons, old)
    cache.write(MANIFEST, manifest.written(entries))


def _state(
    paths: Sequence[Path],
    plans: Sequence[Planned],
    made: Mapping[str, Page],
    commons: tuple[str, ...],
    output: Path,
    status: int,
) -> State:
    projects = {project.root: project for project in map(project_of, paths)}.values()
    read = [plan.spec for plan in plans]
    read += [sheet for sheet, _ in found_sheets([path for path in paths if path.is_dir()])]
    read += [file for project in projects if (file := project.root / PROJECT_FILE).is_file()]
    read += [file for project in projects for file in manual_files(project)]
    templates = _templates(plans)
    read += [] if templates is None else sorted(file for file in templates.rglob("*") if file.is_file())
    failed = tuple(plan.source for plan in plans if not _is_made(plan, made) or made[plan.name].status)
    roots = tuple(from_here(path, output) for path in paths if path.is_dir())
    return State(status=status, failed=failed, roots=roots, inputs=hashed(read, output), shared=commons)


def planned(specs: Sequence[tuple[Path, Path]], output: Path, before: Sequence[Entry]) -> tuple[Planned, ...]:
    """Each spec with the place of its page; of two that want one place the second has a fault."""
    stands = {entry.source: entry.name for entry in before}
    taken: dict[str, str] = {}
    plans = []
    for spec, found_by in specs:
        loaded = load_spec(spec, project_of(found_by))
        source = Path(os.path.relpath(spec, output)).as_posix()
        slug = site.safe(spec.stem) if loaded.spec is None else loaded.spec.slug
        name = site.page_name(spec, found_by, slug)
        if spec == found_by and stands.get(source, "").rpartition("/")[2] == slug:
            name = stands[source]  # A single spec of a site is made again where it stands.
        key = name.casefold()  # Some file systems do not tell capitals from small letters.
        is_free = key not in taken and not site.is_reserved(name, project_of(found_by))
        fault = None if is_free else site.clash(name, str(spec), taken.get(key))
        plans.append(Planned(spec, found_by, source, loaded, name, fault))
        taken.setdefault(key, str(spec))
    return tuple(plans)


def _gone(before: Iterable[Entry], plans: Iterable[Planned], output: Path) -> list[str]:
    """The sources whose pages are made anew or no more."""
    return [plan.source for plan in plans] + [entry.source for entry in before if not (output / entry.source).exists()]


def _pages(
    plans: Sequence[Planned],
    kept: Iterable[Entry],
    look: Look,
    options: BuildOptions,
    folder: Folder,
    made: dict[str, Page],
) -> Iterator[Told]:
    """Make all pages and write them; `made` takes what was made, by name."""
    good = [plan for plan in plans if plan.fault is None]
    for plan in plans:
        if plan.fault is not None:
            yield Told(messages=(str(plan.fault),), status=INPUT)
    order = _order(good, kept)
    yield from _made(good, order, look, options, folder, made)
    # A page that failed is nobody's neighbour: those beside it are set again.
    lost = {plan.name for plan in good if plan.name not in made}
    remaining = {name: stop for name, stop in order.items() if name not in lost}
    moved = [plan for plan in good if plan.name in made and _around(plan.name, order) != _around(plan.name, remaining)]
    for told in _made(moved, remaining, look, options, folder, made):
        yield replace(told, progress="", messages=())


def _look(plans: Sequence[Planned], options: BuildOptions, engine: Chosen) -> Look:
    return Look(
        options.formats,
        engine.name,
        engine.path,
        engine.has_substitute,
        options.cross_check,
        _templates(plans),
        first_of_manual(project_of(plans[0].found_by)),
    )


def _made(
    plans: Sequence[Planned],
    order: Mapping[str, Stop],
    look: Look,
    options: BuildOptions,
    folder: Folder,
    made: dict[str, Page],
) -> Iterator[Told]:
    tasks = [Task(plan.spec, plan.found_by, plan.name, look, *_around(plan.name, order)) for plan in plans]
    for number, result in enumerate(in_order(page, tasks, options.jobs), 1):
        for name, data in result.files.items():
            folder.write(name, data)
        if result.is_made:
            # The bytes are on the disk; only the names are needed from here on.
            made[result.name] = replace(result, files=dict.fromkeys(result.files, b""))
        yield Told(messages=result.messages, status=result.status, progress=f"{number} of {len(tasks)}: {result.name}")


def _order(plans: Iterable[Planned], kept: Iterable[Entry]) -> dict[str, Stop]:
    """The pages of the site in the order of the course; those that can have none are left out already."""
    own = [_stop(plan) for plan in plans if not plan.loaded.faults or plan.loaded.problem is not None]
    others = [
        Stop(entry.name, _words(entry.title), _words(entry.summary), entry.chapter, entry.place) for entry in kept
    ]
    return {stop.name: stop for stop in sorted((*own, *others), key=lambda stop: (stop.place, stop.name))}


def _words(text: str) -> Text:
    """A title or summary of a spec that is not read again, with its formulas."""
    return inline(text, Span("", 1, 1, 2, text), Scope({}))[0]


def _stop(plan: Planned) -> Stop:
    chapter = site.chapter_title(plan.loaded, project_of(plan.found_by))
    return Stop(plan.name, title_of(plan.loaded), summary_of(plan.loaded), chapter, site.place_in_course(plan.loaded))


def _around(name: str, order: Mapping[str, Stop]) -> tuple[Stop | None, Stop | None]:
    names = list(order)
    if name not in order:
        return None, None
    at = names.index(name)
    return (order[names[at - 1]] if at else None), (order[names[at + 1]] if at + 1 < len(names) else None)


def _is_made(plan: Planned, made: Mapping[str, Page]) -> bool:
    return plan.fault is None and plan.name in made


def _entry(plan: Planned, result: Page) -> Entry:
    chapter = site.chapter_title(plan.loaded, project_of(plan.found_by))
    spec, place = plan.loaded.spec, site.place_in_course(plan.loaded)
    title = "" if spec is None else spec.title.value
    summary = "" if spec is None or spec.settings.summary is None else spec.settings.summary.value
    return Entry(plan.name, plan.source, tuple(result.files), title, chapter, place, summary, result.uses)


def _site(
    entries: Sequence[Entry],
    before: Iterable[Entry],
    plans: Sequence[Planned],
    options: BuildOptions,
    folder: Folder,
    commons: list[str],
    old: State,
) -> Iterator[Told]:
    """Write what the pages share, and take away what nothing makes any more; `commons` takes the names."""
    names = {entry.name for entry in entries}
    mine = [plan for plan in plans if plan.name in names and plan.fault is None]
    own = {plan.name for plan in mine}
    stops = _order(mine, [entry for entry in entries if entry.name not in own])
    if "html" in options.formats:
        uses = {entry.name: entry for entry in entries}
        pages = [Listed(stop, uses[name].uses, f"{name}.pdf" in uses[name].files) for name, stop in stops.items()]
        made = shared(project_of(plans[0].found_by), pages, _templates(plans))
        for name, data in made.files.items():
            folder.write(name, data)
        commons += made.files
        if made.faults:
            yield Told(messages=tuple(map(str, made.faults)), status=INPUT)
    else:
        commons += old.shared
    wanted = {file for entry in entries for file in entry.files}.union(commons)
    orphans = [file for entry in before for file in entry.files if file not in wanted]
    orphans += [file for file in old.shared if file not in wanted]
    for file in orphans:
        folder.remove(file)
    if orphans:
        yield Told(messages=(f"removed {len(orphans)} files that nothing makes any more",))


def _templates(plans: Sequence[Planned]) -> Path | None:
    folder = project_of(plans[0].found_by).root / "templates"
    return folder if folder.is_dir() else None


def _summary(plans: Sequence[Planned], made: Mapping[str, Page]) -> str:
    count = sum(_is_made(plan, made) for plan in plans)
    failed = len(plans) - count
    lacking = sum(_is_made(plan, made) and made[plan.name].status != 0 for plan in plans)
    pages = f"{count} page{'' if count == 1 else 's'} built"
    pages += f", {lacking} of them without an answer that was asked for" if lacking else ""
    return f"{pages}, {failed} failed" if failed else pages
