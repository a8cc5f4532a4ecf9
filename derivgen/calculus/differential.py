"""The rules that push a change (d or a partial derivative) one level inwards: one function a node.

Sources of the rules: Magnus and Neudecker, Matrix Differential Calculus, 3rd ed. (2019),
ch. 8, for differentials; any calculus text for the scalar rules.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from derivgen.calculus.called import called
from derivgen.calculus.conditions import is_even_power, own_conditions, power_condition, simplified
from derivgen.calculus.operators import Operator, change
from derivgen.calculus.rewrites import Rewrite, flat, through, times
from derivgen.errors import NoRule
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER, apply, number, ones, zeros
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
from derivgen.expr.sizes import Shape
from derivgen.problem.problem import Condition


def push(expr: Expr, operator: Operator) -> Rewrite:
    """The change of `expr`, one level further in.

    Raises: NoRule where no rule is known.
    """
    match expr:
        case Constant() | SizeNumber() | Variable():
            return _leaf(expr, operator)
        case Reference(body=body):
            return push(body, operator)
        case Unspecified():
            return _unspecified(expr, operator)
        case Sum():
            return _sum(expr, operator)
        case Product():
            return _product(expr, operator)
        case Hadamard():
            return _hadamard(expr, operator)
        case Quotient():
            return _quotient(expr, operator)
        case Power():
            return _power(expr, operator)
        case Transpose(argument=argument):
            inner = push(argument, operator)
            return Rewrite(
                Transpose(inner.expr), inner.rule, (*inner.also, "d-transpose"), inner.facts, inner.conditions
            )
        case Stack(rows=((entry,),)):
            return push(entry, operator)
        case Stack(rows=rows):
            entries = tuple(tuple(change(entry, operator) for entry in row) for row in rows)
            return Rewrite(Stack(entries), "d-vec", facts={"inner": expr})
        case Component(array=array, row=row, column=column):
            return Rewrite(Component(change(array, operator), row, column), "d-vec", facts={"inner": array})
        case Choice():
            return _choice(expr, operator)
        case Apply(function="matpow", arguments=(base, exponent)) if base.is_scalar:
            return _power(Power(base, exponent), operator)
        case Apply():
            return called(expr, operator)
        case Summation():
            raise NoRule("a sum over a letter", "the differential")
        case Differential() | Unresolved():
            raise NoRule("a derivative that is not worked out", "the differential")
    assert_never(expr)


def _named(operator: Operator, partial: str, differential: str) -> str:
    return partial if operator.flavour == "partial" else differential


def _leaf(expr: Expr, operator: Operator) -> Rewrite:
    if operator.varies(expr):
        return Rewrite(operator.of(expr), _named(operator, "variable", "d-linear"), facts={"inner": expr})
    return Rewrite(zeros(expr.shape), _named(operator, "constant", "d-constant"), facts={"constant": expr})


def _unspecified(expr: Unspecified, operator: Operator) -> Rewrite:
    if any(operator.varies(v) and not isinstance(v, Variable) for v in expr.of):
        raise NoRule(f"the unspecified function {expr.name} of functions", "the differential")
    terms = [Product((Unresolved(expr, (v,)), Differential(v))) for v in expr.of if operator.varies(v)]
    if any(not v.shape.is_column for v in expr.of) or not expr.shape.is_column:
        raise NoRule(f"the unspecified function {expr.name} of matrices", "the differential")
    facts: dict[str, Expr] = {"inner": expr}
    return Rewrite(terms[0] if len(terms) == 1 else Sum(tuple(terms)), "d-chain", facts=facts)


def _sum(expr: Sum, operator: Operator) -> Rewrite:
    varying = [term for term in expr.terms if operator.varies(term)]
    constant = [term for term in expr.terms if not operator.varies(term)]
    also = (_named(operator, "constant", "d-constant"),) if constant else ()
    facts: dict[str, Expr] = {"inner": expr}
    if constant:
        facts["constant"] = constant[0] if len(constant) == 1 else Sum(tuple(constant))
    if operator.flavour == "partial":
        negative = any(_is_negative(term) for term in expr.terms)
        terms = tuple(_signed_change(term, operator) for term in expr.terms)
        return Rewrite(Sum(terms), "difference" if negative else "sum", also, facts)
    spread = any(term.is_scalar for term in varying) and not expr.is_scalar
    terms = tuple(_spread(_linear_change(term, operator), expr.shape) for term in varying)
    return Rewrite(Sum(terms), "scalar-expansion" if spread and len(varying) == 1 else "d-linear",
                   (*also, *(("scalar-expansion",) if spread and len(varying) > 1 else ())), facts)  # fmt: skip


def _is_negative(term: Expr) -> bool:
    return isinstance(term, Product) and isinstance(term.factors[0], Constant) and term.factors[0].value < 0


def _signed_change(term: Expr, operator: Operator) -> Expr:
    """The change of a term with its minus sign in front, as a difference is written."""
    match term:
        case Product(factors=(Constant(value=value), *rest)) if value == -1 and rest:
            inner = rest[0] if len(rest) == 1 else Product(tuple(rest))
            return Product((MINUS_ONE, operator.shown(inner)))
        case _:
            return operator.shown(term)


def _linear_change(term: Expr, operator: Operator) -> Expr:
    """D of a term with its constant numbers in front: d(2 X) = 2 dX."""
    if isinstance(term, Product) and isinstance(term.factors[0], Constant):
        rest = term.factors[1:]
        return Product((term.factors[0], change(rest[0] if len(rest) == 1 else Product(rest), operator)))
    return change(term, operator)


def _spread(term: Expr, shape: Shape) -> Expr:
    """A scalar that stands among arrays, written as a multiple of ones."""
    return Product((ones(shape.rows, shape.columns), term)) if term.is_scalar and not shape.is_scalar else term


def _product(expr: Product, operator: Operator) -> Rewrite:
    varying = [k for k, factor in enumerate(expr.factors) if operator.varies(factor)]
    constants = tuple(factor for factor in expr.factors if not operator.varies(factor))
    facts: dict[str, Expr] = {"inner": expr}
    if constants:
        facts["constant"] = constants[0] if len(constants) == 1 else _grouped(constants)
    if len(varying) == 1:
        return _one_varies(expr, varying[0], operator, facts)
    if operator.flavour == "partial" and constants:
        rest = Product(tuple(expr.factors[k] for k in varying))
        return Rewrite(flat((*constants, operator.of(rest))), "constant-multiple", facts=facts)
    if len(varying) == 2:
        facts |= {"first": expr.factors[varying[0]], "second": expr.factors[varying[1]]}
    terms = []
    for k in varying:
        factors = tuple(_piece(f, operator) if i == k else f for i, f in enumerate(expr.factors))
        terms.append(Product(factors))
    return Rewrite(Sum(tuple(terms)), _named(operator, "product", "d-product"), facts=facts)


def _piece(factor: Expr, operator: Operator) -> Expr:
    """The change of a factor as the product rule shows it."""
    return operator.shown(factor) if operator.flavour == "partial" else change(factor, operator)


def _grouped(constants: tuple[Expr, ...]) -> Expr:
    """Several constants as one expression to name; only scalars can be grouped safely."""
    if all(constant.is_scalar for constant in constants):
        return Product(constants)
    return next(constant for constant in constants if not constant.is_scalar)


def _one_varies(expr: Product, k: int, operator: Operator, facts: dict[str, Expr]) -> Rewrite:
    factor = expr.factors[k]
    others = expr.factors[:k] + expr.factors[k + 1 :]
    facts["inner"] = factor
    if operator.flavour == "partial":
        made = flat((*others, operator.shown(factor)))
        return Rewrite(made, "constant-multiple", ("variable",) if operator.of(factor) == ONE_NUMBER else (), facts)
    turned = _inner_product(expr, k, operator)
    if turned is not None:
        return Rewrite(turned, "inner-product", facts=facts)
    made = Product((*expr.factors[:k], change(factor, operator), *expr.factors[k + 1 :]))
    is_map = isinstance(factor, Variable | Reference) and any(not other.is_scalar for other in others)
    if not (is_map and k == len(expr.factors) - 1):
        return Rewrite(made, "d-linear", facts=facts)
    arrays = tuple(other for other in others if not other.is_scalar)
    return Rewrite(made, "linear-map", facts={**facts, "constant": arrays[0] if len(arrays) == 1 else Product(arrays)})


def _inner_product(expr: Product, k: int, operator: Operator) -> Expr | None:
    """a.T @ dx for a.T @ x and for x.T @ a, with a constant."""
    if not expr.is_scalar or len([f for f in expr.factors if not f.is_scalar]) != 2:
        return None
    match expr.factors[k], [f for i, f in enumerate(expr.factors) if i != k and not f.is_scalar]:
        case Variable() as x, [row] if k == len(expr.factors) - 1:
            return Product((*(f for f in expr.factors if f.is_scalar), row, change(x, operator)))
        case Transpose(argument=Variable() as x), [a] if not isinstance(a, Transpose):
            scalars = tuple(f for f in expr.factors if f.is_scalar)
            return Product((*scalars, Transpose(a), change(x, operator)))
        case _:
            return None


def _hadamard(expr: Hadamard, operator: Operator) -> Rewrite:
    varying = [k for k, factor in enumerate(expr.factors) if operator.varies(factor)]
    terms = []
    for k in varying:
        others = expr.factors[:k] + expr.factors[k + 1 :]
        terms.append(Hadamard((*others, change(expr.factors[k], operator))))
    facts: dict[str, Expr] = {"inner": expr}
    if len(varying) == 1:
        facts["constant"] = next(f for i, f in enumerate(expr.factors) if i != varying[0])
    return Rewrite(terms[0] if len(terms) == 1 else Sum(tuple(terms)), "d-hadamard", facts=facts)


def _quotient(expr: Quotient, operator: Operator) -> Rewrite:
    top, bottom = expr.numerator, expr.denominator
    condition = (Condition(bottom, "!=", ZERO_NUMBER),)
    facts: dict[str, Expr] = {"first": top, "second": bottom}
    if not operator.varies(bottom):
        facts |= {"constant": bottom, "inner": top}
        rule = _named(operator, "constant-multiple", "d-linear")
        return Rewrite(Quotient(change(top, operator), bottom), rule, facts=facts, conditions=simplified(condition))
    square = Power(bottom, number(2))
    if operator.flavour == "partial":
        first = flat((operator.shown(top), bottom))
        second = flat((MINUS_ONE, top, operator.shown(bottom)))
        # A constant numerator leaves one term; 0 * g would only be noise.
        numerator = Sum((first, second)) if operator.varies(top) else second
        return Rewrite(Quotient(numerator, square), "quotient", facts=facts, conditions=simplified(condition))
    drop = Product((MINUS_ONE, times(Quotient(top, square), change(bottom, operator))))
    terms = (Quotient(change(top, operator), bottom), drop) if operator.varies(top) else (drop,)
    if not expr.is_scalar and bottom.is_scalar is False:
        return Rewrite(Sum(terms), "d-elementwise", ("quotient",), facts, simplified(condition))
    return Rewrite(Sum(terms), "d-quotient", facts=facts, conditions=simplified(condition))


def _power(expr: Power, operator: Operator) -> Rewrite:
    base, exponent = expr.base, expr.exponent
    facts: dict[str, Expr] = {"inner": base, "exponent": exponent}
    log_base = apply("log", base)
    if not operator.varies(exponent):
        squared = _norm_squared(expr, operator)
        if squared is not None:
            return squared
        relation = power_condition(exponent, derivative=True)
        needs = simplified((Condition(base, relation, ZERO_NUMBER),)) if relation else ()
        outer = (
            times(exponent, _lowered(base, exponent))
            if exponent.is_scalar
            else Hadamard((exponent, _lowered(base, exponent)))
        )
        return through(expr, outer, base, operator, "power", facts, needs)
    positive = simplified((Condition(base, ">", ZERO_NUMBER),))
    if not operator.varies(base):
        return through(expr, times(expr, log_base), exponent, operator, "exponential-base", facts, positive)
    inside = Sum((times(change(exponent, operator), log_base), times(exponent, Quotient(change(base, operator), base))))
    also = ("d-elementwise",) if not expr.is_scalar else ()
    return Rewrite(times(expr, inside), "general-power", also, facts, positive)


def _lowered(base: Expr, exponent: Expr) -> Expr:
    """Base ** (exponent - 1)."""
    if isinstance(exponent, Constant):
        lower = exponent.value - 1
        return ONE_NUMBER if lower == 0 and base.is_scalar else base if lower == 1 else Power(base, Constant(lower))
    return Power(base, Sum((exponent, Constant(Fraction(-1)))))


def _norm_squared(expr: Power, operator: Operator) -> Rewrite | None:
    """d(norm(r)**2) = 2 r.T @ dr: without the root, so without the condition r != 0."""
    match expr:
        case Power(base=Apply(function="norm", arguments=(r,)), exponent=Constant(value=value)) if value == 2:
            if operator.flavour == "partial" or r.is_scalar:
                return None
            if not r.shape.is_column:
                traced = apply("tr", Product((Transpose(r), change(r, operator))))
                return Rewrite(Product((number(2), traced)), "d-norm", facts={"inner": r})
            made = Product((number(2), Transpose(r), change(r, operator)))
            return Rewrite(made, "norm-squared", facts={"inner": r})
        case Power(base=Apply(function="norm", arguments=(r,)) as size, exponent=Constant(value=value)) if (
            is_even_power(value) and operator.flavour != "partial" and not r.is_scalar
        ):
            # norm(r)**4 is a power of norm(r)**2, which has no kink where r is 0.
            square, k = Power(size, number(2)), Constant(value / 2)
            outer = times(k, Power(size, Constant(value - 2)))
            return through(expr, outer, square, operator, "power", {"inner": square, "exponent": k}, ())
        case _:
            return None


def _choice(expr: Choice, operator: Operator) -> Rewrite:
    needs = tuple(own_conditions(expr, derivative=True))
    if not operator.varies(expr.then) and not operator.varies(expr.otherwise):
        return Rewrite(zeros(expr.shape), "cases", conditions=needs)
    then, otherwise = change(expr.then, operator), change(expr.otherwise, operator)
    made = Choice(expr.relation, expr.left, expr.right, then, otherwise)
    return Rewrite(_spread(made, expr.shape), "cases", conditions=needs)
