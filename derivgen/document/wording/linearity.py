"""Why a change passes what is constant: a number, a trace, the factors around what changes."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Constant, Differential, Expr, Product, Quotient, Reference, Sum
from derivgen.expr.walk import nodes_within, parts


def past_a_number(step: Step) -> Text:
    """How d passes a number in front of a sum, of the trace of a product, or of anything else."""
    changed = dict.fromkeys(node.of for node in nodes_within(step.after) if isinstance(node, Differential))
    if any(isinstance(node, Sum) for factor in arrays_of(step.before) for node in (factor, *parts(factor))):
        return said("A constant factor stays in front of d, and the change of a sum is the sum of the changes.")
    if "d-trace" in step.also and len(changed) == 1:
        (variable,) = changed
        return said("A number in front and a trace let d pass; only {variable} changes.", variable=variable)
    return said("A constant factor stays in front of d.")


def arrays_of(before: Expr) -> tuple[Expr, ...]:
    """The arrays of the product whose change is taken, without numbers."""
    whole = before.of if isinstance(before, Differential) else before
    body = whole.body if isinstance(whole, Reference) else whole
    factors = body.factors if isinstance(body, Product) else (body,)
    return tuple(factor for factor in factors if not isinstance(factor, Constant))


def adds_changes(line: Expr, end: Expr) -> bool:
    """Whether the line is a sum, or a multiple of one in a bracket, of which every term ends in the change."""
    match line:
        case Product(factors=factors):
            return any(isinstance(factor, Sum) and adds_changes(factor, end) for factor in factors)
        case Quotient(numerator=above):
            return adds_changes(above, end)
        case Sum(terms=terms):
            return all(end in nodes_within(term) for term in terms)
        case _:
            return False
