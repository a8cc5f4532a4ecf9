"""Functions that act entry by entry.

Derivatives of the elementary functions: any calculus text, for instance Abramowitz and
Stegun, ch. 4. Sigmoid and softplus: Goodfellow, Bengio and Courville, Deep Learning, sec. 3.10.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derivgen.expr.functions.table import (
    Arithmetic,
    Array,
    Call,
    Exponential,
    Fence,
    Function,
    Indicator,
    Notation,
    Number,
    Radical,
    common_shape,
)

_ZERO, _ONE = Fraction(0), Fraction(1)


def _each(entry: Callable[[Arithmetic, Number], Number]) -> Callable[[Arithmetic, Array], Array]:
    return lambda m, x: [[entry(m, z) for z in row] for row in x]


def _pairs(entry: Callable[[Arithmetic, Number, Number], Number]) -> Callable[[Arithmetic, Array, Array], Array]:
    def value(m: Arithmetic, a: Array, b: Array) -> Array:
        rows, columns = max(len(a), len(b)), max(len(a[0]), len(b[0]))

        def at(x: Array, i: int, j: int) -> Number:
            return x[0][0] if len(x) == len(x[0]) == 1 else x[i][j]

        return [[entry(m, at(a, i, j), at(b, i, j)) for j in range(columns)] for i in range(rows)]

    return value


def _unary(
    name: str,
    entry: Callable[[Arithmetic, Number], Number],
    derivative: str,
    rule: str,
    *,
    notation: Notation | None = None,
    numpy: str = "",
    domain: tuple[str, ...] = (),
    smooth: tuple[str, ...] | None = None,
    source: str = "calculus text",
) -> Function:
    return Function(
        name=name,
        parameters=("x",),
        shape=common_shape,
        value=_each(entry),
        notation=notation or Call(name),
        numpy=numpy or f"np.{name}(x)",
        rule=rule,
        partials=(derivative,),
        domain=domain,
        smooth=domain if smooth is None else smooth,
        source=source,
    )


def _binary(
    name: str, entry: Callable[[Arithmetic, Number, Number], Number], partials: tuple[str, str], numpy: str
) -> Function:
    return Function(
        name=name,
        parameters=("a", "b"),
        shape=common_shape,
        value=_pairs(entry),
        notation=Call(name),
        numpy=numpy,
        rule="max-min",
        partials=partials,
        smooth=("a != b",),
        source="Parr and Howard, sec. 4.2",
    )


def _step(m: Arithmetic, z: Number) -> Number:
    return m.number(_ONE) if m.positive(z) else m.number(_ZERO)


def _sign(m: Arithmetic, z: Number) -> Number:
    return _step(m, z) - _step(m, -z)


def _softplus(m: Arithmetic, z: Number) -> Number:
    # log(1 + e^z), written so that a large z does not overflow.
    return z + m.log(1 + m.exp(-z)) if m.positive(z) else m.log(1 + m.exp(z))


def _sigmoid(m: Arithmetic, z: Number) -> Number:
    return 1 / (1 + m.exp(-z)) if m.positive(z) else m.exp(z) / (1 + m.exp(z))


FUNCTIONS = (
    _unary("exp", lambda m, z: m.exp(z), "exp(x)", "elementary-exp-log", notation=Exponential()),
    _unary("log", lambda m, z: m.log(z), "1/x", "elementary-exp-log", domain=("x > 0",)),
    _unary(
        "sqrt",
        lambda m, z: m.sqrt(z),
        "1/(2*sqrt(x))",
        "elementary-sqrt",
        notation=Radical(),
        domain=("x >= 0",),
        smooth=("x > 0",),
    ),
    _unary(
        "abs",
        lambda m, z: z if m.positive(z) else -z,
        "sign(x)",
        "abs",
        notation=Fence("single"),
        smooth=("x != 0",),
    ),
    _unary("sign", _sign, "0", "sign", smooth=("x != 0",)),
    _unary("sin", lambda m, z: m.sin(z), "cos(x)", "elementary-trig"),
    _unary("cos", lambda m, z: m.cos(z), "-sin(x)", "elementary-trig"),
    _unary("tan", lambda m, z: m.tan(z), "1/cos(x)**2", "elementary-trig", domain=("cos(x) != 0",)),
    _unary("sinh", lambda m, z: m.sinh(z), "cosh(x)", "elementary-hyp"),
    _unary("cosh", lambda m, z: m.cosh(z), "sinh(x)", "elementary-hyp"),
    _unary("tanh", lambda m, z: m.tanh(z), "1 - tanh(x)**2", "elementary-hyp"),
    _unary(
        "asin",
        lambda m, z: m.asin(z),
        "1/sqrt(1 - x**2)",
        "elementary-inverse-trig",
        notation=Call("arcsin"),
        numpy="np.arcsin(x)",
        domain=("abs(x) <= 1",),
        smooth=("abs(x) < 1",),
    ),
    _unary(
        "acos",
        lambda m, z: m.acos(z),
        "-1/sqrt(1 - x**2)",
        "elementary-inverse-trig",
        notation=Call("arccos"),
        numpy="np.arccos(x)",
        domain=("abs(x) <= 1",),
        smooth=("abs(x) < 1",),
    ),
    _unary(
        "atan",
        lambda m, z: m.atan(z),
        "1/(1 + x**2)",
        "elementary-inverse-trig",
        notation=Call("arctan"),
        numpy="np.arctan(x)",
    ),
    _unary(
        "sigmoid",
        _sigmoid,
        "sigmoid(x)*(1 - sigmoid(x))",
        "elementary-sigmoid",
        notation=Call("σ"),
        numpy="np.exp(-np.logaddexp(0.0, -x))",
        source="Goodfellow, Bengio and Courville, sec. 3.10",
    ),
    _unary(
        "relu",
        lambda m, z: z if m.positive(z) else 0 * z,
        "step(x)",
        "relu",
        numpy="np.maximum(0.0, x)",
        smooth=("x != 0",),
        source="Parr and Howard, sec. 5",
    ),
    _unary(
        "softplus",
        _softplus,
        "sigmoid(x)",
        "elementary-softplus",
        numpy="np.logaddexp(0.0, x)",
        source="Goodfellow, Bengio and Courville, sec. 3.10",
    ),
    _unary("step", _step, "0", "sign", notation=Indicator(), numpy="np.where(x > 0, 1.0, 0.0)", smooth=("x != 0",)),
    _binary("max", lambda m, a, b: a if m.positive(a - b) else b, ("step(a - b)", "step(b - a)"), "np.maximum(a, b)"),
    _binary("min", lambda m, a, b: b if m.positive(a - b) else a, ("step(b - a)", "step(a - b)"), "np.minimum(a, b)"),
)
