"""Points at which lines are checked: drawn inside the domain, away from kinks, the same in every run."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice, pairwise, permutations, product
from operator import sub

from derivgen.calculus.arrays import entrywise
from derivgen.calculus.draws import MARGIN, Recipe, recipe
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, Values
from derivgen.calculus.ownentries import own_entry
from derivgen.calculus.standins import rising
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.build import ZERO_NUMBER
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.table import Array
from derivgen.expr.memory import remembered, remembered_of
from derivgen.expr.nodes import Apply, Component, Constant, Expr, Power, Reference, Stack, Unspecified, Variable
from derivgen.expr.sizes import LARGE as LARGE_SIZE
from derivgen.expr.sizes import MANY, SMALL, small_size
from derivgen.expr.walk import inlined, leaves, nodes_within, parts, shapes_within, size_names
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Condition
from derivgen.record import record

MOST_ASSIGNMENTS = 24
# Larger arrays are not worked out.
MOST_ENTRIES = 100_000
# With a larger condition number a matrix loses four digits and more.
LARGEST_CONDITION = 1e4
# Beyond this the value of a function is no good point for a check, unless a large number stands in the function.
LARGEST, LARGE, MOST = 1e8, 1000, 1e150


@record
class Ground:
    """What points are drawn for: expressions to have a value, conditions to hold, variables to change.

    Where the Hessian by a variable has more than `most` entries, small sizes stand in the place of large ones. With
    `keeps_vectors` those of up to LARGE_SIZE entries keep them: to have a value takes few steps.
    """

    expressions: tuple[Expr, ...]
    conditions: tuple[Condition, ...]
    moving: tuple[str, ...] = ()
    most: int = MANY
    keeps_vectors: bool = False

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables that need a value, in a fixed order."""
        return _variables_for(self)

    @property
    def size_names(self) -> tuple[str, ...]:
        """The names of sizes that need a number, and large numbers that need a small one in their place."""
        return (*_named_sizes_of(self), *map(str, self.large_sizes))

    @property
    def large_sizes(self) -> tuple[int, ...]:
        """Sizes so large that working with arrays of them takes long: what holds for all sizes holds for small ones."""
        return _large_sizes_of(self)

    @property
    def names_entries(self) -> bool:
        """Whether an entry is meant that a smaller array may not have."""
        nodes = (node for expr in self.expressions for node in nodes_within(inlined(expr)))
        return any(isinstance(node, Component) and (node.row, node.column) != (1, 1) for node in nodes)

    @property
    def held(self) -> tuple[Expr, ...]:
        """The sides of the conditions."""
        return tuple(part for c in self.conditions for part in (c.left, c.right) if part is not None)

    def fits(self, sizes: dict[str, int]) -> bool:
        """Whether conditions on sizes alone hold, n >= 3 where a third component is used, and numbers keep order."""
        values = Values(Point({}, sizes), FLOATS)
        return self._keeps_order(sizes) and all(holds(c, values) for c in self.conditions if is_of_sizes(c))

    def _keeps_order(self, sizes: dict[str, int]) -> bool:
        """Whether a matrix of 100 rows and 10 columns stays a tall one: it has a left inverse, and no right one."""
        numbers = sorted({*self.small_sizes, *self.large_sizes}) if self.large_sizes else []
        return all(one < other for one, other in pairwise(sizes.get(str(number), number) for number in numbers))

    @property
    def small_sizes(self) -> tuple[int, ...]:
        """Numbers among the sizes of variables that keep their own."""
        found = {number for variable in self.variables for size in variable.shape for number in size.above(0)}
        return tuple(sorted(found - {*self.large_sizes}))

    @property
    def largest(self) -> int:
        """The largest number that a condition on sizes names."""
        bounds = [c.right.value for c in self.conditions if is_of_sizes(c) and isinstance(c.right, Constant)]
        return max((int(bound) for bound in bounds), default=0)


# Asked again and again while points are drawn.


