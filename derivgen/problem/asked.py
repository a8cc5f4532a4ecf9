"""What a spec gives and asks, as texts with their places; the input of the resolver."""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.problem.problem import LayoutChoice, MethodName
from derivgen.problem.text import Text

Pairs = tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was written, `f wrt x`, with what it wants for itself."""

    text: Text
    layout: LayoutChoice | None = None
    method: MethodName | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Declarations, functions in their order, assumptions and requests, as they were written."""

    variables: Pairs
    functions: Pairs
    requests: tuple[Asked, ...]
    assume: tuple[Text, ...] = ()
