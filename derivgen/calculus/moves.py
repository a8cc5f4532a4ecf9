"""What the moves of a line that is linear in dx share: the record of a move, and pieces of entry-by-entry products."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from derivgen.calculus.chains import Chain, joined, product
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER, apply, ones, unit
from derivgen.expr.nodes import (
    Choice,
    Differential,
    Expr,
    Hadamard,
    Product,
    Quotient,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import contains
from derivgen.record import record


@record
class Move:
    """One move: the term as it reads afterwards, and the rule's name; `halfway` is what another rule makes first."""

    expr: Expr
    rule: str
    facts: dict[str, Expr] = field(default_factory=dict)
    halfway: Move | None = None


def within(move: Move, around: Callable[[Expr], Expr]) -> Move:
    """The same move in a term that has more `around` what moves."""
    halfway = None if move.halfway is None else within(move.halfway, around)
    return replace(move, expr=around(move.expr), halfway=halfway)


def together(terms: tuple[Expr, ...], moves: dict[Expr, Move]) -> Move:
    """The first kind of move in every term of a sum where it applies."""
    # Scalars are turned before others become traces, so that all of them are rotated in one line.
    first = next((move for move in moves.values() if move.rule == "scalar-transpose"), next(iter(moves.values())))
    same = {term: move for term, move in moves.items() if move.rule == first.rule}
    made = tuple(same[term].expr if term in same else term for term in terms)
    started = {term: move.halfway for term, move in same.items() if move.halfway is not None}
    whole = made[0] if len(made) == 1 else Sum(made)
    return Move(whole, first.rule, first.facts, together(terms, started) if started else None)


def has(expr: Expr, variable: Variable) -> bool:
    """Whether d of the variable occurs."""
    return contains(expr, lambda part: part == Differential(variable))


def weights(inner: Expr, variable: Variable) -> tuple[Expr | None, Expr]:
    """U and e where the array is u * e entry by entry and only e holds dx; None for u where it is no product."""
    match inner:
        case Hadamard(factors=factors):
            rest = next((factor for factor in factors if has(factor, variable)), None)
            if rest is None:
                return None, inner
            others = tuple(factor for factor in factors if factor is not rest)
            return (others[0] if len(others) == 1 else Hadamard(others)), rest
        case Quotient(numerator=top, denominator=bottom) if not bottom.is_scalar:
            under = Quotient(ONE_NUMBER, bottom)
            if not has(top, variable):
                return None, inner
            above, rest = weights(top, variable)
            return (under if above is None else tidy(Hadamard((above, under)))), _spread(rest, inner.shape)
        case _:
            return None, inner


def _spread(rest: Expr, shape: Shape) -> Expr:
    """A number that stands for an array of equal entries, as a multiple of ones."""
    return Product((rest, ones(shape.rows, shape.columns))) if rest.shape != shape else rest


def masked(choice: Choice) -> Expr:
    """where(c, a, b) = where(c, 1, 0) * a + where(c, 0, 1) * b."""
    terms: list[Expr] = []
    for branch, yes, no in ((choice.then, ONE_NUMBER, ZERO_NUMBER), (choice.otherwise, ZERO_NUMBER, ONE_NUMBER)):
        mask = Choice(choice.relation, choice.left, choice.right, yes, no)
        if branch.is_scalar or mask.is_scalar:
            terms.append(Product((mask, branch)))
        else:
            terms.append(Hadamard((mask, branch)))
    return tidy(Sum(tuple(terms)))


def by_entries(stack: Stack, variable: Variable) -> Expr:
    """A stack as the sum of its entries that hold dx, each at its place: e_i s e_j.T."""
    rows, columns = stack.shape
    terms: list[Expr] = []
    for i, row in enumerate(stack.rows, start=1):
        for j, entry in enumerate(row, start=1):
            if not has(entry, variable):
                continue
            if stack.shape.is_column:
                place: Expr = unit(rows, i)
            elif stack.shape.is_row:
                place = Transpose(unit(columns, j))
            else:
                place = Product((unit(rows, i), Transpose(unit(columns, j))))
            terms.append(Product((entry, place)))
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def with_arrays(link: Chain, arrays: tuple[Expr, ...]) -> Expr:
    """The link's scalars in front of other arrays."""
    front = joined(Chain(link.scalars, (), ONE_NUMBER.shape))
    return Product((front, *arrays)) if front != ONE_NUMBER or len(arrays) > 1 else arrays[0]


def trace(*arrays: Expr) -> Expr:
    """The trace of a product."""
    return apply("tr", product(arrays))


def vec(expr: Expr) -> Expr:
    """The columns below one another; a column stays itself."""
    return expr if expr.shape.is_column else apply("vec", expr)


def merged_weights(rest: Expr, variable: Variable) -> Expr | None:
    """U * dx + dx + ... as (u + 1 + ...) * dx, entry by entry."""
    if not isinstance(rest, Sum) or not variable.shape.is_column:
        return None
    found: list[Expr] = []
    for term in rest.terms:
        factor, inner = weights(term, variable)
        if inner != Differential(variable):
            return None
        found.append(ones(variable.shape.rows) if factor is None else factor)
    return Hadamard((tidy(Sum(tuple(found))), Differential(variable)))
