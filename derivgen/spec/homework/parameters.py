"""The parameters of an exercise: what each may be, and the values in their order.

A value is the text that stands in the place of `{name}`: 3, -2, [[1, 2], [3, -4]], tanh, x.T @ x.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Constant, Expr, Stack
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.homework.exact import MATRICES, Grid, number_at, whole
from derivgen.spec.homework.keys import fields_within
from derivgen.spec.reader import Mapping as Table
from derivgen.spec.reader import Node, Sequence
from derivgen.spec.values import Fields, chosen, nearest, texts_of

KINDS = ("integer", "choice", "sign", "function", "matrix")
MATRIX = ("matrix", "entries", "require")
EXAMPLE = "c: {integer: [2, 9]}"
LARGEST_MATRIX = 6
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?")
SINGLE = re.compile(r"\[\[(-?[0-9]+)\]\]")

Drawn = Mapping[str, str]


@record
class Whole:
    """Whole numbers from a bound to another, both included."""

    low: Text
    high: Text


@record
class Options:
    """One of several texts."""

    texts: tuple[str, ...]


@record
class Entries:
    """Matrices of whole numbers; `wanted` and `unwanted` are properties by name."""

    rows: int
    columns: int
    entries: Whole
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def is_mirrored(self) -> bool:
        """Whether the part above the diagonal tells the rest."""
        return bool({"symmetric", "positive definite"} & set(self.wanted))

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The places whose entries are drawn; beside the diagonal of a diagonal matrix there is nothing to draw."""
        if "diagonal" in self.wanted:
            return tuple((i, i) for i in range(min(self.rows, self.columns)))
        every = ((i, j) for i in range(self.rows) for j in range(self.columns))
        return tuple((i, j) for i, j in every if not self.is_mirrored or i <= j)

    def admits(self, grid: Grid) -> bool:
        """Whether a matrix has the properties that are required."""
        return all(MATRICES[name](grid) for name in self.wanted) and not any(
            MATRICES[name](grid) for name in self.unwanted
        )


@record
class Parameter:
    """A parameter with what it may be."""

    name: str
    place: Span
    range: Whole | Options | Entries

    @property
    def is_number(self) -> bool:
        """Whether every value is a number."""
        return isinstance(self.range, Whole) or (
            isinstance(self.range, Options) and all(NUMBER.fullmatch(text) for text in self.range.texts)
        )

    @property
    def is_numeric(self) -> bool:
        """Whether every value is a number or a matrix of numbers."""
        return self.is_number or isinstance(self.range, Entries)

    def count(self, earlier: Drawn) -> int:
        """How many values there are, given those of earlier parameters; properties of matrices aside.

        Raises: DerivgenError for bounds that are no whole numbers.
        """
        match self.range:
            case Whole() as numbers:
                low, high = _bounds(numbers, earlier)
                return max(high - low + 1, 0)
            case Options(texts=texts):
                return len(texts)
            case Entries(entries=entries, places=places):
                low, high = _bounds(entries, earlier)
                return int(max(high - low + 1, 0) ** len(places))
        assert_never(self.range)

    def value(self, number: int, earlier: Drawn) -> str:
        """The value with a number, counted from 0."""
        match self.range:
            case Whole() as numbers:
                return str(_bounds(numbers, earlier)[0] + number)
            case Options(texts=texts):
                return texts[number]
            case Entries() as matrices:
                return _matrix(matrices, number, earlier)
        assert_never(self.range)

    def admits(self, value: str) -> bool:
        """Whether a value has the properties that are required; those of a matrix."""
        return not isinstance(self.range, Entries) or self.range.admits(grid_of(value))

    def has(self, value: str, earlier: Drawn) -> bool:
        """Whether a value is one of this parameter's: drawn by an earlier run, it may no longer be."""
        match self.range:
            case Whole() as numbers:
                low, high = _bounds(numbers, earlier)
                return re.fullmatch(r"-?[0-9]{1,7}", value) is not None and low <= int(value) <= high
            case Options(texts=texts):
                return value in texts
            case Entries(rows=rows, columns=columns, entries=entries, places=places) as matrices:
                low, high = _bounds(entries, earlier)
                if not re.fullmatch(r"[-0-9, \[\]]+", value):
                    return False
                grid = grid_of(value)
                fits = [len(row) for row in grid] == [columns] * rows
                return fits and all(low <= grid[i][j] <= high for i, j in places) and matrices.admits(grid)
        assert_never(self.range)

    def texts(self) -> Iterator[Text]:
        """The texts in which other parameters may stand."""
        match self.range:
            case Whole(low=low, high=high) | Entries(entries=Whole(low=low, high=high)):
                yield from (low, high)
            case Options():
                return


