"""Words and formulas in Typst: words go in as strings, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derivgen.printing import typst
from derivgen.printing.boxes import EMPTY, Box, Grid, inner
from derivgen.printing.lines import LIMIT, Aligned, scale
from derivgen.render.typstdrawing import picture
from derivgen.render.typststrings import TypstCode, literal
from derivgen.render.writer import Column, Writer, is_short, stays_whole


def words(text: str) -> TypstCode:
    """Plain words; the semicolon ends the code, so that nothing after it can join in."""
    return TypstCode(f"#{literal(text)};")


def strong(marked: str) -> TypstCode:
    """Bold words."""
    return TypstCode(f"#strong[{marked}];")


def emphasis(marked: str) -> TypstCode:
    """Italic words."""
    return TypstCode(f"#emph[{marked}];")


def code(source: str) -> TypstCode:
    """Code within a line; short code is not broken at its signs."""
    made = f"raw({literal(source)})"
    return TypstCode(f"#box({made});" if is_short(source) else f"#{made};")


def link(marked: str, address: str) -> TypstCode:
    """Words that lead to an address of the web; other pages are not on paper."""
    if re.match(r"(https?|mailto):", address) is None:
        return TypstCode(marked)
    return TypstCode(f"#link({literal(address)})[{marked}];")


def join(parts: Iterable[str]) -> TypstCode:
    """Pieces one after the other."""
    return TypstCode("".join(parts))


def listing(source: str, language: str) -> TypstCode:
    """A program listing."""
    lines = r"\n".join(literal(line)[1:-1] for line in source.split("\n"))
    return TypstCode(f'#raw("{lines}", block: true, lang: {literal(language or "text")});')


def formula(box: Box, spoken: str) -> TypstCode:
    """A formula within a line, with its words for one who hears it."""
    made = f"#math.equation(alt: {literal(spoken)}, ${typst.typst(box)}$)"
    # Only a box of its own moves the lines apart for a matrix among the words.
    if holds_grid(box):
        return TypstCode(f"#box[#set par(leading: 0pt)\n{made}];")
    return TypstCode(f"#box[{made}];" if stays_whole(box) else f"{made};")


def holds_grid(box: Box) -> bool:
    """Whether a matrix or a vector in brackets occurs in the box."""
    return isinstance(box, Grid) or any(holds_grid(part) for part in inner(box))


def in_cell(rows: Aligned, spoken: str) -> TypstCode:
    """A formula in a cell of a table, set as large as a display."""
    # Among words a formula may reach into the lines above and below; in a box it is as high as it is.
    if len(rows) == 1:
        made = f"#math.equation(alt: {literal(spoken)}, math.display(${typst.display(rows)}$))"
        return TypstCode(f"#box[#set par(leading: 0pt)\n{made}];")
    # Only a display has room between its rows: the fractions of two would touch.
    made = f"#math.equation(block: true, alt: {literal(spoken)}, $ {typst.display(rows)} $)"
    return TypstCode(f"#box[#set par(leading: 0.5em)\n{made}];")


def display(rows: Aligned, spoken: str, tag: str, column: Column | None = None) -> TypstCode:  # noqa: ARG001  # the template puts the shape beside the line
    """A displayed formula."""
    made = f"#math.equation(block: true, alt: {literal(spoken)}, $ {typst.display(rows)} $);"
    size = scale(rows)
    return TypstCode(_in_column(made if size == 1 else f"#text(size: {size:g}em)[{made}];", column))


def _in_column(made: str, column: Column | None) -> str:
    """The line moved to the right, so that its relation sign stands below those of its neighbours."""
    if column is None or column.own == EMPTY or len(column.lefts) == 1:
        return made
    lefts = "".join(f"$display({typst.typst(left)})$, " for left in column.lefts)
    return f"#uptorelation(({lefts}), $display({typst.typst(column.own)})$)[{made}];"


__all__ = ["WRITER", "TypstCode", "literal"]

WRITER = Writer(
    words=words,
    strong=strong,
    emphasis=emphasis,
    code=code,
    listing=listing,
    link=link,
    join=join,
    formula=formula,
    in_cell=in_cell,
    display=display,
    picture=picture,
    limit=LIMIT,
    cell_limit=14.0,
    answer_limit=LIMIT,
)
