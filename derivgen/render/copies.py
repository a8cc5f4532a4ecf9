"""The file beside a page with what its reader may copy, and its dialogs; the page loads it when it is first wanted."""

from __future__ import annotations

import json
from pathlib import Path

from derivgen.document.blocks import Document
from derivgen.printing.notation import Notation
from derivgen.render.environment import macro
from derivgen.render.formats import environment_of
from derivgen.render.html import finished
from derivgen.render.words import words


def copies(copied: str, document: Document, *, notation: Notation, templates: Path | None = None) -> str:
    """The file: a script that holds data alone, texts and dialogs by their names.

    `copied` is what may be copied, as `render.copied` gives it.
    """
    environment = environment_of("html", document.language, notation, templates)
    held = json.loads(copied)

    def made(name: str, *given: object) -> str:
        """What stands in a dialog, in HTML."""
        return finished(macro(environment, "worked/dialogs.html.j2", name)(*given)).strip()

    data = {
        "copied": words(document.language).copied,
        "help": made("help"),
        "failed": made("failed"),
        **{str(k): made("results", one) for k, one in enumerate(held["results"])},
        **held["steps"],
    }
    return f"copies = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
