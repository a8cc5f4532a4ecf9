"""What the cache knows of specs and of pages. A record that a person has changed is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal

from derivgen.project.keys import sealed, unsealed
from derivgen.project.told import Told, as_record, from_record
from derivgen.project.used import NOTHING, Uses, uses_from
from derivgen.record import record

# The keys of a record that hold messages.
TELLING = ("messages", "faults")


@record
class Card:
    """What the site needs of a spec before its page is made; `key` is that of everything it was read from.

    `shown` are its title and summary as a stored document. `is_page` says that reading found
    nothing that forbids a page, and `consults` that its texts may show answers of other specs.
    Of a homework sheet it has the name alone.
    """

    key: str
    kind: Literal["spec", "sheet", "sample"] = "spec"
    slug: str = ""
    shown: str = ""
    chapter: str = ""
    place: tuple[int, int] = (0, 0)
    language: str = "en"
    is_page: bool = False
    consults: bool = False
    date: str = ""


@record
class ProjectCard:
    """What a build needs of a derivgen.yaml: the folder of its manual, relative to the project, and what is wrong.

    `navigation` are the titles of chapters that every page leads to.
    """

    key: str
    manual: str | None = None
    faults: tuple[str, ...] = ()
    navigation: tuple[str, ...] = ()


@record
class Paper:
    """A LaTeX document of a page: the name of its PDF, the hashes of its source and of its preamble, and its title."""

    name: str
    tex: str
    preamble: str
    title: str
    language: str

    @property
    def source(self) -> str:
        """Where the cache has its LaTeX."""
        return f"tex/{self.name.removesuffix('.pdf')}.tex"


@record
class Complaint:
    """What LaTeX says of the PDF of a page: a fault, or without a code a warning."""

    page: str
    message: str
    code: str = ""
    hint: str = ""


@record
class Bucket:
    """PDFs that were set together: their key, their names with the hash of each, and what there was to say."""

    key: str
    files: tuple[tuple[str, str], ...]
    complaints: tuple[Complaint, ...] = ()


@record
class Kept:
    """A page that was made: the keys of its files and of its document, and what there was to say of it.

    `files` are the names with the hash of each; none where the spec has no page. `document` is the hash
    of the stored document, `typed` the path of the spec as it stands in the messages.
    """

    key: str
    derived: str
    files: tuple[tuple[str, str], ...] = ()
    messages: tuple[str, ...] = ()
    status: int = 0
    typed: str = ""
    document: str = ""
    uses: Uses = NOTHING
    papers: tuple[Paper, ...] = ()

    @property
    def again(self) -> Told:
        """What there was to say when it was made."""
        return Told(messages=self.messages, status=self.status)

    def is_typed_as(self, path: str) -> bool:
        """Whether its messages, if there are any, name this path."""
        return not self.messages or self.typed == path


@record
class Cards:
    """All that was known of specs and projects, by their paths from the output folder."""

    specs: Mapping[str, Card]
    projects: Mapping[str, ProjectCard]


NO_CARDS = Cards({}, {})


def written(record: Kept | Cards | Bucket) -> bytes:
    """A record as bytes."""
    return sealed(_with_faults(_plainly(record)))


def _plainly(record: Any) -> Any:
    """A record as plain values."""
    # `asdict` copies every word, and a build with nothing to make writes the cards of all specs.
    if isinstance(record, tuple):
        return tuple(map(_plainly, record))
    if isinstance(record, Mapping):
        return {name: _plainly(value) for name, value in record.items()}
    if is_dataclass(record):
        return {field.name: _plainly(getattr(record, field.name)) for field in fields(record)}
    return record


def _with_faults(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its messages in a form that tells which of them are faults."""
    made = {key: _with_faults(value) if isinstance(value, dict) else value for key, value in record.items()}
    return {key: tuple(map(as_record, made[key])) if key in TELLING else made[key] for key in made}


def kept(data: bytes | None) -> Kept | None:
    """The record of a page, or None."""
    found = unsealed(data)
    try:
        if found is None:
            return None
        files = tuple((name, one) for name, one in found.pop("files"))
        uses, papers = uses_from(found.pop("uses")), tuple(Paper(**paper) for paper in found.pop("papers"))
        messages = tuple(map(from_record, found.pop("messages")))
        return Kept(files=files, messages=messages, uses=uses, papers=papers, **found)
    except (KeyError, TypeError, ValueError):
        return None  # of another version


def bucket(data: bytes | None) -> Bucket | None:
    """The record of PDFs that were set together, or None."""
    found = unsealed(data)
    try:
        if found is None:
            return None
        files = tuple((name, one) for name, one in found["files"])
        return Bucket(found["key"], files, tuple(Complaint(**one) for one in found["complaints"]))
    except (KeyError, TypeError, ValueError):
        return None  # of another version


def cards(data: bytes | None) -> Cards:
    """What is known of specs; nothing where there is no record."""
    found = unsealed(data)
    try:
        if found is None:
            return NO_CARDS
        specs = {path: Card(**{**card, "place": tuple(card["place"])}) for path, card in found["specs"].items()}
        return Cards(specs, {path: _project(card) for path, card in found["projects"].items()})
    except (KeyError, TypeError, ValueError):
        return NO_CARDS  # of another version


def _project(card: Any) -> ProjectCard:
    return ProjectCard(card["key"], card["manual"], tuple(map(from_record, card["faults"])), tuple(card["navigation"]))
