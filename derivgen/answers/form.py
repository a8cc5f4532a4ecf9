"""The form that an answer must have beside its value: functions that it may not use, and its length."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.answers.telling import said, together
from derivgen.expr.functions import FUNCTIONS
from derivgen.syntax.source import source_of
from derivgen.syntax.tokens import tokens_of


def form_broken(answer: str, forbidden: Sequence[str], at_most: int | None) -> str:
    """What of the form an answer does not keep, in words; nothing if it keeps it.

    Its length counts names and numbers as they are typed: `2*A @ x` has 3.
    """
    tokens = list(tokens_of(source_of(answer, None)))
    words = [token.text for token in tokens if token.kind == "name" and token.text != "T"]
    told = [said("{name} may not be used", name=name) for name in forbidden if name in words and name in FUNCTIONS]
    if "T" in forbidden and any(token.text == "T" for token in tokens):
        told.append(said("a transpose may not be used"))
    length = len(words) + sum(token.kind == "number" for token in tokens)
    if at_most is not None and length > at_most:
        too_long = "it has {length} names and numbers, and at most {most} are wanted"
        told.append(said(too_long, length=str(length), most=str(at_most)))
    whole = together(*told, between="; ")
    return said("Not in the form that is asked for: {told}.", told=whole) if told else ""
