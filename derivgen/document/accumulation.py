"""The two orders in which the rates along a chain are multiplied: forward and backward accumulation."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.calculus.records import Derivation
from derivgen.document.answertables import Answered
from derivgen.document.blocks import Link, Phrase, Table, Text
from derivgen.document.wording.labels import LABELS
from derivgen.expr.nodes import Product, Unresolved

FORWARD: Text = (Phrase("forward accumulation, from the variable on"),)
BACKWARD: Text = (Phrase("backward accumulation, from the result on"),)


def accumulation_table(answered: Sequence[Answered]) -> Table | None:
    """The products of rates of chains of scalars in both orders; None where a derivation is no such chain."""
    rows = []
    for one in answered:
        for derivation in one.derivations:
            product = rates(derivation)
            if product is None:
                return None
            # Numbers may change places; a product of Jacobians may not.
            forward = Product(tuple(reversed(product.factors)))
            rows.append(((Link(one.title, one.address),), (forward,), (product,)))
    return Table(((LABELS.page,), FORWARD, BACKWARD), tuple(rows), row_heads=True)


def rates(derivation: Derivation) -> Product | None:
    """The product of derivatives that a checked line of the derivation has; None if there is none of scalars alone."""
    for step in derivation.steps:
        for form in step.between:
            if isinstance(form, Product) and all(
                isinstance(each, Unresolved) and each.is_scalar and each.of.is_scalar and each.wrt[0].is_scalar
                for each in form.factors
            ):
                return form
    return None
