"""Long displays are broken at their relations and signs, and lose nothing."""

from __future__ import annotations

from pathlib import Path

import typst as typst_compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Expr, Product, Transpose, Unresolved
from derivgen.printing import latex, mathml, typst
from derivgen.printing.boxes import EMPTY, TIMES, Box, Fenced, Operator, Row, Script, Space, Word, beside, inner
from derivgen.printing.lines import LIMIT, SCALES, Aligned, aligned, defined, equation_rows, room, scale
from derivgen.printing.present import present
from derivgen.printing.widths import width
from tests.printing.formulas import EXPRESSIONS, f, minus, parsed, product, s, t, total, x, y

LEFT = present(Unresolved(f, (x,)))
TERM = present(product(s, t))
LONG = present(total(*[product(s, t)] * 50))


def signs(box: Box) -> tuple[Box, ...]:
    flat = beside(box)
    boxes = flat.boxes if isinstance(flat, Row) else (flat,)
    return tuple(part for part in boxes if not isinstance(part, Space))


def content(rows: Aligned) -> tuple[Box, ...]:
    return tuple(sign for left, right in rows for sign in (*signs(left), *signs(right)))


def test_short_equation_stays_on_one_row() -> None:
    assert len(aligned(LEFT, (TERM, TERM))) == 1


def test_long_chain_breaks_at_each_equals_sign() -> None:
    rows = aligned(LEFT, (TERM,) * 30)
    assert len(rows) == 30
    assert all(signs(right)[0] == Operator("=", "relation") for _, right in rows)
    assert all(signs(left) == () for left, _ in rows[1:])


def test_long_sum_breaks_before_its_signs() -> None:
    rows = aligned(LEFT, (LONG,))
    assert len(rows) > 1
    assert all(signs(right)[0] == Operator("+", "binary") for _, right in rows[1:])


def test_what_follows_stands_behind_an_arrow() -> None:
    rows = equation_rows(LEFT, (TERM,), (LEFT, (TERM,)))
    assert len(rows) == 1
    assert r"\Longrightarrow" in latex.display(rows)
    assert len(equation_rows(LEFT, (LONG,), (LEFT, (TERM,)))) > 2


@settings(max_examples=50, deadline=None)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_breaking_keeps_the_content_and_the_limit(rights: list[Expr]) -> None:
    boxes = tuple(present(right) for right in rights)
    equals = Operator("=", "relation")
    unbroken = (*signs(LEFT), *(sign for box in boxes for sign in (equals, *signs(box))))
    rows = aligned(LEFT, boxes, limit=20.0)
    assert content(rows) == unbroken
    for _, right in rows:
        has_sign = sum(
            isinstance(sign, Operator) and sign.sign in ("+", "−") and sign.kind == "binary" for sign in signs(right)
        )
        starts_with_sign = signs(right)[0] in (Operator("+", "binary"), Operator("−", "binary"))
        assert width(LEFT) + width(right) <= 20.0 or has_sign == int(starts_with_sign)


def test_rows_are_aligned_in_every_format(tmp_path: Path) -> None:
    rows = aligned(LEFT, (LONG, TERM))
    assert latex.display(rows).count("\\\\") == len(rows) - 1
    root = parsed(mathml.display(rows, alttext="long", tex="f"))
    assert len(root.findall(".//{http://www.w3.org/1998/Math/MathML}mtr")) == len(rows)
    source = tmp_path / "rows.typ"
    source.write_text(f"$ {typst.display(rows)} $", encoding="utf-8")
    assert typst_compiler.compile(str(source), format="pdf").startswith(b"%PDF")


def test_a_product_of_brackets_that_is_too_wide_breaks_before_a_bracket() -> None:
    bracket = Fenced("(", present(total(*[s] * 4)), ")")
    product_ = beside(*(part for _ in range(8) for part in (TIMES, bracket)))
    rows = aligned(LEFT, (product_,), limit=14.0)
    assert len(rows) > 1
    assert all(width(left) + width(right) <= 16.0 for left, right in rows)


def test_an_implication_with_a_wide_left_side_starts_at_the_edge() -> None:
    wide = Word("wide" * 5)
    rows = equation_rows(LEFT, (TERM,), (wide, (TERM,)), limit=14.0)
    assert [width(left) for left, _ in rows] == [0, 0]


def test_rows_with_fractions_do_not_touch_and_flat_rows_stand_close() -> None:
    tall, flat = (LEFT, TERM), (TERM, TERM)
    assert latex.display((tall, flat, flat)).count(r"\\[4pt]") == 1


def flat_letters(box: Box) -> str:
    """The letters and signs of a box in reading order, its brackets too."""
    if isinstance(box, Fenced):
        return box.left + "".join(map(flat_letters, inner(box))) + box.right
    own = getattr(box, "letter", getattr(box, "text", getattr(box, "digits", getattr(box, "sign", ""))))
    return own + "".join(map(flat_letters, inner(box)))


def test_what_no_page_holds_is_broken_inside_its_brackets_and_loses_nothing() -> None:
    bracket = Script(Fenced("(", LONG, ")"), above=Operator("⊤", "ordinary"))
    rows = aligned(LEFT, (beside(TERM, TIMES, bracket),))
    assert len(rows) > 2
    assert room(rows) <= LIMIT
    whole = flat_letters(beside(LEFT, Operator("=", "relation"), TERM, TIMES, bracket))
    assert "".join(flat_letters(part) for row in rows for part in row) == whole


def test_a_factor_that_no_page_holds_stands_on_a_row_of_its_own() -> None:
    factors = (part for _ in range(9) for part in (Word("factor"), Operator("⊙", "binary")))
    rows = aligned(LEFT, (beside(*factors, TERM),))
    assert len(rows) == 2
    assert signs(rows[1][1])[0] == Operator("⊙", "binary")


def test_a_line_that_cannot_be_broken_is_set_smaller_down_to_what_one_can_read() -> None:
    sizes = [scale(((EMPTY, Word("a" * count)),)) for count in (60, 70, 80, 90, 200)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (1, SCALES[-1])


def test_a_definition_is_rather_wide_than_broken_where_it_has_no_sign() -> None:
    """39 (logsumexp(x) - t^T x) has its signs in the bracket, 39 log det X - 9 tr(S X) between its terms."""
    terms = minus(apply("logsumexp", x), Product((Transpose(y), x)))
    inside, between = present(Product((number(39), terms))), present(terms)
    left = present(s)
    for right, rows in ((inside, 1), (between, 2)):
        limit = 0.75 * (width(left) + width(beside(Operator("=", "relation"), right)))
        assert len(aligned(left, (right,), limit=limit)) > 1
        assert len(defined(left, (right,), limit=limit)) == rows
    narrow = width(inside) / 2
    assert len(defined(left, (inside,), limit=narrow)) > 1


def test_names_without_a_definition_stand_on_one_row_however_wide_they_are() -> None:
    names = Word("a" * 30)
    assert defined(names, (), limit=10) == ((names, EMPTY),)
