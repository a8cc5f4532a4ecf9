"""Functions changed in one place, and their derivatives: what somebody gets who leaves out one rule.

A part that is held still becomes a constant under a name of its own, is differentiated so, and
gets its meaning back in the answer. So the rules of the engine are used as they are, once on a
function that is not the one asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.numbers import NO_VALUE
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative
from derivgen.expr.nodes import Expr, Quotient, Reference, Sum, Unspecified, Variable
from derivgen.expr.walk import depends_on, inlined, nodes_within, rebuilt, replaced
from derivgen.problem.problem import Problem, Request

# A name that no spec can declare, so that it meets no other.
HELD = "0held"


def derivative_of(problem: Problem, request: Request, body: Expr, wrt: tuple[Variable, ...] = ()) -> Expr | None:
    """The derivative of another function in numerator layout, asked for in the same way; None where none is found."""
    of = Reference(request.of.name, body)
    asked = replace(request, of=of, wrt=wrt or request.wrt, method=None)
    changed = replace(problem, functions={of.name: of}, requests=(asked,), methods=())
    try:
        return derive(changed, asked).result("numerator")
    except (DerivgenError, WrongStep, ShapeError, RecursionError, *NO_VALUE):
        return None


def with_changed(expr: Expr, change: Callable[[Expr], Expr | None]) -> tuple[Expr, dict[Expr, Expr]]:
    """The expression with `change` made wherever it gives something, and the way back for functions used by name."""
    back: dict[Expr, Expr] = {}

    def changed(part: Expr) -> Expr:
        new = change(part)
        if new is not None:
            return new
        if isinstance(part, Reference):
            body = changed(part.body)
            if body is part.body:
                return part
            back[Reference(part.name, body)] = part
            return Reference(part.name, body)
        return rebuilt(part, changed)

    return changed(expr), back


def body_of(request: Request) -> Expr | None:
    """What the function stands for; None where that is not known."""
    is_known = not any(isinstance(node, Unspecified) for node in nodes_within(request.of))
    return request.of.body if isinstance(request.of, Reference) and is_known else None


def holding(problem: Problem, request: Request, part: Expr) -> Expr | None:
    """The derivative with one part of the function held still, wherever it stands."""
    body = body_of(request)
    if body is None:
        return None
    still = Variable(HELD, part.shape)
    changed, back = with_changed(body, lambda node: still if node == part else None)
    if not request.moves(changed):
        return None
    return restored(derivative_of(problem, request, changed), {**back, still: part})


def with_slope_one(problem: Problem, request: Request, part: Expr, inner: Expr) -> Expr | None:
    """The derivative as if `part` changed just as `inner` does: its own slope is left out."""
    body = body_of(request)
    if body is None or part.shape != inner.shape:
        return None
    gap = Variable(HELD, part.shape)
    shifted = Sum((inner, gap))
    changed, back = with_changed(body, lambda node: shifted if node == part else None)
    found = derivative_of(problem, request, changed)
    return restored(restored(found, {**back, shifted: part}), {gap: Sum((part, negative(inner)))})


def plus_for_minus(problem: Problem, request: Request, body: Quotient) -> Expr | None:
    """The derivative of a quotient with a plus for the minus of its rule; None where it is not found."""
    top, bottom = body.numerator, body.denominator
    still = Variable(HELD, top.shape), Variable(HELD, bottom.shape)
    above = restored(derivative_of(problem, request, Quotient(top, still[1])), {still[1]: bottom})
    below = restored(derivative_of(problem, request, Quotient(still[0], bottom)), {still[0]: top})
    return None if above is None or below is None else tidy(Sum((above, negative(below))))


def restored(found: Expr | None, table: dict[Expr, Expr]) -> Expr | None:
    """The answer with the meaning of the changed parts put back, tidied."""
    if found is None:
        return None
    made = _put_back(found, table)
    # A slope such as a*(1 - a) names the changed function itself, which no table knows by that name.
    return tidy(made if is_whole(made) else _put_back(inlined(found), table))


def _put_back(found: Expr, table: dict[Expr, Expr]) -> Expr:
    for _ in range(len(table)):
        found = replaced(found, table)
    return found


def is_whole(expr: Expr) -> bool:
    """Whether nothing in it is still held."""
    return not depends_on(inlined(expr), HELD)
