"""The fixed words of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of a page."""

    numerator: str = "numerator layout"
    denominator: str = "denominator layout"
    shape_convention: str = "shape convention"
    also: str = "{layout} and {view}"
    symbol: str = "symbol"
    shape: str = "shape"
    role: str = "role"
    page: str = "page"
    function: str = "function"
    derivatives_by: str = "Derivatives with respect to"
    second_derivatives_by: str = "Second derivatives with respect to"
    then_by: str = ", then to "
    given: str = "Given"
    plan: str = "Plan."
    steps: str = "Steps, in {layout}"
    marks: str = "In a line, a solid line below marks what its step has made, dots what the next step rewrites."
    cited: str = "The gradient is found in steps {first} to {last}."
    layouts: str = "Layouts"
    holds: str = "Holds when"
    holds_everywhere: str = "Holds"
    everywhere: str = "everywhere."
    check: str = "Check"
    formula: str = "formula, {layout}"
    difference: str = "finite differences"
    no_short_numbers: str = "No point with short numbers was found; every line above was checked at random points."
    check_program: str = "The check as a program, with NumPy alone"
    second_engine: str = "A second program, SymPy, finds the same derivative."
    remark: str = "Remark."
    mistake: str = "Common mistake."
    both: str = "both layouts"
    shape_view: str = "Shape convention."
    references: str = "References"
    left_out: str = "Left out."
    code: str = "NumPy source, in {layout}"


LABELS = Labels()
