"""The method of indices: its lines are those of a lecturer, its answers those of finite differences.

Worked by hand: Petersen and Pedersen, The Matrix Cookbook (2012), sections 2.4 and 2.5; Magnus and Neudecker
(2019), ch. 9, for a vector by a matrix.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from derivgen.calculus.checks import Checker
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.derive import derive
from derivgen.calculus.indices import by_indices
from derivgen.calculus.points import Ground
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.records import Step
from derivgen.errors import DerivgenError, NoRule
from derivgen.expr.nodes import Component, Expr, Reference, Unresolved, Variable
from derivgen.expr.walk import count, free_indices, inlined
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.numpy import source
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.text import text
from derivgen.printing.typst import typst
from derivgen.problem.problem import Problem, Request
from derivgen.syntax.parse import Scope, parse
from tests import oracle
from tests.calculus import courses
from tests.calculus.judge import (
    Rough,
    assignments,
    central,
    differ,
    drawn,
    numbers_in,
    problem_of,
    scope_of,
    size_names,
)
from tests.oracle import Array
from tests.strategies import VARIABLES, expressions

pytestmark = pytest.mark.slow


def steps_of(problem: Problem, request: Request) -> tuple[Step, ...]:
    """The steps by indices, also for a matrix as the variable."""
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    ground = Ground((request.of, *request.wrt), conditions, tuple(v.name for v in request.wrt))
    names = (*problem.variables, *problem.functions, *size_names(problem))
    recorder = Recorder(Checker.drawn(ground, seed=text(request.of)), names=names)
    by_indices(request.of, request.wrt, recorder, shown=Unresolved(request.of, request.wrt))
    return tuple(recorder.steps)


def solved(variables: str, functions: str, asked: str) -> tuple[Problem, Request, tuple[Step, ...]]:
    problem = problem_of(variables, functions, asked)
    request = problem.requests[0]
    return problem, request, steps_of(problem, request)


def lines(steps: tuple[Step, ...]) -> list[str]:
    return [f"{step.rule}: {text(step.left)} = {text(step.after)}" for step in steps]


# The lines of a lecturer


def test_quadratic_form_is_derived_as_on_the_board() -> None:
    _, _, steps = solved("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    assert lines(steps) == [
        "index-form: f = sum(i, n, sum(j, n, x[i]*A[i, j]*x[j]))",
        "derivative-inside-sum: derivative(f, x[k]) = sum(i, n, sum(j, n, derivative(x[i]*A[i, j]*x[j], x[k])))",
        "product: derivative(f, x[k]) = sum(i, n, sum(j, n, eye(n)[i, k]*A[i, j]*x[j] + x[i]*A[i, j]*eye(n)[j, k]))",
        "delta-in-sum: derivative(f, x[k]) = sum(j, n, A[k, j]*x[j]) + sum(i, n, x[i]*A[i, k])",
        "entry-of-array: derivative(f, x[k]) = (A @ x + A.T @ x)[k]",
        "gradient: derivative(f, x) = x.T @ (A + A.T)",
    ]


def test_weighted_sum_keeps_one_index() -> None:
    _, _, steps = solved("w: vector(n); x: vector(n)", "y = sum(w*x)", "y wrt w")
    assert lines(steps) == [
        "index-form: y = sum(i, n, w[i]*x[i])",
        "derivative-inside-sum: derivative(y, w[k]) = sum(i, n, eye(n)[i, k]*x[i])",
        "delta-in-sum: derivative(y, w[k]) = x[k]",
        "gradient: derivative(y, w) = x.T",
    ]


def test_trace_of_a_product_reads_the_sum_as_an_entry_of_the_turned_product() -> None:
    _, _, steps = solved("X: matrix(p, q); A: matrix(k, p); B: matrix(q, k)", "f = tr(A @ X @ B)", "f wrt X")
    assert lines(steps)[2:] == [
        "delta-in-sum: derivative(f, X[l, r]) = sum(i, k, A[i, l]*B[r, i])",
        "entry-of-array: derivative(f, X[l, r]) = (B @ A)[r, l]",
        "gradient: derivative(f, X) = B @ A",
    ]


def test_first_weights_of_a_network_see_the_error_signal_times_the_input() -> None:
    _, _, steps = solved(
        "x: vector(d); W1: matrix(h, d); b1: vector(h); W2: matrix(k, h); b2: vector(k); t: vector(k)",
        "z1 = W1 @ x + b1; a1 = max(0, z1); z2 = W2 @ a1 + b2; L = norm(z2 - t)**2/2", "L wrt W1",
    )  # fmt: skip
    assert text(steps[-1].after) == "x @ (W2.T @ (z2 - t) * step(z1)).T"
    assert text(steps[-3].after) == "step(z1[l])*x[r]*sum(i, k, (z2[i] - t[i])*W2[i, l])"
    assert 3 <= len(steps) <= 9
    conditions = [f"{text(c.left)} {c.relation}" for step in steps for c in step.conditions]
    assert conditions == ["z1 !="]


def test_linear_map_has_its_matrix_as_jacobian() -> None:
    _, _, steps = solved("A: matrix(m, n); x: vector(n)", "y = A @ x", "y wrt x")
    assert lines(steps)[-2:] == [
        "delta-in-sum: derivative(y[i], x[k]) = A[i, k]",
        "jacobian: derivative(y, x) = A",
    ]


@pytest.mark.parametrize("function", ["tr", "sum", "mean", "det"])
def test_of_a_scalar_nothing_is_summed_but_the_scalar_itself(function: str) -> None:
    _, _, steps = solved("x: vector(n); m: scalar", f"r = x - m*ones(n); f = {function}(r.T @ r)", "f wrt m")
    assert lines(steps)[0] == "index-form: f = sum(i, n, r[i]*r[i])"
    assert text(steps[-1].after) == "-2*sum(r)"


# Against finite differences


V = (
    "x: vector(n); y: vector(n); a: vector(m); t: scalar; A: matrix(n, n); B: matrix(m, n); "
    "X: matrix(m, n); S: matrix(n, n)"
)
BODIES = {
    "x": (
        "norm(B @ x - a)**2", "norm(x)", "(y.T @ x)/norm(x)", "(x.T @ A @ x)/(x.T @ x)",
        "logsumexp(A @ x) - y.T @ x", "softmax(x)", "softmax(A @ x)*y", "sin(x)*y + x/y", "x*(x.T @ x)",
        "sum(x**3) + mean(exp(x))", "log(sum(exp(x)))", "norm1(A @ x)", "x.T @ diag(x) @ A @ x",
        "A @ diag(x) @ A @ y", "x.T", "where(x > 0, x**2, y)", "max(x, y)", "prod(x)", "dot(x, A @ x)",
        "(x.T @ y)*(x.T @ A @ x)", "x[1]*x[2]*y", "exp(x)/sum(exp(x))", "2*x + ones(n)*t", "inv(A) @ x", "2**x*x", "y",
    ),
    "t": (
        "t*x", "A*t + t**2*(A @ A)",
    ),
    "X": (
        "a.T @ X @ y", "exp(a.T @ X @ y)", "norm(X)**2", "tr(X @ X.T)", "sum(log(X**2)*B)",
        "norm(X @ y - a)**2", "a.T @ (B*X) @ y", "y.T @ X.T @ X @ x", "norm(X)", "sum(X/B)", "a.T @ sin(X @ y)",
        "norm1(X)", "tr(X.T @ B @ A)", "mean(X)", "tr(X @ A @ X.T)", "X @ y", "sigmoid(X @ y)", "(X*B) @ y",
        "X.T @ a", "a*(X @ y)", "softmax(X @ y)", "(X*sin(B)) @ y + B @ (X.T @ a)", "X @ X.T @ a",
    ),
    "S": (
        "tr(A @ inv(S))", "y.T @ inv(S) @ x", "det(S)", "logdet(S.T @ S)", "tr(S)", "tr(S @ S)",
        "tr(S @ A @ S @ A)", "x.T @ S @ y + y.T @ S @ S @ x", "tr(matpow(S, 3))", "diag(S)", "inv(S) @ y",
        "y.T @ S",
    ),
}  # fmt: skip
CASES = [pytest.param(body, wrt, id=f"{body} by {wrt}") for wrt, bodies in BODIES.items() for body in bodies]


def at_points(problem: Problem, of: Expr, wrt: Variable) -> list[tuple[oracle.Point, dict[str, int], Array]]:
    """A point for each of two assignments of sizes, with the derivative in numerator layout."""
    found = []
    for small in assignments(size_names(problem)):
        # A third component must exist.
        sizes = {name: number + (name == "n") for name, number in small.items()}
        for seed in range(8):
            point = drawn(problem.variables, sizes, np.random.default_rng(seed), positive=seed % 2 == 1)
            if "S" in point:
                point = {**point, "S": point["S"] + 2 * np.eye(len(point["S"]))}
            try:
                wanted = central(of, (wrt,), point, sizes)
            except Rough:
                continue
            found.append((point, sizes, wanted))
            break
    return found


@pytest.mark.parametrize(("body", "wrt"), CASES)
def test_answer_is_that_of_finite_differences(body: str, wrt: str) -> None:
    problem, request, steps = solved(V, f"f = {body}", f"f wrt {wrt}")
    places = at_points(problem, request.of, request.wrt[0])
    assert len(places) == 2
    for point, sizes, wanted in places:
        assert differ(numbers_in(steps[-1].after, point, sizes), wanted) < 1e-5, text(steps[-1].after)


@pytest.mark.parametrize(("body", "wrt"), CASES)
def test_every_line_reads_back_and_is_written_by_every_printer(body: str, wrt: str) -> None:
    problem, _, steps = solved(V, f"f = {body}", f"f wrt {wrt}")
    known = scope_of(problem)
    scope = Scope(known.names, known.sizes, differentials=True)
    for step in steps:
        for form in (step.left, *step.between, step.after):
            assert parse(text(form), scope) == form, text(form)
            box = present(form)
            assert all((latex(box), typst(box), mathml(box, display=True), speech(box)))


@pytest.mark.parametrize(("body", "wrt"), CASES)
def test_every_line_has_the_value_of_the_line_before(body: str, wrt: str) -> None:
    """By NumPy, for every number that a letter may be; open derivatives have no value there."""
    problem, _, steps = solved(V, f"f = {body}", f"f wrt {wrt}")
    sizes = assignments(size_names(problem))[0]
    point = drawn(problem.variables, sizes, np.random.default_rng(3), positive=True)
    known: dict[Expr, Array] = {}
    for step in steps[:-1]:
        for form in (step.left, *step.between, step.after):
            try:
                value = over_letters(form, step.left, point, sizes)
            except ValueError:  # a derivative that is still to be worked out
                continue
            wanted = known.setdefault(step.left, value)
            assert np.allclose(value, wanted, rtol=1e-9, atol=1e-9), text(form)


def over_letters(form: Expr, left: Expr, point: oracle.Point, sizes: dict[str, int]) -> Array:
    """The values for every combination of numbers for the free letters of the line."""
    letters = free_indices(left)
    values = []
    for numbers in np.ndindex(*(index.size.at(sizes) for index in letters)):
        place = {index.name: np.array([[float(k + 1)]]) for index, k in zip(letters, numbers, strict=True)}
        with np.errstate(all="ignore"):
            values.append(oracle.value(form, {**point, **place}, sizes).item())
    return np.array(values)


# Random functions


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_products_and_sums_have_the_derivative_of_finite_differences(data: st.DataObject) -> None:
    wrt = data.draw(st.sampled_from([VARIABLES["x"], VARIABLES["A"], VARIABLES["B"]]))
    shape = data.draw(st.sampled_from([courses.SHAPES[0], VARIABLES["x"].shape]))
    body = inlined(data.draw(expressions(shape, 3, tame=True)))
    assume(count(body) <= 25)
    function = Reference("f", body)
    request = Request("f", function, (wrt,))
    problem = Problem(dict(VARIABLES), {"f": function}, (request,))
    try:
        steps = steps_of(problem, request)
    except (NoRule, DerivgenError) as missing:
        event(type(missing).__name__)
        return
    for point, sizes, wanted in at_points(problem, function, wrt):
        assert differ(numbers_in(steps[-1].after, point, sizes), wanted) < 1e-4, text(body)


# What it does not do


@pytest.mark.parametrize(
    ("body", "wrt", "what"),
    [
        ("outer(x, x)", "x", "a matrix by an array"),
        ("x.T @ H @ y", "H", "symmetric"),
        ("vec(X).T @ vec(B)", "X", "vec"),
        ("sum(kron(A, X))", "X", "kron"),
        ("[x[1], x[2]**2]", "x", "a stack"),
    ],
)
def test_what_it_does_not_know_it_says(body: str, wrt: str, what: str) -> None:
    with pytest.raises(NoRule, match=what):
        solved(f"{V}; H: symmetric(n)", f"f = {body}", f"f wrt {wrt}")


def test_lines_of_too_many_sums_are_refused_and_cost_the_page_nothing() -> None:
    """Each letter multiplies the terms of a check: eight of them took seconds, and the whole page with them."""
    problem = problem_of(
        "X: matrix(m, n); M: matrix(m, m); N: matrix(m, m)",
        "f = tr(inv(X.T @ M @ X) @ X.T @ N @ X)",
        "f wrt X",
        methods=("differentials", "indices"),
    )
    found = derive(problem, problem.requests[0])
    assert found.method == "differentials"
    assert [method for method, _ in found.lacking] == ["indices"]


def test_no_letter_is_the_name_of_anything_on_the_page() -> None:
    _, _, steps = solved("i: vector(k); j: vector(k); h: scalar; l: matrix(k, k)", "f = h*(i.T @ l @ j)", "f wrt i")
    used = {index.name for step in steps for index in free_indices(step.left)}
    assert used
    assert not used & {"i", "j", "h", "l", "k", "f"}
    assert text(steps[0].after).startswith("h*sum(s, k, sum(u, k, ")


def test_alone_and_beside_differentials_it_ends_in_the_same_line() -> None:
    alone = problem_of("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", methods=("indices",))
    both = problem_of(
        "x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", methods=("differentials", "indices")
    )
    first, second = derive(alone, alone.requests[0]), derive(both, both.requests[0])
    assert first.method == "indices"
    assert [method for method, _ in second.others] == ["indices"]
    assert text(first.steps[-1].after) == text(second.steps[-1].after) == text(second.others[0][1][-1].after)


def test_hessian_by_indices_is_that_of_finite_differences() -> None:
    problem = problem_of(
        "x: vector(n); A: matrix(m, n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x twice", methods=("indices",)
    )
    found = derive(problem, problem.requests[0])
    assert text(found.result("numerator")) == "2*A.T @ A"


def test_a_line_in_index_notation_has_no_numpy_source() -> None:
    with pytest.raises(TypeError, match="index notation"):
        source(parse("sum(i, n, x[i])", Scope({"x": VARIABLES["x"]}, frozenset({"n"}), differentials=True)))


def test_letters_stand_for_entries_only_in_the_lines_of_a_derivation() -> None:
    scope = Scope({"x": Variable("x", VARIABLES["x"].shape)}, frozenset({"n"}))
    with pytest.raises(DerivgenError, match="not a whole number"):
        parse("x[i]", scope)
    with pytest.raises(DerivgenError, match="sum takes 1 argument"):
        parse("sum(i, n, x[i])", scope)
    inside = Scope(scope.names, scope.sizes, differentials=True)
    assert isinstance(parse("x[i]", inside), Component)
    with pytest.raises(DerivgenError, match="adds up scalars"):
        parse("sum(i, n, x)", inside)
    with pytest.raises(DerivgenError, match="counts to 3"):
        parse("sum(i, 3, x[i])", inside)
