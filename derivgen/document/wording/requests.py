"""What a spec asks for, in words."""

from __future__ import annotations

from derivgen.document.blocks import Text
from derivgen.document.wording.telling import listed, said
from derivgen.problem.problem import Request


def in_short(request: Request) -> Text:
    """What is asked for without symbols: f with respect to x."""
    first = said("{of} with respect to {variables}", of=request.of, variables=listed(request.wrt))
    if request.then:
        return said("{first} and then to {variables}", first=first, variables=listed(request.then))
    return said("{first}, twice", first=first) if request.is_second else first
