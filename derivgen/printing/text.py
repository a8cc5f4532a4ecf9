"""Expressions as plain text in the language; parsing the text gives back the same expression."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from fractions import Fraction
from typing import assert_never

from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Index,
    Place,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Shape, Size
from derivgen.printing.decimals import decimal


class Tightness(IntEnum):
    """How tightly a text holds together; a looser part is put in brackets."""

    SUM = 1
    NEGATIVE = 2
    CHAIN = 3
    POWER = 4
    NUMBER = 5
    ATOM = 6


def text(expr: Expr) -> str:
    """The expression in the language, with as few brackets as keep its meaning and its form."""
    match expr:
        case Constant(value=value):
            return decimal(value)
        case SizeNumber(size=size):
            return str(size)
        case Variable(name=name) | Reference(name=name) | Unspecified(name=name):
            return name
        case Differential(of=Variable(name=name) | Reference(name=name) | Unspecified(name=name)):
            return f"d{name}"
        case Differential(of=of):
            return f"d({text(of)})"
        case Unresolved(denominator=True):
            return f"{text(replace(expr, denominator=False))}.T"
        case Unresolved(of=of, wrt=wrt, held=held) if fixed := [one for one in held if not isinstance(one, Variable)]:
            # A form for people only: the language has no sign for what is held fixed.
            shown = ", ".join(text(part) for part in (of, *wrt))
            return f"derivative({shown} with {', '.join(text(part) for part in fixed)} held fixed)"
        case Unresolved(of=of, wrt=wrt):
            return f"derivative({', '.join(text(part) for part in (of, *wrt))})"
        case Sum(terms=terms):
            return _sum(terms)
        case Product(factors=(Constant(value=value), second, *rest)) if value < 0:
            return _negative_product(value, second, rest)
        case Product(factors=factors):
            return _product(factors)
        case Hadamard(factors=factors):
            written = [_head(factors[0], Hadamard), *(_tight(factor, Tightness.POWER) for factor in factors[1:])]
            return (" * " if " @ " in written[0] and not written[0].startswith("(") else "*").join(written)
        case Quotient(numerator=numerator, denominator=denominator):
            above = _tight(numerator, Tightness.CHAIN)
            return f"{above}{_slash(above)}{_tight(denominator, Tightness.POWER)}"
        case Power(base=base, exponent=exponent):
            return f"{_tight(base, Tightness.NUMBER)}**{_exponent(exponent)}"
        case Transpose(argument=Unresolved(denominator=True) as inner):
            return text(replace(inner, denominator=False))
        case Transpose(argument=argument):
            return f"{_tight(argument, Tightness.ATOM)}.T"
        case Stack(rows=rows):
            return _stack(rows)
        case Component(array=array, row=row, column=column):
            return f"{_tight(array, Tightness.ATOM)}[{_index(array.shape, row, column)}]"
        case Summation(index=index, body=body):
            return f"sum({index.name}, {index.size}, {text(body)})"
        case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
            return f"where({text(left)} {relation} {text(right)}, {text(then)}, {text(otherwise)})"
        case Apply(function=function, arguments=arguments):
            return f"{function}({', '.join(text(argument) for argument in arguments)})" if arguments else function
    assert_never(expr)


def _tightness(expr: Expr) -> Tightness:
    match expr:
        case Constant(value=value):
            return _tightness_of_number(value)
        case SizeNumber(size=size):
            return Tightness.ATOM if size in map(Size.named, size.names) else Tightness.SUM
        case Sum():
            return Tightness.SUM
        case Product(factors=(Constant(value=value), *_)) if value < 0:
            return Tightness.NEGATIVE
        case Product() | Hadamard() | Quotient():
            return Tightness.CHAIN
        case Power():
            return Tightness.POWER
        case _:
            return Tightness.ATOM


def _tightness_of_number(value: Fraction) -> Tightness:
    if decimal(value).startswith("("):
        return Tightness.ATOM
    return Tightness.NEGATIVE if value < 0 else Tightness.NUMBER


def _tight(expr: Expr, least: Tightness) -> str:
    return text(expr) if _tightness(expr) >= least else f"({text(expr)})"


def _sum(terms: tuple[Expr, ...]) -> str:
    line = _tight(terms[0], Tightness.NEGATIVE)
    for term in terms[1:]:
        written = _tight(term, Tightness.NEGATIVE)
        line += f" - {written[1:]}" if written.startswith("-") else f" + {written}"
    return line


def _negative_product(value: Fraction, second: Expr, rest: list[Expr]) -> str:
    # -2*x is the literal -2 times x, and -x is -1 times x. A literal after the -1 would
    # be taken for a part of the sign, so that one is written -1*2.
    is_literal = isinstance(second, Constant) and second.value >= 0
    if value != -1 or (rest and is_literal) or is_literal:
        return "-" + _product((Constant(-value), second, *rest))
    if rest:
        return "-" + _product((second, *rest))
    loose = isinstance(second, Quotient | Hadamard) or _tightness(second) >= Tightness.POWER
    return f"-{text(second)}" if loose else f"-({text(second)})"


def _product(factors: tuple[Expr, ...]) -> str:
    line = _head(factors[0], Product)
    shape = factors[0].shape
    for factor in factors[1:]:
        written = _tight(factor, Tightness.POWER)
        if shape.is_scalar or factor.is_scalar:
            star = " * " if " @ " in line else "*"
            line, shape = f"{line}{star}{written}", factor.shape if shape.is_scalar else shape
        else:
            line, shape = f"{line} @ {written}", Shape(shape.rows, factor.shape.columns)
    return line


def _head(first: Expr, kind: type[Product] | type[Hadamard]) -> str:
    """The first factor; one of the same kind keeps its brackets, else it would be merged."""
    return f"({text(first)})" if isinstance(first, kind) else _tight(first, Tightness.CHAIN)


def _slash(above: str) -> str:
    return " / " if " @ " in above and not above.startswith("(") else "/"


def _exponent(exponent: Expr) -> str:
    if isinstance(exponent, Constant) and exponent.value.denominator == 1:
        return text(exponent)
    return _tight(exponent, Tightness.POWER)


def _index(shape: Shape, row: Place, column: Place) -> str:
    first, second = (place.name if isinstance(place, Index) else str(place) for place in (row, column))
    if shape.is_column and column == 1:
        return first
    return f"{first}, {second}"


def _stack(rows: tuple[tuple[Expr, ...], ...]) -> str:
    written = [
        ", ".join(f"({text(entry)})" if isinstance(entry, Stack) else text(entry) for entry in row) for row in rows
    ]
    return f"[{', '.join(written)}]" if len(rows[0]) == 1 else f"[{', '.join(f'[{row}]' for row in written)}]"
