"""What it costs to do a check by hand: the digits of all numbers, and what a point fails to show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from operator import itemgetter, mul

from derivgen.calculus.candidates import Arrays, Form, candidates, form_of, logarithm_of
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, Values
from derivgen.calculus.points import Ground
from derivgen.calculus.records import Derivation
from derivgen.expr.functions.table import Array, Number
from derivgen.expr.nodes import Apply, Expr
from derivgen.expr.walk import nodes_within
from derivgen.record import record

PLACES = 4
NEARLY = 0.9  # the cosine of an angle

# So many forms are remembered, and the lengths of so many numbers.
FORMS = 64
KEPT = 4096

Pair = tuple[Expr, Expr]

# Dearer than longer numbers: an answer of zeros, or with a row or a column of them.
_EMPTY = 40.0

# The same for each entry where all are 0: no number that is printed has so many digits.
_ALL_EMPTY = PLACES + 6.0

# Dearer than any length: a check that hides the slip it warns of is none.
_HIDES = 60.0

# Dearer than its digits: a number that is not what is printed.
_FAINT = 8.0

# Beyond these arguments a function is all but flat or a straight line: to four places its slope is no check of a rule.
_BENT = {"sigmoid": 4.0, "softplus": 4.0, "tanh": 2.0}
# The same for entries that are so far below the largest one.
_SHARED = {"softmax": 5.0, "logsumexp": 5.0}
_FLAT = 15.0


@record
class Bend:
    """An argument of a function that bends only so far from 0, or below the largest entry of each row or column."""

    argument: Expr
    most: float
    is_shared: bool

    def price(self, array: Array) -> float:
        """What it costs that entries are farther away; an answer of shares that are 0 and 1 tells nothing."""
        return (_EMPTY if self.is_shared else _FLAT) * self.beyond(array)

    def beyond(self, array: Array) -> int:
        """How many entries are farther away."""
        if not self.is_shared:
            return sum(abs(z) > self.most for row in array for z in row)
        lines = zip(*array, strict=True) if len(array[0]) == 1 else array
        numbers = ([complex(z).real for z in line] for line in lines)
        return sum(max(line) - z > self.most for line in numbers for z in line)


@record
class Price:
    """The price of a point: shorter numbers are cheaper, and so are points that tell more.

    The two expressions of each pair in `apart` should differ there.
    """

    function: Expr
    answer: Expr
    ground: Ground
    moving: frozenset[int]
    bends: tuple[Bend, ...]
    apart: tuple[Pair, ...]

    @staticmethod
    def over(ground: Ground, derivation: Derivation, *, apart: tuple[Pair, ...]) -> Price:
        """The price of the points of a ground for a derivation; its own numbers are those differentiated by."""
        request = derivation.request
        names = {v.name for v in (*request.wrt, *request.then) if v.is_scalar}
        moving = frozenset(k for k, variable in enumerate(ground.variables) if variable.name in names)
        return Price(request.of, derivation.result("numerator"), ground, moving, _bends(request.of), apart)

    def points(self, sizes: Mapping[str, int]) -> Iterator[tuple[float, int, Point]]:
        """The candidates of these sizes, cheap ones first: what their numbers cost, their place, and the point."""
        names, sized = [variable.name for variable in self.ground.variables], dict(sizes)
        for least, k, arrays in _ranked(form_of(self.ground, sizes), self.moving):
            yield least, k, Point(dict(zip(names, arrays, strict=True)), sized)

    def least_of_answer(self, sizes: Mapping[str, int]) -> int:
        """What the numbers of the answer cost at least: each has a digit."""
        return self.answer.shape.entries.at(sizes)

    def least_of_function(self, sizes: Mapping[str, int]) -> float:
        """What those of the function cost at least."""
        return 0.5 * self.function.shape.entries.at(sizes)

    def of(self, point: Point) -> float:
        """What it costs to do the check there."""
        arrays = tuple(point.values[variable.name] for variable in self.ground.variables)
        least = _of_given(form_of(self.ground, point.sizes), self.moving, arrays)
        values = Values(point, FLOATS)
        return least + (self.of_numbers(values, self.of_function(values)) + self.of_slips(values))

    def of_function(self, values: Values) -> float:
        """What the numbers of the function cost."""
        return 0.5 * _length(values.of(self.function))

    def of_flatness(self, values: Values) -> float:
        """What it costs that functions are flat or straight where they are evaluated."""
        return sum(bend.price(values.of(bend.argument)) for bend in self.bends)

    def of_numbers(self, values: Values, of_function: float) -> float:
        """What the numbers cost that are worked out, where what those of the function cost is known."""
        found = values.of(self.answer)
        # Where the whole answer is 0, or a row of it, or just the function, a slip would not show.
        total = _EMPTY if _has_empty_line(found) else 8.0 if found == values.of(self.function) else 0.0
        total += 0.0 if any(map(any, found)) else _ALL_EMPTY * len(found) * len(found[0])
        return total + (_length(found) + of_function) + self.of_flatness(values)

    def of_numbers_up_to(self, most: float, values: Values, of_answer: int) -> float | None:
        """The same, where it is no more than `most`; None also where there is no value."""
        try:
            of_function = self.of_function(values)
            if of_answer + of_function + self.of_flatness(values) > most:
                return None
            numbers = self.of_numbers(values, of_function)
        except NO_VALUE:
            return None
        return numbers if numbers <= most else None

    def of_slips(self, values: Values) -> float:
        """What it costs that the expressions of pairs look alike."""
        return sum(_closeness(pair, values) for pair in self.apart)


def _bends(function: Expr) -> tuple[Bend, ...]:
    """Where functions within this one bend."""
    limits = {**_BENT, **_SHARED}
    calls = (node for node in nodes_within(function) if isinstance(node, Apply) and node.function in limits)
    return tuple(Bend(call.arguments[0], limits[call.function], call.function in _SHARED) for call in calls)


def _length(array: Array) -> float:
    """How long the numbers of an array are."""
    # Zero is of two kinds, -0 being longer, and both are one key.
    return sum([_digits(z) if z else _length_of(z) for row in array for z in row])


@lru_cache(maxsize=KEPT)
def _digits(z: Number) -> float:
    """The same, remembered: at most points the numbers are small and whole."""
    return _length_of(z)


def _length_of(z: Number) -> float:
    """How long a number is to write and to work with."""
    number = complex(z).real
    long = 0.0 if abs(number - round(number, 2)) < 1e-9 else 2.0
    size = abs(number)
    large = min(size / 25, 8.0) + (5 * math.log10(size / 200) if size > 200 else 0.0) if number else 4.0
    return len(f"{number:.6g}") + long + large + _FAINT * _is_faint(number)


def _is_faint(number: float) -> bool:
    """Whether a number is printed as a whole one, which it is not: of a share of 0.00001 nothing is seen."""
    return abs(number - round(number)) > 1e-9 and round(number, PLACES) == round(number)


@lru_cache(maxsize=FORMS)
def _ranked(form: Form, moving: frozenset[int]) -> tuple[tuple[float, int, Arrays], ...]:
    """The candidates of a form by what their numbers cost, each with its place among them.

    They depend on no function, and many functions have variables of the same shapes.
    """
    priced = ((_of_given(form, moving, arrays), k, arrays) for k, arrays in enumerate(candidates(form)))
    return tuple(sorted(priced, key=itemgetter(0, 1)))


def _of_given(form: Form, moving: frozenset[int], arrays: Arrays) -> float:
    """What the given numbers alone cost; nothing has to be worked out for it."""
    return _of_inputs(form, arrays) + sum(_SPECIAL.get(complex(arrays[k][0][0]).real, 0.0) for k in moving)


def _of_inputs(form: Form, arrays: Arrays) -> float:
    """Small, different, whole numbers, and few with a sign; a square matrix is not its own transpose."""
    inputs = [complex(z).real for array in arrays for row in array for z in row]
    scalars = [complex(array[0][0]).real for array in arrays if len(array) == len(array[0]) == 1]
    total = sum(map(_of_input, inputs))
    total += 1.0 * (len(inputs) - len(set(inputs))) + 0.15 * sum(map(abs, inputs))
    total += sum(3.0 * (abs(z) in (0, 1)) + 12.0 * (z != round(z)) + 2.0 * (z < 0) for z in scalars)
    total += 4.0 * (len(scalars) - len(set(scalars)))
    plain = (_is_plain(array, symmetric) for array, (_, _, symmetric) in zip(arrays, form.shapes, strict=True))
    return total + 4.0 * sum(plain)


@lru_cache(maxsize=FORMS)
def _of_input(z: float) -> float:
    """What a given number costs alone; the candidates are made of few different ones."""
    return 12.0 * (z == 0) + 0.4 * (abs(z) == 1) + 6.0 * _is_long(z) + 0.8 * (z < 0)


def _is_long(z: float) -> bool:
    """Whether a given number is neither whole nor the logarithm of a small whole number, which exp undoes."""
    return z != round(z) and logarithm_of(z) is None


def _is_plain(array: Array, symmetric: bool) -> int:
    """What an array hides: equal entries, a zero, flat or repeated row or column, a matrix that is its transpose."""
    rows, columns = [tuple(row) for row in array], list(zip(*array, strict=True))
    if len(rows) * len(columns) == 1:
        return 0
    equal = len({abs(z) for row in rows for z in row}) == 1
    if len(columns) == 1:
        return 4 * equal
    lines = (*rows, *columns)
    empty = not all(map(any, lines))
    repeats = len(set(rows)) < len(rows) or len(set(columns)) < len(columns)
    flat = any(len(set(line)) == 1 for line in lines if len(line) > 1)
    same = len(rows) == len(columns) and rows == columns and not symmetric
    return 4 * equal + empty + 3 * repeats + 4 * flat + 3 * same + 2 * _is_slanted(columns)


def _has_empty_line(array: Array) -> bool:
    """Whether all is 0, or a row or a column of a matrix."""
    is_matrix = len(array) > 1 and len(array[0]) > 1
    return not (all(map(any, (*array, *zip(*array, strict=True)))) if is_matrix else any(map(any, array)))


def _is_slanted(columns: list[tuple[Number, ...]]) -> bool:
    """Whether two columns point nearly the same way: level lines are then too thin to be looked at."""
    numbers = [[complex(z).real for z in column] for column in columns]
    lengths = [math.hypot(*column) for column in numbers]
    for (one, a), (other, b) in combinations(zip(numbers, lengths, strict=True), 2):
        if len(one) > 1 and abs(sum(map(mul, one, other))) > NEARLY * a * b > 0:
            return True
    return False


# Where a slip would not show: at 0 and 1 all powers agree, at -1 every other, at 2 the square and the double.
_SPECIAL = {0.0: 15.0, 1.0: 14.0, -1.0: 4.0, 2.0: 1.0, -2.0: 1.0}


def _closeness(pair: Pair, values: Values) -> float:
    """How badly a point tells two expressions apart, as they are printed; one without a value there is no help."""
    try:
        left, right = (values.of(expr) for expr in pair)
    except NO_VALUE:
        return _HIDES
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        return 0.0
    entries = [(_near(a), _near(b)) for rows in zip(left, right, strict=True) for a, b in zip(*rows, strict=True)]
    if all(a == b for a, b in entries):
        return _HIDES
    # A sign that is the point's own is taken for the slip.
    return 10.0 if all(abs(a) == abs(b) for a, b in entries) else 0.0


def _near(z: Number) -> float:
    return round(complex(z).real, PLACES)


def rounded(z: Number) -> Fraction:
    """The number as it is printed, to four places."""
    return Fraction(str(_near(z)))
