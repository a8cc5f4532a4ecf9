"""Exact numbers of parameters: what bounds and constraints come to. Fractions only, nothing is rounded."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.errors import DerivgenError, Fault, ShapeError
from derivgen.expr.functions.matrices import determinant
from derivgen.expr.functions.table import Arithmetic, Array
from derivgen.expr.nodes import Expr
from derivgen.problem.text import Text
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope

Grid = tuple[tuple[Fraction, ...], ...]


class _Rationals:
    """Fractions in the place of floats; what leads out of the rationals has no value."""

    compares = True

    def number(self, value: Fraction) -> Fraction:
        return value

    def positive(self, value: Fraction) -> bool:
        return value > 0

    def __getattr__(self, name: str) -> Any:
        raise ValueError(name)


RATIONALS = cast("Arithmetic", _Rationals())


def number_at(text: Text, known: Mapping[str, Expr]) -> Fraction:
    """The number that a text comes to, such as `{c}-1` for a known c.

    Raises: DerivgenError for what is no number.
    """
    if re.fullmatch(r"-?[0-9]{1,9}", text.value):
        return Fraction(int(text.value))
    try:
        expr = parse(without_braces(text.line_of_code), Scope(known), text.flat_span)
    except DerivgenError as error:
        raise DerivgenError(*(_placed(text, fault) for fault in error.faults)) from None
    grid = _grid(expr)
    if grid is None or len(grid) * len(grid[0]) != 1:
        hint = "write a number, or a sum or product of earlier parameters such as {c}-1"
        raise DerivgenError(Fault("parameter", f"{text.value} is no number", hint, text.span))
    return grid[0][0]


def holds(text: Text, known: Mapping[str, Expr]) -> bool:
    """Whether a constraint between parameters holds, such as `c != p` or `det(M) > 0`.

    Raises: DerivgenError for a text that is no constraint between them.
    """
    try:
        left, relation, right = parse_condition(without_braces(text.line_of_code), Scope(known), text.flat_span)
    except DerivgenError as error:
        raise DerivgenError(*(_placed(text, fault) for fault in error.faults)) from None
    first, second = _grid(left), None if right is None else _grid(right)
    if first is None or (right is not None and second is None):
        hint = "compare sums, products and powers of parameters: c*d != 6, tr(M) > 0"
        message = f"whether {text.value} holds cannot be worked out exactly"
        raise DerivgenError(Fault("parameter", message, hint, text.span))
    if second is None:
        return MATRICES[relation](first)
    return all(COMPARED[relation](a, b) for a, b in _pairs(first, second))


def _placed(text: Text, fault: Fault) -> Fault:
    is_unknown = fault.code == "name" and "did you mean" not in fault.hint
    hint = "only parameters that are declared above may stand here" if is_unknown else fault.hint
    return replace(text.placed(fault), hint=hint)


def without_braces(code: str) -> str:
    """The text with {c} as (c): every character at its own place."""
    return code.replace("{", "(").replace("}", ")")


def _grid(expr: Expr) -> Grid | None:
    try:
        array = value(expr, Point({}, {}), RATIONALS)
    except (*NO_VALUE, TypeError, KeyError, ShapeError):
        return None
    grid = tuple(tuple(Fraction(z) for z in row if isinstance(z, int | Fraction)) for row in array)
    return grid if [len(row) for row in grid] == [len(row) for row in array] else None


def _pairs(first: Grid, second: Grid) -> list[tuple[Fraction, Fraction]]:
    """Entries side by side; a single number stands beside each."""
    a, b = ([z for row in grid for z in row] for grid in (first, second))
    count = max(len(a), len(b))
    return list(zip(a * (count // len(a)), b * (count // len(b)), strict=True))


def _determinant(grid: Grid) -> Fraction:
    return cast("Fraction", determinant(RATIONALS, cast("Array", grid)))


def _is_square(grid: Grid) -> bool:
    return len(grid) == len(grid[0])


def is_invertible(grid: Grid) -> bool:
    """Whether a matrix has an inverse."""
    return _is_square(grid) and _determinant(grid) != 0


def is_symmetric(grid: Grid) -> bool:
    """Whether a matrix equals its transpose."""
    return _is_square(grid) and all(grid[i][j] == grid[j][i] for i in range(len(grid)) for j in range(i))


def is_positive_definite(grid: Grid) -> bool:
    """Whether a matrix is symmetric with positive leading minors (Sylvester's criterion)."""
    minors = (_determinant(tuple(row[:k] for row in grid[:k])) for k in range(1, len(grid) + 1))
    return is_symmetric(grid) and all(minor > 0 for minor in minors)


def is_diagonal(grid: Grid) -> bool:
    """Whether all entries beside the diagonal are zero."""
    return _is_square(grid) and not any(z for i, row in enumerate(grid) for j, z in enumerate(row) if i != j)


def has_no_zeros(grid: Grid) -> bool:
    """Whether no entry is zero."""
    return all(z for row in grid for z in row)


MATRICES: dict[str, Callable[[Grid], bool]] = {
    "invertible": is_invertible,
    "symmetric": is_symmetric,
    "positive definite": is_positive_definite,
    "diagonal": is_diagonal,
    "without zeros": has_no_zeros,
}
COMPARED: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "!=": lambda a, b: a != b,
    "=": lambda a, b: a == b,
}


def whole(number: Fraction, text: Text) -> int:
    """The number as a whole one.

    Raises: DerivgenError for a fraction, or one that nobody wants on a sheet.
    """
    if number.denominator != 1 or abs(number) > MOST:
        hint = f"write a whole number, at most {MOST}"
        raise DerivgenError(Fault("parameter", f"{text.value} is no whole number here", hint, text.span))
    return math.floor(number)


MOST = 10**6
