"""Paragraphs of words and formulas, as they stand in a key, for platforms that show HTML with MathJax or plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

Paragraph = Iterable[Mapping[str, Any]]

# What XML 1.0 has no character for.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What MathJax would take for the border of a formula.
_BORDER = re.compile(r"\\[()\[\]]|\$|\\begin\b")
_IGNORED = '<span class="mathjax_ignore tex2jax_ignore">{words}</span>'


def clean(text: str) -> str:
    """The text on one line, with a mark for each character that no XML file can hold."""
    return _FORBIDDEN.sub("\ufffd", " ".join(text.splitlines()))


def html_of(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as HTML, with formulas between the signs that MathJax looks for."""
    return "".join(f"<p>{''.join(map(_piece, paragraph))}</p>" for paragraph in paragraphs)


def words_html(text: str) -> str:
    """Words as HTML that shows them as they are, whatever they hold."""
    escaped = html.escape(clean(text), quote=False)
    return _IGNORED.format(words=escaped) if _BORDER.search(text) else escaped


def formula_html(latex: str, *, display: bool = False) -> str:
    """A formula as HTML; a display stands on a line of its own."""
    inside = html.escape(clean(latex), quote=False)
    return rf"\[{inside}\]" if display else rf"\({inside}\)"


def is_in_words(option: Mapping[str, Any]) -> bool:
    """Whether an option is a sentence, such as that none of these is right, and no formula."""
    return option.get("latex") in (None, "", rf"\text{{{option['text']}}}")


def option_html(option: Mapping[str, Any]) -> str:
    """What an option shows."""
    return words_html(option["text"]) if is_in_words(option) else formula_html(option["latex"])


def _piece(piece: Mapping[str, Any]) -> str:
    if "latex" in piece:
        return formula_html(str(piece["latex"]), display=piece.get("display") is True)
    return words_html(str(piece["text"]))
