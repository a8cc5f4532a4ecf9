"""What stands before the change in a term that is linear in dx: J of J dx, M of tr(M dX).

Source: Magnus and Neudecker (2019), ch. 9 (first identification theorem).
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.chains import Chain, chain, joined, product
from derivgen.calculus.factoring import factored
from derivgen.calculus.monomials import Monomial
from derivgen.calculus.moves import has
from derivgen.calculus.simplify import tidy
from derivgen.calculus.traces import matrix_factor
from derivgen.expr.build import ONE_NUMBER, apply, eye
from derivgen.expr.nodes import Apply, Differential, Expr, Product, Sum, Transpose, Variable


def coefficient(term: Expr, variable: Variable) -> Expr | None:
    """J where the term is J dx, or None where it is not of that form yet."""
    d: Expr = Differential(variable)
    link = numbered(chain(term), variable)
    ends: tuple[Expr, ...] = (d,)
    if not variable.shape.is_column:
        # vec of a row is the row turned.
        d = apply("vec", d)
        ends = (d, Transpose(Differential(variable))) if variable.shape.is_row else (d,)
    if variable.is_scalar:
        powers = dict(link.scalars.powers)
        if powers.get(d) != ONE_NUMBER or any(has(array, variable) for array in link.arrays):
            return None
        rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != d))
        return joined(Chain(rest, link.arrays, link.shape))
    if not link.arrays and len(link.scalars.powers) >= 1:
        return _inside_scalar(link, variable)
    if link.shape.is_scalar and not variable.shape.is_column:
        return None
    if not link.arrays or link.arrays[-1] not in ends or any(has(array, variable) for array in link.arrays[:-1]):
        return None
    if any(has(base, variable) for base, _ in link.scalars.powers):
        return None
    if len(link.arrays) == 1:
        return joined(Chain(link.scalars, (eye(variable.shape.entries),), link.shape))
    return joined(Chain(link.scalars, link.arrays[:-1], link.shape))


def numbered(link: Chain, variable: Variable) -> Chain:
    """The same with a constant inner product among the scalars: (a.T b) s(dx) is a number times s(dx)."""
    if not link.shape.is_scalar or not link.arrays or any(has(array, variable) for array in link.arrays):
        return link
    number = Monomial(Fraction(1), ((product(link.arrays), ONE_NUMBER),))
    return Chain(link.scalars * number, (), link.shape)


def _inside_scalar(link: Chain, variable: Variable) -> Expr | None:
    """The same for a scalar term s * (g.T @ dx)."""
    holding = [base for base, _ in link.scalars.powers if has(base, variable)]
    if len(holding) != 1:
        return None
    rest = Monomial(link.scalars.coefficient, tuple((b, k) for b, k in link.scalars.powers if b != holding[0]))
    match holding[0]:
        case Apply(function="tr", arguments=(traced,)) if not variable.shape.is_column:
            found = matrix_factor(traced, variable)
            front = joined(Chain(rest, (), link.shape))
            return None if found is None else tidy(Product((front, found)))
        case Sum(terms=terms) if not variable.shape.is_column:
            return _of_bracket(terms, rest, variable)
        case _ if not variable.shape.is_column:
            return None
    inner = chain(holding[0])
    if (
        not inner.arrays
        or inner.arrays[-1] != Differential(variable)
        or any(has(a, variable) for a in inner.arrays[:-1])
    ):
        return None
    shape = Product(inner.arrays[:-1]).shape
    return joined(Chain(rest * inner.scalars, inner.arrays[:-1], shape))


def _of_bracket(terms: tuple[Expr, ...], front: Monomial, variable: Variable) -> Expr | None:
    """M where a number times a bracket of traces is tr(M dX)."""
    found = [coefficient(term, variable) for term in terms]
    known = tuple(part for part in found if part is not None)
    if len(known) < len(terms):
        return None
    inner = factored(tidy(Sum(known)))
    return tidy(Product((joined(Chain(front, (), ONE_NUMBER.shape)), inner)))
