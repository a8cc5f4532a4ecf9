"""Wrong derivatives as they are claimed: what is differentiated in the stead of the function, not yet worked out.

To compare an answer with a claim its values are enough, and these take no rule: the complex step gives them
place by place. Only what is printed is worked out by the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derivgen.answers.key import Key
from derivgen.answers.mutants import Changed, Table, derived
from derivgen.answers.reals import RATES, REALS, Reading, arithmetic_for, real_value, with_plain_exponents
from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.expr.nodes import Expr, Reference, Transpose, Unresolved, Variable
from derivgen.expr.walk import nodes_within, parts, replaced
from derivgen.problem.problem import Problem, Request
from derivgen.record import record

Facts = dict[str, str]


@record(eq=False)
class Variant:
    """The wrong derivative of a known mistake, in numerator layout, with what its sentence may tell.

    `expr` may hold derivatives of changed functions that are still to be taken, and `tables` put back
    what the changed parts stand for.
    """

    mistake: str
    facts: Facts
    expr: Expr
    tables: tuple[Table, ...] = ()

    @property
    def held(self) -> dict[str, Expr]:
        """What the parts that are held still stand for, by their names."""
        pairs = (pair for table in self.tables for pair in table.items())
        return {part.name: meant for part, meant in pairs if isinstance(part, Variable)}


def claimed(request: Request, body: Expr, wrt: tuple[Variable, ...] = ()) -> Unresolved:
    """The derivative of another function, asked for in the same way, as a symbol."""
    return replace(request, of=Reference(request.of.name, body), wrt=wrt or request.wrt).derivative


def worked_out(problem: Problem, request: Request, variant: Variant) -> Expr | None:
    """The wrong derivative by the rules of the engine; None where they do not give it."""
    found: dict[Expr, Expr] = {}
    for claim in _claims(request, variant.expr):
        inner = claim.of if isinstance(claim.of, Unresolved) else claim
        body = inner.of.body if isinstance(inner.of, Reference) else inner.of
        wrt = tuple(part for part in inner.wrt if isinstance(part, Variable))
        made = derived(problem, _of_order(request, claim), Changed(body, variant.tables, wrt))
        if made is None:
            return None
        found[claim] = made
    return replaced(variant.expr, found) if found else variant.expr


def _of_order(request: Request, claim: Unresolved) -> Request:
    """The request for a derivative of the order of the claim."""
    is_second = isinstance(claim.of, Unresolved)
    return request if is_second == request.is_second else replace(request, order=2 if is_second else 1, then=())


def _claims(request: Request, expr: Expr) -> list[Unresolved]:
    """The outermost derivatives of what stands for the function."""
    match expr:
        case Unresolved(of=Reference(name=name) | Unresolved(of=Reference(name=name))) if name == request.of.name:
            return [expr]
        case _:
            return [claim for part in parts(expr) for claim in _claims(request, part)]


class Worth:
    """The values of an expression at the places of a key, each worked out when it is asked for, and kept."""

    def __init__(self, key: Key, expr: Expr, held: Mapping[str, Expr]) -> None:
        self._places = key.places
        self._expr = with_plain_exponents(expr)
        self._m = RATES if any(map(_is_derivative, nodes_within(expr))) else REALS
        self._held = held
        self._known: dict[int, Reading | None] = {}

    def at(self, number: int) -> Reading | None:
        """The value at the place of this number; None where there is none."""
        if number not in self._known:
            point = self._with_held(self._places[number].point)
            self._known[number] = None if point is None else real_value(self._expr, point, self._m)
        return self._known[number]

    def _with_held(self, point: Point) -> Point | None:
        try:
            known = {name: value(meant, point, arithmetic_for(meant)) for name, meant in self._held.items()}
        except NO_VALUE:
            return None
        return replace(point, values={**point.values, **known})


def worth(key: Key, claim: Variant | Expr) -> Worth | None:
    """What a claim, or the value of an expression, is worth at the places of a key; None where it cannot be told."""
    known: dict[Variant | Expr, Worth | None] = key.remembered.setdefault("worths", {})  # type: ignore[assignment]
    if claim not in known:
        known[claim] = _worth(key, claim if isinstance(claim, Variant) else Variant("", {}, claim))
    return known[claim]


def _worth(key: Key, claim: Variant) -> Worth | None:
    # A derivative within another one takes the rules: by numbers alone it needs more digits than floats have.
    is_within = any(_is_derivative(node) and _has_derivative(node) for node in nodes_within(claim.expr))
    expr = _with_first_worked_out(key, claim) if is_within else claim.expr
    return None if expr is None else Worth(key, expr, claim.held)


def _with_first_worked_out(key: Key, claim: Variant) -> Expr | None:
    """A second derivative as that of the first one by the rules, which are quicker once than twice."""
    match claim.expr:
        case Unresolved(of=Unresolved() as inner, wrt=wrt) if wrt == inner.wrt:
            first = worked_out(key.problem, key.request, replace(claim, expr=inner))
            if first is None or not any(map(_is_derivative, nodes_within(first))):
                return None if first is None else second_by_step(claim.expr, first)
        case _:
            pass
    return worked_out(key.problem, key.request, claim)


def second_by_step(second: Unresolved, first: Expr) -> Unresolved:
    """A second derivative, where `first` is in numerator layout the first one, of which it is one."""
    is_of_scalar = isinstance(second.of, Unresolved) and second.of.of.is_scalar
    return Unresolved(Transpose(first) if is_of_scalar else first, second.wrt)


def _has_derivative(expr: Expr) -> bool:
    return any(_is_derivative(node) for part in parts(expr) for node in nodes_within(part))


def _is_derivative(node: Expr) -> bool:
    return isinstance(node, Unresolved)
