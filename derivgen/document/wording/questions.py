"""The words of an exercise sheet, its key and its solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Inline, Text
from derivgen.document.wording.labels import LABELS
from derivgen.expr.nodes import Expr, Variable
from derivgen.problem.problem import LayoutName, Request


@dataclass(frozen=True, slots=True)
class SheetLabels:
    """The fixed words of a sheet."""

    name: str = "Name"
    number: str = "Student number"
    hints: str = "Hints"
    hint: str = "Hint"
    question: str = "Question"
    step: str = "Step"
    steps: str = "Steps"
    take_one: str = "Try the question first. Then read one hint at a time, and try again after each."
    about: str = "Questions on derivatives, with room for the answers and with hints."
    about_key: str = "The answers to the questions of a sheet, for graders."
    about_solutions: str = "The questions of a sheet worked out step by step, with what earns points."
    key: str = "answer key"
    solutions: str = "solutions"
    not_for_students: str = "Not for students."
    assume: str = "Assume"
    typed: str = "As typed:"
    shape: str = "Shape"
    same: str = "Both layouts print the same."
    either: str = "Either layout earns the points."
    value: str = "Value."
    rubric: str = "Rubric"
    what: str = "What earns points"
    points: str = "Points"
    shape_is_right: str = "The shape is right"


SHEET = SheetLabels()

LAYOUT_WORDS: dict[LayoutName, str] = {"numerator": LABELS.numerator, "denominator": LABELS.denominator}


def points_words(points: Fraction | None) -> str:
    """Points in words; nothing where there are none."""
    if points is None:
        return ""
    number = str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0")
    return f"{number} point" if points == 1 else f"{number} points"


def size_words(count: int, points: Fraction | None) -> str:
    """How long a sheet is: exercises and points."""
    exercises = "1 exercise" if count == 1 else f"{count} exercises"
    return f"{exercises}." if points is None else f"{exercises}, {points_words(points)}."


def asks_for(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for a derivative, in words and as a symbol, and for its shape."""
    request = derivation.request
    asked: Text = ("Find ", *_named(request, symbol))
    if derivation.result("numerator").shape.is_scalar:
        return (*asked, ".")
    if len(layouts) > 1:
        return (*asked, " in the layout of your choice. Name the layout and give the shape.")
    return (*asked, f" in {LAYOUT_WORDS[layouts[0]]}. Give its shape.")


def asks_for_shape(derivation: Derivation, symbol: Expr, layouts: Sequence[LayoutName]) -> Text:
    """The question for the shape alone."""
    named = _named(derivation.request, symbol)
    if len(layouts) > 1:
        return ("What is the shape of ", *named, ", in the layout of your choice? Name the layout.")
    return (
        "What is the shape of ",
        *named,
        f", in {LAYOUT_WORDS[layouts[0]]}?",
    )


def asks_for_value(at: Sequence[tuple[Variable, Expr]]) -> Text:
    """The second half of a question: the value at a point."""
    return (" Then evaluate it at ", *values(at), ".") if at else ()


def values(at: Sequence[tuple[Variable, Expr]]) -> Text:
    """x = 1, y = 2."""
    words: list[Inline] = []
    for k, (variable, number) in enumerate(at):
        words += [*([", "] if k else []), variable, " = ", number]
    return tuple(words)


def _named(request: Request, symbol: Expr) -> Text:
    words: list[Inline] = [f"{_kind(request)} ", symbol, " of ", request.of, " with respect to ", *_listed(request.wrt)]
    if request.then:
        words += [" and then to ", *_listed(request.then)]
    return tuple(words)


def _kind(request: Request) -> str:
    of_scalar, by_scalar = request.of.is_scalar, len(request.wrt) == 1 and request.wrt[0].is_scalar
    if request.then or (request.order == 2 and (by_scalar or not of_scalar)):
        return "the second derivative"
    if request.order == 2:
        return "the Hessian"
    if by_scalar:
        return "the derivative"
    return "the gradient" if of_scalar else "the Jacobian"


def _listed(variables: Sequence[Variable]) -> Text:
    words: list[Inline] = []
    for k, variable in enumerate(variables):
        words += [*([" and " if k == len(variables) - 1 else ", "] if k else []), variable]
    return tuple(words)
