"""From index notation back to arrays: the sum over j of A_kj x_j is entry k of A x.

Every factor is an array with one or two letters. A letter that a sum binds is removed by a product of the
two arrays that carry it; what remains has the letters of the entry, and is that array.
"""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.calculus.simplify import tidy
from derivgen.errors import NoRule
from derivgen.expr.build import ONE_NUMBER, apply, number, ones, size, unit
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Expr,
    Hadamard,
    Index,
    Place,
    Power,
    Product,
    Quotient,
    Sum,
    Summation,
    Transpose,
)
from derivgen.expr.sizes import ONE, Size
from derivgen.expr.walk import free_indices
from derivgen.record import record


@record
class Lettered:
    """An array whose rows are counted by the first letter and whose columns by the second; a column has one."""

    array: Expr
    letters: tuple[Index, ...]

    def turned_to(self, first: Index) -> Lettered:
        """The same entries with `first` counting the rows."""
        if self.letters[0] == first:
            return self
        return Lettered(Transpose(self.array), tuple(reversed(self.letters)))

    def other(self, letter: Index) -> Index:
        """The letter beside `letter`."""
        return self.letters[1] if self.letters[0] == letter else self.letters[0]


def arrayed(expr: Expr) -> Expr:
    """The array of all values that a line with at most two free letters takes."""
    letters = free_indices(expr)
    if len(letters) > 2:
        raise NoRule("an entry with three letters", "matrix form")
    return tidy(array_of(expr, letters[0] if letters else 1, letters[1] if len(letters) > 1 else 1))


def full_array(expr: Expr, row: Place, column: Place) -> Expr:
    """The array whose entry (row, column) is `expr`, in its full shape even where every entry is the same.

    Raises: NoRule where the products of this language cannot write it.
    """
    return _filled(array_of(expr, row, column), row, column)


def array_of(expr: Expr, row: Place, column: Place) -> Expr:
    """The array whose entry (row, column) is `expr`; a scalar where no letter of these occurs.

    Raises: NoRule where the products of this language cannot write it.
    """
    match expr:
        case Sum(terms=terms):
            made = [array_of(term, row, column) for term in terms]
            if any(not term.is_scalar for term in made):
                made = [_filled(term, row, column) for term in made]
            return Sum(tuple(made))
        case Product() | Summation():
            return _contracted(expr, row, column)
        case Quotient(numerator=top, denominator=bottom):
            across = set(free_indices(bottom)) not in (set(), set(free_indices(top)))
            if across and top != ONE_NUMBER:
                return _contracted(expr, row, column)
            return Quotient(*_alike((top, bottom), row, column))
        case Power(base=base, exponent=exponent):
            return _root_of_squares(Power(*_alike((base, exponent), row, column)))
        case Choice(relation=relation):
            sides = (expr.left, expr.right, expr.then, expr.otherwise)
            return Choice(relation, *_alike(sides, row, column))
        case Apply(function=name, arguments=arguments) if FUNCTIONS[name].is_elementwise:
            return _root_of_squares(apply(name, *_alike(arguments, row, column)))
        case Component():
            return _filled(_entry(expr, row, column), row, column) if free_indices(expr) else expr
        case Apply(function=name, arguments=(argument,)) if argument.is_scalar and not free_indices(expr):
            return apply(name, array_of(argument, 1, 1))
        case _ if not free_indices(expr):
            return expr
        case _:
            raise NoRule("this entry", "matrix form")


def _alike(sides: tuple[Expr, ...], row: Place, column: Place) -> tuple[Expr, ...]:
    return tuple(array_of(side, row, column) for side in sides)


def _root_of_squares(expr: Expr) -> Expr:
    match expr:
        case Apply(function="sqrt", arguments=(Power(base=Apply(function="norm") as length, exponent=two),)) if (
            two == number(2)
        ):
            return length
        case _:
            return expr


def _entry(expr: Component, row: Place, column: Place) -> Expr:
    """The array that an entry is taken from, turned so that its letters count as asked; only the letters it has."""
    array, i, j = expr.array, expr.row, expr.column
    match i, j:
        case Index(), Index() if i == j:
            diagonal = ones(i.size) if _is_identity(array) else apply("diag", array)
            return diagonal if i == row else Transpose(diagonal)
        case Index(), Index():
            return array if (i, j) == (row, column) else Transpose(array)
        case Index(), int():
            line = array if array.shape.is_column else Product((array, unit(array.shape.columns, j)))
            return line if i == row else Transpose(line)
        case int(), Index():
            line = array if array.shape.is_row else Product((Transpose(unit(array.shape.rows, i)), array))
            if _is_identity(array):
                line = Transpose(unit(array.shape.rows, i))
            return line if j == column else Transpose(line)
        case _:
            return expr


