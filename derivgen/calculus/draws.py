"""Random values of variables, of several kinds, so that the common domains are met soon.

Entries keep away from 0. Square matrices are drawn without any form first, then close to a
multiple of the identity, then positive definite; a variable that is asked to be positive
definite always is, and a scalar in the exponent of matpow is a whole number from 2 up.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.expr.functions.table import Array
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Apply, Constant, Expr, Variable
from derivgen.expr.walk import inlined, leaves, nodes_within
from derivgen.problem.problem import Condition
from derivgen.record import record

MARGIN = 1e-3
_SPREADS = (1.5, 0.8, 0.4, 3.0)
_EXPONENTS = (2, 3, 4)
# The draws around 0, and the number of those after them that are made around the numbers of a problem: log(x - 30).
DRAWS, CENTRED = 200, 400
# Of more numbers products and quotients are not tried; and none is that leaves no room for a margin.
_MOST_NUMBERS, _FARTHEST = 5, 1e8

Form = Literal["any", "dominant", "definite", "negative"]
# Points without any form come first: they hide the least. A period of six times four spreads.
_FORMS: tuple[Form, ...] = ("any", "any", "dominant", "definite", "any", "negative")


@record
class Recipe:
    """How the values of some variables are drawn.

    `signs` are those that conditions ask for, `definite` the names that are asked to be
    positive definite, `mirrored` those within an expression that is, and `whole` the
    scalars that stand in the exponent of a matrix. Late draws are around the `centres`.
    """

    variables: tuple[Variable, ...]
    conditions: tuple[Condition, ...]
    signs: Mapping[str, int]
    definite: frozenset[str]
    mirrored: frozenset[str]
    whole: frozenset[str]
    centres: tuple[float, ...] = ()

    @property
    def draws(self) -> int:
        """How many draws are made before there is no point."""
        return DRAWS + CENTRED if self.centres else DRAWS

    def values(self, sizes: dict[str, int], rng: random.Random, turn: int) -> dict[str, Array]:
        """The values of the draw number `turn`, scaled so that conditions such as sum(t) = 1 hold."""
        spread = _SPREADS[turn % len(_SPREADS)]
        form = _FORMS[turn // len(_SPREADS) % len(_FORMS)]
        positive = turn // len(_SPREADS) % 2
        drawn = {v.name: self._value(v, sizes, rng, spread, form, positive) for v in self.variables}
        if turn >= DRAWS:
            drawn = {name: self._moved(name, array, rng) for name, array in drawn.items()}
        return normalised(drawn, self.conditions, sizes)

    def _moved(self, name: str, array: Array, rng: random.Random) -> Array:
        """The values of a variable around one of the centres, or where they are."""
        centre = rng.choice((0.0, *self.centres)) * (self.signs.get(name) or rng.choice((-1, 1)))
        return array if name in self.whole | self.definite else [[centre + z for z in row] for row in array]

    def changes(self, moving: tuple[str, ...], sizes: dict[str, int], rng: random.Random) -> dict[str, Array]:
        """A random change of each variable that moves; symmetric for a symmetric one."""
        return {v.name: _array(v, sizes, rng, 1.0, 0) for v in self.variables if v.name in moving}

    def _value(
        self, variable: Variable, sizes: dict[str, int], rng: random.Random, spread: float, form: Form, positive: int
    ) -> Array:
        name = variable.name
        if name in self.whole:
            return [[complex(rng.choice(_EXPONENTS))]]
        drawn = _array(variable, sizes, rng, spread, self.signs.get(name, positive))
        if name in self.definite:
            return _definite(drawn, spread)
        is_square = variable.shape.rows == variable.shape.columns and not variable.is_scalar
        if not is_square or name in self.signs or form == "any":
            return drawn
        if variable.symmetric or name in self.mirrored:
            turned = -1 if form == "negative" else 1
            return [[turned * z for z in row] for row in _definite(drawn, spread)]
        return _dominant(drawn, spread, -1 if form == "negative" else 1)


def recipe(expressions: tuple[Expr, ...], conditions: tuple[Condition, ...], variables: tuple[Variable, ...]) -> Recipe:
    """The recipe for variables that these expressions and conditions use."""
    definite = [c.left for c in conditions if c.relation == "positive definite"]
    held = [part for c in conditions for part in (c.left, c.right) if part is not None]
    return Recipe(
        variables,
        conditions,
        _asked_signs(conditions),
        frozenset(left.name for left in definite if isinstance(left, Variable)),
        frozenset(leaf.name for left in definite for leaf in leaves(left) if isinstance(leaf, Variable)),
        frozenset(name for expr in (*expressions, *held) for name in exponents_of_matrices(expr)),
        centres((*expressions, *held)),
    )


@remembered
def centres(exprs: tuple[Expr, ...]) -> tuple[float, ...]:
    """Where conditions may begin to hold: at the numbers that stand there, their roots, products and quotients."""
    nodes = (node for expr in exprs for node in nodes_within(inlined(expr)))
    numbers = sorted({abs(float(n.value)) for n in nodes if isinstance(n, Constant) and 1 < abs(n.value) < _FARTHEST})
    found = {*numbers, *(number**0.5 for number in numbers)}
    if len(numbers) <= _MOST_NUMBERS:
        found |= {one * other for one, other in combinations(numbers, 2)} | {b / a for a, b in combinations(numbers, 2)}
    return tuple(sorted(centre for centre in found if 1 < centre < _FARTHEST))


@remembered
def exponents_of_matrices(expr: Expr) -> frozenset[str]:
    """The scalar variables in exponents of matrices, which are whole numbers and do not move."""
    exponents = [n.arguments[1] for n in nodes_within(expr) if isinstance(n, Apply) and n.function == "matpow"]
    return frozenset(leaf.name for exponent in exponents for leaf in leaves(exponent) if isinstance(leaf, Variable))


def _array(variable: Variable, sizes: dict[str, int], rng: random.Random, spread: float, sign: int) -> Array:
    rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)

    def entry() -> complex:
        size = rng.uniform(0.2, 1.0) * spread
        return size * (sign or rng.choice((-1, 1)))

    drawn = [[entry() for _ in range(columns)] for _ in range(rows)]
    if variable.symmetric:
        drawn = [[(drawn[i][j] + drawn[j][i]) / 2 for j in range(columns)] for i in range(rows)]
    return drawn


def _dominant(drawn: Array, spread: float, sign: int) -> Array:
    """A matrix whose diagonal outweighs the rest: its determinant and its symmetric part are positive (for sign 1)."""
    n = len(drawn)
    return [[z / (2 * n) + sign * spread * (i == j) for j, z in enumerate(row)] for i, row in enumerate(drawn)]


def _definite(drawn: Array, spread: float) -> Array:
    """A symmetric matrix with eigenvalues above spread/2: a Gram matrix with a multiple of the identity."""
    n = len(drawn)

    def entry(i: int, j: int) -> complex:
        gram = sum(a * b for a, b in zip(drawn[i], drawn[j], strict=True))
        return gram / (n * spread) + spread / 2 * (i == j)

    return [[entry(i, j) for j in range(n)] for i in range(n)]


def _asked_signs(conditions: tuple[Condition, ...]) -> dict[str, int]:
    """Variables of which a condition asks for a sign: met by construction."""
    signs = {}
    for condition in conditions:
        match condition:
            case Condition(left=Variable(name=name), relation=">" | ">=", right=Constant(value=bound)) if bound >= 0:
                signs[name] = 1
            case Condition(left=Variable(name=name), relation="<" | "<=", right=Constant(value=bound)) if bound <= 0:
                signs[name] = -1
    return signs


def normalised(values: dict[str, Array], conditions: tuple[Condition, ...], sizes: dict[str, int]) -> dict[str, Array]:
    """Values scaled so that conditions such as sum(t) = 1 hold; numbers of any kind."""
    result = dict(values)
    for condition in conditions:
        match condition:
            case Condition(left=Apply(arguments=(Variable(name=name),)) as left, relation="=", right=right) if (
                right is not None and name in result
            ):
                have = value(left, Point(result, sizes), FLOATS)[0][0]
                want = value(right, Point(result, sizes), FLOATS)[0][0]
                if abs(have) > MARGIN:
                    factor = want / have
                    result[name] = [[z * factor for z in row] for row in result[name]]
    return result
