"""What the numbers of an answer may mean, where a small size stands in the place of a large one.

The derivative of a mean of 784 squares is x/392: where three entries stand in the place of these, 392 is half of them.
Whoever types 1/392, or 7840 for the entries of a matrix of 10 rows, does not say whether it is a plain number; nor does
a key that was stored as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations_with_replacement, product

from derivgen.expr.counted import Counted, counted
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Constant, Expr
from derivgen.expr.sizes import LARGE, SMALL, limit_of
from derivgen.expr.walk import nodes_within, replaced

# Of more numbers either all are made of sizes or none is.
MOST_NUMBERS = 3


def meanings(expr: Expr, sizes: Mapping[str, int]) -> Iterator[Expr]:
    """The expression as it is typed, then with numbers made of the large ones of these sizes: first all, then some."""
    yield expr
    large = tuple(int(name) for name in sizes if name.isdecimal())
    if not large:
        return
    numbers = {node.value for node in nodes_within(expr) if isinstance(node, Constant)}
    found = {n: c for n in sorted(numbers) if not isinstance(n, Counted) and (c := _made_of(n, large)) is not None}
    chosen = product((True, False), repeat=len(found)) if len(found) <= MOST_NUMBERS else ((True,) * len(found),)
    for taken in chosen:
        if any(taken):
            pairs = zip(found.items(), taken, strict=True)
            yield replaced(expr, {Constant(n): Constant(c) for (n, c), is_taken in pairs if is_taken})


def is_made_of_sizes(expr: Expr) -> bool:
    """Whether a size has a share in a number of the expression."""
    return any(isinstance(node, Constant) and isinstance(node.value, Counted) for node in nodes_within(expr))


@remembered
def _made_of(number: Fraction, large: tuple[int, ...]) -> Fraction | None:
    """The number as one made of sizes: of all readings the one that is simplest; None where there is none."""
    top, bottom = number.as_integer_ratio()
    if -SMALL <= top <= SMALL and bottom <= SMALL:
        return None
    products = ((m * n, counted(m) * counted(n)) for m, n in combinations_with_replacement(large, 2))
    stands = (*((size, counted(size)) for size in large), *products)
    found = [reading for stand in stands for reading in _readings(number, *stand)]
    return min(found, key=lambda reading: reading[0])[1] if found else None


def _readings(number: Fraction, size: int, made: Fraction) -> Iterable[tuple[int, Fraction]]:
    """The number as so many times the size, and as so many over it, each with how far from simple that is."""
    limit = limit_of(size)
    top, bottom = number.as_integer_ratio()
    if -limit <= top <= limit and bottom <= limit:
        return
    above, below = number / size, number * size
    if abs(above.numerator) <= limit and above.denominator <= limit:
        yield abs(above.numerator) + above.denominator, above * made
    if abs(below.numerator) <= LARGE and below.denominator <= limit < bottom:
        yield abs(below.numerator) + below.denominator, below / made
