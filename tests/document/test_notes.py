"""What a page says after its steps, where matrices are functions or variables."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from derivgen.calculus.derive import derive
from derivgen.document.blocks import Callout, Paragraph, StepBlock, Table
from derivgen.document.likely import likely_mistake
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.layoutnotes import layouts_sentence
from derivgen.document.wording.notes import mistake, remark, symmetric_sentence
from derivgen.document.wording.reasons import why
from derivgen.document.worked import worked
from derivgen.expr.nodes import Constant, Stack
from derivgen.render.plain import words
from tests.calculus.judge import derived, problem_of

MATRICES = "A: matrix(n, m); X: matrix(m, n); Q: matrix(n, n); t: scalar; x: vector(n); y: vector(m)"


@pytest.mark.parametrize(
    ("function", "request_", "said"),
    [
        ("f = tr(A @ X)", "f wrt X", "Denominator layout has the shape of the variable (m × n)"),
        ("f = t*X", "f wrt t", "Numerator layout has the shape of the function (m × n)"),
        ("f = t*x", "f wrt t", "Numerator layout writes one row for each function (n × 1)"),
        ("f = X @ x", "f wrt x", "In numerator layout each row belongs to one function; denominator"),
        (
            "f = X @ x",
            "f wrt X",
            "In numerator layout each row belongs to one function and each column to one entry of X,",
        ),
        ("f = y.T @ X @ x", "f wrt y, then x", "In numerator layout the rows belong to y and the columns to x"),
        ("f = x*x", "f wrt x twice", "In numerator layout each row belongs to one entry of the first derivative"),
        ("f = t*Q", "f wrt t", "Numerator layout has each entry where the function has it"),
        ("f = t*eye(n)", "f wrt t", "Denominator layout is the transpose; this matrix equals its transpose"),
        ("f = t**3", "f wrt t twice", "The second derivative is a number, 1 × 1, and both layouts print the same."),
        ("f = x.T @ Q @ x", "f wrt x twice", "The Hessian is symmetric, so both layouts print the same matrix."),
    ],
)
def test_the_layouts_are_told_apart_by_the_shapes_of_function_and_variable(
    function: str, request_: str, said: str
) -> None:
    assert words(layouts_sentence(derived(MATRICES, function, request_))).startswith(said)


def test_a_step_in_a_matrix_needs_the_denominator_layout() -> None:
    assert words(mistake(derived(MATRICES, "f = tr(A @ X)", "f wrt X"))).startswith(
        "Taking a step in X with the numerator"
    )


def test_a_square_gradient_is_told_apart_by_no_shape() -> None:
    said = words(layouts_sentence(derived("X: matrix(n, n)", "f = det(X)", "f wrt X", assume=("X invertible",))))
    assert "the shape cannot tell" in said


def test_both_layouts_of_a_symmetric_gradient_print_the_same() -> None:
    said = words(layouts_sentence(derived("S: symmetric(n)", "f = logdet(S)", "f wrt S", assume=("det(S) > 0",))))
    assert said.endswith("so both print the same.")


def test_a_long_symmetric_gradient_is_called_by_a_letter_in_the_structured_form() -> None:
    found = derived(
        "x: vector(n); S: symmetric(n)", "f = x.T @ inv(S) @ x + logdet(S)", "f wrt S", assume=("S positive definite",)
    )
    assert words(symmetric_sentence(found)).endswith("2*G - diag(diag(G)), with G for the answer above.")


@pytest.mark.parametrize(
    ("function", "request_", "said"),
    [
        # The gradient of tr(A X X' A') is 2 X' A' A; a symmetric A has A' A = A A.
        ("f = tr(A @ X @ X.T @ A.T)", "f wrt X", "The wrong answer 2*X.T @ A @ A is right only if A is symmetric."),
        ("f = det(A @ X)", "f wrt X", "leaves out the derivative of the inner function A @ X."),
        ("F = X @ A @ X", "F wrt X", "is right only if A is symmetric."),
        ("f = softmax(x)", "f wrt x", "takes the Jacobian of the softmax as diagonal."),
    ],
)
def test_the_mistake_belongs_to_the_function_of_the_page(function: str, request_: str, said: str) -> None:
    square = "A: matrix(n, n); X: matrix(n, n); x: vector(n)"
    problem = problem_of(square, function, request_, assume=("A @ X invertible",))
    (found,) = (derive(problem, request) for request in problem.requests)
    assert said in words(likely_mistake(problem, found)[1])


def test_a_hessian_that_is_not_symmetric_is_a_mistake() -> None:
    said = words(mistake(derived(MATRICES, "f = sum((X @ x)**2)", "f wrt x twice")))
    assert said.startswith("Keeping a matrix that is not symmetric")


def test_a_hessian_has_no_remark_on_gradients() -> None:
    assert remark(derived(MATRICES, "f = sum((X @ x)**2)", "f wrt x twice"), iter(())) == ()


def said_why(variables: str, function: str, request_: str) -> list[str]:
    return [words(why(step)) for step in derived(variables, function, request_).steps]


def test_what_drops_out_is_named_without_its_sign() -> None:
    found = said_why("A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x")
    assert found[0].startswith("f is the inner product of A @ x - b with itself")
    assert found[1] == "b is constant and drops out; in A @ x only x changes."


LAYERS = "W: matrix(k, h); V: matrix(h, d); x: vector(d); b: vector(h); c: vector(k); t: vector(k)"
NETWORK = "z = V @ x + b; o = W @ z + c; L = norm(o - t)**2/2"


def test_half_a_square_says_where_the_half_goes() -> None:
    assert said_why(LAYERS, NETWORK, "L wrt V")[0] == (
        "L is half the inner product of o - t with itself; both factors change alike, and the half cancels."
    )


def test_every_constant_term_that_drops_out_is_named() -> None:
    assert said_why(LAYERS, NETWORK, "L wrt W")[1] == (
        "Each term changes by itself; t and c are constant and drop out."
    )


@pytest.mark.parametrize(
    ("variables", "functions", "request_", "end"),
    [
        (
            "X: matrix(N, n); w: vector(n); b: scalar",
            "z = X @ w + b; y = sum(z**2)",
            "y wrt w",
            "b does not contain w.",
        ),
        ("x: vector(n); w: vector(n); b: scalar", "z = dot(w, x) + b; y = z**2", "y wrt w", "b does not contain w."),
    ],
)
def test_a_term_beside_the_variable_is_said_to_be_constant(
    variables: str, functions: str, request_: str, end: str
) -> None:
    assert said_why(variables, functions, request_)[0].endswith(end)


def test_a_difference_says_which_sign_and_a_mean_which_weight() -> None:
    found = said_why("y: vector(N); u: vector(N)", "v = y - u; C = mean(v**2)", "C wrt u")
    assert found[0] == "y is constant; u enters with a minus sign, each entry by itself."
    assert found[1] == "Entry i of v**2 has the derivative 2*v[i] and, in the mean, the weight 1/N."


def test_a_chain_names_every_function_on_its_way() -> None:
    functions = "z = X @ w; u = max(0, z); v = y - u; C = mean(v**2)"
    found = said_why("X: matrix(N, n); w: vector(n); y: vector(N)", functions, "C wrt w")
    assert any(reason.startswith("A change of w reaches C only through z, u and v;") for reason in found)


def test_the_determinant_leads_to_the_inverse_by_its_cofactors() -> None:
    problem = problem_of("X: matrix(n, n)", "f = logdet(X)", "f wrt X", assume=("det(X) > 0",))
    reasons = [words(why(step)) for step in derive(problem, problem.requests[0]).steps]
    assert reasons[1] == (
        "The derivative of det(X) with respect to an entry is the cofactor of that entry; "
        "the cofactors over det(X) are the entries of inv(X).T."
    )


def test_an_assumed_sum_is_told_as_a_fact_of_the_vector() -> None:
    problem = problem_of(
        "z: vector(n); t: vector(n)", "p = softmax(z); L = -dot(t, log(p))", "L wrt z", assume=("sum(t) = 1",)
    )
    steps = derive(problem, problem.requests[0]).steps
    assert "The entries of t add up to 1." in [words(why(step)) for step in steps]


def test_a_part_says_what_it_holds_constant_and_names_the_step_that_it_repeats() -> None:
    problem = problem_of(
        "x: vector(n); w: vector(n); b: scalar", "z = dot(w, x) + b; y = max(0, z)", "y wrt w", "y wrt b"
    )
    blocks = worked(problem, [derive(problem, request) for request in problem.requests])
    plans = [words(block.text) for block in blocks if isinstance(block, Paragraph) and block.label == LABELS.plan]
    assert [plan.split(". ")[-1] for plan in plans] == ["b is held constant.", "w is held constant."]
    reasons = {block.number: words(block.why) for block in blocks if isinstance(block, StepBlock)}
    assert reasons["1.2"].startswith("Where z is below 0")
    # On paper the first of the two may stand pages back: the reason is said again.
    assert reasons["2.2"] == f"As in step 1.2: {reasons['1.2']}"


def test_a_number_in_front_is_no_factor_that_stays_in_its_place() -> None:
    found = said_why("x: vector(n)", "f = -sum(exp(x))", "f wrt x")
    assert found[0].startswith("A constant factor stays in front of d")


def test_the_second_part_of_a_page_cites_the_gradient_of_the_first() -> None:
    problem = problem_of(
        "A: matrix(m, n); x: vector(n); b: vector(m)", "f = norm(A @ x - b)**2", "f wrt x", "f wrt x twice"
    )
    blocks = worked(problem, [derive(problem, request) for request in problem.requests])
    steps = [block.number for block in blocks if isinstance(block, StepBlock)]
    assert steps == ["1.1", "1.2", "1.3", "2.4", "2.5", "2.6"]
    said = [words(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert "The gradient is found in steps 1.1 to 1.3." in said


def test_a_hessian_alone_shows_every_step() -> None:
    problem = problem_of("x: vector(n); b: vector(n)", "f = norm(x - b)**2", "f wrt x twice")
    (found,) = (derive(problem, request) for request in problem.requests)
    assert next(b.number for b in worked(problem, [found]) if isinstance(b, StepBlock)) == "1"


def test_a_page_says_a_remark_once() -> None:
    problem = problem_of("x: vector(n); w: vector(n); A: matrix(n, n)", "f = w.T @ A @ x", "f wrt x", "f wrt w")
    blocks = worked(problem, [derive(problem, request) for request in problem.requests])
    told = [words(block.text) for block in blocks if isinstance(block, Callout) and block.kind in ("remark", "mistake")]
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("function", "request_"), [("f = Q @ x", "f wrt x"), ("f = tr(Q @ Q)", "f wrt Q"), ("f = t*Q", "f wrt t")]
)
def test_where_both_layouts_have_one_shape_the_trap_is_named(function: str, request_: str) -> None:
    said = words(layouts_sentence(derived(MATRICES, function, request_)))
    assert said.endswith("so the shape cannot tell which one it is: always say it.")


def entries(cell: object) -> list[float]:
    """The numbers of a column in a cell of a table."""
    assert isinstance(cell, Stack)
    return [float(number.value) for row in cell.rows for number in row if isinstance(number, Constant)]


def test_a_check_prints_what_everybody_computes_first() -> None:
    functions = "r = x - b; u = max(0, r); f = sum(u**2)"
    problem = problem_of("x: vector(n); b: vector(n)", functions, "f wrt x")
    blocks = worked(problem, [derive(problem, request) for request in problem.requests])
    (table,) = [block for block in blocks if isinstance(block, Table)]
    rows = {words(row[0]): row[1][0] for row in table.rows}
    assert list(rows)[:5] == ["x", "b", "r", "u", "f"]
    assert np.array_equal(entries(rows["r"]), np.subtract(entries(rows["x"]), entries(rows["b"])))


@pytest.mark.parametrize(
    ("function", "request_", "read"),
    [
        # The Hessian of a quadratic form is A + A', the Jacobian of b * x is diag(b): both are their own transposes.
        ("f = x.T @ Q @ x", "f wrt x twice", "what multiplies dx from the left; it is symmetric, so denominator"),
        ("y = x*b", "y wrt x", "what multiplies dx from the left; it is symmetric, so denominator"),
        ("f = tr(Q @ X @ Q.T @ X.T)", "f wrt X twice", "It is symmetric, so denominator layout, its transpose, is"),
        ("y = Q @ x", "y wrt x", "In denominator layout the derivative of y is the transpose of what multiplies dx"),
    ],
)
def test_a_symmetric_derivative_is_said_to_be_the_same_in_denominator_layout(
    function: str, request_: str, read: str
) -> None:
    last = reasons_in("denominator", function, request_)[-1]
    assert read in last


def test_a_symmetric_derivative_is_read_off_as_it_is_in_numerator_layout() -> None:
    for layout in ("numerator", "both"):
        last = reasons_in(layout, "f = x.T @ Q @ x", "f wrt x twice")[-1]
        assert last == "The derivative of g is whatever multiplies dx from the left."


def reasons_in(layout: Literal["numerator", "denominator", "both"], function: str, request_: str) -> list[str]:
    given = problem_of("Q: matrix(n, n); X: matrix(n, n); x: vector(n); b: vector(n)", function, request_)
    problem = replace(given, layout=layout)
    blocks = worked(problem, [derive(problem, request) for request in problem.requests])
    return [words(block.why) for block in blocks if isinstance(block, StepBlock)]


def test_an_inner_product_tells_what_it_adds_up_where_no_sum_is_seen() -> None:
    vectors = "b: vector(n); x: vector(n); t: scalar"
    # The product stands in the order of the function.
    for function, product in (("f = b.T @ x", "b.T @ x"), ("f = x.T @ b", "x.T @ b"), ("f = dot(x, b)", "x.T @ b")):
        first = said_why(vectors, f"{function}; g = f**2", "g wrt x")[0]
        assert first.startswith(f"{product} adds up the products of matching entries, so each entry of x has")
    assert said_why(vectors, "z = dot(x, b) + t; g = z**2", "g wrt x")[0] == (
        "x.T @ b adds up products of matching entries, so each entry of x has that of b as its factor; "
        "t does not contain x."
    )
    assert said_why(vectors, "f = sum(b*x); g = f**2", "g wrt x")[0].startswith(
        "Each entry of x stands in the sum once"
    )


def test_linearity_tells_of_the_trace_that_d_passes_with_it() -> None:
    two = "f = tr(Q @ X) + tr(X @ Q)"
    assert reasons_in("numerator", two, "f wrt X")[0] == (
        "Each term changes by itself, and the changes add up. A trace lets d pass."
    )
    assert said_why(LAYERS, NETWORK, "L wrt W")[1].endswith("drop out.")


def test_the_formula_behind_an_inverse_and_a_log_determinant_is_written_out() -> None:
    """Magnus and Neudecker (2019), ch. 8: 0 = d(X X^-1) = dX X^-1 + X d(X^-1), and d det X = det X tr(X^-1 dX)."""
    squares = "X: matrix(n, n); A: matrix(n, n)"
    inverse = derived(squares, "f = tr(A @ inv(X))", "f wrt X", assume=("X invertible",))
    assert any(
        "so dX @ inv(X) + X @ d(inv(X)) = zeros(n, n); solve for d(inv(X))." in words(why(step))
        for step in inverse.steps
    )
    determinant = derived(squares, "f = logdet(A @ X)", "f wrt X", assume=("det(A @ X) > 0",))
    assert words(why(determinant.steps[0])) == (
        "This is Jacobi's formula, d(det(A @ X)) = det(A @ X) * tr(inv(A @ X) @ d(A @ X)), divided by det(A @ X)."
    )


def test_a_reason_speaks_of_a_matrix_that_reorders_only_where_its_line_has_one() -> None:
    swapped = said_why("V: matrix(n, m); s: vector(n)", "o = V.T @ s", "o wrt V")
    assert any("so the factors in front of them change places" in reason for reason in swapped)
    reordered = said_why("X: matrix(m, n); A: matrix(p, n)", "Y = A @ X.T", "Y wrt X")
    assert any("this matrix reorders them" in reason for reason in reordered)
