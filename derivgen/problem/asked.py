"""What a spec gives and asks, as texts with their places; the input of the resolver."""

from __future__ import annotations

from derivgen.problem.problem import LayoutChoice, MethodName
from derivgen.problem.text import Text
from derivgen.record import record

Pairs = tuple[tuple[Text, Text], ...]


@record
class Asked:
    """A request as it was written, `f wrt x`, with what it wants for itself."""

    text: Text
    layout: LayoutChoice | None = None
    method: MethodName | None = None
    title: str = ""


@record
class Given:
    """Declarations, functions in their order, assumptions and requests, as they were written."""

    variables: Pairs
    functions: Pairs
    requests: tuple[Asked, ...]
    assume: tuple[Text, ...] = ()
