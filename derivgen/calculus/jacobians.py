"""Products of Jacobians, added up over the paths: as they stand, and as a lecturer writes them in the end.

Source of the moves with diagonal matrices: Parr and Howard (2018), sec. 4.5.3 and 5.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import reduce
from itertools import pairwise

from derivgen.calculus.chains import Chain, chain, is_identity, joined
from derivgen.calculus.factoring import in_order, simplest
from derivgen.calculus.lines import unnested
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import ONE_NUMBER, apply
from derivgen.expr.nodes import Apply, Expr, Hadamard, Product, Stack, Sum, Transpose
from derivgen.expr.sizes import SCALAR
from derivgen.expr.walk import count
from derivgen.record import record

Path = tuple[Expr, ...]


@record
class Simplified:
    """A sum of products in its last form, the rules that led there, and the diagonal that was merged."""

    expr: Expr
    rules: tuple[str, ...]
    facts: dict[str, Expr] = field(default_factory=dict)


def as_they_stand(paths: tuple[Path, ...]) -> Expr:
    """One product a path, outermost factor first, and their sum; scalars without brackets and without a factor one."""
    terms = tuple(_multiplied(path) for path in paths)
    return terms[0] if len(terms) == 1 else Sum(terms)


def opened_product(expr: Expr) -> Expr:
    """A product, or a sum of them, without products inside a product: (2 r.T) A as 2 r.T A."""
    match expr:
        case Sum(terms=terms):
            return Sum(tuple(opened_product(term) for term in terms))
        case Product(factors=factors):
            flat: list[Expr] = []
            for factor in factors:
                flat += factor.factors if isinstance(factor, Product) else (factor,)
            return Product(tuple(flat))
        case _:
            return expr


def _multiplied(path: Path) -> Expr:
    kept = tuple(factor for factor in path if factor != ONE_NUMBER) or (ONE_NUMBER,)
    made = kept[0] if len(kept) == 1 else Product(kept)
    return unnested(made) if all(factor.is_scalar for factor in kept) else made


def simplified(paths: tuple[Path, ...]) -> Simplified:
    """The same value in the form of an answer."""
    rules: dict[str, None] = {}
    facts: dict[str, Expr] = {}
    for path in paths:
        for rule, diagonal in (move for term in _distributed(path) for move in _moves(term)):
            rules[rule] = None
            if diagonal is not None:
                facts.setdefault("constant", diagonal)
    products = tuple(_merged(path) for path in paths)
    plain = tidy(products[0] if len(products) == 1 else Sum(products))
    made = simplest(plain)
    if len(paths) > 1 and made != in_order(plain):
        rules["collect"] = None
    return Simplified(made, tuple(sorted(rules, key=_ORDER.index)), facts)


@record
class Stage:
    """One form on the way from a sum of products to its last form, and the rule that leads to it."""

    rule: str
    expr: Expr
    facts: dict[str, Expr] = field(default_factory=dict)
    also: tuple[str, ...] = ()


def stages(paths: tuple[Path, ...], short: Simplified) -> tuple[Stage, ...]:
    """The forms up to `short`, one rule each, where it takes more than to merge diagonals; else that form alone."""
    terms = tuple(term for path in paths for term in _distributed(path))
    links = tuple(_merged_diagonals(term) for term in terms)
    added = tuple(entries for link in links if (entries := _added(link)) is not None)
    merges = [rule for rule in short.rules if rule in ("diag-product", "diag-vector")]
    if not merges or not (added or len(terms) > len(paths)):
        return (Stage(short.rules[0], short.expr, short.facts, short.rules[1:]),)
    idle = tuple(rule for rule in short.rules if rule == "identity-removal")
    spread = (Stage("distribute", _summed(tuple(joined(chain(_multiplied(t))) for t in terms)), also=idle),)
    found = [
        *(spread if len(terms) > len(paths) else ()),
        Stage(merges[0], _summed(tuple(map(joined, links))), short.facts, (*merges[1:], *idle)),
        *(
            (Stage("inner-sum", _summed(tuple(tidy(_with_sums(link)) for link in links)), {"inner": added[0]}),)
            if added
            else ()
        ),
    ]
    if found[-1].expr == short.expr:
        return tuple(found)
    if isinstance(found[-1].expr, Sum):
        return (*found, Stage("collect", short.expr))
    return (*found[:-1], replace(found[-1], expr=short.expr))


def _summed(terms: tuple[Expr, ...]) -> Expr:
    return terms[0] if len(terms) == 1 else Sum(terms)


_ORDER = ("diag-product", "diag-vector", "collect", "identity-removal")


def _moves(path: Path) -> list[tuple[str, Expr | None]]:
    """What happens to the factors of one path when it is simplified, from left to right."""
    arrays = [array for factor in path if not factor.is_scalar for array in _arrays(factor)]
    found: list[tuple[str, Expr | None]] = []
    if len(arrays) > 1 and any(is_identity(array) for array in arrays):
        found.append(("identity-removal", None))
        arrays = [array for array in arrays if not is_identity(array)]
    diagonals = [k for k, array in enumerate(arrays) if _is_diagonal(array)]
    for k in diagonals:
        inner = arrays[k].arguments[0] if isinstance(arrays[k], Apply) else None  # type: ignore[union-attr]  # just tested
        if k + 1 in diagonals:
            found.append(("diag-product", inner))
        elif (k > 0 and arrays[0].shape.is_row) or (k + 1 < len(arrays) and arrays[-1].shape.is_column):
            found.append(("diag-vector", inner))
    return found


def _arrays(factor: Expr) -> tuple[Expr, ...]:
    return chain(factor).arrays


def _is_diagonal(array: Expr) -> bool:
    return isinstance(array, Apply) and array.function == "diag" and array.arguments[0].shape.is_column


def _merged(path: Path) -> Expr:
    """The product of a path worked out: arrays of scalars multiplied, diagonals merged."""
    stacks = [factor for factor in path if isinstance(factor, Stack)]
    if len(stacks) > 1 and all(factor.is_scalar or isinstance(factor, Stack) for factor in path):
        scalars = tuple(factor for factor in path if factor.is_scalar)
        return tidy(Product((*scalars, reduce(_by_entries, stacks))))
    terms = _distributed(path)
    made = tuple(_without_diagonals(term) for term in terms)
    return made[0] if len(made) == 1 else Sum(made)


def _by_entries(left: Stack, right: Stack) -> Stack:
    """The product of two arrays of scalars, entry by entry."""
    columns = tuple(zip(*right.rows, strict=True))
    return Stack(tuple(tuple(_dot(row, column) for column in columns) for row in left.rows))


def _dot(row: tuple[Expr, ...], column: tuple[Expr, ...]) -> Expr:
    return tidy(Sum(tuple(Product((a, b)) for a, b in zip(row, column, strict=True))))


def _distributed(path: Path) -> tuple[Path, ...]:
    """A row times a bracket with diagonal matrices in it, such as diag(p) - p p.T, as one path for each term."""
    if not _multiplied(path).shape.is_row:
        return (path,)
    for k, factor in enumerate(path):
        if k and isinstance(factor, Sum) and any(_has_diagonal(term) for term in factor.terms):
            return tuple(whole for term in factor.terms for whole in _distributed((*path[:k], term, *path[k + 1 :])))
    return (path,)


def _has_diagonal(term: Expr) -> bool:
    return any(_is_diagonal(array) for array in _arrays(term))


def _without_diagonals(path: Path) -> Expr:
    """The product of a path without diagonals, with what a row and a column add up to."""
    return _with_sums(_merged_diagonals(path))


def _merged_diagonals(path: Path) -> Chain:
    """The product of a path in which no diagonal matrix stands beside a row or a column: r.T diag(a) = (r * a).T."""
    link = chain(_multiplied(path))
    arrays = [array for array in link.arrays if not is_identity(array)] or list(link.arrays[:1])
    if len(arrays) > 1 and arrays[0].shape.is_row:
        arrays = _from_the_left(arrays)
    if len(arrays) > 1 and arrays[-1].shape.is_column:
        turned = [transposed(array) for array in reversed(arrays)]
        arrays = [transposed(array) for array in reversed(_from_the_left(turned))]
    return Chain(link.scalars, tuple(arrays), link.shape)


def _with_sums(link: Chain) -> Expr:
    """The chain with (t/p).T p written as sum(t): a row times a column whose entries cancel."""
    k, entries = _place_of_sum(link)
    if entries is None:
        return joined(link)
    number = Product((joined(Chain(link.scalars, (), SCALAR)), apply("sum", entries)))
    rest = (*link.arrays[:k], *link.arrays[k + 2 :])
    return tidy(Product((number, *rest)))


def _added(link: Chain) -> Expr | None:
    """What a row and a column of the chain add up: where their entries cancel, or the column is one of ones."""
    for row, column in pairwise(link.arrays):
        if row.shape.is_row and isinstance(column, Apply) and column.function == "ones" and column.shape.is_column:
            return tidy(transposed(row))
    return _place_of_sum(link)[1]


def _place_of_sum(link: Chain) -> tuple[int, Expr | None]:
    """Where a row stands before a column whose entries cancel with its own, and the products of their entries."""
    for k in range(len(link.arrays) - 1):
        row, column = link.arrays[k : k + 2]
        if row.shape.is_row and column.shape.is_column:
            entries = tidy(Hadamard((tidy(transposed(row)), column)))
            if count(entries) < min(count(row), count(column) + 2):
                return k, entries
    return 0, None


def _from_the_left(arrays: list[Expr]) -> list[Expr]:
    """Row, matrices and diagonals with the diagonals merged into what stands before them."""
    done: list[Expr] = []
    for array in arrays:
        if done and isinstance(array, Apply) and _is_diagonal(array):
            # A row and a column before it are a number, and stay apart: (t/p).T p p.T diag(a).
            start = max(k for k, one in enumerate(done) if one.shape.is_row)
            before = done[start] if start == len(done) - 1 else Product(tuple(done[start:]))
            done[start:] = [Transpose(tidy(Hadamard((tidy(transposed(before)), array.arguments[0]))))]
        else:
            done.append(array)
    return done
