"""The rules for functions of the table: entry by entry, reductions, and functions of matrices.

Sources stand with the records of the table.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.agreement import agree_around
from derivgen.calculus.conditions import are_equal_everywhere, own_conditions, simplified
from derivgen.calculus.diagonals import meet_on_diagonal
from derivgen.calculus.logarithms import log_of_softmax
from derivgen.calculus.operators import Differentials, Operator, change
from derivgen.calculus.ownentries import own_entry
from derivgen.calculus.rewrites import Rewrite, through, times
from derivgen.calculus.statements import filled
from derivgen.errors import NoRule
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER, apply, zeros
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.matrices import LARGEST_POWER
from derivgen.expr.functions.table import Function
from derivgen.expr.nodes import Apply, Constant, Differential, Expr, Product, Stack, Sum, Transpose
from derivgen.expr.sizes import Shape
from derivgen.problem.problem import Condition


def called(expr: Apply, operator: Operator) -> Rewrite:
    """The change of a function of the table.

    Raises: NoRule where no rule is known.
    """
    rewritten = log_of_softmax(expr)
    if rewritten is not None and operator.flavour == "differential":
        return Rewrite(Differential(rewritten), "rewrite", facts={"inner": expr, "logarithm": rewritten})
    record = FUNCTIONS[expr.function]
    needs = simplified(tuple(own_conditions(expr, derivative=True)))
    if record.is_elementwise:
        return _elementwise(expr, record, operator, needs)
    if operator.flavour == "differential":
        special = _written_out(expr) or _trace(expr, operator)
        if special is not None:
            return special
    inner = next(argument for argument in expr.arguments if operator.varies(argument))
    facts: dict[str, Expr] = {"inner": inner, "function": expr}
    changes = {k: change(argument, operator) for k, argument in enumerate(expr.arguments)}
    if operator.flavour == "partial":
        raise NoRule(f"{expr.function} of an array", "the partial derivative")
    if expr.function == "dot" and sum(operator.varies(a) for a in expr.arguments) == 1:
        constant = next(a for a in expr.arguments if not operator.varies(a))
        return Rewrite(
            Product((Transpose(constant), change(inner, operator))),
            "inner-product",
            facts={**facts, "constant": constant},
        )
    formula = record.differential if isinstance(record.differential, str) else record.differential(expr.arguments)
    if not formula:
        mend = f"write a whole number up to {LARGEST_POWER} for the exponent: matpow(X, 3)"
        raise NoRule("a matrix power with this exponent", "the differential", mend)
    as_matrix = record.linear and expr.shape.is_column and isinstance(operator, Differentials) and operator.as_matrix
    formula = record.linear if as_matrix else formula
    return Rewrite(filled(formula, record, expr, changes), _array_rule(record), facts=facts, conditions=needs)


def _written_out(expr: Apply) -> Rewrite | None:
    """The product of a few entries that are written down, one of which may be 0."""
    match expr:
        case Apply(function="prod", arguments=(Stack(rows=rows),)):
            factors = tuple(entry for row in rows for entry in row)
            made = factors[0] if len(factors) == 1 else Product(factors)
            return Rewrite(Differential(made), "rewrite", facts={"inner": expr})
        case _:
            return None


def _trace(expr: Apply, operator: Operator) -> Rewrite | None:
    """Traces, determinants and sums with a rule of their own: of a power, and of a Kronecker product."""
    match expr:
        case Apply(function="tr", arguments=(Apply(function="matpow", arguments=(base, exponent)),)) if (
            not operator.varies(exponent)
        ):
            lower = apply("matpow", base, tidied_sum(exponent, -1))
            made = Product((exponent, apply("tr", Product((lower, change(base, operator))))))
            needs = simplified((Condition(base, "invertible"),)) if not _is_at_least_one(exponent) else ()
            return Rewrite(made, "d-power", facts={"inner": base, "exponent": exponent}, conditions=needs)
        case Apply(function="det" | "logdet", arguments=(Apply(function="matpow", arguments=(base, exponent)),)) if (
            not operator.varies(exponent) and not isinstance(exponent, Constant)
        ):
            # det(X^k) = det(X)^k, whatever whole number k is.
            front = (exponent, expr) if expr.function == "det" else (exponent,)
            made = Product((*front, apply("tr", Product((apply("inv", base), change(base, operator))))))
            needs = simplified((Condition(base, "invertible"),))
            facts = {"inner": base, "exponent": exponent, "function": expr}
            return Rewrite(made, f"d-{expr.function}", ("d-power",), facts=facts, conditions=needs)
        case Apply(function="tr", arguments=(Apply(function="kron", arguments=(left, right)),)) if (
            left.shape.rows == left.shape.columns and right.shape.rows == right.shape.columns
        ):
            made = Product((apply("tr", left), apply("tr", right)))
            return Rewrite(Differential(made), "trace-kron", facts={"first": left, "second": right})
        case Apply(function="sum", arguments=(Apply(function="kron", arguments=(left, right)),)):
            made = Product((apply("sum", left), apply("sum", right)))
            return Rewrite(Differential(made), "sum-kron", facts={"first": left, "second": right})
        case _:
            return None


def tidied_sum(expr: Expr, number_: int) -> Expr:
    """The expression plus a whole number."""
    return Constant(expr.value + number_) if isinstance(expr, Constant) else Sum((expr, Constant(Fraction(number_))))


def _is_at_least_one(exponent: Expr) -> bool:
    return isinstance(exponent, Constant) and exponent.value >= 1


def _array_rule(record: Function) -> str:
    return "d-sum" if record.name == "sum" else record.rule


def _elementwise(expr: Apply, record: Function, operator: Operator, needs: tuple[Condition, ...]) -> Rewrite:
    varying = [k for k, argument in enumerate(expr.arguments) if operator.varies(argument)]
    facts: dict[str, Expr] = {"inner": expr.arguments[varying[0]], "function": expr}
    if len(varying) == 1:
        k = varying[0]
        # max(0, z) is the ReLU to every reader, however it is written.
        clips = expr.function == "max" and expr.arguments[1 - k] == ZERO_NUMBER
        rule = "relu" if clips else record.rule
        formula = apply("step", expr.arguments[k]) if clips else filled(record.partials[k], record, expr)
        outer = _shaped(formula, expr.shape)
        return through(expr, outer, expr.arguments[k], operator, rule, facts, needs)
    if expr.function in ("max", "min") and are_equal_everywhere(*expr.arguments):
        return Rewrite(change(expr.arguments[0], operator), record.rule, facts=facts)
    partials = [filled(partial, record, expr) for partial in record.partials]
    for k in (0, 1):
        if expr.function in ("max", "min") and _meet(expr.arguments[k], expr.arguments[1 - k], k):
            # Where they meet neither side is larger, and the entry counts once: what one side leaves is the other's.
            partials[1 - k] = Sum((ONE_NUMBER, Product((MINUS_ONE, partials[k]))))
    terms = tuple(times(_shaped(partials[k], expr.shape), change(expr.arguments[k], operator)) for k in varying)
    return Rewrite(Sum(terms), record.rule, ("d-elementwise",) if not expr.is_scalar else (), facts, needs)


def _meet(array: Expr, other: Expr, k: int) -> bool:
    """Whether `other` is an entry of the array, or the first of two that can agree on more than points."""
    if own_entry(array, other) is not None:
        return True
    return k == 0 and (meet_on_diagonal(array, other) or agree_around(array, other))


def _shaped(outer: Expr, shape: Shape) -> Expr:
    """A derivative such as 0 that the table writes as a number, in the shape of the function."""
    return zeros(shape) if outer.is_scalar and not shape.is_scalar and outer == ZERO_NUMBER else outer
