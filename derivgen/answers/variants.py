"""Every way to a wrong derivative by one changed rule: the function changed in one place, then the answer.

None is worked out here, and whether it differs from the right one is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from derivgen.answers.claims import Facts, Variant, claimed
from derivgen.answers.mutants import HELD, Changed, Table, body_of, derivative_of, is_whole, slope_one, with_changed
from derivgen.answers.slips import occurrences, visible_parts, with_occurrence
from derivgen.answers.taken import (
    Change,
    norms_for_squares,
    other_determinants,
    other_norms,
    split_traces,
    without_normaliser,
    without_signs,
)
from derivgen.answers.turns import changed_answers
from derivgen.calculus.symmetry import spread_transpose
from derivgen.expr.build import negative
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Expr,
    Hadamard,
    Product,
    Quotient,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.walk import count, inlined, parts
from derivgen.printing.text import text
from derivgen.problem.problem import Problem, Request

# Functions and answers with more parts than this are compared with the plain tests alone.
LONGEST = 80
MOST_OCCURRENCES, MOST_PARTS = 4, 12
_WRITTEN_OUT = range(2, MOST_OCCURRENCES + 1)


def variants(problem: Problem, request: Request, right: Expr) -> Iterator[Variant]:
    """The wrong derivatives, in the order in which mistakes are recognised; `right` is the answer."""
    body = body_of(request)
    if body is None or count(inlined(body)) > LONGEST:
        return
    if request.is_second:
        yield from _by_some_of_the_first(problem, request)
    for name, made in RULES_CHANGED:
        if len(request.wrt) == 1 and not request.is_second:
            yield from (_claim(request, name, facts, changed) for facts, changed in made(request))
    for name, change in FUNCTIONS_TAKEN:
        yield from (_claim(request, name, {}, changed) for changed in _with_another(request, change))
    if len(request.wrt) == 1 and not request.is_second:
        yield from (_claim(request, "quotient_rule", {}, changed) for changed in _quotients(request))
        yield from (_claim(request, "inverse_like_scalar", {}, changed) for changed in _inverses_like_numbers(request))
    if count(inlined(right)) <= LONGEST:
        yield from changed_answers(request, inlined(right))


def _claim(request: Request, name: str, facts: Facts, changed: Changed) -> Variant:
    return Variant(name, facts, claimed(request, changed.body, changed.wrt), changed.tables)


# The function changed


def _by_some_of_the_first(problem: Problem, request: Request) -> Iterator[Variant]:
    """A second derivative: some occurrences of the variable in the first one differentiated."""
    x, once = request.wrt[0], replace(request, order=1, then=())
    first = derivative_of(problem, once, request.body) if len(request.wrt) == 1 and not request.then else None
    if first is None or not is_whole(first) or count(inlined(first)) > LONGEST:
        return
    gradient = spread_transpose(first) if request.of.is_scalar and not x.is_scalar else first
    for facts, changed in _by_some_occurrences(request, gradient):
        yield Variant("dropped_product_term", facts, claimed(once, changed.body), changed.tables)


def _by_terms(request: Request) -> Iterator[tuple[Facts, Changed]]:
    """Some occurrences of the variable in a term differentiated, or all of those in the other terms."""
    yield from _by_some_occurrences(request, request.body)
    x, body = request.wrt[0], inlined(request.body)
    places = occurrences(body, x)
    terms = body.terms if isinstance(body, Sum) else ()
    for term in dict.fromkeys(terms):
        kept = places - occurrences(term, x)
        if 0 < kept < places:
            rest = Sum(tuple(other for other in terms if other != term))
            yield {"variable": x.name, "places": str(places), "kept": str(kept)}, Changed(rest)


def _by_some_occurrences(request: Request, body: Expr) -> Iterator[tuple[Facts, Changed]]:
    """Some occurrences of the variable in a product differentiated, the others held still."""
    x, body = request.wrt[0], _with_powers_written_out(inlined(body))
    terms = body.terms if isinstance(body, Sum) else (body,)
    still = Variable(HELD, x.shape, x.symmetric)
    for number_of_term, term in enumerate(terms):
        places = occurrences(term, x)
        for kept in range(places - 1, 0, -1) if places <= MOST_OCCURRENCES else ():
            for held in combinations(range(1, places + 1), places - kept):
                changed = list(terms)
                changed[number_of_term] = _holding_places(term, x, still, held)
                whole = Sum(tuple(changed)) if len(changed) > 1 else changed[0]
                facts = {"variable": x.name, "places": str(places), "kept": str(kept)}
                yield facts, Changed(whole, ({still: x},))


def _with_powers_written_out(expr: Expr) -> Expr:
    """X X for the square of a matrix, in which it occurs twice."""

    def product(node: Expr) -> Expr | None:
        match node:
            case Apply(function="matpow", arguments=(base, Constant(value=power))) if power in _WRITTEN_OUT:
                return Product((base,) * int(power))
            case _:
                return None

    return with_changed(expr, product)[0]


def _holding_places(term: Expr, x: Variable, still: Variable, held: tuple[int, ...]) -> Expr:
    for place in reversed(held):
        term = with_occurrence(term, x, still, place)
    return term


def _without_inner(request: Request) -> Iterator[tuple[Facts, Changed]]:
    """The derivative by a part of the function, or with the slope of that part left out."""
    x = request.wrt[0]
    for inner in _inner(request):
        facts = {"inner": text(inner)}
        named = Variable(HELD, inner.shape)
        changed, back = with_changed(request.body, _instead(inner, named))
        yield facts, Changed(changed, ({**back, named: inner},), (named,))
        found = slope_one(request, inner, x)
        if found is not None:
            yield facts, found


def _instead(old: Expr, new: Expr) -> Callable[[Expr], Expr | None]:
    return lambda node: new if node == old else None


def _inner(request: Request) -> list[Expr]:
    """The parts that change with the variable: not it, and not the whole."""
    x = request.wrt[0]
    found = dict.fromkeys(node for node in visible_parts(request) if request.moves(node) and parts(node))
    found.pop(request.body, None)
    return [node for node in found if node != Transpose(x)][:MOST_PARTS]


def _elementwise(request: Request) -> Iterator[tuple[Expr, Expr]]:
    """Functions applied entry by entry to what changes, each with that."""
    for node in dict.fromkeys(visible_parts(request)):
        match node:
            case Apply(function="max" | "min", arguments=(Constant(), inner) | (inner, Constant())):
                pass
            case Apply(function=name, arguments=(inner,)) if FUNCTIONS[name].is_elementwise:
                pass
            case _:
                continue
        if request.moves(inner):
            yield node, inner


def _without_slope(request: Request) -> Iterator[tuple[Facts, Changed]]:
    for node, inner in _elementwise(request):
        found = slope_one(request, node, inner)
        if found is not None:
            yield {"function": _name(node), "inner": text(inner)}, found


def _with_itself_as_slope(request: Request) -> Iterator[tuple[Facts, Changed]]:
    """A function where its derivative belongs: it changes as its value times its argument does."""
    for node, inner in _elementwise(request):
        slope, gap = Variable(HELD, node.shape), Variable(f"{HELD}1", node.shape)
        linear = Sum((Hadamard((slope, inner)), gap))
        changed, back = with_changed(request.body, _instead(node, linear))
        rest = Sum((node, negative(Hadamard((node, inner)))))
        tables: tuple[Table, ...] = ({**back, linear: node}, {gap: rest, slope: node})
        yield {"function": _name(node), "inner": text(inner)}, Changed(changed, tables)


def _name(node: Expr) -> str:
    return node.function if isinstance(node, Apply) else text(node)


def _quotients(request: Request) -> Iterator[Changed]:
    """A quotient that changes with a plus for the minus of its rule, or with a denominator that is not squared."""
    for node in dict.fromkeys(visible_parts(request)):
        if not (isinstance(node, Quotient) and request.moves(node.denominator)):
            continue
        top, bottom = node.numerator, node.denominator
        below, above = Variable(HELD, bottom.shape), Variable(f"{HELD}1", top.shape)
        gap = Variable(f"{HELD}2", node.shape)
        plus = Sum((Quotient(top, below), negative(Quotient(above, bottom)), gap))
        times = Sum((Hadamard((below, node)), gap))
        for linear, meant in ((plus, node), (times, Sum((node, negative(Hadamard((bottom, node))))))):
            changed, back = with_changed(request.body, _instead(node, linear))
            yield Changed(changed, ({**back, linear: node}, {gap: meant, above: top, below: bottom}))


def _inverses_like_numbers(request: Request) -> Iterator[Changed]:
    """An inverse that changes as that of a number does, by -inv(X) inv(X) dX, from either side."""
    for node in dict.fromkeys(visible_parts(request)):
        match node:
            case Apply(function="inv", arguments=(inner,)) if request.moves(inner):
                pass
            case _:
                continue
        slope, gap = Variable(HELD, node.shape), Variable(f"{HELD}1", node.shape)
        meant = negative(Product((node, node)))
        for one, worth in (((slope, inner), (meant, inner)), ((inner, slope), (inner, meant))):
            linear = Sum((Product(one), gap))
            changed, back = with_changed(request.body, _instead(node, linear))
            rest = Sum((node, negative(Product(worth))))
            yield Changed(changed, ({**back, linear: node}, {gap: rest, slope: meant}))


RULES_CHANGED: tuple[tuple[str, Callable[[Request], Iterator[tuple[Facts, Changed]]]], ...] = (
    ("dropped_product_term", _by_terms),
    ("dropped_inner_derivative", _without_inner),
    ("dropped_elementwise_derivative", _without_slope),
    ("activation_for_derivative", _with_itself_as_slope),
)

FUNCTIONS_TAKEN: tuple[tuple[str, Change], ...] = (
    ("norm_confusion", other_norms),
    ("norm_confusion", norms_for_squares),
    ("abs_ignored", without_signs),
    ("missing_normaliser", without_normaliser),
    ("det_logdet_confusion", other_determinants),
    ("trace_factored", split_traces),
)


def _with_another(request: Request, change: Change) -> Iterator[Changed]:
    """The function with another function in the place of one."""
    for node in dict.fromkeys(visible_parts(request)):
        for other in change(node) if request.moves(node) else ():
            changed, back = with_changed(request.body, _instead(node, other))
            yield Changed(changed, (back,))
