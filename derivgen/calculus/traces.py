"""Moves within a trace, until dX stands last: df = tr(M dX).

Rotation, transposition, and the adjoint of each operation that stands around dX.
Source: Magnus and Neudecker (2019), ch. 1, 2 and 9 (first identification theorem).
"""

from __future__ import annotations

from derivgen.calculus.chains import chain, product
from derivgen.calculus.moves import Move, by_entries, has, masked, trace, weights
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import reversed_product, transposed
from derivgen.errors import NoRule
from derivgen.expr.build import apply, eye
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Differential,
    Expr,
    Hadamard,
    Product,
    Quotient,
    Stack,
    Sum,
    Transpose,
    Variable,
)
from derivgen.expr.sizes import Shape, Size


def matrix_factor(inner: Expr, variable: Variable) -> Expr | None:
    """M where the trace of `inner` is tr(M dX), else None."""
    arrays = chain(inner).arrays
    if arrays[-1:] != (Differential(variable),) or any(has(array, variable) for array in arrays[:-1]):
        return None
    return tidy(product(arrays[:-1])) if len(arrays) > 1 else eye(variable.shape.rows)


def move_in_trace(inner: Expr, variable: Variable) -> Move:
    """The trace of `inner` after one move.

    Raises: NoRule where no move is known.
    """
    link = chain(inner)
    k = next(i for i, array in enumerate(link.arrays) if has(array, variable))
    before, array, after = link.arrays[:k], link.arrays[k], link.arrays[k + 1 :]
    facts: dict[str, Expr] = {"inner": inner}
    if isinstance(array, Sum):
        return _taken_apart(tuple(tidy(Product((*before, term, *after))) for term in array.terms), facts)
    if variable.shape.is_column and array.shape.is_column and after:
        return Move(Product((*after, *before, array)), "trace-cyclic", facts)
    if variable.shape.is_column and array.shape.is_row and before:
        return Move(Product((array, *after, *before)), "trace-cyclic", facts)
    if isinstance(array, Transpose):
        turned = (*_turned(after), array.argument, *_turned(before))
        return Move(trace(*turned), "trace-transpose", facts)
    if after:
        return Move(trace(*after, *before, array), "trace-cyclic", facts)
    return _adjoint(before, array, variable, facts)


def _taken_apart(terms: tuple[Expr, ...], facts: dict[str, Expr]) -> Move:
    """The trace of a sum as a sum of traces; two terms that are transposes of each other have one trace, twice."""
    whole = Sum(tuple(apply("tr", term) for term in terms))
    if len(terms) == 2 and tidy(transposed(terms[0])) == terms[1]:
        return Move(whole, "trace-transpose", {**facts, "twin": terms[0]})
    return Move(whole, "d-trace", facts)


def _turned(arrays: tuple[Expr, ...]) -> tuple[Expr, ...]:
    return (reversed_product(product(arrays)),) if arrays else ()


def _adjoint(before: tuple[Expr, ...], array: Expr, variable: Variable, facts: dict[str, Expr]) -> Move:
    """tr(L F(e)) as tr(F*(L) e), for the operation F that stands around e."""
    left = product(before) if before else None
    match array:
        case Hadamard() | Quotient():
            factor, rest = weights(array, variable)
            if factor is None:
                raise NoRule("this entry-by-entry product", "the identification")
            made = _masked_row(left, factor)
            return Move(trace(made, rest), "trace-hadamard", {**facts, "constant": factor})
        case Choice():
            return Move(trace(*before, masked(array)), "cases", facts)
        case Stack():
            return Move(trace(*before, by_entries(array, variable)), "components", facts)
        case Apply(function="diag", arguments=(entries,)) if entries.shape.is_column:
            if left is None:
                return Move(apply("sum", entries), "trace-diag", facts)
            return Move(Product((Transpose(apply("diag", left)), entries)), "trace-diag", facts)
        case Apply(function="kron", arguments=(first, second)):
            return _kronecker(left, first, second, variable, facts)
        case _:
            raise NoRule("this product", "the identification")


