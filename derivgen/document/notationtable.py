"""The table of notation: how a page writes names, arrays, operations and derivatives, in the notation it has."""

from __future__ import annotations

from derivgen.document.blocks import Phrase, Table
from derivgen.document.wording.signs import KINDS, SIGNS
from derivgen.expr.build import apply, number, ones
from derivgen.expr.nodes import (
    Component,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    SizeNumber,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size

_N = Size.named("n")
_COLUMN, _SQUARE = Shape(_N, ONE), Shape(_N, _N)
_t, _x, _w = Variable("x", SCALAR), Variable("x", _COLUMN), Variable("w", _COLUMN)
_A, _B = Variable("A", _SQUARE), Variable("B", _SQUARE)
_f = Unspecified("f", SCALAR, (_x,))
_SIZE = SizeNumber(_N)
_ROWS: tuple[tuple[Expr, Phrase], ...] = (
    (_t, KINDS["scalar"]),
    (_x, KINDS["vector"]),
    (_A, KINDS["matrix"]),
    (Component(_x, 1), KINDS["component"]),
    (Component(_A, 1, 2), KINDS["entry"]),
    (ones(_N), SIGNS["ones"]),
    (apply("zeros", _SIZE), SIGNS["zeros"]),
    (apply("eye", _SIZE), SIGNS["eye"]),
    (Transpose(_x), SIGNS["transpose"]),
    (apply("inv", _A), SIGNS["inv"]),
    (Product((Transpose(ones(_N)), _x)), SIGNS["sum"]),
    (Hadamard((_w, _x)), SIGNS["hadamard"]),
    (Quotient(_w, _x), SIGNS["division"]),
    (Power(_x, number(2)), SIGNS["entry-power"]),
    (apply("kron", _A, _B), SIGNS["kron"]),
    (apply("diag", _x), SIGNS["diag"]),
    (apply("vec", _A), SIGNS["vec"]),
    (apply("norm", _x), SIGNS["norm"]),
    (apply("step", _t), KINDS["indicator"]),
    (apply("log", _t), SIGNS["log"]),
    (Differential(_x), KINDS["differential"]),
    (Unresolved(_f, (_x,)), KINDS["derivative"]),
    (Transpose(Unresolved(_f, (_x,))), KINDS["gradient"]),
)


def notation_table() -> Table:
    """Every sign with its meaning; formats print the signs in the notation of the page."""
    return Table(
        ((KINDS["sign"],), (KINDS["meaning"],)),
        tuple(((sign,), (meaning,)) for sign, meaning in _ROWS),
        row_heads=True,
    )
