"""First and second derivatives in numerator layout by differences of NumPy values, for every shape.

Written from the table of layouts alone; nothing here uses a rule, a value or a point of the package.
A symmetric variable gets the symmetric derivative: (G + G.T)/2, J @ P and P @ H @ P with
P = (I + K)/2 (Srinivasan and Panda, arXiv 1911.06491).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from derivgen.expr.nodes import Expr, Variable
from tests import oracle
from tests.calculus.judge import Rough, Sizes
from tests.oracle import Array


def draw_point(
    variables: Mapping[str, Variable], sizes: Sizes, rng: np.random.Generator, *, positive: bool
) -> dict[str, Array]:
    """A random value for each variable, away from zero; square matrices are near a multiple of I."""
    point: dict[str, Array] = {}
    for name, variable in variables.items():
        shape = (variable.shape.rows.at(sizes), variable.shape.columns.at(sizes))
        made = rng.uniform(0.25, 1.1, shape) * (1.0 if positive else rng.choice([-1.0, 1.0], shape))
        if positive and shape[0] == shape[1] > 1:
            made = made + 2 * np.eye(shape[0])
        point[name] = (made + made.T) / 2 if variable.symmetric else made
    return point


def first(of: Expr, wrt: Variable, point: oracle.Point, sizes: Sizes) -> Array:
    """The derivative of any array by any variable.

    Raises: Rough if two widths do not agree, or a value is not finite.
    """
    with np.errstate(all="ignore"):
        changes = [_along(of, wrt.name, place, point, sizes) for place in _places(point[wrt.name])]
    return _laid_out(changes, of, wrt, point[wrt.name])


def second(of: Expr, wrt: Variable, then: Variable, point: oracle.Point, sizes: Sizes) -> Array:
    """The matrix of second derivatives of a scalar: rows by vec of `wrt`, columns by vec of `then`.

    Raises: Rough if two widths do not agree, or a value is not finite.
    """

    def turned(a: tuple[int, int], b: tuple[int, int], width: float) -> float:
        def at(p: float, q: float) -> float:
            moved = dict(point)
            moved[wrt.name] = moved[wrt.name] + p * width * _indicator(point[wrt.name], a)
            moved[then.name] = moved[then.name] + q * width * _indicator(point[then.name], b)
            return float(oracle.value(of, moved, sizes).item())

        return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * width**2)

    def mixed(a: tuple[int, int], b: tuple[int, int]) -> float:
        # Richardson: the error of second order in the width drops out.
        wide, middle, narrow = (turned(a, b, width) for width in (4e-3, 2e-3, 1e-3))
        coarse, fine = (4 * middle - wide) / 3, (4 * narrow - middle) / 3
        if not (np.isfinite(fine) and abs(coarse - fine) <= 1e-5 * max(1.0, abs(fine))):
            raise Rough
        return fine

    rows, columns = _places(point[wrt.name]), _places(point[then.name])
    with np.errstate(all="ignore"):
        made = np.array([[mixed(a, b) for b in columns] for a in rows])
    return np.array(_projected(wrt, point[wrt.name]) @ made @ _projected(then, point[then.name]))


def _places(array: Array) -> list[tuple[int, int]]:
    """The entries, columns first."""
    return [(i, j) for j in range(array.shape[1]) for i in range(array.shape[0])]


def _indicator(array: Array, place: tuple[int, int]) -> Array:
    made = np.zeros_like(array)
    made[place] = 1
    return made


def _along(of: Expr, name: str, place: tuple[int, int], point: oracle.Point, sizes: Sizes) -> Array:
    def rate(width: float) -> Array:
        def at(k: int) -> Array:
            return oracle.value(of, {**point, name: point[name] + k * width * _indicator(point[name], place)}, sizes)

        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * width)

    coarse, fine = rate(2e-3), rate(1e-3)
    if not (np.isfinite(fine).all() and abs(coarse - fine).max() <= 1e-6 * max(1e-2, abs(fine).max())):
        raise Rough
    return fine


def _laid_out(changes: list[Array], of: Expr, wrt: Variable, at: Array) -> Array:
    if wrt.is_scalar:
        return changes[0]
    if of.is_scalar:
        gradient = np.array([change.item() for change in changes]).reshape(at.shape, order="F")
        return np.array((gradient + gradient.T) / 2 if wrt.symmetric else gradient).T
    stacked = np.hstack([change.reshape(-1, 1, order="F") for change in changes])
    return stacked @ _projected(wrt, at)


def _projected(wrt: Variable, at: Array) -> Array:
    """(I + K)/2 for a symmetric variable, which turns what stands for vec(dX) into its symmetric part."""
    if not wrt.symmetric:
        return np.eye(at.size)
    places = _places(at)
    swap = np.array([[float(b == (a[1], a[0])) for b in places] for a in places])
    return np.array((np.eye(at.size) + swap) / 2)
