"""Sizes and shapes as formulas."""

from __future__ import annotations

from derivgen.expr.sizes import SCALAR, Shape, Size
from derivgen.printing.boxes import Box, Numeral, Operator, beside
from derivgen.printing.names import name_box
from derivgen.printing.notation import Notation, Precedence
from derivgen.printing.pieces import Piece, named, negated, product_of, raised, sum_of, wrapped


def size_piece(size: Size) -> Piece:
    """A size as italic letters: n, pq, n², n + 1."""
    terms = tuple(_monomial(names, count) for names, count in size.terms) or (Piece(Numeral("0")),)
    return terms[0] if len(terms) == 1 else sum_of(terms)


def size_box(size: Size) -> Box:
    """A size as boxes."""
    return size_piece(size).box


def present_shape(shape: Shape) -> Box:
    """The shape in letters: m × n."""
    rows, columns = (wrapped(size_piece(size), Precedence.PRODUCT) for size in shape)
    return beside(rows, Operator("×", "binary"), columns)


def _monomial(names: tuple[str, ...], count: int) -> Piece:
    letters = tuple(_letter(name, names.count(name)) for name in dict.fromkeys(names))
    factors = letters if abs(count) == 1 and letters else (Piece(Numeral(str(abs(count)))), *letters)
    product = product_of(factors)
    return negated(product.box) if count < 0 else product


def _letter(name: str, times: int) -> Piece:
    letter = named(name_box(name, SCALAR, Notation()))
    return letter if times == 1 else raised(letter, Numeral(str(times)), "power")
