"""A plain evaluator of nodes, written from language.md alone: the judge of printers and rules in the tests.

Every value is a 2-D array, scalars too. Nothing here is shared with the package but the
nodes themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

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
)

Array = NDArray[np.float64]
Point = Mapping[str, Array]


def value(expr: Expr, point: Point, sizes: Mapping[str, int]) -> Array:
    """The value of `expr`, a 2-D array; `point` gives variables, dx, unspecified functions and letters by name."""
    result = _value(expr, point, sizes)
    assert result.shape == (expr.shape.rows.at(sizes), expr.shape.columns.at(sizes)), (
        f"{expr} has the shape {result.shape}"
    )
    return result


def is_defined(expr: Expr, point: Point, sizes: Mapping[str, int]) -> bool:
    """Whether nothing on the way is divided by 0, overflows or has no value: 0.5**(1/0) is 0, but is no value."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            return bool(np.isfinite(value(expr, point, sizes)).all())
    except (FloatingPointError, np.linalg.LinAlgError):
        return False


def _value(expr: Expr, point: Point, sizes: Mapping[str, int]) -> Array:
    def of(part: Expr) -> Array:
        return value(part, point, sizes)

    match expr:
        case Constant(value=number):
            return np.array([[float(number)]])
        case SizeNumber(size=size):
            return np.array([[float(size.at(sizes))]])
        case Variable(name=name) | Unspecified(name=name):
            return point[name]
        case Differential(of=Variable(name=name)):
            return point[f"d{name}"]
        case Differential() | Unresolved():
            raise ValueError("this has no value of its own")
        case Reference(body=body):
            return of(body)
        case Sum(terms=terms):
            return _folded(np.add, [of(term) for term in terms])
        case Product(factors=factors):
            return _product([of(factor) for factor in factors])
        case Hadamard(factors=factors):
            return _folded(np.multiply, [of(factor) for factor in factors])
        case Quotient(numerator=left, denominator=right):
            return np.divide(of(left), of(right))
        case Power(base=base, exponent=exponent):
            return np.power(of(base), of(exponent))
        case Transpose(argument=argument):
            return np.swapaxes(of(argument), 0, 1)
        case Stack(rows=rows):
            return np.array([[of(entry).item() for entry in row] for row in rows])
        case Component(array=array, row=row, column=column):
            return of(array)[_place(row, point)][:, _place(column, point)]
        case Summation(index=index, body=body):
            added = [value(body, {**point, index.name: np.array([[float(k)]])}, sizes) for k in _numbers(index, sizes)]
            return np.array(np.sum(added, axis=0))
        case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
            return np.where(COMPARISONS[relation](of(left), of(right)), of(then), of(otherwise))
        case Apply(function=function, arguments=arguments):
            return np.array(FUNCTIONS[function](*(of(argument) for argument in arguments)), dtype=float)
    assert_never(expr)


def _place(index: Place, point: Point) -> slice:
    number = int(point[index.name].item()) if isinstance(index, Index) else index
    return slice(number - 1, number)


def _numbers(index: Index, sizes: Mapping[str, int]) -> range:
    return range(1, index.size.at(sizes) + 1)


def _folded(operation: Callable[[Array, Array], Array], values: list[Array]) -> Array:
    total = values[0]
    for other in values[1:]:
        total = operation(total, other)
    return total


def _product(values: list[Array]) -> Array:
    total = values[0]
    for other in values[1:]:
        total = total * other if 1 in (total.size, other.size) else np.einsum("ij,jk->ik", total, other)
    return total


COMPARISONS: dict[str, Callable[[Array, Array], NDArray[np.bool_]]] = {
    ">": np.greater, "<": np.less, ">=": np.greater_equal, "<=": np.less_equal,
}  # fmt: skip


def _filled(number: float) -> Callable[..., Array]:
    return lambda rows, columns=None: np.full(
        (int(rows[0, 0]), int(columns[0, 0]) if columns is not None else 1), number
    )


def _diag(x: Array) -> Array:
    if x.shape[1] == 1:
        return np.array([[x[i, 0] if i == j else 0.0 for j in range(len(x))] for i in range(len(x))])
    return np.array([[x[i, i]] for i in range(len(x))])


def _reduction(reduce: Callable[[Array], float]) -> Callable[[Array], Array]:
    return lambda x: np.array([[float(reduce(x))]])


def _commutation(m: int, n: int) -> Array:
    made = np.zeros((m * n, m * n))
    for i in range(m):
        for j in range(n):
            made[i * n + j, j * m + i] = 1
    return made


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "abs": np.absolute, "sign": np.sign, "sin": np.sin, "cos": np.cos,
    "tan": np.tan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asin": np.arcsin, "acos": np.arccos,
    "atan": np.arctan,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.where(x > 0, x, 0.0),
    "softplus": lambda x: np.logaddexp(0, x),
    "step": lambda x: (x > 0).astype(float),
    "max": lambda a, b: a * (a > b) + b * (a <= b),
    "min": lambda a, b: a * (a < b) + b * (a >= b),
    "sum": _reduction(lambda x: sum(x.ravel())),
    "mean": _reduction(lambda x: sum(x.ravel()) / x.size),
    "prod": _reduction(lambda x: float(np.prod(x))),
    "norm": _reduction(lambda x: float(np.linalg.norm(x))),
    "norm1": _reduction(lambda x: sum(abs(entry) for entry in x.ravel())),
    "logsumexp": _reduction(lambda x: float(np.log(sum(np.exp(x.ravel()))))),
    "dot": lambda a, b: np.array([[sum(p * q for p, q in zip(a.ravel(), b.ravel(), strict=True))]]),
    "diag": _diag,
    "softmax": lambda x: np.exp(x) / sum(np.exp(x.ravel())),
    "ones": _filled(1.0),
    "zeros": _filled(0.0),
    "eye": lambda n: np.eye(int(n[0, 0])),
    "unit": lambda n, i: np.array([[float(k + 1 == int(i[0, 0]))] for k in range(int(n[0, 0]))]),
    "tr": _reduction(lambda x: float(np.einsum("ii", x))),
    "det": _reduction(lambda x: float(np.linalg.det(x))),
    "logdet": _reduction(lambda x: float(np.log(np.linalg.det(x)))),
    "inv": lambda x: np.array(np.linalg.solve(x, np.eye(len(x))), dtype=float),
    "matpow": lambda x, k: np.array(np.linalg.matrix_power(x, round(k.item())), dtype=float),
    "outer": lambda a, b: np.outer(a, b),
    "kron": lambda a, b: np.array(np.kron(a, b), dtype=float),
    "vec": lambda x: np.concatenate([x[:, [j]] for j in range(x.shape[1])]),
    "commutation": lambda m, n: _commutation(int(m[0, 0]), int(n[0, 0])),
    "pi": lambda: np.array([[np.pi]]),
}  # fmt: skip
