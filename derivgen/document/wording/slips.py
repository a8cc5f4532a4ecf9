"""What a page says of a common mistake: the wrong answer, why it is wrong, and the numbers that give it away."""

from __future__ import annotations

from itertools import product

from derivgen.answers.mistakes import Mistake
from derivgen.answers.wrong import Wrong
from derivgen.calculus.illustration import Illustration
from derivgen.document.blocks import Inline, Text
from derivgen.document.wording.labels import LABELS
from derivgen.expr.nodes import Expr, Stack
from derivgen.printing.present import present_shape
from derivgen.problem.problem import LayoutName

# More entries than this are not compared as a whole: the first that differs is enough.
FEW = 6

# What is wrong with it; the sentence begins "The wrong answer ...". What stands in braces is set as a formula.
REASONS = {
    "returned_function": "is the function itself. A constant does not change, so its derivative is 0.",
    "both_variables_at_once": "differentiates by {variable} and by {other} at once. Here {other} is a constant.",
    "product_of_derivatives": "multiplies the derivatives of {left} and {right}. The product rule has two terms.",
    "dropped_path": "leaves out the way through {inner}. Each way from the variable to the function adds a term.",
    "quotient_rule": "has a plus where the quotient rule has a minus.",
    "diagonal_only": "takes the Jacobian of the softmax as diagonal. Each of its entries contains every variable.",
    "missing_normaliser": "leaves out the division by the sum.",
    "abs_ignored": "leaves out the absolute values. The sign of each entry counts.",
    "assumed_symmetric": "is right only if {matrix} is symmetric.",
    "dropped_elementwise_derivative": "leaves out the slope of the activation at {inner}.",
    "activation_for_derivative": "has the activation itself where its derivative belongs.",
    "exponent_kept": "keeps the exponent. It drops by one.",
    "reversed_trace": "reverses the factors of a trace. They may only be rotated.",
    "missing_transpose": "lacks a transpose.",
    "dropped_inner_derivative": "leaves out the derivative of the inner function {inner}.",
    "lost_diag": "lists the entries of the diagonal. The derivative is the matrix that has them on its diagonal.",
    "row_major_vec": "stacks rows, as NumPy does by default. Here vec stacks columns.",
    "dropped_product_term": "lets {variable} change in one place only. Each place where it stands adds a term.",
    "det_logdet_confusion": "takes the determinant for its logarithm, or the reverse.",
    "mean_as_sum": "leaves out the division by the number of entries.",
    "extra_factor_2": "is twice the derivative: the half in front is lost.",
    "missing_factor_2": "is half the derivative: a 2 in front is lost.",
    "norm_confusion": "takes the norm for its square, or the reverse.",
    "wrong_sign": "has lost the minus.",
    "missing_ones": "is one number. Each entry has a derivative of its own.",
    "missing_identity": "is one number. The derivative has a row for each function and a column for each variable.",
    "constant_kept": "keeps {term}, which the variable does not change.",
    "dropped_factor": "has lost the factor {factor}.",
    "other_layout": "belongs to {belongs}.",
    "summed_gradient": "adds up the partial derivatives. The derivative keeps them apart.",
}

SUBJECT = "The wrong answer "
SUBJECT_IN = "In {layout} the wrong answer "
AT_POINT = "At the point of the check it gives {wrong} instead of {right}."
AT_SIDES = (
    "On the first side of the kink it gives {wrong} instead of {right}.",
    "On the second side of the kink it gives {wrong} instead of {right}.",
)
ENTRY = "At the point of the check its entry in row {row}, column {column} is {wrong} instead of {right}."
SHAPE = "It is {wrong}, and the derivative is {right}."
MISFIT = "It multiplies {left} by {right}, and these sizes do not fit together."


def slip(mistake: Mistake, wrong: Wrong, found: tuple[Illustration, ...], *, first: LayoutName) -> Text:
    """A mistake: the wrong answer, marked as wrong, and how to see that it is; empty where nothing shows it."""
    subject: Text = (SUBJECT,) if wrong.layout == first else _filled(SUBJECT_IN, layout=_layout(wrong.layout))
    other = _layout("denominator" if wrong.layout == "numerator" else "numerator")
    reason = _filled(REASONS[mistake.name], belongs=other, **dict(wrong.facts))
    claim: Text = (wrong.left, " = ", wrong.expr) if wrong.is_part else (wrong.expr,)
    shown = _given_away(wrong, found)
    return (*subject, *claim, " ", *reason, " ", *shown) if shown else ()


def _layout(name: LayoutName) -> str:
    return LABELS.numerator if name == "numerator" else LABELS.denominator


def _given_away(wrong: Wrong, found: tuple[Illustration, ...]) -> Text:
    """What shows it: sizes that do not fit, another shape, or other numbers at the point of the check."""
    if wrong.misfit is not None:
        left, right = (present_shape(array.shape) for array in wrong.misfit)
        return _filled(MISFIT, left=left, right=right)
    if not wrong.has_numbers:
        return _filled(SHAPE, wrong=present_shape(wrong.expr.shape), right=present_shape(wrong.right.shape))
    for k, one in enumerate(found):
        made, wanted = one.value_of(wrong.expr), one.value_of(wrong.right)
        if made is not None and wanted is not None and made != wanted:
            return _numbers(made, wanted, AT_POINT if len(found) == 1 else AT_SIDES[k])
    return ()


def _numbers(made: Expr, right: Expr, sentence: str) -> Text:
    if isinstance(made, Stack) and isinstance(right, Stack) and len(made.rows) * len(made.rows[0]) > FEW:
        places = product(range(len(made.rows)), range(len(made.rows[0])))
        i, j = next((i, j) for i, j in places if made.rows[i][j] != right.rows[i][j])
        return _filled(ENTRY, row=str(i + 1), column=str(j + 1), wrong=made.rows[i][j], right=right.rows[i][j])
    return _filled(sentence, wrong=made, right=right)


def _filled(sentence: str, **slots: Inline) -> Text:
    """The sentence with its slots filled, in pieces."""
    pieces: list[Inline] = []
    for k, piece in enumerate(part for opened in sentence.split("{") for part in opened.split("}")):
        if k % 2:
            pieces.append(slots[piece])
        elif piece:
            pieces.append(piece)
    return tuple(pieces)
