"""Second derivatives along two changes at once, from values alone.

The real part of f(x + i h w) is f(x) minus half of h squared times the curvature of f along w, to the fourth
order in h; two changes u and v have (c(u + v) - c(u) - c(v))/2. With 120 digits and h = 1e-30 half of the digits hold.
Source: Lai and Crassidis, Extensions of the first and second complex-step derivative approximations, Journal of
Computational and Applied Mathematics 219 (2008).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction

from derivgen.calculus.arrays import entrywise
from derivgen.calculus.variations import Direction, frozen
from derivgen.expr.functions.table import Arithmetic, Array, Number

Moved = Callable[[Direction, Number], Array]
WIDTH = Fraction(1, 10**30)


def mixed(at: Moved, firsts: Sequence[Direction], seconds: Sequence[Direction], m: Arithmetic) -> list[list[Array]]:
    """For each of `seconds` the second derivatives along it and each of `firsts`.

    `at` gives the value at the point moved by a number times a direction.
    """
    curved = _Curvature(at, m)
    return [[curved.along(u, v) for u in firsts] for v in seconds]


class _Curvature:
    """The curvature along every direction that was asked for, each worked out once."""

    def __init__(self, at: Moved, m: Arithmetic) -> None:
        self.at = at
        self.width = m.number(WIDTH)
        self.step = m.sqrt(m.number(Fraction(-1))) * self.width
        self.middle: Array | None = None
        self.known: dict[Hashable, Array] = {}

    def along(self, u: Direction, v: Direction) -> Array:
        """The second derivative along u and v."""
        if frozen(u) == frozen(v):
            return self.of(u)
        both = entrywise(self.of(u), self.of(v), lambda a, b: a + b)
        return entrywise(self.of(_together(u, v)), both, lambda a, b: (a - b) / 2)

    def of(self, w: Direction) -> Array:
        """The second derivative along w twice."""
        key = frozen(w)
        if key in self.known:
            return self.known[key]
        if self.middle is None:
            self.middle = self.at({}, self.step)
        moved = self.at(w, self.step)
        made = self.known[key] = entrywise(self.middle, moved, lambda a, b: 2 * (a.real - b.real) / self.width**2)
        return made


def _together(u: Direction, v: Direction) -> Direction:
    """The sum of two changes; the order of the names does not matter."""
    shared = {name: entrywise(u[name], v[name], lambda a, b: a + b) for name in u if name in v}
    return {**u, **v, **shared}
