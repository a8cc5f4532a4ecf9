"""The words of an exercise sheet, its key and its solutions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derivgen.answers.kinds import ROUNDED
from derivgen.answers.stored import Form
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import CodeSpan, Phrase, Text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.parttitles import Kind, kind_of
from derivgen.document.wording.telling import joined, listed, said
from derivgen.document.worksheet import Valued
from derivgen.expr.nodes import Expr, Variable
from derivgen.problem.problem import LayoutName, Request
from derivgen.record import record


@record
class SheetLabels:
    """The fixed words of a sheet."""

    name: Phrase = Phrase("Name")
    number: Phrase = Phrase("Student number")
    students: Phrase = Phrase("Students")
    sheet: Phrase = Phrase("Sheet")
    hints: Phrase = Phrase("Hints")
    hint: Phrase = Phrase("Hint")
    question: Phrase = Phrase("Question")
    steps: Phrase = Phrase("Steps")
    then_transpose: Phrase = Phrase("That is numerator layout; transpose it for denominator layout.")
    take_one: Phrase = Phrase("Try the question first. Then read one hint at a time, and try again after each.")
    about: Phrase = Phrase("Questions on derivatives, with room for the answers and with hints.")
    about_key: Phrase = Phrase("The answers to the questions of a sheet, for graders.")
    about_solutions: Phrase = Phrase("The questions of a sheet worked out step by step, with what earns points.")
    key: Phrase = Phrase("answer key")
    solutions: Phrase = Phrase("solutions")
    not_for_students: Phrase = Phrase("Not for students.")
    for_later: Phrase = Phrase("For students when their answers are in.")
    layout: Phrase = Phrase("Layout")
    check: Phrase = Phrase("Check.")
    both: Phrase = Phrase("both")
    assume: Phrase = Phrase("Assume")
    typed: Phrase = Phrase("As typed:")
    shape: Phrase = Phrase("Shape")
    shape_label: Phrase = Phrase("Shape.")
    same: Phrase = Phrase("Both layouts print the same, since the matrix is symmetric.")
    either: Phrase = Phrase("Either layout earns the points.")
    value: Phrase = Phrase("Value.")
    rubric: Phrase = Phrase("Rubric")
    what: Phrase = Phrase("What earns points")
    points: Phrase = Phrase("Points")
    instructor: Phrase = Phrase("instructor's copy")
    about_instructor: Phrase = Phrase("All variants of a sheet with their answers, and one of each worked out.")
    answer: Phrase = Phrase("Answer")
    variant: Phrase = Phrase("Variant")
    worked_out: Phrase = Phrase("Worked out below:")
    answers: Phrase = Phrase("Answers")
    its_shape: Phrase = Phrase("its shape")
    shape_is_right: Phrase = Phrase("The shape is right")
    lines: Phrase = Phrase("Lines.")
    step: Phrase = Phrase("Step")
    line: Phrase = Phrase("Line")
    reason: Phrase = Phrase("Reason")
    left_out: Phrase = Phrase("What is left out:")
    option_is_right: Phrase = Phrase("The right option is chosen")
    option: Phrase = Phrase("Option")
    mistake: Phrase = Phrase("What is wrong with it")
    right: Phrase = Phrase("Right:")
    none_of_these: Phrase = Phrase("None of these.")
    one_is_right: Phrase = Phrase("One of the options is right.")


SHEET = SheetLabels()

LAYOUT_WORDS: dict[LayoutName, Phrase] = {"numerator": LABELS.numerator, "denominator": LABELS.denominator}
# For a column headed "Layout".
LAYOUT_IN_SHORT: dict[LayoutName, Phrase] = {"numerator": Phrase("numerator"), "denominator": Phrase("denominator")}


def points_number(points: Fraction) -> str:
    """Points as a number of up to two places."""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0")


def points_words(points: Fraction | None) -> Text:
    """Points in words; nothing where there are none."""
    if points is None:
        return ()
    number = points_number(points)
    return said("{number} point", number=number) if points == 1 else said("{number} points", number=number)


def size_words(count: int, points: Fraction | None) -> Text:
    """How long a sheet is: exercises and points."""
    exercises = said("1 exercise") if count == 1 else said("{number} exercises", number=str(count))
    return (*exercises, ".") if points is None else (*exercises, ", ", *points_words(points), ".")


def asks_for(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for a derivative, in words and as a symbol, and for its shape."""
    asked = _named(derivation.request, symbol)
    if derivation.result("numerator").shape.is_scalar:
        return said("Find {asked}.", asked=asked)
    if len(layouts) > 1:
        return said("Find {asked} in the layout of your choice. Name the layout and give the shape.", asked=asked)
    return said("Find {asked} in {layout}. Give its shape.", asked=asked, layout=LAYOUT_WORDS[layouts[0]])


