"""Arrays written entry by entry with letters: entry i of A x as a sum over j of A_ij x_j.

The function is opened as far as a lecturer does it on the board: products, sums, traces, inner
products. What has a rule of its own (an inverse, a softmax, a norm) stays an entry of that array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import assert_never

from derivgen.calculus.oneentry import of_one_entry
from derivgen.errors import NoRule
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER, apply, number, size
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Index,
    Place,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
    product_shape,
)
from derivgen.expr.sizes import ONE, SCALAR, Size
from derivgen.expr.walk import changes, free_indices, parts, rebuilt

COUNTED = ("i", "j", "h", "r", "s", "u", "v", "p", "q", "m", "a", "b", "c")
VARIED = ("k", "l", "r", "s", "u", "v", "w")
Cell = Callable[[Expr], Expr]


class Letters:
    """A supply of letters that nothing else on the page is called by."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def next(self, counted: Size, pool: tuple[str, ...] = COUNTED) -> Index:
        """A fresh letter that counts to `counted`."""
        numbered = (f"{letter}_{k}" for k in range(1, len(self._taken) + 2) for letter in pool)
        name = next(name for name in (*pool, *numbered) if name not in self._taken)
        self._taken.add(name)
        return Index(name, counted)


def place_for(counted: Size, letters: Letters, pool: tuple[str, ...] = COUNTED) -> Place:
    """A letter for a side of an array; a side of one entry needs none."""
    return 1 if counted == ONE else letters.next(counted, pool)


