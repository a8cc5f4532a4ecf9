"""The names of pages and files in a site, by which a spec finds its page."""

from __future__ import annotations

import os
import re
from pathlib import Path

from derivgen.errors import Fault, Span
from derivgen.record import record
from derivgen.spec.devices import without_device

# Names at the top of the site that are not free for pages.
INDEX = "pagefind"
PLAYGROUND = "playground"
RESERVED = (
    "index", "assets", "index-by-function", "index-by-rule", "index-by-shape", "search", INDEX, "404", PLAYGROUND,
)  # fmt: skip
FIRST = "index"

# Pages without a number stand behind those with one; the sheets that ask to be shown have a
# chapter of their own, after all that is taught.
LAST = 10**9
SAMPLES_PLACE = (LAST + 1, 0)


@record
class Ways:
    """Where every page leads besides the indexes: chapters of the first page by their titles, and a manual.

    `playground` is the version of what the page to derive on runs with; without one there is no such page.
    """

    chapters: tuple[str, ...] = ()
    manual: str = ""
    playground: str = ""


NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
LINK = re.compile(r"\]\(([A-Za-z0-9_-]+)\.md(?:#[^)\s]*)?\)")


def from_here(path: Path, output: Path) -> str:
    """The path of a file as the cache has it: relative to the folder that is built into."""
    return Path(os.path.relpath(path, output)).as_posix()


def page_name(spec: Path, found_by: Path, slug: str) -> str:
    """The path of a page without ending: the folders below the path that was given, then the slug."""
    folders = spec.parent.relative_to(found_by).parts if found_by != spec else ()
    return "/".join((*(safe(folder) for folder in folders), slug))


def safe(folder: str) -> str:
    """The name of a folder in the output: as it is, but for what addresses would have to quote."""
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in folder)
    return without_device(kept.lstrip(".")) or "-"


def is_reserved(name: str, *, has_manual: bool) -> bool:
    """Whether the site needs this place for itself."""
    top = name.partition("/")[0].casefold()
    return top in RESERVED or (has_manual and top == "manual")


def clash(name: str, spec: str, first: str | None) -> Fault:
    """The fault of a page whose place is taken, by the spec `first` or by the site itself."""
    taken = f"{first} makes a page of that name too" if first else "the site has a page of that name of its own"
    place = Span(spec, 1, 1, 2, "")
    return Fault("name-taken", f"the page cannot be called {name}: {taken}", "give one of them another `slug:`", place)


def markdown_files(folder: Path | None) -> tuple[Path, ...]:
    """The Markdown files of a manual: `index.md`, then in the order of its links, then the others by name."""
    if folder is None:
        return ()
    own = (path for path in sorted(folder.glob("*.md")) if not path.is_symlink())
    files = {path.stem: path for path in own if path.is_file() and NAME.fullmatch(path.stem)}
    linked = LINK.findall(files[FIRST].read_text("utf-8", errors="replace")) if FIRST in files else []
    order = dict.fromkeys(name for name in (FIRST, *linked, *files) if name in files)
    return tuple(files[name] for name in order)