def known(drawn: Drawn) -> dict[str, Expr]:
    """The values that are numbers or matrices of numbers, as expressions."""
    found: dict[str, Expr] = {}
    for name, drawn_value in drawn.items():
        value = plain(drawn_value)
        if NUMBER.fullmatch(value):
            found[name] = Constant(Fraction(value))
        elif value.startswith("[["):
            found[name] = Stack(tuple(tuple(Constant(z) for z in row) for row in grid_of(value)))
    return found


def plain(value: str) -> str:
    """A matrix of one entry as the number that it is."""
    single = SINGLE.fullmatch(value)
    return value if single is None else single[1]


def grid_of(value: str) -> Grid:
    """The numbers of a matrix that is written by rows."""
    rows = re.findall(r"\[([^\[\]]+)\]", value)
    return tuple(tuple(Fraction(number.strip()) for number in row.split(",")) for row in rows)


def parameters_of(key: Text, node: Node, findings: Findings) -> tuple[Parameter, ...]:
    """The parameters in their order, those that can be read."""
    if not isinstance(node, Table):
        raise DerivgenError(
            Fault("kind", "parameters must be a mapping of names to ranges", f"write `{EXAMPLE}`", key.span)
        )
    made: list[Parameter] = []
    for name, what in node.entries:
        found = findings.attempt(_parameter, name, what, findings)
        if found is not None:
            findings.attempt(_try_bounds, found, made)
            made.append(found)
    return tuple(made)


def _parameter(name: Text, what: Node, findings: Findings) -> Parameter | None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,29}", name.value):
        hint = "a parameter is a word of letters from a to z, digits and _, such as c or p_1"
        raise DerivgenError(Fault("value", f"{name.value} cannot be the name of a parameter", hint, name.span))
    if not isinstance(what, Table):
        hint = f"write `{EXAMPLE}`, or choice, sign, function or matrix"
        raise DerivgenError(Fault("kind", f"this does not say what {name.value} may be", hint, what.span))
    before = len(findings.faults)
    entries = fields_within(what, (*KINDS, *MATRIX[1:]), "a parameter", findings)
    kinds = [kind for kind in KINDS if kind in entries.entries]
    if len(findings.faults) > before:
        return None
    if len(kinds) != 1:
        hint = f"give one of {', '.join(KINDS)}"
        raise DerivgenError(Fault("value", f"it is not clear what {name.value} may be", hint, what.span))
    for key in MATRIX[1:]:
        if key in entries.entries and kinds != ["matrix"]:
            hint = "write constraints between parameters under `require` of the exercise"
            raise DerivgenError(Fault("value", f"only a matrix has {key}", hint, entries.entries[key][0].span))
    return Parameter(name.value, name.span, _READERS[kinds[0]](entries))


def _integer(entries: Fields) -> Whole:
    return _pair(*entries.entries["integer"])


def _pair(key: Text, node: Node) -> Whole:
    items = texts_of(key, node) if isinstance(node, Sequence) else ()
    if len(items) != 2:
        hint = f"write the least and the greatest, both included: {key.value}: [2, 9]"
        raise DerivgenError(Fault("kind", f"{key.value} needs two bounds", hint, node.span))
    return Whole(*items)


def _choice(entries: Fields) -> Options:
    key, node = entries.entries["choice"]
    options = _several(key, node)
    return Options(tuple(option.value.strip() for option in options))


def _several(key: Text, node: Node) -> tuple[Text, ...]:
    options = texts_of(key, node) if isinstance(node, Sequence) else ()
    for place, option in enumerate(options):
        if option.value.strip() in {other.value.strip() for other in options[:place]}:
            raise DerivgenError(Fault("value", f"{option.value} stands here twice", "remove one", option.span))
    if not options:
        hint = f"write a list: {key.value}: [...]"
        raise DerivgenError(Fault("empty", f"{key.value} gives nothing to choose from", hint, node.span))
    return options


