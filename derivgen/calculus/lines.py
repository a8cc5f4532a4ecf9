"""Whole lines, one rule at a time: which open piece is next, and what the line reads afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.calculus.differential import push
from derivgen.calculus.operators import Operator, is_open
from derivgen.calculus.rewrites import Rewrite, flat
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import ONE_NUMBER, zeros
from derivgen.expr.nodes import Differential, Expr, Product, Unresolved
from derivgen.expr.walk import parts, rebuilt, replaced
from derivgen.problem.problem import Condition
from derivgen.record import record

# Rules by which d only moves inwards: several of them in a row are one step to a reader.
LINEAR = ("d-linear", "d-sum", "d-trace", "d-transpose")
LAST = ("linear-map", "inner-product")


@record
class Advance:
    """One step of a line: `raw` as the rule gives it, `after` tidied."""

    raw: Expr
    after: Expr
    rule: str
    also: tuple[str, ...]
    facts: dict[str, Expr]
    conditions: tuple[Condition, ...]


def opened(expr: Expr) -> tuple[Expr, ...]:
    """The outermost pieces that are still to be worked out, in reading order."""
    if is_open(expr):
        return (expr,)
    return tuple(dict.fromkeys(found for part in parts(expr) for found in opened(part)))


def advance(line: Expr, operator: Operator) -> Advance | None:
    """The line after one rule, in every place where this very rule comes next; None if nothing is open.

    Raises: NoRule where no rule is known.
    """
    open_pieces = opened(line)
    if not open_pieces:
        return None
    pushed: dict[Expr, Rewrite] = {piece: push(_inside(piece), operator) for piece in open_pieces}
    first = min(pushed.values(), key=lambda rewrite: _turn(rewrite.rule))
    chosen = {piece: rewrite for piece, rewrite in pushed.items() if rewrite.rule == first.rule}
    raw = unnested(replaced(line, {piece: rewrite.expr for piece, rewrite in chosen.items()}))
    settled, trivial = settle(raw, operator)
    return Advance(
        raw,
        tidy(settled),
        first.rule,
        _merged(chosen.values(), trivial, first.rule),
        first.facts,
        _needs(chosen.values()),
    )


def _turn(rule: str) -> int:
    """What comes first in a line with several open pieces: what is linear, and last what is done after it."""
    return 0 if rule in LINEAR else 2 if rule in LAST else 1


def unnested(expr: Expr) -> Expr:
    """The expression with products of scalars inside such products opened: 10 y^2 (2 x) as 10 y^2 2 x."""
    inner = rebuilt(expr, unnested)
    return flat(inner.factors) if isinstance(inner, Product) and inner.is_scalar else inner


def _inside(piece: Expr) -> Expr:
    match piece:
        case Differential(of=of) | Unresolved(of=of):
            return of
        case _:
            raise TypeError("an open piece is a differential or a derivative")


def _merged(rewrites: Iterable[Rewrite], trivial: tuple[str, ...], rule: str) -> tuple[str, ...]:
    names = [name for rewrite in rewrites for name in rewrite.also]
    return tuple(name for name in dict.fromkeys([*names, *trivial]) if name != rule)


def _needs(rewrites: Iterable[Rewrite]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(c for rewrite in rewrites for c in rewrite.conditions))


def settle(expr: Expr, operator: Operator) -> tuple[Expr, tuple[str, ...]]:
    """The expression with open pieces that are plainly 0 or 1 worked out, and the rules for that."""
    used: dict[str, None] = {}

    def settled(part: Expr) -> Expr:
        if not is_open(part):
            return rebuilt(part, settled)
        inner = _inside(part)
        if not operator.varies(inner):
            used["constant" if operator.flavour == "partial" else "d-constant"] = None
            return zeros(part.shape)
        if operator.of(inner) == ONE_NUMBER:
            used["variable"] = None
            return ONE_NUMBER
        return part

    return settled(expr), tuple(used)
