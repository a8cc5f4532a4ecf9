"""What a command tells, and its exit status."""

from __future__ import annotations

from dataclasses import dataclass

INPUT, TOOL, MACHINE, BUG = 1, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Told:
    """What a command has to say of one thing: a result, messages for people, the exit status, and how far it is."""

    result: str = ""
    messages: tuple[str, ...] = ()
    status: int = 0
    progress: str = ""
