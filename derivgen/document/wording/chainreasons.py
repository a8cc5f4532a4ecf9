"""The sentences of why of the chain rule: local derivatives, their products, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.calculus.records import Step
from derivgen.document.blocks import Inline, Text
from derivgen.document.wording.facts import INDEX, Facts, Sentence, has
from derivgen.expr.nodes import Expr, Unresolved, Variable


def _elementwise_unary(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "inner"):
        return ()
    return ("Entry ", INDEX, " of ", facts["of"], " depends on entry ", INDEX, " of ", facts["inner"],
            " only, so everything off the diagonal is zero.")  # fmt: skip


def _elementwise_binary(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "inner"):
        return ()
    partner = facts.get("constant", facts.get("added"))
    stays: Text = () if partner is None else ("; ", partner, " is constant")
    return ("Entry ", INDEX, " of ", facts["of"], " uses entry ", INDEX, " of ", facts["inner"], " only", *stays, ".")


def _sum_reduction(facts: Facts, step: Step) -> Text:
    if "inner" not in facts or step.subgoal != "local":
        return ()
    return ("Each entry of ", facts["inner"], " enters the sum once, with weight one.")


def _mean_of(facts: Facts, step: Step) -> Text:
    if "inner" not in facts or step.subgoal != "local":
        return ()
    return ("Each entry of ", facts["inner"], " enters with one over the number of entries as its weight.")


def _norm_squared(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    return ("It is the inner product of ", facts["inner"], " with itself, and both factors change alike.")


def _softmax(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "inner"):
        return ()
    return (
        "Raising one entry of ",
        facts["inner"],
        " raises the same entry of ",
        facts["of"],
        " and lowers all others.",
    )


def along_paths(facts: Facts, step: Step) -> Text:
    """What a product of Jacobians along one path, or a sum of them, stands for."""
    if not has(facts, "of", "variable"):
        return ()
    if "through" in facts:
        return ("A change of ", facts["variable"], " reaches ", facts["of"], " only through ", facts["through"],
                "; one factor an arrow, the last one first.")  # fmt: skip
    return (
        "One product of local derivatives for each path from ",
        facts["variable"],
        " to ",
        facts["of"],
        "; then add them up.",
    )


def _diag_product(facts: Facts, step: Step) -> Text:
    return ("Two diagonal matrices multiply entry by entry on the diagonal.",)


def _back(facts: Facts, step: Step) -> Text:
    return (
        (facts["inner"], " stands for ", facts["body"], "; the answer is in the given symbols.")
        if "body" in facts
        else ()
    )


def _cases(facts: Facts, step: Step) -> Text:
    if "indicator" not in facts:
        return ()
    return ("The indicator ", facts["indicator"], " is 1 on one side of the kink and 0 on the other.")


def held_fixed(step: Step) -> Text:
    """What a partial derivative holds fixed although it changes with the variable."""
    fixed = [f for f in step.left.held if not isinstance(f, Variable)] if isinstance(step.left, Unresolved) else []
    return (" ", *_listed(fixed), " is held fixed." if len(fixed) == 1 else " are held fixed.") if fixed else ()


def _listed(names: Sequence[Expr]) -> Text:
    words: list[Inline] = []
    for k, name in enumerate(names):
        words += [*([" and " if k == len(names) - 1 else ", "] if k else []), name]
    return tuple(words)


CHAIN_REASONS: dict[str, Sentence] = {
    "elementwise-unary": _elementwise_unary, "elementwise-binary": _elementwise_binary, "sum-reduction": _sum_reduction,
    "mean": _mean_of, "norm-squared": _norm_squared, "softmax": _softmax, "diag-product": _diag_product,
    "substitute-back": _back, "cases": _cases,
    **dict.fromkeys(("vector-chain", "total-derivative", "total-vector-chain"), along_paths),
}  # fmt: skip
