"""Functions that are taken for others: what may stand in the place of a node, likeliest first."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.chains import product
from derivgen.errors import ShapeError
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Apply, Constant, Expr, Power, Product, Transpose

# What may stand in the place of a part, in several ways.
Change = Callable[[Expr], tuple[Expr, ...]]


def fitting(make: Callable[..., Expr], *arguments: object) -> tuple[Expr, ...]:
    """What is made, where the shapes fit."""
    try:
        return (make(*arguments),)
    except ShapeError:
        return ()


def other_norms(node: Expr) -> tuple[Expr, ...]:
    """A norm for its square, the sum of absolute values for it, and the reverse."""
    match node:
        case Power(base=Apply(function="norm", arguments=(inner,)) as norm, exponent=Constant(value=power)) if (
            power == 2
        ):
            return (norm, *_sum_of_sizes(inner))
        case Apply(function="norm", arguments=(inner,)):
            return (Power(node, number(2)), *_sum_of_sizes(inner))
        case Apply(function="norm1", arguments=(inner,)):
            return (apply("norm", inner), Power(apply("norm", inner), number(2)))
        case _:
            return ()


def _sum_of_sizes(inner: Expr) -> tuple[Expr, ...]:
    return () if inner.is_scalar else (apply("norm1", inner),)


def norms_for_squares(node: Expr) -> tuple[Expr, ...]:
    """A norm, and a sum of absolute values, for the square of a norm that is written as a product."""
    match node:
        case Apply(function="dot", arguments=(left, right)) if left == right:
            inner = left
        case Product(factors=(Transpose(argument=left), right)) if left == right and node.is_scalar:
            inner = left
        case Apply(function="tr", arguments=(Product(factors=(Transpose(argument=left), right)),)) if left == right:
            inner = left
        case Apply(function="sum", arguments=(Power(base=inner, exponent=Constant(value=power)),)) if power == 2:
            pass
        case _:
            return ()
    return () if inner.is_scalar else (apply("norm", inner), apply("norm1", inner))


def without_signs(node: Expr) -> tuple[Expr, ...]:
    """What stands within absolute values, without them."""
    match node:
        case Apply(function="abs", arguments=(inner,)):
            return (inner,)
        case Apply(function="norm1", arguments=(inner,)):
            return (apply("sum", inner),)
        case _:
            return ()


def without_normaliser(node: Expr) -> tuple[Expr, ...]:
    """The sum of exponentials, without the logarithm that makes its derivative a softmax."""
    match node:
        case Apply(function="logsumexp", arguments=(inner,)):
            return (apply("sum", apply("exp", inner)),)
        case Apply(function="log", arguments=(Apply(function="sum", arguments=(Apply(function="exp"),)) as total,)):
            return (total,)
        case _:
            return ()


def other_determinants(node: Expr) -> tuple[Expr, ...]:
    """The determinant for its logarithm, and the reverse."""
    match node:
        case Apply(function="logdet", arguments=(inner,)):
            return (apply("det", inner),)
        case Apply(function="log", arguments=(Apply(function="det") as inner,)):
            return (inner,)
        case Apply(function="det", arguments=(inner,)):
            return (apply("logdet", inner),)
        case _:
            return ()


def split_traces(node: Expr) -> tuple[Expr, ...]:
    """tr(P) tr(Q) for tr(P Q), however the factors are rotated."""
    match node:
        case Apply(function="tr", arguments=(Product(factors=factors),)):
            turns = [(*factors[k:], *factors[:k]) for k in range(len(factors))]
            split = [(turn[:k], turn[k:]) for turn in turns for k in range(1, len(factors))]
            return tuple(made for left, right in split for made in _traces_multiplied(left, right))
        case _:
            return ()


def _traces_multiplied(left: tuple[Expr, ...], right: tuple[Expr, ...]) -> tuple[Expr, ...]:
    halves = [one for part in (left, right) for one in fitting(product, part) if one.shape.rows == one.shape.columns]
    return (Product(tuple(apply("tr", half) for half in halves)),) if len(halves) == 2 else ()


def without_mean(node: Expr) -> tuple[Expr, ...]:
    """A sum for a mean."""
    match node:
        case Apply(function="mean", arguments=(inner,)):
            return (apply("sum", inner),)
        case _:
            return ()
