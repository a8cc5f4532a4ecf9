"""NumPy programs run without Python's evaluators: their nodes are walked, and only what a formula needs is known."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from derivgen.errors import DerivgenError, Fault
from derivgen.printing.numpy import Program

BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
}


def numpy() -> Any:
    """NumPy, which derivgen itself does not need.

    Raises: DerivgenError where it is not installed.
    """
    try:
        import numpy
    except ImportError:
        fault = Fault("no-numpy", "values are computed by NumPy, and it is not installed", "pip install numpy")
        raise DerivgenError(fault) from None
    return numpy


def run(program: Program, arguments: Mapping[str, Any]) -> Any:
    """What the program returns; the arguments are by their names in Python."""
    machine = _Machine({**arguments, "float": float, "int": int, "np": numpy()})
    for line in program.function.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                machine.scope[name] = machine.of(value)
            case ast.Return(value=ast.expr() as value):
                return machine.of(value)
    raise AssertionError("a program ends in a return")


class _Machine:
    def __init__(self, scope: dict[str, Any]) -> None:
        self.scope = scope

    def of(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self.scope[name]
            case ast.BinOp(left=left, op=op, right=right):
                return BINARY[type(op)](self.of(left), self.of(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self.of(operand)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return COMPARISONS[type(op)](self.of(left), self.of(right))
            case ast.Attribute(value=value, attr=name):
                return getattr(self.of(value), name)
            case ast.Subscript(value=value, slice=place):
                return self.of(value)[self.of(place)]
            case ast.Slice(lower=lower, upper=upper):
                return slice(*(None if end is None else self.of(end) for end in (lower, upper)))
            case ast.Tuple(elts=elements):
                return tuple(self.of(element) for element in elements)
            case ast.List(elts=elements):
                return [self.of(element) for element in elements]
            case ast.Call(func=function, args=arguments, keywords=keywords):
                named = {keyword.arg: self.of(keyword.value) for keyword in keywords if keyword.arg is not None}
                return self.of(function)(*(self.of(argument) for argument in arguments), **named)
        raise AssertionError(f"a formula has no {type(node).__name__}")
