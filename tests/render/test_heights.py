"""Tables that are told to be low without being measured are low, and those that may be high are measured."""

from __future__ import annotations

import re

import pytest

from derivgen.document.blocks import Document, Given, Givens, Table, Text
from derivgen.expr.build import apply, number
from derivgen.expr.nodes import Expr, Power, Product, Quotient, Stack, Transpose
from derivgen.expr.nodes import Sum as Addition
from derivgen.printing.notation import Notation
from derivgen.render.formats import render
from derivgen.render.heights import is_low
from derivgen.render.pdf.typst import typeset
from tests.render.samples import A, f, x

WORDS: Text = ("Each entry of the gradient is the product of two numbers, and neither of them depends on the others.",)
FRACTION = Quotient(number(1), Addition((number(1), Quotient(number(1), Addition((number(1), apply("exp", x)))))))
MATRIX = Stack(tuple(tuple(number(row * column) for column in range(1, 4)) for row in range(1, 6)))
LONG = Addition(tuple(Product((number(k), Transpose(x), A, x)) for k in range(1, 25)))
CELLS: dict[str, Text] = {
    "one word": ("denominator",),
    "words": WORDS,
    "capitals": ("WWW " * 12,),
    "large letters": ("\u6f22\u5b57" * 12,),
    "scripts": (Power(Transpose(A), number(2)),),
    "fractions": (FRACTION,),
    "matrix": (MATRIX,),
    "formula that is broken": (LONG,),
}
# The same function, which stops the engine where its table is as high as one that may be parted.
CHECKED = """#let lowruled(columns, head, sticky: false, ..rows) = layout(room => {
  let made = lowrules(columns, head, rows)
  if measure(made, width: room.width).height > 14cm { panic("too high") }
  made
})
"""


def _table(cell: Text, rows: int, widths: tuple[int, ...] = ()) -> Table:
    return Table((("",),) * 4, ((cell, ("a",), ("b",), cell),) * rows, widths=widths)


def _most_low(made: list[Table | Givens]) -> Table | Givens:
    """The highest table that counts as low; the first one where none does."""
    return next((one for one in reversed(made) if is_low(one, Notation())), made[0])


@pytest.mark.parametrize("widths", [(), (1, 1, 1, 4)], ids=["equal columns", "narrow columns"])
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS.keys())
def test_what_counts_as_low_is_lower_than_what_may_be_parted(cell: Text, widths: tuple[int, ...]) -> None:
    _holds(_most_low([_table(cell, rows, widths) for rows in range(1, 15)]))


@pytest.mark.parametrize("definition", [FRACTION, MATRIX, LONG], ids=["fractions", "matrix", "broken"])
def test_a_table_of_what_is_given_that_counts_as_low_is_low(definition: Expr) -> None:
    row = Given(f, "1 x 1", WORDS, definition)
    _holds(_most_low([Givens(("Symbol", "Shape", "Role"), (row,) * count) for count in range(1, 15)]))


@pytest.mark.parametrize(
    "definition", [None, apply("exp", x), Power(Transpose(A), number(2))], ids=["none", "call", "scripts"]
)
def test_a_table_of_short_rows_that_counts_as_low_is_low(definition: Expr | None) -> None:
    row = Given(f, "1 x 1", ("scalar",), definition)
    _holds(_most_low([Givens(("Symbol", "Shape", "Role"), (row,) * count) for count in range(1, 30)]))


def test_a_table_of_fifteen_symbols_is_not_measured() -> None:
    row = Given(x, "n x 1", ("vector, a variable",))
    assert is_low(Givens(("Symbol", "Shape", "Role"), (row,) * 15), Notation())


@pytest.mark.parametrize(("count", "is_kept"), [(3, True), (25, False)])
def test_only_a_short_table_of_what_is_given_stays_with_what_follows_it(count: int, *, is_kept: bool) -> None:
    """The last rows of a high one went to the next page with a picture and left half of theirs empty."""
    table = Givens(("Symbol", "Shape", "Role"), (Given(x, "n x 1", ("vector",)),) * count)
    source = render(Document(("Kept",), "kept", "en", "", (table,)), "tex")
    assert (r"\keepon" in source.partition(r"\begin{document}")[2]) is is_kept


def _holds(table: Table | Givens) -> None:
    source = render(Document(("Heights",), "heights", "en", "", (table,)), "typ")
    checked = re.sub(r"^#let lowruled.*\n", lambda _: CHECKED, source, flags=re.MULTILINE)
    assert CHECKED in checked
    # The engine's message would tell of a table that is too high.
    assert typeset(checked).pdf


@pytest.mark.parametrize("inset", ["(x: 0pt, y: 0.5em)", "(x: 0.3em, y: 0.36em)", "5pt"])
def test_the_room_around_rows_is_the_same_whether_a_table_may_be_parted_or_not(inset: str) -> None:
    source = render(Document(("Heights",), "heights", "en", "", (_table(("a",), 3),)), "typ")
    cells = "(1fr, 1fr), ([head], [of two]), arguments([a], $ x / 2 $, [c], [d])"
    heights = f"(rules({cells}), lowrules({cells})).map(made => calc.round(measure(made).height.pt(), digits: 6))"
    sizes = f"{{ set table(inset: {inset}); [#context assert.eq(..{heights})] }}"
    assert typeset(f"{source}\n#{sizes}").pdf


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS.keys())
def test_a_table_of_many_rows_may_be_parted(cell: Text) -> None:
    source = render(Document(("Heights",), "heights", "en", "", (_table(cell, 40),)), "typ")
    assert "\n#ruled(" in source


def test_a_short_table_of_answers_is_not_measured() -> None:
    table = _table(CELLS["scripts"], 9)
    assert is_low(table, Notation())
