"""Derivatives in words."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.printing.boxes import EMPTY, Box
from derivgen.printing.speechforms import Derivative, power_digits
from derivgen.printing.speechtokens import Name, Words, filled
from derivgen.printing.speechwords import Table

Say = Callable[[Box], Words]


def derivative_words(found: Derivative, table: Table, say: Say) -> Words:
    """The derivative of something, or the operator in front of what it acts on."""
    if found.of == EMPTY:
        return operator_words(found, "{} operator", table, say)
    return _by_order(found, "{}", table, say, (say(found.of), _variables(found.wrt, table, say)))


def operator_words(found: Derivative, key: str, table: Table, say: Say) -> Words:
    """The operator by the phrase `key`."""
    return _by_order(found, key, table, say, (_variables(found.wrt, table, say),))


def _by_order(found: Derivative, key: str, table: Table, say: Say, gaps: tuple[Words, ...]) -> Words:
    kind = "partial" if found.is_partial else "ordinary"
    if found.order is None:
        return filled(table.phrases[key.format(kind)], *gaps)
    known = table.orders.get(power_digits(found.order))
    told = filled(table.phrases["order"], say(found.order)) if known is None else (known,)
    return filled(table.phrases[key.format(f"higher {kind}")], *gaps, told)


def _variables(wrt: tuple[Box, ...], table: Table, say: Say) -> Words:
    words: list[str | Name] = []
    for variable in wrt:
        words += [table.phrases["both"], *say(variable)] if words else say(variable)
    return tuple(words)
