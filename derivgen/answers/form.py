"""The form that an answer must have beside its value: functions that it may not use, and its length."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.expr.functions import FUNCTIONS
from derivgen.syntax.source import source_of
from derivgen.syntax.tokens import tokens_of


def form_broken(answer: str, forbidden: Sequence[str], at_most: int | None) -> str:
    """What of the form an answer does not keep, in words; nothing if it keeps it.

    Its length counts names and numbers as they are typed: `2*A @ x` has 3.
    """
    tokens = list(tokens_of(source_of(answer, None)))
    words = [token.text for token in tokens if token.kind == "name" and token.text != "T"]
    told = [f"{name} may not be used" for name in forbidden if name in words and name in FUNCTIONS]
    told += ["a transpose may not be used"] if "T" in forbidden and "T" in [token.text for token in tokens] else []
    length = len(words) + sum(token.kind == "number" for token in tokens)
    if at_most is not None and length > at_most:
        told.append(f"it has {length} names and numbers, and at most {at_most} are wanted")
    return f"Not in the form that is asked for: {'; '.join(told)}." if told else ""
