"""An expression as a presentation tree: what a lecturer would write on the board."""

from __future__ import annotations

from typing import assert_never

from derivgen.expr.build import apply
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
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
)
from derivgen.expr.sizes import Size
from derivgen.expr.walk import holds_choice
from derivgen.printing import calls, partials
from derivgen.printing.boxes import (
    Box,
    Fraction,
    Grid,
    Letter,
    Numeral,
    Operator,
    Script,
    beside,
)
from derivgen.printing.names import component_box, index_box, name_box, role_of
from derivgen.printing.notation import DEFAULT, HADAMARD, Notation, Precedence
from derivgen.printing.numerals import in_one_form, numeral
from derivgen.printing.ones import with_sums
from derivgen.printing.pieces import (
    TRANSPOSES,
    Piece,
    exponent,
    fraction_of,
    named,
    negated,
    parenthesised,
    product_of,
    raised,
    separated_by,
    sum_of,
    wrapped,
)
from derivgen.printing.sizes import present_shape, size_box, size_piece
from derivgen.printing.sums import place_box, summation

__all__ = ["piece", "present", "present_shape"]


def present(expr: Expr, notation: Notation = DEFAULT) -> Box:
    """The expression as boxes.

    Entry-by-entry powers of arrays carry the sign of the entry-by-entry product in the
    exponent, quotients of arrays are set with ⊘, and a scalar is divided by an array so too.
    """
    # Equal expressions look alike, but for what is left open in a choice.
    return piece(expr, notation).box if holds_choice(expr) else _kept(expr, notation)


@remembered
def _kept(expr: Expr, notation: Notation) -> Box:
    """The same; a page shows most of its expressions several times."""
    return piece(expr, notation).box


def piece(expr: Expr, notation: Notation) -> Piece:
    """The expression as boxes, with what its surroundings must know of it."""
    match expr:
        case Constant():
            return numeral(expr)
        case SizeNumber(size=size):
            return size_piece(size)
        case Variable(name=name, shape=shape) | Reference(name=name, shape=shape) | Unspecified(name=name, shape=shape):
            return named(name_box(name, shape, notation))
        case Differential(of=of):
            return _differential(of, notation)
        case Unresolved():
            return _unresolved(expr, notation)
        case Sum(terms=terms):
            return sum_of(tuple(piece(term, notation) for term in terms))
        case Product():
            spelled = with_sums(expr, notation)
            return _product(spelled, notation) if isinstance(spelled, Product) else piece(spelled, notation)
        case Hadamard(factors=factors):
            return separated_by(HADAMARD[notation.hadamard], tuple(piece(factor, notation) for factor in factors))
        case Quotient(numerator=numerator, denominator=denominator):
            return _quotient(numerator, denominator, notation)
        case Power(base=base, exponent=above):
            return _power(base, above, notation)
        case Transpose(argument=argument):
            return _transpose(argument, notation)
        case Stack(rows=rows):
            return Piece(_grid(rows, notation))
        case Component(array=array, row=row, column=column):
            return Piece(entry_box(array, (place_box(row), place_box(column)), notation))
        case Summation(index=index, body=body):
            return summation(index, piece(body, notation))
        case Choice():
            return _choice(expr, notation)
        case Apply(arguments=arguments):
            return _apply(expr, tuple(piece(argument, notation) for argument in arguments), notation)
    assert_never(expr)


def _grid(rows: tuple[tuple[Expr, ...], ...], notation: Notation) -> Grid:
    number = in_one_form([entry for row in rows for entry in row if isinstance(entry, Constant)])

    def written(entry: Expr) -> Box:
        return number(entry).box if isinstance(entry, Constant) else present(entry, notation)

    return Grid(tuple(tuple(map(written, row)) for row in rows))


def entry_box(array: Expr, place: tuple[Box, Box], notation: Notation) -> Box:
    """Entry (row, column) of an array: x_i, A_{ij}, or (A x)_i of a compound."""
    shape = array.shape
    indices = place[:1] if shape.is_column else place[1:] if shape.is_row else place
    match array:
        case Variable(name=name, shape=shape) | Reference(name=name, shape=shape) | Unspecified(name=name, shape=shape):
            return component_box(name, shape, indices, notation)
        case Apply(function="eye"):
            return Script(Letter("δ"), below=index_box(indices), intent="index")
        case Stack(rows=rows) if (known := _stacked(rows, place)) is not None:
            return present(known, notation)
        case _:
            return Script(parenthesised(present(array, notation)), below=index_box(indices), intent="index")


