"""The changes along which a derivative is taken, and the places where what they give belongs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

from derivgen.calculus.arrays import turned
from derivgen.expr.functions.table import Arithmetic, Array, Number
from derivgen.expr.nodes import Component, Expr, Unresolved, Variable

# A change of each variable that moves, by its name.
Direction = Mapping[str, Array]
# Nothing, a half and one, in the arithmetic of the values.
_Numbers = tuple[Number, Number, Number]


def frozen(way: Direction) -> Hashable:
    """The same for equal changes, in whatever order their names stand."""
    return frozenset((name, tuple(map(tuple, rows))) for name, rows in way.items())


def directions(wrt: tuple[Expr, ...], values: Mapping[str, Array], m: Arithmetic) -> list[dict[str, Array]]:
    """A change of a variable for each entry of `wrt`, columns first: a one at that entry.

    A symmetric variable changes symmetrically, by half at an entry and half at its mirror
    image: what comes out is the symmetric gradient (G + G.T)/2, or J @ P.
    Source: Srinivasan and Panda (2019), arXiv 1911.06491.
    """
    nothing, half, whole = (m.number(Fraction(k, 2)) for k in range(3))
    return [direction for part in wrt for direction in _directions(part, values, (nothing, half, whole))]


def _directions(part: Expr, values: Mapping[str, Array], numbers: _Numbers) -> list[dict[str, Array]]:
    match part:
        case Variable(name=name):
            rows, columns = len(values[name]), len(values[name][0])
            places = [(i, j) for j in range(columns) for i in range(rows)]
            variable = part
        case Component(array=Variable(name=name) as variable, row=int(row), column=int(column)):
            places = [(row - 1, column - 1)]
        case _:
            raise ValueError("only a variable or one of its components stands after wrt")
    return [{name: _indicator(values[name], i, j, numbers, symmetric=variable.symmetric)} for i, j in places]


def _indicator(array: Array, i: int, j: int, numbers: _Numbers, *, symmetric: bool) -> Array:
    mirror = (j, i) if symmetric else (i, j)
    nothing, half, whole = numbers
    indicator = [[nothing for _ in row] for row in array]
    for r, c in ((i, j), mirror):
        indicator[r][c] = whole if mirror == (i, j) else half
    return indicator


def arranged(changes: list[Array], target: Unresolved, sizes: Mapping[str, int]) -> Array:
    """The changes along each entry of `wrt` (columns first) put in the places of numerator layout.

    Shapes: each change has that of `target.of`, the result that of `target`.
    """
    if target.stacks:
        read = [turned(change) if target.turns else change for change in changes]
        return turned([[z for column in zip(*change, strict=True) for z in column] for change in read])
    if len(changes) == 1:
        return changes[0]
    # The derivative of a scalar by a matrix X is laid out like X.T: each of its rows is a column of X.
    width = target.shape.columns.at(sizes)
    entries = [change[0][0] for change in changes]
    return [entries[k : k + width] for k in range(0, len(entries), width)]
