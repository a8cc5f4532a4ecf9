"""The names of the single functions of a rule that holds for a family of them."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.calculus.records import Step
from derivgen.document.blocks import Phrase
from derivgen.expr.nodes import Apply, Differential, Expr, Reference, Unresolved
from derivgen.expr.walk import parts

MEMBERS: dict[str, dict[str, Phrase]] = {
    "elementary-exp-log": {
        "exp": Phrase("Derivative of the exponential"),
        "log": Phrase("Derivative of the logarithm"),
    },
    "elementary-trig": {
        "sin": Phrase("Derivative of the sine"),
        "cos": Phrase("Derivative of the cosine"),
        "tan": Phrase("Derivative of the tangent"),
    },
    "elementary-hyp": {
        "sinh": Phrase("Derivative of the hyperbolic sine"),
        "cosh": Phrase("Derivative of the hyperbolic cosine"),
        "tanh": Phrase("Derivative of the hyperbolic tangent"),
    },
    "elementary-inverse-trig": {
        "asin": Phrase("Derivative of the arcsine"),
        "acos": Phrase("Derivative of the arccosine"),
        "atan": Phrase("Derivative of the arctangent"),
    },
    "sign": {"sign": Phrase("Derivative of the sign"), "step": Phrase("Derivative of the step")},
    "max-min": {"max": Phrase("Derivative of the maximum"), "min": Phrase("Derivative of the minimum")},
}


def member_name(rule: str, step: Step) -> Phrase | None:
    """The name of the one function of its family that a step differentiates; None where it is not one."""
    family = MEMBERS.get(rule)
    if family is None:
        return None
    used = {part.function for part in _differentiated(step) if isinstance(part, Apply) and part.function in family}
    return family[used.pop()] if len(used) == 1 else None


def _differentiated(step: Step) -> Iterator[Expr]:
    """What stands below a d or a derivative sign before the step and no longer does after it."""
    left = {part for whole in _changing(step.after) for part in _written(whole)}
    yield from (part for whole in _changing(step.before) for part in _written(whole) if part not in left)


def _changing(expr: Expr) -> Iterator[Expr]:
    for part in _written(expr):
        if isinstance(part, Differential | Unresolved):
            # A function by its name is differentiated as what it stands for; functions within stay names.
            yield part.of.body if isinstance(part.of, Reference) else part.of


def _written(expr: Expr) -> Iterator[Expr]:
    yield expr
    for part in parts(expr):
        yield from _written(part)