class Writer:
    """Writes entries with letters; the change of an array becomes the derivative of its entry by `variable`."""

    def __init__(self, letters: Letters, variable: Expr) -> None:
        self.letters = letters
        self.variable = variable

    def entry(self, expr: Expr, i: Place, j: Place) -> Expr:
        """Entry (i, j) of an array; a scalar is the same everywhere.

        Raises: NoRule where no entry can be written down.
        """
        if expr.is_scalar:
            return self.scalar(expr)
        match expr:
            case Variable() | Unspecified() | Reference():
                return Component(expr, i, j)
            case Differential(of=of):
                return self._change(self.entry(of, i, j))
            case Sum(terms=terms):
                return Sum(tuple(self.entry(term, i, j) for term in terms))
            case Hadamard(factors=factors):
                return self._times(tuple(self.entry(factor, i, j) for factor in factors))
            case Product(factors=factors):
                return self._product(factors, i, j)
            case Quotient(numerator=top, denominator=bottom):
                return Quotient(self.entry(top, i, j), self.entry(bottom, i, j))
            case Power(base=base, exponent=exponent):
                return Power(self.entry(base, i, j), self.entry(exponent, i, j))
            case Transpose(argument=argument):
                return self.entry(argument, j, i)
            case Choice(relation=relation):
                sides = (expr.left, expr.right, expr.then, expr.otherwise)
                return Choice(relation, *(self.entry(side, i, j) for side in sides))
            case Stack(rows=rows):
                if isinstance(i, Index) or isinstance(j, Index):
                    return Component(expr, i, j)
                return self.scalar(rows[i - 1][j - 1])
            case Apply():
                return self._function(expr, i, j)
            case Constant() | SizeNumber() | Component() | Summation() | Unresolved():
                raise NoRule("a derivative of arrays", "index notation")
        assert_never(expr)

    def scalar(self, expr: Expr) -> Expr:
        """A scalar with the arrays inside it written entry by entry."""
        match expr:
            case Constant() | SizeNumber() | Variable() | Unspecified() | Reference() | Summation():
                return expr
            case Differential(of=of):
                return self._change(self.scalar(of))
            case Component(array=array, row=row, column=column):
                return self.entry(array, row, column)
            case Product(factors=factors):
                return self._product(factors, 1, 1)
            case Power(base=Apply(function="norm", arguments=(r,)), exponent=Constant(value=value)) if value == 2:
                return self._total(r, lambda cell: Power(cell, number(2)))
            case Stack(rows=((only,),)):
                return self.scalar(only)
            case Transpose(argument=argument):
                return self.scalar(argument)
            case Sum(terms=terms):
                return Sum(tuple(self.scalar(term) for term in terms))
            case Hadamard(factors=factors):
                return self._times(tuple(self.scalar(factor) for factor in factors))
            case Quotient(numerator=top, denominator=bottom):
                return Quotient(self.scalar(top), self.scalar(bottom))
            case Power(base=base, exponent=exponent):
                return Power(self.scalar(base), self.scalar(exponent))
            case Choice(relation=relation):
                sides = (expr.left, expr.right, expr.then, expr.otherwise)
                return Choice(relation, *(self.scalar(side) for side in sides))
            case Apply():
                return self._reduction(expr)
            case Stack() | Unresolved():
                raise NoRule("a derivative that is not worked out", "index notation")
        assert_never(expr)

    def _change(self, entry: Expr) -> Expr:
        return Unresolved(entry, (self.variable,))

    def _times(self, factors: tuple[Expr, ...]) -> Expr:
        return times(factors, self.letters)

    def _product(self, factors: tuple[Expr, ...], i: Place, j: Place) -> Expr:
        """The scalars, and a row times a column for every two neighbours; a finished inner product is a scalar."""
        written: list[Expr] = []
        run: list[Expr] = []
        shape = SCALAR
        for factor in factors:
            if factor.is_scalar:
                written.append(self.scalar(factor))
                continue
            shape = product_shape(shape, factor.shape) if run else factor.shape
            run.append(factor)
            if shape.is_scalar:
                written.append(self._chain(tuple(run), 1, 1))
                run = []
        if run:
            written.append(self._chain(tuple(run), i, j))
        return self._times(tuple(written))

    def _chain(self, run: tuple[Expr, ...], i: Place, j: Place) -> Expr:
        inner = [place_for(array.shape.columns, self.letters) for array in run[:-1]]
        cells = tuple(
            self.entry(array, *pair)
            for array, pair in zip(run, zip([i, *inner], [*inner, j], strict=True), strict=True)
        )
        return summed([index for index in inner if isinstance(index, Index)], self._times(cells))

    def _total(self, array: Expr, cell: Cell) -> Expr:
        """The sum of something over all entries."""
        i, j = (place_for(side, self.letters) for side in array.shape)
        return summed([index for index in (i, j) if isinstance(index, Index)], cell(self.entry(array, i, j)))

    def _reduction(self, expr: Apply) -> Expr:
        if (single := of_one_entry(expr)) is not None:
            return self.scalar(single)
        match expr:
            case Apply(function="sum", arguments=(x,)):
                return self._total(x, lambda cell: cell)
            case Apply(function="mean", arguments=(x,)):
                return Quotient(self._total(x, lambda cell: cell), size(x.shape.entries))
            case Apply(function="norm1", arguments=(x,)) if not x.is_scalar:
                return self._total(x, lambda cell: apply("abs", cell))
            case Apply(function="dot", arguments=(a, b)) if not a.is_scalar:
                i = self.letters.next(a.shape.rows)
                return summed([i], self._times((self.entry(a, i, 1), self.entry(b, i, 1))))
            case Apply(function="tr", arguments=(x,)):
                i = self.letters.next(x.shape.rows)
                return summed([i], self.entry(x, i, i))
            case Apply(function=name, arguments=arguments) if all(argument.is_scalar for argument in arguments):
                return apply(name, *(self.scalar(argument) for argument in arguments)) if arguments else expr
            case _:
                return _settled(expr)

    def _function(self, expr: Apply, i: Place, j: Place) -> Expr:
        if FUNCTIONS[expr.function].is_elementwise:
            return apply(expr.function, *(self.entry(argument, i, j) for argument in expr.arguments))
        match expr:
            case Apply(function="ones"):
                return ONE_NUMBER
            case Apply(function="zeros"):
                return ZERO_NUMBER
            case Apply(function="diag", arguments=(x,)) if x.shape.is_column:
                delta = Component(apply("eye", SizeNumber(x.shape.rows)), i, j)
                return self._times((delta, self.entry(x, i, 1)))
            case Apply(function="diag", arguments=(x,)):
                return self.entry(x, i, i)
            case Apply(function="outer", arguments=(a, b)):
                return self._times((self.entry(a, i, 1), self.entry(b, j, 1)))
            case _:
                return Component(_settled(expr), i, j)


def _settled(expr: Apply) -> Apply:
    """An array that stays as it is.

    Raises: NoRule if a change stands inside it, where no entry of the change can be seen.
    """
    if changes(expr):
        raise NoRule(f"{expr.function} of a change", "index notation")
    return expr


