"""Every record of the table of functions against an independent NumPy version and against SymPy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derivgen.calculus.crosscheck import Exact
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import Point, value
from derivgen.expr import build
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions.table import Function
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.syntax.parse import Scope, parse
from tests import oracle
from tests.calculus.judge import Rough, central, differ
from tests.oracle import FUNCTIONS as NUMPY
from tests.oracle import Array

SIZES = {"n": 3}
VECTOR = Shape(Size.named("n"), ONE)
SQUARE = Shape(Size.named("n"), Size.named("n"))
OF_MATRICES = ("tr", "det", "logdet", "inv", "kron", "vec")
# matpow has one differential for each exponent: test_matrices.py.
VARYING = [r for r in FUNCTIONS.values() if r.name != "matpow" and (r.partials or r.differential)]

# Points in the domain and off the kinks: (0.2, 0.9) suits all, the signs those that are defined everywhere.
SIGNED = frozenset(FUNCTIONS) - {"log", "sqrt"}
SEEDS = (1, 2)


def shapes_for(record: Function) -> tuple[Shape, ...]:
    """The shapes a record is tried at: scalars too, where it acts entry by entry."""
    if record.name in OF_MATRICES:
        return (SQUARE,)
    return (VECTOR, SCALAR) if record.is_elementwise else (VECTOR,)


def variables_for(record: Function, shape: Shape) -> tuple[Variable, ...]:
    return tuple(Variable(name, shape) for name in record.parameters)


def point_for(record: Function, shape: Shape, seed: int) -> dict[str, Array]:
    rng = np.random.default_rng(seed)
    size = (shape.rows.at(SIZES), shape.columns.at(SIZES))
    point: dict[str, Array] = {}
    for name in record.parameters:
        signs = rng.choice([-1.0, 1.0], size) if record.name in SIGNED else 1.0
        # Numbers that SymPy holds exactly as well.
        point[name] = np.round(rng.uniform(0.2, 0.9, size) * 128) / 128 * signs
        if record.name in ("det", "logdet", "inv"):
            point[name] += 2 * np.eye(size[0])
        point[f"d{name}"] = np.round(rng.uniform(-1, 1, size) * 128) / 128
    return point


CASES = [
    pytest.param(record, shape, seed, id=f"{record.name}-{'scalar' if shape.is_scalar else 'vector'}-{seed}")
    for record in VARYING
    for shape in shapes_for(record)
    for seed in SEEDS
]


def differential(record: Function, shape: Shape) -> Expr:
    """The differential that the record claims: its own, or partials times changes."""
    names: dict[str, Expr] = {variable.name: variable for variable in variables_for(record, shape)}
    scope = Scope(names, frozenset(), differentials=True)
    if record.differential:
        formula = record.differential
        return parse(formula if isinstance(formula, str) else formula(variables_for(record, shape)), scope)
    terms = [f"({partial})*d{name}" for partial, name in zip(record.partials, record.parameters, strict=True)]
    return parse(" + ".join(terms), scope)


@pytest.mark.parametrize(("record", "shape", "seed"), CASES)
def test_the_differential_of_a_record_is_that_of_numpys_version(record: Function, shape: Shape, seed: int) -> None:
    point = point_for(record, shape, seed)

    def moved(t: float) -> Array:
        return np.array(NUMPY[record.name](*(point[p] + t * point[f"d{p}"] for p in record.parameters)), dtype=float)

    h = 1e-3
    wanted = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h)
    claimed = differential(record, shape)
    found = oracle.value(claimed, point, SIZES)
    if claimed.shape.is_scalar and wanted.size > 1:
        found = np.full_like(wanted, found.item())
    assert found.shape == wanted.shape
    assert differ(found, wanted) < 1e-8


@pytest.mark.parametrize(("record", "shape", "seed"), CASES)
def test_the_value_of_a_record_is_that_of_numpys_version(record: Function, shape: Shape, seed: int) -> None:
    point = point_for(record, shape, seed)
    found = record.value(FLOATS, *(point[name].tolist() for name in record.parameters))
    wanted = np.array(NUMPY[record.name](*(point[name] for name in record.parameters)), dtype=float)
    assert differ(np.array(found).real, wanted) < 1e-12


@pytest.mark.parametrize(("record", "shape", "seed"), CASES)
def test_the_value_of_a_record_in_exact_arithmetic_is_its_value_in_floats(
    record: Function, shape: Shape, seed: int
) -> None:
    import sympy

    point = point_for(record, shape, seed)
    exact = Exact()
    arrays = [
        [[exact.number(Fraction(float(z))) for z in row] for row in point[name].tolist()] for name in record.parameters
    ]
    found = [[complex(sympy.N(z, 20)) for z in row] for row in record.value(exact, *arrays)]
    wanted = record.value(FLOATS, *(point[name].tolist() for name in record.parameters))
    assert differ(np.array(found).real, np.array(wanted).real) < 1e-12


@pytest.mark.parametrize(
    "record",
    [r for r in VARYING if r.name not in ("diag", "outer", *OF_MATRICES)],
    ids=lambda record: record.name,
)
def test_the_derivative_of_an_unresolved_call_is_right(record: Function) -> None:
    """The complex step, by which steps are checked, agrees with plain differences."""
    from derivgen.expr.nodes import Unresolved

    variables = variables_for(record, shapes_for(record)[0])
    call = build.apply(record.name, *variables)
    point = point_for(record, shapes_for(record)[0], 3)
    inner = Point({k: v.astype(complex).tolist() for k, v in point.items()}, SIZES)
    found = np.array(value(Unresolved(call, (variables[0],)), inner, FLOATS)).real
    try:
        wanted = central(call, (variables[0],), point, SIZES)
    except Rough:
        pytest.fail("the point is too close to a kink")
    assert differ(found, wanted) < 1e-6


def test_every_function_of_the_table_has_a_version_in_numpy() -> None:
    assert sorted(FUNCTIONS) == sorted(NUMPY)
