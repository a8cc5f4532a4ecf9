"""Reading a page of HTML back, with the standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("meta", "link", "br", "img", "hr", "input", "wbr"))


@dataclass
class Page:
    """What tests ask of a page."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    words: str = ""

    def named(self, name: str) -> list[dict[str, str]]:
        return [attributes for element, attributes in self.elements if element == name]

    @property
    def levels(self) -> list[int]:
        return [int(name[1]) for name, _ in self.elements if len(name) == 2 and name[0] == "h" and name[1].isdigit()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.page.words += data


def read_page(source: str) -> Page:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.page.unclosed += reader.open
    return reader.page
