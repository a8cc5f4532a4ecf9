"""Sizes: names and whole numbers, added and multiplied."""

from __future__ import annotations

import ast

from derivgen.errors import Span
from derivgen.expr.sizes import Size
from derivgen.syntax.numbers import number_of
from derivgen.syntax.reading import DEEPEST, Reading, end_of, start_of, too_deep, tree_of
from derivgen.syntax.scope import Scope
from derivgen.syntax.slips import near_misses
from derivgen.syntax.source import source_of


def parse_size(text: str, names: frozenset[str], span: Span | None = None) -> Size:
    """The size that `text` stands for, such as p*q or n + 1; `names` are the sizes that exist.

    Raises: DerivgenError with the exact place.
    """
    tree, reading = tree_of(source_of(text, span), Scope({}, names))
    return size_at(reading, tree)


# Far more than any shape needs; ones((n + 1)*(n + 1)*...) would take minutes to multiply out.
MOST_TERMS = 60
HIGHEST_DEGREE = 12


def size_at(at: Reading, node: ast.expr) -> Size:
    """The size that stands at `node`.

    Raises: DerivgenError for what is not a size from 1 up.
    """
    size = _size(at, node, 0)
    if size.number is not None and size.number < 1:
        raise at.fault(
            "size", node, f"the size {at.typed(node)} is below 1", "a size is a name or a whole number from 1 up"
        )
    return size


def _size(at: Reading, node: ast.expr, depth: int) -> Size:
    size = _composed(at, node, depth)
    if len(size.terms) > MOST_TERMS or any(len(names) > HIGHEST_DEGREE for names, _ in size.terms):
        raise at.fault("limit", node, "this size is too long a product", "give it a name of its own")
    return size


def _composed(at: Reading, node: ast.expr, depth: int) -> Size:
    if depth > DEEPEST:
        raise too_deep(at.source, start_of(node), end_of(node))
    match node:
        case ast.Name():
            return _named(at, node)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _size(at, left, depth + 1) + _size(at, right, depth + 1)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _size(at, left, depth + 1) - _size(at, right, depth + 1)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _size(at, left, depth + 1) * _size(at, right, depth + 1)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Size.whole(-1) * _size(at, operand, depth + 1)
        case _:
            raise at.fault(
                "size",
                node,
                f"{at.typed(node)} is not a size",
                "a size is made of size names and whole numbers with + - *",
            )


def _named(at: Reading, node: ast.expr) -> Size:
    token = at.token(node)
    if token.kind == "number":
        value = number_of(at.source, token)
        if value.denominator != 1:
            raise at.fault(
                "size", node, f"the size {token.text} is not a whole number", "write a whole number from 1 up"
            )
        return Size.whole(value.numerator)
    if token.text in at.scope.sizes:
        return Size.named(token.text)
    what = "a variable, not a size" if token.text in at.scope.names else "not a size of this problem"
    close = near_misses(token.text, sorted(at.scope.sizes))
    known = ", ".join(sorted(at.scope.sizes))
    hint = f"did you mean {close}?" if close else f"the sizes are {known}" if known else "give a whole number"
    raise at.fault("size", node, f"{token.text} is {what}", hint)
