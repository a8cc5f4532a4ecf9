"""The mistake that is likeliest on a page, and a point of its check at which it shows."""

from __future__ import annotations

from itertools import islice, tee

from derivgen.answers.mistakes import Mistake, wrong_answers
from derivgen.answers.wrong import Wrong, in_layout
from derivgen.calculus.illustration import Illustration, illustrated_at, illustrations
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Text
from derivgen.document.wording.notes import mistake
from derivgen.document.wording.slips import slip
from derivgen.expr.nodes import Apply
from derivgen.printing.notation import DEFAULT
from derivgen.printing.present import present
from derivgen.printing.widths import width
from derivgen.problem.problem import LayoutName, Problem

# A point is sought for each in turn; what no point shows in so many is left.
MOST = 3
# In em: about as much as a line of a phone holds.
LONGEST = 16.0
# In the other layout these would be no such mistakes: what lacks a transpose here has one too many there.
OF_ONE_LAYOUT = ("other_layout", "missing_transpose")


def likely_mistake(
    problem: Problem, derivation: Derivation, earlier: tuple[Illustration, ...] = ()
) -> tuple[tuple[Illustration, ...], Text]:
    """The points of the check, and the sentences on the likeliest mistake that shows there.

    `earlier` is the check of a part of the page before: its points are taken again where they serve as well.
    """
    request = derivation.request
    again = illustrated_at(problem, derivation, earlier)
    if request.wrt[0].symmetric and request.of.is_scalar:
        # Two forms of this gradient are in use: to mix them is likelier than any slip in its making.
        return again or illustrations(problem, derivation), mistake(derivation)
    first = problem.layouts(request)[0]
    made = ((known, _as_asked(known, wrong, first, derivation)) for known, wrong in wrong_answers(problem, derivation))
    # Each wrong answer takes a derivation to make, and the first is nearly always the one that is told.
    tried, sought = tee(islice(((known, wrong) for known, wrong in made if _can_be_read(wrong)), MOST))
    for known, wrong in tried if again else ():
        if words := slip(known, wrong, again, first=first):
            return again, words
    for known, wrong in sought:
        pairs = ((wrong.expr, wrong.right),) if wrong.has_numbers else ()
        found = illustrations(problem, derivation, apart=pairs)
        words = slip(known, wrong, found, first=first)
        if words:
            return found, words
    return again or illustrations(problem, derivation), mistake(derivation)


def _can_be_read(wrong: Wrong) -> bool:
    """Whether a wrong answer is short enough for a sentence, or no longer than the right one is; no array of zeros.

    Nobody takes an array that plainly varies for zero: a mistake that leads there is noticed at once.
    """
    if isinstance(wrong.expr, Apply) and wrong.expr.function == "zeros":
        return False
    made, right = (width(present(expr, DEFAULT)) for expr in (wrong.expr, wrong.right))
    return made <= LONGEST or made <= right


def _as_asked(known: Mistake, wrong: Wrong, layout: LayoutName, derivation: Derivation) -> Wrong:
    """The wrong answer in the layout of the page; one that is a mistake in one layout only stays as it is."""
    return wrong if known.name in OF_ONE_LAYOUT else in_layout(wrong, layout, derivation)
