"""A line that is linear in dx, brought to the form J dx, one named move at a time.

Every term is turned until dx stands last. The moves: a scalar equals its transpose, an
element-wise factor moves to the row before it or becomes a diagonal matrix, a sum becomes
a row of ones. Source: Magnus and Neudecker (2019), ch. 9 (first identification theorem).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from derivgen.calculus.chains import Chain, chain, joined
from derivgen.calculus.factoring import factored
from derivgen.calculus.monomials import Monomial
from derivgen.calculus.simplify import flattened, tidy
from derivgen.calculus.symmetry import reversed_product, transposed
from derivgen.errors import NoRule
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER, apply, eye, ones, size, unit
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
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
from derivgen.expr.walk import contains


@dataclass(frozen=True, slots=True)
class Move:
    """One move: the term as it reads afterwards, and the rule's name."""

    expr: Expr
    rule: str
    facts: dict[str, Expr] = field(default_factory=dict)


def has(expr: Expr, variable: Variable) -> bool:
    """Whether d of the variable occurs."""
    return contains(expr, lambda part: part == Differential(variable))


def terms_of(line: Expr) -> tuple[Expr, ...]:
    """The terms of a line."""
    return flattened((line,))


def advance(line: Expr, variables: tuple[Variable, ...]) -> tuple[Expr, str, dict[str, Expr]] | None:
    """The line after one kind of move in every term where it applies; None if every term is done.

    Raises: NoRule if a term cannot be brought to the form J dx.
    """
    moves: dict[Expr, Move] = {}
    for term in terms_of(line):
        variable = next((v for v in variables if has(term, v)), None)
        # A change that cancels leaves zeros, in which nothing has to be moved.
        move = None if variable is None else _move(term, variable)
        if move is not None:
            moves[term] = move
    if not moves:
        return None
    first = next(iter(moves.values()))
    chosen = {term: move for term, move in moves.items() if move.rule == first.rule}
    after = tidy(Sum(tuple(chosen[term].expr if term in chosen else term for term in terms_of(line))))
    return after, first.rule, first.facts


def coefficient(term: Expr, variable: Variable) -> Expr | None:
    """J where the term is J dx, or None where it is not of that form yet."""
    d = Differential(variable)
    link = chain(term)
    if variable.is_scalar:
        powers = dict(link.scalars.powers)
        if powers.get(d) != ONE_NUMBER or any(has(array, variable) for array in link.arrays):
            return None
        rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != d))
        return joined(Chain(rest, link.arrays, link.shape))
    if not link.arrays and len(link.scalars.powers) >= 1:
        return _inside_scalar(link, variable)
    if link.arrays[-1:] != (d,) or any(has(array, variable) for array in link.arrays[:-1]):
        return None
    if any(has(base, variable) for base, _ in link.scalars.powers):
        return None
    if len(link.arrays) == 1:
        return joined(Chain(link.scalars, (eye(variable.shape.rows),), link.shape))
    return joined(Chain(link.scalars, link.arrays[:-1], link.shape))


def _inside_scalar(link: Chain, variable: Variable) -> Expr | None:
    """The same for a scalar term s * (g.T @ dx)."""
    holding = [base for base, _ in link.scalars.powers if has(base, variable)]
    if len(holding) != 1:
        return None
    inner = chain(holding[0])
    if (
        not inner.arrays
        or inner.arrays[-1] != Differential(variable)
        or any(has(a, variable) for a in inner.arrays[:-1])
    ):
        return None
    rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != holding[0]))
    shape = Product(inner.arrays[:-1]).shape
    return joined(Chain(rest * inner.scalars, inner.arrays[:-1], shape))


def _move(term: Expr, variable: Variable) -> Move | None:
    if coefficient(term, variable) is not None:
        return None
    link = chain(term)
    for base, _ in link.scalars.powers:
        if has(base, variable):
            return _scalar_factor(link, base, variable)
    for k, array in enumerate(link.arrays):
        if has(array, variable):
            return _array_factor(link, k, variable)
    raise NoRule("a term without the variable", "the identification")


def _with_scalar(link: Chain, base: Expr, new: Expr) -> Expr:
    """The term with one scalar factor replaced."""
    rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != base))
    front = joined(Chain(rest, link.arrays, link.shape))
    return new if front == ONE_NUMBER else Product((front, new))


def _scalar_factor(link: Chain, base: Expr, variable: Variable) -> Move:
    inner = chain(base)
    ready = inner.arrays and coefficient(base, variable) is not None
    if link.arrays and ready:
        # A number may stand at the end: u (g.T dx) = u g.T dx.
        rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != base))
        return Move(
            joined(Chain(rest * inner.scalars, (*link.arrays, *inner.arrays), link.shape)), "collect", {"inner": base}
        )
    if inner.arrays:
        move = _move(base, variable)
        if move is None:
            raise NoRule("this factor", "the identification")
        return Move(_with_scalar(link, base, move.expr), move.rule, move.facts)
    move = _scalar_function(base, variable)
    return Move(_with_scalar(link, base, move.expr), move.rule, move.facts)