@remembered_of
def _variables_for(ground: Ground) -> tuple[Variable, ...]:
    held = [c.left for c in ground.conditions] + [c.right for c in ground.conditions if c.right is not None]
    found: dict[str, Variable] = {}
    for expr in (*ground.expressions, *held):
        for leaf in leaves(expr):
            for variable in (leaf,) if isinstance(leaf, Variable) else _variables_of(leaf):
                found.setdefault(variable.name, variable)
    return tuple(found.values())


@remembered_of
def _large_sizes_of(ground: Ground) -> tuple[int, ...]:
    variables = ground.variables
    shapes = {shape for expr in (*ground.expressions, *variables, *ground.held) for shape in shapes_within(expr)}
    large = [
        v.shape
        for v in variables
        if v.shape.is_large(ground.most) and not (ground.keeps_vectors and (v.shape.is_column or v.shape.is_row))
    ]
    limit = SMALL if large and not ground.names_entries else LARGE_SIZE
    found = {number for shape in shapes for size in shape for number in size.above(limit)}
    declared = {number for variable in variables for size in variable.shape for number in size.above(limit)}
    declared -= {size.number for stack in _stacks(ground) for size in stack.shape}
    # A number made of others, such as a sum, cannot have one of its own in its place; a product has the product.
    nothing = dict.fromkeys(map(str, declared), 0)
    return tuple(sorted(declared)) if not any(small_size(number, nothing) for number in found) else ()


def _stacks(ground: Ground) -> Iterator[Stack]:
    """Arrays whose entries are listed: they have these whatever stands in the place of a size."""
    nodes = (node for expr in (*ground.expressions, *ground.held) for node in nodes_within(inlined(expr)))
    return (node for node in nodes if isinstance(node, Stack))


@remembered_of
def _named_sizes_of(ground: Ground) -> tuple[str, ...]:
    within = [name for expr in (*ground.expressions, *ground.held) for name in size_names(expr)]
    declared = [name for variable in ground.variables for size in variable.shape for name in size.names]
    return tuple(dict.fromkeys([*within, *declared]))


def _variables_of(leaf: Expr) -> tuple[Variable, ...]:
    return tuple(v for v in leaf.of if isinstance(v, Variable)) if isinstance(leaf, Unspecified) else ()


def draw(ground: Ground, seed: str, *, wanted: int = 4) -> tuple[Point, ...]:
    """`wanted` admissible points, over two assignments of sizes where there are sizes.

    Raises: as `draw_values`.
    """
    return tuple(values.point for values in draw_values(ground, seed, wanted=wanted))


def draw_values(ground: Ground, seed: str, *, wanted: int = 4) -> tuple[Values, ...]:
    """The values at `wanted` admissible points, over two assignments of sizes where there are sizes.

    Raises: DerivgenError that names the conditions if none is found in hundreds of draws.
    """
    return tuple(drawn(ground, seed, wanted=wanted))


