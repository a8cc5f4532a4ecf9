"""A derivation as one element of HTML, to be set into a page of somebody else's: its places and headings fit there."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from derivgen.document.blocks import Document
from derivgen.printing.notation import Notation
from derivgen.render.formats import render_fragment

DEEPEST = 6
TAG = re.compile(r"<[^>]*>")
HEADING = re.compile(r"<(/?)h([1-6])\b")
CLASSES = re.compile(r'\bclass="([^"]*)"')
PLACE = re.compile(r' (id|for|aria-labelledby|aria-describedby)="([^"]+)"')
INNER_LINK = re.compile(r' href="#([^"]+)"')


def embedded(
    document: Document,
    name: str,
    *,
    level: int,
    has_title: bool,
    notation: Notation,
    templates: Path | None = None,
) -> str:
    """The element for a document; every id in it begins with `derivgen-` and the name, so that a page can hold several.

    Its first heading is of the level; without a title that is the first one below it.
    """
    identifier = f"derivgen-{name}"
    made = render_fragment(document, identifier, has_title=has_title, notation=notation, templates=templates)
    shift = level - (1 if has_title else 2)
    head, opening, inside = made.partition(">")
    return head + opening + TAG.sub(partial(_fitted, identifier=identifier, shift=shift), inside).rstrip("\n")


def _fitted(tag: re.Match[str], *, identifier: str, shift: int) -> str:
    """A tag with the places and the level of heading that fit."""
    made = PLACE.sub(lambda found: f' {found[1]}="{identifier}--{found[2]}"', tag[0])
    made = INNER_LINK.sub(lambda found: f' href="#{identifier}--{found[1]}"', made)
    heading = HEADING.match(made)
    if heading is None:
        return made
    own = f"h{heading[2]}"
    made = f"<{heading[1]}h{min(int(heading[2]) + shift, DEEPEST)}{made[heading.end() :]}"
    if heading[1]:
        return made
    # The style knows a heading by its level on a page of ours.
    if CLASSES.search(made):
        return CLASSES.sub(lambda found: f'class="{own} {found[1]}"', made, count=1)
    return f'{made[:-1]} class="{own}">'
