"""How a derivative becomes a wrong one: each function is one slip, and gives nothing where it cannot be made.

Most differentiate a function changed in one place; some change the right answer. Whether what
comes out differs from the right answer is not asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derivgen.answers.mutants import (
    HELD,
    body_of,
    derivative_of,
    holding,
    plus_for_minus,
    restored,
    with_changed,
    with_slope_one,
)
from derivgen.answers.taken import (
    Change,
    other_determinants,
    other_norms,
    without_mean,
    without_normaliser,
    without_signs,
)
from derivgen.answers.wrong import Slip, Wrong, whole_answer
from derivgen.calculus.factoring import in_order
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Expr,
    Power,
    Product,
    Quotient,
    Reference,
    Stack,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.walk import depends_on, inlined, nodes_within, parts, replaced, with_parts
from derivgen.problem.problem import Problem, Request


def visible_parts(request: Request) -> Iterator[Expr]:
    """The parts of the function that a reader sees, outermost first; functions used by name are opened."""
    waiting = [request.of.body] if isinstance(request.of, Reference) else []
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting += [node.body] if isinstance(node, Reference) else parts(node)


def _swapped(problem: Problem, derivation: Derivation, change: Callable[[Expr], Expr | None]) -> Wrong | None:
    """The derivative of the function with another function in the place of one of its own."""
    body = body_of(derivation.request)
    if body is None:
        return None
    changed, back = with_changed(body, change)
    if changed is body:
        return None
    return whole_answer(derivation, restored(derivative_of(problem, derivation.request, changed), back))


# The function itself, its terms and its factors


def returned_function(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001  # all slips take the same
    """A constant taken for its own derivative."""
    body = body_of(derivation.request)
    if body is None or derivation.request.moves(body) or not body.is_scalar:
        return None
    return whole_answer(derivation, body)


def both_variables_at_once(problem: Problem, derivation: Derivation) -> Wrong | None:
    """Every variable of a term differentiated, and not the first alone."""
    request, right = derivation.request, derivation.result("numerator")
    body = body_of(request)
    if body is None or not (not request.is_second and len(request.wrt) > 1 and request.of.is_scalar):
        return None
    wrongs = [_by_all(problem, request, term) for term in _terms(inlined(body))]
    if None in wrongs or not isinstance(right, Stack):
        return None
    first = Unresolved(request.of, request.wrt[:1])
    made = tidy(Sum(tuple(wrong for wrong in wrongs if wrong is not None)))
    facts = (("variable", request.wrt[0]), ("other", request.wrt[1]))
    return Wrong(first, in_order(made), right.rows[0][0], facts=facts, is_part=True)


def _by_all(problem: Problem, request: Request, term: Expr) -> Expr | None:
    present = [variable for variable in request.wrt if depends_on(term, variable.name)]
    found: Expr | None = term if present else number(0)
    for variable in present:
        found = None if found is None else derivative_of(problem, request, found, (variable,))
    return found


def _terms(expr: Expr) -> tuple[Expr, ...]:
    return expr.terms if isinstance(expr, Sum) else (expr,)


def exponent_kept(problem: Problem, derivation: Derivation) -> Wrong | None:
    """The exponent brought down and not lowered."""
    request = derivation.request
    body = body_of(request)
    if body is None or not (
        not request.is_second and body.is_scalar and request.wrt[0].is_scalar and len(request.wrt) == 1
    ):
        return None
    made = [_with_exponent_kept(problem, request, term) for term in _terms(inlined(body))]
    if all(kept is None for _, kept in made) or any(usual is None and kept is None for usual, kept in made):
        return None
    terms = tuple(kept or usual for usual, kept in made)
    return whole_answer(derivation, tidy(Sum(tuple(term for term in terms if term is not None))))


def _with_exponent_kept(problem: Problem, request: Request, term: Expr) -> tuple[Expr | None, Expr | None]:
    match term:
        case Power(base=Variable() as base, exponent=Constant() as exponent) if base == request.wrt[0]:
            return None, Product((exponent, term))
        case _ if not request.moves(term):
            return number(0), None
        case _:
            return derivative_of(problem, request, term), None


def constant_kept(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """A term without the variable that stays in the derivative."""
    request = derivation.request
    body = body_of(request)
    if not (isinstance(body, Sum) and not request.is_second):
        return None
    still = [term for term in body.terms if not request.moves(term)]
    if not still or not all(term.is_scalar for term in still):
        return None
    kept = tidy(Sum((derivation.result("numerator"), still[0])))
    return whole_answer(derivation, kept, facts=(("term", still[0]),))


def dropped_factor(problem: Problem, derivation: Derivation) -> Wrong | None:
    """A constant factor that got lost."""
    right = derivation.result("numerator")
    body = body_of(derivation.request)
    if body is None:
        return None
    factors = [f for t in _terms(body) if isinstance(t, Product) for f in t.factors if f.is_scalar]
    still = [factor for factor in factors if not derivation.request.moves(factor) and factor != number(-1)]
    if not still or not body.is_scalar or derivation.request.is_second:
        return None
    changed = replaced(body, {still[0]: number(1)})
    found = derivative_of(problem, derivation.request, tidy(changed) if right.is_scalar else changed)
    return whole_answer(derivation, found, facts=(("factor", still[0]),))


def product_of_derivatives(problem: Problem, derivation: Derivation) -> Wrong | None:
    """The derivatives of two factors multiplied."""
    request = derivation.request
    body = body_of(request)
    if not isinstance(body, Product) or not (not request.is_second and len(request.wrt) == 1 and body.is_scalar):
        return None
    moving = [factor for factor in body.factors if request.moves(factor)]
    if len(moving) != 2 or not all(factor.is_scalar for factor in moving) or not request.wrt[0].is_scalar:
        return None
    slopes = [derivative_of(problem, request, inlined(factor)) for factor in moving]
    still = [factor for factor in body.factors if factor not in moving]
    if None in slopes:
        return None
    found = tidy(Product((*still, *(slope for slope in slopes if slope is not None))))
    return whole_answer(derivation, found, facts=(("left", moving[0]), ("right", moving[1])))


def quotient_rule(problem: Problem, derivation: Derivation) -> Wrong | None:
    """A plus for the minus of the quotient rule."""
    request = derivation.request
    body = body_of(request)
    if not isinstance(body, Quotient) or not all(request.moves(part) for part in parts(body)) or request.is_second:
        return None
    return whole_answer(derivation, plus_for_minus(problem, request, body))


# What depends on the variable along more than one way


def dropped_path(problem: Problem, derivation: Derivation) -> Wrong | None:
    """One way from the variable to the function followed, where there are several."""
    request = derivation.request
    body = body_of(request)
    if body is None or request.is_second or isinstance(body, Stack):
        return None
    for inner in visible_parts(request):
        if isinstance(inner, Reference) and request.moves(inner):
            found = holding(problem, request, inner)
            if found is not None:
                return whole_answer(derivation, found, facts=(("inner", inner),))
    return None


def dropped_product_term(problem: Problem, derivation: Derivation) -> Wrong | None:
    """One occurrence of the variable differentiated, where there are several."""
    request = derivation.request
    body = body_of(request)
    if body is None or len(request.wrt) > 1 or request.then:
        return None
    x = request.wrt[0]
    terms = _terms(inlined(body))
    within = [term for term in terms if occurrences(term, x)]
    places = occurrences(within[0], x) if len(within) == 1 else 0
    if places < 2 or isinstance(body, Stack):
        return None
    still = Variable(HELD, x.shape, x.symmetric)
    changed = tuple(with_occurrence(term, x, still, places) if term == within[0] else term for term in terms)
    found = derivative_of(problem, request, Sum(changed) if len(changed) > 1 else changed[0])
    return whole_answer(derivation, restored(found, {still: x}), facts=(("variable", x),))


def occurrences(expr: Expr, x: Variable) -> int:
    """How often x occurs."""
    return 1 if expr == x else sum(occurrences(part, x) for part in parts(expr))


def with_occurrence(expr: Expr, x: Variable, other: Expr, place: int) -> Expr:
    """The expression with the occurrence of x of this number, from 1, replaced."""
    if expr == x:
        return other if place == 1 else expr
    new = []
    for part in parts(expr):
        count = occurrences(part, x)
        new.append(with_occurrence(part, x, other, place) if 0 < place <= count else part)
        place -= count
    return with_parts(expr, tuple(new)) if new else expr


# The chain rule


def dropped_inner_derivative(problem: Problem, derivation: Derivation) -> Wrong | None:
    """The derivative of the outer function alone."""
    request = derivation.request
    body = body_of(request)
    if body is None or len(request.wrt) > 1 or request.is_second:
        return None
    for inner in _inner_parts(request):
        found = with_slope_one(problem, request, inner, request.wrt[0])
        if found is None:
            found = _by_inner(problem, request, inner)
        made = whole_answer(derivation, found, facts=(("inner", inner),))
        if made is not None:
            return made
    return None


def _inner_parts(request: Request) -> Iterator[Expr]:
    """What stands within an outer function: named first where it has a name."""
    for node in visible_parts(request):
        match node:
            case Power(base=Apply(function="norm", arguments=(inner,))) | Power(base=inner, exponent=Constant()):
                pass
            case Apply(function=name, arguments=(inner,)) if name not in _LINEAR:
                pass
            case _:
                continue
        if inner != request.wrt[0] and request.moves(inner) and not isinstance(inner, Transpose):
            yield inner


_LINEAR = ("norm", "sum", "tr", "vec", "diag", "mean", "eye", "ones")


def _by_inner(problem: Problem, request: Request, inner: Expr) -> Expr | None:
    """The derivative by the inner part itself, where the variable reaches the function through it alone."""
    body = body_of(request)
    if body is None:
        return None
    named = Variable(HELD, inner.shape)
    changed, back = with_changed(body, lambda node: named if node == inner else None)
    if request.moves(changed):
        return None
    return restored(derivative_of(problem, request, changed, (named,)), {**back, named: inner})


def dropped_elementwise_derivative(problem: Problem, derivation: Derivation) -> Wrong | None:
    """The slope of an activation left out."""
    request = derivation.request
    for node in visible_parts(request):
        match node:
            case Apply(function="relu", arguments=(inner,)) | Apply(function="max", arguments=(Constant(), inner)):
                pass
            case Apply(function="sigmoid" | "tanh", arguments=(inner,)) if inner != request.wrt[0]:
                pass
            case _:
                continue
        if len(request.wrt) == 1 and not request.is_second and request.moves(inner):
            found = with_slope_one(problem, request, node, inner)
            return whole_answer(derivation, found, facts=(("inner", inner),))
    return None


def activation_for_derivative(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """An activation where its derivative belongs."""
    request = derivation.request
    body = body_of(request)
    match body:
        case Apply(function="sigmoid" | "tanh", arguments=(Variable() as x,)) if (
            x == request.wrt[0] and not request.is_second
        ):
            return whole_answer(derivation, body if body.is_scalar else apply("diag", body))
        case _:
            return None


# Functions taken for others


def _taken_for_another(change: Change) -> Slip:
    """The derivative with the likeliest other function in the place of each that may be mistaken."""

    def slip(problem: Problem, derivation: Derivation) -> Wrong | None:
        def other(node: Expr) -> Expr | None:
            return next(iter(change(node)), None) if derivation.request.moves(node) else None

        return _swapped(problem, derivation, other)

    return slip


norm_confusion = _taken_for_another(other_norms)
abs_ignored = _taken_for_another(without_signs)
missing_normaliser = _taken_for_another(without_normaliser)
mean_as_sum = _taken_for_another(without_mean)
det_logdet_confusion = _taken_for_another(other_determinants)


def diagonal_only(problem: Problem, derivation: Derivation) -> Wrong | None:
    """Softmax differentiated as if each entry contained its own variable only.

    The sigmoid has just this derivative, s*(1 - s) on the diagonal: so it stands in.
    """
    body = body_of(derivation.request)
    if body is None:
        return None
    request = derivation.request
    stands: dict[Expr, Expr] = {}
    for node in nodes_within(body):
        match node:
            case Apply(function="softmax", arguments=(inner,)) if request.moves(inner):
                stands[apply("sigmoid", inner)] = node
    if not stands:
        return None
    table = {node: stand for stand, node in stands.items()}
    changed, back = with_changed(body, table.get)
    found = derivative_of(problem, request, changed)
    return whole_answer(derivation, restored(found, {**back, **stands}))
