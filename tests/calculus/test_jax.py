"""The table of cases against JAX: automatic differentiation of the text of each problem, in float64.

The texts are run as Python over jax.numpy, so nothing of derivgen is used but its answer.
Needs the extra `jax`; without it these tests are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from derivgen.calculus.derive import derive
from tests.calculus import differences
from tests.calculus.cases import ROWS, Row
from tests.calculus.judge import differ, numbers_in, size_names
from tests.oracle import Array

pytestmark = pytest.mark.slow

jax: Any = pytest.importorskip("jax")
jax.config.update("jax_enable_x64", True)
jnp: Any = jax.numpy

# A problem with an inverse of X.T @ X has a value only where X is tall.
TALL = {"m": 5, "n": 3, "p": 2, "q": 4, "k": 6}


def _norm(x: Any) -> Any:
    return jnp.sqrt(jnp.sum(x * x))


def _scalar(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: jnp.reshape(function(x), (1, 1))


def _diag(x: Any) -> Any:
    return jnp.diagflat(x) if x.shape[1] == 1 else jnp.diag(x).reshape(-1, 1)


NAMES: dict[str, Any] = {
    **{name: getattr(jnp, name) for name in ("exp", "log", "sqrt", "sin", "tan", "tanh")},
    "sigmoid": jax.nn.sigmoid, "relu": jax.nn.relu, "softplus": jax.nn.softplus, "max": jnp.maximum,
    "sum": _scalar(jnp.sum), "mean": _scalar(jnp.mean), "norm": _scalar(_norm),
    "norm1": _scalar(lambda x: jnp.sum(jnp.abs(x))), "logsumexp": _scalar(jax.nn.logsumexp), "tr": _scalar(jnp.trace),
    "det": _scalar(jnp.linalg.det), "logdet": _scalar(lambda x: jnp.linalg.slogdet(x)[1]), "inv": jnp.linalg.inv,
    "matpow": jnp.linalg.matrix_power, "outer": lambda a, b: a @ b.T, "kron": jnp.kron,
    "vec": lambda x: x.T.reshape(-1, 1), "diag": _diag, "softmax": lambda x: jax.nn.softmax(x, axis=None),
    "eye": jnp.eye, "ones": lambda m, n=1: jnp.ones((m, n)),
    "commutation": lambda m, n: jnp.eye(m * n).reshape(m, n, m * n).transpose(1, 0, 2).reshape(m * n, m * n).T,
    "entry": lambda x, i, j=1: x[i - 1 : i, j - 1 : j],
}  # fmt: skip


def valued(row: Row, asked: str, point: Mapping[str, Any], sizes: Mapping[str, int]) -> Any:
    """The value of the function `asked` for, by running the texts of all functions in order."""
    known = {**NAMES, **sizes, **point}
    for line in row.functions.split("; "):
        name, _, body = line.partition(" = ")
        source = re.sub(r"(\([^()]*\)|\w+(?:\([^()]*\))?)\[([0-9, ]+)\]", r"entry(\1, \2)", body)
        made = eval(source, {"__builtins__": {}}, known)  # noqa: S307  # the texts are those of the table
        known[name] = jnp.concatenate(made) if isinstance(made, list) else made
    return known[asked]


def columns_first(array: Any) -> Any:
    return jnp.reshape(jnp.transpose(array), (-1,))


def symmetric_part(size: int) -> Array:
    """(I + K)/2: what turns the derivative by all entries into that by a symmetric matrix."""
    swap = np.eye(size * size).reshape(size, size, -1).transpose(1, 0, 2).reshape(size * size, -1)
    return np.array((np.eye(size * size) + swap) / 2)


def by_jax(row: Row, point: dict[str, Array], sizes: dict[str, int]) -> Array:
    """The derivative in numerator layout."""
    request = row.problem().requests[0]
    wrt, of = request.wrt[0], request.of.name
    shape = point[wrt.name].shape

    def function(flat: Any, rest: dict[str, Any]) -> Any:
        whole = jnp.reshape(flat, shape[::-1]).T
        return columns_first(valued(row, of, {**rest, wrt.name: whole}, sizes))

    flat = columns_first(point[wrt.name])
    half = symmetric_part(shape[0]) if wrt.symmetric else np.eye(flat.size)
    if request.order == 2 and not request.then:
        return np.array(half @ jax.jacrev(jax.jacrev(lambda x: function(x, point)[0]))(flat) @ half)
    if request.then:
        second = request.then[0]
        gradient = jax.jacrev(lambda x, rest: function(x, rest)[0])
        turned = point[second.name].shape[::-1]

        def moved(other: Any) -> Any:
            return gradient(flat, {**point, second.name: jnp.reshape(other, turned).T})

        return np.array(jax.jacrev(moved)(columns_first(point[second.name])))
    made = np.array(jax.jacrev(lambda x: function(x, point))(flat)) @ half
    if request.of.is_scalar:
        return made.reshape(shape[::-1])
    if wrt.is_scalar:
        of_shape = valued(row, of, point, sizes).shape
        return made.reshape(of_shape[::-1]).T
    return made


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_both_layouts_are_those_of_jax(row: Row) -> None:
    problem = row.problem()
    found = derive(problem, problem.requests[0])
    is_hessian = found.request.order == 2 and not found.request.then
    names = size_names(problem)
    sizes = {name: TALL[name] for name in names}
    point = differences.draw_point(problem.variables, sizes, np.random.default_rng(8), positive=True)
    wanted = by_jax(row, point, sizes)
    value = numbers_in(found.result("numerator"), point, sizes)
    assert differ(value, wanted, 1e-3) < 1e-8
    turned = value if is_hessian else value.T
    assert differ(numbers_in(found.result("denominator"), point, sizes), turned) < 1e-10


def test_the_texts_mean_the_same_to_jax_and_to_numpy() -> None:
    """The runner itself, on the values of all functions."""
    for row in ROWS:
        problem = row.problem()
        sizes = {name: TALL[name] for name in size_names(problem)}
        point = differences.draw_point(problem.variables, sizes, np.random.default_rng(3), positive=True)
        asked = problem.requests[0].of
        assert differ(np.array(valued(row, asked.name, point, sizes)), numbers_in(asked, point, sizes)) < 1e-9, str(row)
