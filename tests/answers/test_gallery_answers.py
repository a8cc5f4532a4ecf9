"""Gallery answers rewritten at random are right; with one sign, factor, index or transpose changed they are not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from derivgen.answers.check import judge
from derivgen.answers.key import LAYOUTS, Key, key_of
from derivgen.answers.limits import work
from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr.build import negative, number
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Component, Constant, Expr, Hadamard, Power, Product, Quotient, Sum, Transpose
from derivgen.expr.walk import inlined, parts, with_parts
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName
from derivgen.project.projects import project_of
from derivgen.spec.files import find_specs
from derivgen.spec.model import load_spec
from derivgen.syntax.parse import parse
from tests import oracle
from tests.calculus.judge import is_specified

GALLERY = Path(__file__).parents[2] / "specs"
Change = Callable[[Expr, random.Random], Expr]


@cache
def keys() -> tuple[Key, ...]:
    """The keys of all derivatives of the gallery whose functions have bodies."""
    return tuple(_keys())


def _keys() -> Iterator[Key]:
    for path in find_specs([GALLERY]):
        problem = load_spec(path, project_of(path)).problem
        for request in problem.requests if problem is not None else ():
            if problem is not None and is_specified(request.of):
                yield key_of(problem, derive(problem, request))


# Equal forms


def with_zero(expr: Expr, rng: random.Random) -> Expr:
    other = Product((number(rng.randint(2, 9)), expr))
    return Sum((expr, other, negative(other)))


def with_one(expr: Expr, rng: random.Random) -> Expr:
    factor = Fraction(rng.randint(1, 9), rng.randint(1, 9))
    return Product((Constant(factor), Product((Constant(1 / factor), expr))))


def twice_turned(expr: Expr, rng: random.Random) -> Expr:  # noqa: ARG001  # all rewrites take the same
    return Transpose(Transpose(expr))


def reordered(expr: Expr, rng: random.Random) -> Expr:
    match expr:
        case Sum(terms=several):
            return Sum(tuple(rng.sample(several, len(several))))
        case Hadamard(factors=several):
            return Hadamard(tuple(rng.sample(several, len(several))))
        case Product(factors=(left, Sum(terms=several))) if all(one.shape == expr.factors[1].shape for one in several):
            return Sum(tuple(Product((left, one)) for one in several))
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar:
            return Product((Quotient(number(1), bottom), top))
        case _:
            return expr


def written_out(expr: Expr, rng: random.Random) -> Expr:  # noqa: ARG001
    return inlined(expr)


REWRITES: tuple[Change, ...] = (with_zero, with_one, twice_turned, reordered, written_out)


def holds_names(expr: Expr) -> bool:
    name = getattr(expr, "function", "")
    return isinstance(expr, Component) or hasattr(expr, "wrt") or (name in FUNCTIONS and FUNCTIONS[name].takes_sizes)


def rewritten(expr: Expr, rng: random.Random, depth: int = 2) -> Expr:
    if depth and parts(expr) and not holds_names(expr) and not isinstance(expr, Power):
        expr = with_parts(expr, tuple(rewritten(part, rng, depth - 1) for part in parts(expr)))
    return rng.choice(REWRITES)(expr, rng) if rng.random() < 0.5 else expr


# One thing changed


def changed(expr: Expr, key: Key, rng: random.Random) -> Expr | None:
    """The expression with one sign, factor, index or transpose changed at a random place; None where that fails."""
    places = list(paths(expr))
    path = rng.choice(places)
    try:
        # Read again, so that every shape is that of the changed parts.
        return parse(text(at_path(expr, path, lambda node: slip(node, rng))), key.scope)
    except (ShapeError, DerivgenError, ValueError):
        return None


def paths(expr: Expr) -> Iterator[tuple[int, ...]]:
    yield ()
    if not holds_names(expr) and not isinstance(expr, Power):
        for k, part in enumerate(parts(expr)):
            yield from ((k, *rest) for rest in paths(part))


def at_path(expr: Expr, path: tuple[int, ...], change: Callable[[Expr], Expr]) -> Expr:
    if not path:
        return change(expr)
    inner = list(parts(expr))
    inner[path[0]] = at_path(inner[path[0]], path[1:], change)
    return with_parts(expr, tuple(inner))


def slip(node: Expr, rng: random.Random) -> Expr:
    match node:
        case Component(array=array, row=int(row), column=int(column)):
            return Component(array, row + 1, column) if row == 1 else Component(array, row - 1, column)
        case Power(base=base, exponent=Constant(value=exponent)):
            return Power(base, Constant(exponent + 1))
        case Transpose(argument=inner):
            return inner
    factor = rng.choice((Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(3)))
    if not node.is_scalar and node.shape.rows == node.shape.columns and rng.random() < 0.5:
        return Transpose(node)
    return Product((Constant(factor), node))


def differs(key: Key, answer: Expr, layout: LayoutName) -> bool:
    """Whether NumPy sees another value than that of the key, at one of the points."""
    if answer.shape != key.shape(layout):
        return True
    for place in key.places:
        point = {name: np.array(array, dtype=complex).real for name, array in place.point.values.items()}
        with np.errstate(all="ignore"):
            found = oracle.value(inlined(answer), point, place.point.sizes)
        right = np.array(place.values[layout])
        if not np.isfinite(found).all() or abs(found - right).max() > 1e-6 * abs(right).max():
            return True
    return False


def rounds(count: int, seed: int) -> Iterator[tuple[Key, LayoutName, random.Random]]:
    rng = random.Random(seed)  # noqa: S311  # the same answers in every run are wanted
    for _ in range(count):
        yield rng.choice(keys()), rng.choice(LAYOUTS), rng


def are_accepted(count: int, seed: int) -> int:
    done = 0
    for key, layout, rng in rounds(4 * count, seed):
        try:
            answer = rewritten(key.results[layout], rng)
        except ShapeError:
            continue
        typed = text(answer)
        if len(typed) > 2_000 or any(work(answer, place.point.sizes) > key.allowance for place in key.places):
            continue
        judged = judge(key, typed, layout)
        assert judged.verdict == "correct", (key.request.text, layout, typed, judged.message)
        done += 1
        if done == count:
            break
    return done


def are_refused(count: int, seed: int) -> int:
    done = 0
    for key, layout, rng in rounds(4 * count, seed):
        answer = changed(key.results[layout], key, rng)
        if answer is None or not differs(key, answer, layout):
            continue
        judged = judge(key, text(answer), layout)
        assert judged.verdict != "correct", (key.request.text, layout, text(answer))
        done += 1
        if done == count:
            break
    return done


def test_equal_forms_of_gallery_answers_are_accepted() -> None:
    assert are_accepted(150, seed=1) == 150


def test_gallery_answers_with_one_thing_changed_are_refused() -> None:
    assert are_refused(100, seed=2) == 100


@pytest.mark.slow
def test_a_thousand_equal_forms_of_gallery_answers_are_accepted() -> None:
    assert are_accepted(1000, seed=3) == 1000


@pytest.mark.slow
def test_a_thousand_gallery_answers_with_one_thing_changed_are_refused() -> None:
    assert are_refused(1000, seed=4) == 1000


@pytest.mark.night
@pytest.mark.parametrize("seed", range(5, 15))
def test_ten_thousand_equal_forms_of_gallery_answers_are_accepted(seed: int) -> None:
    assert are_accepted(1000, seed) == 1000


@pytest.mark.night
@pytest.mark.parametrize("seed", range(15, 25))
def test_ten_thousand_gallery_answers_with_one_thing_changed_are_refused(seed: int) -> None:
    assert are_refused(1000, seed) == 1000
