"""What holds for every derivation, over random functions of a course.

The profile `ci` takes 200 examples, the same in every run; `DERIVGEN_PROFILE=night` with
`-m night` takes 20 000, and Hypothesis prints the seed and the smallest function that fails.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Differential, Expr, Reference, Sum, Unresolved, Variable
from derivgen.expr.walk import contains, count, depends_on, inlined, parts, replaced
from derivgen.printing.text import text
from derivgen.syntax.parse import Scope, parse
from tests import oracle
from tests.calculus import courses
from tests.calculus.judge import Rough, at_size, central, differ, drawn, numbers_in, problem_for
from tests.calculus.looks import ugly_signs
from tests.calculus.named import names_within
from tests.oracle import Array
from tests.strategies import FUNCTIONS, SHAPES, SIZES, VARIABLES, any_expression

pytestmark = pytest.mark.slow

MOST_NODES = 40
LARGEST = 1e-4
ALL = {**VARIABLES, "H": courses.SYMMETRIC}
TALL, WIDE = {"n": 3, "m": 2}, {"n": 4, "m": 5}
HONEST = ("no-rule", "no-admissible-point")


@dataclass(frozen=True)
class Case:
    """A function with the variable; what it is called is `f`."""

    body: Expr
    wrt: Variable

    def __repr__(self) -> str:
        return f"Case: {text(inlined(self.body))!r} wrt {self.wrt.name}"


def scope_for(case: Case) -> Scope:
    # An answer may use the function itself by its name: the derivative of tanh is 1 - f**2.
    own = {"f": Reference("f", case.body)}
    return Scope({**ALL, **FUNCTIONS, **names_within(case.body), **own}, frozenset(SIZES))


def is_of_a_course(body: Expr, wrt: Variable) -> bool:
    """Whether only scalars and vectors vary: what is a matrix, or acts on one, is constant."""

    def reaches(part: Expr) -> bool:
        inner = (part.body,) if isinstance(part, Reference) else parts(part)
        is_array = not (part.shape.is_column or part.shape.is_row)
        return (is_array and depends_on(part, wrt.name)) or any(reaches(each) for each in inner)

    return depends_on(body, wrt.name) and body.shape.is_column and not reaches(body)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Mostly functions of a course; one in four from the language at large."""
    if draw(st.integers(0, 3)):
        case = Case(*draw(courses.functions()))
    else:
        wrt = draw(st.sampled_from(courses.WRT))
        body = draw(
            any_expression(2, tame=True).filter(lambda made: made.shape in SHAPES and is_of_a_course(made, wrt))
        )
        case = Case(body, wrt)
    assume(count(inlined(case.body)) <= MOST_NODES)
    return case


def everything_in(expr: Expr) -> list[Expr]:
    """Every part of an expression, also inside references."""
    inner = (expr.body,) if isinstance(expr, Reference) else parts(expr)
    return [expr, *(found for part in inner for found in everything_in(part))]


def answer(case: Case) -> Derivation | None:
    """The derivation, or None where derivgen says honestly that it knows no way."""
    problem, request = problem_for(case.body, case.wrt)
    try:
        return derive(problem, request)
    except DerivgenError as error:
        code = error.faults[0].code
        event(code)
        if code not in HONEST:
            raise
        return None


def answered(case: Case) -> Derivation:
    found = answer(case)
    assume(found is not None)
    assert found is not None
    return found


def places(case: Case) -> list[tuple[oracle.Point, dict[str, int]]]:
    """A point for each of two assignments of sizes, at which the function has a value."""
    found = []
    for sizes in (TALL, WIDE):
        for seed in range(6):
            point = at(sizes, seed)
            if oracle.is_defined(inlined(case.body), point, sizes):
                found.append((point, sizes))
                break
    return found


def at(sizes: dict[str, int], seed: int) -> oracle.Point:
    """Values for all variables; H is symmetric."""
    point = drawn(ALL, sizes, np.random.default_rng(seed), positive=seed % 2 == 1)
    return {**point, "H": point["H"] + point["H"].T}


def points(case: Case) -> list[tuple[oracle.Point, dict[str, int], Array]]:
    """A point for each of two assignments of sizes, with the derivative by central differences."""
    found = []
    for sizes in (TALL, WIDE):
        for seed in range(6):
            point = at(sizes, seed)
            if not oracle.is_defined(inlined(case.body), point, sizes):
                continue
            try:
                found.append((point, sizes, central(case.body, (case.wrt,), point, sizes)))
                break
            except Rough:
                continue
    return found


def rounding(case: Case, point: oracle.Point, sizes: dict[str, int]) -> float:
    """What a difference is measured by at least: where large terms cancel, only rounding is left of them."""
    return max(1e-2, 1e-7 * float(abs(numbers_in(case.body, point, sizes)).max()))


@given(cases())
def test_both_layouts_are_those_of_finite_differences(case: Case) -> None:
    found = answered(case)
    for point, sizes, wanted in points(case):
        value = numbers_in(found.result("numerator"), point, sizes)
        assert differ(value, wanted, rounding(case, point, sizes)) < LARGEST, text(found.result("numerator"))
        # To rounding: the second layout is the first, turned.
        assert differ(numbers_in(found.result("denominator"), point, sizes), value.T) < 1e-9