def summed(indices: Iterable[Index], body: Expr) -> Expr:
    """The sum of `body` over several letters, the first outermost."""
    for index in reversed(list(indices)):
        body = Summation(index, body)
    return body


# Putting pieces together


def letters_in(expr: Expr) -> set[str]:
    """Every letter of index notation that occurs, free or bound."""
    found = {index.name for index in free_indices(expr)}
    match expr:
        case Summation(index=index):
            found.add(index.name)
    return found.union(*(letters_in(part) for part in parts(expr)))


def placed(expr: Expr, index: Index, place: Place) -> Expr:
    """The expression with another letter, or a number, for a letter.

    Raises: NoRule where a sum inside counts with the new letter already.
    """
    match expr:
        case Summation(index=bound) if bound == index:
            return expr
        case Summation(index=bound, body=body) if bound == place and index in free_indices(body):
            raise NoRule("sums that count with one letter", "index notation")
        case Component(array=array, row=row, column=column):
            return Component(
                placed(array, index, place), place if row == index else row, place if column == index else column
            )
        case _:
            return rebuilt(expr, lambda part: placed(part, index, place))


def stripped(expr: Expr, around: set[str], letters: Letters) -> tuple[list[Index], Expr]:
    """The sums in front of an expression and what they add up, with fresh letters for those of `around`."""
    bound: list[Index] = []
    while isinstance(expr, Summation):
        index, body = expr.index, expr.body
        if index.name in around:
            fresh = letters.next(index.size)
            body = placed(body, index, fresh)
            index = fresh
        bound.append(index)
        expr = body
    return bound, expr


def times(factors: tuple[Expr, ...], letters: Letters) -> Expr:
    """A product of scalars: numbers multiplied and in front, no ones, the sums among the factors outside.

    A factor without a letter of these sums stands in front of them, and a sum without free letters is a factor.
    """
    coefficient = Fraction(1)
    plain: list[Expr] = []
    bound: list[Index] = []
    waiting = list(factors)
    while waiting:
        factor = waiting.pop(0)
        match factor:
            case Product(factors=inner):
                waiting = [*inner, *waiting]
            case Constant(value=value):
                coefficient *= value
            case Summation() if free_indices(factor):
                around = set().union(*(letters_in(other) for other in (*plain, *waiting)), {b.name for b in bound})
                outside, inside = stripped(factor, around, letters)
                bound += outside
                waiting = [inside, *waiting]
            case _:
                plain.append(factor)
    if coefficient == 0:
        return ZERO_NUMBER
    front: list[Expr] = [Constant(coefficient)] if coefficient != 1 else []
    counted, others = parted(plain, tuple(bound))
    return multiplied([*front, *others, *([summed(bound, multiplied(counted))] if bound else [])])


def parted(factors: Iterable[Expr], bound: tuple[Index, ...]) -> tuple[list[Expr], list[Expr]]:
    """The factors that a sum over these letters adds up, and those that may stand outside it."""
    sides: tuple[list[Expr], list[Expr]] = ([], [])
    for factor in factors:
        sides[all(index not in bound for index in free_indices(factor))].append(factor)
    return sides


def multiplied(factors: Sequence[Expr]) -> Expr:
    """The product of these factors as they are; 1 where there is none."""
    return ONE_NUMBER if not factors else factors[0] if len(factors) == 1 else Product(tuple(factors))


def cleaned(expr: Expr, letters: Letters) -> Expr:
    """The line without zeros and ones, products flat and sums in front; what is open is left as it is."""
    if isinstance(expr, Unresolved) or not expr.is_scalar:
        return expr
    inner = rebuilt(expr, lambda part: cleaned(part, letters))
    match inner:
        case Sum(terms=terms):
            kept = [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]
            kept = [term for term in kept if term != ZERO_NUMBER]
            return ZERO_NUMBER if not kept else kept[0] if len(kept) == 1 else Sum(tuple(kept))
        case Product(factors=factors):
            return times(factors, letters)
        case Quotient(numerator=top, denominator=bottom) if top == ZERO_NUMBER or bottom == ONE_NUMBER:
            return top
        case Quotient(numerator=Constant(value=a), denominator=Constant(value=b)) if b:
            return number(a / b)
        case Power(base=base, exponent=exponent) if exponent == ONE_NUMBER:
            return base
        case Summation(body=body) if body == ZERO_NUMBER:
            return body
        case Choice(then=then, otherwise=otherwise) if then == otherwise:
            return then
        case _:
            return inner
