"""The table of parts knows every node."""

from __future__ import annotations

from typing import get_args

from derivgen.calculus.checks import difference
from derivgen.expr.nodes import Expr
from derivgen.expr.walk import PARTS


def test_every_node_has_its_parts() -> None:
    assert set(PARTS) == set(get_args(Expr))


def test_no_number_is_equal_to_what_is_none() -> None:
    nothing = complex("nan")
    assert difference([[1 + 0j, nothing]], [[1 + 0j, nothing]]) == float("inf")
    assert difference([[1 + 0j, 2 + 0j]], [[1 + 0j, 2 + 0j]]) == 0.0
