"""Which one rule a lecturer names for the derivative of a simple function by one variable that it uses.

The value of the derivative is worked out elsewhere; here only the name is chosen: the most
specific one, as in Parr and Howard (2018), sec. 4 to 6.
"""

from __future__ import annotations

from dataclasses import field

from derivgen.expr.build import ZERO_NUMBER
from derivgen.expr.functions import FUNCTIONS
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
    Variable,
)
from derivgen.expr.walk import depends_on
from derivgen.record import record

# What the rules for differentials are called where a derivative is read off at once.
AS_DERIVATIVE = {
    "d-sum": "sum-reduction", "d-elementwise": "elementwise-unary", "d-hadamard": "hadamard-rule", "d-linear": "sum",
    "d-product": "product", "d-quotient": "quotient", "d-chain": "chain", "d-constant": "constant",
}  # fmt: skip


@record
class Named:
    """The rule, lesser ones beside it, and the pieces that its sentence of why may name."""

    rule: str
    also: tuple[str, ...] = ()
    facts: dict[str, Expr] = field(default_factory=dict)

    def beside(self, *rules: str, **facts: Expr) -> Named:
        """The same with further rules."""
        also = tuple(name for name in dict.fromkeys((*self.also, *rules)) if name != self.rule)
        return Named(self.rule, also, {**facts, **self.facts})


def named(of: Expr, variable: Variable) -> Named | None:
    """The rule that gives the derivative of `of` by the variable in one step, or None if it takes several."""
    body = of.body if isinstance(of, Reference) else of
    if body.is_scalar and variable.is_scalar:
        return None
    return _rule(body, variable)


def _rule(body: Expr, x: Variable) -> Named | None:
    match body:
        case Variable():
            return Named("identity", facts={"inner": x})
        case Sum():
            return _sum(body, x)
        case Product():
            return _product(body, x)
        case Quotient(numerator=top, denominator=bottom) if _is_fixed(bottom, x) and bottom.is_scalar:
            inner = _rule(top, x)
            return None if inner is None else inner.beside("constant-multiple", constant=bottom)
        case Hadamard() | Quotient() | Power():
            return _entrywise(body, x)
        case Apply(function=name) if FUNCTIONS[name].is_elementwise:
            return _entrywise(body, x)
        case Apply():
            return _reduction(body, x)
        case _:
            return None


def _is_fixed(expr: Expr, x: Variable) -> bool:
    return not depends_on(expr, x.name)


def _sum(body: Sum, x: Variable) -> Named | None:
    varying = [term for term in body.terms if not _is_fixed(term, x)]
    constant = [term for term in body.terms if _is_fixed(term, x)]
    if len(varying) != 1:
        return None
    (term,) = varying
    facts: dict[str, Expr] = {"inner": x, "added": constant[0] if len(constant) == 1 else Sum(tuple(constant))}
    if body.is_scalar:
        inner = _rule(term, x)
        return None if inner is None else inner.beside("constant", **facts)
    if term == x and x.is_scalar:
        return Named("scalar-expansion", facts=facts)
    if term == x or _is_minus(term, x):
        negative = any(_is_negative(part) for part in body.terms)
        return Named("difference" if negative else "elementwise-binary", facts=facts)
    inner = _rule(term, x)
    return None if inner is None else inner.beside("constant", **facts)


def _is_negative(term: Expr) -> bool:
    return isinstance(term, Product) and isinstance(term.factors[0], Constant) and term.factors[0].value < 0


def _is_minus(term: Expr, x: Variable) -> bool:
    return _is_negative(term) and isinstance(term, Product) and term.factors[1:] == (x,)


