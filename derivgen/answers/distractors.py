"""Wrong answers to offer beside the right one: what known mistakes give, likeliest first, each sure to be wrong.

A wrong answer is offered only where it differs, in value on the declared domain and in print, from the
right one, from that in the other layout, and from every other one that is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from derivgen.answers.against import same, values
from derivgen.answers.claims import Variant, worked_out
from derivgen.answers.key import LAYOUTS, Key, key_of
from derivgen.answers.mistakes import MISTAKES, SENTENCES, slip_of
from derivgen.answers.mutants import body_of, derivative_of, is_whole
from derivgen.answers.reals import Reading
from derivgen.answers.turned import missing_factor_2
from derivgen.answers.variants import variants
from derivgen.calculus.factoring import in_order
from derivgen.calculus.numbers import NO_VALUE
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import spread_transpose
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative, number
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Differential,
    Expr,
    Product,
    Quotient,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.walk import nodes_within, replaced
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName, Problem, Request, counterpart
from derivgen.record import record

# The names of mistakes from which options are made, likeliest first.
NAMES = (
    "dropped_product_term", "assumed_symmetric", "other_layout", "missing_transpose", "missing_factor_2",
    "dropped_inner_derivative", "lost_diag", "diagonal_only", "dropped_elementwise_derivative",
    "activation_for_derivative", "missing_identity",
    "missing_ones", "chain_order", "wrong_sign", "quotient_rule", "product_of_derivatives", "exponent_kept",
    "dropped_path", "det_logdet_confusion", "trace_factored", "norm_confusion", "missing_normaliser", "abs_ignored",
    "inverse_like_scalar", "inverse_elementwise", "elementwise_product", "matrix_for_elementwise", "inner_for_outer",
    "mean_as_sum", "row_major_vec", "reversed_trace", "det_trace_confusion", "dropped_factor", "constant_kept",
    "extra_factor_2", "summed_gradient", "wrong_variable", "wrong_order_of_derivative", "returned_function",
)  # fmt: skip
# Mistakes whose answer has another shape; of all others the shape gives nothing away.
OF_OTHER_SHAPE = ("other_layout", "lost_diag", "missing_ones", "missing_identity", "summed_gradient", "inner_for_outer")
# So many changed rules are gone through.
MOST = 60
# What is so much longer than the right answer is told by its length.
LONGER, SHORT = 2.5, 24
HALF = Fraction(1, 2)
ONLY_HALF = "This is half of the answer."

Told = Mapping[str, Expr | str]


@record
class Distractor:
    """A wrong answer in the layout that is asked for: the mistake, its sentence with slots, and what fills them.

    Sizes that do not meet are shown as if they did; `has_value` tells that they do.
    """

    mistake: str
    expr: Expr
    sentence: str
    facts: Told
    has_value: bool = True


def distractors(
    problem: Problem, derivation: Derivation, layout: LayoutName, allowed: Collection[str]
) -> tuple[Distractor, ...]:
    """The wrong answers by the allowed mistakes that can be offered together, likeliest first.

    Raises: DerivgenError if the derivative has no value at the points that are tried.
    """
    sieve = _Sieve(key_of(problem, derivation), derivation, layout)
    right = derivation.result(layout)
    found = possible(problem, derivation, layout, allowed)
    return tuple(_with_one_that_fits([one for one in found if sieve.passes(one)], right))


def possible(
    problem: Problem, derivation: Derivation, layout: LayoutName, allowed: Collection[str]
) -> list[Distractor]:
    """What the allowed mistakes give, likeliest first; whether it differs from the right answer is not asked."""
    right = derivation.result(layout)
    made = [(one, 0) for one in _candidates(problem, derivation, layout, allowed)]
    # A factor where nothing calls for it is less likely than all else.
    made += [(one, len(NAMES)) for one in _multiples(problem, derivation, right)]
    return _ranked([(one, behind) for one, behind in made if one.mistake in allowed], right)


def is_too_long(wrong: Expr, right: Expr) -> bool:
    """Whether its length alone tells that an answer is wrong."""
    return len(text(wrong)) > max(LONGER * len(text(right)), SHORT)


def _with_one_that_fits(found: list[Distractor], right: Expr) -> list[Distractor]:
    """One of the first two wrong answers has the shape of the right one, if any has: else shapes alone would tell."""
    fitting = [one for one in found if one.has_value and one.expr.shape == right.shape]
    if not fitting or fitting[0] in found[:2]:
        return found
    rest = [one for one in found if one is not fitting[0]]
    return [rest[0], fitting[0], *rest[1:]]


def _ranked(found: list[tuple[Distractor, int]], right: Expr) -> list[Distractor]:
    """Likeliest first: one of each mistake before the second of any, and of other shapes one before all others.

    Who has to choose between numbers in front alone is asked nothing about matrices: of such answers one comes for one
    of each other kind.
    """
    seen: Counter[str] = Counter()
    places = []
    scaled, body = 0, _without_number(right)
    for one, behind in found:
        seen[one.mistake] += 1
        is_scaled = not right.is_scalar and _without_number(one.expr) == body
        places.append((seen[one.mistake] + scaled * is_scaled, is_scaled, NAMES.index(one.mistake) + behind))
        scaled += is_scaled
    ordered = [one for _, (one, _) in sorted(zip(places, found, strict=True), key=lambda pair: pair[0])]
    other = [one for one in ordered if one.has_value and one.expr.shape != right.shape][1:]
    return [one for one in ordered if one not in other] + other


def _without_number(expr: Expr) -> Expr:
    """What a number in front, or one below, leaves of an answer."""
    match expr:
        case Product(factors=(Constant() | Quotient(numerator=Constant(), denominator=Constant()), *rest)) if rest:
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
        case Quotient(numerator=top, denominator=Constant()):
            return _without_number(top)
        case _:
            return expr


class _Sieve:
    """Passes what differs from the right answer in both layouts and from all that has passed before."""

    def __init__(self, key: Key, derivation: Derivation, layout: LayoutName) -> None:
        self._key, self._right = key, derivation.result(layout)
        self._printed = {text(derivation.result(layout))}
        self._passed: list[tuple[Reading | None, ...]] = [tuple(p.values[one] for p in key.places) for one in LAYOUTS]
        self._asked = self._passed[LAYOUTS.index(layout)]
        self._other = derivation.result(counterpart(layout))

    def passes(self, one: Distractor) -> bool:
        """Whether an answer can be offered beside those before it."""
        printed, expr = text(one.expr), one.expr
        if printed in self._printed or is_too_long(expr, self._right):
            return False
        if not one.has_value:
            self._printed.add(printed)
            return True
        try:
            found = values(self._key, expr)
        except (DerivgenError, ShapeError, RecursionError):
            return False
        # The answer in the other layout is offered under its name alone, and once.
        rivals = [self._asked, *self._passed[len(LAYOUTS) :]] if expr == self._other else self._passed
        known = [reading for reading in found if reading is not None]
        if 2 * len(known) < len(found) or all(z == 0 for reading in known for row in reading for z in row):
            return False
        if not all(_apart(found, rival) for rival in rivals):
            return False
        self._printed.add(printed)
        self._passed.append(found)
        return True


def _apart(found: tuple[Reading | None, ...], rival: tuple[Reading | None, ...]) -> bool:
    """Whether the values differ at some point at which both have one."""
    pairs = zip(found, rival, strict=True)
    return any(not same(a, b) for a, b in pairs if a is not None and b is not None)


# What may be offered


def _candidates(
    problem: Problem, derivation: Derivation, layout: LayoutName, allowed: Collection[str]
) -> Iterator[Distractor]:
    """What each allowed mistake gives, as it is printed: tidied, and in the layout that is asked for."""
    turns = layout == "denominator" and derivation.result("numerator") != derivation.result("denominator")
    shape = derivation.result(layout).shape
    for name, sentence, facts, expr in _made(problem, derivation, allowed):
        made = _as_printed(expr, turns=turns and name not in OF_OTHER_SHAPE)
        if made is not None and name == "assumed_symmetric" and isinstance(matrix := facts.get("matrix"), Variable):
            # Turned it would have a transpose again, which nobody writes who takes the matrix for symmetric.
            made = _as_printed(replaced(made, {Transpose(matrix): matrix}), turns=False)
        if made is not None and (made.shape == shape) != (name in OF_OTHER_SHAPE):
            yield Distractor(name, made, sentence, facts)
    yield from _misfits(problem, derivation, layout, allowed)
    other = derivation.result(counterpart(layout))
    if other != derivation.result(layout):
        yield Distractor("other_layout", other, SENTENCES["other_layout"], {})


def _misfits(
    problem: Problem, derivation: Derivation, layout: LayoutName, allowed: Collection[str]
) -> Iterator[Distractor]:
    """Products whose sizes do not meet."""
    for mistake in MISTAKES:
        is_wanted = mistake.name in NAMES and mistake.name in allowed
        wrong = slip_of(mistake, problem, derivation) if is_wanted else None
        if wrong is not None and wrong.misfit is not None and not wrong.is_part:
            expr = wrong.expr if wrong.layout == layout else spread_transpose(wrong.expr)
            yield Distractor(mistake.name, expr, mistake.sentence, dict(wrong.facts), has_value=False)


def _multiples(problem: Problem, derivation: Derivation, right: Expr) -> Iterator[Distractor]:
    """The right answer times a number; where a 2 comes from is asked only where differentiating makes one."""
    makes_two = missing_factor_2(problem, derivation) is not None
    for name, factor in (("wrong_sign", Fraction(-1)), ("extra_factor_2", Fraction(2)), ("missing_factor_2", HALF)):
        made = _as_printed(negative(right) if factor == -1 else Product((number(factor), right)), turns=False)
        if made is not None:
            is_plain = name == "missing_factor_2" and not makes_two
            yield Distractor(name, made, ONLY_HALF if is_plain else SENTENCES[name], {})


def _as_printed(expr: Expr, *, turns: bool) -> Expr | None:
    try:
        made = in_order(tidy(spread_transpose(expr) if turns else expr))
    except (DerivgenError, ShapeError, RecursionError, *NO_VALUE):
        return None
    return made if is_whole(made) and not any(map(_is_odd, nodes_within(made))) else None


def _is_odd(node: Expr) -> bool:
    """Whether no answer has such a part: something still to be worked out, or a vector of one 1."""
    match node:
        case Unresolved() | Differential():
            return True
        case Apply(function="ones"):
            return node.is_scalar
        case _:
            return False


def _made(problem: Problem, derivation: Derivation, allowed: Collection[str]) -> Iterator[tuple[str, str, Told, Expr]]:
    """Names, sentences, facts and answers in numerator layout."""
    right = derivation.result("numerator")
    for mistake in MISTAKES:
        is_wanted = mistake.name in allowed and mistake.name != "other_layout"
        wrong = slip_of(mistake, problem, derivation) if is_wanted else None
        if wrong is not None and wrong.misfit is None and not wrong.is_part and mistake.name in NAMES:
            expr = wrong.expr if wrong.layout == "numerator" else spread_transpose(wrong.expr)
            yield mistake.name, mistake.sentence, dict(wrong.facts), expr
    for one, expr in islice(_worked_out(problem, derivation.request, right, allowed), MOST):
        facts = {fact: problem.variables.get(told, told) for fact, told in one.facts.items()}
        yield one.mistake, SENTENCES[one.mistake], facts, expr
    yield from _of_others(problem, derivation, allowed)


def _worked_out(
    problem: Problem, request: Request, right: Expr, allowed: Collection[str]
) -> Iterator[tuple[Variant, Expr]]:
    for one in variants(problem, request, right):
        # What is not wanted is not worked out, which takes most of the time.
        expr = worked_out(problem, request, one) if one.mistake in allowed else None
        if expr is not None:
            yield one, expr


def _of_others(
    problem: Problem, derivation: Derivation, allowed: Collection[str]
) -> Iterator[tuple[str, str, Told, Expr]]:
    """The derivative by another variable or of another order, and the function itself."""
    request = derivation.request
    body = body_of(request)
    if body is None or request.then or len(request.wrt) > 1:
        return
    by_others = "wrong_variable" in allowed and not request.is_second
    for variable in _same_shape(problem, request) if by_others else ():
        found = derivative_of(problem, request, body, (variable,))
        if found is not None:
            facts = {"variable": variable, "asked": request.wrt[0]}
            yield "wrong_variable", SENTENCES["wrong_variable"], facts, found
    if "wrong_order_of_derivative" in allowed and request.of.is_scalar and request.wrt[0].is_scalar:
        found = derivative_of(problem, replace(request, order=1 if request.is_second else 2), body)
        order = "first" if request.is_second else "second"
        if found is not None:
            yield "wrong_order_of_derivative", SENTENCES["wrong_order_of_derivative"], {"order": order}, found
    yield "returned_function", SENTENCES["returned_function"], {}, body


def _same_shape(problem: Problem, request: Request) -> Iterator[Variable]:
    x = request.wrt[0]
    for variable in problem.variables.values():
        if isinstance(variable, Variable) and variable != x and variable.shape == x.shape:
            yield variable
