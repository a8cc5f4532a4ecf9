"""Every way to a wrong derivative by one changed rule: the function changed in one place, then the answer.

Each yields the name of the mistake, what its sentence may tell, and the wrong answer in numerator layout.
Whether it differs from the right one is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from derivgen.answers.against import Facts
from derivgen.answers.mutants import HELD, body_of, derivative_of, restored, with_changed, with_slope_one
from derivgen.answers.slips import occurrences, visible_parts, with_occurrence
from derivgen.answers.taken import (
    Change,
    other_determinants,
    other_norms,
    split_traces,
    without_normaliser,
    without_signs,
)
from derivgen.answers.turns import Variant, changed_answers
from derivgen.expr.build import negative
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Expr,
    Hadamard,
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


def variants(problem: Problem, request: Request, right: Expr) -> Iterator[Variant]:
    """The wrong derivatives, in the order in which mistakes are recognised; `right` is the answer."""
    body = body_of(request)
    if body is None or count(inlined(body)) > LONGEST:
        return
    for name, made in (
        ("dropped_product_term", _by_some_occurrences),
        ("dropped_inner_derivative", _without_inner),
        ("dropped_elementwise_derivative", _without_slope),
        ("activation_for_derivative", _with_itself_as_slope),
    ):
        if len(request.wrt) == 1 and not request.is_second:
            yield from ((name, facts, expr) for facts, expr in made(problem, request))
    for name, change in FUNCTIONS_TAKEN:
        yield from ((name, {}, expr) for expr in _with_another(problem, request, change))
    if count(inlined(right)) <= LONGEST:
        yield from changed_answers(problem, request, inlined(right))


# The function changed


def _by_some_occurrences(problem: Problem, request: Request) -> Iterator[tuple[Facts, Expr]]:
    """Some occurrences of the variable in a product differentiated, the others held still."""
    x, body = request.wrt[0], inlined(request.body)
    terms = body.terms if isinstance(body, Sum) else (body,)
    still = Variable(HELD, x.shape, x.symmetric)
    for number_of_term, term in enumerate(terms):
        places = occurrences(term, x)
        for kept in range(places - 1, 0, -1) if places <= MOST_OCCURRENCES else ():
            for held in combinations(range(1, places + 1), places - kept):
                changed = list(terms)
                changed[number_of_term] = _holding_places(term, x, still, held)
                whole = Sum(tuple(changed)) if len(changed) > 1 else changed[0]
                found = restored(derivative_of(problem, request, whole), {still: x})
                if found is not None:
                    yield {"variable": x.name, "places": str(places), "kept": str(kept)}, found


def _holding_places(term: Expr, x: Variable, still: Variable, held: tuple[int, ...]) -> Expr:
    for place in reversed(held):
        term = with_occurrence(term, x, still, place)
    return term


def _without_inner(problem: Problem, request: Request) -> Iterator[tuple[Facts, Expr]]:
    """The derivative by a part of the function, or with the slope of that part left out."""
    x = request.wrt[0]
    for inner in _inner(request):
        facts = {"inner": text(inner)}
        named = Variable(HELD, inner.shape)
        changed, back = with_changed(request.body, _instead(inner, named))
        found = restored(derivative_of(problem, request, changed, (named,)), {**back, named: inner})
        if found is not None:
            yield facts, found
        if inner.shape == x.shape:
            found = with_slope_one(problem, request, inner, x)
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


def _without_slope(problem: Problem, request: Request) -> Iterator[tuple[Facts, Expr]]:
    for node, inner in _elementwise(request):
        found = with_slope_one(problem, request, node, inner)
        if found is not None:
            yield {"function": _name(node), "inner": text(inner)}, found


def _with_itself_as_slope(problem: Problem, request: Request) -> Iterator[tuple[Facts, Expr]]:
    """A function where its derivative belongs: it changes as its value times its argument does."""
    for node, inner in _elementwise(request):
        slope, gap = Variable(HELD, node.shape), Variable(f"{HELD}1", node.shape)
        linear = Sum((Hadamard((slope, inner)), gap))
        changed, back = with_changed(request.body, _instead(node, linear))
        rest = Sum((node, negative(Hadamard((node, inner)))))
        found = derivative_of(problem, request, changed)
        found = restored(restored(found, {**back, linear: node}), {gap: rest, slope: node})
        if found is not None:
            yield {"function": _name(node), "inner": text(inner)}, found


def _name(node: Expr) -> str:
    return node.function if isinstance(node, Apply) else text(node)


FUNCTIONS_TAKEN: tuple[tuple[str, Change], ...] = (
    ("norm_confusion", other_norms),
    ("abs_ignored", without_signs),
    ("missing_normaliser", without_normaliser),
    ("det_logdet_confusion", other_determinants),
    ("trace_factored", split_traces),
)


def _with_another(problem: Problem, request: Request, change: Change) -> Iterator[Expr]:
    """The derivative with another function in the place of one."""
    for node in dict.fromkeys(visible_parts(request)):
        for other in change(node) if request.moves(node) else ():
            changed, back = with_changed(request.body, _instead(node, other))
            found = restored(derivative_of(problem, request, changed), back)
            if found is not None:
                yield found