def _is_matrix(expr: Expr) -> bool:
    return role_of(expr.shape) == "matrix"


def _is_name(expr: Expr) -> bool:
    match expr:
        case Variable() | Reference() | Unspecified():
            return True
        case Component(array=array):
            return _is_name(array)
        case _:
            return False


def _differential(of: Expr, notation: Notation) -> Piece:
    inner = piece(of, notation)
    body = inner.box if _is_name(of) or calls.is_word(of) else parenthesised(inner.box)
    sign = partials.ordinary_sign(notation)
    return Piece(beside(sign, body), Precedence.PREFIX, spaced_left=True, spaced_right=True)


def _unresolved(expr: Unresolved, notation: Notation) -> Piece:
    if expr.written_out and not expr.is_scalar:
        grid = _array_of_partials(expr, notation)
        if grid is not None:
            return Piece(partials.turned(grid) if expr.denominator else grid)
    second = _second(expr, notation)
    if second is not None:
        return raised(second, TRANSPOSES[notation.transpose], "transpose") if expr.denominator else second
    of, inside, wrt = expr.of, expr.wrt[0], tuple(present(part, notation) for part in expr.wrt)
    if expr.held:
        fixed = tuple(present(part, notation) for part in expr.held if not isinstance(part, Variable))
        return partials.with_fixed(partials.fraction_form(present(of, notation), wrt), fixed)
    is_stacked = _is_matrix(of) or (_is_matrix(inside) and not of.is_scalar)
    if is_stacked and len(wrt) == 1 and not inside.is_scalar:
        # Rows are the entries of vec(Y), columns those of vec(X): Magnus and Neudecker (2019), ch. 5.
        if expr.denominator:
            below = present(_stacked_columns(inside), notation)
            return partials.fraction_form(_as_row(of, notation), (below,), _derivative_sign(notation))
        return _partial(_stacked_columns(of), (_as_row(inside, notation),), notation)
    if expr.denominator and is_gradient_sign(expr, notation):
        return partials.nabla(present(of, notation), wrt[0])
    return _partial(_stacked_columns(of) if len(wrt) > 1 else of, wrt, notation)


def is_gradient_sign(expr: Unresolved, notation: Notation) -> bool:
    """Whether the column of this derivative has the sign ∇."""
    if notation.gradient != "nabla" or expr.written_out or expr.held:
        return False
    return expr.of.is_scalar and len(expr.wrt) == 1 and not expr.wrt[0].is_scalar and _is_name(expr.of)


def _stacked_columns(expr: Expr) -> Expr:
    return apply("vec", expr) if _is_matrix(expr) else expr


def _as_row(expr: Expr, notation: Notation) -> Box:
    return _transpose(_stacked_columns(expr), notation).box


def _second(expr: Unresolved, notation: Notation) -> Piece | None:
    # The derivative by y of the gradient by x; of vectors its rows belong to x and its columns to y.
    first = expr.of.arguments[0] if isinstance(expr.of, Apply) and expr.of.function == "vec" else expr.of
    first = first.argument if isinstance(first, Transpose) else first
    if not isinstance(first, Unresolved) or first.written_out or not _is_name(first.of) or not first.of.is_scalar:
        return None
    if len(first.wrt) > 1 or len(expr.wrt) > 1:
        return None
    (inside,), (outside,) = first.wrt, expr.wrt
    of, rows, columns = (present(part, notation) for part in (first.of, inside, outside))
    if inside.is_scalar and outside.is_scalar:
        return partials.second_form(of, columns, rows, _derivative_sign(notation))
    if inside.is_scalar or outside.is_scalar or inside.shape.is_row or outside.shape.is_row:
        return None
    return partials.second_form(of, present(_stacked_columns(inside), notation), _as_row(outside, notation))


