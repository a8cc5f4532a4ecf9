"""Points at which lines are checked: drawn inside the domain, away from kinks, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations

from derivgen.calculus.numbers import FLOATS, Point, entrywise, value
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Apply, Constant, Expr, Variable
from derivgen.expr.walk import leaves, size_names
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Condition

MARGIN = 1e-3
DRAWS = 200
_SPREADS = (1.5, 0.8, 0.4, 3.0)


@dataclass(frozen=True, slots=True)
class Ground:
    """What points are drawn for: expressions to have a value, conditions to hold, variables to change."""

    expressions: tuple[Expr, ...]
    conditions: tuple[Condition, ...]
    moving: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables that need a value, in a fixed order."""
        held = [c.left for c in self.conditions] + [c.right for c in self.conditions if c.right is not None]
        found: dict[str, Variable] = {}
        for expr in (*self.expressions, *held):
            for leaf in leaves(expr):
                for variable in (leaf,) if isinstance(leaf, Variable) else leaf.of:  # type: ignore[union-attr]  # leaves are these two
                    found.setdefault(variable.name, variable)
        return tuple(found.values())

    @property
    def size_names(self) -> tuple[str, ...]:
        """The names of sizes that need a number."""
        held = [part for c in self.conditions for part in (c.left, c.right) if part is not None]
        within = [name for expr in (*self.expressions, *held) for name in size_names(expr)]
        declared = [name for variable in self.variables for size in variable.shape for name in size.names]
        return tuple(dict.fromkeys([*within, *declared]))

    def fits(self, sizes: dict[str, int]) -> bool:
        """Whether the conditions on sizes alone hold: n >= 3 where a third component is used."""
        return all(holds(c, Point({}, sizes)) for c in self.conditions if is_of_sizes(c))

    @property
    def largest(self) -> int:
        """The largest number that a condition on sizes names."""
        bounds = [c.right.value for c in self.conditions if is_of_sizes(c) and isinstance(c.right, Constant)]
        return max((int(bound) for bound in bounds), default=0)


