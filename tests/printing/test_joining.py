"""Rows of a narrow page that a wide one joins."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.expr.nodes import Expr
from derivgen.printing import mathml
from derivgen.printing.boxes import EMPTY, Box, Space, beside
from derivgen.printing.joining import joined, joined_width, without_indent
from derivgen.printing.lines import ARROW, EQUALS, Aligned, aligned, equation_rows
from derivgen.printing.present import present
from derivgen.printing.widths import width
from tests.printing.formulas import EXPRESSIONS, parsed, product, s, t, total

LEFT = present(s)
SUM = present(total(*[product(s, t)] * 8))
WIDEST = 36.0


def content(groups: tuple[Aligned, ...]) -> list[Box]:
    sides = (side for row in chain(*groups) for side in row)
    return [box for side in sides for box in without_indent(side) if not isinstance(box, Space)]


@settings(max_examples=50, deadline=None)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_groups_hold_every_row_in_order_and_fit_a_wide_page(rights: list[Expr]) -> None:
    rows = aligned(LEFT, tuple(map(present, rights)), limit=18.0)
    groups = joined(rows, WIDEST)
    assert content(groups) == content((rows,))
    assert all(joined_width(group) <= WIDEST or len(group) == 1 for group in groups)


def test_a_line_that_a_wide_page_holds_is_one_group() -> None:
    rows = equation_rows(LEFT, (SUM,), (LEFT, (present(t),)), limit=18.0)
    assert len(rows) > 1
    assert joined(rows, WIDEST) == (rows,)
    whole = beside(LEFT, EQUALS, SUM, Space(1.0), ARROW, Space(1.0), LEFT, EQUALS, present(t))
    assert joined_width(rows) == pytest.approx(width(whole))


def test_each_relation_starts_a_line_where_not_all_fit_on_one() -> None:
    rows = aligned(LEFT, (SUM, SUM, SUM), limit=18.0)
    groups = joined(rows, WIDEST)
    assert [len(group) for group in groups] == [len(rows) / 3] * 3
    assert all(left == EMPTY for group in groups for left, _ in group)
    assert all(EQUALS in without_indent(group[0][1]) for group in groups)


def test_a_term_that_is_broken_stays_together_where_it_can() -> None:
    wide = present(product(total(*[s] * 6), total(*[t] * 6)))
    rows = ((LEFT, beside(EQUALS, SUM)), *((EMPTY, row) for row in (beside(Space(1.0), present(total(s, t))), wide)))
    assert len(joined(rows, joined_width(rows[:2]) + 1)) == 2


def test_the_markup_of_joined_rows_says_where_an_arrow_stands_and_is_said_once() -> None:
    rows = equation_rows(LEFT, (SUM,), (LEFT, (SUM,)), limit=18.0)
    one = mathml.joined((rows,), ("w34",), alttext="said")
    assert [one.count(mark) for mark in ('class="equations w34"', '<mtr class="then">', "said", "<mtr")] == [
        1,
        1,
        1,
        len(rows),
    ]
    parsed(one)
    several = mathml.joined((rows[:1], rows[1:]), ("w10", "w20"), alttext="said")
    assert [several.count(mark) for mark in ('class="groups"', "w10", "w20", "said")] == [1, 0, 1, 1]
    parsed(several)
