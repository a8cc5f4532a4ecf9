"""Walking a built site: what its pages link to, load and are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"link": "href", "img": "src", "script": "src", "iframe": "src", "source": "src", "object": "data"}


@dataclass
class SiteFile(HTMLParser):
    """One page: its title, its anchors, where it leads, what it loads, its headings, formulas and labels."""

    path: Path
    title: str = ""
    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    language: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element says."""
        given = {name: value or "" for name, value in attrs}
        self.inside = tag
        self.anchors += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loads += [given[LOADED[tag]]] if LOADED.get(tag, "") in given else []
        self.levels += [int(tag[1])] if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else []
        self.formulas += [given.get("alttext", "")] if tag == "math" else []
        self.labels += [given["aria-label"]] if "aria-label" in given else []
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "meta" and "content" in given:
            self.metas[given.get("name", given.get("http-equiv", ""))] = given["content"]

    def handle_data(self, data: str) -> None:
        """Take the title."""
        self.title += data.strip() if self.inside == "title" else ""


def pages_of(site: Path) -> dict[Path, SiteFile]:
    """The pages of a site by their places."""
    return {path.resolve(): SiteFile(path) for path in sorted(site.rglob("*.html"))}


def dead_links(pages: dict[Path, SiteFile]) -> list[str]:
    """Links to files that are not there, and to anchors that their pages do not have."""
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            anchor = unquote(parts.fragment)
            if link.startswith("/") or not target.is_file() or (anchor and anchor not in pages[target].anchors):
                dead.append(f"{path.name}: {link}")
    return dead


def reachable(pages: dict[Path, SiteFile], start: Path) -> set[Path]:
    """The pages to which links lead from `start`."""
    found, new = set(), {start.resolve()}
    while new:
        path = new.pop()
        found.add(path)
        targets = ((path.parent / unquote(urlsplit(link).path)).resolve() for link in pages[path].links)
        new |= {target for target in targets if target in pages} - found
    return found
