"""Names put back: where a derivative holds the body of an earlier function again, its name is shorter."""

from __future__ import annotations

from derivgen.calculus.simplify import tidy
from derivgen.expr.nodes import Differential, Expr, Reference, Unresolved
from derivgen.expr.walk import count, nodes_within, rebuilt


def named_bodies(expr: Expr) -> dict[Expr, Expr]:
    """The bodies of the functions that `expr` uses by name, with their names."""
    found = [node for node in nodes_within(expr) if isinstance(node, Reference) and count(node.body) > 1]
    return {reference.body: reference for reference in found}


def put_back(line: Expr, names: dict[Expr, Expr]) -> Expr:
    """The line with names for bodies; what is still to be differentiated stays as it is."""
    return tidy(_put_back(line, names)) if names else line


def _put_back(expr: Expr, names: dict[Expr, Expr]) -> Expr:
    if isinstance(expr, Differential | Unresolved):
        return expr
    return names[expr] if expr in names else rebuilt(expr, lambda part: _put_back(part, names))
