"""Derivatives by differences of a function of arrays: any shapes, first and second, in numerator layout.

Nothing of the package is used but the names and shapes of what varies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tests.oracle import Array, Point

Function = Callable[[Point], Array]
WIDTHS = (2e-3, 1e-3)


class Rough(Exception):
    """The function is too steep, or not smooth, for differences here."""


def slope(function: Function, names: Sequence[str], point: Point, width: float) -> Array:
    """The derivative by one array, or by several scalars that are stacked, in numerator layout."""
    slopes = [_along(function, name, place, point, width) for name in names for place in _places(point[name])]
    if len(slopes) == 1:
        return slopes[0]
    if slopes[0].size == 1:
        shape = point[names[0]].shape if len(names) == 1 else (len(names), 1)
        return np.array([each.item() for each in slopes]).reshape(shape, order="F").T
    return np.hstack([each.reshape(-1, 1, order="F") for each in slopes])


def curvature(function: Function, name: str, point: Point, width: float) -> Array:
    """The second derivative of a number by one array: the slope of vec of the gradient in the array's shape."""

    def gradient(at: Point) -> Array:
        return slope(function, [name], at, width).T.reshape(-1, 1, order="F")

    return slope(gradient, [name], point, width)


def settled(measured: Callable[[float], Array]) -> Array:
    """What two widths agree on.

    Raises: Rough if they do not.
    """
    with np.errstate(all="ignore"):
        coarse, fine = map(measured, WIDTHS)
    if not (np.isfinite(fine).all() and abs(coarse - fine).max() <= 1e-6 * max(1e-2, abs(fine).max())):
        raise Rough
    return fine


def _places(array: Array) -> list[tuple[int, int]]:
    rows, columns = array.shape
    return [(i, j) for j in range(columns) for i in range(rows)]


def _along(function: Function, name: str, place: tuple[int, int], point: Point, width: float) -> Array:
    """The slope when one entry varies, of fourth order."""

    def at(k: int) -> Array:
        moved = point[name].copy()
        moved[place] += k * width
        return function({**point, name: moved})

    return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * width)
