"""Small numbers in the place of large sizes, which keep what large ones may have in common with each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, product

from derivgen.errors import DerivgenError, Fault
from derivgen.expr.sizes import SIMPLE
from derivgen.problem.problem import Request

# A size that is so many times another one at most has a size in its place that is as many times the other's.
MOST_TIMES = 8


def not_checked(request: Request) -> DerivgenError:
    """What is told where small sizes are in the place of large ones, and numbers made of these no longer fit."""
    hint = "give the size a name, as in vector(n): the derivative is the same for every n"
    message = f"derivgen cannot check {request.text} for sizes so large"
    return DerivgenError(Fault("no-rule", message, hint, request.span))


def rising(large: tuple[int, ...], small: tuple[int, ...]) -> Iterator[dict[str, int]]:
    """Small numbers in the place of the large ones, not far apart, and in the same order, also with those that stay."""
    multiples, products = _multiples(large), _products(large, small)
    # Each has another number in the next turn: what fits 2 by chance does not fit 3.
    for gap, start in product((1, 2), range(1, 5)):
        found = {number: number for number in small}
        for number in large:
            base, ratio = multiples.get(number, (0, 0))
            one, other = products.get(number, (0, 0))
            below = max((found[k] for k in found if k < number), default=1)
            following = below + (start if number == large[0] else gap)
            found[number] = found[one] * found[other] if one else found[base] * ratio if base else following
        yield {str(number): found[number] for number in large}


def _products(large: tuple[int, ...], small: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """Large sizes that are the entries of a matrix of two others: 100 rows may be those of 20 x 5."""
    pairs = combinations_with_replacement([number for number in sorted({*small, *large}) if number > 1], 2)
    return {one * other: (one, other) for one, other in pairs if one * other in large}


def _multiples(numbers: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """Large sizes that are a few times another one where a product of two may be another product too.

    What stands in their place is as many times the other's: 2048 is 32 times 64, and 16 times 128.
    """
    products = [one * other for one, other in combinations_with_replacement(numbers, 2)]
    parts = [number * times for number in numbers for times in range(1, SIMPLE + 1)]
    if len({*products}) == len(products) and not {*products} & {*parts}:
        return {}
    found: dict[int, tuple[int, int]] = {}
    for base, number in combinations(numbers, 2):
        ratio, rest = divmod(number, base)
        if not rest and ratio <= MOST_TIMES and number not in found and base not in found:
            found[number] = (base, ratio)
    return found
