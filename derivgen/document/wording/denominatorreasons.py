"""Why a line in denominator layout holds, where the reason of the numerator layout speaks of rows and columns."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import INDEX, OTHER, Facts, Sentence, has
from derivgen.expr.build import apply
from derivgen.expr.nodes import Component, Differential, Unresolved


def _identify(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    d = Differential(facts["variable"])
    if facts["variable"].is_scalar:
        return ("The derivative is the transpose of the factor of ", d, ".")
    return ("In denominator layout the derivative is the transpose of what multiplies ", d, " from the left.")


def _identify_trace(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return ("Denominator layout is the transpose of the factor in front of ", Differential(facts["variable"]),
            " inside the trace, so it has the shape of ", facts["variable"], ".")  # fmt: skip


def _identify_vec(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    d = Differential(facts["variable"])
    flat = d if d.shape.is_column else apply("vec", d)
    return ("Both sides are flattened; in denominator layout the derivative is the transpose of the matrix in front of ", flat, ".")  # fmt: skip


def _gradient(facts: Facts, step: Step) -> Text:
    if "form" in facts and isinstance(facts.get("variable"), Component):
        return ("This holds for every ", facts["variable"], "; denominator layout arranges the partial derivatives as ",
                str(step.after.shape).replace("x", "×"), ".")  # fmt: skip
    return ()


def _jacobian(facts: Facts, step: Step) -> Text:
    if "form" in facts:
        return ("The row belongs to ", facts["variable"], " and the column to ", facts["of"], ".")
    if isinstance(step.after, Unresolved):
        return ("Row ", INDEX, " belongs to variable ", INDEX, " and column ", OTHER, " to function ", OTHER,
                "; each entry is one partial derivative.")  # fmt: skip
    if not has(facts, "of", "last", "variable", "end"):
        return ()
    if facts["variable"] == facts["end"]:
        return ("One column for each function from ", facts["of"], " to ", facts["last"], "; one row, for ", facts["variable"], ".")  # fmt: skip
    return ("One column for each function, from ", facts["of"], " to ", facts["last"], "; one row for each variable, from ",
            facts["variable"], " to ", facts["end"], ".")  # fmt: skip


def _diagonal(facts: Facts, step: Step) -> Text:
    if step.subgoal == "combine" and "constant" in facts:
        return ("A diagonal matrix times a column is an entry-by-entry product with ", facts["constant"], ".")
    return ()


def _chain(facts: Facts, step: Step) -> Text:
    if not has(facts, "of", "variable"):
        return ()
    if "through" in facts:
        return ("A change of ", facts["variable"], " reaches ", facts["of"], " only through ", facts["through"],
                "; one factor an arrow, the first one first.")  # fmt: skip
    return ()


def _linear_map(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "inner") or step.subgoal != "local":
        return ()
    return (facts["inner"], " enters linearly, with the constant ", facts["constant"], " as its factor; denominator layout transposes it.")  # fmt: skip


DENOMINATOR_REASONS: dict[str, Sentence] = {
    "identify-scalar": _identify, "identify-scalar-vector": _identify, "identify-vector-vector": _identify,
    "identify-scalar-matrix": _identify_trace, "identify-vec": _identify_vec, "gradient": _gradient, "jacobian": _jacobian,
    "diag-vector": _diagonal, "vector-chain-den": _chain, "linear-map": _linear_map,
}  # fmt: skip
