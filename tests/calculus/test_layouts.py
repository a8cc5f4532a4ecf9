"""Derivations in denominator layout: each line about a derivative is the transpose, worked out by NumPy alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from derivgen.calculus import layouts
from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.layouts import in_denominator, is_derivative
from derivgen.calculus.numbers import value
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Derivation, Step
from derivgen.calculus.symmetry import transposed
from derivgen.document.blocks import StepBlock
from derivgen.document.wording.headings import heading, plan
from derivgen.document.wording.notes import remark
from derivgen.document.wording.reasons import why
from derivgen.expr.nodes import Expr, Product, Unresolved
from derivgen.printing.latex import latex
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words
from derivgen.render.rubric import judged
from tests.calculus.judge import problem_of

Question = tuple[str, str, str]

SUM: Question = ("w: vector(n); x: vector(n)", "u = w*x; y = sum(u)", "y wrt w")
NETWORK: Question = (
    "x: vector(d); W: matrix(h, d); V: matrix(k, h); t: vector(k)",
    "z = W @ x; a = tanh(z); r = V @ a - t; L = r.T @ r",
    "L wrt x",
)
QUESTIONS: dict[str, Question] = {
    "sum": SUM,
    "network": NETWORK,
    "matrix": (NETWORK[0], NETWORK[1], "L wrt W"),
    "quadratic": ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x"),
    "map": ("x: vector(n); A: matrix(m, n)", "y = A @ x", "y wrt x"),
    "vec": ("X: matrix(m, n); A: matrix(k, m)", "Y = A @ X", "Y wrt X"),
    "stack": ("x: scalar; y: scalar", "f = x**2*y; g = x + y**3; F = [f, g]", "F wrt x, y"),
    "two paths": ("x: vector(n)", "u = sin(x); v = u*x; y = u + v", "y wrt x"),
    "hessian": ("x: vector(n); A: matrix(m, n); b: vector(m)", "r = A @ x - b; f = r.T @ r", "f wrt x twice"),
    "mixed": ("x: vector(n); X: matrix(n, n)", "h = x.T @ X @ x", "h wrt x, then X"),
    "twice": ("x: vector(n)", "y = x*x", "y wrt x twice"),
    "by a scalar": ("t: scalar; x: vector(n)", "u = t*x; f = u.T @ u", "f wrt t"),
}


def denominator(question: Question, *, detail: str = "standard", layout: str = "denominator") -> Derivation:
    problem = problem_of(*question)
    laid_out = replace(problem, layout=layout, detail=detail)  # type: ignore[arg-type]  # the words come from tables
    return derive(laid_out, laid_out.requests[0])


def lines(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from lines(step.parts)


def sign(expr: Expr) -> str:
    return latex(present(expr, Notation())).replace(r"\,", "").replace(" ", "")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_last_line_in_denominator_layout_is_the_answer(name: str) -> None:
    found = denominator(QUESTIONS[name])
    assert text(found.steps[-1].after) == text(found.result("denominator"))


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in ("hessian", "twice")])
def test_no_line_in_denominator_layout_prints_a_derivative_in_the_other_layout(name: str) -> None:
    found = denominator(QUESTIONS[name])
    assert found.layout == "denominator"
    for step in lines(found.steps):
        assert not isinstance(step.left, Unresolved) or step.left.is_scalar or step.left.denominator


def test_the_chain_rule_in_denominator_layout_reverses_its_factors_and_prints_no_transposed_derivative() -> None:
    # Parr and Howard (2018), sec. 4.5.3, transposed: (dy/dw)^T = (du/dw)^T (dy/du)^T.
    step = next(step for step in denominator(SUM).steps if step.rule == "vector-chain-den")
    first, *_ = step.between
    partial = r"\frac{\partial%s}{\partial%s}"
    u, w = r"\mathbf{u}", r"\mathbf{w}"
    assert sign(step.left) == partial % ("y", w)
    assert sign(first) == partial % (u, w) + partial % ("y", u)
    assert text(step.after) == "diag(x) @ ones(n)"
    assert "that of y last" in words(why(step))


def test_local_jacobians_of_a_network_stand_transposed_from_the_variable_to_the_loss() -> None:
    step = next(step for step in denominator(NETWORK).steps if step.rule == "vector-chain-den")
    assert text(step.after) == "W.T @ diag(1 - a**2) @ V.T @ (2*r)"


def test_gradients_of_functions_are_columns_of_a_jacobian_in_denominator_layout() -> None:
    found = denominator(QUESTIONS["stack"])
    last = found.steps[-1]
    assert text(last.after) == "[[2*x*y, 1], [x**2, 3*y**2]]"
    assert words(heading(last, found)) == "Stack the gradients as columns"
    assert words(plan(found)).endswith("stack the gradients as columns.")
    assert words(why(last)).startswith("Each function has a column")


def test_a_trace_is_read_off_transposed_in_denominator_layout() -> None:
    found = denominator(QUESTIONS["matrix"])
    last = found.steps[-1]
    assert words(why(last)).startswith("The derivative of L is the transpose of the factor in front of dW inside")
    assert found.result("denominator").shape == found.request.wrt[0].shape


SECOND = {
    "by a vector": QUESTIONS["twice"],
    "of a map": ("x: vector(n); A: matrix(m, n)", "y = exp(A @ x)", "y wrt x twice"),
    "by a scalar": ("t: scalar; A: matrix(m, n)", "Y = exp(t*A)", "Y wrt t twice"),
    "mixed": ("x: vector(n); A: matrix(m, n); t: scalar", "y = t**2*A@x", "y wrt x, then t"),
    "by a matrix": ("X: matrix(m, n); a: vector(n)", "y = X @ a * (X @ a)", "y wrt X twice"),
    "components": ("x: vector(2)", "y = [x[1]*x[2], x[1]**2]", "y wrt x twice"),
    "chain": ("x: vector(n); A: matrix(m, n)", "u = A @ x; y = u*u", "y wrt x twice"),
}


@pytest.mark.parametrize("name", SECOND)
def test_the_second_derivative_of_an_array_turns_where_its_first_one_has_been_named(name: str) -> None:
    found = denominator(SECOND[name])
    named = next(k for k, step in enumerate(found.steps) if step.rule == "introduce-intermediate")
    first, second = found.steps[:named], found.steps[named:]
    assert found.layout == "denominator"
    # The second derivative is defined by the first one in numerator layout: up to there nothing turns.
    assert not any(in_denominator(step.left) for step in first)
    assert in_denominator(second[-1].left)
    assert all(in_denominator(step.left) for step in second if is_derivative(step.left) and not step.left.is_scalar)
    assert second[-1].after == found.result("denominator")
    assert second[-1].check.points > 0


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Identification, vector by vector, in numerator layout"),
        ("de", "Ablesen, Vektor nach Vektor, im Zähler-Layout"),
    ],
)
def test_a_page_in_denominator_layout_names_the_layout_of_a_line_that_has_the_other_one(
    tmp_path: Path, language: str, name: str
) -> None:
    path = tmp_path / "page.yaml"
    spec = "variables: {x: vector(n)}\nfunctions: {y: x*x}\nderivatives: [y wrt x twice]\nlayout: denominator\n"
    path.write_text(f"{spec}language: {language}\n", encoding="utf-8")
    document, _ = document_of(worked(path, path, Wishes()), "page", path)
    steps = [block for block in document.blocks if isinstance(block, StepBlock)]
    assert [words(step.name) for step in steps if name in words(step.name)] == [name]
    assert judged(document, DEFAULT, "standard") == ()
    silent = tuple(
        replace(block, name=block.name[:1]) if isinstance(block, StepBlock) else block for block in document.blocks
    )
    broken = judged(replace(document, blocks=silent), DEFAULT, "standard")
    assert any("in another layout than its neighbours" in str(one) for one in broken)


def test_the_remark_of_a_page_in_denominator_layout_speaks_of_the_other_one() -> None:
    assert words(remark(denominator(NETWORK), iter(()))).startswith("Numerator layout multiplies in the opposite order")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_derivative_in_denominator_layout_has_the_transposed_value(name: str) -> None:
    problem = problem_of(*QUESTIONS[name])
    request = problem.requests[0]
    one = Unresolved(request.of, request.wrt)
    turned = replace(one, denominator=True)
    assert turned.shape == one.shape.transposed
    ground = Ground((request.of, *request.wrt), (), tuple(variable.name for variable in request.wrt))
    for point in draw(ground, "transposed"):
        np.testing.assert_array_equal(np.array(value(turned, point, FLOATS)), np.array(value(one, point, FLOATS)).T)


def test_a_turned_line_that_is_wrong_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Factors that keep their order under the transpose: the usual slip.
    def kept_order(expr: Product) -> Expr:
        return Product(tuple(transposed(factor) for factor in expr.factors))

    monkeypatch.setattr(layouts, "reversed_product", kept_order)
    square = ("x: vector(n); A: matrix(n, n); B: matrix(n, n)", "u = A @ x; v = sin(u); y = B @ v", "y wrt x")
    with pytest.raises(WrongStep):
        denominator(square)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "twice"])
def test_detailed_lines_stand_in_both_layouts_where_they_differ(name: str) -> None:
    found = denominator(QUESTIONS[name], detail="detailed", layout="both")
    assert found.layout == "numerator"
    pairs = [(step, step.other) for step in lines(found.steps) if step.other is not None]
    for step, other in pairs:
        assert step.left.shape == other.left.shape.transposed
        assert step.after.shape == other.after.shape.transposed
        assert text(step.after) != text(other.after) or step.between != other.between
    if text(found.result("numerator")) != text(found.result("denominator")):
        assert pairs
        assert text(pairs[-1][1].after) == text(found.result("denominator"))


def test_lines_about_differentials_and_numbers_stand_once() -> None:
    found = denominator(QUESTIONS["quadratic"], detail="detailed", layout="both")
    assert [step.rule for step in lines(found.steps) if step.other is not None] == ["identify-scalar-vector"]


def test_a_diagonal_jacobian_is_the_same_in_both_layouts_and_stands_once() -> None:
    found = denominator(SUM, detail="detailed", layout="both")
    assert all(step.other is None for step in found.steps if step.rule == "elementwise-binary")
