"""Conditions in words: what is assumed, and where a result holds."""

from __future__ import annotations

from typing import assert_never

from derivgen.printing.text import text
from derivgen.problem.problem import Condition


def condition_text(condition: Condition) -> str:
    """The condition in derivgen's own language: `x > 0`, `X invertible`."""
    match condition.relation:
        case "invertible" | "positive definite":
            return f"{text(condition.left)} {condition.relation}"
        case ">" | ">=" | "<" | "<=" | "!=" | "=":
            right = "" if condition.right is None else text(condition.right)
            return f"{text(condition.left)} {condition.relation} {right}"
        case "!= elsewhere" | "!= off the diagonal" | "!= unless alike nearby":
            right = "" if condition.right is None else text(condition.right)
            return f"{text(condition.left)} != {right} {condition.relation.removeprefix('!= ')}"
    assert_never(condition.relation)
