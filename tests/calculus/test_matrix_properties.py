"""What holds for every derivation by scalars, vectors and matrices, over random functions of the whole table.

The profile `ci` takes 200 examples; `DERIVGEN_PROFILE=night` with `-m night` takes 20 000.
Everything is judged by NumPy and differences: nothing of the engine is used but its answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Differential, Expr, Unresolved, Variable
from derivgen.expr.walk import contains, inlined
from derivgen.printing.text import text
from derivgen.syntax.parse import Scope, parse
from tests import oracle
from tests.calculus import differences, matrices
from tests.calculus.judge import Rough, at_size, differ, numbers_in
from tests.calculus.looks import ugly_signs
from tests.calculus.matrices import SIZES, VARIABLES, Case
from tests.calculus.named import names_within
from tests.oracle import Array

pytestmark = pytest.mark.slow

LARGEST = 1e-4
HONEST = ("no-rule", "no-admissible-point")
SMALL_SIZES = ({"n": 2, "m": 3, "p": 4}, {"n": 3, "m": 2, "p": 4})
FIRST = st.one_of(matrices.first_derivatives(), matrices.first_derivatives(), matrices.stacked())
SECOND = matrices.second_derivatives()


def answer(case: Case) -> Derivation | None:
    """The derivation, or None where derivgen says honestly that it knows no way."""
    try:
        return derive(*case.problem())
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


def judged(case: Case) -> Iterator[tuple[dict[str, Array], dict[str, int], Array]]:
    """A point for each assignment of sizes, with the derivative by differences."""
    for sizes in SMALL_SIZES if case.is_second else SIZES:
        for seed in range(6):
            point = differences.draw_point(VARIABLES, sizes, np.random.default_rng(seed), positive=seed % 2 == 0)
            if not oracle.is_defined(inlined(case.body), point, sizes):
                continue
            try:
                if case.then is None:
                    yield point, sizes, differences.first(case.body, case.wrt, point, sizes)
                else:
                    yield point, sizes, differences.second(case.body, case.wrt, case.then, point, sizes)
                break
            except Rough:
                continue


def rounding(case: Case, point: dict[str, Array], sizes: dict[str, int]) -> float:
    """What a difference is measured by at least: where large terms cancel, only rounding is left of them."""
    return max(1e-2, 1e-5 * float(abs(numbers_in(case.body, point, sizes)).max()))


def has_the_value_of_differences(case: Case, found: Derivation) -> None:
    for point, sizes, wanted in judged(case):
        numerator, denominator = (numbers_in(result.expr, point, sizes) for result in found.results)
        floor = rounding(case, point, sizes)
        assert differ(numerator, wanted, floor) < LARGEST, text(found.result("numerator"))
        hessian = case.then == case.wrt
        turned = numerator if hessian else numerator.T
        # To rounding: the second layout is the first, turned.
        assert differ(denominator, turned, 1e-6 * floor) < 1e-6, text(found.result("denominator"))


def has_the_shape_of_its_layout(case: Case, found: Derivation) -> None:
    wrt, of = case.wrt.shape, case.body.shape
    if case.then is not None:
        wanted = (wrt.entries, case.then.shape.entries)
    elif wrt.is_scalar:
        wanted = (of.rows, of.columns)
    else:
        wanted = (wrt.columns, wrt.rows) if of.is_scalar else (of.entries, wrt.entries)
    numerator, denominator = (result.expr.shape for result in found.results)
    assert (numerator.rows, numerator.columns) == wanted
    assert denominator == (numerator if case.then == case.wrt else numerator.transposed)


def reads_back(case: Case, found: Derivation) -> None:
    assert found.steps[-1].after == found.result("numerator")
    # An answer may use the function itself by its name: the derivative of tanh is 1 - f**2.
    names = {**VARIABLES, **names_within(case.body), **case.problem()[0].functions}
    scope = Scope(names, frozenset(("n", "m", "p")))
    for result in found.results:
        assert parse(text(result.expr), scope) == result.expr


def looks_well(case: Case, found: Derivation) -> None:
    for result in found.results:
        ugly = ugly_signs(result.expr, case.body)
        assert not ugly, f"{ugly} in {text(result.expr)}"


def is_plain(expr: Expr) -> bool:
    """Whether the oracle gives it a value: differentials of variables only, nothing unresolved."""
    return not contains(
        expr,
        lambda part: (
            isinstance(part, Unresolved) or (isinstance(part, Differential) and part.of not in VARIABLES.values())
        ),
    )


def has_true_steps(case: Case, found: Derivation) -> None:
    """The forms of one line agree; lines for one left side agree with one another."""
    moving = case.wrt if case.then is None else case.then
    known: dict[tuple[Expr, int], Array] = {}
    for step in found.steps:
        # What is read off, or laid out anew, is not the left side of its line.
        is_same = step.identifies is None and step.before.shape == step.left.shape
        forms = (step.left, *((step.before,) if is_same else ()), *step.between, step.after)
        for k, sizes in enumerate(SMALL_SIZES):
            point = differences.draw_point(VARIABLES, sizes, np.random.default_rng(2), positive=True)
            if not oracle.is_defined(inlined(case.body), point, sizes):
                continue
            changes = differences.draw_point(VARIABLES, sizes, np.random.default_rng(9), positive=False)
            for name in {case.wrt.name, moving.name}:
                point[f"d{name}"] = changes[name]
            # A local derivative has the functions on the way as variables, at their own values.
            named = names_within(case.body).items()
            point |= {name: numbers_in(function, point, sizes) for name, function in named}
            for form in filter(is_plain, forms):
                value = numbers_in(form, point, sizes)
                wanted = known.setdefault((step.left, k), value)
                if np.isfinite(wanted).all():
                    assert differ(value, wanted, rounding(case, point, sizes)) < 1e-7, f"{step.rule}: {text(form)}"


EVERYTHING = (has_the_value_of_differences, has_the_shape_of_its_layout, reads_back, looks_well, has_true_steps)


@given(FIRST)
def test_a_first_derivative_has_the_value_of_differences_in_both_layouts(case: Case) -> None:
    has_the_value_of_differences(case, answered(case))


@given(FIRST)
def test_a_first_derivative_has_the_shapes_of_its_layouts_and_reads_back(case: Case) -> None:
    found = answered(case)
    has_the_shape_of_its_layout(case, found)
    reads_back(case, found)


@given(FIRST)
def test_a_first_derivative_shows_nothing_that_does_nothing(case: Case) -> None:
    looks_well(case, answered(case))


@given(FIRST)
def test_both_sides_of_a_step_have_the_same_value(case: Case) -> None:
    has_true_steps(case, answered(case))


@given(SECOND)
def test_a_second_derivative_has_the_value_of_differences_and_reads_back(case: Case) -> None:
    found = answered(case)
    has_the_shape_of_its_layout(case, found)
    has_the_value_of_differences(case, found)
    reads_back(case, found)
    looks_well(case, found)


def at_three(expr: Variable) -> Variable:
    made = at_size(expr, "n", 3)
    assert isinstance(made, Variable)
    return made


@given(FIRST)
def test_three_written_in_for_n_changes_nothing_but_the_numbers(case: Case) -> None:
    found, small = answered(case), answered(Case(at_size(case.body, "n", 3), at_three(case.wrt)))
    for point, sizes, _ in judged(case):
        if sizes["n"] == 3:
            value = numbers_in(found.result("numerator"), point, sizes)
            assert differ(numbers_in(small.result("numerator"), point, sizes), value) < 1e-6


@pytest.mark.parametrize(("strategy", "share"), [(FIRST, 0.98), (SECOND, 0.95)], ids=["first", "second"])
def test_hardly_any_function_is_left_without_an_answer(strategy: st.SearchStrategy[Case], share: float) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=200, derandomize=True, database=None)
    @given(strategy)
    def count_answers(case: Case) -> None:
        seen["answered" if answer(case) is not None else "not"] += 1

    count_answers()
    assert seen["answered"] >= share * (seen["answered"] + seen["not"]), dict(seen)


@pytest.mark.night
@pytest.mark.parametrize("strategy", [FIRST, SECOND], ids=["first", "second"])
def test_all_of_it_over_twenty_thousand_functions(strategy: st.SearchStrategy[Case]) -> None:
    @settings(settings.get_profile("night"))
    @given(strategy)
    def everything(case: Case) -> None:
        found = answered(case)
        for claim in EVERYTHING:
            claim(case, found)

    everything()