def drawn(ground: Ground, seed: str, *, wanted: int = 4) -> Iterator[Values]:
    """The values at these points one by one: what nobody takes is not drawn.

    Raises: as `draw_values`.
    """
    rng = random.Random(seed)  # noqa: S311  # nothing is secret: the same points in every run are wanted
    plan = recipe(ground.expressions, ground.conditions, ground.variables)
    made = 0
    has_sizes = bool(ground.size_names)
    for sizes in size_assignments(ground):
        share = max(1, wanted // 2) if has_sizes else wanted - made
        for values in _points(ground, plan, sizes, rng, share):
            yield values
            made += 1
            if made == wanted:
                return
    if not made:
        raise DerivgenError(_no_point(ground.conditions))


def _no_point(conditions: tuple[Condition, ...]) -> Fault:
    held = ", ".join(condition_text(condition) for condition in conditions)
    return Fault(
        "no-admissible-point",
        f"no point was found at which all conditions hold: {held}"
        if held
        else "no point was found at which this has a value",
        "check that the conditions do not contradict each other, or narrow the variables with `assume:`",
    )


def size_assignments(ground: Ground) -> Iterator[dict[str, int]]:
    """Small distinct sizes in every order that fit, so that a square example never hides a transpose."""
    yield from islice(_fitting(ground), MOST_ASSIGNMENTS)


def _fitting(ground: Ground) -> Iterator[dict[str, int]]:
    letters = tuple(name for name in ground.size_names if not name.isdecimal())
    if not ground.large_sizes:
        yield from filter(ground.fits, _of_letters(letters, ground.largest))
        return
    numbers = tuple(rising(ground.large_sizes, ground.small_sizes))
    others = tuple(islice(_of_letters(letters, max(numbers[0].values())), MOST_ASSIGNMENTS))
    for shift, turn in product(range(len(others)), range(len(numbers))):
        found = {**others[(turn + shift) % len(others)], **numbers[turn]}
        if len({*found.values()}) == len(found) and ground.fits(found):
            yield found


def _of_letters(names: tuple[str, ...], largest: int) -> Iterator[dict[str, int]]:
    numbers = range(2, max(6, 2 + len(names), largest + 2))
    if len(names) > 4:
        yield from _many_sizes(names, max(2, largest))
        return
    tall_first = sorted(permutations(numbers, len(names)), key=lambda p: (max(p, default=0), tuple(-k for k in p)))
    yield from (dict(zip(names, picked, strict=True)) for picked in tall_first)


def _many_sizes(names: tuple[str, ...], start: int) -> Iterator[dict[str, int]]:
    """Rising and falling sizes, then others in mixed orders that are the same in every run."""
    numbers = list(range(start, start + len(names)))
    yield dict(zip(names, numbers, strict=True))
    yield dict(zip(names, reversed(numbers), strict=True))
    rng = random.Random(len(names))  # noqa: S311  # the same orders in every run are wanted
    for _ in range(400):
        rng.shuffle(numbers)
        yield dict(zip(names, numbers, strict=True))


def is_of_sizes(condition: Condition) -> bool:
    """Whether a condition speaks of sizes and numbers only."""
    held = [part for part in (condition.left, condition.right) if part is not None]
    return all(not leaves(part) for part in held) and bool(size_names(condition.left))


def _points(ground: Ground, plan: Recipe, sizes: dict[str, int], rng: random.Random, wanted: int) -> Iterator[Values]:
    made = 0
    for turn in range(plan.draws):
        if made >= wanted:
            return
        values = plan.values(sizes, rng, turn)
        at = Values(Point(values, sizes, plan.changes(ground.moving, sizes, rng)), FLOATS)
        if admits(ground, at):
            made += 1
            yield at


def admissible(ground: Ground, point: Point) -> bool:
    """Whether every expression has a finite real value there and every condition holds with a margin."""
    return admits(ground, Values(point, FLOATS))


def admits(ground: Ground, values: Values) -> bool:
    """Whether the values that are worked out there are finite and real, and every condition holds with a margin."""
    try:
        arrays = [(values.of(expr), LARGEST * _scale(expr)) for expr in ground.expressions]
        return all(_is_real(*pair) for pair in arrays) and all(holds(c, values) for c in ground.conditions)
    except NO_VALUE:
        return False


def holds(condition: Condition, values: Values) -> bool:
    """Whether a condition holds where `values` are taken, entry by entry, with a margin."""
    left = values.of(condition.left)
    if condition.right is None:
        return _is_real(left, LARGEST * _scale(condition.left)) and _MATRICES[condition.relation](left)
    right = values.of(condition.right)
    most = LARGEST * max(_scale(condition.left), _scale(condition.right))
    if not (_is_real(left, most) and _is_real(right, most)):
        return False
    rows = [[complex(z).real for z in row] for row in entrywise(left, right, sub)]
    if condition.relation == "!= elsewhere" and (own := own_entry(condition.left, condition.right)):
        # There both sides are one; what the page asks of the others is asked of them here.
        rows[own[0] - 1][own[1] - 1] = 1.0
    if condition.relation == "!= off the diagonal":
        rows = [[1.0 if i == j else gap for j, gap in enumerate(row)] for i, row in enumerate(rows)]
    gaps = [gap for row in rows for gap in row]
    match condition.left:
        case Apply(function="det", arguments=(matrix,)) if condition.right == ZERO_NUMBER:
            # How large a determinant is says little: that of eye(5)/10 is 1e-5.
            return _SIGNS[condition.relation](gaps[0]) and is_well_conditioned(values.of(matrix))
    match condition.relation:
        case "!= unless alike nearby":
            # A point that is drawn meets both sides by chance nowhere but where they are one all around it.
            return all(abs(gap) > MARGIN or abs(gap) < 1e-9 for gap in gaps)
        case ">=" | "<=" if is_of_sizes(condition):
            return all(gap >= 0 if condition.relation == ">=" else gap <= 0 for gap in gaps)
        case ">" | ">=":
            return all(gap > MARGIN for gap in gaps)
        case "<" | "<=":
            return all(gap < -MARGIN for gap in gaps)
        case "!=" | "!= elsewhere" | "!= off the diagonal":
            return all(abs(gap) > MARGIN for gap in gaps)
        case _:
            return all(abs(gap) < 1e-9 for gap in gaps)


def is_well_conditioned(matrix: Array) -> bool:
    """Whether a square matrix has an inverse that rounding does not spoil."""
    try:
        inverse = FUNCTIONS["inv"].value(FLOATS, matrix)
    except (ZeroDivisionError, OverflowError):
        return False
    return _length(matrix) * _length(inverse) <= LARGEST_CONDITION * len(matrix)


def is_positive_definite(matrix: Array) -> bool:
    """Whether a matrix is symmetric with positive pivots (Cholesky), and well-conditioned."""
    n, size = len(matrix), _length(matrix)
    if any(abs(matrix[i][j] - matrix[j][i]) > 1e-9 * size for i in range(n) for j in range(i)):
        return False
    rest = [[complex(z).real for z in row] for row in matrix]
    for k in range(n):
        if rest[k][k] <= 0:
            return False
        for i in range(k + 1, n):
            factor = rest[i][k] / rest[k][k]
            rest[i] = [a - factor * b for a, b in zip(rest[i], rest[k], strict=True)]
    return is_well_conditioned(matrix)


_MATRICES = {"invertible": is_well_conditioned, "positive definite": is_positive_definite}
_SIGNS: dict[str, Callable[[float], bool]] = {
    ">": lambda gap: gap > 0, ">=": lambda gap: gap >= 0, "<": lambda gap: gap < 0, "<=": lambda gap: gap <= 0,
    "!=": lambda gap: gap != 0, "=": lambda gap: abs(gap) < 1e-9,
}  # fmt: skip


def _length(matrix: Array) -> float:
    return math.sqrt(sum(abs(z) ** 2 for row in matrix for z in row))


def _is_real(array: Array, most: float) -> bool:
    # A loop: this is asked of every part at every point.
    for row in array:
        for entry in row:
            z = complex(entry)
            if not (abs(z) < most and abs(z.imag) <= 1e-9 * max(1.0, abs(z.real))):
                return False
    return True


@remembered
def _scale(expr: Expr) -> float:
    """How large the large numbers make it that stand in an expression: 9e9 for Coulomb's law; 1 without any."""
    match expr:
        case Constant(value=value):
            return _bounded(_float(value)) if abs(value) >= LARGE else 1.0
        case Power(base=base, exponent=Constant(value=k)) if k > 0:
            number = _float(base.value) if isinstance(base, Constant) else _scale(base)
            return _bounded(math.exp(min(float(k) * math.log(max(1.0, number)), math.log(MOST))))
        case Reference(body=body):
            return _scale(body)
        case _:
            return _bounded(math.prod(map(_scale, parts(expr))))


def _float(value: Fraction) -> float:
    return float(abs(value)) if abs(value) < MOST else MOST


def _bounded(scale: float) -> float:
    """The scale where it says something: small powers such as 2**3 do not."""
    return min(scale, MOST) if scale >= LARGE else 1.0
