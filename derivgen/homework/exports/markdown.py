"""Paragraphs of a key as Markdown, for platforms that read formulas between dollar signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from derivgen.homework.exports.paragraphs import Paragraph, clean, is_in_words

# What Markdown would read as more than a sign; also where a paragraph begins.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&#$~^|\"']|-(?=-)|\.(?=\.)")
_BEGINNING = re.compile(r"^(\d+)([.)])|^([-+:=])")


def option_markdown(option: Mapping[str, Any]) -> str:
    """What an option shows."""
    return words_markdown(option["text"]) if is_in_words(option) else f"${clean(option['latex']).strip()}$"


def markdown(paragraph: Paragraph) -> str:
    """A paragraph on one line: words as they are, formulas between dollar signs."""
    pieces = (f"${clean(one['latex']).strip()}$" if "latex" in one else _escaped(one["text"]) for one in paragraph)
    return _BEGINNING.sub(_entities, "".join(pieces).strip())


def words_markdown(text: str) -> str:
    """Words as a paragraph of their own."""
    return _BEGINNING.sub(_entities, _escaped(text).strip())


def _escaped(text: str) -> str:
    return _SIGNS.sub(_entities, clean(text))


def _entities(found: re.Match[str]) -> str:
    """The signs by their numbers, which Markdown leaves alone; digits and blanks stay."""
    return "".join(one if one.isalnum() or one.isspace() else f"&#{ord(one)};" for one in found[0])
