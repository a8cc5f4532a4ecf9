"""Neighbours in a matrix product that a lecturer merges without a word.

X^-1 X = I, diag(a) diag(b) = diag(a * b), diag(a) b = a * b, (A kron B)(C kron D) = AC kron BD,
(A kron B) vec X = vec(B X A^T), K_mn K_nm = I, K (a kron B) = B kron a.
Source: Magnus and Neudecker (2019), ch. 1 to 3.
"""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.chains import is_identity
from derivgen.calculus.evenrows import added_along_rows
from derivgen.calculus.projections import short_square
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, apply, eye, number, ones, size
from derivgen.expr.nodes import Apply, Constant, Expr, Hadamard, Product, Quotient, SizeNumber, Sum, Transpose
from derivgen.expr.sizes import ONE, Size
from derivgen.expr.walk import changes

Normal = Callable[[Expr], Expr]


def shortened(arrays: tuple[Expr, ...], normal: Normal) -> tuple[Expr, ...]:
    """The factors with neighbours merged while any can be; `normal` brings a new factor in its normal form."""
    merged = _neighbours_merged(arrays, normal)
    fewer = _weights_added(_inverses_cancelled(merged), normal)
    return merged if fewer == merged else shortened(fewer, normal)


def _inverses_cancelled(arrays: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """X.T X inv(X.T X) as I: a product beside its inverse, before it or behind it."""
    for k, array in enumerate(arrays):
        inner = _inverted(array)
        factors = inner.factors if isinstance(inner, Product) else ()
        for start in (k - len(factors), k + 1):
            if factors and start >= 0 and arrays[start : start + len(factors)] == factors:
                first, last = min(k, start), max(k, start + len(factors) - 1)
                left = (*arrays[:first], *arrays[last + 1 :])
                return left or (eye(array.shape.rows),)
        if factors and (shorter := _one_factor_less(arrays, k, factors)) is not None:
            return shorter
    return arrays


def _one_factor_less(arrays: tuple[Expr, ...], k: int, factors: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    """(A B)^-1 A as B^-1 and B (A B)^-1 as A^-1, for square factors: the inverse of the rest is left."""
    if any(factor.shape.rows != factor.shape.columns or factor.is_scalar for factor in factors):
        return None
    for beside, same, rest in ((k + 1, factors[0], factors[1:]), (k - 1, factors[-1], factors[:-1])):
        if 0 <= beside < len(arrays) and arrays[beside] == same:
            first, last = min(k, beside), max(k, beside)
            inner = rest[0] if len(rest) == 1 else Product(rest)
            return (*arrays[:first], _inverse_of(inner), *arrays[last + 1 :])
    return None


def _inverse_of(matrix: Expr) -> Expr:
    """The inverse, with a transpose outside."""
    if isinstance(matrix, Transpose):
        return Transpose(apply("inv", matrix.argument))
    return apply("inv", matrix)


def _weights_added(arrays: tuple[Expr, ...], normal: Normal) -> tuple[Expr, ...]:
    """(a.T kron I) diag(vec S) (b kron I) as diag(S (a * b)), (a.T kron I) diag(vec S) (I kron b) as S * (b a.T).

    Entry i of the diagonal is the sum over j of a_j S_ij b_j; entry (i, j) of the other is b_i S_ij a_j.
    """
    for k in range(len(arrays) - 2):
        match arrays[k : k + 3]:
            case (
                Apply(function="kron", arguments=left),
                Apply(function="diag", arguments=(Apply(function="vec", arguments=(weights,)),)),
                Apply(function="kron", arguments=right),
            ) if (found := _crossed(left, weights, right)) is not None and not changes(weights):
                return (*arrays[:k], normal(found), *arrays[k + 3 :])
            case (
                Apply(function="diag", arguments=(a,)),
                Apply(function="kron", arguments=(b, c)),
                Apply(function="diag", arguments=(d,)),
            ) if _is_spread_identity(b, c) and (found := _on_the_diagonal(a, d)) is not None:
                return (*arrays[:k], normal(apply("diag", found)), *arrays[k + 3 :])
            case _:
                pass
    return arrays


def _is_spread_identity(a: Expr, b: Expr) -> bool:
    """Whether a kron b is one of an identity and a square of ones of its size."""
    one, other = (b, a) if is_identity(a) else (a, b)
    return is_identity(other) and isinstance(one, Apply) and one.function == "ones" and one.shape == other.shape


def _on_the_diagonal(a: Expr, b: Expr) -> Expr | None:
    """vec(I) * u * v for a = vec(I) * u and b = vec(I) * v: diag(a) (1 kron I) diag(b) sees the diagonal alone."""
    rests = []
    for vector in (a, b):
        factors = vector.factors if isinstance(vector, Hadamard) else (vector,)
        marks = [factor for factor in factors if _is_vec_of_identity(factor)]
        if not marks or changes(vector):
            return None
        rests += [factor for factor in factors if factor not in marks]
    return Hadamard((marks[0], *rests)) if rests else marks[0]


def _is_vec_of_identity(vector: Expr) -> bool:
    return isinstance(vector, Apply) and vector.function == "vec" and is_identity(vector.arguments[0])


def _crossed(left: tuple[Expr, ...], weights: Expr, right: tuple[Expr, ...]) -> Expr | None:
    """The three factors as one, where both Kronecker products are of a vector and an identity."""
    for i in (0, 1):
        for j in (0, 1):
            row, column = left[i], right[j]
            if not (
                row.shape.is_row and column.shape.is_column and is_identity(left[1 - i]) and is_identity(right[1 - j])
            ):
                continue
            if i == j:
                matrix = transposed(weights) if i else weights
                return apply("diag", Product((matrix, Hadamard((transposed(row), column)))))
            outer = Product((transposed(row), transposed(column)) if i else (column, row))
            return Transpose(Hadamard((weights, outer))) if i else Hadamard((weights, outer))
    return None


def _inverted(array: Expr) -> Expr | None:
    """The matrix whose inverse this is."""
    match array:
        case Apply(function="inv", arguments=(inner,)):
            return inner
        case Transpose(argument=Apply(function="inv", arguments=(inner,))):
            return transposed(inner)
        case _:
            return None


def _neighbours_merged(arrays: tuple[Expr, ...], normal: Normal) -> tuple[Expr, ...]:
    k = 0
    while k + 1 < len(arrays):
        merged = _merged(arrays[k], arrays[k + 1], normal)
        if merged is None:
            k += 1
            continue
        arrays = (*arrays[:k], *merged, *arrays[k + 2 :])
        k = max(k - 1, 0)
    return arrays


def _merged(left: Expr, right: Expr, normal: Normal) -> tuple[Expr, ...] | None:
    """The pair as one factor, or None where nothing is gained."""
    if _inverted(left) == right or _inverted(right) == left:
        return (eye(left.shape.rows),)
    if left == right and not changes(left) and (square := short_square(left, normal)) is not None:
        return (square,)
    power = _as_one_power(left, right)
    if power is not None:
        return (normal(power),)
    match left, right:
        case Apply(function="diag", arguments=(a,)), Apply(function="diag", arguments=(b,)) if (
            a.shape.is_column and b.shape.is_column
        ):
            return (apply("diag", normal(Hadamard((a, b)))),)
        case Apply(function="diag", arguments=(a,)), _ if a.shape.is_column and right.shape.is_column:
            return (normal(Hadamard((a, right))),) if not changes(right) and not changes(a) else None
        case _, Apply(function="diag", arguments=(b,)) if b.shape.is_column and left.shape.is_row:
            if changes(left) or changes(b):
                return None
            return (normal(Transpose(Hadamard((transposed(left), b)))),)
        case Apply(function="diag", arguments=(a,)), Sum() if (
            a.shape.is_column and (beside := _diagonal(right)) is not None
        ):
            return (apply("diag", normal(Hadamard((a, beside)))),)
        case Sum(), Apply(function="diag", arguments=(b,)) if (
            b.shape.is_column and (beside := _diagonal(left)) is not None
        ):
            return (apply("diag", normal(Hadamard((beside, b)))),)
        case Sum(), _ if (share := _share(left)) is not None and _divides(share, right):
            return (normal(_less_total(share, right, normal)),)
        case Transpose(argument=column), Sum() if (share := _share(right)) is not None and _divides(share, column):
            return (normal(Transpose(_less_total(share, column, normal))),)
        case Transpose(argument=column), _ if right.shape.is_column and (
            _divides(column, right) or _divides(right, column)
        ):
            return (normal(apply("sum", normal(Hadamard((column, right))))),)
        case _:
            return _summed(left, right, normal) or _reordered(left, right, normal)


def _divides(column: Expr, fraction: Expr) -> bool:
    """Whether a column stands below another one, entry by entry: o.T @ (t/o) is the sum of t."""
    below = fraction.denominator if isinstance(fraction, Quotient) else None
    factors = below.factors if isinstance(below, Hadamard) else (below,)
    return column in factors and not changes(fraction)


def _share(bracket: Sum) -> Expr | None:
    """The s of diag(s) - s s.T, the Jacobian of a softmax; of a column v = t/s it makes t - sum(t) s."""
    match bracket.terms:
        case (
            Apply(function="diag", arguments=(share,)),
            Product(factors=(Constant(value=value), column, Transpose(argument=row))),
        ) if value == -1 and share.shape.is_column and share == column == row:
            return share
        case _:
            return None


def _less_total(share: Expr, column: Expr, normal: Normal) -> Expr:
    """(diag(s) - s s.T) v as s * (v - sum(s * v))."""
    total = apply("sum", normal(Hadamard((share, column))))
    return Hadamard((share, Sum((column, normal(Product((MINUS_ONE, total)))))))


def _diagonal(bracket: Sum) -> Expr | None:
    """The diagonal of a sum of diagonal matrices, 1 for the identity; None where it has any other term."""
    found = []
    for term in bracket.terms:
        *front, last = term.factors if isinstance(term, Product) else (term,)
        match last:
            case Apply(function="diag", arguments=(entries,)) if entries.shape.is_column:
                own: Expr = entries
            case _ if is_identity(last):
                own = ONE_NUMBER
            case _:
                return None
        if not all(factor.is_scalar for factor in front):
            return None
        found.append(Product((*front, own)) if front else own)
    return None if all(own.is_scalar for own in found) else Sum(tuple(found))


def _summed(left: Expr, right: Expr, normal: Normal) -> tuple[Expr, ...] | None:
    """What an array of ones adds up: 1 1.T of matrices, n 1 for ones of n columns, sum(x) 1.T for x.T times ones."""
    rows, columns = left.shape.rows, right.shape.columns
    if (even := added_along_rows(left, right)) is not None and not changes(even):
        return (normal(even),)
    if _is_of_ones(left) and _is_of_ones(right):
        return (normal(Product((size(left.shape.columns), _ones(rows, columns)))),)
    if left.shape.is_row and _is_of_ones(right) and columns != ONE and not changes(left):
        return (normal(Product((apply("sum", transposed(left)), _ones(ONE, columns)))),)
    if right.shape.is_column and _is_of_ones(left) and rows != ONE and not changes(right):
        return (normal(Product((apply("sum", right), _ones(rows, ONE)))),)
    return None


def _is_of_ones(array: Expr) -> bool:
    inner = array.argument if isinstance(array, Transpose) else array
    return isinstance(inner, Apply) and inner.function == "ones"


def _ones(rows: Size, columns: Size) -> Expr:
    if rows == columns == ONE:
        return ONE_NUMBER
    return Transpose(ones(columns)) if rows == ONE else ones(rows, columns)


def _reordered(left: Expr, right: Expr, normal: Normal) -> tuple[Expr, ...] | None:
    match left, right:
        case Apply(function="commutation", arguments=(p, m)), Apply(function="commutation", arguments=(q, n)) if (
            p == n and m == q
        ):
            return (eye(left.shape.rows),)
        case Apply(function="commutation"), Apply(function="kron", arguments=(a, b)) if (
            a.shape.is_column or b.shape.is_column
        ) and _is_for(left, b.shape.rows, a.shape.rows):
            return (apply("kron", b, a),)
        case Apply(function="commutation"), Apply(function="vec", arguments=(inner,)) if not changes(inner) and _is_for(
            left, inner.shape.rows, inner.shape.columns
        ):
            return (normal(apply("vec", transposed(inner))),)
        case Apply(function="kron", arguments=(b, a)), Apply(function="commutation") if (
            b.shape.is_row or a.shape.is_row
        ) and _is_for(right, b.shape.columns, a.shape.columns):
            return (apply("kron", a, b),)
        case Apply(function="kron", arguments=(a, b)), Apply(function="kron", arguments=(c, d)) if (
            a.shape.columns == c.shape.rows and b.shape.columns == d.shape.rows
        ):
            return (normal(apply("kron", normal(Product((a, c))), normal(Product((b, d))))),)
        case Apply(function="kron", arguments=(a, b)), _ if a.shape.is_column and not changes(right):
            return (normal(apply("kron", a, normal(Product((b, right))))),)
        case Apply(function="kron", arguments=(a, b)), _ if b.shape.is_column and not changes(right):
            return (normal(apply("kron", normal(Product((a, right))), b)),)
        case _, Apply(function="kron", arguments=(a, b)) if a.shape.is_row and not left.shape.is_row:
            return (normal(apply("kron", a, normal(Product((left, b))))),)
        case _, Apply(function="kron", arguments=(a, b)) if b.shape.is_row and not left.shape.is_row:
            return (normal(apply("kron", normal(Product((left, a))), b)),)
        case Apply(function="kron", arguments=(a, b)), Apply(function="vec", arguments=(inner,)) if (
            not changes(inner) and inner.shape.rows == b.shape.columns
        ):
            return (normal(apply("vec", normal(Product((b, inner, transposed(a)))))),)
        case Transpose(argument=Apply(function="vec", arguments=(inner,))), Apply(
            function="kron", arguments=(a, b)
        ) if not changes(inner) and not changes(right) and inner.shape.rows == b.shape.rows:
            turned = normal(Product((transposed(b), inner, a)))
            return (normal(Transpose(normal(apply("vec", turned)))),)
        case _:
            return None


def _is_for(commutation: Expr, rows: Size, columns: Size) -> bool:
    """Whether it is the commutation matrix of matrices of this shape."""
    return isinstance(commutation, Apply) and commutation.arguments == (SizeNumber(rows), SizeNumber(columns))


def _as_one_power(left: Expr, right: Expr) -> Expr | None:
    """X^a X^b as X^(a + b), where one of them is written as a power, or a long factor stands there twice."""
    match left, right:
        case Transpose(argument=first), Transpose(argument=second):
            power = _as_one_power(second, first)
            return None if power is None else Transpose(power)
        case _:
            pass
    is_twice = left == right and _is_long(left) and not changes(left)
    if not is_twice and not any(isinstance(side, Apply) and side.function == "matpow" for side in (left, right)):
        return None
    (base, a), (other, b) = _base_and_exponent(left), _base_and_exponent(right)
    if base != other:
        return None
    exponents = [k.value for k in (a, b) if isinstance(k, Constant)]
    return apply("matpow", base, number(sum(exponents)) if len(exponents) == 2 else _added(a, b))


def _is_long(array: Expr) -> bool:
    """Whether a square reads better as a power: a bracket or an inverse, not X @ X."""
    return isinstance(array, Sum) or (isinstance(array, Apply) and array.function == "inv")


def _base_and_exponent(expr: Expr) -> tuple[Expr, Expr]:
    match expr:
        case Apply(function="matpow", arguments=(base, exponent)):
            return base, exponent
        case Apply(function="inv", arguments=(base,)):
            return base, number(-1)
        case _:
            return expr, number(1)


def _added(a: Expr, b: Expr) -> Expr:
    (symbol, constant) = (b, a) if isinstance(a, Constant) else (a, b)
    return Sum((symbol, constant))