def _partial(of: Expr, wrt: tuple[Box, ...], notation: Notation) -> Piece:
    body = piece(of, notation)
    is_vec = isinstance(of, Apply) and of.function == "vec" and _is_name(of.arguments[0])
    if _is_name(of) or is_vec:
        return partials.fraction_form(body.box, wrt, _derivative_sign(notation))
    return partials.operator_form(wrapped(body, Precedence.POWER), wrt, _derivative_sign(notation))


def _derivative_sign(notation: Notation) -> Box:
    return partials.ordinary_sign(notation) if notation.ordinary else partials.PARTIAL


def _array_of_partials(expr: Unresolved, notation: Notation) -> Grid | None:
    # Rows are those of the numerator layout, whatever the node says; None where an index would need two letters (vec).
    of, wrt = expr.of, expr.wrt
    one = Numeral("1")

    def at(row: Box, column: Box) -> Box:
        return _entry_partial(of, (row, one), wrt, (column, one), notation)

    if of.is_scalar and len(wrt) == 1:
        rows, columns = (partials.indices(size) for size in wrt[0].shape.transposed)
        return partials.grid(
            rows, columns, size_box, lambda i, j: _entry_partial(of, (one, one), wrt, (j, i), notation)
        )
    if len(wrt) == 1 and wrt[0].is_scalar:
        rows, columns = partials.indices(of.shape.rows), partials.indices(of.shape.columns)
        return partials.grid(
            rows, columns, size_box, lambda i, j: _entry_partial(of, (i, j), wrt, (one, one), notation)
        )
    if not of.shape.is_column or (len(wrt) == 1 and not wrt[0].shape.is_column):
        return None
    if len(wrt) > 1:
        columns = tuple(Size.whole(number) for number in range(1, len(wrt) + 1))
    else:
        columns = partials.indices(wrt[0].shape.rows)
    return partials.grid(partials.indices(of.shape.rows), columns, size_box, at)


def _entry_partial(
    of: Expr, row: tuple[Box, Box], wrt: tuple[Expr, ...], column: tuple[Box, Box], notation: Notation
) -> Box:
    if len(wrt) > 1:
        below = present(_counted(wrt, column[0]), notation)
    else:
        below = present(wrt[0], notation) if wrt[0].is_scalar else entry_box(wrt[0], column, notation)
    if of.is_scalar:
        return _partial(of, (below,), notation).box
    stacked = of.body if isinstance(of, Reference) else of
    if isinstance(stacked, Stack):
        entry = _stacked(stacked.rows, row)
        if entry is not None and (stacked is of or _is_name(entry)):
            return _partial(entry, (below,), notation).box
    return partials.fraction_form(entry_box(of, row, notation), (below,)).box


def _counted(parts: tuple[Expr, ...], number: Box) -> Expr:
    return parts[int(number.digits) - 1] if isinstance(number, Numeral) else parts[-1]


def _stacked(rows: tuple[tuple[Expr, ...], ...], place: tuple[Box, Box]) -> Expr | None:
    match place:
        case (Numeral(digits=row), Numeral(digits=column)):
            return rows[int(row) - 1][int(column) - 1]
        case _:
            return None


def _product(expr: Product, notation: Notation) -> Piece:
    factors = factor_pieces(expr, notation)
    first, *rest = expr.factors
    if isinstance(first, Constant) and first.value == -1 and rest:
        after = product_of(factors[1:])
        return negated(wrapped(after, Precedence.HADAMARD))
    return product_of(factors)


def factor_pieces(expr: Product, notation: Notation) -> tuple[Piece, ...]:
    """The factors of a product as they stand in it."""
    arrays = sum(not factor.is_scalar for factor in expr.factors)
    return tuple(_factor(factor, arrays > 0, notation) for factor in expr.factors)


def _factor(factor: Expr, among_arrays: bool, notation: Notation) -> Piece:
    inner = piece(factor, notation)
    # x (x^T y): juxtaposed without parentheses the eye would multiply x by x^T first.
    is_inner_product = factor.is_scalar and isinstance(factor, Product) and any(not f.is_scalar for f in factor.factors)
    is_dot = isinstance(factor, Apply) and factor.function == "dot"
    if among_arrays and (is_inner_product or is_dot):
        return Piece(parenthesised(inner.box))
    return inner


