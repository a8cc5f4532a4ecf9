"""A table of answers as students type them: none that is wrong is accepted, none that is right is refused.

The verdicts in `answers.txt` were written by hand. What they say of values and shapes is recomputed here with NumPy and
finite differences, which know nothing of the rules, the points and the decisions of the package.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from derivgen.answers.check import judge
from derivgen.answers.key import Key, key_of
from derivgen.answers.mistakes import SENTENCES
from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr
from derivgen.problem.problem import Problem
from derivgen.syntax.parse import parse
from tests.answers.questions import problem_of
from tests.calculus.judge import Rough, assignments, central, differ, drawn, scope_of, second_central, size_names
from tests.oracle import Array, value

Question = tuple[str, str, str, str, str]
Row = tuple[Question, str, str]

MULTIPLES = {"wrong_sign": -1.0, "missing_factor_2": 0.5, "extra_factor_2": 2.0}
TOLERANCE = 1e-5


def rows() -> list[Row]:
    found: list[Row] = []
    question: Question | None = None
    for line in Path(__file__).with_name("answers.txt").read_text("utf-8").splitlines():
        if line.startswith("? "):
            parts = [part.strip() for part in line[2:].split(" | ")]
            question = (parts[0], parts[1], parts[2], parts[3].removesuffix(" |"), parts[4] if len(parts) > 4 else "")
        elif not line.startswith("#") and question is not None:
            verdict, _, answer = line.partition(" | ")
            found.append((question, verdict, answer))
    return found


ROWS = rows()
every_answer = pytest.mark.parametrize(
    ("question", "verdict", "answer"), ROWS, ids=[f"{verdict}: {answer}" for _, verdict, answer in ROWS]
)


@cache
def problem(question: Question) -> Problem:
    return problem_of(*question[:3], question[4])


@cache
def key(question: Question) -> Key:
    asked = problem(question)
    return key_of(asked, derive(asked, asked.requests[0]))


@cache
def derivatives(question: Question) -> tuple[tuple[dict[str, Array], dict[str, int], Array], ...]:
    """Points of two assignments of sizes, and the derivative there in the layout that is asked for."""
    asked = problem(question)
    request = asked.requests[0]
    found = []
    for sizes in assignments(size_names(asked)):
        kept = 0
        for seed in range(80):
            point = dict(drawn(asked.variables, sizes, np.random.default_rng(seed), positive=seed % 2 == 0))
            if question[4] == "sum(t) = 1":
                point["t"] = abs(point["t"]) / abs(point["t"]).sum()
            for name, variable in asked.variables.items():
                if variable.symmetric:
                    point[name] = (point[name] + np.swapaxes(point[name], 0, 1)) / 2
            try:
                if request.order == 2:
                    there = second_central(request.of, request.wrt, request.wrt, point, sizes)
                else:
                    there = central(request.of, request.wrt, point, sizes)
            except Rough:
                continue
            if np.isfinite(there).all() and kept < 3:
                found.append((point, sizes, there.T if question[3] == "denominator" else there))
                kept += 1
    assert len(found) == 6
    return tuple(found)


def read(question: Question, answer: str) -> Expr | None:
    """The answer as it is parsed; nothing else of the package is used to judge it."""
    try:
        return parse(answer, scope_of(problem(question)))
    except DerivgenError:
        return None


def agrees(expr: Expr, question: Question, *, factor: float = 1, turned: bool = False) -> bool:
    """Whether the answer is a multiple of the derivative at every point."""
    with np.errstate(all="ignore"):
        return all(
            differ(value(expr, point, sizes), factor * (right.T if turned else right)) < TOLERANCE
            for point, sizes, right in derivatives(question)
        )


@every_answer
def test_the_table_is_right_by_numpy(question: Question, verdict: str, answer: str) -> None:
    expr = read(question, answer)
    if expr is None:
        assert verdict in ("unparsable", "wrong", "missing_transpose")
        return
    if verdict == "unparsable":
        return
    assert agrees(expr, question) == (verdict == "correct")
    if verdict == "other_layout":
        assert agrees(expr, question, turned=True)
    if verdict in MULTIPLES:
        factor = MULTIPLES[verdict]
        assert agrees(expr, question, factor=factor) or agrees(expr, question, factor=factor, turned=True)
    if verdict == "wrong":
        assert not agrees(expr, question, turned=True)


@every_answer
def test_an_answer_gets_the_verdict_that_it_deserves(question: Question, verdict: str, answer: str) -> None:
    judged = judge(key(question), answer, question[3])  # type: ignore[arg-type]  # a layout
    assert (judged.mistake or judged.verdict) == verdict
    assert judged.message.isprintable()


def test_the_table_covers_every_mistake_and_is_large() -> None:
    on_pages = {"both_variables_at_once", "dropped_path", "exponent_kept", "reversed_trace", "constant_kept"}
    # The last of these needs vectors of one size: see mistakes.txt.
    assert set(SENTENCES) - on_pages - {"inner_for_outer"} <= {verdict for _, verdict, _ in ROWS}
    assert len(ROWS) >= 450
