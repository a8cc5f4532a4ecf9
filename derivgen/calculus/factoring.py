"""Common factors taken out on the left and on the right, where that makes the answer shorter."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product as cartesian
from math import gcd, prod

from derivgen.calculus.chains import Chain, chain, joined
from derivgen.calculus.explicit import written_out
from derivgen.calculus.gathering import branches, entrywise, weighted
from derivgen.calculus.monomials import ONE, Monomial, common
from derivgen.calculus.simplify import tidy
from derivgen.calculus.sums import coefficient_and_rest
from derivgen.calculus.symmetry import transposed, transposes
from derivgen.expr.build import apply
from derivgen.expr.counted import are_one
from derivgen.expr.nodes import Apply, Expr, Hadamard, Product, Quotient, Sum, Transpose
from derivgen.expr.walk import count, rebuilt


def factored(expr: Expr) -> Expr:
    """The sum with its common factors in front and behind, if it has any and gets shorter.

    Shapes: unchanged. Scalars stay as they are; a lecturer multiplies those out.
    """
    if not isinstance(expr, Sum) or expr.is_scalar or any(term.is_scalar for term in expr.terms):
        return expr
    links = [chain(term) for term in expr.terms]
    scalars = Monomial(_common_number(links), common([link.scalars for link in links]).powers)
    left = _common([link.arrays for link in links])
    right = _common([link.arrays[len(left) :][::-1] for link in links])[::-1]
    candidates = [
        _taken_out(links, scalars, left, right),
        _taken_out(links, scalars, (), ()),
        _turned(expr),
        _blocks(links),
        _diagonals(links),
        _again(weighted(links, expr.shape)),
        _again(entrywise(links, expr.shape)),
        *(_grouped(expr.terms, links, key) for key in _GROUPS),
    ]
    return min((c for c in (expr, *candidates) if c is not None), key=count)


def _again(made: Expr | None) -> Expr | None:
    """The same with what is left of the sum factored too; it has fewer terms, so this ends."""
    return factored(made) if isinstance(made, Sum) else made


def _taken_out(links: list[Chain], scalars: Monomial, left: tuple[Expr, ...], right: tuple[Expr, ...]) -> Expr | None:
    if not left and not right and scalars == ONE:
        return None
    inner = [_rest(link, len(left), len(right), scalars) for link in links]
    if any(part is None for part in inner):
        return None
    middle = _in_order(tuple(part for part in inner if part is not None))
    return _around(scalars, left, factored(middle) if left or right else _turned(middle) or middle, right)


def _grouped(terms: tuple[Expr, ...], links: list[Chain], key: Key) -> Expr | None:
    """x.T @ B + x.T @ B.T + c.T as x.T @ (B + B.T) + c.T: the terms that share a factor, each group in one bracket."""
    groups: dict[Expr, list[Expr]] = {}
    for term, link in zip(terms, links, strict=True):
        groups.setdefault(key(link) or term, []).append(term)
    if len(groups) in (1, len(terms)):
        return None
    gathered = (factored(Sum(tuple(group))) if len(group) > 1 else group[0] for group in groups.values())
    made = tidy(Sum(tuple(gathered)))
    # Fewer terms may share another factor, so this ends.
    return factored(made) if isinstance(made, Sum) and len(made.terms) < len(terms) else made


def _kron_part(link: Chain, place: int) -> Expr | None:
    return link.arrays[0].arguments[place] if _is_kron(link) else None  # type: ignore[union-attr]  # tested


Key = Callable[[Chain], Expr | None]
_GROUPS: tuple[Key, ...] = (
    lambda link: link.arrays[0] if len(link.arrays) > 1 else None,
    lambda link: link.arrays[-1] if len(link.arrays) > 1 else None,
    lambda link: _kron_part(link, 0),
    lambda link: _kron_part(link, 1),
    lambda link: Product(link.arrays[:-1]) if len(link.arrays) > 2 else None,
    lambda link: Product(link.arrays[1:]) if len(link.arrays) > 2 else None,
)


def _blocks(links: list[Chain]) -> Expr | None:
    """A kron B + A kron C as A kron (B + C), and the same on the other side."""
    pairs = [link.arrays[0].arguments for link in links if _is_kron(link)]  # type: ignore[union-attr]  # tested
    if len(pairs) < len(links):
        return None
    for place in (0, 1):
        shared = pairs[0][place]
        if all(pair[place] == shared for pair in pairs):
            others = [
                joined(Chain(link.scalars, (pair[1 - place],), pair[1 - place].shape))
                for link, pair in zip(links, pairs, strict=True)
            ]
            inner = factored(tidy(Sum(tuple(others))))
            return tidy(apply("kron", *((shared, inner) if place == 0 else (inner, shared))))
    return None


def _diagonals(links: list[Chain]) -> Expr | None:
    """diag(u) + diag(v) as diag(u + v), and with vec as diag(vec(U + V))."""
    inner = [_diagonal(link) for link in links]
    entries = tuple(part for part in inner if part is not None)
    if len(entries) < len(links):
        return None
    unstacked = [_unstacked(part) for part in entries]
    matrices = tuple(part for part in unstacked if part is not None)
    if len(matrices) == len(entries) and len({part.shape for part in matrices}) == 1:
        return apply("diag", apply("vec", simplest(Sum(matrices))))
    return apply("diag", simplest(Sum(entries)))


def _diagonal(link: Chain) -> Expr | None:
    match link.arrays:
        case (Apply(function="diag", arguments=(inner,)),) if inner.shape.is_column:
            return joined(Chain(link.scalars, (inner,), inner.shape))
        case _:
            return None


def _unstacked(column: Expr) -> Expr | None:
    link = chain(column)
    match link.arrays:
        case (Apply(function="vec", arguments=(inner,)),):
            return joined(Chain(link.scalars, (inner,), inner.shape))
        case _:
            return None


def _is_kron(link: Chain) -> bool:
    return len(link.arrays) == 1 and isinstance(link.arrays[0], Apply) and link.arrays[0].function == "kron"


def _turned(expr: Expr) -> Expr | None:
    """p.T - t.T as (p - t).T, where every term is a number times one transpose."""
    if not isinstance(expr, Sum):
        return None
    turned = []
    for term in expr.terms:
        link = chain(term)
        if len(link.arrays) != 1 or not isinstance(link.arrays[0], Transpose):
            return None
        turned.append(joined(Chain(link.scalars, (link.arrays[0].argument,), expr.shape.transposed)))
    return transposed(factored(Sum(tuple(turned))))


def _common(sequences: list[tuple[Expr, ...]]) -> tuple[Expr, ...]:
    shared: list[Expr] = []
    for items in zip(*sequences, strict=False):
        if any(item != items[0] for item in items):
            break
        shared.append(items[0])
    return tuple(shared)


def _common_number(links: list[Chain]) -> Fraction:
    """The greatest number that divides every coefficient; 1 unless all are whole."""
    numbers = [link.scalars.coefficient for link in links]
    if any(value.denominator != 1 for value in numbers):
        return numbers[0] if all(are_one(value, numbers[0]) for value in numbers) else Fraction(1)
    sign = -1 if all(value < 0 for value in numbers) else 1
    return Fraction(sign * gcd(*(value.numerator for value in numbers)))


def _rest(link: Chain, left: int, right: int, scalars: Monomial) -> Expr | None:
    """What is left of a term, or None if that would be an identity: a new factor that does nothing."""
    arrays = link.arrays[left : len(link.arrays) - right]
    inverse = scalars.raised(Fraction(-1)) if scalars.coefficient else scalars
    rest = Monomial(
        link.scalars.coefficient / scalars.coefficient, (link.scalars * Monomial(Fraction(1), inverse.powers)).powers
    )
    return joined(Chain(rest, arrays, Product(arrays).shape)) if arrays else None


def simplest(expr: Expr) -> Expr:
    """The shortest of a few forms: as it is, with common factors taken out, and multiplied out first.

    A bracket that was typed, as in (X.T @ X - eye(n)), is only opened where that saves more than a little.
    """
    plain = _chosen(tidy(expr))
    if (spelled := written_out(plain)) is not None:
        return spelled
    kept = in_order(tidy(_inside(factored(plain))))
    if plain.is_scalar or (spread := multiplied_out(plain)) == plain:
        return kept
    opened = in_order(tidy(factored(spread)))
    return opened if count(opened) + A_LITTLE < count(kept) else kept


def _chosen(plain: Expr) -> Expr:
    """Both branches of a choice as one, where the sum holds both."""
    made = branches(plain) if isinstance(plain, Sum) else None
    return plain if made is None else made


def _inside(expr: Expr) -> Expr:
    """The same with what stands within diag, vec or a transpose in its shortest form."""
    match expr:
        case Apply(function="diag" | "vec" as name, arguments=(inner,)):
            return apply(name, simplest(inner))
        case Transpose(argument=Sum() as inner):
            return Transpose(simplest(inner))
        case Product() | Quotient():
            link = chain(expr)
            arrays = tuple(map(_bracket, link.arrays))
            return expr if arrays == link.arrays else joined(Chain(link.scalars, arrays, link.shape))
        case _:
            return expr


def _bracket(array: Expr) -> Expr:
    """A factor in its shortest form, where it is one of those."""
    match array:
        case Apply(function="diag" | "vec") | Transpose(argument=Sum()):
            return _inside(array)
        case Sum() if not any(term.is_scalar for term in array.terms):
            made = simplest(array)
            return made if made.shape == array.shape else array
        case _:
            return array


A_LITTLE = 3


MOST_TERMS = 12


def multiplied_out(expr: Expr) -> Expr:
    """The expression with products of sums written as sums of products, everywhere; long ones stay."""
    inner = rebuilt(_fractions_opened(expr), multiplied_out)
    if isinstance(expr, Quotient) and isinstance(inner, Quotient) and expr.denominator.is_scalar:
        # Below the line a bracket of numbers hides nothing that could cancel.
        inner = Quotient(inner.numerator, expr.denominator)
    match inner:
        case Product(factors=factors) | Hadamard(factors=factors):
            return tidy(_spread(type(inner), factors))
        case Transpose(argument=Sum(terms=terms)) if all(not term.is_scalar for term in terms):
            return tidy(Sum(tuple(transposed(term) for term in terms)))
        case Quotient(numerator=Sum(terms=terms), denominator=bottom) if not any(t.is_scalar for t in terms):
            return tidy(Sum(tuple(Quotient(term, bottom) for term in terms)))
        case _:
            return tidy(inner)


def _fractions_opened(expr: Expr) -> Expr:
    """Brackets of fractions opened first: beside 1 - p the fraction y/(1 - p) cancels, beside 1 and -p it would not."""
    if not isinstance(expr, Hadamard):
        return expr
    choices = [
        factor.terms if isinstance(factor, Sum) and any(isinstance(t, Quotient) for t in _bare(factor)) else (factor,)
        for factor in expr.factors
    ]
    picked = [Hadamard(parts_) for parts_ in cartesian(*choices)]
    return expr if len(picked) == 1 or len(picked) > MOST_TERMS else tidy(Sum(tuple(picked)))


def _bare(bracket: Sum) -> tuple[Expr, ...]:
    """The terms without the numbers in front."""
    return tuple(coefficient_and_rest(term)[1] for term in bracket.terms)


def _spread(kind: type[Product] | type[Hadamard], factors: tuple[Expr, ...]) -> Expr:
    choices = [factor.terms if isinstance(factor, Sum) and _may_open(kind, factor) else (factor,) for factor in factors]
    if prod(len(choice) for choice in choices) > MOST_TERMS:
        return kind(factors)
    picked = [kind(parts) for parts in cartesian(*choices)]
    return picked[0] if len(picked) == 1 else Sum(tuple(picked))


def _may_open(kind: type[Product] | type[Hadamard], bracket: Sum) -> bool:
    """Whether a number in the bracket is not lost: within a matrix product 1 + x is not two factors."""
    return kind is Hadamard or all(term.shape == bracket.shape for term in bracket.terms)


def in_order(expr: Expr) -> Expr:
    """The expression with A.T + A written as A + A.T everywhere."""
    inner = rebuilt(expr, in_order)
    return Sum(_sorted(inner.terms)) if isinstance(inner, Sum) else inner


def _in_order(terms: tuple[Expr, ...]) -> Expr:
    """A + A.T rather than A.T + A."""
    return tidy(Sum(_sorted(terms)))


def _sorted(terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The same terms, a matrix before its own transpose; else as it came."""
    ordered = list(terms)
    for k in range(len(ordered)):
        term, turned = ordered[k], transposed(ordered[k])
        if turned in ordered[k + 1 :] and transposes(turned) < transposes(term):
            other = ordered.index(turned, k + 1)
            ordered[k], ordered[other] = turned, term
    return tuple(ordered)


def _around(scalars: Monomial, left: tuple[Expr, ...], middle: Expr, right: tuple[Expr, ...]) -> Expr:
    factors = (*left, middle, *right)
    return joined(Chain(scalars, factors, Product(factors).shape))
