"""A row of entries that no page has room for."""

from __future__ import annotations

import pytest

from derivgen.document.blocks import Line
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Expr, Product, Stack, Unresolved
from derivgen.printing.boxes import Box, Grid, Row, Script
from derivgen.printing.latex import latex
from derivgen.printing.lines import LIMIT, room
from derivgen.printing.notation import DEFAULT, notation_from
from derivgen.render.writer import UNBROKEN, line_rows
from tests.printing.formulas import f, s, t, x

PHONE = 18.0


def row(count: int) -> Expr:
    entry = Product((apply("exp", s), apply("sin", t), apply("cos", s)))
    return Stack((tuple(Product((number(k), entry)) for k in range(2, 2 + count)),))


def grids(box: Box) -> list[Grid]:
    match box:
        case Grid():
            return [box]
        case Row(boxes=boxes):
            return [grid for part in boxes for grid in grids(part)]
        case Script(base=base):
            return grids(base)
        case _:
            return []


def shapes(count: int, limit: float) -> list[tuple[int, int]]:
    rows = line_rows(Line(Unresolved(f, (x,)), (row(count),)), limit, DEFAULT)
    return [(len(grid.rows), len(grid.rows[0])) for _, right in rows for grid in grids(right)]


@pytest.mark.parametrize("limit", [LIMIT, PHONE])
def test_it_is_the_transpose_of_a_column(limit: float) -> None:
    assert shapes(2, limit) == [(1, 2)]
    assert shapes(9, limit) == [(9, 1)]


def test_it_then_fits_and_has_the_sign_of_the_notation() -> None:
    line = Line(Unresolved(f, (x,)), (row(9),))
    rows = line_rows(line, LIMIT, notation_from({"transpose": "T"}))
    assert room(rows) <= LIMIT
    assert latex(rows[-1][1]).endswith("^T")


def test_it_is_spoken_as_the_row_that_it_is() -> None:
    assert shapes(9, UNBROKEN) == [(1, 9)]