@given(cases())
def test_an_answer_is_the_last_line_has_its_layouts_shape_and_reads_back(case: Case) -> None:
    found = answered(case)
    numerator, denominator = found.result("numerator"), found.result("denominator")
    assert found.steps[-1].after == numerator
    assert (numerator.shape.rows, numerator.shape.columns) == (case.body.shape.rows, case.wrt.shape.rows)
    assert (denominator.shape.rows, denominator.shape.columns) == (case.wrt.shape.rows, case.body.shape.rows)
    for result in found.results:
        assert parse(text(result.expr), scope_for(case)) == result.expr


def is_plain(expr: Expr) -> bool:
    """Whether the oracle gives it a value: differentials of variables only, nothing unresolved."""
    return not contains(
        expr,
        lambda part: isinstance(part, Unresolved) or (isinstance(part, Differential) and part.of not in ALL.values()),
    )


@given(cases())
def test_both_sides_of_a_step_have_the_same_value(case: Case) -> None:
    """The forms of one line agree; lines for one left side agree with one another."""
    found = answered(case)
    where = places(case)
    known: dict[tuple[Expr, int], Array] = {}
    for step in found.steps:
        for k, (point, sizes) in enumerate(where):
            changes = np.random.default_rng(9)
            moved = {f"d{name}": changes.uniform(-1, 1, array.shape) for name, array in point.items()}
            moved = {name: change * (name == f"d{case.wrt.name}") for name, change in moved.items()}
            # A local derivative has the functions on the way as variables, at their own values.
            named = names_within(case.body).items()
            moved |= {name: numbers_in(function, point, sizes) for name, function in named}
            # What is read off when a derivative is identified is the differential, not the derivative.
            before = () if step.identifies is not None else (step.before,)
            for form in (step.left, *before, *step.between, step.after):
                if not is_plain(form):
                    continue
                value = numbers_in(form, {**point, **moved}, sizes)
                wanted = known.setdefault((step.left, k), value)
                assert differ(value, wanted, rounding(case, point, sizes)) < 1e-7, f"{step.rule}: {text(form)}"


@given(cases())
def test_no_answer_shows_a_factor_a_term_or_a_sign_that_does_nothing(case: Case) -> None:
    for result in answered(case).results:
        ugly = ugly_signs(result.expr, case.body)
        assert not ugly, f"{ugly} in {text(result.expr)}"


@given(cases())
def test_three_written_in_for_n_changes_nothing_but_the_numbers(case: Case) -> None:
    fixed = Case(at_size(case.body, "n", 3), at_size(case.wrt, "n", 3))  # type: ignore[arg-type]  # a variable stays one
    found, small = answered(case), answer(fixed)
    assume(small is not None)
    assert small is not None
    for point, sizes in places(case)[:1]:
        assert sizes["n"] == 3
        value = numbers_in(found.result("numerator"), point, sizes)
        assert differ(numbers_in(small.result("numerator"), point, sizes), value) < 1e-7


@given(st.data())
def test_the_derivative_of_a_sum_is_the_sum_of_the_derivatives(data: st.DataObject) -> None:
    wrt = data.draw(st.sampled_from(courses.WRT))
    shape = data.draw(st.sampled_from(courses.SHAPES))
    drawing = courses.course(shape, 2).filter(lambda made: depends_on(made, wrt.name) and count(inlined(made)) <= 15)
    left, right = Case(data.draw(drawing), wrt), Case(data.draw(drawing), wrt)
    whole = Case(Sum((left.body, right.body)), wrt)
    found = [answered(case).result("numerator") for case in (left, right, whole)]
    for point, sizes in places(whole):
        a, b, both = (numbers_in(each, point, sizes) for each in found)
        assert differ(a + b, both) < 1e-7


@given(cases())
def test_other_names_for_the_variables_change_only_the_names(case: Case) -> None:
    assume(not names_within(case.body))
    other: dict[Expr, Expr] = {
        variable: Variable(f"{name}_q", variable.shape, variable.symmetric) for name, variable in ALL.items()
    }
    renamed = other[case.wrt]
    assert isinstance(renamed, Variable)
    found, again = answered(case), answered(Case(replaced(case.body, other), renamed))
    assert replaced(found.result("numerator"), other) == again.result("numerator")
    assert [step.rule for step in found.steps] == [step.rule for step in again.steps]


@settings(max_examples=50)
@given(cases())
def test_the_same_question_gets_the_same_steps(case: Case) -> None:
    assert answered(case) == answered(case)


def test_nine_in_ten_functions_of_a_course_are_answered() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(cases())
    def count_answers(case: Case) -> None:
        seen["answered" if answer(case) is not None else "not"] += 1

    count_answers()
    assert seen["answered"] >= 0.9 * (seen["answered"] + seen["not"]), dict(seen)


# ---- the same, many more -----------------------------------------------------------------------

OF_ONE_CASE = (
    test_both_layouts_are_those_of_finite_differences,
    test_both_sides_of_a_step_have_the_same_value,
    test_an_answer_is_the_last_line_has_its_layouts_shape_and_reads_back,
    test_no_answer_shows_a_factor_a_term_or_a_sign_that_does_nothing,
)


@pytest.mark.night
def test_all_of_it_over_twenty_thousand_functions() -> None:
    @settings(settings.get_profile("night"))
    @given(cases())
    def everything(case: Case) -> None:
        for test in OF_ONE_CASE:
            test.hypothesis.inner_test(case)  # type: ignore[attr-defined]  # Hypothesis keeps the plain function there

    everything()
