"""Numbers that large sizes have left in an expression, where a small size stands in the place of each.

The mean of 784 entries is their sum over 784. Where three entries stand in the place of these, so does 3 in the place
of the number; 392 is half of it, and 7840 the entries of a matrix of 10 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement

from derivgen.expr.memory import remembered
from derivgen.expr.sizes import LARGE, SMALL, limit_of

Stand = tuple[int, int]  # a large size, or the product of two, and what stands in its place


def small_number(number: Fraction, sizes: Mapping[str, int]) -> Fraction:
    """What a number is where others stand in the place of sizes: of all readings the one that is simplest."""
    top, bottom = number.as_integer_ratio()
    if -SMALL <= top <= SMALL and bottom <= SMALL:
        return number
    found = [reading for stand in _stands(tuple(sizes.items())) for reading in _readings(number, stand)]
    return min(found)[1] if found else number


@remembered
def _stands(sizes: tuple[tuple[str, int], ...]) -> tuple[Stand, ...]:
    large = [(int(name), stand) for name, stand in sizes if name.isdecimal()]
    products = ((m * n, s * t) for (m, s), (n, t) in combinations_with_replacement(large, 2))
    return (*large, *products)


def _readings(number: Fraction, stand: Stand) -> Iterable[tuple[int, Fraction]]:
    """The number as so many times the size, and as so many over it, each with how far from simple that is."""
    size, small = stand
    limit = limit_of(size)
    top, bottom = number.as_integer_ratio()
    if -limit <= top <= limit and bottom <= limit:
        return
    above, below = number / size, number * size
    if abs(above.numerator) <= limit and above.denominator <= limit:
        yield abs(above.numerator) + above.denominator, above * small
    if abs(below.numerator) <= LARGE and below.denominator <= limit < bottom:
        yield abs(below.numerator) + below.denominator, below / small