def _is_identity(array: Expr) -> bool:
    return isinstance(array, Apply) and array.function == "eye"


def counted(place: Place) -> Size:
    """How many entries a place runs through."""
    return place.size if isinstance(place, Index) else ONE


def _filled(made: Expr, row: Place, column: Place) -> Expr:
    """The array in its full shape: a scalar times ones, a column repeated along a row."""
    rows, columns = counted(row), counted(column)
    if made.is_scalar:
        return made if rows == columns == ONE else Product((made, ones(rows, columns)))
    if made.shape.rows == rows and made.shape.columns == columns:
        return made
    if made.shape.columns == ONE:
        return Product((made, Transpose(ones(columns))))
    return Product((ones(rows), made))


# Contraction


def _contracted(expr: Expr, row: Place, column: Place) -> Expr:
    scalars, arrays = factors_of(expr, tuple(place for place in (row, column) if isinstance(place, Index)))
    made = _assembled(arrays, row, column)
    front = (*scalars, *made)
    if not front:
        return ONE_NUMBER
    product = front[0] if len(front) == 1 else Product(tuple(front))
    return product if product.is_scalar else _filled(product, row, column)


def factors_of(expr: Expr, kept: tuple[Index, ...]) -> tuple[list[Expr], list[Lettered]]:
    """Scalars and arrays with letters of `kept` whose product is the expression: every other letter is summed out."""
    bound, factors = _opened(expr)
    scalars: list[Expr] = []
    arrays: list[Lettered] = []
    for factor in factors:
        letters = free_indices(factor)
        if len(letters) > 2:
            raise NoRule("a factor with three letters", "matrix form")
        if not letters:
            scalars.append(array_of(factor, 1, 1))
        else:
            arrays.append(Lettered(array_of(factor, letters[0], letters[1] if len(letters) > 1 else 1), letters))
    net = _Net(scalars, arrays, bound)
    net.contract()
    if any(index not in kept for array in net.arrays for index in array.letters):
        raise NoRule("an entry with further letters", "matrix form")
    return net.scalars, net.arrays


def _opened(expr: Expr) -> tuple[list[Index], list[Expr]]:
    """The letters that are summed over, and the factors; sums within a product stand outside it already."""
    bound: list[Index] = []
    factors: list[Expr] = []
    waiting = [expr]
    while waiting:
        part = waiting.pop(0)
        match part:
            case Summation(index=index, body=body) if free_indices(part) or not (factors or waiting):
                if any(index in free_indices(other) for other in (*factors, *waiting)):
                    raise NoRule("sums that count with one letter", "matrix form")
                bound.append(index)
                waiting = [body, *waiting]
            case Product(factors=inner):
                waiting = [*inner, *waiting]
            case Quotient(numerator=top, denominator=bottom) if top != ONE_NUMBER:
                waiting = [top, Quotient(ONE_NUMBER, bottom), *waiting]
            case _:
                factors.append(part)
    return bound, factors