def _sign(entries: Fields) -> Options:
    text = entries.text("sign")
    if text is not None:
        chosen(text, {"true": True}, "sign")
    return Options(("-1", "1"))


def _function(entries: Fields) -> Options:
    options = _several(*entries.entries["function"])
    for option in options:
        if option.value not in FUNCTIONS or not FUNCTIONS[option.value].parameters:
            near = nearest(option.value, FUNCTIONS)
            hint = f"did you mean {near}?" if near else "name functions of the language, such as tanh"
            raise DerivgenError(Fault("function", f"there is no function {option.value}", hint, option.span))
    return Options(tuple(option.value for option in options))


def _entries(entries: Fields) -> Entries:
    key, node = entries.entries["matrix"]
    sizes = _pair(key, node)
    rows, columns = (whole(number_at(text, {}), text) for text in (sizes.low, sizes.high))
    if not (0 < rows <= LARGEST_MATRIX and 0 < columns <= LARGEST_MATRIX):
        hint = f"write two sizes from 1 to {LARGEST_MATRIX}, such as matrix: [2, 3]"
        raise DerivgenError(Fault("value", "a matrix on a sheet cannot be of this size", hint, node.span))
    if "entries" not in entries.entries:
        raise DerivgenError(Fault("missing-key", "the entries have no bounds", "add `entries: [-3, 3]`", key.span))
    numbers = _pair(*entries.entries["entries"])
    wanted: list[str] = []
    unwanted: list[str] = []
    for text in entries.texts("require") or ():
        is_negated = text.value.startswith("not ")
        (unwanted if is_negated else wanted).append(_property(text, text.value.removeprefix("not ").strip()))
    made = Entries(rows, columns, numbers, tuple(wanted), tuple(unwanted))
    if rows != columns and set(made.wanted) - {"without zeros"}:
        message = f"a {rows} x {columns} matrix is never {' or '.join(made.wanted)}"
        raise DerivgenError(Fault("value", message, "make it square", node.span))
    return made


def _property(text: Text, name: str) -> str:
    if name not in MATRICES:
        near = nearest(name, MATRICES)
        hint = f"did you mean {near}?" if near else f"a matrix may be {', '.join(MATRICES)}, or not"
        raise DerivgenError(Fault("value", f"a matrix cannot be required to be {name}", hint, text.span))
    return name


_READERS: dict[str, Callable[[Fields], Whole | Options | Entries]] = {
    "integer": _integer,
    "choice": _choice,
    "sign": _sign,
    "function": _function,
    "matrix": _entries,
}


def _try_bounds(found: Parameter, earlier: list[Parameter]) -> None:
    """Check that the bounds can be worked out, for the first values of earlier parameters, and hold something between.

    Raises: DerivgenError.
    """
    drawn: dict[str, str] = {}
    for parameter in earlier:
        if parameter.count(drawn):
            drawn[parameter.name] = parameter.value(parameter.count(drawn) - 1, drawn)
    if found.count(drawn) or any("{" in text.value for text in found.texts()):
        return
    first = next(found.texts())
    hint = "write the lesser bound first: [2, 9]"
    raise DerivgenError(Fault("parameter", f"nothing is left that {found.name} could be", hint, first.span))


def _bounds(numbers: Whole, earlier: Drawn) -> tuple[int, int]:
    values = known(earlier)
    return whole(number_at(numbers.low, values), numbers.low), whole(number_at(numbers.high, values), numbers.high)


def _matrix(matrices: Entries, number: int, earlier: Drawn) -> str:
    """The matrix with a number: its entries are the digits, the first place counts least."""
    low, high = _bounds(matrices.entries, earlier)
    found: dict[tuple[int, int], int] = {}
    for place in matrices.places:
        number, digit = divmod(number, high - low + 1)
        found[place] = low + digit
    rows = (
        ", ".join(str(found.get((i, j), found.get((j, i), 0))) for j in range(matrices.columns))
        for i in range(matrices.rows)
    )
    return f"[{', '.join(f'[{row}]' for row in rows)}]"
