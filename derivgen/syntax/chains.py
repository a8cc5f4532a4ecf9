"""Chains of operators of one precedence, and the minus sign in front of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Literal

from derivgen.expr import build
from derivgen.expr.nodes import Constant, Expr, Hadamard, Product, Quotient
from derivgen.expr.sizes import Shape
from derivgen.syntax.misfits import misfit
from derivgen.syntax.reading import Reading, start_of


def links_of(node: ast.BinOp, group: tuple[type[ast.operator], ...]) -> list[ast.BinOp]:
    """The operators of a chain of one group from left to right, without those in brackets."""
    links = [node]
    while (
        isinstance(node.left, ast.BinOp) and isinstance(node.left.op, group) and start_of(node.left) == start_of(node)
    ):
        node = node.left
        links.append(node)
    return links[::-1]


def without_minus(link: ast.BinOp) -> tuple[ast.expr, bool]:
    """The first operand of a chain without the minus sign in front, and whether there was one."""
    match link.left:
        case ast.UnaryOp(op=ast.USub(), operand=operand) if start_of(link.left) == start_of(link):
            return operand, True
        case _:
            return link.left, False


def negative(expr: Expr, *, is_loose: bool) -> Expr:
    """-expr; the sign of a loose literal or product, one without brackets, goes to its first factor."""
    match expr:
        case Constant(value=value) if is_loose and value >= 0:
            return Constant(-value)
        case Product(factors=(Constant(value=value), *rest)) if is_loose and value >= 0:
            return Product((Constant(-value), *rest))
        case Product(factors=factors) if is_loose:
            return Product((build.MINUS_ONE, *factors))
        case _:
            return build.negative(expr)


@dataclass(slots=True)
class Run:
    """What has been read of a chain of * @ /, from the left."""

    shape: Shape
    factors: list[Expr]
    kind: Literal["one", "product", "hadamard", "quotient"] = field(default="one")

    def made(self) -> Expr:
        """The node of what has been read."""
        match self.kind:
            case "one":
                return self.factors[0]
            case "product":
                return Product(tuple(self.factors))
            case "hadamard":
                return Hadamard(tuple(self.factors))
            case "quotient":
                return Quotient(*self.factors)

    def extend(self, kind: Literal["product", "hadamard", "quotient"], factor: Expr, shape: Shape) -> None:
        """Take one more factor; `shape` is that of the whole."""
        if self.kind not in {"one", kind} or kind == "quotient":
            self.factors = [self.made()]
        self.factors.append(factor)
        self.kind, self.shape = kind, shape


def extend(at: Reading, run: Run, link: ast.BinOp, factor: Expr) -> None:
    """Take the right side of one operator into the run.

    Raises: DerivgenError for shapes that do not fit.
    """
    left, right = run.shape, factor.shape
    with_scalar = right if left.is_scalar else left
    is_scaling = left.is_scalar or right.is_scalar
    match link.op:
        case ast.Mult() if is_scaling:
            run.extend("product", factor, with_scalar)
        case ast.Mult() if left == right:
            run.extend("hadamard", factor, left)
        case ast.MatMult() if left.columns == right.rows:
            run.extend("product", factor, with_scalar if is_scaling else Shape(left.rows, right.columns))
        case ast.Div() if is_scaling or left == right:
            run.extend("quotient", factor, with_scalar)
        case ast.MatMult():
            raise misfit(at, link, "multiply", left, right)
        case ast.Mult():
            raise misfit(at, link, "multiply entry by entry", left, right)
        case _:
            raise misfit(at, link, "divide", left, right)
