"""A line that is linear in dx, brought to the form J dx, J vec(dX) or tr(M dX), one named move at a time.

Every term is turned until dx stands last. The moves: a scalar equals its transpose, an
element-wise factor moves to the row before it or becomes a diagonal matrix, a sum becomes
a row of ones; traces and vec have files of their own.
Source: Magnus and Neudecker (2019), ch. 9 (first identification theorem).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivgen.calculus.chains import Chain, chain, joined, product
from derivgen.calculus.coefficients import coefficient, numbered
from derivgen.calculus.factoring import factored
from derivgen.calculus.monomials import Monomial
from derivgen.calculus.moves import (
    Move,
    by_entries,
    has,
    masked,
    merged_weights,
    together,
    vec,
    weights,
    with_arrays,
    within,
)
from derivgen.calculus.simplify import tidy
from derivgen.calculus.sums import flattened
from derivgen.calculus.symmetry import reversed_product, transposed
from derivgen.calculus.traces import as_trace, move_in_trace
from derivgen.calculus.vectorise import move_in_vec, of_diagonal, of_kron, of_product
from derivgen.errors import NoRule
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER, apply, ones, size, unit, zeros
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
from derivgen.expr.walk import nodes_within, replaced


def terms_of(line: Expr) -> tuple[Expr, ...]:
    """The terms of a line."""
    return flattened((line,))


def advance(line: Expr, variables: tuple[Variable, ...]) -> tuple[Move, ...]:
    """The line after one kind of move in every term where it applies, with the line halfway; none if all is done.

    Raises: NoRule if a term cannot be brought to the form J dx.
    """
    terms = terms_of(line)
    moves: dict[Expr, Move] = {}
    for term in terms:
        variable = next((v for v in variables if has(term, v)), None)
        # A change that cancels leaves zeros, in which nothing has to be moved.
        move = None if variable is None else _move(term, variable)
        if move is not None:
            moves[term] = move
    if not moves:
        return ()
    whole = together(terms, moves)
    halfway = () if whole.halfway is None else (whole.halfway,)
    # As a term of a sum, where a number times a product is one product.
    return (*halfway, replace(whole, expr=tidy(Sum(terms_of(whole.expr))), halfway=None))


def _move(term: Expr, variable: Variable) -> Move | None:
    if coefficient(term, variable) is not None:
        return None
    if variable.is_scalar:
        return _in_front(term, variable)
    link = numbered(chain(term), variable)
    for base, _ in link.scalars.powers:
        if has(base, variable):
            return _scalar_factor(link, base, variable)
    for k, array in enumerate(link.arrays):
        if has(array, variable):
            return _array_factor(link, k, variable)
    raise NoRule("a term without the variable", "the identification")


def _in_front(term: Expr, variable: Variable) -> Move:
    """A number dt, wherever it stands, moved to the end: what is linear in dt is dt times its value for dt = 1.

    The changes of other numbers are 0 in that value, and stay in a term of their own.
    """
    d = Differential(variable)
    changes = [node for node in nodes_within(term) if isinstance(node, Differential) and node != d]
    others: dict[Expr, Expr] = dict.fromkeys(changes, ZERO_NUMBER)
    mine = Product((tidy(replaced(term, {**others, d: ONE_NUMBER})), d))
    rest = tidy(replaced(term, {d: ZERO_NUMBER})) if others else zeros(term.shape)
    return Move(mine if rest == zeros(term.shape) else Sum((mine, rest)), "scalar-move", {"inner": d})


def _with_scalar(link: Chain, base: Expr, new: Expr, arrays: tuple[Expr, ...] | None = None) -> Expr:
    """The term with one scalar factor replaced, and with other arrays if there are any."""
    rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != base))
    front = joined(Chain(rest, link.arrays if arrays is None else arrays, link.shape))
    if new == ONE_NUMBER:
        return front
    return new if front == ONE_NUMBER else Product((front, new))


def _scalar_factor(link: Chain, base: Expr, variable: Variable) -> Move:
    if link.arrays and not variable.shape.is_column and (found := coefficient(base, variable)) is not None:
        column = vec(transposed(found))
        arrays = (*link.arrays, Transpose(column), vec(Differential(variable)))
        return Move(_with_scalar(link, base, ONE_NUMBER, arrays), "trace-vec", {"inner": base})
    inner = chain(base)
    ready = inner.arrays and coefficient(base, variable) is not None
    if link.arrays and ready:
        # A number may stand at the end: u (g.T dx) = u g.T dx.
        rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != base))
        behind = Chain(rest * inner.scalars, (*link.arrays, *inner.arrays), link.shape)
        return Move(joined(behind), "scalar-move", {"inner": base})
    move = _move(base, variable) if inner.arrays else _scalar_function(base, variable)
    if move is None:
        raise NoRule("this factor", "the identification")
    return within(move, lambda inner: _with_scalar(link, base, inner))


def _scalar_function(base: Expr, variable: Variable) -> Move:
    """sum, mean, dot, a component, a choice or a sum of scalars that holds dx, as a row times something."""
    match base:
        case Apply(function="tr", arguments=(inner,)):
            return move_in_trace(inner, variable)
        case Apply(function="sum", arguments=(inner,)):
            return _sum_of(inner, variable)
        case Apply(function="mean", arguments=(inner,)):
            return Move(Quotient(apply("sum", inner), size(inner.shape.entries)), "mean", {"inner": inner})
        case Apply(function="dot", arguments=(a, b)):
            left, right = (a, b) if has(b, variable) else (b, a)
            return Move(Product((Transpose(left), right)), "inner-product", {"constant": left, "inner": right})
        case Component(array=array, row=int(row), column=int(column)) if array.shape.is_column or array.shape.is_row:
            index, vector = (row, array) if array.shape.is_column else (column, transposed(array))
            return Move(
                Product((Transpose(unit(vector.shape.rows, index)), vector)), "kronecker-delta", {"inner": base}
            )
        case Component(array=array, row=int(row), column=int(column)):
            left, right = unit(array.shape.rows, row), unit(array.shape.columns, column)
            return Move(Product((Transpose(left), array, right)), "kronecker-delta", {"inner": base})
        case Choice():
            return Move(masked(base), "cases", {"inner": base})
        case Sum() if variable.shape.is_column is False:
            return _first_of(base.terms, variable)
        case Sum():
            return _within_sum(base, variable)
        case _:
            raise NoRule("this scalar", "the identification")


def _within_sum(inner: Sum, variable: Variable) -> Move:
    """One move inside a bracket; when every term there ends in dx, they are collected."""
    moves = {term: _move(term, variable) for term in inner.terms if has(term, variable)}
    needed = {term: move for term, move in moves.items() if move is not None}
    if needed:
        moved = together(inner.terms, needed)
        return replace(moved, expr=tidy(moved.expr))
    found = [coefficient(term, variable) for term in moves]
    whole = factored(tidy(Sum(tuple(part for part in found if part is not None))))
    if len(moves) < len(inner.terms) or len(moves) != len(found):
        raise NoRule("a bracket with a constant part", "the identification")
    facts: dict[str, Expr] = {"inner": inner, "variable": variable}
    return Move(Product((whole, Differential(variable))), "collect", facts)


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
        return Move(apply("sum", masked(inner)), "cases", facts)
    if isinstance(inner, Sum):
        return _sum_of_terms(inner, variable, facts)
    factor, rest = weights(inner, variable)
    if factor is not None and rest.shape.is_column:
        return Move(Product((Transpose(factor), rest)), "inner-sum", {**facts, "constant": factor})
    if factor is not None and rest.shape.is_row:
        return Move(Product((rest, transposed(factor))), "inner-sum", {**facts, "constant": factor})
    if factor is not None:
        return Move(apply("tr", Product((transposed(factor), rest))), "trace-hadamard", {**facts, "constant": factor})
    if inner.shape.is_row:
        return Move(Product((inner, ones(inner.shape.columns))), "sum-reduction", facts)
    left = Product((Transpose(ones(inner.shape.rows)), inner))
    return Move(
        left if inner.shape.is_column else Product((*left.factors, ones(inner.shape.columns))), "sum-reduction", facts
    )


def _sum_of_terms(inner: Sum, variable: Variable, facts: dict[str, Expr]) -> Move:
    """The sums of the terms, with the next move in all of them where it is the same."""
    split = tuple(tidy(_sum_or_scaled(term, inner)) for term in inner.terms)
    moves = [_move(term, variable) for term in split]
    rules = {move.rule for move in moves if move is not None}
    if len(rules) != 1 or None in moves:
        return Move(Sum(split), "d-sum", facts)
    found = {term: move for term, move in zip(split, moves, strict=True) if move is not None}
    return replace(together(split, found), facts=facts)


def _sum_or_scaled(term: Expr, whole: Expr) -> Expr:
    return Product((size(whole.shape.entries), term)) if term.is_scalar else apply("sum", term)


def _array_factor(link: Chain, k: int, variable: Variable) -> Move:
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    match array:
        case Sum() if not variable.shape.is_column or not (array.shape.is_column or array.shape.is_row):
            terms = tuple(with_arrays(link, (*before, term, *after)) for term in array.terms)
            return _first_of(terms, variable)
        case Sum() if array.shape.is_row and after and _is_plain_column(turned := transposed(array), after):
            return _turned(link, k, turned)
        case Sum():
            return _bracket(link, k, array, variable)
        case Choice():
            return Move(with_arrays(link, (*before, masked(array), *after)), "cases", {"inner": array})
        case Transpose(argument=inner) if after and _is_turned(array, after):
            return _turned(link, k, inner)
        case Apply(function="diag", arguments=(inner,)) if (
            after and inner.shape.is_column and product(after).shape.is_column
        ):
            right = product(after)
            facts: dict[str, Expr] = {"inner": inner, "constant": right}
            return Move(with_arrays(link, (*before, Hadamard((right, inner)))), "diag-vector", facts)
        case Hadamard() | Quotient() if array.shape.is_column or array.shape.is_row:
            return _entrywise_factor(link, k, variable)
        case Stack():
            entries = by_entries(array, variable)
            return Move(tidy(with_arrays(link, (*before, entries, *after))), "components", {"inner": array})
        case Differential() if after and Product((array, *after)).shape == array.shape:
            return Move(with_arrays(link, (product(after), *before, array)), "scalar-move", {"inner": product(after)})
        case _ if after and Product(after).shape.is_scalar is False and array.is_scalar:
            return Move(with_arrays(link, (*before, *after, array)), "scalar-move", {"inner": array})
        case _:
            return _wrapped_factor(link, k, variable)


def _bracket(link: Chain, k: int, array: Sum, variable: Variable) -> Move:
    """A move inside a bracket; where none brings dx to its end, the product is multiplied out."""
    before, after = link.arrays[:k], link.arrays[k + 1 :]
    try:
        return within(_within_sum(array, variable), lambda inner: with_arrays(link, (*before, inner, *after)))
    except NoRule:
        if not (before or after):
            raise
    return _first_of(tuple(with_arrays(link, (*before, term, *after)) for term in array.terms), variable)


def _is_plain_column(turned: Expr, after: tuple[Expr, ...]) -> bool:
    """Whether a row is turned without a sign, and what follows makes a number of it."""
    return not isinstance(turned, Transpose) and product(after).shape.is_column


def _is_turned(array: Transpose, after: tuple[Expr, ...]) -> bool:
    """Whether u.T v can be read as v.T u: a number, within a product of vectors."""
    return array.shape.is_row and product(after).shape.is_column


def _first_of(terms: tuple[Expr, ...], variable: Variable) -> Move:
    """The next kind of move in the terms of a product that is multiplied out."""
    found = {term: _move(term, variable) for term in terms if has(term, variable)}
    moves = {term: move for term, move in found.items() if move is not None}
    return together(terms, moves) if moves else Move(Sum(terms), "d-linear", {"inner": Sum(terms)})


def _wrapped_factor(link: Chain, k: int, variable: Variable) -> Move:
    """A factor out of which dx is brought by a trace or by vec."""
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    facts: dict[str, Expr] = {"inner": array}
    if link.shape.is_scalar:
        return within(as_trace(before, array, after), lambda inner: joined(Chain(link.scalars, (inner,), link.shape)))
    match array:
        # A row that is turned is its vec, too.
        case Apply(function="vec", arguments=(inner,)) | Transpose(inner) if not after and array.shape.is_column:
            return within(move_in_vec(inner, variable), lambda inner: with_arrays(link, (*before, inner)))
        case Apply(function="diag", arguments=(inner,)) if not after and not inner.shape.is_column:
            return Move(with_arrays(link, (*before, of_diagonal(inner))), "vec-diag", facts)
        case Apply(function="kron", arguments=(first, second)) if not after and array.shape.is_column:
            found = of_kron(first, second, variable, facts)
            return within(found, lambda inner: with_arrays(link, (*before, inner)))
        case _ if after and product((*before, array, *after)).shape.is_column:
            turned = transposed(array) if array.shape.is_row else array
            inner = turned if turned.shape.is_column else apply("vec", turned)
            return Move(with_arrays(link, (of_product(before, array.shape, after), inner)), "vec-product", facts)
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
    return Move(with_arrays(link, (*before, row, inner)), "scalar-transpose", facts)


def _entrywise_factor(link: Chain, k: int, variable: Variable) -> Move:
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    factor, rest = weights(array, variable)
    if factor is None:
        raise NoRule("this entry-by-entry product", "the identification")
    facts: dict[str, Expr] = {"constant": factor, "inner": rest}
    merged = merged_weights(rest, variable)
    if merged is not None:
        return Move(with_arrays(link, (*before, Hadamard((factor, merged)), *after)), "collect", facts)
    if array.shape.is_row and after and product(after).shape.is_column:
        column = Hadamard((transposed(factor), product(after)))
        return Move(with_arrays(link, (*before, rest, column)), "hadamard-move", facts)
    row = Product(before) if before else None
    if row is not None and row.shape.is_row and factor.shape.is_column:
        turned = transposed(before[0] if len(before) == 1 else row)
        moved = Transpose(Hadamard((turned, factor)))
        # (u.T A) (v * w) = (A.T u).T (v * w), and then v moves: one rule a line.
        reversed_ = joined(Chain(link.scalars, (Transpose(turned), array, *after), link.shape))
        halfway = Move(reversed_, "transpose-product", facts) if len(before) > 1 else None
        return Move(with_arrays(link, (moved, rest, *after)), "hadamard-move", facts, halfway)
    if factor.shape.is_column:
        return Move(with_arrays(link, (*before, apply("diag", factor), rest, *after)), "diag-vector", facts)
    raise NoRule("an entry-by-entry product of matrices", "the identification")
