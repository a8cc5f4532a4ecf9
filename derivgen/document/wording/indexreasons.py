"""Why a step in index notation holds, with this page's symbols."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts, Sentence
from derivgen.expr.nodes import Component, Summation
from derivgen.expr.walk import contains


def _index_form(facts: Facts, step: Step) -> Text:
    if not isinstance(step.after, Summation) and not contains(step.after, lambda part: isinstance(part, Summation)):
        return ("What acts entry by entry is written down for one entry.",)
    return ("An index that stands twice in a product is summed over; that is a row times a column.",)


def _inside_sum(facts: Facts, step: Step) -> Text:
    if "kronecker-delta" in step.also:
        return ("Term by term; an entry of ", facts["array"], " changes with ", facts["variable"],
                " only where the indices agree.")  # fmt: skip
    return ("The sum has finitely many terms, so each is differentiated with respect to ", facts["variable"], ".")


def _delta_in_sum(facts: Facts, step: Step) -> Text:
    return ("The delta is 0 unless its indices are equal, so of its sum only the term with the indices of ",
            facts["variable"], " is left.")  # fmt: skip


def _entry_of_array(facts: Facts, step: Step) -> Text:
    match step.after:
        case Component(array=array):
            return ("Read the sums as rows times columns: this is one entry of ", array, ".")
        case _:
            return ("Every sum over a shared index is a product of arrays.",)


def every_entry(facts: Facts) -> Text:
    """Why an entry with letters tells the whole array."""
    if not isinstance(facts["variable"], Component):
        return ("This holds for every ", facts["of"], ", so it holds for the whole array.")
    if facts["array"].shape.is_column:
        return ("The row belongs to ", facts["of"], " and the column to ", facts["variable"], ".")
    return ("The row belongs to ", facts["of"], " and the column to ", facts["variable"],
            ", column after column of ", facts["array"], ".")  # fmt: skip


INDEX_REASONS: dict[str, Sentence] = {
    "index-form": _index_form,
    "derivative-inside-sum": _inside_sum,
    "delta-in-sum": _delta_in_sum,
    "entry-of-array": _entry_of_array,
}
