"""The point at which a question wants its derivative: numbers read, sizes told by them, the value there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from derivgen.answers.kinds import entry_at
from derivgen.answers.limits import variables_of
from derivgen.calculus.conditions import smooth_domain
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.illustration import written
from derivgen.calculus.numbers import Point, value
from derivgen.calculus.points import Ground, admissible
from derivgen.calculus.records import Derivation
from derivgen.document.worksheet import Valued
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Constant, Expr, Stack, Unspecified, Variable
from derivgen.expr.walk import leaves, size_names
from derivgen.problem.asked import Pairs
from derivgen.problem.problem import Condition, LayoutName, Problem
from derivgen.problem.text import Text
from derivgen.spec.homework.entries import Entry
from derivgen.spec.values import nearest
from derivgen.syntax.parse import Scope, parse

EXACT = 1e-9
PLACES = 4
# What is nearer to zero is rounding.
NOTHING = 1e-12


def entry_valued(whole: Valued, entry: Entry, layout: LayoutName) -> Valued:
    """The value of one entry, which stands at its place in this layout.

    Raises: DerivgenError where there is no such entry.
    """
    rows = rows_of(whole.in_layout(layout))
    height, width = len(rows), len(rows[0])
    # One number counts along a vector, whichever way it lies.
    first, *second = entry.place
    place = (first, second[0]) if second else (first, 1) if width == 1 else (1, first)
    if place[0] > height or place[1] > width or (len(entry.place) == 1 and 1 not in (height, width)):
        hint = "write row and column, as in `entry: [1, 2]`; of a vector one number"
        message = f"the derivative is {height} x {width} at this point, and has no such entry"
        raise DerivgenError(Fault("at", message, hint, entry.span))
    found = [entry_at(rows_of(whole.in_layout(one)), place) for one in ("numerator", "denominator")]
    return replace(whole, numerator=found[0], denominator=found[1], entry=place)


def rows_of(number: Expr) -> tuple[tuple[Expr, ...], ...]:
    """The rows of numbers; a scalar is one row of one."""
    return number.rows if isinstance(number, Stack) else ((number,),)


def valued(problem: Problem, derivation: Derivation, at: Pairs) -> Valued:
    """The value of a derivative at the point that `at` gives.

    Raises: DerivgenError for names that are not needed or lack numbers, for numbers that do not
    fit the declared shapes, and for a point at which the function has no derivative.
    """
    needed = _needed(derivation, at)
    faults: list[Fault] = []
    exprs: dict[str, Expr] = {}
    texts = {name.value: text for name, text in at}
    for name, text in at:
        try:
            exprs[name.value] = _numbers(name, text, needed)
        except DerivgenError as error:
            faults.extend(error.faults)
    lacking = [name for name in needed if name not in texts]
    if lacking and not faults:
        hint = f"add {', '.join(f'`{name}: ...`' for name in lacking)}, or leave `at` out"
        faults.append(Fault("at", f"the point does not say what {', '.join(lacking)} is", hint, at[0][0].span))
    if faults:
        raise DerivgenError(*faults)
    arrays = {name: value(expr, Point({}, {}), FLOATS) for name, expr in exprs.items()}
    point = Point(arrays, _sizes(needed, arrays, texts))
    assumed = (*problem.assumptions, *smooth_domain(derivation.request.of))
    conditions = tuple(condition for condition in assumed if _is_told_by(point, condition))
    if not admissible(Ground((derivation.request.of,), conditions), point):
        hint = "choose a point inside the domain, where every assumption holds"
        message = f"{derivation.request.of.name} has no derivative at this point"
        raise DerivgenError(Fault("at", message, hint, at[0][0].span))
    numerator, denominator = (
        value(derivation.result(layout), point, FLOATS) for layout in ("numerator", "denominator")
    )
    given = tuple((needed[name], exprs[name]) for name in needed)
    return Valued(given, written(numerator, _in_digits), written(denominator, _in_digits), _is_exact(numerator))


def _is_told_by(point: Point, condition: Condition) -> bool:
    """Whether a point has all that a condition speaks of: an exercise may assume something for another function."""
    sides = [side for side in (condition.left, condition.right) if side is not None]
    sizes = {name for side in sides for name in size_names(side)}
    return sizes <= point.sizes.keys() and all(variables_of(side) <= point.values.keys() for side in sides)


def _needed(derivation: Derivation, at: Pairs) -> dict[str, Variable]:
    """The variables that need numbers, by name."""
    found = leaves(derivation.request.of)
    if any(isinstance(leaf, Unspecified) for leaf in found):
        hint = "leave `at` out, or give the function an expression"
        raise DerivgenError(Fault("at", "an unspecified function has no values", hint, at[0][0].span))
    used = (leaf for leaf in (*found, *derivation.request.wrt, *derivation.request.then))
    return {leaf.name: leaf for leaf in used if isinstance(leaf, Variable)}


def _numbers(name: Text, text: Text, needed: Mapping[str, Variable]) -> Expr:
    """The numbers of one variable, as they were typed."""
    if name.value not in needed:
        near = nearest(name.value, needed)
        hint = f"did you mean {near}?" if near else f"the names are {', '.join(needed)}"
        raise DerivgenError(Fault("at", f"the derivative does not need {name.value}", hint, name.span))
    try:
        return parse(text.line_of_code, Scope({}), text.flat_span)
    except DerivgenError as error:
        raise DerivgenError(*(text.placed(fault) for fault in error.faults)) from None


def _sizes(needed: Mapping[str, Variable], arrays: Mapping[str, Array], texts: Mapping[str, Text]) -> dict[str, int]:
    """The sizes that the numbers tell; two that tell different ones are a fault."""
    sizes: dict[str, int] = {}
    faults = []
    for name, variable in needed.items():
        found = (len(arrays[name]), len(arrays[name][0]))
        for size, number in zip(variable.shape, found, strict=True):
            if len(size.names) == 1 and str(size) == size.names[0]:
                sizes.setdefault(size.names[0], number)
    for name, variable in needed.items():
        found = (len(arrays[name]), len(arrays[name][0]))
        if any(set(size.names) - set(sizes) for size in variable.shape):
            hint = "declare one variable with each size by itself, such as vector(n)"
            faults.append(Fault("at", f"the sizes of {name} cannot be told", hint, texts[name].span))
        elif tuple(size.at(sizes) for size in variable.shape) != found:
            wanted = " x ".join(str(size.at(sizes)) for size in variable.shape)
            hint = f"write numbers of the shape {wanted}; a vector is written [1, 2], a matrix by rows [[1, 2], [3, 4]]"
            message = f"{name} is {variable.shape}, here {wanted}, and these numbers are {found[0]} x {found[1]}"
            faults.append(Fault("at", message, hint, texts[name].span))
    if faults:
        raise DerivgenError(*faults)
    return sizes


def _in_digits(z: complex) -> Expr:
    """A number with four places, and with four digits where it is small: an answer must be right to three."""
    size = abs(complex(z).real)
    places = PLACES if size < NOTHING else max(PLACES, PLACES - 1 - math.floor(math.log10(size)))
    return Constant(Fraction(f"{complex(z).real:.{places}f}"))


def _is_exact(array: Array) -> bool:
    numbers = [complex(z).real for row in array for z in row]
    return all(abs(number - round(number, PLACES)) < EXACT for number in numbers)
