"""Functions of a number where an array is expected: what adds up, multiplies or arranges one entry gives it back."""

from __future__ import annotations

from derivgen.expr.build import ONE_NUMBER, apply
from derivgen.expr.nodes import Apply, Expr, Power, Product

_SAME = frozenset({"sum", "mean", "prod", "tr", "det", "diag", "vec", "logsumexp"})
_SIZES = frozenset({"norm", "norm1"})
_PRODUCTS = frozenset({"dot", "outer", "kron"})


def of_one_entry(expr: Apply) -> Expr | None:
    """The function without its name, or under that of numbers; None where it is one of numbers anyway."""
    match expr:
        case Apply(function=name, arguments=(inner,)) if inner.is_scalar and name in _SAME:
            return inner
        case Apply(function=name, arguments=(inner,)) if inner.is_scalar and name in _SIZES:
            return apply("abs", inner)
        case Apply(function="logdet", arguments=(inner,)) if inner.is_scalar:
            return apply("log", inner)
        case Apply(function="softmax", arguments=(inner,)) if inner.is_scalar:
            return ONE_NUMBER
        case Apply(function="matpow", arguments=(inner, exponent)) if inner.is_scalar:
            return Power(inner, exponent)
        case Apply(function=name, arguments=(left, right)) if name in _PRODUCTS and left.is_scalar and right.is_scalar:
            return Product((left, right))
        case _:
            return None
