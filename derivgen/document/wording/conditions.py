"""Conditions in words."""

from __future__ import annotations

from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import said
from derivgen.problem.problem import Condition

_RELATIONS = {">": " > ", ">=": " ≥ ", "<": " < ", "<=": " ≤ ", "!=": " ≠ ", "=": " = "}


def conditions_text(conditions: tuple[Condition, ...]) -> Text:
    """The conditions in a sentence, or "everywhere"."""
    if not conditions:
        return (LABELS.everywhere,)
    first, *others = map(condition_words, conditions)
    more = tuple(piece for other in others for piece in said(", and {condition}", condition=other))
    return (*first, *more, ".")


def condition_words(condition: Condition) -> Text:
    """One condition; of an array it says that it is meant entry by entry."""
    if condition.right is None:
        return said("{left} is {relation}", left=condition.left, relation=Phrase(condition.relation))
    if condition.relation == "!= elsewhere":
        return said("{left} ≠ {right} in every other entry", left=condition.left, right=condition.right)
    if condition.relation == "!= off the diagonal":
        return said("{left} ≠ {right} in every entry off the diagonal", left=condition.left, right=condition.right)
    if condition.relation == "!= unless alike nearby":
        return said("{left} ≠ {right}, unless both are the same nearby", left=condition.left, right=condition.right)
    comparison: Text = (condition.left, _RELATIONS[condition.relation], condition.right)
    if condition.left.is_scalar and condition.right.is_scalar:
        return comparison
    return said("{comparison} in every entry", comparison=comparison)
