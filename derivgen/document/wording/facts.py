"""What the sentences of why are made of: the pieces of a step, and the index that they speak of."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.expr.build import apply
from derivgen.expr.nodes import Apply, Differential, Expr
from derivgen.printing.boxes import Letter

Facts = dict[str, Expr]
# What a rule says: one template whose slots are facts of the step, or a choice between several.
Sentence = str | Callable[[Facts, Step], Text]

INDEX, OTHER = Letter("i"), Letter("j")


def changed(facts: Facts) -> Expr:
    """The function whose change an identification reads: f of df, Y of vec(dY)."""
    match facts["changed"]:
        case Differential(of=of) | Apply(arguments=(Differential(of=of),)):
            return of
        case other:
            return other


def flat_change(variable: Expr) -> Expr:
    """The change of a variable as a column: dx, or vec(dX)."""
    d = Differential(variable)
    return d if d.shape.is_column else apply("vec", d)


def has(facts: Facts, *keys: str) -> bool:
    """Whether every one of these pieces is there."""
    return all(key in facts for key in keys)
