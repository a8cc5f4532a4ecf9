"""Walking a built site: what its pages link to, load and are called."""

from __future__ import annotations

import re
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
    boxes_in_image: int = 0

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
        # What stands in an image has no words of its own: the image has.
        is_image = given.get("role") == "img" or self.boxes_in_image > 0
        self.boxes_in_image += tag == "div" and is_image
        self.formulas += [given.get("alttext", "")] if tag == "math" and not is_image else []
        self.labels += [given["aria-label"]] if "aria-label" in given else []
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "meta" and "content" in given:
            self.metas[given.get("name", given.get("http-equiv", ""))] = given["content"]

    def handle_endtag(self, tag: str) -> None:
        """Note where an image ends."""
        self.boxes_in_image -= tag == "div" and self.boxes_in_image > 0

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


# Bytes of a page that works out derivatives, as they are stored: 60 KB, 5 KB of script, 80 KB of fonts.
HTML, SCRIPT, FONT = 60 * 1024, 5 * 1024, 80 * 1024


def derivation_pages(pages: dict[Path, SiteFile]) -> list[SiteFile]:
    """The pages of steps: those whose reader may choose the detail."""
    return [page for page in pages.values() if "<main" in (text := _text(page.path)) and 'data-detail="' in text]


def over_budget(pages: list[SiteFile]) -> list[str]:
    """What is too heavy of these pages: their HTML, the scripts that they load, the fonts of their site."""
    found = []
    for page in pages:
        scripts, fonts = _loaded(page, ".js"), _fonts(page)
        weights = {"HTML": (page.path.stat().st_size, HTML), "script": (scripts, SCRIPT), "font": (fonts, FONT)}
        found += [f"{page.path.name}: {size} bytes of {what}" for what, (size, most) in weights.items() if size > most]
    return found


def _loaded(page: SiteFile, ending: str) -> int:
    return sum((page.path.parent / name).stat().st_size for name in page.loads if name.endswith(ending))


def _fonts(page: SiteFile) -> int:
    """The fonts that the styles of a page name."""
    styles = [page.path.parent / name for name in page.loads if name.endswith(".css")]
    named = [style.parent / name for style in styles for name in re.findall(r'url\("([^"]+)"\)', _text(style))]
    return sum(font.stat().st_size for font in named)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
