"""What a rule of differentiation gives back, and how its factors are put together."""

from __future__ import annotations

from dataclasses import field

from derivgen.calculus.operators import Operator, change
from derivgen.expr.build import ONE_NUMBER
from derivgen.expr.nodes import Component, Expr, Hadamard, Product, Variable
from derivgen.problem.problem import Condition
from derivgen.record import record


@record
class Rewrite:
    """What one rule makes of one piece: the new expression as the rule gives it, and what to say of it."""

    expr: Expr
    rule: str
    also: tuple[str, ...] = ()
    facts: dict[str, Expr] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()


def flat(factors: tuple[Expr, ...]) -> Expr:
    """A product of scalars without products inside, in the same order."""
    opened: list[Expr] = []
    for factor in factors:
        if isinstance(factor, Product) and all(part.is_scalar for part in factor.factors):
            opened += factor.factors
        else:
            opened.append(factor)
    return opened[0] if len(opened) == 1 else Product(tuple(opened))


def times(left: Expr, right: Expr) -> Expr:
    """Left * right in the sense of the language: entry by entry for two arrays."""
    if left == ONE_NUMBER or right == ONE_NUMBER:
        return right if left == ONE_NUMBER else left
    if left.is_scalar or right.is_scalar:
        return flat((left, right)) if left.is_scalar and right.is_scalar else Product((left, right))
    return Hadamard((left, right))


def through(
    whole: Expr,
    outer: Expr,
    inner: Expr,
    operator: Operator,
    rule: str,
    facts: dict[str, Expr],
    needs: tuple[Condition, ...],
) -> Rewrite:
    """Outer * change of inner: the chain rule, named only where the inner part is not the variable itself."""
    made = times(outer, change(inner, operator))
    if not whole.is_scalar:
        return Rewrite(made, "d-elementwise", (rule,), facts, needs)
    if isinstance(inner, Variable | Component):
        return Rewrite(made, rule, facts=facts, conditions=needs)
    return Rewrite(made, "chain", (rule,), facts, needs)
