"""The fixed words of a page."""

from __future__ import annotations

from derivgen.document.blocks import Phrase
from derivgen.record import record


@record
class Labels:
    """The fixed words of a page."""

    numerator: Phrase = Phrase("numerator layout")
    denominator: Phrase = Phrase("denominator layout")
    shape_convention: Phrase = Phrase("shape convention")
    also: Phrase = Phrase("{layout} and {view}")
    symbol: Phrase = Phrase("symbol")
    shape: Phrase = Phrase("shape")
    role: Phrase = Phrase("role")
    page: Phrase = Phrase("page")
    function: Phrase = Phrase("function")
    derivative: Phrase = Phrase("derivative")
    derivatives_by: Phrase = Phrase("Derivatives with respect to {variables}")
    second_derivatives_by: Phrase = Phrase("Second derivatives with respect to {variables}")
    then_by: Phrase = Phrase(", then to {variables}")
    given: Phrase = Phrase("Given")
    plan: Phrase = Phrase("Plan.")
    steps: Phrase = Phrase("Steps, in {layout}")
    marks: Phrase = Phrase("Underlined in a step is what it has made, dotted below what the next step rewrites.")
    cited: Phrase = Phrase("The gradient is found in steps {first} to {last}.")
    layouts: Phrase = Phrase("Layouts")
    holds: Phrase = Phrase("Holds when")
    holds_everywhere: Phrase = Phrase("Holds")
    everywhere: Phrase = Phrase("everywhere.")
    check: Phrase = Phrase("Check")
    formula: Phrase = Phrase("formula, {layout}")
    in_layout: Phrase = Phrase("{value} in {layout}")
    difference: Phrase = Phrase("finite differences")
    no_short_numbers: Phrase = Phrase(
        "No point with short numbers was found; every line above was checked at random points."
    )
    too_large: Phrase = Phrase(
        "The arrays of numbers are too large for a table; every line above was checked at random points."
    )
    check_program: Phrase = Phrase("The check as a program, with NumPy alone")
    second_engine: Phrase = Phrase("SymPy, used as an independent check, finds the same derivative.")
    remark: Phrase = Phrase("Remark.")
    mistake: Phrase = Phrase("Common mistake.")
    both: Phrase = Phrase("both layouts")
    in_numerator: Phrase = Phrase("in numerator layout")
    transposed: Phrase = Phrase("The steps below are in {layout}; what stands here is the transpose of their result.")
    shape_view: Phrase = Phrase("Shape convention.")
    references: Phrase = Phrase("References")
    left_out: Phrase = Phrase("Left out.")
    code: Phrase = Phrase("NumPy source, in {layout}")


LABELS = Labels()
