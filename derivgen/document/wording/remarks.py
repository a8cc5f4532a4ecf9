"""What a page remarks of its function: facts that were derived or tested, each with what it is good for."""

from __future__ import annotations

from derivgen.calculus.properties import Fact, FactName
from derivgen.document.blocks import Text
from derivgen.document.wording.telling import said
from derivgen.expr.build import number

SENTENCES: dict[FactName, str] = {
    "symmetric case": "If {matrix} is symmetric, the derivative becomes {special}.",
    "constant": "The derivative does not depend on {variable}: with each entry of it, {of} changes at a constant rate.",
    "swap": "Swapping {left} and {right} does not change {of}, so it swaps the two partial derivatives.",
    "sums to zero": "The entries of the derivative add up to 0: "
    "adding one number to every entry of {variable} does not change {of}.",
    "columns sum to zero": "Each column of the Jacobian in numerator layout adds up to 0: "
    "the entries of {of} have the same sum for every {variable}.",
    "normal equations": "The gradient is zero where {left} = {right}: these are the normal equations. "
    "There {of} has its least value, since it is convex.",
    "convex": "Since its Hessian {hessian} is positive semidefinite, {of} is convex in {variable}: "
    "where the gradient is zero, {of} has its least value.",
    "strictly convex": "Since its Hessian {hessian} is positive definite, {of} is strictly convex in {variable}: "
    "at most one gradient is zero, and there {of} has its least value.",
}
# The same facts of a function of one number.
OF_NUMBERS: dict[FactName, str] = {
    "constant": "The derivative does not depend on {variable}: it is the slope of a straight line.",
    "convex": "Since its second derivative {hessian} is nowhere negative, {of} is convex in {variable}: "
    "where the derivative is zero, {of} has its least value.",
    "strictly convex": "Since its second derivative {hessian} is positive, {of} is strictly convex in {variable}: "
    "at most one derivative is zero, and there {of} has its least value.",
}
OF_VECTORS = (
    "Multiplying {variable} by a positive number does not change {of}, so the derivative times {variable} is 0.",
    "Doubling {variable} doubles {of}, and the derivative times {variable} is {of}: a quick test.",
    "Doubling {variable} multiplies {of} by {factor}, "
    "and the derivative times {variable} is {degree} times {of}: a quick test.",
)
OF_MATRICES = (
    "Multiplying {variable} by a positive number does not change {of}, "
    "so the entries of the derivative, each times its entry of {variable}, add up to 0.",
    "Doubling {variable} doubles {of}, and the entries of the derivative, "
    "each times its entry of {variable}, add up to {of}.",
    "Doubling {variable} multiplies {of} by {factor}, and the entries of the derivative, "
    "each times its entry of {variable}, add up to {degree} times {of}.",
)


def remark_on(fact: Fact) -> Text:
    """The sentence on a fact."""
    pieces = dict(fact.pieces)
    slots = {name: number(piece) if isinstance(piece, int) else piece for name, piece in pieces.items()}
    variable = slots.get("variable")
    match pieces.get("degree"):
        case int(degree):
            is_column = variable is not None and variable.shape.is_column
            sentence = (OF_VECTORS if is_column else OF_MATRICES)[min(degree, 2)]
            return said(sentence, **slots, factor=number(2**degree))
        case _:
            is_number = variable is not None and variable.is_scalar
            return said(OF_NUMBERS.get(fact.name, SENTENCES[fact.name]) if is_number else SENTENCES[fact.name], **slots)
