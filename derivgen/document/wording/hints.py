"""Hints: what a rule says, in words and with the variable of the sheet, where its own sentence has letters of its own."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Step
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.facts import flat_change
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Differential

# The x_i of a rule's statement stands on no sheet; {change} is dx, of the variable that the question asks for.
_HINTS: dict[str, str] = {
    "general-power": "Write the power as an exponential, with the logarithm of the base in the exponent, and use the chain rule.",
    "total-derivative": "Add up what reaches the result along every path.",
    "inner-product": "It adds up the products of matching entries, so each entry of the vector has that of the constant as its factor.",
    "elementwise-unary": "Each entry sees the same entry of the argument only, so the Jacobian is diagonal.",
    "elementwise-binary": "Each entry sees the same entry of each argument only, so the Jacobian is diagonal.",
    "norm-squared": "It is the inner product of a vector with itself, so the product rule holds.",
    "norm": "The unit vector along the argument tells the rate: moving outwards lengthens at rate one.",
    "d-quotient": "It is the product rule, with the reciprocal of the scalar as one factor.",
    "hadamard-move": "All forms add up the same products of three entries.",
    "identify-scalar-vector": "The derivative is what multiplies {change} from the left.",
    "identify-vector-vector": "The derivative is the matrix that multiplies {change}.",
    "identify-scalar": "The derivative is the factor of {change}.",
    "identify-scalar-matrix": "The derivative is the factor in front of {change} inside the trace.",
    "identify-vec": "Flatten both sides, then read off the matrix in front of {change}.",
    "d-inverse": "Differentiate the matrix times its inverse, which is the identity, and solve.",
    "trace-scalar": "A matrix of one row and one column has one diagonal entry.",
    "vec-diag": "A constant matrix of zeros and ones marks the places of the diagonal.",
    "sum-kron": "Every product of an entry of one factor with an entry of the other occurs once.",
    "vec-product": "The columns mix through the factor on the right, the rows through the one on the left.",
    "vec-outer": "Each column of the outer product is the first vector times one entry of the second.",
}


def hint(rule: str, step: Step) -> Text:
    """What the rule of a step says, with no symbol of the answer."""
    template = _HINTS.get(rule)
    if template is None:
        return (Phrase(RULES[rule].explanation),)
    variable = step.facts.get("variable")
    if variable is None:
        return (Phrase(RULES[rule].explanation),) if "{change}" in template else said(template)
    change = flat_change(variable) if rule == "identify-vec" else Differential(variable)
    return said(template, **({"change": change} if "{change}" in template else {}))
