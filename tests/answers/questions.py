"""The questions that the tests of answers ask, and their keys."""

from __future__ import annotations

from functools import cache

from derivgen.answers.key import Key, key_of
from derivgen.calculus.derive import derive
from derivgen.problem.asked import Asked, Given
from derivgen.problem.problem import Problem
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import typed

# name: variables, functions, derivative, assumptions
QUESTIONS: dict[str, tuple[str, str, str, str]] = {
    "quadratic": ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x", ""),
    "linear map": ("A: matrix(m, n); x: vector(n); b: vector(m)", "y = A @ x + b", "y wrt x", ""),
    "neuron": ("w: vector(n); x: vector(n); b: scalar", "z = dot(w, x) + b; a = max(0, z)", "a wrt w", ""),
    "intermediate": ("x: vector(n); c: scalar", "z = dot(x, x); f = exp(c*z) + z", "f wrt z", ""),
    "powers": ("x: scalar", "f = 5*x**3 - 2/x", "f wrt x", ""),
    "absolute": ("x: vector(n)", "f = norm1(x)", "f wrt x", ""),
    "logarithm": ("x: vector(n)", "f = sum(log(x))", "f wrt x", ""),
    "entropy": ("t: vector(n)", "f = dot(t, log(t))", "f wrt t", "sum(t) = 1"),
    "stacked": ("x: scalar; y: scalar", "f = x**2*y", "f wrt x, y", ""),
    "hessian": ("x: vector(n)", "f = norm(x)**2", "f wrt x twice", ""),
    "elementwise": ("w: vector(n); x: vector(n)", "y = w*sin(x)", "y wrt x", ""),
    "far component": ("x: vector(n)", "f = x[7]**2", "f wrt x", ""),
    "general": ("x: vector(n)", "y = vector(m) of x; f = sum(y**2)", "f wrt x", ""),
    "hole": ("x: scalar", "f = x**2", "f wrt x", ""),
    "small": ("x: scalar; c: scalar", "f = 1e-12*x**2", "f wrt x", ""),
    "nothing": ("x: vector(n); b: vector(m)", "y = b + b", "y wrt x", ""),
    "softmax": ("x: vector(n)", "f = logsumexp(x)", "f wrt x", ""),
}


def problem_of(variables: str, functions: str, derivative: str, assume: str = "") -> Problem:
    """The problem of a line of text: declarations and functions between semicolons."""

    def pairs(texts: str, sign: str) -> tuple[tuple[str, str], ...]:
        return tuple((a.strip(), b.strip()) for a, _, b in (one.partition(sign) for one in texts.split(";")))

    given = Given(
        tuple((typed(name, ""), typed(value, "")) for name, value in pairs(variables, ":")),
        tuple((typed(name, ""), typed(value, "")) for name, value in pairs(functions, "=")),
        (Asked(typed(derivative, "")),),
        (typed(assume, ""),) if assume else (),
    )
    made = make_problem(given)
    assert not made.faults, made.faults
    return made.problem


@cache
def key(name: str) -> Key:
    """The key of one of the questions."""
    problem = problem_of(*QUESTIONS[name])
    return key_of(problem, derive(problem, problem.requests[0]))
