"""What is to be made: each spec with the place of its page, the keys of its files, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derivgen.project.files import Folder
from derivgen.project.keys import digest, key
from derivgen.project.manifest import Entry
from derivgen.project.places import SAMPLES_PLACE, clash, is_reserved, page_name
from derivgen.project.records import Card, Kept, kept
from derivgen.project.survey import Found, Survey
from derivgen.project.told import InWords
from derivgen.project.used import NOTHING
from derivgen.record import record

FOLDER = "homework"


@record
class Planned:
    """A spec or a sample sheet with the place of its page, or the fault for which it can have none."""

    file: Found
    card: Card
    name: str
    fault: str = ""

    @property
    def record(self) -> str:
        """Where the cache has what it knows of the page."""
        return f"pages/{self.name}.json"

    @property
    def document(self) -> str:
        """Where the cache has the page before any format."""
        return f"documents/{self.name}.json"


@record
class Around:
    """A page and its neighbours, as far as they are shown on it."""

    previous: Entry | None = None
    following: Entry | None = None

    @property
    def shown(self) -> list[list[str] | None]:
        """What the page shows of them."""
        sides = (self.previous, self.following)
        return [None if entry is None else [entry.name, entry.shown, entry.chapter] for entry in sides]


def planned(survey: Survey, before: Sequence[Entry]) -> tuple[Planned, ...]:
    """Each spec with the place of its page; of two that want one place the second has a fault."""
    stands = {entry.source: entry.name for entry in before}
    taken: dict[str, str] = {}
    plans = []
    for file, card in survey.specs:
        name = page_name(file.path, file.found_by, card.slug)
        if file.is_named and stands.get(file.source, "").rpartition("/")[2] == card.slug:
            name = stands[file.source]  # A single spec of a site is made again where it stands.
        fold = name.casefold()  # Some file systems do not tell capitals from small letters.
        is_lost = fold in taken or is_reserved(name, has_manual=survey.projects[file.found_by].manual is not None)
        fault = InWords(clash(name, str(file.path), taken.get(fold))) if is_lost else ""
        plans.append(Planned(file, card, name, fault))
        taken.setdefault(fold, str(file.path))
    return tuple(plans)


def planned_samples(survey: Survey, names: Iterable[str]) -> tuple[Planned, ...]:
    """The sheets that ask to be shown, each with its place beside the pages of these `names`."""
    taken = dict.fromkeys(names, "")
    plans = []
    for file, card in survey.sheets:
        if card.kind == "sample":
            name = f"{FOLDER}/{card.slug}"
            fault = InWords(clash(name, str(file.path), taken[name] or None)) if name in taken else ""
            plans.append(Planned(file, card, name, fault))
            taken.setdefault(name, str(file.path))
    return tuple(plans)


def document_key(plan: Planned, survey: Survey, wishes: Sequence[object]) -> str:
    """The key of the page before any format: what it is derived from."""
    around = survey.neighbourhood(plan.file) if plan.card.consults else ()
    own = plan.card.key and key("document", plan.card.key, around)
    return own and key(own, plan.name, *wishes)


def order_of(entries: Iterable[Entry]) -> dict[str, Around]:
    """The pages in the order of the course, each with its neighbours."""
    stops = sorted(entries, key=lambda entry: (entry.place, entry.name))
    between = [None, *stops, None]
    return {stop.name: Around(between[k], between[k + 2]) for k, stop in enumerate(stops)}


def entry_of(plan: Planned, found: Kept | None = None) -> Entry:
    """The page in the manifest; without a record it is one that is still to be made."""
    card = plan.card
    files, uses = ((), NOTHING) if found is None else (tuple(name for name, _ in found.files), found.uses)
    return Entry(plan.name, plan.file.source, files, card.shown, card.chapter, card.place, uses, card.date)


def record_of(plan: Planned, cache: Folder) -> Kept | None:
    """What the cache knows of the page; nothing where its messages would name another path."""
    found = kept(cache.read(plan.record))
    return found if found is None or found.is_typed_as(str(plan.file.path)) else None


def is_intact(files: Iterable[tuple[str, str]], folder: Folder) -> bool:
    """Whether the files are there as they were written."""
    return all((data := folder.read(name)) is not None and digest(data) == one for name, one in files)


def is_sample(entry: Entry) -> bool:
    """Whether a page of the site is the sample of a sheet, which is no stop on the way through the course."""
    return entry.place == SAMPLES_PLACE
