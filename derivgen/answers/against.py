"""Wrong answers beside the derivative, by numbers alone: twice it, its sum, its diagonal, another derivative.

Each test looks at all places of the key, which have two assignments of sizes where sizes are letters:
what holds at one of them by chance is no match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from derivgen.answers.claims import Facts, Variant, second_by_step, worth
from derivgen.answers.key import Key, Place
from derivgen.answers.reals import Reading, arithmetic_for, real_value
from derivgen.answers.telling import said
from derivgen.expr.nodes import Apply, Expr, Quotient, SizeNumber, Unresolved, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.expr.walk import inlined, nodes_within
from derivgen.problem.problem import LayoutName
from derivgen.record import record

# The same within rounding, relative to the largest entry.
SAME = 1e-9
# What is so little off has other digits, and no other factor.
NEARLY_ONE = 1e-3


@record
class Case:
    """A wrong answer at the places of a key, beside the derivative in the layout in which it is looked at."""

    key: Key
    layout: LayoutName
    numbers: tuple[int, ...]
    given: tuple[Reading, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Those of the key at which the answer has a value."""
        return tuple(self.key.places[number] for number in self.numbers)

    @property
    def wanted(self) -> tuple[Reading, ...]:
        """The derivative at each place."""
        return tuple(place.values[self.layout] for place in self.places)

    def everywhere(self, test: Callable[[Reading, Reading], bool]) -> bool:
        """Whether something holds of the answer and the derivative at every place."""
        return all(map(test, self.given, self.wanted))

    def equals(self, claim: Variant) -> bool:
        """Whether the answer is what somebody claims who makes a mistake in numerator layout."""
        return self.is_what(claim, turns=self.layout == "denominator")

    def is_what(self, claim: Variant | Expr, *, turns: bool) -> bool:
        """Whether the answer has these values at all its places, or those turned."""
        shape = claim.expr.shape if isinstance(claim, Variant) else claim.shape
        # What has another shape need not be worked out.
        if not self._has_shape(shape.transposed if turns else shape):
            return False
        other = worth(self.key, claim)
        return other is not None and all(
            (found := other.at(number)) is not None and same(given, turned(found) if turns else found)
            for number, given in zip(self.numbers, self.given, strict=True)
        )

    def _has_shape(self, shape: Shape) -> bool:
        return all(
            _shape(given) == (shape.rows.at(place.point.sizes), shape.columns.at(place.point.sizes))
            for place, given in zip(self.places, self.given, strict=True)
        )


def case_of(key: Key, answer: Expr, layout: LayoutName) -> Case | None:
    """The answer at the places at which it has a value; none where these are too few to tell."""
    m = arithmetic_for(answer)
    found = [(number, real_value(answer, place.point, m)) for number, place in enumerate(key.places)]
    kept = [(number, value) for number, value in found if value is not None]
    if 2 * len(kept) < len(found) or _sizes(key.places[number] for number, _ in kept) != _sizes(key.places):
        return None
    return Case(key, layout, tuple(number for number, _ in kept), tuple(value for _, value in kept))


def _sizes(places: Iterable[Place]) -> set[tuple[tuple[str, int], ...]]:
    return {tuple(sorted(place.point.sizes.items())) for place in places}


def values(key: Key, expr: Expr) -> tuple[Reading | None, ...]:
    """The values of an expression at all places of a key."""
    found = worth(key, expr)
    return tuple(None if found is None else found.at(number) for number in range(len(key.places)))


def same(a: Reading, b: Reading) -> bool:
    """Whether two arrays are the same but for rounding."""
    if _shape(a) != _shape(b):
        return False
    largest = max(abs(z) for row in b for z in row)
    return all(abs(x - y) <= SAME * largest for rows in zip(a, b, strict=True) for x, y in zip(*rows, strict=True))


def turned(a: Reading) -> Reading:
    """The transpose."""
    return tuple(zip(*a, strict=True))


def _shape(a: Reading) -> tuple[int, int]:
    return len(a), len(a[0])


def _entries(a: Reading) -> list[float]:
    return [z for row in a for z in row]


def times(factor: float, a: Reading) -> Reading:
    """Every entry multiplied by a number."""
    return tuple(tuple(factor * z for z in row) for row in a)


