"""Pages of a site that have a template of their own: what each of them is rendered with."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from derivgen.document.blocks import Document, Phrase
from derivgen.document.wording.telling import told
from derivgen.printing.notation import Notation
from derivgen.render.formats import Beside, environment_of
from derivgen.render.words import words


def in_language(phrase: Phrase | str, language: str) -> str:
    """A phrase as a page says it."""
    return "".join(map(str, told((phrase,), language)))


def said_in(labels: Any, language: str) -> dict[str, str]:
    """What a page says of itself, by the names of a record of phrases."""
    return {field.name: in_language(getattr(labels, field.name), language) for field in fields(labels)}


def render_own_page(
    template: str, document: Document, *, beside: Beside, notation: Notation, templates: Path | None, **given: object
) -> str:
    """A page at the top of a site in HTML; the document has its title and summary."""
    found = environment_of("html", document.language, notation, templates).get_template(template)
    return found.render(
        document=document,
        beside=beside,
        words=words(document.language),
        language=document.language,
        head_title="".join(map(str, document.title)),
        summary=document.summary,
        root="",
        address=beside.address,
        card=beside.card,
        feed="",
        **given,
    )
