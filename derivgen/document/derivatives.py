"""Tables of derivatives that the engine finds itself, each line of each derivation checked as on any page."""

from __future__ import annotations

from functools import cache

from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Table, Text
from derivgen.document.wording.conditions import condition_words
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import joined, said
from derivgen.problem.asked import Asked, Given
from derivgen.problem.problem import Problem
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import Text as Source
from derivgen.problem.text import typed

# For each table: what is declared, the variable, and the functions of it.
FUNCTIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "scalar": (
        "x: scalar; k: scalar; a: scalar",
        "x",
        ("x**k", "a**x", "exp(x)", "log(x)", "sqrt(x)", "1/x", "sin(x)", "cos(x)", "tan(x)", "asin(x)", "atan(x)",
         "sinh(x)", "cosh(x)", "tanh(x)", "sigmoid(x)", "softplus(x)", "relu(x)", "abs(x)"),
    ),
    "vector": (
        "x: vector(n); a: vector(n); A: matrix(m, n); B: matrix(n, n); b: vector(m)",
        "x",
        ("a.T @ x", "x.T @ x", "x.T @ B @ x", "norm(x)", "norm(A @ x - b)**2", "sum(x)", "mean(x)", "prod(x)",
         "logsumexp(x)", "A @ x", "a * x", "x**2", "exp(x)", "relu(x)"),
    ),
    "matrix": (
        "X: matrix(n, n); A: matrix(n, n); B: matrix(n, n); a: vector(n); b: vector(n)",
        "X",
        ("tr(X)", "tr(A @ X)", "tr(A @ X @ B)", "tr(X.T @ A @ X)", "a.T @ X @ b", "norm(X)**2", "det(X)", "logdet(X)",
         "tr(inv(X))", "a.T @ inv(X) @ b", "sum(A * X)", "X @ a", "A @ X @ B", "X.T", "inv(X)"),
    ),
}  # fmt: skip
PLACE = "the table of derivatives"


@cache
def derived(group: str) -> tuple[tuple[Problem, Derivation], ...]:
    """The problems of a table with their derivations, in its order."""
    declared, variable, functions = FUNCTIONS[group]
    return tuple(_derivation(declared, variable, function) for function in functions)


def derivatives_table(group: str) -> Table:
    """Functions and their derivatives in both layouts; one column where the layouts agree in every row."""
    found = [derivation for _, derivation in derived(group)]
    agree = all(one.result("numerator") == one.result("denominator") for one in found)
    layouts: tuple[Text, ...] = ((LABELS.derivative,),) if agree else ((LABELS.numerator,), (LABELS.denominator,))
    rows = tuple(
        (
            (one.request.body, *_where(one)),
            (one.result("numerator"),),
            *(() if agree else ((one.result("denominator"),),)),
        )
        for one in found
    )
    return Table(((LABELS.function,), *layouts), rows, _caption(found[0]), row_heads=True)


def _where(derivation: Derivation) -> Text:
    conditions = tuple(condition_words(condition) for condition in derivation.conditions)
    return (", ", *joined(conditions, ", ")) if conditions else ()


def _caption(derivation: Derivation) -> Text:
    return said(LABELS.derivatives_by, variables=derivation.request.wrt[0])


def _derivation(declared: str, variable: str, function: str) -> tuple[Problem, Derivation]:
    pairs = (part.partition(":") for part in declared.split(";"))
    given = Given(
        tuple((_typed(name), _typed(what)) for name, _, what in pairs),
        ((_typed("f"), _typed(function)),),
        (Asked(_typed(f"f wrt {variable}")),),
    )
    problem = make_problem(given).problem
    return problem, derive(problem, problem.requests[0])


def _typed(source: str) -> Source:
    return typed(source.strip(), PLACE)
