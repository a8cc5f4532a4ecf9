"""Why a step in index notation holds, with this page's symbols."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts, Sentence
from derivgen.document.wording.telling import filled, said
from derivgen.expr.nodes import Component, Product, Summation
from derivgen.expr.walk import contains


def _index_form(facts: Facts, step: Step) -> Text:
    if not isinstance(step.after, Summation) and not contains(step.after, lambda part: isinstance(part, Summation)):
        return said("What acts entry by entry is written down for one entry.")
    if contains(step.after, lambda part: isinstance(part, Product)):
        return said(
            "In {left} an index that stands twice is summed over; that is a row times a column.", left=step.left
        )
    return said("{left} adds up entries, one for each value of the index.", left=step.left)


def _inside_sum(facts: Facts, step: Step) -> Text:
    if "kronecker-delta" in step.also:
        return filled(facts, "Term by term; an entry of {array} changes with {variable} only where the indices agree.")
    return filled(facts, "The sum has finitely many terms, so each is differentiated with respect to {variable}.")


def _entry_of_array(facts: Facts, step: Step) -> Text:
    match step.after:
        case Component(array=array):
            return said("Read the sums as rows times columns: this is one entry of {array}.", array=array)
        case _:
            return said("Every sum over a shared index is a product of arrays.")


def every_entry(facts: Facts) -> Text:
    """Why an entry with letters tells the whole array."""
    if not isinstance(facts["variable"], Component):
        return filled(facts, "This holds for every {of}, so it holds for the whole array.")
    if facts["array"].shape.is_column:
        return filled(facts, "The row belongs to {of} and the column to {variable}.")
    return filled(facts, "The row belongs to {of} and the column to {variable}, column after column of {array}.")


INDEX_REASONS: dict[str, Sentence] = {
    "index-form": _index_form,
    "derivative-inside-sum": _inside_sum,
    "delta-in-sum": "The delta is 0 unless its indices are equal, so of its sum only the term with the indices of {variable} is left.",
    "entry-of-array": _entry_of_array,
}
