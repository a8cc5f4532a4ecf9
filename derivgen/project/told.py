"""What a command tells, and its exit status."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from derivgen.errors import Fault, Span
from derivgen.record import record

INPUT, TOOL, MACHINE, BUG = 1, 3, 4, 5


class InWords(str):
    """A fault in words for people, which keeps the fault itself for programs."""

    fault: Fault

    def __new__(cls, fault: Fault) -> InWords:
        """The words of a fault."""
        words = super().__new__(cls, str(fault))
        words.fault = fault
        return words

    def __reduce__(self) -> tuple[type[InWords], tuple[Fault]]:
        """How to send it from one process to another."""
        return InWords, (self.fault,)


@record
class Told:
    """What a command has to say of one thing: a result, messages for people, the exit status, and how far it is."""

    result: str = ""
    messages: tuple[str, ...] = ()
    status: int = 0
    progress: str = ""


def as_record(message: str) -> object:
    """A message for a record of the cache: a fault by its parts, anything else as it is."""
    return asdict(message.fault) if isinstance(message, InWords) else message


def from_record(record: Any) -> str:
    """The message of a record.

    Raises: KeyError or TypeError for a record of another version.
    """
    if isinstance(record, str):
        return record
    span = record["span"]
    return InWords(Fault(record["code"], record["message"], record["hint"], None if span is None else Span(**span)))