def _quotient(numerator: Expr, denominator: Expr, notation: Notation) -> Piece:
    upper, lower = piece(numerator, notation), piece(denominator, notation)
    if not denominator.is_scalar:
        return separated_by("⊘", (upper, lower))
    is_long_matrix = _is_matrix(numerator) and upper.level <= Precedence.HADAMARD
    if isinstance(numerator, Stack) or is_long_matrix:
        return product_of((Piece(Fraction(Numeral("1"), lower.box), Precedence.FRACTION), upper))
    return fraction_of(upper, lower)


def _power(base: Expr, above: Expr, notation: Notation) -> Piece:
    power = exponent(present(above, notation))
    match base, above:
        case Apply(function=function, arguments=(argument,)), Constant(value=value) if (
            value.denominator == 1 and value >= 2 and base.is_scalar and function in calls.POWERED
        ):
            return calls.powered(function, power, piece(argument, notation))
    if not base.is_scalar:
        return raised(piece(base, notation), beside(Operator(HADAMARD[notation.hadamard], "ordinary"), power), "power")
    return raised(piece(base, notation), power, "power")


def _transpose(argument: Expr, notation: Notation) -> Piece:
    match argument:
        case Unresolved(of=of, wrt=wrt, denominator=False) if is_gradient_sign(argument, notation):
            return partials.nabla(present(of, notation), present(wrt[0], notation))
        case Unresolved(written_out=True, denominator=False) if (
            grid := _array_of_partials(argument, notation)
        ) is not None:
            return Piece(partials.turned(grid))
    sign = TRANSPOSES[notation.transpose]
    inverted = _inverted(argument)
    if inverted is not None and notation.transpose != "prime":
        return calls.inverse_transpose(piece(inverted, notation), sign)
    return raised(piece(argument, notation), sign, "transpose")


def _inverted(expr: Expr) -> Expr | None:
    match expr:
        case Apply(function="inv", arguments=(argument,)):
            return argument
        case _:
            return None


def _choice(expr: Choice, notation: Notation) -> Piece:
    left, right = present(expr.left, notation), present(expr.right, notation)
    then, otherwise = piece(expr.then, notation), piece(expr.otherwise, notation)
    if not (expr.left.is_scalar and expr.right.is_scalar):
        return calls.where_call(calls.comparison(left, expr.relation, right), then, otherwise)
    opposites = calls.OPEN_OPPOSITES if expr.is_open else calls.OPPOSITES
    opposite = beside(left, Operator(opposites[expr.relation], "relation"), right)
    return calls.cases(calls.comparison(left, expr.relation, right).box, opposite, then, otherwise)


def _apply(expr: Apply, arguments: tuple[Piece, ...], notation: Notation) -> Piece:
    match expr:
        case Apply(function="dot", arguments=(left, _)):
            return product_of((_turned(left, notation), arguments[1]))
        case Apply(function="outer", arguments=(_, right)):
            return product_of((arguments[0], _turned(right, notation)))
        case Apply(function="inv", arguments=(Transpose(argument=turned),)) if notation.transpose != "prime":
            return calls.inverse_transpose(piece(turned, notation), TRANSPOSES[notation.transpose])
        case Apply(function="kron" | "vec", arguments=operands):
            # Only here no neighbour tells the size of an identity matrix or of a vector of ones.
            sized = tuple(_with_size(operand, notation) for operand in operands)
            return calls.apply(expr, sized, TRANSPOSES[notation.transpose], notation)
        case Apply(function="step", arguments=(Sum(terms=(left, right)),)) if arguments[0].level is Precedence.SUM:
            return calls.indicator_of_difference(piece(left, notation), piece(right, notation), arguments[0], notation)
        case _:
            return calls.apply(expr, arguments, TRANSPOSES[notation.transpose], notation)


def _turned(expr: Expr, notation: Notation) -> Piece:
    return piece(expr, notation) if expr.is_scalar else _transpose(expr, notation)


def _with_size(expr: Expr, notation: Notation) -> Piece:
    match expr:
        case Apply(function="eye" | "ones" | "zeros") if not expr.shape.is_row:
            return calls.with_size(expr, notation)
        case Transpose(argument=Apply(function="ones" | "zeros") as inner) if inner.shape.is_column:
            return raised(calls.with_size(inner, notation), TRANSPOSES[notation.transpose], "transpose")
        case _:
            return piece(expr, notation)
