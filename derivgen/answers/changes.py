"""Lines of a derivation: df = ... in differentials, f itself, or the derivative."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

from derivgen.answers import wording
from derivgen.answers.check import HOPELESS, TOLERANCE, Judgement, is_too_long
from derivgen.answers.key import Key
from derivgen.answers.limits import derivative_left, work
from derivgen.answers.meant import meanings
from derivgen.answers.mutants import HELD, derivative_of, is_whole
from derivgen.answers.reals import Reading, gap, real_value, with_plain_exponents
from derivgen.answers.recognition import Recognised, recognised
from derivgen.answers.telling import together
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point
from derivgen.errors import DerivgenError
from derivgen.expr.build import apply
from derivgen.expr.nodes import Differential, Expr, Variable
from derivgen.expr.walk import free_indices, replaced
from derivgen.syntax.parse import parse

# The same within rounding of the complex step, relative to the largest entry.
SAME = 1e-8


def is_change(key: Key, source: str) -> bool:
    """Whether the line speaks of differentials, as in dx of a declared x, or d(...)."""
    names = key.scope.names
    words = re.findall(r"\bd(\w+)|\bd\s*(\()", source)
    return any(bracket or (name in names and f"d{name}" not in names) for name, bracket in words)


def judge_change(key: Key, source: str) -> Judgement:
    """The verdict on a line of differentials: right if it is the change of the function, whatever the variables do."""
    if key.request.is_second:
        return Judgement("unparsable", wording.NO_CHANGES)
    if is_too_long(key, source):
        return Judgement("unparsable", wording.TOO_LONG)
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
    wrong, *others = (_differs(key, meant) for meant in meanings(expr, key.places[0].point.stands))
    if wrong is None or None in others:
        return Judgement("correct", wording.RIGHT)
    mistake = _mistake(key, expr) if expr.shape == _moved(key, expr).shape else None
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


def _moved(key: Key, expr: Expr) -> Expr:
    """What a line is the change of: the function, or the columns of a matrix stacked where the line has their shape."""
    of = key.request.of
    stacked = of if of.shape.is_row or of.shape.is_column else apply("vec", of)
    return stacked if expr.shape == stacked.shape else of


def _differs(key: Key, expr: Expr) -> str | None:
    of = _moved(key, expr)
    if expr.shape != of.shape:
        return wording.change_has_shape(key.request.of.name, of.shape, expr.shape)
    wanted = Differential(of)
    for point in _moving(key):
        right = real_value(wanted, point, FLOATS)
        if right is not None and not _agrees(expr, real_value(expr, point, FLOATS), wanted, right, point):
            return wording.change_differs(key.request.of.name)
    return None


def _agrees(expr: Expr, found: Reading | None, wanted: Expr, right: Reading, point: Point) -> bool:
    """Whether a line has the value of the change; where it may be rounding that differs, 50 digits decide."""
    if found is None:
        return False
    largest = max(abs(z) for row in right for z in row)
    apart = max(abs(x - y) for rows in zip(found, right, strict=True) for x, y in zip(*rows, strict=True))
    if apart <= SAME * largest:
        return True
    return apart <= HOPELESS * max(largest, 1) and gap(expr, wanted, point) <= TOLERANCE


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