def _is_zero(a: Reading) -> bool:
    return all(z == 0 for z in _entries(a))


def _is_number(a: Reading) -> bool:
    return _shape(a) == (1, 1)


def _ratio(given: Reading, wanted: Reading) -> float | None:
    """The one number by which the derivative is multiplied; None where there is none."""
    if _shape(given) != _shape(wanted) or _is_zero(wanted):
        return None
    largest = max(zip(map(abs, _entries(wanted)), _entries(wanted), _entries(given), strict=True))
    factor = largest[2] / largest[1]
    return factor if same(given, times(factor, wanted)) else None


# The tests, in the order in which they are made


def returned_function(case: Case) -> Facts | None:
    """The function itself."""
    return {} if case.is_what(case.key.request.of, turns=False) else None


def wrong_variable(case: Case) -> Facts | None:
    """The derivative by another variable, in either layout."""
    request = case.key.request
    asked = {variable.name for variable in request.wrt}
    if request.is_second:
        return None
    for variable in case.key.problem.variables.values():
        if not isinstance(variable, Variable) or variable.name not in case.key.names - asked:
            continue
        if _is_in_a_layout(case, replace(request, wrt=(variable,)).derivative):
            return {"variable": variable.name, "asked": ", ".join(sorted(asked))}
    return None


def wrong_order_of_derivative(case: Case) -> Facts | None:
    """A Hessian for a gradient, or the reverse."""
    request = case.key.request
    by_scalar = len(request.wrt) == 1 and request.wrt[0].is_scalar
    if request.then or not (request.of.is_scalar or by_scalar):
        return None
    other = replace(request, order=1).derivative if request.order == 2 else _second(case.key)
    return {"order": said("first") if request.order == 2 else said("second")} if _is_in_a_layout(case, other) else None


def _second(key: Key) -> Expr:
    """The second derivative: that of the first one, which is known."""
    first, second = key.results["numerator"], replace(key.request, order=2).derivative
    if any(isinstance(node, Unresolved) for node in nodes_within(first)):
        return second
    return second_by_step(second, first)


def _is_in_a_layout(case: Case, numerator: Expr) -> bool:
    """Whether the answer is this derivative, in either layout."""
    return case.is_what(numerator, turns=False) or case.is_what(numerator, turns=True)


def _multiple(factor: float) -> Callable[[Case], Facts | None]:
    def test(case: Case) -> Facts | None:
        # The derivative may be zero at some points, such as those on one side of a kink, and not at all.
        is_zero = all(map(_is_zero, case.wanted))
        return {} if not is_zero and case.everywhere(lambda s, d: same(s, times(factor, d))) else None

    return test


wrong_sign = _multiple(-1.0)
missing_factor_2 = _multiple(0.5)
extra_factor_2 = _multiple(2.0)


def mean_as_sum(case: Case) -> Facts | None:
    """The derivative times the number of entries that the function averages."""
    ratios = [_ratio(s, d) for s, d in zip(case.given, case.wanted, strict=True)]
    for count in _counts(case.key.request.of):
        wanted = [count.at(place.point.sizes) for place in case.places]
        if all(r is not None and abs(r - n) <= SAME * n for r, n in zip(ratios, wanted, strict=True)):
            return {}
    return None


def _counts(of: Expr) -> Iterator[Size]:
    """The numbers that the function divides by to take a mean."""
    for node in nodes_within(inlined(of)):
        match node:
            case Apply(function="mean", arguments=(inner,)):
                yield inner.shape.entries
            case SizeNumber(size=size):
                yield size
            case Quotient(denominator=bottom):
                yield from (n.size for n in nodes_within(bottom) if isinstance(n, SizeNumber))
            case _:
                pass


def constant_factor(case: Case) -> Facts | None:
    """The derivative times a constant."""
    pairs = [(s, d) for s, d in zip(case.given, case.wanted, strict=True) if not (_is_zero(s) and _is_zero(d))]
    ratios = [_ratio(s, d) for s, d in pairs if _shape(s) == _shape(d)]
    if len(ratios) < max(len(pairs), 2):
        return None
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < len(ratios) or not known or known[0] == 0:
        return None
    if any(abs(ratio - known[0]) > SAME * abs(known[0]) for ratio in known) or abs(known[0] - 1) < NEARLY_ONE:
        return None
    return {"factor": f"{known[0]:.6g}"}


