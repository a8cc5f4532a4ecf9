"""The strings of the function table as expressions: parsed once for each shape, filled in with arguments."""

from __future__ import annotations

from derivgen.expr.functions.table import Function
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Differential, Expr, Variable
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import replaced
from derivgen.problem.problem import Condition
from derivgen.syntax.parse import Scope, parse, parse_condition


@remembered
def _parameters(names: tuple[str, ...], shapes: tuple[Shape, ...]) -> dict[str, Expr]:
    return {name: Variable(name, shape) for name, shape in zip(names, shapes, strict=True)}


@remembered
def _parsed(source: str, names: tuple[str, ...], shapes: tuple[Shape, ...]) -> Expr:
    return parse(source, Scope(_parameters(names, shapes), frozenset(), differentials=True))


@remembered
def _parsed_condition(source: str, names: tuple[str, ...], shapes: tuple[Shape, ...]) -> Condition:
    return Condition(*parse_condition(source, Scope(_parameters(names, shapes), frozenset())))


def _table(record: Function, call: Apply) -> tuple[tuple[str, ...], tuple[Shape, ...], dict[Expr, Expr]]:
    names = record.parameters[: len(call.arguments)]
    shapes = tuple(argument.shape for argument in call.arguments)
    parameters = _parameters(names, shapes)
    return names, shapes, {parameters[name]: argument for name, argument in zip(names, call.arguments, strict=True)}


def filled(source: str, record: Function, call: Apply, changes: dict[int, Expr] | None = None) -> Expr:
    """`source` with the call's arguments for the parameters.

    `changes` gives what stands for dx of the k-th parameter; without it d(argument).
    """
    names, shapes, table = _table(record, call)
    whole = dict(table)
    for k, (parameter, argument) in enumerate(table.items()):
        whole[Differential(parameter)] = changes[k] if changes is not None else Differential(argument)
    return replaced(_parsed(source, names, shapes), whole)


def filled_condition(source: str, record: Function, call: Apply) -> Condition:
    """A condition of the table with the call's arguments."""
    names, shapes, table = _table(record, call)
    condition = _parsed_condition(source, names, shapes)
    right = None if condition.right is None else replaced(condition.right, table)
    return Condition(replaced(condition.left, table), condition.relation, right)