def _product(body: Product, x: Variable) -> Named | None:
    """A x, a.T x, x.T x and numbers in front of them."""
    scalars = tuple(f for f in body.factors if f.is_scalar and _is_fixed(f, x))
    rest = tuple(f for f in body.factors if f not in scalars)
    if scalars and rest:
        inner = _rule(rest[0] if len(rest) == 1 else Product(rest), x)
        front = scalars[0] if len(scalars) == 1 else Product(scalars)
        return None if inner is None else inner.beside("constant-multiple", constant=front)
    match rest:
        case (Transpose(argument=left), right) if body.is_scalar:
            return _inner_product(left, right, x)
        case (*maps, last) if maps and last == x and not x.is_scalar and all(_is_fixed(f, x) for f in maps):
            matrix = maps[0] if len(maps) == 1 else Product(tuple(maps))
            return Named("linear-map", facts={"constant": matrix, "inner": x})
        case _ if x in rest and x.is_scalar and rest.count(x) == 1:
            others = tuple(f for f in rest if f != x)
            if others and all(_is_fixed(f, x) for f in others):
                copies = others[0] if len(others) == 1 else Product(others)
                return Named("constant-multiple", facts={"constant": copies, "variable": x})
    return None


def _inner_product(left: Expr, right: Expr, x: Variable) -> Named | None:
    if left == x and right == x:
        return Named("norm-squared", facts={"inner": x})
    if left == x and _is_fixed(right, x):
        return Named("inner-product", facts={"constant": right, "inner": x})
    if right == x and _is_fixed(left, x):
        return Named("inner-product", facts={"constant": left, "inner": x})
    return None


def _entrywise(body: Expr, x: Variable) -> Named | None:
    """f(x), and an entry-by-entry operation of x with something fixed."""
    match body:
        case Power(base=Apply(function="norm", arguments=(inner,)), exponent=Constant(value=value)) if value == 2:
            return _outside("norm-squared", inner, x)
        case _ if body.is_scalar or x.is_scalar:
            return None
        case Power(base=base, exponent=exponent) if base == x and exponent.is_scalar and _is_fixed(exponent, x):
            return Named("elementwise-unary", ("power",), {"inner": x, "exponent": exponent})
        case Hadamard(factors=factors) if factors.count(x) == 1:
            others = tuple(f for f in factors if f != x)
            if all(_is_fixed(f, x) for f in others):
                constant = others[0] if len(others) == 1 else Hadamard(others)
                return Named(
                    "elementwise-binary", facts={"constant": constant, "inner": x, "sign": Hadamard((constant, x))}
                )
        case Quotient(numerator=top, denominator=bottom) if x in (top, bottom):
            other = bottom if top == x else top
            if _is_fixed(other, x):
                return Named("elementwise-binary", ("quotient",), {"constant": other, "inner": x})
        case Apply(function=name, arguments=arguments) if arguments.count(x) == 1:
            others = tuple(a for a in arguments if a != x)
            if all(_is_fixed(a, x) for a in others):
                rule = "elementwise-unary" if all(a.is_scalar for a in others) else "elementwise-binary"
                clips = name == "max" and ZERO_NUMBER in others
                return Named(rule, ("relu" if clips else FUNCTIONS[name].rule,), {"inner": x, "function": body})
    return None


def _reduction(body: Apply, x: Variable) -> Named | None:
    match body:
        case Apply(function="dot", arguments=(left, right)):
            return _inner_product(left, right, x)
        case Apply(function="sum", arguments=(Hadamard(factors=(left, right)),)) if (
            x in (left, right) and left != right
        ):
            return _inner_product(left, right, x)
        case Apply(function="sum" | "mean" as name, arguments=(inner,)) if not x.is_scalar:
            return _outside("sum-reduction" if name == "sum" else "mean", inner, x)
        case Apply(function="norm" | "norm1" | "prod" | "logsumexp" as name, arguments=(inner,)) if not x.is_scalar:
            return _outside(FUNCTIONS[name].rule, inner, x)
        case Apply(function="softmax", arguments=(inner,)) if inner == x:
            return Named("softmax", facts={"inner": x})
        case _:
            return None


def _outside(rule: str, inner: Expr, x: Variable) -> Named | None:
    """A rule around x itself, or around one that has a name of its own."""
    if inner == x:
        return Named(rule, facts={"inner": x})
    within = _rule(inner, x)
    if within is None or inner.is_scalar:
        return None
    own = tuple(name for name in (within.rule, *within.also) if name != "elementwise-unary")
    return Named(rule, own, {"inner": inner})
