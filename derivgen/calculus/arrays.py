"""Arrays of numbers, as rows: entry by entry, and the matrix product."""

from __future__ import annotations

from fractions import Fraction
from operator import mul
from typing import Protocol

from derivgen.expr.functions.table import Arithmetic, Array, Number

# From so many factors on it pays to leave out the zeros.
MANY = 16


class Combine(Protocol):
    """What is done to two numbers that stand in one place."""

    def __call__(self, a: Number, b: Number, /) -> Number:
        """One number of two."""


def entrywise(left: Array, right: Array, combine: Combine) -> Array:
    """Entry by entry; a 1 x 1 array broadcasts."""
    if len(left) == len(left[0]) == 1:
        a = left[0][0]
        # Most parts of most functions are scalars.
        if len(right) == len(right[0]) == 1:
            return [[combine(a, right[0][0])]]
        return [[combine(a, b) for b in row] for row in right]
    if len(right) == len(right[0]) == 1:
        b = right[0][0]
        return [[combine(a, b) for a in row] for row in left]
    if len(left[0]) != len(right[0]):
        raise ValueError("arrays of different shapes are not combined")
    return [list(map(combine, *rows)) for rows in zip(left, right, strict=True)]


def product(left: Array, right: Array) -> Array:
    """Matrix product; a 1 x 1 array scales."""
    if len(left) == len(left[0]) == 1 or len(right) == len(right[0]) == 1:
        return entrywise(left, right, mul)
    if len(right) >= MANY:
        return [_combined(row, right) for row in left]
    columns = list(zip(*right, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in left]


def _combined(weights: list[Number], rows: Array) -> list[Number]:
    """The rows added up with their weights; most weights of a Kronecker product are zero."""
    kept = [(weight, row) for weight, row in zip(weights, rows, strict=True) if weight]
    if not kept:
        return [weights[0] * z for z in rows[0]]
    used = [weight for weight, _ in kept]
    return [sum(map(mul, used, column)) for column in zip(*(row for _, row in kept), strict=True)]


def turned(array: Array) -> Array:
    """The transpose."""
    return [list(column) for column in zip(*array, strict=True)]


def zeros_like(array: Array, m: Arithmetic) -> Array:
    """Zeros of the same shape."""
    return [[m.number(Fraction(0)) for _ in row] for row in array]
