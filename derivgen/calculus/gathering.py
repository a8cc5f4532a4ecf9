"""Terms of a sum gathered: numbers in front of one array, factors entry by entry, both branches of a choice.

tr(A) X + c X is (tr(A) + c) X; c s - x * s is s * (c - x); x where(z > 0, 1, 0) + y where(z > 0, 0, 1) is
where(z > 0, x, y). Each gives None where it finds nothing.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.chains import Chain, chain, is_identity, joined
from derivgen.calculus.monomials import ONE, Monomial, common, monomial, written
from derivgen.calculus.simplify import entry, entry_fraction, tidy
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER
from derivgen.expr.nodes import Choice, Expr, Hadamard, Product, Sum
from derivgen.expr.sizes import Shape

Arrays = tuple[Expr, ...]


def weighted(links: list[Chain], shape: Shape) -> Expr | None:
    """Terms with the same arrays as one, the numbers in front added up."""
    groups: dict[Arrays, list[Monomial]] = {}
    for link in links:
        groups.setdefault(link.arrays, []).append(link.scalars)
    if len(groups) == len(links):
        return None
    return tidy(Sum(tuple(_times(_total(numbers), arrays, shape) for arrays, numbers in groups.items())))


def _total(numbers: list[Monomial]) -> Expr:
    """The sum of numbers, what all of them share in front of the bracket."""
    shared = common(numbers)
    inside = tidy(Sum(tuple(written(number * shared.raised(Fraction(-1))) for number in numbers)))
    return tidy(Product((written(shared), inside)))


def _times(number: Expr, arrays: Arrays, shape: Shape) -> Expr:
    return joined(Chain(monomial(number), arrays, shape))


def entrywise(links: list[Chain], shape: Shape) -> Expr | None:
    """The factor that every term has entry by entry, times the bracket of the rest."""
    if any(len(link.arrays) != 1 or is_identity(link.arrays[0]) for link in links):
        return None
    factors = [monomial(link.arrays[0]) for link in links]
    shared = Monomial(Fraction(1), tuple(power for power in common(factors).powers if not power[0].is_scalar))
    if shared == ONE:
        return None
    numbers = common([link.scalars for link in links])
    upside_down, over = shared.raised(Fraction(-1)), numbers.raised(Fraction(-1))
    rests = [entry(link.scalars * over, own * upside_down, shape) for link, own in zip(links, factors, strict=True)]
    if all(rest.is_scalar for rest in rests):
        return None
    inside = tidy(Sum(tuple(rests)))
    if inside.shape != shape:
        return None
    return tidy(Product((written(numbers), Hadamard((entry_fraction(shared, shape), inside)))))


Test = tuple[str, Expr, Expr]
Branch = tuple[Test, bool, Expr]


def branches(expr: Sum) -> Expr | None:
    """Both branches of a choice put together again."""
    found: dict[Test, tuple[list[Expr], list[Expr]]] = {}
    others: list[Expr] = []
    for term in expr.terms:
        branch = _branch(term)
        if branch is None:
            others.append(term)
        else:
            test, is_then, rest = branch
            found.setdefault(test, ([], []))[0 if is_then else 1].append(rest)
    if not any(then and otherwise for then, otherwise in found.values()):
        return None
    chosen = tuple(_choice(test, *sides) for test, sides in found.items())
    made = tidy(Sum((*others, *chosen)))
    return made if made.shape == expr.shape else None


def _choice(test: Test, then: list[Expr], otherwise: list[Expr]) -> Expr:
    relation, left, right = test
    sides = (tidy(Sum(tuple(side))) if side else ZERO_NUMBER for side in (then, otherwise))
    return Choice(relation, left, right, *sides)  # type: ignore[arg-type]  # a relation is one of four words


def _branch(term: Expr) -> Branch | None:
    """A term with where(..., 1, 0) or where(..., 0, 1) as a factor: the test, which branch, and the other factors."""
    link = chain(term)
    for base, exponent in link.scalars.powers:
        if exponent == ONE_NUMBER and (side := _side(base)) is not None:
            rest = Monomial(link.scalars.coefficient, tuple(p for p in link.scalars.powers if p[0] != base))
            return *side, joined(Chain(rest, link.arrays, link.shape))
    if len(link.arrays) != 1:
        return None
    factors = monomial(link.arrays[0])
    for base, exponent in factors.powers:
        if exponent == ONE_NUMBER and (side := _side(base)) is not None:
            kept = Monomial(factors.coefficient, tuple(p for p in factors.powers if p[0] != base))
            return *side, entry(link.scalars, kept, link.shape)
    return None


def _side(base: Expr) -> tuple[Test, bool] | None:
    match base:
        case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
            if (then, otherwise) in ((ONE_NUMBER, ZERO_NUMBER), (ZERO_NUMBER, ONE_NUMBER)):
                return (relation, left, right), then == ONE_NUMBER
        case _:
            pass
    return None