class _Net:
    """Arrays that share letters; the bound letters are removed one after the other."""

    def __init__(self, scalars: list[Expr], arrays: list[Lettered], bound: list[Index]) -> None:
        self.scalars = scalars
        self.arrays = arrays
        self.bound = list(bound)

    def contract(self) -> None:
        """Remove every bound letter, those that leave the smallest arrays first."""
        while self.bound:
            letter = min(self.bound, key=lambda index: self._cost(index))
            self.bound.remove(letter)
            self._remove(letter)

    def _with(self, letter: Index) -> list[Lettered]:
        return [array for array in self.arrays if letter in array.letters]

    def _cost(self, letter: Index) -> tuple[int, int]:
        mine = self._with(letter)
        others = {index for array in mine for index in array.letters} - {letter}
        return (int(len(mine) > 2), len(others))

    def _replace(self, old: Iterable[Lettered], new: Lettered | None) -> None:
        old = list(old)
        place = min(self.arrays.index(array) for array in old)
        for array in old:
            self.arrays.remove(array)
        if new is not None:
            self.arrays.insert(place, new)

    def _remove(self, letter: Index) -> None:
        mine = self._with(letter)
        match mine:
            case []:
                self.scalars.append(size(letter.size))
            case [only]:
                self._total(only, letter)
            case [one, two] if set(one.letters) != set(two.letters) or len(one.letters) == 1:
                self._product(one, two, letter)
            case [one, two]:
                self._trace(one, two, letter)
            case _:
                self._merge(mine, letter)
                self._remove(letter)

    def _total(self, only: Lettered, letter: Index) -> None:
        """The sum of a column's entries, or of a matrix along one side."""
        if len(only.letters) == 1:
            self._replace([only], None)
            self.scalars.append(_sum_of(only.array))
            return
        other = only.other(letter)
        if other in self.bound and len(self._with(other)) == 1:
            self.bound.remove(other)
            self._replace([only], None)
            self.scalars.append(_sum_of(only.array))
            return
        turned = only.turned_to(other)
        self._replace([only], Lettered(Product((turned.array, ones(letter.size))), (other,)))

    def _product(self, one: Lettered, two: Lettered, letter: Index) -> None:
        if len(one.letters) == len(two.letters) == 1:
            self._replace([one, two], None)
            self.scalars.append(Product((Transpose(one.array), two.array)))
        elif len(one.letters) == 1 or len(two.letters) == 1:
            vector, matrix = (one, two) if len(one.letters) == 1 else (two, one)
            other = matrix.other(letter)
            turned = matrix.turned_to(other)
            self._replace([one, two], Lettered(Product((turned.array, vector.array)), (other,)))
        else:
            first, last = one.other(letter), two.other(letter)
            left, right = one.turned_to(first), two.turned_to(letter)
            self._replace([one, two], Lettered(Product((left.array, right.array)), (first, last)))

    def _trace(self, one: Lettered, two: Lettered, letter: Index) -> None:
        """Two matrices with the same two letters."""
        other = one.other(letter)
        if other in self.bound and len(self._with(other)) == 2:
            self.bound.remove(other)
            self._replace([one, two], None)
            left, right = one.turned_to(other), two.turned_to(letter)
            self.scalars.append(apply("tr", Product((left.array, right.array))))
            return
        left, right = one.turned_to(other), two.turned_to(other)
        made = Hadamard((left.array, right.array))
        self._replace([one, two], Lettered(Product((made, ones(letter.size))), (other,)))

    def _merge(self, mine: list[Lettered], letter: Index) -> None:
        """Make fewer arrays that carry the letter: columns entry by entry, or a column as a diagonal matrix."""
        columns = [array for array in mine if len(array.letters) == 1]
        if len(columns) > 1:
            self._replace(columns, Lettered(Hadamard(tuple(c.array for c in columns)), (letter,)))
            return
        matrices = [array for array in mine if len(array.letters) == 2]
        for k, one in enumerate(matrices):
            for two in matrices[k + 1 :]:
                if set(one.letters) == set(two.letters):
                    turned = two.turned_to(one.letters[0])
                    self._replace([one, two], Lettered(Hadamard((one.array, turned.array)), one.letters))
                    return
        if len(columns) == 1 and len(matrices) == 2:
            turned = matrices[0].turned_to(letter)
            scaled = Product((apply("diag", columns[0].array), turned.array))
            self._replace([columns[0], matrices[0]], Lettered(scaled, turned.letters))
            return
        raise NoRule("a letter that three matrices share", "matrix form")


def _sum_of(array: Expr) -> Expr:
    match array:
        case Power(base=base, exponent=exponent) if exponent == number(2):
            return Power(apply("norm", base), number(2))
        case _:
            return apply("sum", array)


def _assembled(arrays: list[Lettered], row: Place, column: Place) -> tuple[Expr, ...]:
    """Arrays with the letters of one entry, as factors of one matrix product."""
    at_row = [array.array for array in arrays if array.letters == (row,)]
    at_column = [array.array for array in arrays if array.letters == (column,)]
    both = [array.turned_to(row).array for array in arrays if len(array.letters) == 2 and isinstance(row, Index)]
    if not both:
        down = (entrywise_product(at_row),) if at_row else ()
        across = (Transpose(entrywise_product(at_column)),) if at_column else ()
        return (*down, *across)
    plain = [array for array in both if not _is_identity(array)]
    if len(plain) < len(both):
        # On the diagonal both letters are one: every other matrix gives its diagonal.
        diagonal = [*at_row, *at_column, *(apply("diag", array) for array in plain)]
        return (apply("diag", entrywise_product(diagonal)),) if diagonal else (both[0],)
    left = (apply("diag", entrywise_product(at_row)),) if at_row else ()
    right = (apply("diag", entrywise_product(at_column)),) if at_column else ()
    return (*left, entrywise_product(plain), *right)


def entrywise_product(arrays: list[Expr]) -> Expr:
    """Arrays of one shape multiplied entry by entry."""
    return arrays[0] if len(arrays) == 1 else Hadamard(tuple(arrays))
