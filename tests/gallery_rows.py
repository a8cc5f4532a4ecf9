# ruff: noqa: E501  # a table reads best in rows
"""What the gallery must hold: for each row of the course its spec, the request, and the answers in both layouts.

The answers are the sources', in the language of specs and in the names of each spec; nothing here comes from derivgen.
Rows A are of the article that starts the course, rows B of Parr and Howard, The Matrix Calculus You Need For Deep
Learning (2018), rows C are standard results.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A derivative that a page of the gallery works out."""

    id: str
    spec: str
    request: str
    numerator: str
    denominator: str


ROWS: tuple[Row, ...] = (
    Row("A01", "02-partial-derivatives-and-the-gradient/slope-of-a-line", "y wrt x", "m", "m"),
    Row("A02", "02-partial-derivatives-and-the-gradient/neuron-by-weights", "z wrt w", "x.T", "x"),
    Row("A03", "02-partial-derivatives-and-the-gradient/neuron-by-bias", "z wrt b", "1", "1"),
    Row("A04", "02-partial-derivatives-and-the-gradient/squared-error", "C wrt a", "-2*(t - a)", "-2*(t - a)"),
    Row("A05", "02-partial-derivatives-and-the-gradient/gradient-of-two-variables", "f wrt x, y", "[[20*x*y**2, 20*x**2*y]]", "[20*x*y**2, 20*x**2*y]"),
    Row("A06", "03-the-jacobian-and-two-layouts/jacobian-of-two-functions", "F wrt x, y", "[[20*x*y**2, 20*x**2*y], [2, 8*y**7]]", "[[20*x*y**2, 2], [20*x**2*y, 8*y**7]]"),
    Row("A07", "03-the-jacobian-and-two-layouts/jacobian-three-by-three", "y wrt x", "[[x[2], x[1], 0], [0, x[3], x[2]], [x[3], 0, x[1]]]", "[[x[2], 0, x[3]], [x[1], x[3], 0], [0, x[2], x[1]]]"),
    Row("A08", "03-the-jacobian-and-two-layouts/jacobian-not-square", "y wrt x", "[[x[2]*x[3], x[1]*x[3], x[1]*x[2]], [1, 2*x[2], 0]]", "[[x[2]*x[3], 1], [x[1]*x[3], 2*x[2]], [x[1]*x[2], 0]]"),
    Row("A09", "03-the-jacobian-and-two-layouts/linear-map", "y wrt x", "A", "A.T"),
    Row("A10", "04-the-four-cases/scalar-by-scalar", "f wrt x", "2*x", "2*x"),
    Row("A11", "04-the-four-cases/scalar-by-vector", "f wrt x", "[[1, 2*x[2], 3*x[3]**2]]", "[1, 2*x[2], 3*x[3]**2]"),
    Row("A12", "04-the-four-cases/vector-by-scalar", "f wrt x", "[1, 2*x, 3*x**2]", "[[1, 2*x, 3*x**2]]"),
    Row("A13", "04-the-four-cases/vector-by-vector", "f wrt x", "[[2*x[1]*x[2], x[1]**2, 0], [0, 1, 1], [0, 0, cos(x[3])]]", "[[2*x[1]*x[2], 0, 0], [x[1]**2, 1, 0], [0, 1, cos(x[3])]]"),
    Row("B01", "01-scalar-rules/constant-and-multiple", "f wrt x", "0", "0"),
    Row("B02", "01-scalar-rules/constant-and-multiple", "g wrt x", "3", "3"),
    Row("B03", "01-scalar-rules/power-rule", "f wrt x", "3*x**2", "3*x**2"),
    Row("B04", "01-scalar-rules/sum-and-difference", "f wrt x", "2*x + 3", "2*x + 3"),
    Row("B05", "01-scalar-rules/sum-and-difference", "g wrt x", "2*x - 3", "2*x - 3"),
    Row("B06", "01-scalar-rules/product-rule", "f wrt x", "3*x**2", "3*x**2"),
    Row("B07", "01-scalar-rules/chain-rule", "f wrt x", "2/x", "2/x"),
    Row("B08", "01-scalar-rules/multiple-of-a-sum", "f wrt x", "9 + 18*x", "9 + 18*x"),
    Row("B09", "02-partial-derivatives-and-the-gradient/product-of-two-variables", "f wrt x, y", "[[y, x]]", "[y, x]"),
    Row("B10", "02-partial-derivatives-and-the-gradient/gradients-of-two-functions", "f wrt x, y", "[[6*x*y, 3*x**2]]", "[6*x*y, 3*x**2]"),
    Row("B11", "02-partial-derivatives-and-the-gradient/gradients-of-two-functions", "g wrt x, y", "[[2, 8*y**7]]", "[2, 8*y**7]"),
    Row("B12", "03-the-jacobian-and-two-layouts/two-gradients-as-rows", "F wrt x, y", "[[6*x*y, 3*x**2], [2, 8*y**7]]", "[[6*x*y, 2], [3*x**2, 8*y**7]]"),
    Row("B13", "03-the-jacobian-and-two-layouts/components-for-names", "y wrt x", "[[6*x[1]*x[2], 3*x[1]**2], [2, 8*x[2]**7]]", "[[6*x[1]*x[2], 2], [3*x[1]**2, 8*x[2]**7]]"),
    Row("B14", "03-the-jacobian-and-two-layouts/identity-function", "y wrt x", "eye(n)", "eye(n)"),
    Row("B15", "05-element-wise-operators/sum-of-two-vectors", "y wrt w", "eye(n)", "eye(n)"),
    Row("B16", "05-element-wise-operators/sum-of-two-vectors", "y wrt x", "eye(n)", "eye(n)"),
    Row("B17", "05-element-wise-operators/difference-of-two-vectors", "y wrt w", "eye(n)", "eye(n)"),
    Row("B18", "05-element-wise-operators/difference-of-two-vectors", "y wrt x", "-eye(n)", "-eye(n)"),
    Row("B19", "05-element-wise-operators/product-of-two-vectors", "y wrt w", "diag(x)", "diag(x)"),
    Row("B20", "05-element-wise-operators/product-of-two-vectors", "y wrt x", "diag(w)", "diag(w)"),
    Row("B21", "05-element-wise-operators/quotient-of-two-vectors", "y wrt w", "diag(1/x)", "diag(1/x)"),
    Row("B22", "05-element-wise-operators/quotient-of-two-vectors", "y wrt x", "diag(-w/x**2)", "diag(-w/x**2)"),
    Row("B23", "05-element-wise-operators/functions-joined-element-wise", "y wrt x", "diag(exp(w) * cos(x))", "diag(exp(w) * cos(x))"),
    Row("B24", "05-element-wise-operators/maximum-of-two-vectors", "y wrt w", "diag(step(w - x))", "diag(step(w - x))"),
    Row("B25", "06-scalar-expansion/adding-a-scalar", "y wrt x", "eye(n)", "eye(n)"),
    Row("B26", "06-scalar-expansion/adding-a-scalar", "y wrt z", "ones(n)", "ones(n).T"),
    Row("B27", "06-scalar-expansion/multiplying-by-a-scalar", "y wrt x", "z*eye(n)", "z*eye(n)"),
    Row("B28", "06-scalar-expansion/multiplying-by-a-scalar", "y wrt z", "x", "x.T"),
    Row("B29", "07-sum-reduction/sum-of-the-components", "y wrt x", "ones(n).T", "ones(n)"),
    Row("B30", "07-sum-reduction/sum-of-a-scaled-vector", "y wrt x", "z*ones(n).T", "z*ones(n)"),
    Row("B31", "07-sum-reduction/sum-of-a-scaled-vector", "y wrt z", "sum(x)", "sum(x)"),
    Row("B32", "07-sum-reduction/sum-of-squares", "y wrt x", "2*x.T", "2*x"),
    Row("B33", "07-sum-reduction/sum-of-a-sum", "y wrt x", "ones(n).T", "ones(n)"),
    Row("B34", "08-chain-rules/sine-of-a-square", "y wrt x", "2*x*cos(x**2)", "2*x*cos(x**2)"),
    Row("B35", "08-chain-rules/four-nested-functions", "y wrt x", "6*x**2*cos(x**3)/sin(x**3)", "6*x**2*cos(x**3)/sin(x**3)"),
    Row("B36", "08-chain-rules/line-plus-square", "y wrt x", "1 + 2*x", "1 + 2*x"),
    Row("B37", "08-chain-rules/sine-of-a-sum", "y wrt x", "(1 + 2*x)*cos(x + x**2)", "(1 + 2*x)*cos(x + x**2)"),
    Row("B38", "08-chain-rules/line-times-square", "y wrt x", "3*x**2", "3*x**2"),
    Row("B39", "08-chain-rules/two-functions-of-one-variable", "y wrt x", "[2/x, 3*cos(3*x)]", "[[2/x, 3*cos(3*x)]]"),
    Row("B40", "08-chain-rules/inner-functions-changed", "y wrt x", "[2/x, 4*cos(4*x)]", "[[2/x, 4*cos(4*x)]]"),
    Row("B41", "08-chain-rules/element-wise-chain", "y wrt x", "diag(2*x*cos(x**2))", "diag(2*x*cos(x**2))"),
    Row("B42", "09-the-neuron/dot-product-as-a-sum", "y wrt w", "x.T", "x"),
    Row("B43", "09-the-neuron/dot-product-as-a-sum", "y wrt x", "w.T", "w"),
    Row("B44", "09-the-neuron/affine-function", "y wrt w", "x.T", "x"),
    Row("B45", "09-the-neuron/affine-function", "y wrt b", "1", "1"),
    Row("B46", "09-the-neuron/rectified-scalar", "y wrt z", "step(z)", "step(z)"),
    Row("B47", "09-the-neuron/rectified-vector", "y wrt x", "diag(step(x))", "diag(step(x))"),
    Row("B48", "09-the-neuron/neuron", "a wrt w", "step(z)*x.T", "step(z)*x"),
    Row("B49", "09-the-neuron/neuron", "a wrt b", "step(z)", "step(z)"),
    Row("B50", "09-the-neuron/neuron-by-input", "a wrt x", "step(z)*w.T", "step(z)*w"),
    Row("B51", "10-the-loss/loss-of-one-sample", "C wrt w", "-2*(t - u)*step(dot(w, x) + b)*x.T", "-2*(t - u)*step(dot(w, x) + b)*x"),
    Row("B52", "10-the-loss/mean-squared-loss", "C wrt w", "-2/N*(v * step(z)).T @ X", "-2/N*X.T @ (v * step(z))"),
    Row("B53", "10-the-loss/mean-squared-loss", "C wrt b", "-2/N*sum(v * step(z))", "-2/N*sum(v * step(z))"),
    Row("B54", "10-the-loss/all-neurons-active", "C wrt w", "2/N*e.T @ X", "2/N*X.T @ e"),
    Row("B55", "09-the-neuron/bias-folded-into-the-weights", "z wrt w_hat", "x_hat.T", "x_hat"),
    Row("C01", "11-matrix-calculus/quadratic-form", "f wrt x", "x.T @ (A + A.T)", "(A + A.T) @ x"),
    Row("C02", "11-matrix-calculus/symmetric-quadratic-form", "f wrt x", "2*x.T @ A", "2*A @ x"),
    Row("C03", "11-matrix-calculus/quadratic-form", "f wrt x twice", "A + A.T", "A + A.T"),
    Row("C19", "11-matrix-calculus/matrix-by-scalar", "Y wrt t", "B + 2*t*A", "(B + 2*t*A).T"),
    Row("C23", "11-matrix-calculus/least-squares", "f wrt x", "2*(A @ x - b).T @ A", "2*A.T @ (A @ x - b)"),
    Row("C24", "11-matrix-calculus/least-squares", "f wrt x twice", "2*A.T @ A", "2*A.T @ A"),
    Row("C25", "11-matrix-calculus/euclidean-norm", "f wrt x", "x.T/norm(x)", "x/norm(x)"),
    Row("C26", "11-matrix-calculus/euclidean-norm", "f wrt x twice", "(eye(n) - x @ x.T/norm(x)**2)/norm(x)", "(eye(n) - x @ x.T/norm(x)**2)/norm(x)"),
    Row("C27", "12-machine-learning/activations", "s wrt x", "diag(sigmoid(x)*(1 - sigmoid(x)))", "diag(sigmoid(x)*(1 - sigmoid(x)))"),
    Row("C28", "12-machine-learning/activations", "h wrt x", "diag(1 - tanh(x)**2)", "diag(1 - tanh(x)**2)"),
    Row("C29", "12-machine-learning/activations", "p wrt x", "diag(sigmoid(x))", "diag(sigmoid(x))"),
    Row("C30", "12-machine-learning/softmax", "s wrt x", "diag(s) - s @ s.T", "diag(s) - s @ s.T"),
    Row("C31", "12-machine-learning/log-sum-exp", "f wrt x", "softmax(x).T", "softmax(x)"),
    Row("C32", "12-machine-learning/log-sum-exp", "f wrt x twice", "diag(softmax(x)) - softmax(x) @ softmax(x).T", "diag(softmax(x)) - softmax(x) @ softmax(x).T"),
    Row("C33", "12-machine-learning/softmax-cross-entropy", "L wrt z", "(p - t).T", "p - t"),
    Row("C34", "12-machine-learning/logistic-loss", "L wrt w", "-(y * sigmoid(-q)).T @ X", "-X.T @ (y * sigmoid(-q))"),
    Row("C37", "12-machine-learning/two-layer-network-bias", "L wrt b1", "((z2 - t).T @ W2) * step(z1).T", "W2.T @ (z2 - t) * step(z1)"),
    Row("C38", "12-machine-learning/gaussian-by-the-mean", "f wrt mu", "(x - mu).T @ inv(Sigma).T/2 + (x - mu).T @ inv(Sigma)/2", "(inv(Sigma) + inv(Sigma).T) @ (x - mu)/2"),
    Row("C40", "12-machine-learning/ridge-regression", "f wrt x", "2*(A @ x - b).T @ A + 2*lambda*x.T", "2*A.T @ (A @ x - b) + 2*lambda*x"),
    Row("C42", "12-machine-learning/product-of-the-entries", "f wrt x", "prod(x)/x.T", "prod(x)/x"),
    Row("C43", "12-machine-learning/one-norm", "f wrt x", "sign(x).T", "sign(x)"),
    Row("C44", "12-machine-learning/mean-of-a-vector", "f wrt x", "ones(n).T/n", "ones(n)/n"),
    Row("C46", "11-matrix-calculus/rayleigh-quotient", "f wrt x", "2*(x.T @ A - (x.T @ A @ x)/(x.T @ x)*x.T)/(x.T @ x)", "2*(A @ x - (x.T @ A @ x)/(x.T @ x)*x)/(x.T @ x)"),
)  # fmt: skip