def _scalar_function(base: Expr, variable: Variable) -> Move:
    """sum, mean, dot, a component, a choice or a sum of scalars that holds dx, as a row times something."""
    match base:
        case Apply(function="sum", arguments=(inner,)):
            return _sum_of(inner, variable)
        case Apply(function="mean", arguments=(inner,)):
            return Move(Quotient(apply("sum", inner), size(inner.shape.entries)), "mean", {"inner": inner})
        case Apply(function="dot", arguments=(a, b)):
            left, right = (a, b) if has(b, variable) else (b, a)
            return Move(Product((Transpose(left), right)), "inner-product", {"constant": left, "inner": right})
        case Component(array=array, row=row, column=column) if array.shape.is_column or array.shape.is_row:
            index, vector = (row, array) if array.shape.is_column else (column, transposed(array))
            return Move(
                Product((Transpose(unit(vector.shape.rows, index)), vector)), "kronecker-delta", {"inner": base}
            )
        case Component(array=array, row=row, column=column):
            left, right = unit(array.shape.rows, row), unit(array.shape.columns, column)
            return Move(Product((Transpose(left), array, right)), "kronecker-delta", {"inner": base})
        case Choice():
            return Move(_masked(base), "cases", {"inner": base})
        case Sum():
            return _within_sum(base, variable)
        case _:
            raise NoRule("this scalar", "the identification")


def _within_sum(inner: Sum, variable: Variable) -> Move:
    """One move inside a bracket; when every term there ends in dx, they are collected."""
    moves = {term: _move(term, variable) for term in inner.terms if has(term, variable)}
    first = next((move for move in moves.values() if move is not None), None)
    if first is not None:
        same = {term: move.expr for term, move in moves.items() if move is not None and move.rule == first.rule}
        return Move(tidy(Sum(tuple(same.get(term, term) for term in inner.terms))), first.rule, first.facts)
    found = [coefficient(term, variable) for term in moves]
    whole = factored(tidy(Sum(tuple(part for part in found if part is not None))))
    if len(moves) < len(inner.terms) or len(moves) != len(found):
        raise NoRule("a bracket with a constant part", "the identification")
    return Move(Product((whole, Differential(variable))), "collect", {"inner": inner})


def _sum_of(inner: Expr, variable: Variable) -> Move:
    """sum(u * e) = u.T @ e, and sum(e) = ones.T @ e."""
    facts: dict[str, Expr] = {"inner": inner}
    link = chain(inner)
    scalar = [base for base, _ in link.scalars.powers]
    if scalar or link.scalars.coefficient != 1:
        array = joined(Chain(Monomial(Fraction(1), ()), link.arrays, inner.shape))
        front = joined(Chain(link.scalars, (), ONE_NUMBER.shape))
        return Move(Product((front, apply("sum", array))), "constant-multiple", facts)
    if isinstance(inner, Choice):
        return Move(apply("sum", _masked(inner)), "cases", facts)
    if isinstance(inner, Sum):
        return Move(Sum(tuple(_sum_or_scaled(term, inner) for term in inner.terms)), "d-sum", facts)
    weights, rest = _weights(inner, variable)
    if weights is not None and rest.shape.is_column:
        return Move(Product((Transpose(weights), rest)), "hadamard-move", {**facts, "constant": weights})
    if weights is not None and rest.shape.is_row:
        return Move(Product((rest, transposed(weights))), "hadamard-move", {**facts, "constant": weights})
    if inner.shape.is_row:
        return Move(Product((inner, ones(inner.shape.columns))), "sum-reduction", facts)
    left = Product((Transpose(ones(inner.shape.rows)), inner))
    return Move(
        left if inner.shape.is_column else Product((*left.factors, ones(inner.shape.columns))), "sum-reduction", facts
    )


def _sum_or_scaled(term: Expr, whole: Expr) -> Expr:
    return Product((size(whole.shape.entries), term)) if term.is_scalar else apply("sum", term)


def _weights(inner: Expr, variable: Variable) -> tuple[Expr | None, Expr]:
    """U and e where the array is u * e entry by entry and only e holds dx."""
    match inner:
        case Hadamard(factors=factors):
            rest = next(factor for factor in factors if has(factor, variable))
            others = tuple(factor for factor in factors if factor is not rest)
            return (others[0] if len(others) == 1 else Hadamard(others)), rest
        case Quotient(numerator=top, denominator=bottom) if not bottom.is_scalar:
            under = Quotient(ONE_NUMBER, bottom)
            if not has(top, variable):
                return None, inner
            weights, rest = _weights(top, variable)
            return (under if weights is None else tidy(Hadamard((weights, under)))), rest
        case _:
            return None, inner


