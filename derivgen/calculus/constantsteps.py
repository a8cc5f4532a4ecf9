"""Constants as steps of their own: first every part changes, then d of what is constant is seen to be 0."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.checks import Checker
from derivgen.calculus.records import Check, Step
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import zeros
from derivgen.expr.nodes import (
    Constant,
    Differential,
    Expr,
    Product,
    Reference,
    SizeNumber,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.walk import nodes_within, replaced

# What a step drops is named among its lesser rules, except by the product rule.
DROPS = {"sum": "constant", "difference": "constant", "d-linear": "d-constant", "d-product": "d-constant"}


def with_constants_apart(step: Step, checker: Checker) -> Step:
    """The numbered step with what drops out of it as a finer step: db = 0; unchanged where nothing does.

    A step 2 becomes 2a and 2b, and a finer step 2b becomes 2b and 2b.1: no number means another line than before.
    Raises: WrongStep if a line fails its check.
    """
    if step.parts:
        return replace(step, parts=tuple(each for part in step.parts for each in _apart(part, ("", ".1"), checker)))
    finer = _apart(step, ("a", "b"), checker)
    return step if len(finer) == 1 else replace(step, parts=finer)


def _apart(step: Step, endings: tuple[str, str], checker: Checker) -> tuple[Step, ...]:
    whole = _before_dropping(step)
    if whole is None or whole in (step.left, step.after):
        return (step,)
    dropping = DROPS[step.rule]
    between = tuple(form for form in step.between if form != whole)
    lesser = tuple(rule for rule in step.also if RULES[rule].weight == "trivial")
    first = replace(
        step,
        number=step.number + endings[0],
        after=whole,
        between=between,
        also=tuple(rule for rule in step.also if rule not in lesser),
        facts={name: fact for name, fact in step.facts.items() if name != "constant"},
        check=_checked(step, whole, checker),
    )
    second = replace(
        step,
        number=step.number + endings[1],
        rule=dropping,
        before=whole,
        between=(),
        also=tuple(rule for rule in lesser if rule != dropping),
        facts={name: fact for name, fact in step.facts.items() if name in ("constant", "variable")},
        conditions=(),
        weight=RULES[dropping].weight,
        check=_checked(step, whole, checker),
    )
    return first, second


def _checked(step: Step, whole: Expr, checker: Checker) -> Check:
    """The comparison of the line between with the checked one that follows, where only what is left there changes.

    A function on the way may be constant in one line and change in another, so a point alone does not tell.
    """
    if not isinstance(step.left, Unresolved):
        changes = (node.of for node in nodes_within(step.after) if isinstance(node, Differential))
        checker = checker.moving(tuple(of.name for of in changes if isinstance(of, Variable | Reference)))
    return checker.check(whole, step.after)


def _before_dropping(step: Step) -> Expr | None:
    """The right side in which everything still changes; None for a step that does not drop something and no more."""
    constant = step.facts.get("constant")
    if constant is None or step.identifies is not None or step.rule not in DROPS:
        return None
    if step.rule != "d-product" and DROPS[step.rule] not in step.also:
        return None
    if step.rule in ("sum", "difference"):
        return (step.between or (None,))[-1]
    whole = _spread(step, constant)
    change = _change(constant)
    rest = None if whole is None else tidy(replaced(whole, {change: zeros(change.shape)}))
    return whole if rest == tidy(step.after) else None


def _spread(step: Step, constant: Expr) -> Expr | None:
    """The last line before with d of a sum or product spread over its parts, the constant one included."""
    form = (step.between or (step.before,))[-1]
    gone = frozenset(nodes_within(step.after))
    for node in nodes_within(form):
        match node:
            case Differential(of=Sum(terms=terms)) if node not in gone and constant in terms:
                return replaced(form, {node: Sum(tuple(map(_change, terms)))})
            case Differential(of=Product(factors=factors)) if node not in gone and constant in factors:
                return replaced(form, {node: _one_at_a_time(factors)})
    return None


def _one_at_a_time(factors: tuple[Expr, ...]) -> Expr:
    """The product rule: each factor changes in turn, in its place; numbers never do."""
    moving = [k for k, factor in enumerate(factors) if not isinstance(factor, Constant | SizeNumber)]
    return Sum(tuple(Product((*factors[:k], _change(factors[k]), *factors[k + 1 :])) for k in moving))


def _change(expr: Expr) -> Expr:
    """d of an expression, with a sign and a transpose in front of the d."""
    match expr:
        case Transpose(argument=argument):
            return Transpose(Differential(argument))
        case Product(factors=(Constant() as sign, *rest)) if rest:
            return Product((sign, Differential(rest[0] if len(rest) == 1 else Product(tuple(rest)))))
        case _:
            return Differential(expr)
