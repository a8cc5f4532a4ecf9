"""Why a factor may move within a line, and why d passes into the entries of an array, with this page's symbols."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts, Sentence, flat_change
from derivgen.document.wording.telling import filled, said
from derivgen.expr.build import ONE_NUMBER, apply
from derivgen.expr.nodes import Apply, Differential, Expr, Product, Quotient, Transpose


def _hadamard_move(facts: Facts, step: Step) -> Text:
    match facts.get("constant"):
        case Quotient(numerator=top, denominator=divisor) if top == ONE_NUMBER:
            # 1 over an array is a sign of the line, not a thing: what is meant is the division.
            return said(
                "Both sides add up the same products, entry by entry; the division by {divisor} may stand with the row.",
                divisor=divisor,
            )
        case _:
            return filled(
                facts, "Both sides add up the same products, entry by entry; {constant} may stand with the row."
            )


def _scalar_moved(facts: Facts, step: Step) -> Text:
    if "inner" in facts:
        return filled(
            facts, "{inner} is a number, and a number may stand anywhere in a product; the change then stands last."
        )
    return before_change(flat_change(facts["variable"]) if not step.left.is_scalar else Differential(facts["variable"]))


def before_change(end: Expr) -> Text:
    """What is done where one product ends in the change: its other factors become the derivative."""
    return said("What stands before {end} is written as one factor.", end=end)


def _transpose_of_product(facts: Facts, step: Step) -> Text:
    """What the transpose is written for: the row in front is one column turned, which takes up the next factor."""
    rows = step.after.factors if isinstance(step.after, Product) else ()
    column = next((row.argument for row in rows if isinstance(row, Transpose)), None)
    if column is None or "constant" not in facts:
        return ()
    return said(
        "Written as the transpose of the column {column}, the row in front can take up {constant} entry by entry.",
        column=column,
        constant=facts["constant"],
    )


def _rearranged(facts: Facts, step: Step) -> Text:
    if isinstance(facts.get("function"), Apply):
        return filled(
            facts, "{function} only picks and places entries of {inner}, and the same happens to their changes."
        )
    return said("Each entry changes by itself, in its place.")


def _product_of_entries(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    return said(
        "One entry of {inner} changes at a time; the product of the others is {product} divided by that entry.",
        inner=facts["inner"],
        product=apply("prod", facts["inner"]),
    )


ARRAY_REASONS: dict[str, Sentence] = {
    "hadamard-move": _hadamard_move,
    "scalar-move": _scalar_moved,
    "transpose-product": _transpose_of_product,
    "d-vec": _rearranged,
    "d-quotient": "The fraction is {first} times the reciprocal of {second}, so the product rule holds.",
    "prod": _product_of_entries,
    "norm1": "The norm adds up the absolute values of the entries of {inner}; each grows at the rate of its sign.",
    "sum-kron": "Every product of an entry of {first} with an entry of {second} occurs once.",
}
