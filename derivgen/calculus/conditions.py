"""Where an expression has a value and a derivative: collected, with what always holds left out."""

from __future__ import annotations

from typing import Literal

from derivgen.calculus.statements import filled_condition
from derivgen.expr.build import ZERO_NUMBER, number, size
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
)
from derivgen.expr.walk import parts
from derivgen.problem.problem import Condition, RelationName

Sign = Literal["positive", "nonnegative", "unknown"]

_POSITIVE = ("exp", "cosh", "sigmoid", "softplus", "softmax", "ones", "pi")
_NONNEGATIVE = ("abs", "relu", "step", "norm", "norm1", "eye", "unit", "zeros")
_KEEPS_SIGN = ("sum", "mean", "prod", "sqrt")


def sign_of(expr: Expr) -> Sign:
    """What is sure of the sign of every entry for all values of the variables.

    A plain interval argument: it may answer "unknown" for what is positive, never the reverse.
    """
    match expr:
        case Constant(value=number):
            return "positive" if number > 0 else "nonnegative" if number == 0 else "unknown"
        case SizeNumber():
            return "positive"
        case Reference(body=body):
            return sign_of(body)
        case Transpose(argument=argument):
            return sign_of(argument)
        case Power(exponent=Constant(value=number)) if number.denominator == 1 and number % 2 == 0:
            return "positive" if number < 0 or sign_of(expr.base) == "positive" else "nonnegative"
        case Power(base=base):
            return sign_of(base)
        case Sum(terms=terms):
            return _all([sign_of(term) for term in terms], one_is_enough=True)
        case Product(factors=(left, right)) if _is_square(left, right):
            return "nonnegative"
        case Hadamard(factors=(left, right)) if left == right:
            return "nonnegative"
        case Product(factors=factors) | Hadamard(factors=factors):
            return _all([sign_of(factor) for factor in factors], one_is_enough=False)
        case Quotient(numerator=top, denominator=bottom):
            return _all([sign_of(top), sign_of(bottom)], one_is_enough=False)
        case Apply(function="sqrt", arguments=(argument,)) if sign_of(argument) == "unknown":
            return "nonnegative"
        case Apply(function=name, arguments=arguments):
            if name in _KEEPS_SIGN:
                return sign_of(arguments[0])
            return "positive" if name in _POSITIVE else "nonnegative" if name in _NONNEGATIVE else "unknown"
        case _:
            return "unknown"


def _is_square(left: Expr, right: Expr) -> bool:
    """Whether left * right is a number times itself, or u.T @ u of a vector."""
    return (left == right and left.is_scalar) or (right.shape.is_column and left == Transpose(right))


def _all(signs: list[Sign], *, one_is_enough: bool) -> Sign:
    if "unknown" in signs:
        return "unknown"
    positive = [sign == "positive" for sign in signs]
    return "positive" if (any(positive) if one_is_enough else all(positive)) else "nonnegative"


def always_holds(condition: Condition) -> bool:
    """Whether a condition is sure for all values, so that printing it would only make noise."""
    left, relation, right = condition.left, condition.relation, condition.right
    if isinstance(left, Constant) and isinstance(right, Constant):
        a, b = left.value, right.value
        return {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b, "!=": a != b, "=": a == b}.get(relation, False)
    if right != ZERO_NUMBER:
        return False
    sign = sign_of(left)
    return (sign == "positive" and relation in {">", ">=", "!="}) or (sign == "nonnegative" and relation == ">=")


def domain(expr: Expr) -> tuple[Condition, ...]:
    """The conditions under which `expr` has a value, innermost first."""
    return _collected(expr, derivative=False)


def smooth_domain(expr: Expr) -> tuple[Condition, ...]:
    """The conditions under which every function in `expr` has a value and a derivative."""
    return _collected(expr, derivative=True)


def _collected(expr: Expr, *, derivative: bool) -> tuple[Condition, ...]:
    inner = (expr.body,) if isinstance(expr, Reference) else parts(expr)
    found = [condition for part in inner for condition in _collected(part, derivative=derivative)]
    found += own_conditions(expr, derivative=derivative)
    return simplified(tuple(found))


