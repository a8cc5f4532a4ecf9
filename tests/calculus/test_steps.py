"""The rules that a lecturer would name, in the order in which she would use them."""

from __future__ import annotations

import pytest

from derivgen.calculus.records import Step
from derivgen.printing.text import text
from tests.calculus.judge import derived

NETWORK = "x: vector(d); W_1: matrix(h, d); b_1: vector(h); W_2: matrix(k, h); b_2: vector(k); t: vector(k)"
LAYERS = "z_1 = W_1 @ x + b_1; a_1 = max(0, z_1); z_2 = W_2 @ a_1 + b_2; L = norm(z_2 - t)**2/2"


def steps_of(variables: str, functions: str, request: str, *, assume: tuple[str, ...] = ()) -> tuple[Step, ...]:
    return derived(variables, functions, request, assume=assume).steps


# Magnus and Neudecker, Matrix Differential Calculus, 3rd ed. (2019), ch. 9, gives the derivations of the first four.
@pytest.mark.parametrize(
    ("variables", "functions", "request_", "rules"),
    [
        ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x",
         ["d-product", "scalar-transpose", "collect", "identify-scalar-vector"]),
        ("X: matrix(p, q); A: matrix(k, p); B: matrix(q, k)", "f = tr(A @ X @ B)", "f wrt X",
         ["d-trace", "trace-cyclic", "identify-scalar-matrix"]),
        ("X: matrix(n, n)", "f = log(det(X))", "f wrt X", ["chain", "d-det", "identify-scalar-matrix"]),
        ("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x",
         ["norm-squared", "linear-map", "identify-scalar-vector"]),
        (NETWORK, LAYERS, "L wrt W_1",
         ["norm-squared", "linear-map", "d-elementwise", "d-linear", "transpose-product", "hadamard-move",
          "trace-scalar", "trace-cyclic", "identify-scalar-matrix"]),
    ],
    ids=["quadratic form", "trace", "log-determinant", "least squares", "two-layer network"],
)  # fmt: skip
def test_the_rules_are_those_of_a_lecture(variables: str, functions: str, request_: str, rules: list[str]) -> None:
    assume = ("det(X) > 0",) if "det" in functions else ()
    assert [step.rule for step in steps_of(variables, functions, request_, assume=assume)] == rules


def test_a_linear_map_with_a_constant_is_one_step_that_names_what_drops_out() -> None:
    step = steps_of("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x")[1]
    assert step.rule == "linear-map"
    assert {"d-linear", "d-constant"} <= set(step.also)


def test_a_sum_of_two_linear_terms_stays_a_step_of_its_own() -> None:
    found = steps_of("A: matrix(n, n); x: vector(n)", "y = A @ x + x", "y wrt x")
    assert [step.rule for step in found[:2]] == ["d-linear", "linear-map"]


HEAD = "q: vector(k); K: matrix(n, k); V: matrix(n, p)"


# Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.106: dp_k/dz_j = p_k (I_kj - p_j).
@pytest.mark.parametrize(
    ("variables", "functions", "request_", "rules"),
    [
        ("z: vector(n)", "p = softmax(z)", "p wrt z", ["softmax", "identify-vector-vector"]),
        (HEAD, "o = V.T @ softmax(K @ q)", "o wrt q",
         ["d-linear", "softmax", "linear-map", "identify-vector-vector"]),
        (HEAD, "o = V.T @ softmax(K @ q)", "o wrt K",
         ["d-linear", "softmax", "d-linear", "vec-product", "identify-vec"]),
        ("z: vector(n); t: vector(n)", "f = t.T @ softmax(z)", "f wrt z",
         ["d-linear", "softmax", "identify-scalar-vector"]),
    ],
    ids=["alone", "in a head of attention", "by a matrix", "in a scalar"],
)  # fmt: skip
def test_the_jacobian_of_a_softmax_is_one_step(variables: str, functions: str, request_: str, rules: list[str]) -> None:
    assert [step.rule for step in steps_of(variables, functions, request_)] == rules