def draw(ground: Ground, seed: str, *, wanted: int = 4) -> tuple[Point, ...]:
    """`wanted` admissible points, over two assignments of sizes where there are sizes.

    Raises: DerivgenError that names the conditions if none is found in 200 draws.
    """
    rng = random.Random(seed)  # noqa: S311  # nothing is secret: the same points in every run are wanted
    found: list[Point] = []
    for sizes in size_assignments(ground):
        points = list(
            _points(ground, sizes, rng, wanted - len(found) if not ground.size_names else max(1, wanted // 2))
        )
        found += points
        if len(found) >= wanted:
            break
    if not found:
        held = ", ".join(condition_text(condition) for condition in ground.conditions)
        raise DerivgenError(
            Fault(
                "no-admissible-point",
                f"no point was found at which all conditions hold: {held}"
                if held
                else "no point was found at which this has a value",
                "check that the conditions do not contradict each other, or narrow the variables with `assume:`",
            )
        )
    return tuple(found[:wanted])


def size_assignments(ground: Ground) -> Iterator[dict[str, int]]:
    """Small distinct sizes in every order that fit, so that a square example never hides a transpose."""
    names = ground.size_names
    numbers = range(2, max(6, 2 + len(names), ground.largest + 2))
    if len(names) > 4:
        start = max(2, ground.largest)
        yield {name: start + k for k, name in enumerate(names)}
        yield {name: start + k for k, name in enumerate(reversed(names))}
        return
    tall_first = sorted(permutations(numbers, len(names)), key=lambda p: (max(p, default=0), tuple(-k for k in p)))
    fitting = (sizes for picked in tall_first if ground.fits(sizes := dict(zip(names, picked, strict=True))))
    yield from islice(fitting, 24)


def is_of_sizes(condition: Condition) -> bool:
    """Whether a condition speaks of sizes and numbers only."""
    held = [part for part in (condition.left, condition.right) if part is not None]
    return all(not leaves(part) for part in held) and bool(size_names(condition.left))


def _points(ground: Ground, sizes: dict[str, int], rng: random.Random, wanted: int) -> Iterator[Point]:
    made = 0
    for k in range(DRAWS):
        if made >= wanted:
            return
        # Every other draw is of positive numbers, and the spread changes: so most domains are met soon.
        point = _drawn(ground, sizes, rng, spread=_SPREADS[k % len(_SPREADS)], positive=(k // 4) % 2 == 1)
        if admissible(ground, point):
            made += 1
            yield point


def _drawn(ground: Ground, sizes: dict[str, int], rng: random.Random, *, spread: float, positive: bool) -> Point:
    signs = _asked_signs(ground.conditions)
    values = {}
    for variable in ground.variables:
        sign = signs.get(variable.name, 1 if positive else 0)
        values[variable.name] = _array(variable, sizes, rng, spread, sign)
    changes = {v.name: _array(v, sizes, rng, 1.0, 0) for v in ground.variables if v.name in ground.moving}
    return Point(_normalised(values, ground.conditions, sizes), sizes, changes)


def _array(variable: Variable, sizes: dict[str, int], rng: random.Random, spread: float, sign: int) -> Array:
    rows, columns = variable.shape.rows.at(sizes), variable.shape.columns.at(sizes)

    def entry() -> complex:
        size = rng.uniform(0.2, 1.0) * spread
        return size * (sign or rng.choice((-1, 1)))

    drawn = [[entry() for _ in range(columns)] for _ in range(rows)]
    if variable.symmetric:
        drawn = [[(drawn[i][j] + drawn[j][i]) / 2 for j in range(columns)] for i in range(rows)]
    return drawn


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


def _normalised(values: dict[str, Array], conditions: tuple[Condition, ...], sizes: dict[str, int]) -> dict[str, Array]:
    """Values scaled so that conditions such as sum(t) = 1 hold."""
    result = dict(values)
    for condition in conditions:
        match condition:
            case Condition(left=Apply(arguments=(Variable(name=name),)) as left, relation="=", right=right) if (
                right is not None
            ):
                have = value(left, Point(result, sizes), FLOATS)[0][0]
                want = value(right, Point(result, sizes), FLOATS)[0][0]
                if abs(have) > MARGIN:
                    factor = want / have
                    result[name] = [[z * factor for z in row] for row in result[name]]
    return result


def admissible(ground: Ground, point: Point) -> bool:
    """Whether every expression has a finite real value there and every condition holds with a margin."""
    try:
        arrays = [value(expr, point, FLOATS) for expr in ground.expressions]
        return all(_is_real(array) for array in arrays) and all(holds(c, point) for c in ground.conditions)
    except (ValueError, ZeroDivisionError, OverflowError):
        return False


def holds(condition: Condition, point: Point) -> bool:
    """Whether a condition holds at a point, entry by entry, with a margin."""
    if condition.right is None:
        return True
    left, right = value(condition.left, point, FLOATS), value(condition.right, point, FLOATS)
    if not (_is_real(left) and _is_real(right)):
        return False
    gaps = [complex(z).real for row in entrywise(left, right, lambda a, b: a - b) for z in row]
    match condition.relation:
        case ">=" | "<=" if is_of_sizes(condition):
            return all(gap >= 0 if condition.relation == ">=" else gap <= 0 for gap in gaps)
        case ">" | ">=":
            return all(gap > MARGIN for gap in gaps)
        case "<" | "<=":
            return all(gap < -MARGIN for gap in gaps)
        case "!=":
            return all(abs(gap) > MARGIN for gap in gaps)
        case "=":
            return all(abs(gap) < 1e-9 for gap in gaps)
        case _:
            return True


def _is_real(array: Array) -> bool:
    entries = [complex(z) for row in array for z in row]
    return all(abs(z) < 1e8 and abs(z.imag) <= 1e-9 * max(1.0, abs(z.real)) for z in entries)
