"""What an engine gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF and what the engine complained of: lines that stick out, symbols that it lacks.

    A tagged one can be walked by screen readers.
    """

    pdf: bytes
    warnings: tuple[str, ...]
    is_tagged: bool = False
