"""The chain rule over declared functions: answers, rules, paths, and what it refuses.

Expected answers are those of Parr and Howard, The Matrix Calculus You Need For Deep Learning (2018), sec. 4.4 to 6,
and of Bishop (2006), sec. 4.3 and 5.3; every one is compared with central differences of NumPy too.
"""

from __future__ import annotations

import random

import numpy as np
import pytest

from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.derive import derive
from derivgen.calculus.paths import leads_through, stations
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Unresolved
from derivgen.printing.text import text
from tests import oracle
from tests.calculus.judge import Rough, assignments, central, derived, differ, drawn, problem_of, size_names

NEURON = "w: vector(n); x: vector(n); b: scalar"
LOSS = "X: matrix(N, d); w: vector(d); b: scalar; y: vector(N)"
LOSSES = "z = X @ w + b; u = max(0, z); v = y - u; C = mean(v**2)"
NET = "W1: matrix(h, d); b1: vector(h); W2: matrix(k, h); b2: vector(k); x: vector(d); t: vector(k)"
NETS = "z1 = W1 @ x + b1; a1 = max(0, z1); z2 = W2 @ a1 + b2; L = norm(z2 - t)**2/2"
BATCH = "linear-map elementwise-unary difference mean vector-chain diag-vector"

# Variables, functions, request, answer in numerator layout, the rules of the steps in order, assumptions.
ROWS = {
    "sum of squares": ("x: vector(n)", "u = x**2; y = sum(u)", "y wrt x", "2*x.T",
                       "elementwise-unary sum-reduction vector-chain diag-vector", ()),
    "sum of a sum": ("w: vector(n); x: vector(n)", "u = w + x; y = sum(u)", "y wrt x", "ones(n).T",
                     "elementwise-binary sum-reduction vector-chain", ()),
    "sin of a square": ("x: scalar", "u = x**2; y = sin(u)", "y wrt x", "2*x*cos(x**2)",
                        "power elementary-trig chain substitute-back", ()),
    "four intermediates": ("x: scalar", "u1 = x**3; u2 = sin(u1); u3 = u2**2; y = log(u3)", "y wrt x",
                           "6*x**2*cos(x**3)/sin(x**3)",
                           "power elementary-trig power elementary-exp-log chain substitute-back", ()),
    "two paths": ("x: scalar", "u1 = x**2; y = x + u1", "y wrt x", "1 + 2*x", "power sum sum total-derivative", ()),
    "two paths within": ("x: scalar", "u1 = x**2; u2 = x + u1; y = sin(u2)", "y wrt x", "cos(x + x**2)*(1 + 2*x)",
                         "power sum sum elementary-trig total-derivative chain substitute-back", ()),
    "a product is a sum over paths": ("x: scalar", "u1 = x**2; y = x*u1", "y wrt x", "3*x**2",
                                      "power constant-multiple constant-multiple total-derivative substitute-back", ()),
    "two Jacobians": ("x: scalar", "g = [x**2, 3*x]; y = [log(g[1]), sin(g[2])]", "y wrt x", "[2/x, 3*cos(3*x)]",
                      "jacobian jacobian vector-chain substitute-back", ()),
    "diagonal chain": ("x: vector(n)", "g = x**2; y = sin(g)", "y wrt x", "2*diag(x*cos(x**2))",
                       "elementwise-unary elementwise-unary vector-chain diag-product substitute-back", ()),
    "dot product": ("w: vector(n); x: vector(n)", "u = w*x; y = sum(u)", "y wrt w", "x.T",
                    "elementwise-binary sum-reduction vector-chain diag-vector", ()),
    "neuron by weights": (NEURON, "z = dot(w, x) + b; a = max(0, z)", "a wrt w", "step(z)*x.T",
                          "inner-product relu vector-chain", ()),
    "neuron by bias": (NEURON, "z = dot(w, x) + b; a = max(0, z)", "a wrt b", "step(z)", "sum relu chain", ()),
    "neuron by input": (NEURON, "z = dot(w, x) + b; a = max(0, z)", "a wrt x", "step(z)*w.T",
                        "inner-product relu vector-chain", ()),
    "one sample": (NEURON + "; t: scalar", "u = max(0, dot(w, x) + b); v = t - u; C = v**2", "C wrt w",
                   "-2*v*step(dot(w, x) + b)*x.T", "chain difference power vector-chain", ()),
    "batch by weights": (LOSS, LOSSES, "C wrt w", "-2/N*(v*step(z)).T @ X", BATCH, ()),
    "batch by bias": (LOSS, LOSSES, "C wrt b", "-2*sum(v*step(z))/N",
                      BATCH.replace("linear-map", "scalar-expansion") + " inner-sum", ()),
    "error term": (LOSS, "e = X @ w + b - y; C = mean(e**2)", "C wrt w", "2/N*e.T @ X",
                   "linear-map mean vector-chain", ()),
    "least squares": ("A: matrix(m, n); x: vector(n); b: vector(m)", "r = A @ x - b; f = norm(r)**2", "f wrt x",
                      "2*(A @ x - b).T @ A", "linear-map norm-squared vector-chain substitute-back", ()),
    "cross-entropy": ("z: vector(n); t: vector(n)", "p = softmax(z); L = -dot(t, log(p))", "L wrt z", "(p - t).T",
                      "softmax inner-product vector-chain distribute diag-vector inner-sum collect assumption",
                      ("sum(t) = 1",)),
    "logistic loss": ("X: matrix(N, d); w: vector(d); y: vector(N)", "q = y*(X @ w); L = sum(softplus(-q))", "L wrt w",
                      "-(y*sigmoid(-q)).T @ X", "elementwise-binary sum-reduction vector-chain diag-vector", ()),
    "network by bias": (NET, NETS, "L wrt b1", "(W2.T @ (z2 - t) * step(z1)).T",
                        "elementwise-binary elementwise-unary linear-map norm-squared vector-chain diag-vector", ()),
    "by its own name": ("x: vector(n); A: matrix(m, n)", "s = sigmoid(A @ x); f = sum(s)", "f wrt x",
                        "(s*(1 - s)).T @ A", "elementwise-unary sum-reduction vector-chain diag-vector", ()),
}  # fmt: skip


