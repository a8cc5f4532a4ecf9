"""The project: the nearest folder upwards that holds derivgen.yaml, and what the file says."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from urllib.parse import urlsplit

from derivgen.errors import DerivgenError, Fault
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.files import read_text
from derivgen.spec.keys import OWN, SHARED
from derivgen.spec.places import PROJECT_FILE, project_root
from derivgen.spec.reader import Mapping, read
from derivgen.spec.settings import Settings, settings_of
from derivgen.spec.values import Fields, fields_of, nearest, whole_number

SITE_KEYS = ("title", "author", "home", "manual", "base_url", "theme", "fonts", "chapters", "navigation")


@record
class Project:
    """The folder that specs, templates, fonts and outputs stand in, and the defaults of its specs."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    chapters: dict[int, str] = field(default_factory=dict)
    title: str = "derivgen"
    author: str = ""
    home: Text | None = None
    manual: Path | None = None
    base_url: str = ""
    theme: str = ""
    fonts: tuple[str, ...] = ()
    navigation: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def templates(self) -> Path | None:
        """The user's own templates."""
        folder = self.root / "templates"
        return folder if folder.is_dir() else None


def load_project(start: Path) -> Project:
    """The project of a spec or a folder; without derivgen.yaml the current folder and the defaults."""
    root = project_root(start)
    return Project(Path.cwd()) if root is None else _project(root)


def _project(root: Path) -> Project:
    file = root / PROJECT_FILE
    shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
    try:
        reading = read(read_text(shown), str(shown))
    except DerivgenError as error:
        return Project(root, faults=error.faults)
    findings = Findings()
    findings.add(*reading.faults)
    match reading.root:
        case None:
            return Project(root)
        case Mapping() as mapping:
            return _filled(root, mapping, findings)
        case other:
            findings.add(
                Fault("kind", "this file must be a mapping of keys to values", "write `title: My course`", other.span)
            )
            return Project(root, faults=tuple(findings.faults))


def _filled(root: Path, mapping: Mapping, findings: Findings) -> Project:
    entries = fields_of(mapping, findings)
    for key, _ in mapping.entries:
        if key.value not in SHARED and key.value not in SITE_KEYS and not findings.are_enough:
            findings.add(_unknown_key(key))
    settings = settings_of(entries)
    manual = entries.text("manual")
    chapters = dict(findings.each(_chapter, entries.pairs("chapters", "1: Scalar rules") or ()))
    return Project(
        root,
        settings,
        chapters,
        title=_value(entries, "title") or "derivgen",
        author=_value(entries, "author"),
        home=entries.text("home"),
        manual=None if manual is None else findings.attempt(_folder, root, manual),
        base_url=findings.attempt(_address, entries.text("base_url")) or "",
        theme=_value(entries, "theme"),
        fonts=tuple(font.value for font in entries.texts("fonts") or ()),
        navigation=findings.each(_number_of_chapter, entries.texts("navigation") or ()),
        faults=tuple(findings.faults),
    )


def _value(entries: Fields, key: str) -> str:
    text = entries.text(key)
    return "" if text is None else text.value.strip()


def _address(text: Text | None) -> str:
    """The address that the site has on the web, with a `/` at its end."""
    address = "" if text is None else text.value.strip()
    if text is None or not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        message = f"{address} is not the address of a site"
        raise DerivgenError(Fault("value", message, "write it in full: https://example.org/course/", text.span))
    return address.rstrip("/") + "/"


def _folder(root: Path, text: Text) -> Path:
    """The folder of the project that is named; nothing outside the project is ever read."""
    folder = root / text.value.strip()
    if not folder.resolve().is_relative_to(root.resolve()):
        message = f"{text.value} is not a folder of this project"
        raise DerivgenError(Fault("folder", message, "name a folder beside derivgen.yaml: docs/manual", text.span))
    if not folder.is_dir():
        hint = "make the folder and put Markdown files (.md) into it, or leave the key out"
        raise DerivgenError(Fault("folder", f"there is no folder {text.value}", hint, text.span))
    return folder


def _chapter(pair: tuple[Text, Text]) -> tuple[int, str]:
    number, name = pair
    return _number_of_chapter(number), name.value


def _number_of_chapter(number: Text) -> int:
    return whole_number(number, "the number of a chapter")


def _unknown_key(key: Text) -> Fault:
    if key.value in OWN:
        return Fault(
            "unknown-key", f"{key.value} has no default; each spec has its own", "move it into the specs", key.span
        )
    near = nearest(key.value, (*SHARED, *SITE_KEYS))
    hint = f"did you mean {near}?" if near else f"the keys are {', '.join((*SITE_KEYS, *SHARED))}"
    return Fault("unknown-key", f"there is no key {key.value} in {PROJECT_FILE}", hint, key.span)
