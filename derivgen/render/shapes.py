"""A shape such as `1 x n`, given as words by the document, as a formula."""

from __future__ import annotations

import re

from derivgen.expr.memory import remembered
from derivgen.printing.boxes import Box, Letter, Numeral, Operator, Row, Word

SIZE = r"\w+(?:\s*[*+-]\s*\w+)*"
SHAPE = re.compile(rf"({SIZE})\s+[x×]\s+({SIZE})")
TOKEN = re.compile(r"(?P<name>[^\W\d]\w*)|(?P<digits>\d+)|(?P<sign>[*+-])")


@remembered
def shape_box(shape: str) -> Box | None:
    """The formula of a shape, or None where the words are not a shape alone."""
    found = SHAPE.fullmatch(shape.strip())
    if found is None:
        return None
    rows, columns = found.groups()
    return Row((*_size(rows), Operator("×", "binary"), *_size(columns)))


def _size(size: str) -> tuple[Box, ...]:
    return tuple(box for token in TOKEN.finditer(size) if (box := _token(token)) is not None)


def _token(token: re.Match[str]) -> Box | None:
    text = token.group()
    match token.lastgroup:
        case "digits":
            return Numeral(text)
        case "name":
            return Letter(text) if len(text) == 1 else Word(text, is_operator=False)
        case _:
            # A product of sizes is set without a sign, as in pq x n.
            return None if text == "*" else Operator("−" if text == "-" else text, "binary")