def asks_for_shape(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for the shape alone."""
    asked = _named(derivation.request, symbol)
    if len(layouts) > 1:
        return said("What is the shape of {asked}, in the layout of your choice? Name the layout.", asked=asked)
    return said("What is the shape of {asked}, in {layout}?", asked=asked, layout=LAYOUT_WORDS[layouts[0]])


def asks_for_choice(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for one of several options."""
    asked = _named(derivation.request, symbol)
    if derivation.result("numerator").shape.is_scalar:
        return said("Which of these is {asked}?", asked=asked)
    return said("Which of these is {asked}, in {layout}?", asked=asked, layout=LAYOUT_WORDS[layouts[0]])


def asks_for_lines(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for a derivation with all its lines."""
    asked = _named(derivation.request, symbol)
    if derivation.result("numerator").shape.is_scalar:
        return said("Derive {asked}, line by line.", asked=asked)
    if len(layouts) > 1:
        return said("Derive {asked}, line by line, in the layout of your choice. Name the layout.", asked=asked)
    return said("Derive {asked}, line by line, in {layout}.", asked=asked, layout=LAYOUT_WORDS[layouts[0]])


def asks_for_gaps(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for what a derivation leaves out."""
    asked = _named(derivation.request, symbol)
    if derivation.result("numerator").shape.is_scalar:
        return said("Fill in what is left out: {asked}.", asked=asked)
    return said("Fill in what is left out: {asked}, in {layout}.", asked=asked, layout=LAYOUT_WORDS[layouts[0]])


def asks_for_number(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName], valued: Valued) -> Text:
    """The question for the value at a point, or for that of one entry."""
    slots = {
        "asked": _named(derivation.request, symbol),
        "values": values(valued.at),
        "layout": (LAYOUT_WORDS[layouts[0]],),
        "entry": entry_words(valued),
    }
    is_scalar = derivation.result("numerator").shape.is_scalar
    if valued.entry is not None and not is_scalar:
        words = said("Find the value of the entry {entry} of {asked}, in {layout}, at {values}.", **slots)
    elif is_scalar or len(layouts) > 1:
        words = said("Find the value of {asked} at {values}.", **slots)
    else:
        words = said("Find the value of {asked}, in {layout}, at {values}.", **slots)
    return words if valued.is_exact else (*words, " ", *said("Give at least four digits."))


def value_words(valued: Valued, layout: LayoutName, *, tolerated: bool) -> Text:
    """The value at the point; how far an answer may be off where it is asked for by itself."""
    slots = {"point": values(valued.at), "value": (valued.in_layout(layout),), "entry": entry_words(valued)}
    match valued.entry is None, valued.is_exact:
        case True, True:
            words = said("At {point} it is {value}.", **slots)
        case True, False:
            words = said("At {point} it is, rounded, {value}.", **slots)
        case False, True:
            words = said("At {point} its entry {entry} is {value}.", **slots)
        case _:
            words = said("At {point} its entry {entry} is, rounded, {value}.", **slots)
    if valued.is_exact or not tolerated:
        return words
    share = f"{100 * ROUNDED:g}"
    return (*words, " ", *said("Answers that are off by at most {share} percent are right.", share=share))


def entry_words(valued: Valued) -> Text:
    """Where the entry stands: (1, 2)."""
    return () if valued.entry is None else (f"({valued.entry[0]}, {valued.entry[1]})",)


def lines_words(count: int) -> Text:
    """How many lines a derivation has."""
    if count == 1:
        return said("The solution has 1 line; every way that is right line by line earns the points.")
    return said(
        "The solution has {count} lines; every way that is right line by line earns the points.", count=str(count)
    )


def asks_for_value(at: Sequence[tuple[Variable, Expr]]) -> Text:
    """The second half of a question: the value at a point."""
    return (" ", *said("Then evaluate it at {values}.", values=values(at))) if at else ()


def asks_for_form(form: Form | None) -> Text:
    """What the answer must look like."""
    made: Text = ()
    if form is not None and form.forbidden:
        made += (" ", *said("Do not use {functions}.", functions=listed([CodeSpan(name) for name in form.forbidden])))
    if form is not None and form.at_most is not None:
        made += (" ", *said("Write it with at most {number} names and numbers.", number=str(form.at_most)))
    return made


def values(at: Sequence[tuple[Variable, Expr]]) -> Text:
    """x = 1, y = 2."""
    return joined([(variable, " = ", number) for variable, number in at], ", ")


def _named(request: Request, symbol: Expr) -> Text:
    first = said(
        "{kind} {symbol} of {of} with respect to {variables}",
        kind=KINDS[kind_of(request)],
        symbol=symbol,
        of=request.of,
        variables=listed(request.wrt),
    )
    return (
        said("{first} and then to {variables}", first=first, variables=listed(request.then)) if request.then else first
    )


KINDS: dict[Kind, Phrase] = {
    "derivative": Phrase("the derivative"),
    "gradient": Phrase("the gradient"),
    "jacobian": Phrase("the Jacobian"),
    "hessian": Phrase("the Hessian"),
    "second": Phrase("the second derivative"),
}
