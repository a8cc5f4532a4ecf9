"""What a finished formula does not hold: factors that do nothing, derivatives that are still to be taken."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER
from derivgen.expr.nodes import Apply, Expr, Hadamard, Product, Sum, Transpose, Unresolved, Unspecified
from derivgen.expr.walk import contains, leaves


def leftovers(expr: Expr) -> tuple[str, ...]:
    """The names of what is left over in a formula, in the order of the table."""
    return tuple(name for name, is_left in LEFTOVERS.items() if contains(expr, is_left))


def _identity_factor(expr: Expr) -> bool:
    factors = expr.factors if isinstance(expr, Product) else ()
    arrays = [factor for factor in factors if not factor.is_scalar]
    return len(arrays) > 1 and any(isinstance(factor, Apply) and factor.function == "eye" for factor in arrays)


def _factor_one(expr: Expr) -> bool:
    return isinstance(expr, Product | Hadamard) and len(expr.factors) > 1 and ONE_NUMBER in expr.factors


def _zero_term(expr: Expr) -> bool:
    return isinstance(expr, Sum) and any(term == ZERO_NUMBER or _is_called(term, "zeros") for term in expr.terms)


def _double_transpose(expr: Expr) -> bool:
    return isinstance(expr, Transpose) and isinstance(expr.argument, Transpose)


def _double_minus(expr: Expr) -> bool:
    """A minus before a factor that begins with one, such as -(-x) or (-x) @ (-y)."""
    if not isinstance(expr, Product):
        return False
    signs = [factor for factor in expr.factors if factor == MINUS_ONE]
    return len(signs) + sum(isinstance(f, Product) and f.factors[0] == MINUS_ONE for f in expr.factors) > 1


def _ones_times_diagonal(expr: Expr) -> bool:
    """A row of ones times a diagonal matrix is a row; so is a diagonal matrix times a column of ones."""
    factors = expr.factors if isinstance(expr, Product) else ()
    for left, right in pairwise(factors):
        if isinstance(left, Transpose) and _is_called(left.argument, "ones") and _is_called(right, "diag"):
            return True
        if _is_called(left, "diag") and _is_called(right, "ones"):
            return True
    return False


def is_untaken(expr: Expr) -> bool:
    """A derivative of a function that is known; of one of which nothing is known it is the answer."""
    return isinstance(expr, Unresolved) and not any(isinstance(leaf, Unspecified) for leaf in leaves(expr.of))


def _is_called(expr: Expr, name: str) -> bool:
    return isinstance(expr, Apply) and expr.function == name and not expr.is_scalar


LEFTOVERS: dict[str, Callable[[Expr], bool]] = {
    "a factor that is the identity matrix": _identity_factor,
    "a factor 1": _factor_one,
    "a term 0": _zero_term,
    "a transpose of a transpose": _double_transpose,
    "a minus of a minus": _double_minus,
    "ones times a diagonal matrix": _ones_times_diagonal,
}
