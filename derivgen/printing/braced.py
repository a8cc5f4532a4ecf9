"""A product with the shape of each factor below it, so that a reader sees the inner sizes match."""

from __future__ import annotations

from typing import TypeGuard

from derivgen.expr.nodes import Apply, Constant, Expr, Product, Sum
from derivgen.expr.walk import leaves
from derivgen.printing.boxes import TIMES, Box, Brace, Fenced, Operator, Row, Space, Word, beside
from derivgen.printing.notation import DEFAULT, Notation, Precedence
from derivgen.printing.pieces import Piece, negated, sum_of, wrapped
from derivgen.printing.present import factor_pieces, piece, present
from derivgen.printing.sizes import present_shape


def braced(expr: Expr, notation: Notation = DEFAULT) -> Box:
    """A product with the shape of each factor in a brace below it; numbers carry none.

    Of a sum, each term so; of the trace of a product, the factors inside.
    """
    if _is_trace_of_product(expr):
        return Row((Word("tr"), Fenced("(", braced(expr.arguments[0], notation), ")")))
    if isinstance(expr, Sum):
        return sum_of(tuple(_term(term, notation) for term in expr.terms)).box
    if not isinstance(expr, Product):
        return present(expr, notation)
    boxes: list[Box] = []
    for factor, part in zip(expr.factors, factor_pieces(expr, notation), strict=True):
        box = wrapped(part, Precedence.PRODUCT) if boxes or isinstance(factor, Sum) else part.box
        if isinstance(factor, Constant):
            box = Operator("−", "prefix") if factor.value == -1 and not boxes else box
        elif _is_trace_of_product(factor):
            box = braced(factor, notation)
        elif leaves(factor):
            box = Brace(box, present_shape(factor.shape))
        boxes += [TIMES, Space(5 / 18), box] if boxes and boxes[-1] != Operator("−", "prefix") else [box]
    return beside(*boxes)


def _is_trace_of_product(expr: Expr) -> TypeGuard[Apply]:
    return isinstance(expr, Apply) and expr.function == "tr" and isinstance(expr.arguments[0], Product)


def _term(term: Expr, notation: Notation) -> Piece:
    """A term of a sum, with its sign apart: a minus stands between terms and not behind a plus."""
    match term:
        case Product(factors=(Constant(value=value), *rest)) if value < 0 and rest:
            size = () if value == -1 else (Constant(-value),)
            positive = Product((*size, *rest)) if size or len(rest) > 1 else rest[0]
            return negated(braced(positive, notation))
        case Product():
            return Piece(braced(term, notation), Precedence.PRODUCT)
        case _:
            return piece(term, notation)
