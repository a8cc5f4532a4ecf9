"""One answer against the key: five verdicts, told apart by reading, by shapes and by numbers.

An answer is right if it has the key's value at every place of the key: 10 random points
over two assignments of sizes, drawn inside the domain, and their mirror images where those
are admissible too. A difference above 1e-6 of the key's largest entry is wrong, one below
1e-12 is rounding, and what lies between is decided with 50 digits against 1e-9.

How sure is "right"? Each entry of a point is one of more than 2**40 floats. If answer minus
key is a rational function, not zero, whose numerator has total degree d once it is cleared,
one point misses it with a probability of at most d / 2**40 (Schwartz 1980, Zippel 1979):
with d <= 1000 and 10 independent points less than (1e-9)**10 = 1e-90. With exp, log, sin and
their like the zero set still has measure zero, but no such number is known; the points and
the 50 digits stand in for it. Of two functions that differ only for some signs of an
argument, a share p of them, the points miss the difference with (1 - p)**10 or less. What
remains is the tolerance: an answer within 1e-9 of the key everywhere is taken as right.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from derivgen.answers import wording
from derivgen.answers.key import LAYOUTS, Key, Place, at_own_sizes, ground_of, places_of, with_entries
from derivgen.answers.kinks import bent, beyond
from derivgen.answers.limits import MOST_WORK, derivative_left, variables_of, work
from derivgen.answers.meant import is_made_of_sizes, meanings
from derivgen.answers.reals import Reading, arithmetic_for, gap, real_value, with_plain_exponents
from derivgen.answers.recognition import lacking_transpose, recognised
from derivgen.answers.telling import together
from derivgen.calculus.points import Ground
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.functions.table import Arithmetic, Array
from derivgen.expr.nodes import Expr
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutChoice, LayoutName
from derivgen.record import record
from derivgen.syntax.parse import parse

Verdict = Literal["correct", "other_layout", "mistake", "wrong", "unparsable"]

SURE, TOLERANCE, HOPELESS = 1e-12, 1e-9, 1e-6
# An answer that takes more of what is allowed is compared with the key alone, and so is one that has more entries than
# the derivative by another variable may have.
LIGHT, FEW = 10_000, 16
# A longer answer is not read, unless that of the key is long too.
LONGEST, TIMES_THE_KEY = 2_000, 4
# Where an answer has no value, so many points close by are tried.
TRIES, STEP = 20, 1e-3


@record
class Judgement:
    """The verdict on an answer, in words for a learner.

    `mistake` is the name of a known mistake, `span` the place in the answer that the message is
    about, `layout` the one in which the answer is right, or that its mistake was made in.
    `hint` says what is wrong without a value of the derivative, which `shown` compares.
    """

    verdict: Verdict
    message: str
    mistake: str | None = None
    span: Span | None = None
    layout: LayoutName | None = None
    hint: str = ""
    shown: wording.Counterexample | None = None
    expr: Expr | None = None


@record
class Difference:
    """A place at which an answer has another value than the key, or none.

    `is_beyond` tells that it has the key's value at all places of the key.
    """

    place: Place
    found: Reading | None
    is_beyond: bool = False


def judge(key: Key, answer: str, layout: LayoutChoice | None = None) -> Judgement:
    """The verdict on an answer; without a layout it is judged in the one that the question asks for."""
    if is_too_long(key, answer):
        return Judgement("unparsable", wording.TOO_LONG)
    try:
        expr = with_plain_exponents(parse(answer, key.scope))
    except DerivgenError as error:
        return _unread(error.faults[0], key, answer, layout or key.layout)
    except RecursionError:
        return Judgement("unparsable", wording.TOO_DEEP)
    left = derivative_left(expr)
    if left is not None:
        return Judgement("unparsable", wording.derivative_left(left))
    key = with_entries(key, expr)
    if any(work(expr, sizes) > key.allowance for sizes in _sizes(key)):
        return Judgement("unparsable", wording.TOO_LARGE)
    return _judged(*_meant(key, expr), layout or key.layout)


def _meant(key: Key, expr: Expr) -> tuple[Key, Expr]:
    """The answer with its numbers as they are meant: so that it is right, or else as those of the key are."""
    several = tuple(meanings(expr, key.places[0].point.stands))
    if len(several) == 1 or not any(expr.shape == key.shape(layout) for layout in LAYOUTS):
        return key, expr
    right = next((one for one in several if _is_right(key, one)), None)
    if right is not None:
        return key, right
    if _is_right(own := at_own_sizes(key), expr):
        return own, expr
    return key, several[is_made_of_sizes(key.results["numerator"])]


def _is_right(key: Key, expr: Expr) -> bool:
    fitting = (layout for layout in LAYOUTS if expr.shape == key.shape(layout))
    return any(_difference(key, expr, layout) is None for layout in fitting)


def is_too_long(key: Key, answer: str) -> bool:
    """Whether a text is too long to be read."""
    return len(answer) > LONGEST and len(answer) > TIMES_THE_KEY * len(text(key.results["numerator"]))


def _unread(fault: Fault, key: Key, answer: str, layout: LayoutChoice) -> Judgement:
    if fault.code == "shape":
        mistake = lacking_transpose(key, answer, fault, _asked(layout))
        if mistake is not None:
            told = mistake.sentence
            return Judgement("mistake", told, mistake.name, fault.span, mistake.layout, told)
        return Judgement("wrong", wording.shapes_inside(fault), span=fault.span)
    return Judgement("unparsable", wording.unread(fault, key), span=fault.span)


def _asked(layout: LayoutChoice) -> tuple[LayoutName, ...]:
    return LAYOUTS if layout == "both" else (layout,)


def _sizes(key: Key) -> tuple[Mapping[str, int], ...]:
    several = [dict(place.point.sizes) for place in key.places]
    return tuple(sizes for number, sizes in enumerate(several) if sizes not in several[:number])


def _judged(key: Key, expr: Expr, layout: LayoutChoice) -> Judgement:
    asked = _asked(layout)
    differences: dict[LayoutName, Difference] = {}
    for name in LAYOUTS:
        if expr.shape == key.shape(name):
            difference = _difference(key, expr, name)
            if difference is None:
                return _right(key, expr, name, asked)
            differences[name] = difference
    fitting = [name for name in asked if name in differences]
    told: str
    hint: str
    if fitting:
        shown = _told(key, expr, {fitting[0]: differences[fitting[0]]})
        told, hint = wording.value_differs(shown), wording.NOT_IT
    else:
        shown = _told(key, expr, differences)
        told, hint = wording.shape_differs(key, expr, asked, shown), wording.shape_differs(key, expr, asked, None)
    is_seen = not any(difference.is_beyond for difference in differences.values())
    mistake = recognised(key, expr, asked) if is_seen and _is_light(key, expr) else None
    if mistake is None:
        return Judgement("wrong", told, hint=hint, shown=shown, expr=expr)
    message = together(mistake.sentence, told)
    return Judgement("mistake", message, mistake.name, None, mistake.layout, mistake.sentence, shown, expr)


def _is_light(key: Key, expr: Expr) -> bool:
    entries, most = expr.shape.entries, key.shape("numerator").entries
    light = LIGHT if key.allowance == MOST_WORK else key.allowance // 2
    return all(
        work(expr, sizes) <= light and entries.at(sizes) <= max(most.at(sizes) ** 2, FEW) for sizes in _sizes(key)
    )


def _right(key: Key, expr: Expr, given: LayoutName, asked: tuple[LayoutName, ...]) -> Judgement:
    if _are_one(key):
        return Judgement("correct", wording.RIGHT, expr=expr)
    if given not in asked:
        return Judgement("other_layout", wording.other_layout(key, given), layout=given, expr=expr)
    message = wording.right_in(given) if len(asked) > 1 else wording.RIGHT
    return Judgement("correct", message, layout=given, expr=expr)


def _are_one(key: Key) -> bool:
    """Whether both layouts are the same array."""
    if key.shape("numerator") != key.shape("denominator"):
        return False
    return all(_error(place.values["numerator"], place.values["denominator"]) <= SURE for place in key.places)


# Numbers


def _difference(key: Key, expr: Expr, layout: LayoutName) -> Difference | None:
    """The first place at which the answer is not the derivative in this layout; None if it is everywhere."""
    m = arithmetic_for(expr)
    for place in key.places:
        found = real_value(expr, place.point, m)
        here = place if found is not None else _beside(key, expr, place, m)
        found = found if here is place else real_value(expr, here.point, m)
        if found is None or not _agrees(key.results[layout], expr, here, layout, found):
            return Difference(here, found)
    return _difference_at_kinks(key, expr, layout, m)


def _difference_at_kinks(key: Key, expr: Expr, layout: LayoutName, m: Arithmetic) -> Difference | None:
    """The first point beyond a kink of the answer at which it has another value than the derivative."""
    if not any(True for _ in bent(expr)):
        return None
    points = beyond(_ground(key), expr, key.results["numerator"], [place.point for place in key.places])
    for place in places_of(key.results, points):
        found = real_value(expr, place.point, m)
        # What is far off may be too large for floats, and lose more digits: the 50 digits decide.
        is_other = found is not None and _error(place.values[layout], found) > SURE
        if is_other and gap(expr, key.results[layout], place.point) > TOLERANCE:
            return Difference(place, found, is_beyond=True)
    return None


def _ground(key: Key) -> Ground:
    known = key.remembered
    if "ground" not in known:
        known["ground"] = ground_of(key.problem, key.request, key.results)
    return known["ground"]  # type: ignore[return-value]


def _beside(key: Key, expr: Expr, place: Place, m: Arithmetic) -> Place:
    """A place close by at which the answer has a value too: x**2/x for x lacks one at a single point. Else this one."""
    if key.problem.assumptions:
        return place  # Close by they may not hold.
    rng = random.Random(7)  # noqa: S311  # the same points in every run are wanted
    for _ in range(TRIES):
        values: dict[str, Array] = {}
        for name, array in place.point.values.items():
            factor = 1 + rng.uniform(-STEP, STEP)
            values[name] = [[factor * z for z in row] for row in array]
        for near in places_of(key.results, [replace(place.point, values=values)]):
            if real_value(expr, near.point, m) is not None:
                return near
    return place


def _agrees(key: Expr, answer: Expr, place: Place, layout: LayoutName, found: Reading) -> bool:
    error = _error(place.values[layout], found)
    if error <= SURE:
        return True
    # Where the key is nearly zero, rounding alone may be as large as it: such differences too are looked at closely.
    is_close = error <= HOPELESS or _largest_gap(place.values[layout], found) <= HOPELESS
    return is_close and gap(answer, key, place.point) <= TOLERANCE


def _error(wanted: Reading, found: Reading) -> float:
    """The largest difference over the largest entry of the key."""
    largest = _largest_gap(wanted, found)
    scale = max(abs(z) for row in wanted for z in row)
    return 0.0 if largest == 0 else largest / scale if scale > 0 else math.inf


def _largest_gap(wanted: Reading, found: Reading) -> float:
    return max(abs(a - b) for rows in zip(wanted, found, strict=True) for a, b in zip(*rows, strict=True))


# A place to show


def _told(key: Key, expr: Expr, differences: Mapping[LayoutName, Difference]) -> wording.Counterexample | None:
    """The difference that is told: at a point of short numbers if one shows it."""
    for layout, difference in differences.items():
        shown = _shown(key, expr, layout, difference) or difference
        names = key.names | variables_of(expr)
        values = {name: shown.place.point.values[name] for name in key.order if name in names}
        return wording.Counterexample(layout, values, shown.found, shown.place.values[layout], shown.place.point.stands)
    return None


def _shown(key: Key, expr: Expr, layout: LayoutName, difference: Difference) -> Difference | None:
    m = arithmetic_for(expr)
    for place in key.shown:
        found = real_value(expr, place.point, m)
        # That it has no value at a short point is not what is wrong with it, if it has one elsewhere.
        differs = difference.found is None if found is None else _error(place.values[layout], found) > 1e-3
        if differs:
            return Difference(place, found)
    return None
