"""Fences of specs among the lines of a page of Markdown, with what their first lines ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from derivgen.record import record

FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<sign>`{3,}|~{3,})(?P<info>[^`]*)")
# As superfences, MyST and attribute lists write it: derivgen level=3, {derivgen}, {.derivgen level=3}.
OURS = re.compile(r"\s*(?:\{\s*)?\.?derivgen(?=[\s}]|$)(?P<options>[^}]*)\}?\s*")
OPTION = re.compile(r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))""")
HEADING = re.compile(r"(#{1,6})(?:\s|$)")
UNDERLINE = re.compile(r"(=+|-{2,})\s*")
HIGHEST, DEEPEST = 2, 6


@record
class Found:
    """A fence: its lines counted from 0, from the opening to the closing one, its spec and what is asked for.

    `below` is the level of the heading above it.
    """

    first: int
    last: int
    indent: str
    text: str
    below: int
    options: dict[str, str] = field(default_factory=dict)


def options_of(info: str) -> dict[str, str] | None:
    """What the first line of a fence asks for; None where the fence is not ours."""
    ours = OURS.fullmatch(info)
    if ours is None:
        return None
    return {one["name"]: one["quoted"] or one["plain"] or "" for one in OPTION.finditer(ours["options"])}


def level_below(level: int) -> int:
    """The level of the first heading of a derivation that stands below a heading of a level, or below none: 0."""
    return min(max(level + 1, HIGHEST), DEEPEST)


def fences(lines: Sequence[str]) -> Iterator[Found]:
    """The fences of specs; those within another fence show what to write, and are none."""
    number, below = 0, 0
    while number < len(lines):
        opening = FENCE.fullmatch(lines[number])
        last = None if opening is None else _closing(lines, number, opening["sign"])
        if opening is None or last is None:
            below = _level(lines, number) or below
            number += 1
            continue
        options = options_of(opening["info"])
        if options is not None:
            indent = opening["indent"]
            text = "\n".join(line.removeprefix(indent) for line in lines[number + 1 : last])
            yield Found(number, last, indent, text, below, options)
        number = last + 1


def _closing(lines: Sequence[str], first: int, sign: str) -> int | None:
    """The line that closes the fence of a line; None where nothing does."""
    closing = re.compile(rf"\s*{sign[0]}{{{len(sign)},}}\s*")
    return next((number for number in range(first + 1, len(lines)) if closing.fullmatch(lines[number])), None)


def _level(lines: Sequence[str], number: int) -> int:
    """The level of the heading that stands on a line; 0 where there is none."""
    marked = HEADING.match(lines[number])
    if marked is not None:
        return len(marked[1])
    underlined = UNDERLINE.fullmatch(lines[number]) if number and lines[number - 1].strip() else None
    return 0 if underlined is None else 1 if underlined[1].startswith("=") else 2
