"""The known mistakes, likeliest first: each has a name, a way to make it, and a sentence for who made it.

One table for all uses: what a page warns of, what a grader recognises, what a question offers as
wrong choices. A mistake counts only where its answer differs from the right one in value or in
shape, and from the right one in the other layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.answers import slips, turned
from derivgen.answers.wrong import Slip, Wrong
from derivgen.calculus.checks import difference
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.calculus.points import Ground, admissible, draw
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.nodes import Expr, Transpose
from derivgen.problem.problem import Problem
from derivgen.record import record

APART = 1e-6
POINTS = 4


@record
class Mistake:
    """A known mistake; `turn` makes the wrong answer of a derivation, or nothing where it does not apply.

    `sentence` speaks to a learner; what stands in braces is a fact of the wrong answer.
    """

    name: str
    turn: Slip
    sentence: str


MISTAKES = (
    Mistake("returned_function", slips.returned_function, "This is the function, not its derivative."),
    Mistake(
        "both_variables_at_once", slips.both_variables_at_once, "Only {variable} varies here; {other} is a constant."
    ),
    Mistake("product_of_derivatives", slips.product_of_derivatives, "The product rule has two terms: u'v + uv'."),
    Mistake("dropped_path", slips.dropped_path, "The variable also acts through {inner}: each way adds a term."),
    Mistake("quotient_rule", slips.quotient_rule, "Check the quotient rule: (u'v - uv')/v^2."),
    Mistake(
        "diagonal_only",
        slips.diagonal_only,
        "Entry i also depends on x_j for j != i; the off-diagonal terms are missing.",
    ),
    Mistake("missing_normaliser", slips.missing_normaliser, "Divide by the sum: the result is a softmax."),
    Mistake("abs_ignored", slips.abs_ignored, "The sign of each entry matters."),
    Mistake(
        "assumed_symmetric", turned.assumed_symmetric, "Right only if {matrix} is symmetric, and it is not declared so."
    ),
    Mistake(
        "dropped_elementwise_derivative",
        slips.dropped_elementwise_derivative,
        "The derivative of the activation at {inner} is missing.",
    ),
    Mistake(
        "activation_for_derivative",
        slips.activation_for_derivative,
        "You used the activation where its derivative belongs.",
    ),
    Mistake("exponent_kept", slips.exponent_kept, "The exponent drops by one."),
    Mistake("reversed_trace", turned.reversed_trace, "The factors of a trace may be rotated, not reversed."),
    Mistake("missing_transpose", turned.missing_transpose, "The sizes do not meet; a transpose is missing."),
    Mistake(
        "dropped_inner_derivative",
        slips.dropped_inner_derivative,
        "The chain rule needs the derivative of {inner} too.",
    ),
    Mistake(
        "lost_diag",
        turned.lost_diag,
        "An elementwise function has a diagonal Jacobian: put these entries on the diagonal.",
    ),
    Mistake("row_major_vec", turned.row_major_vec, "You stacked rows; here vec stacks columns."),
    Mistake(
        "dropped_product_term", slips.dropped_product_term, "{variable} occurs more than once: each place adds a term."
    ),
    Mistake(
        "det_logdet_confusion",
        slips.det_logdet_confusion,
        "The determinant and its logarithm have different derivatives.",
    ),
    Mistake("mean_as_sum", slips.mean_as_sum, "The mean divides by the number of entries."),
    Mistake("extra_factor_2", turned.extra_factor_2, "You have twice the answer."),
    Mistake("missing_factor_2", turned.missing_factor_2, "You have half of the answer: where does a 2 come from?"),
    Mistake("norm_confusion", slips.norm_confusion, "This is the derivative of another power of the norm."),
    Mistake("wrong_sign", turned.wrong_sign, "Only the sign is wrong."),
    Mistake(
        "missing_ones", turned.missing_ones, "The variable acts on every entry: the derivative is a vector of ones."
    ),
    Mistake(
        "missing_identity",
        turned.missing_identity,
        "The derivative is a multiple of the identity matrix, not a number.",
    ),
    Mistake("constant_kept", slips.constant_kept, "{term} does not contain the variable, so it drops out."),
    Mistake("dropped_factor", slips.dropped_factor, "The factor {factor} got lost."),
    Mistake("other_layout", turned.other_layout, "This is the derivative in the other layout."),
    Mistake(
        "summed_gradient",
        turned.summed_gradient,
        "The components of the gradient were added up; keep them as a vector.",
    ),
)

# What is told of an answer that somebody has given; the names in braces are texts.
SENTENCES = {
    **{mistake.name: mistake.sentence for mistake in MISTAKES},
    "wrong_variable": "This is the derivative with respect to {variable}; the question asks for {asked}.",
    "wrong_order_of_derivative": "This is the {order} derivative.",
    "constant_factor": "Off by the constant factor {factor}.",
    "dropped_product_term": "{variable} occurs {places} times; you differentiated {kept} of them.",
    "dropped_elementwise_derivative": "The derivative of {function} is missing.",
    "activation_for_derivative": "You used {function} where its derivative belongs.",
    "trace_factored": "The trace of a product is not a product of traces; use cyclic order.",
    "det_trace_confusion": "The factor is the determinant, not the trace.",
    "inverse_like_scalar": "Matrices do not commute: d(X^-1) = -X^-1 dX X^-1.",
    "inverse_elementwise": "X**-1 acts on each entry; the inverse is inv(X).",
    "chain_order": "The chain rule multiplies the outer derivative first (numerator layout): the order matters.",
    "elementwise_product": "* multiplies entry by entry; the matrix product is @.",
    "matrix_for_elementwise": "The function multiplies entry by entry; keep * (or use diag).",
    "inner_for_outer": "The derivative is a matrix here: the outer product of the two vectors, not the inner one.",
    "norm_confusion": "This is the derivative of another norm, or of another power of it.",
    "commuted_product": "Right only if the matrices commute.",
}


def wrong_answers(problem: Problem, derivation: Derivation) -> Iterator[tuple[Mistake, Wrong]]:
    """Each mistake that can be made here, with its answer, likeliest first."""
    for mistake in MISTAKES:
        wrong = slip_of(mistake, problem, derivation)
        if wrong is not None and (wrong.misfit is not None or _differs(mistake, wrong, problem, derivation)):
            yield mistake, wrong


def slip_of(mistake: Mistake, problem: Problem, derivation: Derivation) -> Wrong | None:
    """The wrong answer; none where it cannot be written down, since a page does not depend on what it warns of."""
    try:
        return mistake.turn(problem, derivation)
    except (ShapeError, RecursionError):
        return None


def _differs(mistake: Mistake, wrong: Wrong, problem: Problem, derivation: Derivation) -> bool:
    """Whether the value is another one than that of the right answer, in both layouts."""
    rivals = tuple(rival for rival in _rivals(mistake, wrong) if rival.shape == wrong.expr.shape)
    conditions = (*problem.assumptions, *smooth_domain(derivation.request.of))
    ground = Ground((derivation.request.of, wrong.right), conditions)
    try:
        points = draw(ground, derivation.request.text, wanted=POINTS)
    except DerivgenError:
        return False
    asked = Ground((wrong.expr,), ())
    usable = [point for point in points if admissible(asked, point)]
    return bool(usable) and all(any(_apart(wrong.expr, rival, point) for point in usable) for rival in rivals)


def _rivals(mistake: Mistake, wrong: Wrong) -> tuple[Expr, ...]:
    """What it must differ from: the right answer, and where layouts are not the point the same in the other one."""
    return (wrong.right,) if mistake.turn is turned.other_layout else (wrong.right, Transpose(wrong.right))


def _apart(left: Expr, right: Expr, point: Point) -> bool:
    return difference(value(right, point, FLOATS), value(left, point, FLOATS)) > APART