def found(name: str) -> Derivation:
    variables, functions, request, _, _, assume = ROWS[name]
    return derived(variables, functions, request, assume=assume)


@pytest.mark.parametrize("name", ROWS)
def test_the_answer_is_the_one_of_the_book(name: str) -> None:
    assert text(found(name).result("numerator")) == ROWS[name][3]


@pytest.mark.parametrize("name", ROWS)
def test_the_chain_rule_is_the_default_and_takes_the_steps_of_a_lecturer(name: str) -> None:
    derivation = found(name)
    assert derivation.method == "chain"
    assert [step.rule for step in derivation.steps] == ROWS[name][4].split()


@pytest.mark.parametrize("name", ROWS)
def test_the_last_line_is_the_answer(name: str) -> None:
    derivation = found(name)
    assert derivation.steps[-1].after == derivation.result("numerator")


@pytest.mark.parametrize("name", ROWS)
def test_the_answer_agrees_with_finite_differences(name: str) -> None:
    derivation = found(name)
    variables, functions, request, _, _, assume = ROWS[name]
    if assume:
        pytest.skip("the oracle draws no constrained points; SymPy checks these")
    problem = problem_of(variables, functions, request)
    for k, sizes in enumerate(assignments(size_names(problem))):
        point = drawn(problem.variables, sizes, np.random.default_rng(k), positive=True)
        wanted = central(derivation.request.of, derivation.request.wrt, point, sizes)
        for layout, expected in (("numerator", wanted), ("denominator", wanted.T)):
            got = oracle.value(derivation.result(layout), point, sizes)  # type: ignore[arg-type]  # one of two names
            assert differ(got, expected) < 1e-5


