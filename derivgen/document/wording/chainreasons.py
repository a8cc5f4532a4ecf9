"""The sentences of why of the chain rule: local derivatives, their products, and what follows."""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.records import Step
from derivgen.calculus.sums import coefficient_and_rest
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import INDEX, Facts, Sentence, has
from derivgen.document.wording.telling import filled, listed, said
from derivgen.expr.build import ONE_NUMBER, apply, number
from derivgen.expr.nodes import (
    Component,
    Constant,
    Differential,
    Expr,
    Index,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Sum,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import nodes_within, parts


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
    entries = facts["inner"].shape.entries
    weight = Quotient(ONE_NUMBER, SizeNumber(entries) if entries.number is None else number(entries.number))
    match facts["inner"]:
        case Power(base=Variable() | Reference() as base, exponent=Constant(value=value)) if (
            value == 2 and base.shape.is_column and step.subgoal == "local"
        ):
            slope = Product((number(2), Component(base, Index("i", base.shape.rows))))
            return said(
                "Entry {index} of {inner} has the derivative {slope} and, in the mean, the weight {weight}.",
                index=INDEX, inner=facts["inner"], slope=slope, weight=weight,
            )  # fmt: skip
        case inner if step.subgoal == "local":
            return said("Each entry of {inner} has the weight {weight} in the mean.", inner=inner, weight=weight)
        case _:
            pass
    if "function" in facts:
        return filled(facts, "The change of a mean is the mean of the changes of {inner}.")
    return filled(facts, "The mean of {inner} is the sum divided by the number of entries.")


def _norm_squared(facts: Facts, step: Step) -> Text:
    """Which function is an inner product of a vector with itself, or half of one."""
    if "inner" not in facts:
        return ()
    square = Power(apply("norm", facts["inner"]), number(2))
    match step.left:
        case Unresolved(of=Reference() as of) | Differential(of=Reference() as of) if of.body == square:
            named: Expr = of
        case Unresolved(of=Reference() as of) | Differential(of=Reference() as of) if _is_half(of.body, square):
            return said(
                "{of} is half the inner product of {inner} with itself; both factors change alike, and the half cancels.",
                of=of, inner=facts["inner"],
            )  # fmt: skip
        case _:
            named = square
    return said(
        "{of} is the inner product of {inner} with itself, and both factors change alike.",
        of=named, inner=facts["inner"],
    )  # fmt: skip


def _is_half(body: Expr, square: Expr) -> bool:
    return body in (Quotient(square, number(2)), Product((Constant(Fraction(1, 2)), square)))


def _distributed(facts: Facts, step: Step) -> Text:
    """What stands beside a bracket of two terms multiplies each of them."""
    match step.before:
        case Product(factors=(row, Sum(terms=(_, _) as terms))):
            first, second = (coefficient_and_rest(term)[1] for term in terms)
            return said("{row} multiplies {first} and {second}, each by itself.", row=row, first=first, second=second)
        case _:
            return said("Each term of the bracket is multiplied separately.")


def _divides(line: Expr, by: Expr) -> int:
    """How often a line divides by an expression."""
    here = isinstance(line, Quotient) and line.denominator == by
    return here + sum(_divides(part, by) for part in parts(line))


def _diag(facts: Facts, step: Step) -> Text:
    if step.subgoal == "combine" and "constant" in facts:
        if _divides(step.before, facts["constant"]) > _divides(step.after, facts["constant"]):
            return filled(
                facts,
                "A row times a diagonal matrix is an entry-by-entry product with {constant}; the division by {constant} cancels.",
            )
        return filled(facts, "A row times a diagonal matrix is an entry-by-entry product with {constant}.")
    return (
        filled(facts, "Multiplying entry by entry with {constant} is what this diagonal matrix does.")
        if "constant" in facts
        else ()
    )


def along_paths(facts: Facts, step: Step) -> Text:
    """What a product of Jacobians along one path, or a sum of them, stands for."""
    if not has(facts, "of", "variable"):
        return ()
    if "through" in facts:
        return said(
            _SCALARS if step.rule == "chain" else _LAST_FIRST,
            way=way(facts, step),
            **{name: facts[name] for name in ("variable", "of")},
        )
    return filled(facts, "Each path from {variable} to {of} gives one product of local derivatives; then add them up.")


_SCALARS = "A change of {variable} reaches {of} only through {way}, and the rates along the way multiply."
_LAST_FIRST = "A change of {variable} reaches {of} only through {way}; the derivatives along the way multiply, that of {of} first."


def way(facts: Facts, step: Step) -> Text:
    """The functions between the variable and the function, as the factors of the step lead through them."""
    arrows: dict[str, Expr] = {}
    for part in (part for line in step.between for part in nodes_within(line)):
        # A function stands there as a variable of its name, also within others: names tell which is which.
        match part:
            case Unresolved(of=of, wrt=(Variable(name=name) | Reference(name=name),)):
                arrows[name] = of
            case _:
                pass
    stations: list[Expr] = []
    place = arrows.get(_name(facts["variable"]))
    while place is not None and _name(place) != _name(facts["of"]) and place not in stations:
        stations.append(place)
        place = arrows.get(_name(place))
    return listed(stations if place is not None else [facts["through"]])


def _name(expr: Expr) -> str:
    return expr.name if isinstance(expr, Variable | Reference | Unspecified) else ""


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
    "norm-squared": _norm_squared,
    "softmax": "Raising one entry of {inner} raises the same entry of {of} and lowers all others.",
    "inner-sum": "A row times a column adds up the products of matching entries, here the entries of {inner}.",
    "distribute": _distributed,
    "diag-vector": _diag,
    "diag-product": "Two diagonal matrices multiply entry by entry on the diagonal.",
    "substitute-back": "{inner} stands for {body}; the answer is in the given symbols.",
    "cases": "The indicator {indicator} is 1 on one side of the kink and 0 on the other.",
    **dict.fromkeys(("vector-chain", "total-derivative", "total-vector-chain"), along_paths),
}
