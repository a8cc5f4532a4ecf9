"""Expressions at small sizes with a letter for each entry, as Maxima writes them.

The values of derivgen's own evaluator are taken, with letters in the place of numbers: so what Maxima
reads is what derivgen means. Beside its letters each term has its values at two points. Where a
function asks for a sign, all is worked out once as if everything were above zero and once as if nothing were;
only what has the right value both ways is the same on both sides, and can be written without signs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from derivgen.answers.limits import MOST_WORK, work
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import NO_VALUE, Point, value
from derivgen.expr.functions.table import Arithmetic, Array
from derivgen.expr.nodes import Differential, Expr, Unresolved, Unspecified, Variable
from derivgen.expr.walk import nodes_within
from derivgen.record import record

Sizes = Mapping[str, int]
Letters = Mapping[str, tuple[tuple[str, ...], ...]]

MOST_ENTRIES = 36
LONGEST = 6_000
_CLOSE = 1e-9
_SAMPLES = 2


class NoLettersError(Exception):
    """What cannot be written with letters; the message says why."""


@record
class Term:
    """A term in Maxima's words, with its values at the sample points."""

    text: str
    at: tuple[complex, ...]

    def __add__(self, other: Any) -> Term:
        return _joined(self, "+", other, lambda a, b: a + b)

    def __radd__(self, other: Any) -> Term:
        return _joined(other, "+", self, lambda a, b: a + b)

    def __sub__(self, other: Any) -> Term:
        return _joined(self, "-", other, lambda a, b: a - b)

    def __rsub__(self, other: Any) -> Term:
        return _joined(other, "-", self, lambda a, b: a - b)

    def __mul__(self, other: Any) -> Term:
        return _joined(self, "*", other, lambda a, b: a * b)

    def __rmul__(self, other: Any) -> Term:
        return _joined(other, "*", self, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> Term:
        return _joined(self, "/", other, lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Term:
        return _joined(other, "/", self, lambda a, b: a / b)

    def __pow__(self, exponent: int) -> Term:
        return Term(f"{self.text}^({exponent})", tuple(z**exponent for z in self.at))

    def __neg__(self) -> Term:
        return Term(f"(-{self.text})", tuple(-z for z in self.at))

    def __complex__(self) -> complex:
        """The number that a term without letters is: the exponent of a power of a matrix."""
        first, second = self.at
        if first != second:
            raise NoLettersError("its exponent is a variable")
        return first


def _joined(left: Any, sign: str, right: Any, combine: Callable[[complex, complex], complex]) -> Term:
    a, b = _term(left), _term(right)
    if (sign in "+-" and b.text == "0") or (sign in "*/" and b.text == "1"):
        return a
    if (sign == "+" and a.text == "0") or (sign == "*" and a.text == "1"):
        return b
    if sign == "*" and "0" in (a.text, b.text):
        return _term(0)
    return Term(f"({a.text}{sign}{b.text})", tuple(map(combine, a.at, b.at)))


def _term(number: Any) -> Term:
    if isinstance(number, Term):
        return number
    exact = Fraction(number)
    text = str(exact) if exact.denominator == 1 and exact >= 0 else f"({exact})"
    return Term(text, (complex(exact),) * _SAMPLES)


class _Symbols:
    """The arithmetic of terms; every question for a sign has the same answer."""

    compares = False

    def __init__(self, *, sign: bool) -> None:
        self._sign = sign
        self.was_asked = False
        self.pi = Term("%pi", (FLOATS.pi,) * _SAMPLES)

    def number(self, value: Fraction) -> Term:
        return _term(value)

    def positive(self, value: Any) -> bool:
        del value  # unknown: the caller tries both
        self.was_asked = True
        return self._sign

    def __getattr__(self, name: str) -> Callable[[Any], Term]:
        function = getattr(FLOATS, name)
        return lambda z: Term(f"{name}({_term(z).text})", tuple(function(one) for one in _term(z).at))


@record
class Lettered:
    """A value in Maxima's words, a matrix by rows or a term for a scalar, with its numbers at the sample points."""

    text: str
    shape: tuple[int, int]
    at: tuple[complex, ...]

    def equals(self, other: Lettered) -> bool:
        """Whether both have the same shape and the same numbers."""
        return self.shape == other.shape and all(map(_is_close, self.at, other.at))


def lettered(expr: Expr, sizes: Sizes, letters: Letters) -> Lettered:
    """The value with letters for the entries of variables.

    Raises: NoLettersError if it has none at these sizes.
    """
    nodes = tuple(nodes_within(expr))
    if any(isinstance(node, Differential | Unresolved | Unspecified) for node in nodes):
        raise NoLettersError("it has a function of which nothing is known")
    if expr.shape.entries.at(sizes) > MOST_ENTRIES or work(expr, sizes) > MOST_WORK:
        raise NoLettersError("it has too many entries")
    names = sorted({node.name for node in nodes if isinstance(node, Variable)})
    values = {name: [[Term(one, _samples(one)) for one in row] for row in letters[name]] for name in names}
    above, below = _Symbols(sign=True), _Symbols(sign=False)
    found = _value(expr, sizes, values, above)
    ways = (found, _value(expr, sizes, values, below)) if above.was_asked else (found,)
    for sample in range(_SAMPLES):
        wanted = _numbers(expr, sizes, {name: _sampled(letters[name], sample) for name in names})
        if not all(_agree(way, wanted, sample) for way in ways):
            raise NoLettersError("its value depends on signs")
    text = in_maxima(tuple(tuple(term.text for term in row) for row in found))
    if len(text) > LONGEST:
        raise NoLettersError("it is too long with letters")
    numbers = (z for row in found for term in row for z in term.at)
    return Lettered(text, (len(found), len(found[0])), tuple(numbers))


def in_maxima(rows: Sequence[Sequence[str]]) -> str:
    """Rows of terms as a matrix; one entry alone as a term."""
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    inside = ",".join(f"[{','.join(row)}]" for row in rows)
    return f"matrix({inside})"


def letters_of(variable: Variable, sizes: Sizes) -> tuple[tuple[str, ...], ...]:
    """The letters of the entries of a variable: x_1, A_12; a symmetric matrix has each pair once."""
    shape = variable.shape
    rows, columns = shape.rows.at(sizes), shape.columns.at(sizes)
    if rows * columns > MOST_ENTRIES or max(rows, columns) > 9:
        raise NoLettersError(f"{variable.name} has too many entries")
    if not variable.name.isascii():
        raise NoLettersError(f"Maxima has no name like {variable.name}")

    def letter(i: int, j: int) -> str:
        if rows == columns == 1:
            return f"{variable.name}_1" if variable.name in _TAKEN else variable.name
        if 1 in (rows, columns):
            return f"{variable.name}_{max(i, j)}"
        return f"{variable.name}_{min(i, j)}{max(i, j)}" if variable.symmetric else f"{variable.name}_{i}{j}"

    return tuple(tuple(letter(i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1))


# Numbers, functions and words of Maxima.
_TAKEN = frozenset(
    re.findall(r"\w+", "e i j pi phi inf minf und ind true false gamma beta zeta psi lambda del diff at if do for")
)


def _value(expr: Expr, sizes: Sizes, values: Mapping[str, list[list[Term]]], symbols: _Symbols) -> list[list[Term]]:
    m = cast("Arithmetic", symbols)
    try:
        made = value(expr, Point(cast("dict[str, Array]", values), dict(sizes)), m)
    except (*NO_VALUE, TypeError, AttributeError) as error:
        raise NoLettersError("it has no value in letters") from error
    return [[_term(z) for z in row] for row in made]


def _numbers(expr: Expr, sizes: Sizes, values: Mapping[str, Array]) -> Array:
    try:
        return value(expr, Point(dict(values), dict(sizes)), FLOATS)
    except NO_VALUE as error:
        raise NoLettersError("it has no value at the sample points") from error


def _agree(found: list[list[Term]], wanted: Array, sample: int) -> bool:
    pairs = zip((term for row in found for term in row), (z for row in wanted for z in row), strict=True)
    return all(_is_close(term.at[sample], z) for term, z in pairs)


def _is_close(a: complex, b: complex) -> bool:
    return abs(a - b) <= _CLOSE * (1 + abs(b))


def _sampled(rows: Sequence[Sequence[str]], sample: int) -> Array:
    return [[_samples(letter)[sample] for letter in row] for row in rows]


def _samples(letter: str) -> tuple[complex, ...]:
    """Two fixed numbers that belong to a letter, of different signs, so that kinks are seen from both sides."""
    seed = int.from_bytes(hashlib.sha256(letter.encode()).digest()[:6], "big")
    size = 0.15 + 0.8 * (seed >> 1) / 2**47
    return (complex(size), complex(-0.9 * size)) if seed % 2 else (complex(-size), complex(0.8 * size))


def instances(names: Sequence[str]) -> tuple[dict[str, int], ...]:
    """Two choices of small sizes, all above 1 and those of one choice distinct, so that no wrong shape looks right."""
    numbers = range(2, len(names) + 2)
    turned = (*numbers[1:], 2) if len(names) > 1 else (3,)
    return (dict(zip(names, numbers, strict=True)), dict(zip(names, turned, strict=False))) if names else ({},)
