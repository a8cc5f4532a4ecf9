"""What an engine gives back."""

from __future__ import annotations

from derivgen.errors import Fault
from derivgen.record import record


@record
class Typeset:
    """A PDF and what the engine complained of: symbols that it lacks, and, as faults, lines that stick out.

    A tagged one can be walked by screen readers. One with letters of the system's fonts does
    not last: another day the system may have others. `read` are the files that the engine has taken
    from its own installation, where it tells them.
    """

    pdf: bytes
    warnings: tuple[str, ...]
    is_tagged: bool = False
    faults: tuple[Fault, ...] = ()
    lasts: bool = True
    read: tuple[str, ...] = ()
