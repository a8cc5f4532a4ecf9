"""The sentences of why of the chain rule: local derivatives, their products, and what follows."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import INDEX, Facts, Sentence, has
from derivgen.document.wording.telling import filled, listed, said
from derivgen.expr.nodes import Expr, Unresolved, Variable
from derivgen.expr.walk import nodes_within


def _elementwise_unary(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "inner"):
        return ()
    return said(
        "Entry {index} of {of} depends on entry {index} of {inner} only, so everything off the diagonal is zero.",
        index=INDEX,
        of=facts["of"],
        inner=facts["inner"],
    )


def _elementwise_binary(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "inner"):
        return ()
    partner = facts.get("constant", facts.get("added"))
    stays: Text = () if partner is None else said("; {partner} is constant", partner=partner)
    return said(
        "Entry {index} of {of} uses entry {index} of {inner} only{stays}.",
        index=INDEX,
        of=facts["of"],
        inner=facts["inner"],
        stays=stays,
    )


def _sum_reduction(facts: Facts, step: Step) -> Text:
    if "inner" not in facts or step.subgoal != "local":
        return ()
    return filled(facts, "Each entry of {inner} enters the sum once, with weight one.")


def _mean_of(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    if step.subgoal == "local":
        return filled(facts, "Each entry of {inner} has the weight one over the number of entries.")
    if "function" in facts:
        return filled(facts, "The change of a mean is the mean of the changes of {inner}.")
    return filled(facts, "The mean of {inner} is the sum divided by the number of entries.")


def along_paths(facts: Facts, step: Step) -> Text:
    """What a product of Jacobians along one path, or a sum of them, stands for."""
    if not has(facts, "of", "variable"):
        return ()
    if "through" in facts:
        return said(
            "A change of {variable} reaches {of} only through {way}; each arrow gives a factor, that of the last arrow stands first.",
            way=way(facts, step),
            **{name: facts[name] for name in ("variable", "of")},
        )
    return filled(facts, "One product of local derivatives for each path from {variable} to {of}; then add them up.")


def way(facts: Facts, step: Step) -> Text:
    """The functions between the variable and the function, as the factors of the step lead through them."""
    products = [part for line in step.between for part in nodes_within(line) if isinstance(part, Unresolved)]
    arrows = {part.wrt[0]: part.of for part in products if len(part.wrt) == 1}
    stations: list[Expr] = []
    place: Expr | None = arrows.get(facts["variable"])
    while place is not None and place != facts["of"] and place not in stations:
        stations.append(place)
        place = arrows.get(place)
    return listed(stations if place is not None else [facts["through"]])


def held_fixed(step: Step) -> Text:
    """What a partial derivative holds fixed although it changes with the variable."""
    fixed = [f for f in step.left.held if not isinstance(f, Variable)] if isinstance(step.left, Unresolved) else []
    if not fixed:
        return ()
    if len(fixed) == 1:
        return (" ", *said("{name} is held fixed.", name=fixed[0]))
    return (" ", *said("{names} are held fixed.", names=listed(fixed)))


CHAIN_REASONS: dict[str, Sentence] = {
    "elementwise-unary": _elementwise_unary,
    "elementwise-binary": _elementwise_binary,
    "sum-reduction": _sum_reduction,
    "mean": _mean_of,
    "norm-squared": "It is the inner product of {inner} with itself, and both factors change alike.",
    "softmax": "Raising one entry of {inner} raises the same entry of {of} and lowers all others.",
    "diag-product": "Two diagonal matrices multiply entry by entry on the diagonal.",
    "substitute-back": "{inner} stands for {body}; the answer is in the given symbols.",
    "cases": "The indicator {indicator} is 1 on one side of the kink and 0 on the other.",
    **dict.fromkeys(("vector-chain", "total-derivative", "total-vector-chain"), along_paths),
}
