"""Why a line in denominator layout holds, where the reason of the numerator layout speaks of rows and columns."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.calculus.simplify import tidy
from derivgen.document.blocks import Text
from derivgen.document.wording.chainreasons import way
from derivgen.document.wording.facts import INDEX, OTHER, Facts, Sentence, changed, flat_change, has
from derivgen.document.wording.telling import filled, said
from derivgen.expr.nodes import Component, Differential, Expr, Product, Unresolved


def _identify(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    d = Differential(facts["variable"])
    if facts["variable"].is_scalar:
        return said("The derivative of {of} is the transpose of the factor of {d}.", of=changed(facts), d=d)
    if _reads(step) == step.after:
        return _identify_symmetric(facts, step)
    return said(
        "In denominator layout the derivative of {of} is the transpose of what multiplies {d} from the left.",
        of=changed(facts),
        d=d,
    )


def _reads(step: Step) -> Expr | None:
    """What multiplies dx from the left in the line that an identification reads."""
    match step.identifies:
        case Product(factors=(*front, Differential())) if front:
            return front[0] if len(front) == 1 else tidy(Product(tuple(front)))
        case _:
            return None


def _identify_symmetric(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "In numerator layout the derivative of {of} is what multiplies {d} from the left; it is symmetric, so denominator layout, its transpose, is the same.",
        of=changed(facts),
        d=Differential(facts["variable"]),
    )


def _identify_symmetric_vec(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "Both sides are flattened; the derivative of {of} stands in front of {flat}. It is symmetric, so denominator layout, its transpose, is the same.",
        of=changed(facts),
        flat=flat_change(facts["variable"]),
    )


def _identify_trace(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "The derivative of {of} is the transpose of the factor in front of {change} inside the trace, in the shape of {variable}.",
        of=changed(facts),
        change=Differential(facts["variable"]),
        variable=facts["variable"],
    )


def _identify_vec(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "Both sides are flattened; in denominator layout the derivative of {of} is the transpose of the matrix in front of {flat}.",
        of=changed(facts),
        flat=flat_change(facts["variable"]),
    )


def _gradient(facts: Facts, step: Step) -> Text:
    if "form" in facts and isinstance(facts.get("variable"), Component):
        return said(
            "This holds for every {variable}; denominator layout arranges the partial derivatives as {shape}.",
            variable=facts["variable"],
            shape=str(step.after.shape).replace("x", "×"),
        )
    return ()


def _jacobian(facts: Facts, step: Step) -> Text:
    if "form" in facts:
        return filled(facts, "The row belongs to {variable} and the column to {of}.")
    if isinstance(step.after, Unresolved) and step.after.shape.is_row:
        words = "The one row is for {variable}; column {other} belongs to function {other}."
        return said(words, variable=facts["variable"], other=OTHER)
    if isinstance(step.after, Unresolved):
        return said(
            "Row {index} belongs to variable {index} and column {other} to function {other}; each entry is one partial derivative.",
            index=INDEX,
            other=OTHER,
        )
    if not has(facts, "of", "last", "variable", "end"):
        return ()
    if facts["variable"] == facts["end"]:
        return filled(facts, "Each function from {of} to {last} has a column; the one row is for {variable}.")
    return filled(
        facts, "Each function has a column, from {of} to {last}, and each variable a row, from {variable} to {end}."
    )


def _diagonal(facts: Facts, step: Step) -> Text:
    if step.subgoal == "combine" and "constant" in facts:
        return filled(facts, "A diagonal matrix times a column is an entry-by-entry product with {constant}.")
    return ()


def _chain(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "variable"):
        return ()
    if "through" in facts:
        return said(
            "A change of {variable} reaches {of} only through {way}; the derivatives along the way multiply, that of {of} last.",
            way=way(facts, step),
            **{name: facts[name] for name in ("variable", "of")},
        )
    return ()


def _linear_map(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "inner") or step.subgoal != "local":
        return ()
    return filled(
        facts, "{inner} enters linearly, with the constant {constant} as its factor; denominator layout transposes it."
    )


DENOMINATOR_REASONS: dict[str, Sentence] = {
    "identify-scalar": _identify,
    "identify-scalar-vector": _identify,
    "identify-vector-vector": _identify,
    "identify-scalar-matrix": _identify_trace,
    "identify-vec": _identify_vec,
    "gradient": _gradient,
    "jacobian": _jacobian,
    "diag-vector": _diagonal,
    "vector-chain-den": _chain,
    "linear-map": _linear_map,
}

# Where the left side is symmetric, as a Hessian is: no sign of the layout stands in the line.
SYMMETRIC_REASONS: dict[str, Sentence] = {
    "identify-scalar-vector": _identify_symmetric,
    "identify-vector-vector": _identify_symmetric,
    "identify-vec": _identify_symmetric_vec,
}