@pytest.mark.parametrize("name", ["four intermediates", "batch by weights", "least squares", "two paths within"])
def test_the_method_of_differentials_ends_in_the_same_line(name: str) -> None:
    variables, functions, request, *_ = ROWS[name]
    problem = problem_of(variables, functions, request, methods=("chain", "differentials"))
    derivation = derive(problem, problem.requests[0])
    (other,) = derivation.others
    assert other[0] == "differentials"
    assert other[1][-1].after == derivation.steps[-1].after


# ---- paths --------------------------------------------------------------------------------------


def test_a_diamond_adds_its_paths_and_shows_the_shared_part_once() -> None:
    derivation = derived("x: vector(n); A: matrix(n, n)", "u = A @ x; a = sin(u); b = exp(u); f = a.T @ b", "f wrt x")
    lefts = [step.left for step in derivation.steps if isinstance(step.left, Unresolved)]
    assert len({left for left in lefts if left.of.name == "u"}) == 1  # type: ignore[union-attr]  # only functions here
    assert "total-vector-chain" in [step.rule for step in derivation.steps]


def test_a_total_that_two_paths_share_is_worked_out_once() -> None:
    derivation = derived("x: scalar", "u = x**2; v = sin(u); a = v**2; b = exp(v); f = a*b", "f wrt x")
    totals = [text(step.left) for step in derivation.steps if step.subgoal == "combine"]
    assert totals == ["derivative(v, x)", "derivative(f, x)"]


def test_a_direct_path_is_marked_as_the_partial_derivative_that_it_is() -> None:
    derivation = derived("x: scalar", "u = x**2; y = x*u", "y wrt x")
    assert text(derivation.steps[1].left) == "derivative(y, x with u held fixed)"


def test_a_constant_function_is_no_station_on_the_way() -> None:
    problem = problem_of("x: vector(n); c: scalar", "k = c**2; f = k*sum(x)", "f wrt x")
    request = problem.requests[0]
    assert [one.function.name for one in stations(request.of, request.wrt)] == ["f"]
    assert not leads_through(request.of, request.wrt)


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "method"),
    [
        ("x: scalar; y: scalar", "f = x*y; g = x + y; F = [f, g]", "F wrt x, y", "components"),
        ("X: matrix(m, n); y: vector(n)", "Y = 2*X; z = Y @ y; f = sum(z)", "f wrt y", "chain"),
        ("x: vector(n); A: matrix(n, n)", "D = diag(x); y = D @ A @ x", "y wrt x", "differentials"),
        ("x: scalar; y: scalar", "u = x*y; f = sin(u)", "f wrt x, y", "chain"),
    ],
)
def test_the_default_method_is_the_one_of_a_lecturer(
    variables: str, functions: str, request_: str, method: str
) -> None:
    assert derived(variables, functions, request_).method == method


@pytest.mark.parametrize(
    ("variables", "functions", "request_"),
    [
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x"),
        ("x: vector(n)", "D = diag(x); f = sum(D @ x)", "f wrt x"),
    ],
)
def test_where_there_is_no_chain_or_a_matrix_in_it_the_method_says_so(
    variables: str, functions: str, request_: str
) -> None:
    problem = problem_of(variables, functions, request_, methods=("chain",))
    with pytest.raises(DerivgenError, match="chain rule"):
        derive(problem, problem.requests[0])


def test_the_hessian_starts_from_the_gradient_by_the_chain_rule() -> None:
    derivation = derived(
        "A: matrix(m, n); x: vector(n); b: vector(m)", "r = A @ x - b; f = norm(r)**2", "f wrt x twice"
    )
    assert text(derivation.result("numerator")) == "2*A.T @ A"
    assert "vector-chain" in [step.rule for step in derivation.steps]


# ---- functions of which nothing is known ---------------------------------------------------------

