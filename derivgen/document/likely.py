"""The mistake that is likeliest on a page, and a point of its check at which it shows."""

from __future__ import annotations

from itertools import islice

from derivgen.answers.mistakes import wrong_answers
from derivgen.calculus.illustration import Illustration, illustrations
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Text
from derivgen.document.wording import mistake, slip
from derivgen.problem.problem import Problem

# A point is sought for each in turn; what no point shows in so many is left.
MOST = 3


def likely_mistake(problem: Problem, derivation: Derivation) -> tuple[tuple[Illustration, ...], Text]:
    """The points of the check, and the sentences on the likeliest mistake that shows there."""
    request = derivation.request
    if request.wrt[0].symmetric and request.of.is_scalar:
        # Two forms of this gradient are in use: to mix them is likelier than any slip in its making.
        return illustrations(problem, derivation), mistake(derivation)
    first = problem.layouts(request)[0]
    for known, wrong in islice(wrong_answers(problem, derivation), MOST):
        pairs = ((wrong.expr, wrong.right),) if wrong.has_numbers else ()
        found = illustrations(problem, derivation, apart=pairs)
        words = slip(known, wrong, found, first=first)
        if words:
            return found, words
    return illustrations(problem, derivation), mistake(derivation)
