"""Lines of a derivation: df = ... in differentials, f itself, or the derivative."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from derivgen.answers import wording
from derivgen.answers.check import Judgement
from derivgen.answers.key import Key
from derivgen.answers.limits import derivative_left, work
from derivgen.answers.mutants import HELD, derivative_of, is_whole
from derivgen.answers.reals import Reading, real_value, with_plain_exponents
from derivgen.answers.recognition import Recognised, recognised
from derivgen.answers.telling import together
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Differential, Expr, Variable
from derivgen.expr.walk import free_indices, replaced
from derivgen.syntax.parse import parse

# The same within rounding of the complex step, relative to the largest entry.
SAME = 1e-8
# An equals sign that is no part of a comparison.
_EQUALS = re.compile(r"(?<![<>!=])=(?!=)")
# What stands on the left: df, d(f), df/dx, f', ∇f, J, or words such as gradient.
_NAMED = re.compile(
    r"(d\s*\(?\w+\)?(\s*/\s*d\s*\(?\w+(\.T)?\)?)?|d\s*/\s*d\w+.*|[∂∇].*|(grad|nabla|jacobian|hessian|derivative)\b.*"
    r"|\w+'+|[DGHJ](_\w+)?)",
    re.IGNORECASE | re.DOTALL,
)


def sides_of(line: str) -> tuple[str, tuple[str, ...]]:
    """What a line names on its left, or nothing, and its right sides, one after each equals sign."""
    first, *rest = (part.strip() for part in _EQUALS.split(line))
    if not rest:
        return "", (first,)
    rights = tuple(part for part in rest if part) or ("",)
    if not first or _NAMED.fullmatch(first) or re.fullmatch(r"\w+", first):
        return first, rights
    return "", (first, *rights)


def is_change(key: Key, source: str) -> bool:
    """Whether the line speaks of differentials, as in dx of a declared x, or d(...)."""
    names = key.scope.names
    words = re.findall(r"\bd(\w+)|\bd\s*(\()", source)
    return any(bracket or (name in names and f"d{name}" not in names) for name, bracket in words)


def judge_change(key: Key, source: str) -> Judgement:
    """The verdict on a line of differentials: right if it is the change of the function, whatever the variables do."""
    if key.request.is_second:
        return Judgement("unparsable", wording.NO_CHANGES)
    try:
        expr = with_plain_exponents(parse(source, replace(key.scope, differentials=True)))
    except DerivgenError as error:
        fault = error.faults[0]
        if fault.code == "shape":
            told = wording.shapes_inside(fault)
            return Judgement("wrong", told, span=fault.span, hint=told)
        return Judgement("unparsable", wording.unread(fault, key), span=fault.span)
    except RecursionError:
        return Judgement("unparsable", wording.TOO_DEEP)
    if letters := free_indices(expr):
        return Judgement("unparsable", wording.free_letter(sorted(letter.name for letter in letters)[0]))
    if (left := derivative_left(expr)) is not None:
        return Judgement("unparsable", wording.derivative_left(left))
    if any(work(expr, place.point.sizes) > key.allowance for place in key.places):
        return Judgement("unparsable", wording.TOO_LARGE)
    wrong = _differs(key, expr)
    if wrong is None:
        return Judgement("correct", wording.RIGHT)
    mistake = _mistake(key, expr) if expr.shape == key.request.of.shape else None
    if mistake is None:
        return Judgement("wrong", wrong, hint=wrong)
    told = together(mistake.sentence, wrong)
    return Judgement("mistake", told, mistake.name, hint=told)


def _mistake(key: Key, expr: Expr) -> Recognised | None:
    """The mistake in the derivative that a line of differentials stands for, as far as it is linear in them."""
    if len(key.request.wrt) != 1:
        return None
    x = key.request.wrt[0]
    change = Variable(HELD, x.shape, x.symmetric)
    body = replaced(expr, {Differential(x): change})
    found = derivative_of(key.problem, key.request, body, (change,))
    if found is None or not is_whole(found):
        return None
    mistake = recognised(key, with_plain_exponents(found), ("numerator",))
    return mistake if mistake is not None and mistake.layout == "numerator" else None


def _differs(key: Key, expr: Expr) -> str | None:
    of = key.request.of
    if expr.shape != of.shape:
        return wording.change_has_shape(of.name, of.shape, expr.shape)
    wanted = Differential(of)
    for point in _moving(key):
        found, right = real_value(expr, point, FLOATS), real_value(wanted, point, FLOATS)
        if right is not None and (found is None or not _same(found, right)):
            return wording.change_differs(of.name)
    return None


def _moving(key: Key) -> Iterator[Point]:
    """The points of the key with a change for each variable that the derivative is taken by."""
    rng = random.Random(5)  # noqa: S311  # the same changes in every run are wanted
    for place in key.places:
        changes = {}
        for variable in key.request.wrt:
            rows, columns = (size.at(place.point.sizes) for size in variable.shape)
            drawn: list[list[complex]] = [[rng.uniform(-1, 1) for _ in range(columns)] for _ in range(rows)]
            if variable.symmetric:
                drawn = [[drawn[min(i, j)][max(i, j)] for j in range(columns)] for i in range(rows)]
            changes[variable.name] = drawn
        # A function that is differentiated by is a variable here, and those that it needs hold still.
        yield replace(place.point, changes=changes)


def _same(a: Reading, b: Reading) -> bool:
    largest = max(abs(z) for row in b for z in row)
    return all(abs(x - y) <= SAME * largest for rows in zip(a, b, strict=True) for x, y in zip(*rows, strict=True))
