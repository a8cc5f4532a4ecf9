"""Which known mistake a wrong answer is: the first one that has its value at every place of the key.

Order of the tests: by numbers alone, then functions and answers with one rule changed, then what holds for
symmetric or commuting matrices only; then the same beside the derivative in the other layout.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from derivgen.answers import wording
from derivgen.answers.against import TESTS, Case, case_of, same
from derivgen.answers.claims import Facts, Variant
from derivgen.answers.key import LAYOUTS, Key
from derivgen.answers.mistakes import SENTENCES
from derivgen.answers.reals import arithmetic_for, real_value, with_plain_exponents
from derivgen.answers.telling import said
from derivgen.answers.variants import variants
from derivgen.calculus.arrays import product
from derivgen.calculus.numbers import Point
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Expr, Variable
from derivgen.problem.problem import LayoutName
from derivgen.record import record
from derivgen.syntax.parse import parse
from derivgen.syntax.source import source_of
from derivgen.syntax.tokens import tokens_of

# So many wrong derivatives of one function are tried.
MOST = 120
# So many places are tried for a transpose.
MOST_ENDS = 40


@record
class Recognised:
    """A known mistake: its name in the catalogue, the sentence for who made it, and the layout it was made in."""

    name: str
    sentence: str
    layout: LayoutName


def recognised(key: Key, answer: Expr, asked: tuple[LayoutName, ...]) -> Recognised | None:
    """The mistake that a wrong answer is; None where it is none that is known."""
    others = tuple(layout for layout in LAYOUTS if layout not in asked)
    case = case_of(key, answer, asked[0])
    if case is None:
        return None
    for layout in (*asked, *others):
        found = _of(replace(case, layout=layout), answer)
        if found is not None:
            name, facts = found
            told = said(SENTENCES[name], **facts)
            return Recognised(name, told if layout in asked else wording.in_other_layout(told), layout)
    return None


def lacking_transpose(key: Key, answer: str, fault: Fault, asked: tuple[LayoutName, ...]) -> Recognised | None:
    """The mistake of a text whose shapes do not fit, where it is the derivative with one transpose more."""
    others = tuple(layout for layout in LAYOUTS if layout not in asked)
    for whole in _with_a_transpose(key, answer):
        case = case_of(key, whole, asked[0])
        if case is None:
            continue
        for layout in (*asked, *others):
            if replace(case, layout=layout).everywhere(same):
                told = wording.lacks_transpose(fault, turned=layout not in asked)
                return Recognised("missing_transpose", told, layout)
    return None


def _with_a_transpose(key: Key, answer: str) -> Iterator[Expr]:
    """The answer with one more transpose, wherever it can be read so."""
    ends = [token.end for token in tokens_of(source_of(answer, None)) if token.kind == "name" or token.text in ")]"]
    for end in ends[:MOST_ENDS]:
        try:
            yield with_plain_exponents(parse(f"{answer[:end]}.T{answer[end:]}", key.scope))
        except (DerivgenError, RecursionError):
            continue


def _of(case: Case, answer: Expr) -> tuple[str, Facts] | None:
    for name, test in TESTS.items():
        facts = test(case)
        if facts is not None:
            return name, facts
    for made in _variants(case.key):
        if case.equals(made):
            return made.mistake, made.facts
    return _only_if(case, answer)


def _variants(key: Key) -> Iterator[Variant]:
    """The wrong derivatives of the question, made as far as they are needed, and kept."""
    known = key.remembered
    if "variants" not in known:
        known["variants"] = []
        known["more"] = variants(key.problem, key.request, key.results["numerator"])
    made: list[Variant] = known["variants"]  # type: ignore[assignment]
    yield from made
    for variant in known["more"]:  # type: ignore[attr-defined]
        if len(made) < MOST:
            made.append(variant)
            yield variant


# What is right for some matrices only


def _only_if(case: Case, answer: Expr) -> tuple[str, Facts] | None:
    squares = _squares(case.key)
    for matrix in squares:
        if _holds(case, answer, partial(_with_symmetric, (matrix,))):
            return "assumed_symmetric", {"matrix": matrix.name}
    if len(squares) > 1:
        if _holds(case, answer, partial(_with_symmetric, squares)):
            return "assumed_symmetric", {"matrix": " and ".join(matrix.name for matrix in squares)}
        if _holds(case, answer, partial(_with_commuting, squares)):
            return "commuted_product", {}
    return None


def _squares(key: Key) -> tuple[Variable, ...]:
    variables = key.problem.variables.values()
    return tuple(
        one
        for one in variables
        if isinstance(one, Variable) and not one.symmetric and not one.is_scalar and one.shape.rows == one.shape.columns
    )


def _holds(case: Case, answer: Expr, change: Callable[[Point], Point]) -> bool:
    """Whether the answer is the derivative where the matrices are changed so; at half of the places it has a value."""
    right = case.key.results[case.layout]
    m = arithmetic_for(answer, right)
    seen = 0
    for place in case.places:
        point = change(place.point)
        wanted, found = real_value(right, point, m), real_value(answer, point, m)
        if wanted is None or found is None:
            continue
        if not same(found, wanted):
            return False
        seen += 1
    return 2 * seen >= len(case.places)


def _with_symmetric(matrices: tuple[Variable, ...], point: Point) -> Point:
    """The point with these matrices made symmetric."""
    changed = {}
    for matrix in matrices:
        array = point.values[matrix.name]
        n = range(len(array))
        changed[matrix.name] = [[(array[i][j] + array[j][i]) / 2 for j in n] for i in n]
    return replace(point, values={**point.values, **changed})


def _with_commuting(matrices: tuple[Variable, ...], point: Point) -> Point:
    """The point with matrices of one size as polynomials of one of them."""
    first: dict[int, Array] = {}
    changed = {}
    rng = random.Random(3)  # noqa: S311  # the same polynomials each time are wanted
    for matrix in matrices:
        array = point.values[matrix.name]
        n = len(array)
        if n not in first:
            first[n] = array
            continue
        base, square = first[n], product(first[n], first[n])
        a, b, c = (rng.uniform(0.5, 1.5) for _ in range(3))
        changed[matrix.name] = [[a * (i == j) + b * base[i][j] + c * square[i][j] for j in range(n)] for i in range(n)]
    return replace(point, values={**point.values, **changed})
