"""The table of parts knows every node."""

from __future__ import annotations

from typing import get_args

from derivgen.calculus.checks import difference
from derivgen.expr.nodes import Expr, Product, Reference, Variable
from derivgen.expr.sizes import SCALAR
from derivgen.expr.walk import PARTS, shapes_within
from derivgen.project.budget import bounded


def test_every_node_has_its_parts() -> None:
    assert set(PARTS) == set(get_args(Expr))


def test_no_number_is_equal_to_what_is_none() -> None:
    nothing = complex("nan")
    assert difference([[1 + 0j, nothing]], [[1 + 0j, nothing]]) == float("inf")
    assert difference([[1 + 0j, 2 + 0j]], [[1 + 0j, 2 + 0j]]) == 0.0


def twice_each(depth: int) -> Expr:
    """A function of functions, each of which uses the one before twice."""
    made: Expr = Variable("x", SCALAR)
    for number in range(depth):
        made = Reference(f"f{number}", Product((made, made)))
    return made


def test_functions_that_use_the_last_one_twice_are_compared_in_time() -> None:
    # Written out they have two to the power of sixty parts.
    with bounded(5):
        assert twice_each(60) == twice_each(60)
        assert twice_each(60) != twice_each(59)
        assert shapes_within(twice_each(60)) == shapes_within(twice_each(60)) == (SCALAR,)


def test_references_are_equal_by_name_and_meaning() -> None:
    x = Variable("x", SCALAR)
    assert Reference("f", x) == Reference("f", Variable("x", SCALAR))
    assert hash(Reference("f", x)) == hash(Reference("f", Variable("x", SCALAR)))
    assert Reference("f", x) != Reference("g", x)
    assert Reference("f", x) != Reference("f", Variable("y", SCALAR))
    assert Reference("f", x) != x
