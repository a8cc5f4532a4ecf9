"""The numbers that a reader sees: parts count from 1, and steps within their part, as in 2.3.

In a file and in a link a part has a letter, as in `step-b3`: a letter on the page would be taken for a name of the
problem, for an activation a or a bias b.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from derivgen.document.blocks import Block, StepBlock

# The letter of a part, the letter of a further way, the number, and the letter of a finer step.
NAME = re.compile(r"([a-w]?)([x-z]?)([0-9]+)(.*)")


def part_letter(place: int) -> str:
    """The letter of the part at a place, which counts from 0."""
    return chr(ord("a") + place % 26)


def part_number(letter: str) -> str:
    """The number of the part with this letter."""
    return str(ord(letter) - ord("a") + 1) if letter else ""


def step_number(letter: str, number: str) -> str:
    """The number of a step as the page shows it."""
    hit = NAME.fullmatch(letter + number)
    if hit is None:
        return letter + number
    part, way, count, finer = hit.groups()
    own = f"{way}{count}{finer}"
    return f"{part_number(part)}.{own}" if part else own


def read_as(blocks: Iterable[Block], last: str) -> tuple[Block, ...]:
    """The blocks of a reading, whose step has the number after the last one."""
    found = re.fullmatch(r"(.*?)([0-9]+)[a-z]?", last)
    number = f"{found[1]}{int(found[2]) + 1}" if found else last
    return tuple(replace(block, number=number) if isinstance(block, StepBlock) else block for block in blocks)
