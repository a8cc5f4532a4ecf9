"""Why a step about partial derivatives holds: what is held constant, and how they are arranged."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Step
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.casing import in_a_sentence
from derivgen.document.wording.facts import INDEX, OTHER, Facts, Sentence, has
from derivgen.document.wording.indexreasons import every_entry
from derivgen.document.wording.members import member_name
from derivgen.document.wording.telling import filled, listed, said
from derivgen.expr.build import ZERO_NUMBER
from derivgen.expr.nodes import Component, Stack, Unresolved


def _hold(facts: Facts, step: Step) -> Text:
    used = [rule for rule in step.also if RULES[rule].weight != "trivial"]
    names = [Phrase(in_a_sentence(member_name(rule, step) or RULES[rule].name)) for rule in used]
    if not names:
        return said("For each entry the other variables are held constant.")
    if isinstance(step.left, Unresolved):
        return said(
            "All components but {variable} are held constant; then: {rules}.",
            variable=facts["variable"],
            rules=listed(names),
        )
    return said(
        "For each derivative of {of} the other variables are held constant; then: {rules}.",
        of=facts["of"],
        rules=listed(names),
    )


def _gradient(facts: Facts, step: Step) -> Text:
    if "form" in facts and isinstance(facts.get("variable"), Component):
        return said(
            "This holds for every {variable}; numerator layout arranges the partial derivatives as {shape}.",
            variable=facts["variable"],
            shape=str(step.after.shape).replace("x", "×"),
        )
    if isinstance(step.after, Unresolved) and step.after.shape.is_scalar:
        return filled(facts, "{of} is one function of the one variable {variable}: the array has this single entry.")
    in_order = filled(facts, "The gradient lists the partial derivatives of {of} in order, from {variable} to {end}.")
    return in_order or filled(
        facts, "The gradient lists the partial derivatives of {of} in the order of the variables."
    )


def _jacobian(facts: Facts, step: Step) -> Text:
    if "form" in facts:
        return every_entry(facts)
    if isinstance(step.after, Unresolved) and step.after.shape.is_column:
        words = "Row {index} belongs to function {index}; the one column is for {variable}."
        return said(words, index=INDEX, variable=facts["variable"])
    if isinstance(step.after, Unresolved):
        return said(
            "Row {index} belongs to function {index} and column {other} to variable {other}; each entry is one partial derivative.",
            index=INDEX,
            other=OTHER,
        )
    if not has(facts, "of", "last", "variable", "end"):
        return ()
    if facts["variable"] == facts["end"]:
        return filled(facts, "Each function from {of} to {last} has a row; the one column is for {variable}.")
    if step.subgoal == "array" or step.between:
        return filled(
            facts,
            "Each function has a row, from {of} to {last}, and each variable a column, from {variable} to {end}.",
        )
    if isinstance(step.after, Stack) and any(entry == ZERO_NUMBER for row in step.after.rows for entry in row):
        return said(
            "Each row is the gradient of one function; a zero says that the function does not contain the variable."
        )
    return said("Each row is the gradient of one function, each column belongs to one variable.")


def _delta(facts: Facts, step: Step) -> Text:
    if "array" in facts:
        return filled(
            facts,
            "An entry of {array} changes with {variable} only where the indices agree: the delta is 1 there, else 0.",
        )
    return said("The unit vector picks the one component that this entry is.")


PARTIAL_REASONS: dict[str, Sentence] = {
    "hold-constant": _hold,
    "gradient": _gradient,
    "jacobian": _jacobian,
    "kronecker-delta": _delta,
}