def _masked_row(left: Expr | None, factor: Expr) -> Expr:
    if left is None:
        return apply("diag", apply("diag", factor))
    return Hadamard((left, transposed(factor)))


def _kronecker(left: Expr | None, first: Expr, second: Expr, variable: Variable, facts: dict[str, Expr]) -> Move:
    """tr(L (A kron e)) = tr(T e), where T is the partial trace of (A kron I) L; and the same for (e kron A)."""
    moves_first = has(first, variable)
    if moves_first and has(second, variable):
        raise NoRule("a Kronecker product of two changes", "the identification")
    if left is None and _is_square(first) and _is_square(second):
        return Move(Product((apply("tr", first), apply("tr", second))), "trace-kron", facts)
    whole = left if left is not None else eye(first.shape.columns * second.shape.columns)
    if moves_first:
        inner = Product((apply("kron", eye(first.shape.columns), second), whole))
        made = _partial_trace_of_second(inner, Shape(first.shape.columns, first.shape.rows), second.shape.rows)
        return Move(trace(made, first), "trace-kron", {**facts, "constant": second})
    inner = Product((apply("kron", first, eye(second.shape.columns)), whole))
    made = _partial_trace_of_first(inner, Shape(second.shape.columns, second.shape.rows), first.shape.rows)
    return Move(trace(made, second), "trace-kron", {**facts, "constant": first})


def _is_square(expr: Expr) -> bool:
    return expr.shape.rows == expr.shape.columns


def _partial_trace_of_first(inner: Expr, shape: Shape, size: Size) -> Expr:
    """sum_i (e_i.T kron I) Z (e_i kron I) = (vec(I).T kron I)(I kron Z)(vec(I) kron I)."""
    corner = apply("vec", eye(size))
    left = apply("kron", Transpose(corner), eye(shape.rows))
    return Product((left, apply("kron", eye(size), inner), apply("kron", corner, eye(shape.columns))))


def _partial_trace_of_second(inner: Expr, shape: Shape, size: Size) -> Expr:
    """sum_i (I kron e_i.T) Z (I kron e_i) = (I kron vec(I).T)(Z kron I)(I kron vec(I))."""
    corner = apply("vec", eye(size))
    left = apply("kron", eye(shape.rows), Transpose(corner))
    return Product((left, apply("kron", inner, eye(size)), apply("kron", eye(shape.columns), corner)))


def as_trace(before: tuple[Expr, ...], array: Expr, after: tuple[Expr, ...]) -> Move:
    """a.T E b as tr(b a.T E): a scalar is its own trace, and then the trace is rotated."""
    match array:
        case Apply(function="vec", arguments=(inner,)) if not after:
            return Move(trace(transposed(_unstacked(before, inner.shape)), inner), "trace-vec", {"inner": inner})
        case Apply(function="diag", arguments=(inner,)) if not inner.shape.is_column and not after:
            row = product(before)
            return Move(trace(apply("diag", transposed(row)), inner), "trace-diag", {"inner": inner})
        case Transpose(argument=inner):
            scalar = product((*before, array, *after))
            turned = product((*_turned(after), inner, *_turned(before)))
            return Move(turned, "scalar-transpose", {"inner": inner, "scalar": scalar})
        case _:
            scalar = product((*before, array, *after))
            halfway = Move(apply("tr", scalar), "trace-scalar", {"inner": scalar})
            return Move(trace(*after, *before, array), "trace-cyclic", {"inner": array}, halfway)


def _unstacked(before: tuple[Expr, ...], shape: Shape) -> Expr:
    """The matrix W of `shape` with vec(W).T the product of `before`."""
    match before:
        case (Transpose(argument=Apply(function="vec", arguments=(inner,))),):
            return inner
        case _:
            column = transposed(product(before))
            corner = apply("vec", eye(shape.columns))
            left = apply("kron", Transpose(corner), eye(shape.rows))
            return Product((left, apply("kron", eye(shape.columns), column)))
