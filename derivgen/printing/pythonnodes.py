"""The nodes of Python's ast that NumPy sources are made of."""

from __future__ import annotations

import ast
from fractions import Fraction

from derivgen.expr.sizes import Size

LARGEST_WHOLE = 2**53


def read_name(name: str) -> ast.expr:
    """A name that is read."""
    return ast.Name(name, ast.Load())


def numpy_call(function: str, *arguments: ast.expr, dtype: str = "") -> ast.expr:
    """A call of a function of NumPy's."""
    keywords = [ast.keyword("dtype", read_name(dtype))] if dtype else []
    return ast.Call(ast.Attribute(read_name("np"), function, ast.Load()), list(arguments), keywords)


def entry(array: ast.expr, row: int, column: int) -> ast.expr:
    """One entry of an array, counted from 1."""
    place = ast.Tuple([ast.Constant(row - 1), ast.Constant(column - 1)], ast.Load())
    return ast.Subscript(array, place, ast.Load())


def shape_entry(array: str, axis: int) -> ast.expr:
    """The number of rows (axis 0) or columns (axis 1) of an array."""
    return ast.Subscript(ast.Attribute(read_name(array), "shape", ast.Load()), ast.Constant(axis), ast.Load())


def numeral(value: Fraction) -> ast.expr:
    """A number: whole where Python keeps it exactly, else a float."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), numeral(-value))
    is_small = value.denominator == 1 and value.numerator <= LARGEST_WHOLE
    return ast.Constant(value.numerator if is_small else float(value))


def as_float(number: ast.expr) -> ast.expr:
    """A whole number, or what makes one, as a float."""
    match number:
        case ast.Constant(value=int() | float() as value):
            return ast.Constant(float(value))
        case ast.UnaryOp(op=ast.USub(), operand=positive):
            return ast.UnaryOp(ast.USub(), as_float(positive))
        case _:
            return numpy_call("float64", number)


def size_numeral(size: Size, names: dict[str, str]) -> ast.expr:
    """A size as a number, in the Python names of its letters."""
    total: ast.expr | None = None
    for term, count in size.terms:
        factors = [read_name(names[name]) for name in term]
        product = factors.pop(0) if factors and abs(count) == 1 else ast.Constant(abs(count))
        for factor in factors:
            product = ast.BinOp(product, ast.Mult(), factor)
        if total is None:
            total = ast.UnaryOp(ast.USub(), product) if count < 0 else product
        else:
            total = ast.BinOp(total, ast.Sub() if count < 0 else ast.Add(), product)
    return total or ast.Constant(0)
