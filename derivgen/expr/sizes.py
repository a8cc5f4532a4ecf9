"""Symbolic sizes and shapes: polynomials in size names with whole coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from derivgen.record import record

Terms = tuple[tuple[tuple[str, ...], int], ...]
_ONE: Terms = (((), 1),)
# A whole number above this may have another one in its place, under itself as a name, where it is worked out; above
# SMALL where a Hessian by a variable has more than MANY entries, since it takes as many steps to see it.
LARGE, SMALL, MANY = 1_000, 3, 300
# Of a size that has another one in its place, as many times or a part of so many are told from other numbers.
SIMPLE = 12


@record
class Size:
    """A size such as 3, n, p*q or n + 1, in a normal form: equal sizes are equal objects."""

    terms: Terms

    @staticmethod
    def whole(number: int) -> Size:
        """The size that is a plain whole number."""
        return Size(_ONE if number == 1 else (((), number),) if number else ())

    @staticmethod
    def named(name: str) -> Size:
        """The size called `name`."""
        return Size((((name,), 1),))

    def __add__(self, other: Size) -> Size:
        if not self.terms:
            return other
        total = dict(self.terms)
        for names, count in other.terms:
            total[names] = total.get(names, 0) + count
        return _normal(total)

    def __sub__(self, other: Size) -> Size:
        return self + Size.whole(-1) * other

    def __mul__(self, other: Size) -> Size:
        if self.is_one:
            return other
        if other.is_one:
            return self
        total: dict[tuple[str, ...], int] = {}
        for left, a in self.terms:
            for right, b in other.terms:
                names = tuple(sorted(left + right))
                total[names] = total.get(names, 0) + a * b
        return _normal(total)

    @property
    def is_one(self) -> bool:
        """Whether this is 1."""
        return self.terms == _ONE

    @property
    def number(self) -> int | None:
        """The whole number that this size is, or None if it has names."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and not self.terms[0][0]:
            return self.terms[0][1]
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The names that occur, in order, each once."""
        return tuple(dict.fromkeys(name for names, _ in self.terms for name in names))

    def above(self, limit: int) -> tuple[int, ...]:
        """The whole numbers above a limit that occur as sizes of their own."""
        return tuple(count for names, count in self.terms if not names and count > limit)

    def at(self, sizes: Mapping[str, int]) -> int:
        """The value under an assignment of whole numbers to the names, and perhaps to large numbers."""
        total = 0
        for names, count in self.terms:
            for name in names:
                count *= sizes[name]
            total += count if names else small_size(count, sizes)
        return total

    def __str__(self) -> str:
        parts = []
        for names, count in self.terms:
            factors = [str(abs(count))] if abs(count) != 1 or not names else []
            sign = "-" if count < 0 else "+"
            parts.append((sign, "*".join([*factors, *names])))
        if not parts:
            return "0"
        (sign, first), *rest = parts
        return ("-" if sign == "-" else "") + first + "".join(f" {s} {p}" for s, p in rest)


def _normal(terms: Mapping[tuple[str, ...], int]) -> Size:
    # Degree first, then names: p*q + n + 1 reads like a textbook's polynomial.
    kept = [(names, count) for names, count in terms.items() if count]
    return Size(tuple(sorted(kept, key=lambda term: (-len(term[0]), term[0]))))


def small_size(number: int, sizes: Mapping[str, int]) -> int:
    """What stands in the place of a large whole number, or of a multiple of one; that itself where nothing does."""
    own = sizes.get(str(number)) if number > SMALL else number
    if own is not None:
        return own
    for name, stand in sizes.items():
        times, rest = divmod(number, int(name)) if name.isdecimal() else (0, 1)
        if not rest and (times <= SIMPLE or str(times) in sizes):
            return stand * sizes.get(str(times), times)
    return number


def limit_of(number: int) -> int:
    """Up to which a number is never taken for a multiple or a part of a size that has another one in its place."""
    return LARGE if number > LARGE else SIMPLE


ONE = Size.whole(1)


class Shape(NamedTuple):
    """Rows and columns of an array; a scalar is 1 x 1."""

    rows: Size
    columns: Size

    @property
    def is_scalar(self) -> bool:
        """Whether this is 1 x 1."""
        rows, columns = self
        return rows.terms == _ONE and columns.terms == _ONE

    def is_large(self, most: int = MANY) -> bool:
        """Whether a Hessian by this has more than so many entries; a letter counts for one."""
        return ((self.rows.number or 1) * (self.columns.number or 1)) ** 2 > most

    @property
    def is_vector(self) -> bool:
        """Whether this is a column or a row; a scalar is both."""
        return self.is_column or self.is_row

    @property
    def is_column(self) -> bool:
        """Whether this is n x 1; a scalar is one too."""
        return self.columns.is_one

    @property
    def is_row(self) -> bool:
        """Whether this is 1 x n; a scalar is one too."""
        return self.rows.is_one

    @property
    def transposed(self) -> Shape:
        """Columns x rows."""
        return Shape(self.columns, self.rows)

    @property
    def entries(self) -> Size:
        """How many entries an array of this shape has."""
        return self.rows * self.columns

    def __str__(self) -> str:
        return f"{self.rows} x {self.columns}"


SCALAR = Shape(ONE, ONE)