def missing_ones(case: Case) -> Facts | None:
    """A number for a vector all of whose entries it is."""

    def test(s: Reading, d: Reading) -> bool:
        return _is_number(s) and 1 in _shape(d) and not _is_number(d) and all(same(s, ((z,),)) for z in _entries(d))

    return {} if case.everywhere(test) else None


def missing_identity(case: Case) -> Facts | None:
    """A number for its multiple of the identity matrix."""

    def test(s: Reading, d: Reading) -> bool:
        rows, columns = _shape(d)
        if not _is_number(s) or rows != columns or rows == 1:
            return False
        return same(d, tuple(tuple(s[0][0] if i == j else 0.0 for j in range(rows)) for i in range(rows)))

    return {} if case.everywhere(test) else None


def lost_diag(case: Case) -> Facts | None:
    """The diagonal of the Jacobian as a vector."""

    def test(s: Reading, d: Reading) -> bool:
        is_vector = 1 in _shape(s) and not _is_number(s)
        return is_vector and len(d) == len(d[0]) == len(_entries(s)) and same((tuple(_entries(s)),), (_diagonal(d),))

    return {} if case.everywhere(test) else None


def diagonal_only(case: Case) -> Facts | None:
    """The Jacobian without what stands beside its diagonal."""

    def test(s: Reading, d: Reading) -> bool:
        n = len(d)
        if _shape(s) != _shape(d) or n != len(d[0]) or n == 1:
            return False
        kept = tuple(tuple(d[i][j] if i == j else 0.0 for j in range(n)) for i in range(n))
        return not _is_zero(kept) and same(s, kept)

    return {} if case.everywhere(test) else None


def _diagonal(d: Reading) -> tuple[float, ...]:
    return tuple(d[i][i] for i in range(len(d)))


def summed_gradient(case: Case) -> Facts | None:
    """The entries of the derivative added up."""

    def test(s: Reading, d: Reading) -> bool:
        return _is_number(s) and not _is_number(d) and not _is_zero(d) and same(s, ((sum(_entries(d)),),))

    return {} if case.everywhere(test) else None


def row_major_vec(case: Case) -> Facts | None:
    """The derivative by matrices with their rows stacked, where columns are meant."""
    request = case.key.request
    stacked = [request.of.shape, (request.then or request.wrt)[0].shape]
    if request.is_second:
        stacked[0] = request.wrt[0].shape
    if case.layout == "denominator":
        stacked.reverse()
    if all(ONE in shape for shape in stacked):
        return None
    for place, s, d in zip(case.places, case.given, case.wanted, strict=True):
        counts = [(shape.rows.at(place.point.sizes), shape.columns.at(place.point.sizes)) for shape in stacked]
        if _shape(d) != (counts[0][0] * counts[0][1], counts[1][0] * counts[1][1]):
            return None
        rows, columns = (_by_rows(*count) for count in counts)
        if not same(s, tuple(tuple(d[i][j] for j in columns) for i in rows)):
            return None
    return {}


def _by_rows(rows: int, columns: int) -> list[int]:
    """Where each entry stands among the stacked columns, in the order of stacked rows."""
    return [i + rows * j for i, j in product(range(rows), range(columns))]


Test = Callable[[Case], Facts | None]

TESTS: dict[str, Test] = {
    "returned_function": returned_function,
    "wrong_variable": wrong_variable,
    "wrong_order_of_derivative": wrong_order_of_derivative,
    "wrong_sign": wrong_sign,
    "missing_factor_2": missing_factor_2,
    "extra_factor_2": extra_factor_2,
    "mean_as_sum": mean_as_sum,
    "constant_factor": constant_factor,
    "missing_ones": missing_ones,
    "missing_identity": missing_identity,
    "lost_diag": lost_diag,
    "diagonal_only": diagonal_only,
    "summed_gradient": summed_gradient,
    "row_major_vec": row_major_vec,
}