def test_below_the_jacobian_of_a_softmax_stands_how_it_comes_from_exponentials_and_their_sum() -> None:
    first, _ = steps_of("z: vector(n)", "p = softmax(z)", "p wrt z")
    assert [part.rule for part in first.parts] == [
        "d-quotient", "d-sum", "d-elementwise", "substitute-back", "diag-vector", "inner-sum", "scalar-move", "collect",
    ]  # fmt: skip
    assert text(first.parts[0].between[-1]) == "d(exp(z)/sum(exp(z)))"
    assert first.parts[-1].after == first.after
    local = next(step for step in steps_of("x: vector(n); A: matrix(n, n)", "z = A @ x; p = softmax(z)", "p wrt x")
                 if step.rule == "softmax")  # fmt: skip
    assert [part.rule for part in local.parts] == [*(part.rule for part in first.parts), "identify-vector-vector"]


@pytest.mark.parametrize(
    ("variables", "function", "request_", "answer"),
    [
        ("A: matrix(n, n); z: vector(n); t: vector(n)", "f = t.T @ softmax(A @ z)", "f wrt A",
         "z @ (softmax(A @ z) * (t - t.T @ softmax(A @ z))).T"),
        ("z: vector(n); c: scalar", "f = softmax(c*z)", "f wrt c", "softmax(c*z)*(z - sum(z*softmax(c*z)))"),
        ("r: matrix(1, n)", "f = softmax(r)", "f wrt r", "diag(softmax(r).T) - softmax(r).T @ softmax(r)"),
    ],
)  # fmt: skip
def test_entry_by_entry_it_stays_where_that_is_shorter(
    variables: str, function: str, request_: str, answer: str
) -> None:
    assert text(steps_of(variables, function, request_)[-1].after) == answer


# Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.108: the gradient is p - t.
def test_the_logarithm_of_a_softmax_is_taken_before_differentiating() -> None:
    found = steps_of("z: vector(n); t: vector(n)", "L = -sum(t*log(softmax(z)))", "L wrt z", assume=("sum(t) = 1",))
    assert [step.rule for step in found] == [
        "rewrite", "d-linear", "logsumexp", "inner-product", "collect", "identify-scalar-vector",
    ]  # fmt: skip
    assert found[0].subgoal == "rewrite"
    assert "assumption" in found[0].also


def test_without_the_assumption_the_sum_of_the_targets_stays() -> None:
    found = steps_of("z: vector(n); t: vector(n)", "L = -sum(t*log(softmax(z)))", "L wrt z")
    assert found[0].rule == "rewrite"
    assert "assumption" not in found[0].also


