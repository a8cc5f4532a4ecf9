"""Sums in a normal form: brackets opened where that costs nothing, like terms merged, a positive term first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from derivgen.calculus.chains import Chain, chain, joined
from derivgen.calculus.monomials import Monomial, holds_change, is_zero, written
from derivgen.calculus.symmetry import transposed, turned_scalar
from derivgen.expr.build import ONE_NUMBER, apply, ones, zeros
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Constant, Expr, Hadamard, Power, Product, Sum
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import count

# f(-u) = f(u), and f(-u) = -f(u).
_EVEN = frozenset({"abs", "cos", "cosh"})
_ODD = frozenset({"sign", "sin", "tan", "sinh", "tanh", "asin", "atan"})

Table = dict[Expr, Fraction]


def added(terms: tuple[Expr, ...], shape: Shape) -> Expr:
    """A sum with like terms merged; a scalar among arrays stays a scalar that is added to each entry."""
    table = _merged(_numbers_alike(flattened(terms)))
    opened = _opened(table)
    plain = _summed(table, shape)
    if opened == table:
        return plain
    # -(t - s) + s is 2*s - t; but y - (X @ w + b) keeps the bracket, and so does x - 2*(p - y).
    spread = _summed(opened, shape)
    return spread if len(opened) <= len(table) or (_signs_only(table) and count(spread) < count(plain)) else plain


def _numbers_alike(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """c + d*ones(n) as c + d: beside a number that is added to each entry, another one is written like it."""
    if all(term.is_scalar for term in terms) or not any(term.is_scalar for term in terms):
        return terms
    return tuple(_number_in_each(term) for term in terms)


def _number_in_each(term: Expr) -> Expr:
    link = chain(term)
    match link.arrays:
        case (Apply(function="ones"),) if not holds_change(term):
            return written(link.scalars)
        case _:
            return term


def _merged(terms: tuple[Expr, ...]) -> Table:
    """Each term without its number, and the numbers in front of it added up."""
    table: Table = {}
    for term in flattened(terms):
        coefficient, rest = coefficient_and_rest(term)
        rest = next((other for other in _same(rest) if other in table), rest)
        if rest not in table and (mirror := _mirrored(rest)) is not None and mirror[1] in table:
            coefficient, rest = coefficient * mirror[0], mirror[1]
        table[rest] = table.get(rest, Fraction(0)) + coefficient
    return {rest: coefficient for rest, coefficient in table.items() if coefficient and not is_zero(rest)}


def _same(rest: Expr) -> Iterator[Expr]:
    """The same number written otherwise: x.T @ A.T @ y for y.T @ A @ x, tr(B @ A) and tr(A.T @ B.T) for tr(A @ B)."""
    turned = turned_scalar(rest)
    if turned is not None:
        yield turned
    match rest:
        case Apply(function="tr", arguments=(Product(factors=factors) as inner,)):
            other = transposed(inner)
            for whole in (factors, other.factors if isinstance(other, Product) else ()):
                yield from (apply("tr", Product((*whole[k:], *whole[:k]))) for k in range(len(whole)))


@remembered
def _mirrored(term: Expr) -> tuple[int, Expr] | None:
    """The same by functions of the opposite argument, and its sign: -1 and sign(x - y) for sign(y - x)."""
    match term:
        case Apply(function=name, arguments=(Sum(terms=terms),)) if name in _EVEN or name in _ODD:
            opposite = added(tuple(scaled(-c, rest) for c, rest in map(coefficient_and_rest, terms)), term.shape)
            return -1 if name in _ODD else 1, apply(name, opposite)
        case Power(base=base, exponent=Constant(value=k)) if k.denominator == 1 and (mirror := _mirrored(base)):
            return -1 if mirror[0] < 0 and k.numerator % 2 else 1, Power(mirror[1], term.exponent)
        case Product(factors=factors) | Hadamard(factors=factors):
            mirrors = [_mirrored(factor) for factor in factors]
            if not any(mirrors):
                return None
            made = tuple(mirror[1] if mirror else factor for mirror, factor in zip(mirrors, factors, strict=True))
            return prod(mirror[0] for mirror in mirrors if mirror), type(term)(made)
        case _:
            return None


def _opened(table: Table) -> Table:
    """The same with every bracket opened that has only a number in front."""
    opened: list[Expr] = []
    for rest, coefficient in table.items():
        inner = rest.terms if isinstance(rest, Sum) else (rest,)
        opened += [scaled(coefficient * own, bare) for own, bare in map(coefficient_and_rest, inner)]
    return _merged(tuple(opened)) if len(opened) > len(table) else table


def _signs_only(table: Table) -> bool:
    """Whether no bracket has more than a sign in front."""
    return all(abs(coefficient) == 1 for rest, coefficient in table.items() if isinstance(rest, Sum))


def _summed(table: Table, shape: Shape) -> Expr:
    parts = tuple(scaled(coefficient, rest) for rest, coefficient in positive_first(list(table.items())))
    if not parts:
        return zeros(shape)
    if len(parts) == 1 and parts[0].shape == shape:
        return parts[0]
    if all(part.is_scalar for part in parts) and not shape.is_scalar:
        # Only scalars are left of a sum of arrays: each entry is their sum.
        return joined(chain(Product((parts[0] if len(parts) == 1 else Sum(parts), ones(shape.rows, shape.columns)))))
    return Sum(parts)


def positive_first(terms: list[tuple[Expr, Fraction]]) -> list[tuple[Expr, Fraction]]:
    """The same terms; if the first is negative, the first positive one moves to the front."""
    if terms and terms[0][1] < 0:
        for k, term in enumerate(terms):
            if term[1] > 0:
                return [term, *terms[:k], *terms[k + 1 :]]
    return terms


def flattened(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The terms with sums inside sums opened."""
    found: list[Expr] = []
    for term in terms:
        if isinstance(term, Sum):
            found += flattened(term.terms)
        else:
            found.append(term)
    return tuple(found)


def coefficient_and_rest(term: Expr) -> tuple[Fraction, Expr]:
    """A term as a number times the rest; the rest of a number is 1."""
    if isinstance(term, Constant):
        return term.value, ONE_NUMBER
    link = chain(term)
    value = link.scalars.coefficient
    if value in (0, 1):
        return Fraction(1), term
    return value, joined(Chain(Monomial(Fraction(1), link.scalars.powers), link.arrays, link.shape))


def scaled(coefficient: Fraction, rest: Expr) -> Expr:
    """Coefficient * rest, merged into what stands there."""
    if coefficient == 1:
        return rest
    if rest == ONE_NUMBER:
        return written(Monomial(coefficient, ()))
    link = chain(rest)
    return joined(Chain(Monomial(coefficient, ()) * link.scalars, link.arrays, link.shape))
