"""Expressions as NumPy source: one function of straight-line assignments and a return.

The source is built of Python's own ast nodes and printed by ast.unparse, so brackets are
right by construction. Scalars are floats, all else 2-D arrays.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import assert_never

from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
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
from derivgen.expr.walk import leaves, parts
from derivgen.printing.identifiers import python_names
from derivgen.printing.pythonnodes import as_float, entry, numeral, numpy_call, read_name, shape_entry, size_numeral
from derivgen.record import record

RESERVED = frozenset({"np", "float", "int"})
LONGEST_CHAIN = 40  # ast.unparse is recursive: longer chains go through a name

Names = tuple[str, ...]
Reserved = frozenset[str]
RELATIONS: dict[str, type[ast.cmpop]] = {">": ast.Gt, "<": ast.Lt, ">=": ast.GtE, "<=": ast.LtE}


@record
class NumpySource:
    """The source of `derivative`, and its arguments in the spelling of the spec."""

    code: str
    arguments: tuple[str, ...]


@record
class Program:
    """A function as Python's nodes.

    `arguments` are in the spelling of the spec, `names` are the same in Python's, `sizes` the Python
    names that hold whole numbers.
    """

    function: ast.FunctionDef
    arguments: tuple[str, ...]
    names: tuple[str, ...]
    sizes: tuple[str, ...]


def source(expr: Expr, order: Names = ()) -> NumpySource:
    """The function `derivative` that computes `expr` as a 2-D float array of its shape."""
    made = array_program(expr, "derivative", order=order)
    return NumpySource(written_out(made.function), made.arguments)


def written_out(node: ast.stmt) -> str:
    """The source of a statement."""
    return ast.unparse(ast.Module([node], []))


def array_program(expr: Expr, name: str, *, order: Names = (), reserved: Reserved = RESERVED) -> Program:
    """A function that computes `expr` as a 2-D float array of its shape, 1 x 1 for a scalar.

    Its arguments stand in `order`, others behind them as they are read.
    """
    return _program(expr, name, order, reserved | {name}, finish=_in_array if expr.is_scalar else _as_it_is)


def value_program(expr: Expr, name: str, *, order: Names = (), reserved: Reserved = RESERVED) -> Program:
    """A function that computes `expr`, a number where it is a scalar."""
    return _program(expr, name, order, reserved | {name}, finish=_as_it_is)


def _program(
    expr: Expr, name: str, order: Names, reserved: Reserved, *, finish: Callable[[ast.expr], ast.expr]
) -> Program:
    read = _found(expr)
    found = {**{one: read[one] for one in order if one in read}, **read}
    given = {name: shape for name, shape in found.items() if shape is not None}
    references = tuple(name for name, shape in found.items() if shape is None)
    told = _told(_sizes(expr), given)
    untold = tuple(size for size, place in told.items() if place is None)
    arguments = (*given, *untold)
    inner = (*arguments, *(size for size in told if size not in untold), *references)
    writer = _Writer(python_names(inner, reserved))
    for size, place in told.items():
        if place is not None:
            writer.assign(writer.names[size], shape_entry(writer.names[place[0]], place[1]))
    for single in _one_entry(expr):
        # An array of one entry is a scalar in expressions; the sum of its entries is that number.
        writer.assign(writer.names[single], numpy_call("sum", read_name(writer.names[single])))
    names = tuple(writer.names[name] for name in arguments)
    made = writer.function(name, names, finish(writer.written(expr)))
    return Program(made, arguments, names, tuple(writer.names[size] for size in told))


def _in_array(answer: ast.expr) -> ast.expr:
    return numpy_call("array", ast.List([ast.List([answer], ast.Load())], ast.Load()), dtype="float")


def _as_it_is(answer: ast.expr) -> ast.expr:
    return answer


# What an expression needs


def _found(expr: Expr) -> dict[str, Shape | None]:
    """The shapes of what is given, by name in reading order; None for earlier functions, innermost first."""
    found: dict[str, Shape | None] = {}

    def visit(part: Expr) -> None:
        match part:
            case Variable(name=name) | Unspecified(name=name):
                found.setdefault(name, part.shape)
            case Unresolved() | Differential():
                found.setdefault(_given_name(part), part.shape)
            case Reference(name=name, body=body):
                if name not in found:
                    visit(body)
                    found[name] = None
            case _:
                for inner in parts(part):
                    visit(inner)

    visit(expr)
    return found


def _one_entry(expr: Expr) -> tuple[str, ...]:
    """The variables that come as arrays of one entry, in reading order."""
    return tuple(leaf.name for leaf in leaves(expr) if isinstance(leaf, Variable) and leaf.one_entry)


def _given_name(expr: Expr) -> str:
    """The argument that stands for a derivative or differential that is not worked out: dy_dx."""
    match expr:
        case Variable(name=name) | Reference(name=name) | Unspecified(name=name):
            return name
        case Component(array=array, row=row, column=column):
            return f"{_given_name(array)}_{row}" + (f"_{column}" if not array.shape.is_column else "")
        case Differential(of=of):
            return f"d{_given_name(of)}"
        case Unresolved(of=of, wrt=wrt):
            return "_".join([f"d{_given_name(of)}", *(f"d{_given_name(part)}" for part in wrt)])
        case _:
            return "".join(_given_name(part) for part in parts(expr)) or "f"


def _sizes(expr: Expr) -> tuple[str, ...]:
    """The size names that are used as numbers, each once."""
    match expr:
        case SizeNumber(size=size):
            return size.names
        case Unresolved() | Differential():
            return ()
        case Reference(body=body):
            return _sizes(body)
        case _:
            return tuple(dict.fromkeys(name for part in parts(expr) for name in _sizes(part)))


def _told(sizes: Iterable[str], given: dict[str, Shape]) -> dict[str, tuple[str, int] | None]:
    """Where each size can be read: an argument and its axis; None where no shape tells it."""
    places = {(axis_size, name, axis) for name, shape in given.items() for axis, axis_size in enumerate(shape)}
    order = list(given)
    told: dict[str, tuple[str, int] | None] = {}
    for size in sizes:
        fitting = [(order.index(name), axis, name) for axis_size, name, axis in places if axis_size == Size.named(size)]
        told[size] = (min(fitting)[2], min(fitting)[1]) if fitting else None
    return told


@dataclass(slots=True)
class _Writer:
    """The assignments so far, and the Python names."""

    names: dict[str, str]
    lines: list[ast.stmt] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    in_branch: bool = False

    def assign(self, name: str, value: ast.expr) -> ast.expr:
        """Give `value` a name and return the name."""
        self.lines.append(ast.Assign([ast.Name(name, ast.Store())], value, lineno=0))
        return read_name(name)

    def kept(self, value: ast.expr) -> ast.expr:
        """A name for `value`, unless it is one or a number."""
        if isinstance(value, ast.Name | ast.Constant):
            return value
        taken = {*self.names.values(), *self.known}
        name = next(name for name in (f"t{number}" for number in range(1, len(taken) + 2)) if name not in taken)
        self.known.add(name)
        return self.assign(name, value)

    def function(self, name: str, arguments: tuple[str, ...], answer: ast.expr) -> ast.FunctionDef:
        """The whole function."""
        head = ast.arguments([], [ast.arg(name) for name in arguments], None, [], [], None, [])
        return ast.FunctionDef(name, head, [*self.lines, ast.Return(answer)], [], lineno=0)

    def written(self, expr: Expr) -> ast.expr:
        """The expression as Python: a float where it is a scalar, else a 2-D array."""
        match expr:
            case Constant(value=value):
                return numeral(value)
            case SizeNumber(size=size):
                return size_numeral(size, self.names)
            case Variable(name=name) | Unspecified(name=name):
                return read_name(self.names[name])
            case Differential() | Unresolved():
                return read_name(self.names[_given_name(expr)])
            case Reference(name=name, body=body):
                return self._reference(name, body)
            case Sum(terms=terms):
                return self._sum(terms)
            case Product(factors=factors):
                return self._product(factors)
            case Hadamard(factors=factors):
                return self._chain(ast.Mult(), factors)
            case Quotient(numerator=numerator, denominator=denominator):
                return self._joined(numerator, ast.Div(), self.written(denominator))
            case Power(base=base, exponent=exponent):
                return self._joined(base, ast.Pow(), self._exponent(exponent))
            case Transpose(argument=argument):
                turned = self.written(argument)
                return turned if argument.is_scalar else ast.Attribute(turned, "T", ast.Load())
            case Stack(rows=rows):
                return self._stack(rows, is_scalar=expr.is_scalar)
            case Component(array=array, row=int(row), column=int(column)):
                return self.written(array) if array.is_scalar else entry(self.written(array), row, column)
            case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
                test = ast.Compare(self.written(left), [RELATIONS[relation]()], [self.written(right)])
                return numpy_call("where", test, *self._branches(then, otherwise))
            case Apply():
                return self._apply(expr)
            case Component() | Summation():
                raise TypeError("a line in index notation is no answer, so it has no NumPy source")
        assert_never(expr)

    def _joined(self, left: Expr, operator: ast.Div | ast.Pow, right: ast.expr) -> ast.expr:
        # Both branches of a choice are computed, and the one not taken may divide by zero,
        # which Python refuses for floats and NumPy answers with an infinity.
        if self.in_branch and left.is_scalar:
            return numpy_call("divide" if isinstance(operator, ast.Div) else "float_power", self.written(left), right)
        return ast.BinOp(self.written(left), operator, right)

    def _branches(self, then: Expr, otherwise: Expr) -> tuple[ast.expr, ast.expr]:
        outer, self.in_branch = self.in_branch, True
        both = self.written(then), self.written(otherwise)
        self.in_branch = outer
        if leaves(then) or leaves(otherwise) or not (then.is_scalar and otherwise.is_scalar):
            return both
        # NumPy makes an array of whole numbers of two whole numbers, and answers are arrays of floats.
        return as_float(both[0]), as_float(both[1])

    def _reference(self, name: str, body: Expr) -> ast.expr:
        if name not in self.known:
            value = self.written(body)
            self.known.add(name)
            self.assign(self.names[name], value)
        return read_name(self.names[name])

    def _sum(self, terms: tuple[Expr, ...]) -> ast.expr:
        total = self.written(terms[0])
        for number, term in enumerate(terms[1:], 1):
            total = self.kept(total) if number % LONGEST_CHAIN == 0 else total
            match self.written(term):
                case ast.UnaryOp(op=ast.USub(), operand=positive):
                    total = ast.BinOp(total, ast.Sub(), positive)
                case written:
                    total = ast.BinOp(total, ast.Add(), written)
        return total

    def _chain(self, operator: ast.operator, factors: tuple[Expr, ...]) -> ast.expr:
        total = self.written(factors[0])
        for number, factor in enumerate(factors[1:], 1):
            total = self.kept(total) if number % LONGEST_CHAIN == 0 else total
            total = ast.BinOp(total, operator, self.written(factor))
        return total

    def _product(self, factors: tuple[Expr, ...]) -> ast.expr:
        match factors:
            case (Constant(value=value), *rest) if value < 0 and rest:
                positive = tuple(rest) if value == -1 else (Constant(-value), *rest)
                return ast.UnaryOp(ast.USub(), self._product(positive))
        total, shape = self.written(factors[0]), factors[0].shape
        for number, factor in enumerate(factors[1:], 1):
            total = self.kept(total) if number % LONGEST_CHAIN == 0 else total
            if shape.is_scalar or factor.is_scalar:
                total = ast.BinOp(total, ast.Mult(), self.written(factor))
                shape = factor.shape if shape.is_scalar else shape
            else:
                total, shape = (
                    ast.BinOp(total, ast.MatMult(), self.written(factor)),
                    Shape(shape.rows, factor.shape.columns),
                )
                # A 1 x 1 array is a number from here on: it scales whatever follows.
                total = entry(total, 1, 1) if shape.is_scalar else total
        return total

    def _exponent(self, exponent: Expr) -> ast.expr:
        # A whole negative exponent as a float: NumPy refuses to raise whole numbers to it.
        if isinstance(exponent, Constant) and exponent.value < 0:
            return ast.UnaryOp(ast.USub(), ast.Constant(float(-exponent.value)))
        return self.written(exponent)

    def _stack(self, rows: tuple[tuple[Expr, ...], ...], *, is_scalar: bool) -> ast.expr:
        if is_scalar:
            return self.written(rows[0][0])
        lists = [ast.List([self.written(entry) for entry in row], ast.Load()) for row in rows]
        return numpy_call("array", ast.List(list[ast.expr](lists), ast.Load()), dtype="float")

    def _apply(self, expr: Apply) -> ast.expr:
        record = FUNCTIONS[expr.function]
        formula = record.numpy if isinstance(record.numpy, str) else record.numpy(expr.arguments)
        tree = ast.parse(formula, mode="eval").body
        used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
        table = {}
        for parameter, argument in zip(record.parameters, expr.arguments, strict=False):
            written = self.written(argument)
            table[parameter] = self.kept(written) if used.count(parameter) > 1 else written
        made: ast.expr = _Filled(table).visit(tree)
        return entry(made, 1, 1) if record.takes_sizes and expr.is_scalar else made


class _Filled(ast.NodeTransformer):
    """A formula of the table with the arguments for its parameters."""

    def __init__(self, table: dict[str, ast.expr]) -> None:
        self.table = table

    def visit_Name(self, node: ast.Name) -> ast.expr:  # ast's own naming
        """The argument for a parameter; np stays."""
        return self.table.get(node.id, node)
