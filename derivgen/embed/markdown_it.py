"""markdown-it-py: a fence called derivgen with a spec in it becomes its derivation."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from derivgen.embed.fences import options_of
from derivgen.embed.pages import HostPage
from derivgen.project.embedding import Fence

LOG = logging.getLogger("derivgen")


def derivgen_plugin(md: MarkdownIt, *, file: str = "<page>") -> None:
    """Render fences of specs; `file` is what the page is called where something is wrong."""
    renderer: Any = md.renderer  # What it renders to is HTML, and has rules.
    usual = renderer.rules["fence"]

    def fence(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG001  # as markdown-it calls it
        token = tokens[idx]
        asked = options_of(token.info)
        if asked is None:
            made: str = usual(tokens, idx, options, env)
            return made
        page = HostPage(LOG.warning, env.setdefault("derivgen", set()))
        line = 1 if token.map is None else token.map[0] + 2
        return page.html(Fence(token.content, file, line), asked, below=_level_above(tokens, idx)) + "\n"

    md.add_render_rule("fence", fence)


def _level_above(tokens: Sequence[Token], index: int) -> int:
    headings = (token for token in reversed(tokens[:index]) if token.type == "heading_open")
    return next((int(token.tag[1:]) for token in headings), 0)
