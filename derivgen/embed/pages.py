"""A page with derivations in it: each has a name that no other one has, and what is wrong is told and shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from pathlib import Path

from derivgen.embed.fences import level_below
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.project.embedding import Embedded, Fence, derivation_in
from derivgen.project.keys import digest_of
from derivgen.project.told import InWords
from derivgen.render.words import words
from derivgen.spec.files import read_text
from derivgen.spec.places import PROJECT_FILE, project_root

ASKED = ("level", "file")


@dataclass(slots=True)
class HostPage:
    """A page of another tool while it is made; `tell` is that tool's way to warn, `taken` are names on the page."""

    tell: Callable[[str], None]
    taken: set[str] = field(default_factory=set)

    def html(self, fence: Fence, options: Mapping[str, str], *, below: int) -> str:
        """What stands in the place of a fence: its derivation, below an admonition where something is wrong."""
        try:
            level = level_of(fence, options, below=below)
            made = self.derivation(fence, options)
        except DerivgenError as error:
            made, level = Embedded("", tuple(map(InWords, error.faults))), 0
        for message in made.messages:
            self.tell(message)
        return admonition(made) + made.html(level)

    def derivation(self, fence: Fence, options: Mapping[str, str]) -> Embedded:
        """The derivation of a fence, or of the file that it names, called as no other one on the page.

        Raises: DerivgenError for what cannot be asked for, and for a file that cannot be read.
        """
        _check(fence, options)
        made = remembered(_from_file(fence, options["file"]) if "file" in options else fence)
        return made if made.document is None else made.called(self.taken)


def level_of(fence: Fence, options: Mapping[str, str], *, below: int) -> int:
    """The level of the first heading: the one that is asked for, else one below the heading above.

    Raises: DerivgenError.
    """
    asked = options.get("level", "")
    if asked and (len(asked) > 1 or asked not in "123456"):
        message = f"level={asked} is no level of headings"
        raise DerivgenError(Fault("value", message, "give a number from 1 to 6", _opening(fence)))
    return int(asked) if asked else level_below(below)


def admonition(made: Embedded) -> str:
    """What is wrong with a spec, as Python-Markdown and MkDocs mark what readers must see; empty where nothing is."""
    if not made.messages:
        return ""
    title = title_of_faults(made)
    told = "".join(f"<pre><code>{escape(message, quote=False)}</code></pre>" for message in made.messages)
    return f'<div class="admonition failure"><p class="admonition-title">{escape(title)}</p>{told}</div>'


def title_of_faults(made: Embedded) -> str:
    """What the faults have done."""
    labels = words(made.language)
    return labels.not_shown if made.document is None else labels.partly_shown


def remembered(fence: Fence) -> Embedded:
    """The derivation of a fence; one that is made again of the same, as a preview does, is not worked out again."""
    if "{{" in fence.text:
        return derivation_in(fence)  # Its text may show other specs.
    root = project_root(Path(fence.file))
    return _remembered(fence, "" if root is None else digest_of(root / PROJECT_FILE))


@lru_cache(maxsize=1000)
def _remembered(fence: Fence, project: str) -> Embedded:  # noqa: ARG001  # the project is a part of the key
    return derivation_in(fence)


def from_here(path: str) -> str:
    """A file as it is seen from here, for messages."""
    try:
        return os.path.relpath(path)
    except ValueError:  # On another drive there is no way.
        return path


def _check(fence: Fence, options: Mapping[str, str]) -> None:
    for name in options:
        if name not in ASKED:
            message = f"a fence of derivgen has no option {name}"
            raise DerivgenError(Fault("unknown-key", message, f"the options are {', '.join(ASKED)}", _opening(fence)))
    if "file" in options and fence.text.strip():
        hint = "leave one of the two out"
        message = "this fence names a file and holds a spec as well"
        raise DerivgenError(Fault("value", message, hint, _opening(fence)))


def _from_file(fence: Fence, name: str) -> Fence:
    """The spec of a file, named from the folder of the page.

    Raises: DerivgenError for one that cannot be read, with the place of the fence.
    """
    path = Path(fence.file).parent / name
    try:
        return Fence(read_text(path), str(path))
    except DerivgenError as error:
        faults = (replace(one, message=f"{path}: {one.message}", span=_opening(fence)) for one in error.faults)
        raise DerivgenError(*faults) from None


def _opening(fence: Fence) -> Span:
    """The line above the spec, which opens the fence."""
    return Span(fence.file, max(fence.line - 1, 1), fence.indent + 1, fence.indent + 2, "")
