"""Functions changed in one place, and their derivatives: what somebody gets who leaves out one rule.

A part that is held still becomes a constant under a name of its own, is differentiated so, and
gets its meaning back in the answer. So the rules of the engine are used as they are, once on a
function that is not the one asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import numerator_of
from derivgen.calculus.numbers import NO_VALUE
from derivgen.calculus.simplify import tidy
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative
from derivgen.expr.nodes import Expr, Quotient, Reference, Sum, Unspecified, Variable
from derivgen.expr.walk import depends_on, inlined, nodes_within, rebuilt, replaced
from derivgen.problem.problem import Problem, Request
from derivgen.record import record

# A name that no spec can declare, so that it meets no other.
HELD = "0held"
Table = dict[Expr, Expr]


@record
class Changed:
    """A function changed in one place; `tables` put back, one after another, what its parts stand for.

    `wrt` is what it is differentiated by, where that is not what was asked for.
    """

    body: Expr
    tables: tuple[Table, ...] = ()
    wrt: tuple[Variable, ...] = ()


def derivative_of(problem: Problem, request: Request, body: Expr, wrt: tuple[Variable, ...] = ()) -> Expr | None:
    """The derivative of another function in numerator layout, asked for in the same way; None where none is found."""
    of = Reference(request.of.name, body)
    asked = replace(request, of=of, wrt=wrt or request.wrt, method=None)
    changed = replace(problem, functions={of.name: of}, requests=(asked,), methods=())
    try:
        return numerator_of(changed, asked)
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


def derived(problem: Problem, request: Request, changed: Changed) -> Expr | None:
    """The derivative of a changed function, with the meaning of its parts put back; None where none is found."""
    found = derivative_of(problem, request, changed.body, changed.wrt)
    for table in changed.tables:
        found = restored(found, table)
    return found


def slope_one(request: Request, part: Expr, inner: Expr) -> Changed | None:
    """The function as if `part` changed just as `inner` does: its own slope is left out."""
    body = body_of(request)
    if body is None or part.shape != inner.shape:
        return None
    gap = Variable(HELD, part.shape)
    shifted = Sum((inner, gap))
    changed, back = with_changed(body, lambda node: shifted if node == part else None)
    return Changed(changed, ({**back, shifted: part}, {gap: Sum((part, negative(inner)))}))


def with_slope_one(problem: Problem, request: Request, part: Expr, inner: Expr) -> Expr | None:
    """The derivative with the slope of `part` left out."""
    changed = slope_one(request, part, inner)
    return None if changed is None else derived(problem, request, changed)


def sides_of(quotient: Quotient) -> tuple[Changed, Changed]:
    """A quotient that changes with its numerator alone, and one that changes with its denominator alone."""
    top, bottom = quotient.numerator, quotient.denominator
    below, above = Variable(HELD, bottom.shape), Variable(f"{HELD}1", top.shape)
    return Changed(Quotient(top, below), ({below: bottom},)), Changed(Quotient(above, bottom), ({above: top},))


def plus_for_minus(problem: Problem, request: Request, body: Quotient) -> Expr | None:
    """The derivative of a quotient with a plus for the minus of its rule; None where it is not found."""
    above, below = (derived(problem, request, side) for side in sides_of(body))
    return None if above is None or below is None else tidy(Sum((above, negative(below))))


def restored(found: Expr | None, table: Table) -> Expr | None:
    """The answer with the meaning of the changed parts put back, tidied."""
    if found is None:
        return None
    made = _put_back(found, table)
    # A slope such as a*(1 - a) names the changed function itself, which no table knows by that name.
    return tidy(made if is_whole(made) else _put_back(inlined(found), table))


def _put_back(found: Expr, table: Table) -> Expr:
    for _ in range(len(table)):
        found = replaced(found, table)
    return found


def is_whole(expr: Expr) -> bool:
    """Whether nothing in it is still held."""
    return not depends_on(inlined(expr), HELD)