UNKNOWN = (
    ("x: vector(n)", "g = vector(k) of x; y = vector(m) of g", "y wrt x", "derivative(y, g) @ derivative(g, x)"),
    ("x: vector(n); A: matrix(k, n)", "g = A @ x; y = vector(m) of g; f = sum(y)", "f wrt x",
     "ones(m).T @ derivative(y, g) @ A"),
    ("x: scalar", "u = scalar of x; v = scalar of x; f = scalar of u, v", "f wrt x",
     "derivative(f, u)*derivative(u, x) + derivative(f, v)*derivative(v, x)"),
    ("x: vector(n)", "g = vector(k) of x; y = vector(m) of g", "y wrt g", "derivative(y, g)"),
)  # fmt: skip


@pytest.mark.parametrize("row", UNKNOWN, ids=[f"{row[1]} by {row[2]}" for row in UNKNOWN])
def test_the_chain_rule_of_unspecified_functions_is_the_theorem(row: tuple[str, str, str, str]) -> None:
    derivation = derived(*row[:3])
    assert text(derivation.result("numerator")) == row[3]
    assert cross_check(problem_of(*row[:3]), derivation).agrees


def test_an_unspecified_function_of_a_variable_and_of_a_function_of_it_is_refused() -> None:
    problem = problem_of("x: scalar", "u = scalar of x; f = scalar of x, u", "f wrt x")
    with pytest.raises(DerivgenError, match="no rule"):
        derive(problem, problem.requests[0])


# ---- readings -----------------------------------------------------------------------------------


def test_an_answer_with_one_indicator_is_read_as_two_cases() -> None:
    (reading,) = found("neuron by weights").readings
    assert (reading.rule, text(reading.after)) == ("cases", "where(dot(w, x) + b > 0, x.T, zeros(1, n))")


def test_an_answer_without_an_indicator_of_a_number_has_no_reading() -> None:
    assert found("batch by weights").readings == ()


# ---- random layered networks ----------------------------------------------------------------------


def network(seed: int) -> tuple[str, str]:
    """Layers of random kinds, each of one or two earlier ones, with a scalar at the end."""
    rng = random.Random(seed)  # noqa: S311  # the same networks in every run
    names, lines = ["x"], []
    for k in range(rng.randint(2, 5)):
        a, b = rng.choice(names), rng.choice(names)
        kind = rng.choice(["A @ {a}", "{a} + {b}", "{a}*{b}", "sin({a})", "sigmoid({a})", "{a} - c", "exp({a}/4)",
                           "s*{a} + A.T @ {b}", "tanh(A @ {a} + c)", "softmax({a})"])  # fmt: skip
        lines.append(f"u{k} = {kind.format(a=a, b=b)}")
        names.append(f"u{k}")
    last = names[-1]
    end = rng.choice(["sum({u})", "norm({u})**2", "{u}.T @ A @ {v}", "mean({u}**2) + dot({u}, c)", "logsumexp({u})"])
    lines.append("f = " + end.format(u=last, v=rng.choice(names)))
    return "x: vector(n); A: matrix(n, n); c: vector(n); s: scalar", "; ".join(lines)


@pytest.mark.parametrize("seed", range(40))
def test_a_random_network_agrees_with_finite_differences(seed: int) -> None:
    variables, functions = network(seed)
    problem = problem_of(variables, functions, "f wrt x")
    derivation = derive(problem, problem.requests[0])
    sizes = {"n": 3}
    point = drawn(problem.variables, sizes, np.random.default_rng(seed), positive=True)
    try:
        wanted = central(derivation.request.of, derivation.request.wrt, point, sizes)
    except Rough:
        pytest.skip("too steep for finite differences")
    assert differ(oracle.value(derivation.result("numerator"), point, sizes), wanted) < 1e-5


def test_most_random_networks_go_by_the_chain_rule() -> None:
    methods = []
    for seed in range(40):
        problem = problem_of(*network(seed), "f wrt x")
        methods.append(derive(problem, problem.requests[0]).method)
    assert methods.count("chain") >= 36
