"""Calls of functions of linear algebra in a normal form: what a lecturer writes for tr(A.T), inv(inv(X)), kron(I, I).

Source: Magnus and Neudecker (2019), ch. 1 to 3.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derivgen.calculus.chains import Chain, chain, is_identity, joined, product
from derivgen.calculus.monomials import ONE, Monomial, fraction_of, holds_change, is_zero, written
from derivgen.calculus.oneentry import of_one_entry
from derivgen.calculus.pairs import Normal
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, apply, eye, number, ones, size, zeros
from derivgen.expr.counted import Counted
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    Sum,
    Transpose,
)
from derivgen.expr.sizes import ONE as ONE_SIZE
from derivgen.expr.sizes import SCALAR
from derivgen.expr.walk import changes, count, inlined

# Functions by entries that leave the zeros of a diagonal matrix zeros.
_ZERO_AT_ZERO = frozenset({"sqrt", "abs", "sign", "step", "relu", "sin", "tan", "sinh", "tanh", "asin", "atan"})
# Values at 0 and 1 that everybody knows.
_VALUES: dict[tuple[str, Fraction], int] = {(name, Fraction(0)): 0 for name in _ZERO_AT_ZERO}
_VALUES |= {(name, Fraction(0)): 1 for name in ("exp", "cos", "cosh")} | {("log", Fraction(1)): 0}


def normal_call(expr: Apply, normal: Normal) -> Expr:
    """The call in its normal form, its arguments being in theirs; `normal` does the same for a new expression."""
    if (single := of_one_entry(expr)) is not None:
        return single if single in expr.arguments else normal(single)
    match expr:
        case Apply(function="sqrt", arguments=(inner,)) if (value := fraction_of(inner)) is not None:
            return _root(value) or expr
        case Apply(function=name, arguments=(Constant(value=value),)) if (name, value) in _VALUES:
            return number(_VALUES[name, value])
        case Apply(function=name, arguments=(inner,)) if name in _ZERO_AT_ZERO and is_zero(inner):
            return zeros(expr.shape)
        case Apply(function="max" | "min", arguments=(left, right)) if left == right:
            return left
        case Apply(function="prod" | "mean", arguments=(Apply(function="ones"),)):
            return ONE_NUMBER
        case Apply(function="prod", arguments=(inner,)) if is_zero(inner):
            return zeros(SCALAR)
        case Apply(function="tr", arguments=(inner,)):
            return _trace(inner, normal)
        case Apply(function="inv", arguments=(inner,)):
            return _inverse(expr, inner, normal)
        case Apply(function="matpow", arguments=(inner, exponent)):
            return _matrix_power(expr, inner, exponent, normal)
        case Apply(function="det", arguments=(inner,)):
            return _determinant(expr, inner, normal)
        case Apply(function="kron", arguments=(left, right)):
            return _kron(left, right, normal)
        case Apply(function="vec", arguments=(inner,)):
            return _vec(expr, inner, normal)
        case Apply(function="diag", arguments=(inner,)):
            return _diag(expr, inner, normal)
        case Apply(function="commutation", arguments=(rows, columns)):
            return _commutation(expr, (rows, columns))
        case Apply(function="dot" | "mean", arguments=arguments) if any(map(is_zero, arguments)):
            return zeros(SCALAR)
        case Apply(function=name, arguments=(Apply(function="diag", arguments=(entries,)),)) if (
            name in _ZERO_AT_ZERO and entries.shape.is_column
        ):
            return apply("diag", normal(apply(name, entries)))
        case Apply(function="mean" | "sum", arguments=(inner,)) if _is_centred(inner, normal):
            return zeros(SCALAR)
        case Apply(function="sum", arguments=(inner,)):
            return _sum(expr, inner, normal)
        case Apply(function="mean", arguments=(inner,)):
            link = chain(inner)
            return expr if link.scalars == ONE else _scaled(link, normal(apply("mean", _rest(link))), normal)
        case _:
            return expr


def _root(value: Fraction) -> Expr | None:
    """The root of a square of fractions: sqrt(9/4) is 3/2."""
    if value < 0 or isinstance(value, Counted):
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return written(Monomial(root, ())) if root * root == value else None


def _is_centred(array: Expr, normal: Normal) -> bool:
    """Whether numbers that are added to each entry take the mean away, by whatever name: x - m for m = mean(x)."""
    body = array.body if isinstance(array, Reference) else array
    if not isinstance(body, Sum) or holds_change(body):
        return False
    numbers = tuple(inlined(term) for term in body.terms if term.is_scalar)
    arrays = tuple(inlined(term) for term in body.terms if not term.is_scalar)
    if not numbers or not arrays:
        return False
    inside = arrays[0] if len(arrays) == 1 else Sum(arrays)
    return is_zero(normal(Sum((apply("mean", inside), *numbers))))


def _front(link: Chain) -> Expr:
    return joined(Chain(link.scalars, (), SCALAR))


def _rest(link: Chain) -> Expr:
    return joined(Chain(ONE, link.arrays, link.shape))


def _scaled(link: Chain, inner: Expr, normal: Normal) -> Expr:
    """The scalars of a chain in front of something else."""
    front = _front(link)
    return inner if front == ONE_NUMBER else normal(Product((front, inner)))


def _trace(inner: Expr, normal: Normal) -> Expr:
    if is_zero(inner):
        return zeros(SCALAR)
    if is_identity(inner):
        return size(inner.shape.rows)
    link = chain(inner)
    if link.scalars != ONE:
        return _scaled(link, normal(apply("tr", _rest(link))), normal)
    marks = [k for k, array in enumerate(link.arrays) if isinstance(array, Apply) and array.function == "ones"]
    if len(link.arrays) > 1 and marks and not changes(inner):
        k = marks[0]
        rest = product((*link.arrays[k + 1 :], *link.arrays[:k]))
        return normal(apply("sum", rest))
    split = next((k for k in range(1, len(link.arrays)) if link.arrays[k].shape.is_row), None)
    if split is not None and not holds_change(inner):
        return normal(Product((*link.arrays[split:], *link.arrays[:split])))
    if len(link.arrays) == 2 and any(map(_is_entrywise, link.arrays)) and not holds_change(inner):
        return normal(apply("sum", normal(Hadamard((transposed(link.arrays[0]), link.arrays[1])))))
    turned = inner.argument if isinstance(inner, Transpose) else inner
    return apply("tr", turned)


def _is_entrywise(array: Expr) -> bool:
    """Whether it is a product entry by entry: tr(Y.T @ (Y*S)) is sum(S*Y**2)."""
    inner = array.argument if isinstance(array, Transpose) else array
    return isinstance(inner, Hadamard | Power)


def _inverse(expr: Apply, inner: Expr, normal: Normal) -> Expr:
    link = chain(inner)
    if inner.is_scalar:
        return normal(Quotient(ONE_NUMBER, inner))
    if link.scalars != ONE:
        return normal(Quotient(normal(apply("inv", _rest(link))), _front(link)))
    match inner:
        case Apply(function="inv", arguments=(core,)):
            return core
        case Apply(function="eye"):
            return inner
        case Apply(function="matpow", arguments=(base, Constant(value=k))):
            return normal(apply("matpow", base, number(-k)))
        case Apply(function="diag", arguments=(entries,)) if entries.shape.is_column:
            return apply("diag", normal(Quotient(ONE_NUMBER, entries)))
        case Apply(function="kron", arguments=(left, right)) if _is_square(left) and _is_square(right):
            return apply("kron", normal(apply("inv", left)), normal(apply("inv", right)))
        case Apply(function="commutation"):
            return transposed(inner)
        case Transpose(argument=core):
            return transposed(normal(apply("inv", core)))
        case Product(factors=factors) if all(map(_is_square, factors)) and any(map(_is_inverse, factors)):
            # (A inv(X) B)^-1 = B^-1 X A^-1; without an inverse inside, the bracket stays as it is.
            return normal(Product(tuple(normal(apply("inv", factor)) for factor in reversed(factors))))
        case _:
            return expr


def _is_inverse(expr: Expr) -> bool:
    inner = expr.argument if isinstance(expr, Transpose) else expr
    return isinstance(inner, Apply) and inner.function == "inv"


def _is_square(expr: Expr) -> bool:
    return expr.shape.rows == expr.shape.columns


def _matrix_power(expr: Apply, inner: Expr, exponent: Expr, normal: Normal) -> Expr:
    match inner, exponent:
        case _, Constant(value=k) if k == 0:
            return eye(inner.shape.rows)
        case _, Constant(value=k) if k == 1:
            return inner
        case _, Constant(value=k) if k == -1:
            return normal(apply("inv", inner))
        case Apply(function="eye"), _:
            return inner
        case Apply(function="diag", arguments=(entries,)), Constant() if entries.shape.is_column:
            return apply("diag", normal(Power(entries, exponent)))
        case Apply(function="inv", arguments=(core,)), Constant(value=k):
            return normal(apply("matpow", core, number(-k)))
        case Transpose(argument=core), _:
            return transposed(normal(apply("matpow", core, exponent)))
        case _:
            return expr


def _determinant(expr: Apply, inner: Expr, normal: Normal) -> Expr:
    match inner:
        case Transpose(argument=core):
            return apply("det", core)
        case Apply(function="eye"):
            return ONE_NUMBER
        case Apply(function="inv", arguments=(core,)):
            return normal(Quotient(ONE_NUMBER, apply("det", core)))
        case _:
            return expr


def _kron(left: Expr, right: Expr, normal: Normal) -> Expr:
    made = apply("kron", left, right)
    if is_zero(left) or is_zero(right):
        return zeros(made.shape)
    if left.is_scalar or right.is_scalar:
        return normal(Product((left, right)))
    if is_identity(left) and is_identity(right):
        return eye(made.shape.rows)
    if (left.shape.is_row and right.shape.is_column) or (left.shape.is_column and right.shape.is_row):
        return normal(Product((left, right) if left.shape.is_column else (right, left)))
    match left, right:
        case _, Apply(function="kron", arguments=(first, second)) if _crosses(left, first):
            return normal(apply("kron", normal(apply("kron", left, first)), second))
        case Apply(function="kron", arguments=(first, second)), _ if _crosses(second, right):
            return normal(apply("kron", first, normal(apply("kron", second, right))))
        case _:
            pass
    a, b = chain(left), chain(right)
    if a.scalars != ONE or b.scalars != ONE:
        front = _front(Chain(a.scalars * b.scalars, (), SCALAR))
        return normal(Product((front, normal(apply("kron", _rest(a), _rest(b))))))
    return made


def _crosses(left: Expr, right: Expr) -> bool:
    """Whether a column meets a row, whose Kronecker product is a plain product."""
    return (left.shape.is_column and right.shape.is_row) or (left.shape.is_row and right.shape.is_column)


def _vec(expr: Apply, inner: Expr, normal: Normal) -> Expr:
    if inner.shape.is_column:
        return inner
    is_change = changes(inner)
    turned = transposed(inner)
    if inner.shape.is_row and not (is_change and isinstance(turned, Transpose)):
        return normal(Transpose(inner))
    if is_zero(inner):
        return zeros(expr.shape)
    link = chain(inner)
    if link.scalars != ONE:
        return _scaled(link, normal(apply("vec", _rest(link))), normal)
    if is_change:
        return expr
    if isinstance(inner, Apply) and inner.function == "ones":
        return ones(inner.shape.entries)
    split = next((k for k in range(1, len(link.arrays)) if link.arrays[k - 1].shape.columns == ONE_SIZE), None)
    if split is None:
        return expr
    left, right = (product(part) for part in (link.arrays[:split], link.arrays[split:]))
    return normal(apply("kron", transposed(right), left))


def _diag(expr: Apply, inner: Expr, normal: Normal) -> Expr:
    match inner:
        case Apply(function="ones") if inner.shape.is_column:
            return eye(inner.shape.rows)
        case Apply(function="eye"):
            return ones(inner.shape.rows)
        case Apply(function="ones"):
            return ones(inner.shape.rows)
        case Apply(function="diag", arguments=(core,)) if core.shape.is_column:
            return core
        case Transpose(argument=core) if not inner.shape.is_column:
            return apply("diag", core)
        case _ if is_zero(inner) or _has_no_diagonal(inner, normal):
            return zeros(expr.shape)
        case _:
            pass
    link = chain(inner)
    if _is_multiple_of_ones(link):
        return normal(Product((_front(link), eye(inner.shape.rows))))
    if not inner.shape.is_column and link.scalars != ONE:
        return _scaled(link, normal(apply("diag", _rest(link))), normal)
    if link.scalars.coefficient < 0:
        return normal(Product((MINUS_ONE, apply("diag", normal(Product((MINUS_ONE, inner)))))))
    if not inner.shape.is_column and len(link.arrays) == 2 and link.arrays[0].shape.is_column:
        return normal(Hadamard((link.arrays[0], transposed(link.arrays[1]))))
    return expr


def _has_no_diagonal(array: Expr, normal: Normal) -> bool:
    """Whether the diagonals of the terms of a matrix cancel: of X - X.T, and of X - diag(diag(X))."""
    if not isinstance(array, Sum) or array.shape.is_column or holds_change(array):
        return False
    return is_zero(normal(Sum(tuple(apply("diag", term) for term in array.terms))))


def _is_multiple_of_ones(link: Chain) -> bool:
    match link.arrays:
        case (Apply(function="ones") as only,):
            return only.shape.is_column
        case _:
            return False


def _commutation(expr: Apply, arguments: tuple[Expr, ...]) -> Expr:
    one = any(apply("ones", argument).shape == SCALAR for argument in arguments)
    return eye(expr.shape.rows) if one else expr


def _sum(expr: Apply, inner: Expr, normal: Normal) -> Expr:
    link = chain(inner)
    if link.scalars != ONE and not inner.is_scalar:
        return _scaled(link, normal(apply("sum", _rest(link))), normal)
    if changes(inner):
        return expr
    match inner:
        case Apply(function="ones"):
            return normal(size(inner.shape.entries))
        case Reference() | Apply(function="softmax") if _is_softmax(inner):
            return ONE_NUMBER
        case Apply(function="eye"):
            return size(inner.shape.rows)
        case _ if is_zero(inner):
            return zeros(SCALAR)
        case Transpose(argument=core):
            return apply("sum", core)
        case Sum(terms=terms) if any(term.is_scalar for term in terms):
            return _sum_with_numbers(expr, terms, normal)
        case _:
            return expr


def _is_softmax(array: Expr) -> bool:
    """Whether the entries add up to 1, by whatever name."""
    while isinstance(array, Reference):
        array = array.body
    return isinstance(array, Apply) and array.function == "softmax"


def _sum_with_numbers(expr: Apply, terms: tuple[Expr, ...], normal: Normal) -> Expr:
    """The sum of x - mean(x) as 0; a number among arrays is added as often as there are entries."""
    whole = expr.arguments[0].shape
    numbers = tuple(term for term in terms if term.is_scalar)
    arrays = tuple(term for term in terms if not term.is_scalar)
    inside = arrays[0] if len(arrays) == 1 else Sum(arrays)
    made = normal(Sum((apply("sum", inside), *(Product((size(whole.entries), term)) for term in numbers))))
    return made if count(made) < count(expr) else expr