def own_conditions(expr: Expr, *, derivative: bool) -> list[Condition]:
    """The conditions that the outermost node itself brings."""
    match expr:
        case Apply(function=name):
            record = FUNCTIONS[name]
            sources = dict.fromkeys(record.domain + (record.smooth if derivative else ()))
            return [filled_condition(source, record, expr) for source in sources]
        case Quotient(denominator=bottom):
            return [Condition(bottom, "!=", ZERO_NUMBER)]
        case Power(base=base, exponent=exponent):
            relation = power_condition(exponent, derivative=derivative)
            return [Condition(base, relation, ZERO_NUMBER)] if relation else []
        case Component(array=array, row=row, column=column):
            pairs = ((array.shape.rows, row), (array.shape.columns, column))
            return [Condition(size(s), ">=", number(k)) for s, k in pairs if s.number is None and k > 1]
        case Choice(left=left, right=right) if derivative:
            return [Condition(left, "!=", right)]
        case _:
            return []


def power_condition(exponent: Expr, *, derivative: bool) -> RelationName | None:
    """What the base must be to zero for base ** exponent (and its derivative by the base) to exist."""
    match exponent:
        case Constant(value=k) if k.denominator == 1:
            return "!=" if k < 0 else None
        case Constant(value=k):
            return ">" if (derivative and k < 1) or k < 0 else ">="
        case Quotient(numerator=Constant(value=a), denominator=Constant(value=b)) if b:
            return power_condition(Constant(a / b), derivative=derivative)
        case Product(factors=(Constant(value=a), *rest)) if len(rest) == 1 and isinstance(rest[0], Quotient | Constant):
            inner = power_condition(rest[0], derivative=derivative)
            return ">" if inner and a < 0 else inner
        case _:
            return ">"


def simplified(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Without what always holds, what stands twice, and what another one implies."""
    kept = [c for c in dict.fromkeys(canonical(c) for c in conditions) if not always_holds(c)]
    return tuple(c for c in kept if not any(_implies(other, c) for other in kept if other != c))


def canonical(condition: Condition) -> Condition:
    """The same condition as one writes it: z != 0 rather than 0 != z, x != 0 rather than x**2 > 0."""
    left, relation, right = condition.left, condition.relation, condition.right
    if right is None:
        return condition
    if isinstance(left, Constant) and not isinstance(right, Constant) and relation in _TURNED:
        return canonical(Condition(right, _TURNED[relation], left))
    if relation == "!=" and right == ZERO_NUMBER and isinstance(left, Sum) and len(left.terms) == 2:
        match left.terms:
            case (a, Product(factors=(Constant(value=value), *rest))) if value == -1:
                return Condition(a, "!=", rest[0] if len(rest) == 1 else Product(tuple(rest)))
    if relation in {"!=", ">"} and right == ZERO_NUMBER:
        core = _nonzero_core(left, relation)
        if core is not None:
            return canonical(Condition(core, "!=", right))
    return condition


def _nonzero_core(expr: Expr, relation: RelationName) -> Expr | None:
    """What must not be zero for a power or a scaled expression not to be zero (or an even power to be positive)."""
    match expr:
        case Power(base=base, exponent=Constant(value=k)) if k.denominator == 1 and (relation == "!=" or k % 2 == 0):
            return base
        case Reference(body=Power(exponent=Constant(value=k))) if k.denominator == 1 and k % 2 == 0:
            return _nonzero_core(expr.body, relation)
        case Component(array=Reference(body=Stack(rows=rows)), row=row, column=column) if isinstance(
            rows[row - 1][column - 1], Power
        ):
            return _nonzero_core(rows[row - 1][column - 1], relation)
        case Product(factors=(Constant(value=value), inner)) if value and relation == "!=":
            return inner
        case Apply(function="sqrt" | "abs", arguments=(inner,)) if relation == "!=":
            return inner
        case _:
            return None


_TURNED: dict[RelationName, RelationName] = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "!=": "!=", "=": "="}
_STRONGER: dict[str, tuple[str, ...]] = {">": (">=", "!="), "<": ("<=", "!=")}


def _implies(one: Condition, other: Condition) -> bool:
    return one.left == other.left and one.right == other.right and other.relation in _STRONGER.get(one.relation, ())
