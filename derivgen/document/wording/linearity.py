"""Why a change passes what is constant: a number, a trace, the factors around what changes."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts
from derivgen.document.wording.telling import listed, said
from derivgen.expr.nodes import Constant, Differential, Expr, Product, Quotient, Reference, Sum
from derivgen.expr.walk import nodes_within, parts


def past_a_number(step: Step) -> Text:
    """How d passes a number in front of a sum, of the trace of a product, or of anything else."""
    changed = dict.fromkeys(node.of for node in nodes_within(step.after) if isinstance(node, Differential))
    if any(isinstance(node, Sum) for factor in arrays_of(step.before) for node in (factor, *parts(factor))):
        words = said("A constant factor stays in front of d, and the change of a sum is the sum of the changes.")
        return (*words, *past_a_trace(step))
    if "d-trace" in step.also and len(changed) == 1:
        (variable,) = changed
        return said("A number in front and a trace let d pass; only {variable} changes.", variable=variable)
    return (*said("A constant factor stays in front of d."), *past_a_trace(step))


def past_a_trace(step: Step) -> Text:
    """That d passes a trace too, in a step that is not about traces alone."""
    return (" ", *said("A trace lets d pass.")) if "d-trace" in step.also else ()


def constant_terms(*constants: Expr) -> Text:
    """What is constant in a sum and drops out: without the sign in front of a single term."""
    names = listed([unsigned(constant) for constant in constants])
    if len(constants) == 1:
        return said("{names} is constant and drops out", names=names)
    return said("{names} are constant and drop out", names=names)


def unsigned(term: Expr) -> Expr:
    """The term without a minus in front."""
    match term:
        case Product(factors=(Constant(value=value), *rest)) if value == -1 and rest:
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
        case _:
            return term


def added_terms(facts: Facts) -> list[Expr]:
    """The terms beside the one that varies."""
    return [term for key, term in facts.items() if key.startswith("added")]


def without_variable(added: list[Expr], variable: Expr) -> Text:
    """That the terms beside the one that varies are constant."""
    names = listed([unsigned(term) for term in added])
    if len(added) == 1:
        return said("{names} does not contain {variable}", names=names, variable=variable)
    return said("{names} do not contain {variable}", names=names, variable=variable)


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