def _masked(choice: Choice) -> Expr:
    """where(c, a, b) = where(c, 1, 0) * a + where(c, 0, 1) * b."""
    terms: list[Expr] = []
    for branch, yes, no in ((choice.then, ONE_NUMBER, ZERO_NUMBER), (choice.otherwise, ZERO_NUMBER, ONE_NUMBER)):
        mask = Choice(choice.relation, choice.left, choice.right, yes, no)
        if branch.is_scalar or mask.is_scalar:
            terms.append(Product((mask, branch)))
        else:
            terms.append(Hadamard((mask, branch)))
    return Sum(tuple(terms))


def _array_factor(link: Chain, k: int, variable: Variable) -> Move:
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    match array:
        case Sum():
            move = _within_sum(array, variable)
            return Move(_term(link, (*before, move.expr, *after)), move.rule, move.facts)
        case Choice():
            return Move(_term(link, (*before, _masked(array), *after)), "cases", {"inner": array})
        case Transpose(argument=inner) if after:
            return _turned(link, k, inner)
        case Apply(function="diag", arguments=(inner,)) if after and inner.shape.is_column:
            right = after[0] if len(after) == 1 else Product(after)
            if not right.shape.is_column:
                raise NoRule("a diagonal matrix of the variable", "the identification")
            facts: dict[str, Expr] = {"inner": inner, "constant": right}
            return Move(_term(link, (*before, Hadamard((right, inner)))), "diag-vector", facts)
        case Hadamard() | Quotient():
            return _entrywise_factor(link, k, variable)
        case Stack(rows=rows) if len(rows[0]) == 1:
            terms = tuple(
                _term(link, (*before, unit(array.shape.rows, i + 1), row[0], *after)) for i, row in enumerate(rows)
            )
            return Move(Sum(tuple(t for t in terms if has(t, variable))), "jacobian", {"inner": array})
        case Differential() if after and Product((array, *after)).shape == array.shape:
            number = after[0] if len(after) == 1 else Product(after)
            return Move(_term(link, (number, *before, array)), "collect", {"inner": array})
        case _ if after and Product(after).shape.is_scalar is False and array.is_scalar:
            return Move(_term(link, (*before, *after, array)), "collect", {"inner": array})
        case _:
            raise NoRule("this product", "the identification")


def _turned(link: Chain, k: int, inner: Expr) -> Move:
    """u.T @ v = v.T @ u inside a product, where u.T holds dx."""
    before, after = link.arrays[:k], link.arrays[k + 1 :]
    right = after[0] if len(after) == 1 else Product(after)
    if not right.shape.is_column or not inner.shape.is_column:
        raise NoRule("a transpose of the variable", "the identification")
    row = reversed_product(right)
    facts: dict[str, Expr] = {"inner": inner, "scalar": Product((Transpose(inner), *after))}
    return Move(_term(link, (*before, row, inner)), "scalar-transpose", facts)


def _entrywise_factor(link: Chain, k: int, variable: Variable) -> Move:
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    weights, rest = _weights(array, variable)
    if weights is None:
        raise NoRule("this entry-by-entry product", "the identification")
    facts: dict[str, Expr] = {"constant": weights, "inner": rest}
    merged = _merged_weights(rest, variable)
    if merged is not None:
        return Move(_term(link, (*before, Hadamard((weights, merged)), *after)), "collect", facts)
    row = Product(before) if before else None
    if row is not None and row.shape.is_row and weights.shape.is_column:
        moved = Transpose(Hadamard((transposed(before[0] if len(before) == 1 else row), weights)))
        return Move(_term(link, (moved, rest, *after)), "hadamard-move", facts)
    if weights.shape.is_column:
        return Move(_term(link, (*before, apply("diag", weights), rest, *after)), "diag-vector", facts)
    raise NoRule("an entry-by-entry product of matrices", "the identification")


def _merged_weights(rest: Expr, variable: Variable) -> Expr | None:
    """U * dx + dx + ... as (u + 1 + ...) * dx, entry by entry."""
    if not isinstance(rest, Sum):
        return None
    found: list[Expr] = []
    for term in rest.terms:
        weights, inner = _weights(term, variable)
        if inner != Differential(variable):
            return None
        found.append(ones(variable.shape.rows) if weights is None else weights)
    return Hadamard((tidy(Sum(tuple(found))), Differential(variable)))


def _term(link: Chain, arrays: tuple[Expr, ...]) -> Expr:
    """The link's scalars in front of other arrays."""
    front = joined(Chain(link.scalars, (), ONE_NUMBER.shape))
    return Product((front, *arrays)) if front != ONE_NUMBER or len(arrays) > 1 else arrays[0]
