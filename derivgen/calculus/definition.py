"""The derivative of a function of which nothing is known: the array of its partial derivatives.

This is the general Jacobian of a first course: row i is the gradient of function i.
Source: Parr and Howard (2018), sec. 4.1.
"""

from __future__ import annotations

from derivgen.calculus.recorder import Recorder
from derivgen.errors import NoRule
from derivgen.expr.nodes import Component, Expr, Unresolved, Unspecified, Variable

ROW, STACK = "row", "stack"


def by_definition(of: Unspecified, wrt: tuple[Variable, ...], recorder: Recorder) -> Expr:
    """The array of partial derivatives of `of`, row by row; the steps go to the recorder.

    Raises: NoRule for a matrix, which has no such array without vec.
    """
    if not of.shape.is_column or not all(variable.shape.is_column for variable in wrt):
        raise NoRule(f"the unspecified matrix {of.name}", "the array of partial derivatives")
    whole = Unresolved(of, wrt, written_out=True)
    facts: dict[str, Expr] = {"of": of, "variable": wrt[0]}
    if of.is_scalar:
        return recorder.line("gradient", Unresolved(of, wrt), whole, subgoal=ROW, facts=facts).after
    if len(wrt) > 1 or not wrt[0].is_scalar:
        # By one scalar the row of a function is a single partial derivative: a line would say that it equals itself.
        first = Component(of, 1)
        row = Unresolved(first, wrt, written_out=True)
        recorder.line("gradient", Unresolved(first, wrt), row, subgoal=ROW, facts={**facts, "of": first})
    return recorder.line("jacobian", Unresolved(of, wrt), whole, subgoal=STACK, facts=facts).after
