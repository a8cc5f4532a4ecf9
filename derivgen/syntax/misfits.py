"""Shapes that do not fit: both shapes, the operands' own text, and a way that would fit."""

from __future__ import annotations

import ast
import re

from derivgen.errors import DerivgenError
from derivgen.expr.sizes import Shape
from derivgen.syntax.reading import Reading

JOINTS = {"multiply": "by", "divide": "by", "raise": "to the power"}
SIMPLE = re.compile(r"[\w.]+(\[[^\[\]]*\])?(\.T)?")


def misfit(at: Reading, node: ast.BinOp, verb: str, left: Shape, right: Shape) -> DerivgenError:
    """The fault of `left verb right`, as in: cannot multiply x (n x 1) by A (n x n)."""
    a, b = at.typed(node.left), at.typed(node.right)
    message = f"cannot {verb} {a} ({left}) {JOINTS.get(verb, 'and')} {b} ({right})"
    reason = _reason(verb, left, right)
    fits = _product_that_fits(a, left, b, right) if "multiply" in verb else _sum_that_fits(verb, a, left, b, right)
    return at.fault("shape", node, message, f"{reason}; did you mean {fits}?" if fits else reason)


def _reason(verb: str, left: Shape, right: Shape) -> str:
    if verb != "multiply":
        return "only a scalar broadcasts, and these shapes differ"
    if left.is_scalar or right.is_scalar:
        return "a scalar multiplies with *"
    return f"the inner sizes {left.columns} and {right.rows} differ"


def _product_that_fits(a: str, left: Shape, b: str, right: Shape) -> str:
    if left.is_scalar or right.is_scalar:
        return f"{_wrapped(a)}*{_wrapped(b)}"
    sides = ((a, left, b, right), (_turned(a), left.transposed, b, right), (a, left, _turned(b), right.transposed))
    both = (_turned(a), left.transposed, _turned(b), right.transposed)
    for one, one_shape, other, other_shape in (*sides, both):
        if one_shape.columns == other_shape.rows:
            return f"{_left_wrapped(one)} @ {_wrapped(other)}"
    if left == right:
        return f"{_wrapped(a)}*{_wrapped(b)}"
    if right.columns == left.rows:
        return f"{_wrapped(b)} @ {_wrapped(a)}"
    return ""


def _sum_that_fits(verb: str, a: str, left: Shape, b: str, right: Shape) -> str:
    sign = {"add": " + ", "subtract": " - ", "divide": "/"}.get(verb)
    if sign and left == right.transposed:
        return f"{a}{sign}{_turned(b)}"
    return ""


def _wrapped(text: str) -> str:
    called = re.fullmatch(r"\w+\(.*\)(\.T)?", text) and _one_call(text)
    return text if SIMPLE.fullmatch(text) or called or _in_brackets(text) else f"({text})"


def _left_wrapped(text: str) -> str:
    # A product on the left needs no brackets of its own: A @ x @ y is read from the left.
    return text if "+" not in text and "-" not in text else _wrapped(text)


def _turned(text: str) -> str:
    return text.removesuffix(".T") if text.endswith(".T") and _is_postfix(text) else f"{_wrapped(text)}.T"


def _is_postfix(text: str) -> bool:
    return _wrapped(text) == text


def _one_call(text: str) -> bool:
    return _closes_at_the_end(text.removesuffix(".T"), text.index("("))


def _in_brackets(text: str) -> bool:
    bare = text.removesuffix(".T")
    return bare[:1] in {"(", "["} and _closes_at_the_end(bare, 0)


def _closes_at_the_end(text: str, opened: int) -> bool:
    depth = 0
    for place in range(opened, len(text)):
        depth += (text[place] in "([") - (text[place] in ")]")
        if depth == 0:
            return place == len(text) - 1
    return False
