"""Index notation: letters in the places of numbers, and the sign of summation."""

from __future__ import annotations

from derivgen.expr.nodes import Index, Place
from derivgen.expr.sizes import SCALAR
from derivgen.printing.boxes import Box, Numeral, Operator, Script, beside
from derivgen.printing.names import name_box
from derivgen.printing.notation import Notation, Precedence
from derivgen.printing.pieces import Piece, parenthesised, wrapped
from derivgen.printing.sizes import size_box


def place_box(place: Place) -> Box:
    """A row or column: a number, or the letter that stands for one."""
    return name_box(place.name, SCALAR, Notation()) if isinstance(place, Index) else Numeral(str(place))


def summation(index: Index, body: Piece) -> Piece:
    """The sign of summation with its letter below and the last number above."""
    below = beside(place_box(index), Operator("=", "relation"), Numeral("1"))
    sign = Script(Operator("∑", "large"), below, size_box(index.size))
    box = beside(sign, wrapped(body, Precedence.PRODUCT))
    return Piece(box, Precedence.PREFIX, closed=parenthesised(box), spaced_left=True)
