"""The statements of the rule catalogue as equations of expressions."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.calculus.records import Rule
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import size_names
from derivgen.problem.asked import Given
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import Text, typed
from derivgen.syntax.parse import Scope, parse

PLACE = "the rule catalogue"


@remembered
def equations(rule: Rule) -> tuple[tuple[Expr, Expr], ...]:
    """Both sides of each equation of a rule's statement."""
    scope = scope_of(rule)
    sides = (statement.split(" = ", 1) for statement in rule.statement.split(";"))
    return tuple((parse(left.strip(), scope), parse(right.strip(), scope)) for left, right in sides)


def scope_of(rule: Rule) -> Scope:
    """The names of a rule's statement, where d(...) is known too."""
    declared = tuple(_pairs(rule.given))
    variables = tuple(pair for pair in declared if " of " not in pair[1].value)
    functions = tuple(pair for pair in declared if " of " in pair[1].value)
    problem = make_problem(Given(variables, functions, ())).problem
    names = {**problem.variables, **problem.functions}
    sizes = frozenset(name for each in names.values() for name in size_names(each))
    return Scope(names, sizes, differentials=True)


def _pairs(given: str) -> Iterator[tuple[Text, Text]]:
    for declaration in filter(None, (part.strip() for part in given.split(";"))):
        name, _, what = declaration.partition(":")
        yield typed(name.strip(), PLACE), typed(what.strip(), PLACE)
