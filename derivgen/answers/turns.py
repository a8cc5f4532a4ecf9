"""Every way to a wrong derivative from the right one: a product turned round, an inverse or a factor mistaken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, permutations

from derivgen.answers.claims import Variant, claimed
from derivgen.answers.taken import Change, fitting
from derivgen.calculus.chains import product
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Apply, Expr, Hadamard, Power, Product, Quotient, Sum, Transpose
from derivgen.expr.walk import inlined, nodes_within, parts, replaced, with_parts
from derivgen.printing.text import text
from derivgen.problem.problem import Request

ONE, MINUS_ONE = number(1), number(-1)


def changed_answers(request: Request, right: Expr) -> Iterator[Variant]:
    """The right answer with one rule changed."""
    yield from _named("det_trace_confusion", _once(right, _trace_for_determinant))
    if not request.is_second and len(request.wrt) == 1:
        yield from _named("product_of_derivatives", _in_one_term(request, _derivatives_multiplied))
        yield from _named("quotient_rule", _in_one_term(request, _derivatives_divided))
    yield from _named("inverse_like_scalar", _once(right, _inverses_beside))
    yield from _named("inverse_elementwise", _entrywise_inverses(right))
    if not request.of.is_scalar or any(isinstance(n, Apply) and n.function == "diag" for n in nodes_within(right)):
        yield from _named("chain_order", _once(right, _reversed))
    yield from _named("elementwise_product", _once(right, _by_entries))
    yield from _named("matrix_for_elementwise", _once(right, _as_matrices))
    yield from _named("inner_for_outer", _once(right, _as_inner))
    yield from _with_a_factor_lost(right)


def _named(mistake: str, found: Iterator[Expr]) -> Iterator[Variant]:
    return (Variant(mistake, {}, one) for one in found)


def _once(expr: Expr, change: Change) -> Iterator[Expr]:
    """The expression changed at one place, in every way; ways that give no array are left out."""
    yield from change(expr)
    inner = parts(expr)
    for k, part in enumerate(inner):
        for other in _once(part, change):
            yield from fitting(with_parts, expr, (*inner[:k], other, *inner[k + 1 :]))


def _trace_for_determinant(node: Expr) -> tuple[Expr, ...]:
    match node:
        case Apply(function="det", arguments=(inner,)):
            return (apply("tr", inner),)
        case _:
            return ()


def _in_one_term(request: Request, mistaken: Callable[[Request, Expr], Iterator[Expr]]) -> Iterator[Expr]:
    """The derivative with one term of the function differentiated by a mistaken rule, and the others as they should."""
    body = inlined(request.body)
    terms = [term for term in (body.terms if isinstance(body, Sum) else (body,)) if request.moves(term)]
    for k, term in enumerate(terms):
        others = tuple(claimed(request, other) for other in (*terms[:k], *terms[k + 1 :]))
        for made in mistaken(request, term):
            yield from fitting(Sum, (made, *others)) if others else (made,)


def _derivatives_multiplied(request: Request, term: Expr) -> Iterator[Expr]:
    """u' v' for u v, entry by entry or as matrices, where that is an array."""
    factors = term.factors if isinstance(term, Product | Hadamard) else ()
    if isinstance(term, Quotient):
        factors = (term.numerator, Power(term.denominator, MINUS_ONE))
    moving = [factor for factor in factors if request.moves(factor)]
    still = tuple(factor for factor in factors if not request.moves(factor) and factor.is_scalar)
    if len(moving) != 2:
        return
    left, right = (claimed(request, factor) for factor in moving)
    for first, second in ((left, right), (right, left)):
        yield from fitting(Product, (*still, first, second))
        yield from fitting(Product, (*still, first, Transpose(second)))
    yield from (Product((*still, one)) for one in fitting(Hadamard, (left, right)))


def _derivatives_divided(request: Request, term: Expr) -> Iterator[Expr]:
    """u'/v' for u/v, where that is an array."""
    if isinstance(term, Quotient) and request.moves(term.denominator):
        yield from fitting(Quotient, claimed(request, term.numerator), claimed(request, term.denominator))


def _inverses_beside(node: Expr) -> tuple[Expr, ...]:
    """inv(X) A inv(X) as inv(X) inv(X) A or A inv(X) inv(X)."""
    if not isinstance(node, Product):
        return ()
    made = []
    factors = node.factors
    for i, j in combinations(range(len(factors)), 2):
        if factors[i] == factors[j] and _is_inverse(factors[i]) and j > i + 1:
            between = factors[i + 1 : j]
            made.append(Product((*factors[: i + 1], factors[j], *between, *factors[j + 1 :])))
            made.append(Product((*factors[:i], *between, factors[i], *factors[j:])))
    return tuple(made)


def _is_inverse(expr: Expr) -> bool:
    inner = expr.argument if isinstance(expr, Transpose) else expr
    return isinstance(inner, Apply) and inner.function == "inv"


def _entrywise_inverses(right: Expr) -> Iterator[Expr]:
    """Every inverse taken entry by entry."""
    found = [node for node in nodes_within(right) if isinstance(node, Apply) and node.function == "inv"]
    if found:
        yield replaced(right, {node: Power(node.arguments[0], number(-1)) for node in found})


def _arrays(node: Expr) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    factors = node.factors if isinstance(node, Product) else ()
    return tuple(f for f in factors if f.is_scalar), tuple(f for f in factors if not f.is_scalar)


def _reversed(node: Expr) -> tuple[Expr, ...]:
    """The factors of a product in the opposite order, and each two neighbours changed over."""
    front, arrays = _arrays(node)
    if len(arrays) < 2 or node.is_scalar:
        return ()
    orders = [tuple(reversed(arrays))]
    orders += [(*arrays[:k], arrays[k + 1], arrays[k], *arrays[k + 2 :]) for k in range(len(arrays) - 1)]
    found = [made for order in orders for made in fitting(Product, (*front, *order))]
    return tuple(made for made in found if made.shape == node.shape)


def _by_entries(node: Expr) -> tuple[Expr, ...]:
    """One matrix product as a product entry by entry."""
    front, arrays = _arrays(node)
    made: list[Expr] = []
    for k in range(1, len(arrays)):
        made += fitting(Hadamard, (product(arrays[:k]), product(arrays[k:])))
        for one in fitting(Hadamard, (arrays[k - 1], arrays[k])):
            made += fitting(product, (*arrays[: k - 1], one, *arrays[k + 1 :]))
    return tuple(Product((*front, one)) if front else one for one in made)


def _as_matrices(node: Expr) -> tuple[Expr, ...]:
    """One product entry by entry as a matrix product."""
    if not isinstance(node, Hadamard):
        return ()
    made: list[Expr] = []
    for i, j in permutations(range(len(node.factors)), 2):
        rest = tuple(factor for k, factor in enumerate(node.factors) if k not in (i, j))
        for one in fitting(Product, (node.factors[i], node.factors[j])):
            made += fitting(Hadamard, (one, *rest)) if rest else (one,)
    return tuple(made)


def _as_inner(node: Expr) -> tuple[Expr, ...]:
    """a.T b for a b.T."""
    front, arrays = _arrays(node)
    match arrays:
        case (left, right) if left.shape.is_column and right.shape.is_row and left.shape.rows == right.shape.columns:
            return (Product((*front, Transpose(left), Transpose(right))),)
        case _:
            pass
    match node:
        case Apply(function="outer", arguments=(left, right)) if left.shape == right.shape:
            return (apply("dot", left, right),)
        case _:
            return ()


def _with_a_factor_lost(right: Expr) -> Iterator[Variant]:
    """One factor of a product, or one side of a fraction, replaced by one."""
    for factor in dict.fromkeys(_factors(right)):
        if factor in (MINUS_ONE, ONE):
            continue  # A sign that is turned is no factor that got lost.
        for made in _once(right, partial(_without, factor)):
            yield Variant("dropped_factor", {"factor": text(factor)}, made)


def _factors(expr: Expr) -> Iterator[Expr]:
    for node in nodes_within(expr):
        match node:
            case Product(factors=factors) | Hadamard(factors=factors):
                yield from factors
            case Quotient(numerator=top, denominator=bottom):
                yield from (top, bottom)
            case _:
                pass


def _without(factor: Expr, node: Expr) -> tuple[Expr, ...]:
    match node:
        case Product(factors=factors) | Hadamard(factors=factors) if factor in factors and len(factors) > 1:
            places = [k for k, one in enumerate(factors) if one == factor]
            rests = [(*factors[:k], *factors[k + 1 :]) for k in places]
            found = [made for rest in rests for made in (rest if len(rest) == 1 else fitting(type(node), rest))]
            return tuple(made for made in found if made.shape == node.shape)
        case Quotient(numerator=top, denominator=bottom):
            changed = (Quotient(number(1), bottom),) if factor == top and top.is_scalar else ()
            return (*changed, top) if factor == bottom and top.shape == node.shape else changed
        case _:
            return ()