def test_the_chain_rule_ends_in_the_line_of_the_differentials() -> None:
    named = derived("x: vector(n); A: matrix(n, n)", "u = A @ x; f = x.T @ u", "f wrt x")
    plain = derived("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
    assert named.method == "chain"
    assert named.result("numerator") == plain.result("numerator")


def forms(name: str, rule: str) -> list[str]:
    """The right sides of the lines of a rule, as text."""
    variables, functions, request_, assume = SPLIT[name]
    return [
        text(step.after) for step in derived(variables, functions, request_, assume=assume).steps if step.rule == rule
    ]


SPLIT = {
    "cross-entropy": ("z: vector(n); t: vector(n)", "p = softmax(z); L = -dot(t, log(p))", "L wrt z", ("sum(t) = 1",)),
    "batch by bias": ("X: matrix(N, n); w: vector(n); b: scalar; y: vector(N)",
                      "z = X @ w + b; u = max(0, z); v = y - u; C = mean(v**2)", "C wrt b", ()),
    "two-layer network": (NETWORK, LAYERS, "L wrt W_1", ()),
    "three times its loss": (NETWORK, f"{LAYERS}; M = 3*(norm(z_2 - t)**2/2)", "M wrt W_1", ()),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rule", "form"),
    [
        ("cross-entropy", "distribute", "-(t/p).T @ diag(p) + (t/p).T @ p * p.T"),
        ("cross-entropy", "diag-vector", "-t.T + (t/p).T @ p * p.T"),
        ("cross-entropy", "inner-sum", "-t.T + sum(t)*p.T"),
        ("cross-entropy", "collect", "(sum(t)*p - t).T"),
        ("batch by bias", "diag-vector", "-2/N*(v*step(z)).T @ ones(N)"),
        ("batch by bias", "inner-sum", "-2*sum(v*step(z))/N"),
        ("two-layer network", "transpose-product", "(W_2.T @ (z_2 - t)).T @ (step(z_1)*(dW_1 @ x))"),
        ("three times its loss", "transpose-product", "3*((W_2.T @ (z_2 - t)).T @ (step(z_1)*(dW_1 @ x)))"),
    ],
)
def test_a_line_uses_one_rule_where_a_reader_would_take_several(name: str, rule: str, form: str) -> None:
    assert forms(name, rule) == [form]


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "before", "after"),
    [
        (NETWORK, LAYERS, "L wrt W_1", "step(z_1)*dz_1", "step(z_1)*(dW_1 @ x)"),
        ("x: vector(n)", "f = prod(x)", "f wrt x", "prod(x)*sum(dx/x)", "prod(x)*((1/x).T @ dx)"),
    ],
    ids=["entry by entry", "numbers"],
)  # fmt: skip
def test_what_is_put_in_stands_where_the_change_stood(
    variables: str, functions: str, request_: str, before: str, after: str
) -> None:
    lines = [text(step.after) for step in derived(variables, functions, request_).steps]
    assert any(before in line for line in lines)
    assert any(after in line for line in lines)


def test_past_a_trace_and_past_factors_is_shown_one_after_the_other() -> None:
    """Magnus and Neudecker (2019), ch. 8: d tr Y = tr dY, and then d(AXB) = A (dX) B."""
    step = steps_of("X: matrix(m, n); A: matrix(p, m); B: matrix(n, p)", "f = -15*tr(A @ X @ B)", "f wrt X")[0]
    assert [text(form) for form in (*step.between, step.after)] == [
        "d(-15*tr(A @ X @ B))", "-15*tr(d(A @ X @ B))", "-15*tr(A @ dX @ B)",
    ]  # fmt: skip


def test_all_functions_of_a_stack_are_differentiated_in_one_way() -> None:
    # The partial derivatives of one function in a line and those of the next in five would be hard to compare.
    made = steps_of("x: vector(3)", "y = [x[1]**2*x[3], x[2] + 4*x[3]**2]", "y wrt x")
    assert [step.rule for step in made] == ["jacobian", "hold-constant", "hold-constant", "jacobian"]
    made = steps_of("x: vector(3)", "y = [x[1]**2*x[3], sin(x[2]*x[3])**2/2 + x[1]]", "y wrt x")
    assert "hold-constant" not in [step.rule for step in made]


# Petersen and Pedersen, The Matrix Cookbook (2012), eq. 86, in matrix form.
def test_the_traces_of_a_matrix_and_of_its_transpose_are_said_to_be_equal() -> None:
    variables = "X: matrix(n, d); m: vector(d); S: symmetric(d)"
    found = steps_of(variables, "R = X - ones(n) @ m.T; f = tr(R @ inv(S) @ R.T)", "f wrt m")
    assert "trace-transpose" in [step.rule for step in found]
    plain = "f = tr((X - ones(n) @ m.T) @ inv(S) @ (X - ones(n) @ m.T).T)"
    turned = next(step for step in steps_of(variables, plain, "f wrt m") if step.rule == "trace-transpose")
    assert text(turned.after).startswith("-2*tr(")


def test_traces_that_are_equal_by_rotation_are_not_said_to_be_those_of_transposes() -> None:
    found = steps_of("X: matrix(n, n); A: matrix(n, n)", "f = tr(A @ X @ A @ X)", "f wrt X")
    assert "trace-transpose" not in [step.rule for step in found]
