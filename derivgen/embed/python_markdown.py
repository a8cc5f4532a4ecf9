"""Python-Markdown: a fence called derivgen with a spec in it becomes its derivation. MkDocs uses it too."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from derivgen.embed.fences import Found, fences
from derivgen.embed.pages import HostPage
from derivgen.project.embedding import Fence

# Before fences of any language (25), after tabs are spaces (30).
PRIORITY = 26
LOG = logging.getLogger("derivgen")


@dataclass(slots=True)
class Place:
    """Where the text of a page comes from: its file, how many lines of that stand above it, and whom to tell."""

    file: str = "<page>"
    above: int = 0
    tell: Callable[[str], None] = LOG.warning


class DerivgenExtension(Extension):
    """The extension; `file` is what the page is called where something is wrong."""

    def __init__(self, **given: Any) -> None:
        self.config = {"file": ["<page>", "The file of the page, for messages and for files named from there."]}
        super().__init__(**given)
        self.place = Place(self.getConfig("file"))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name is Python-Markdown's
        """Register with a converter."""
        md.preprocessors.register(_Fences(md, self), "derivgen", PRIORITY)


class _Fences(Preprocessor):
    def __init__(self, md: Markdown, extension: DerivgenExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        place = self.extension.place
        page = HostPage(place.tell)
        made: list[str] = []
        done = 0
        for found in fences(lines):
            html = page.html(_fence(found, place), found.options, below=found.below)
            made += [*lines[done : found.first], "", found.indent + self.md.htmlStash.store(html), ""]
            done = found.last + 1
        return [*made, *lines[done:]]


def _fence(found: Found, place: Place) -> Fence:
    return Fence(found.text, place.file, place.above + found.first + 2, len(found.indent))


def superfence(source: str, language: str, css_class: str, options: dict[str, str], md: Markdown, **given: Any) -> str:  # noqa: ARG001  # as superfences calls it
    """The derivation of a custom fence of pymdownx.superfences; names are those of one page as long as it lives."""
    names: set[str] = vars(md.htmlStash).setdefault("derivgen", set())
    return HostPage(LOG.warning, names).html(Fence(source, "<page>"), options, below=0)


def makeExtension(**given: Any) -> DerivgenExtension:  # noqa: N802  # as above
    """The extension, for those who name the module."""
    return DerivgenExtension(**given)
