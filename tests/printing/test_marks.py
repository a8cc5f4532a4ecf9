"""What a step rewrites is marked in both of its lines, and outside the marks the lines agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from derivgen.expr.nodes import Expr
from derivgen.printing import latex, mathml, typst
from derivgen.printing.boxes import Box, Marked, Operator, Row, beside, inner, unmarked
from derivgen.printing.lines import aligned
from derivgen.printing.marks import difference, marked
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.widths import width
from derivgen.syntax.parse import Scope, parse
from tests.printing.formulas import EXPRESSIONS, A, X, s, t, x, y
from tests.printing.marked import marks, stays

SCOPE = Scope({"s": s, "t": t, "x": x, "y": y, "A": A, "X": X}, differentials=True)


def parsed(text: str) -> Expr:
    return parse(text, SCOPE)


def on_both(before: Expr, after: Expr) -> tuple[Box, Box]:
    """The two lines, marked."""
    left, right = present(before), present(after)
    found = difference(left, right)
    return marked(left, due=found.before), marked(right, made=found.after)


# What goes and what comes, read off the two lines by eye.
CASES = {
    "a term of a sum": (
        "d(x.T) @ A @ x + x.T @ A @ y",
        "x.T @ A.T @ y + x.T @ A @ y",
        "d(x.T) @ A @ x",
        "x.T @ A.T @ y",
    ),
    "a factor of a product": ("2*d(x.T @ A) @ y", "2*x.T @ A @ y", "d(x.T @ A)", "x.T @ A"),
    "one term turned to two": ("s + d(s*t)", "s + t*s + s*t", "d(s*t)", "t*s + s*t"),
    "within brackets": ("s*(t + exp(s))", "s*(t + s**2)", "exp(s)", "s**2"),
    "within a trace": ("tr(d(A @ X))", "tr(A @ X)", "d(A @ X)", "A @ X"),
    "a term left out": ("s + t + s*t", "s + s*t", "+ t", ""),
}


@pytest.mark.parametrize(("before", "after", "goes", "comes"), CASES.values(), ids=CASES)
def test_only_what_changes_is_marked(before: str, after: str, goes: str, comes: str) -> None:
    left, right = on_both(parsed(before), parsed(after))
    for line, expected in ((left, goes), (right, comes)):
        shown = [latex.latex(part) for part in marks(line)]
        wanted = (
            [latex.latex(beside(Operator("+", "binary"), present(parsed(expected[2:]))))]
            if expected[:1] == "+"
            else [latex.latex(present(parsed(expected)))]
            if expected
            else []
        )
        assert shown == wanted


def test_line_that_changes_as_a_whole_has_no_marks() -> None:
    assert not any(map(marks, on_both(parsed("x.T @ A.T @ y + x.T @ A @ y"), parsed("x.T @ (A.T + A) @ y"))))


def test_turned_product_is_marked_from_its_first_factor_to_its_last() -> None:
    # With the common X alone left out, the two others would seem to commute.
    left, right = on_both(parsed("tr(X @ A @ X)"), parsed("tr(X @ X @ A)"))
    assert [latex.latex(part) for part in (*marks(left), *marks(right))] == [
        latex.latex(present(parsed(text))) for text in ("X @ A @ X", "X @ X @ A")
    ]


def test_minus_is_never_marked_alone() -> None:
    left, right = on_both(parsed("s + x.T @ A @ y * 2"), parsed("s - x.T @ X @ y * 2"))
    assert all(len(inner(part)) > 1 for part in (*marks(left), *marks(right)))


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_outside_the_marks_both_lines_are_equal(before: Expr, after: Expr) -> None:
    left, right = on_both(before, after)
    if marks(left) or marks(right):
        assert stays(left) == stays(right)


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS, EXPRESSIONS)
def test_marks_are_neither_copied_nor_spoken_and_take_no_room(before: Expr, after: Expr) -> None:
    for line, expr in zip(on_both(before, after), (before, after), strict=True):
        assert unmarked(line) == present(expr)
        assert speech(line) == speech(present(expr))
        assert width(line) == pytest.approx(width(present(expr)))


def test_what_is_made_and_due_at_once_has_both_marks() -> None:
    line = present(parsed("2*x.T @ A @ y"))
    made, due = (difference(line, present(parsed(text))).before for text in ("2*s", "2*x.T @ X @ y"))
    both = marked(line, made=made, due=due)
    assert [latex.latex(part) for part in marks(both)] == [
        latex.latex(marked(present(parsed("x.T @ A @ y")), due=((((2,),)),))),
        r"\mathbf{A}",
    ]


def test_every_format_has_a_line_of_its_own_below_each_kind() -> None:
    line = Row((Marked(present(parsed("s")), "made"), Operator("+", "binary"), Marked(present(parsed("t")), "due")))
    assert latex.latex(line) == r"\made{s} + \due{t}"
    assert '<mrow class="made"><mi>s</mi></mrow>' in mathml.mathml(line, display=True)
    assert '<mrow class="due"><mi>t</mi></mrow>' in mathml.mathml(line, display=True)
    assert typst.typst(line) == 'made(s) class("binary", +) due(t)'


def test_long_marked_line_breaks_where_it_would_without_marks() -> None:
    long = " + ".join(["s*t"] * 30)
    line = present(parsed(f"{long} + exp(s)"))
    found = difference(line, present(parsed("s*t + exp(s)")))
    left, whole = present(parsed("s")), marked(line, due=found.before)
    assert marks(whole)
    broken = aligned(left, (whole,))
    assert len(broken) > 1
    assert tuple((unmarked(start), unmarked(end)) for start, end in broken) == aligned(left, (line,))


def test_the_name_of_a_function_keeps_its_space_at_the_start_of_a_mark_in_latex() -> None:
    """TeX takes a mark for a letter: the space before tr is that of an empty name, whose space after is taken back."""
    line = Row((present(parsed("6")), Marked(present(parsed("tr(X)")), "made")))
    assert latex.latex(line) == r"6\mathop{}\!\made{\operatorname{tr}(\mathbf{X})}"
