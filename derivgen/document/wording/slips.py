"""What a page says of a common mistake: the wrong answer, why it is wrong, and the numbers that give it away."""

from __future__ import annotations

from itertools import product

from derivgen.answers.mistakes import Mistake
from derivgen.answers.wrong import Wrong
from derivgen.calculus.illustration import Illustration
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import said
from derivgen.expr.build import ONE_NUMBER, ones
from derivgen.expr.nodes import Constant, Expr, Product, Stack, Sum
from derivgen.expr.walk import rebuilt
from derivgen.printing.present import present_shape
from derivgen.problem.problem import LayoutName, counterpart

# More entries than this are not compared as a whole: the first that differs is enough.
FEW = 6

# What is wrong with it.
REASONS = {
    "returned_function": "The wrong answer {claim} is the function itself. A constant does not change, so its derivative is 0.",
    "both_variables_at_once": "The wrong answer {claim} differentiates with respect to {variable} and {other} at once. Here {other} is a constant.",
    "product_of_derivatives": "The wrong answer {claim} multiplies the derivatives of {left} and {right}. The product rule has two terms.",
    "dropped_path": "The wrong answer {claim} leaves out the way through {inner}. Each way from the variable to the function adds a term.",
    "quotient_rule": "The wrong answer {claim} has a plus where the quotient rule has a minus.",
    "diagonal_only": "The wrong answer {claim} takes the Jacobian of the softmax as diagonal. Each entry of the softmax depends on every entry of its argument.",
    "missing_normaliser": "The wrong answer {claim} leaves out the division by the sum.",
    "abs_ignored": "The wrong answer {claim} leaves out the absolute values. The sign of each entry counts.",
    "assumed_symmetric": "The wrong answer {claim} is right only if {matrix} is symmetric.",
    "dropped_elementwise_derivative": "The wrong answer {claim} leaves out the slope of the activation at {inner}.",
    "activation_for_derivative": "The wrong answer {claim} has the activation itself where its derivative belongs.",
    "exponent_kept": "The wrong answer {claim} keeps the exponent. It drops by one.",
    "reversed_trace": "The wrong answer {claim} reverses the factors of a trace. They may only be rotated.",
    "missing_transpose": "The wrong answer {claim} lacks a transpose.",
    "dropped_inner_derivative": "The wrong answer {claim} leaves out the derivative of the inner function {inner}.",
    "lost_diag": "The wrong answer {claim} lists the entries of the diagonal. The derivative is the matrix that has them on its diagonal.",
    "row_major_vec": "The wrong answer {claim} stacks rows, as NumPy does by default. Here vec stacks columns.",
    "dropped_product_term": "The wrong answer {claim} lets {variable} change in one place only. Each place where it stands adds a term.",
    "det_logdet_confusion": "The wrong answer {claim} takes the determinant for its logarithm, or the reverse.",
    "mean_as_sum": "The wrong answer {claim} leaves out the division by the number of entries.",
    "extra_factor_2": "The wrong answer {claim} is twice the derivative: the half in front is lost.",
    "missing_factor_2": "The wrong answer {claim} is half the derivative: a 2 in front is lost.",
    "norm_confusion": "The wrong answer {claim} takes the norm for its square, or the reverse.",
    "wrong_sign": "The wrong answer {claim} has lost the minus.",
    "missing_ones": "The wrong answer {claim} is one number. Each entry has a derivative of its own.",
    "missing_identity": "The wrong answer {claim} is one number. The derivative has a row for each function and a column for each variable.",
    "constant_kept": "The wrong answer {claim} keeps {term}, which the variable does not change.",
    "dropped_factor": "The wrong answer {claim} has lost the factor {factor}.",
    "other_layout": "The wrong answer {claim} is that of {belongs}.",
    "summed_gradient": "The wrong answer {claim} adds up the partial derivatives. The derivative keeps them apart.",
}

BELONGS = "{formula} in {layout}"
CLAIM = "{left} = {formula}"
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
    formula = _with_ones(wrong.expr)
    claim: Text = said(CLAIM, left=wrong.left, formula=formula) if wrong.is_part else (formula,)
    if wrong.layout != first:
        claim = said(BELONGS, formula=claim, layout=_layout(wrong.layout))
    belongs = _layout(counterpart(wrong.layout))
    shown = _given_away(wrong, found)
    reason = said(REASONS[mistake.name], claim=claim, belongs=belongs, **dict(wrong.facts))
    return (*reason, " ", *shown) if shown else ()


def _with_ones(expr: Expr) -> Expr:
    """The formula with the vector of ones for a number that is added to a column: p - 1 needs the bold one."""
    made = rebuilt(expr, _with_ones)
    if not isinstance(made, Sum) or not made.shape.is_column or made.is_scalar:
        return made
    column = ones(made.shape.rows)
    return Sum(tuple(_times(term, column) if isinstance(term, Constant) else term for term in made.terms))


def _times(value: Constant, column: Expr) -> Expr:
    return column if value == ONE_NUMBER else Product((value, column))


def _layout(name: LayoutName) -> Phrase:
    return LABELS.numerator if name == "numerator" else LABELS.denominator


def _given_away(wrong: Wrong, found: tuple[Illustration, ...]) -> Text:
    """What shows it: sizes that do not fit, another shape, or other numbers at the point of the check."""
    if wrong.misfit is not None:
        left, right = (present_shape(array.shape) for array in wrong.misfit)
        return said(MISFIT, left=left, right=right)
    if not wrong.has_numbers:
        return said(SHAPE, wrong=present_shape(wrong.expr.shape), right=present_shape(wrong.right.shape))
    for k, one in enumerate(found):
        made, wanted = one.value_of(wrong.expr), one.value_of(wrong.right)
        if made is not None and wanted is not None and made != wanted:
            return _numbers(made, wanted, AT_POINT if len(found) == 1 else AT_SIDES[k])
    return ()


def _numbers(made: Expr, right: Expr, sentence: str) -> Text:
    if isinstance(made, Stack) and isinstance(right, Stack) and len(made.rows) * len(made.rows[0]) > FEW:
        places = product(range(len(made.rows)), range(len(made.rows[0])))
        i, j = next((i, j) for i, j in places if made.rows[i][j] != right.rows[i][j])
        return said(ENTRY, row=str(i + 1), column=str(j + 1), wrong=made.rows[i][j], right=right.rows[i][j])
    return said(sentence, wrong=made, right=right)
