"""Every problem of the table of cases: value by differences in both layouts, SymPy's second opinion, true steps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest

from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.derive import derive
from derivgen.expr.walk import inlined
from derivgen.printing.text import text
from derivgen.problem.problem import Problem
from derivgen.syntax.parse import parse
from tests.calculus import differences
from tests.calculus.cases import ROWS, Row
from tests.calculus.edges import EDGES
from tests.calculus.judge import Rough, differ, numbers_in, scope_of, size_names
from tests.oracle import Array

pytestmark = pytest.mark.slow

ALL = pytest.mark.parametrize("row", ROWS + EDGES, ids=str)
QUICK = pytest.mark.parametrize(
    "row", [pytest.param(row, marks=[pytest.mark.night] if row.is_slow else []) for row in ROWS + EDGES], ids=str
)


def judged(problem: Problem) -> Iterator[tuple[dict[str, Array], dict[str, int], Array]]:
    """Points at two assignments of sizes at which the differences are smooth, with the derivative."""
    request, found = problem.requests[0], 0
    of, wrt = inlined(request.of), request.wrt[0]
    then = request.then[0] if request.then else wrt if request.order == 2 else None
    names = size_names(problem)
    # Tall before wide: the inverse of X.T @ X exists only for a tall X.
    for numbers in sorted(permutations(range(2, 2 + max(2, len(names))), len(names)), reverse=True):
        sizes = dict(zip(names, numbers, strict=True))
        point = differences.draw_point(problem.variables, sizes, np.random.default_rng(5), positive=True)
        try:
            if then is None:
                yield point, sizes, differences.first(of, wrt, point, sizes)
            else:
                yield point, sizes, differences.second(of, wrt, then, point, sizes)
        except (Rough, np.linalg.LinAlgError):
            continue
        found += 1
        if found == 2:
            break
    assert found, "no assignment of sizes gives smooth differences"


@ALL
def test_both_layouts_have_the_value_of_differences_and_read_back(row: Row) -> None:
    problem = row.problem()
    found = derive(problem, problem.requests[0])
    numerator, denominator = (result.expr for result in found.results)
    for result in (numerator, denominator):
        assert parse(text(result), scope_of(problem)) == result
    is_hessian = found.request.order == 2 and not found.request.then
    for point, sizes, wanted in judged(problem):
        value = numbers_in(numerator, point, sizes)
        assert differ(value, wanted) < 1e-6, text(numerator)
        assert differ(numbers_in(denominator, point, sizes), value if is_hessian else value.T) < 1e-10


@QUICK
def test_sympy_agrees(row: Row) -> None:
    problem = row.problem()
    assert cross_check(problem, derive(problem, problem.requests[0])).agrees


def test_there_are_a_hundred_cases_and_each_is_another() -> None:
    assert len({(row.variables, row.functions, row.request) for row in ROWS}) == len(ROWS) >= 100
    assert not set(ROWS) & set(EDGES)
