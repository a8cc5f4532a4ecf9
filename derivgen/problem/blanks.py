"""What a practice copy leaves out of a page."""

from __future__ import annotations

from typing import Literal

from derivgen.problem.text import Text
from derivgen.record import record

BlankKind = Literal["rule", "step", "last", "why", "name"]


@record
class Blank:
    """One wish: the steps by a rule, the step of a number, the last k steps, all reasons, or all names of rules."""

    kind: BlankKind
    value: str
    text: Text
