# ruff: noqa: E501  # a table reads best in rows
"""Wrong rules, made by hand: each is one small slip of a rule, and `planted` puts it into the running engine.

A slip is a piece of a function's source that is replaced by another, or the differential of
a record of the table of functions. Slips that change nothing but the form are left out.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType
from typing import Any

from derivgen.expr.functions import FUNCTIONS


@dataclass(frozen=True)
class Slip:
    """`new` for `old` in the source of one function of a module of the calculus."""

    module: str
    function: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.module}.{self.function}: {self.new}"


@dataclass(frozen=True)
class RecordSlip:
    """Another differential, or another one as a matrix, or other partial derivatives, in a record of the table."""

    function: str
    differential: str = ""
    partials: tuple[str, ...] = ()
    linear: str = ""

    def __str__(self) -> str:
        return f"{self.function}: {self.differential or self.linear or ', '.join(self.partials)}"


RECORDS = (
    RecordSlip("tr", "2*tr(dX)"),
    RecordSlip("det", "det(X)*tr(X @ dX)"),
    RecordSlip("det", "tr(inv(X) @ dX)"),
    RecordSlip("det", "det(X)*tr(inv(X).T @ dX)"),
    RecordSlip("logdet", "tr(inv(X).T @ dX)"),
    RecordSlip("logdet", "-tr(inv(X) @ dX)"),
    RecordSlip("inv", "inv(X) @ dX @ inv(X)"),
    RecordSlip("inv", "-inv(X).T @ dX @ inv(X).T"),
    RecordSlip("inv", "-inv(X) @ dX.T @ inv(X)"),
    RecordSlip("outer", "da @ b.T - a @ db.T"),
    RecordSlip("kron", "kron(dA, B) - kron(A, dB)"),
    RecordSlip("kron", "kron(B, dA) + kron(dB, A)"),
    RecordSlip("softmax", "softmax(x)*dx"),
    RecordSlip("softmax", "softmax(x)*dx + sum(softmax(x)*dx)*softmax(x)"),
    RecordSlip("softmax", linear="diag(softmax(x)) @ dx"),
    RecordSlip("softmax", linear="(diag(softmax(x)) + softmax(x) @ softmax(x).T) @ dx"),
    RecordSlip("dot", "dot(da, b) - dot(a, db)"),
    RecordSlip("prod", "prod(x)*sum(dx)"),
    RecordSlip("tanh", partials=("1 + tanh(x)**2",)),
    RecordSlip("sigmoid", partials=("sigmoid(x)*(1 + sigmoid(x))",)),
    RecordSlip("sqrt", partials=("1/sqrt(x)",)),
)

SLIPS = (
    # symmetry: what a transpose is
    Slip("symmetry", "_reversed", "for factor in reversed(factors)", "for factor in factors"),
    Slip("symmetry", "_reversed", "transposed(factor) for", "factor for"),
    Slip("symmetry", "transposed", 'apply("kron", transposed(left), transposed(right))', 'apply("kron", transposed(right), transposed(left))'),
    Slip("symmetry", "transposed", 'apply("commutation", columns, rows)', 'apply("commutation", rows, columns)'),
    Slip("symmetry", "transposed", "            return argument\n", "            return expr\n"),
    Slip("symmetry", "transposed", "Quotient(transposed(top), bottom)", "Quotient(top, bottom)"),
    Slip("symmetry", "is_symmetric", 'Apply(function="eye" | "ones" | "zeros")', 'Apply(function="eye" | "ones" | "zeros" | "inv")'),
    Slip("symmetry", "_is_closed", "            return False", "            return True"),
    # calls: normal forms
    Slip("calls", "_inverse", 'normal(apply("matpow", base, number(-k)))', 'normal(apply("matpow", base, number(k)))'),
    Slip("calls", "_trace", "return size(inner.shape.rows)", "return size(inner.shape.entries)"),
    Slip("calls", "_vec", 'apply("kron", transposed(right), left)', 'apply("kron", left, transposed(right))'),
    Slip("calls", "_diag", "Hadamard((link.arrays[0], transposed(link.arrays[1])))", "Hadamard((link.arrays[0], link.arrays[0]))"),
    # pairs: neighbours in a product
    Slip("pairs", "_inverted", "return transposed(inner)", "return inner"),
    Slip("pairs", "_inverses_cancelled", "arrays[start : start + len(factors)] == factors", "start < len(arrays)"),
    Slip("pairs", "_reordered", "Product((transposed(b), inner, a))", "Product((b, inner, a))"),
    Slip("pairs", "_as_one_power", "number(sum(exponents))", "number(exponents[0] - exponents[1])"),
    Slip("pairs", "_reordered", "normal(Product((b, inner, transposed(a))))", "normal(Product((b, inner, a)))"),
    Slip("pairs", "_reordered", 'return (apply("kron", b, a),)', 'return (apply("kron", a, b),)'),
    Slip("pairs", "_merged", "normal(Hadamard((a, right)))", "normal(Hadamard((right, right)))"),
    # traces
    Slip("traces", "move_in_trace", "Move(trace(*after, *before, array)", "Move(trace(*before, *after, array)"),
    Slip("traces", "move_in_trace", "(*_turned(after), array.argument, *_turned(before))", "(*_turned(before), array.argument, *_turned(after))"),
    Slip("traces", "_turned", "reversed_product(product(arrays))", "product(arrays)"),
    Slip("traces", "_masked_row", "Hadamard((left, transposed(factor)))", "Hadamard((left, factor))"),
    Slip("traces", "as_trace", "trace(*after, *before, array)", "trace(*before, *after, array)"),
    Slip("traces", "as_trace", "trace(transposed(_unstacked(before, inner.shape)), inner)", "trace(_unstacked(before, inner.shape), inner)"),
    Slip("traces", "_adjoint", 'apply("diag", left)', 'apply("diag", Product((left, left)))'),
    # vec and Kronecker
    Slip("vectorise", "of_product", 'apply("kron", right, left)', 'apply("kron", left, right)'),
    Slip("vectorise", "of_product", "transposed(product(after))", "product(after)"),
    Slip("vectorise", "_of_array", "SizeNumber(argument.shape.rows), SizeNumber(argument.shape.columns)", "SizeNumber(argument.shape.columns), SizeNumber(argument.shape.rows)"),
    Slip("vectorise", "_of_array", 'apply("diag", vec(factor))', 'apply("diag", vec(transposed(factor)))'),
    Slip("vectorise", "_of_array", 'apply("kron", ones(size), eye(size))', 'apply("kron", eye(size), eye(size))'),
    Slip("vectorise", "of_kron", "SizeNumber(second.shape.columns), SizeNumber(first.shape.rows)", "SizeNumber(first.shape.rows), SizeNumber(second.shape.columns)"),
    Slip("vectorise", "of_kron", 'apply("kron", vec(first), eye(second.shape.entries))', 'apply("kron", eye(second.shape.entries), vec(first))'),
    Slip("vectorise", "of_diagonal", 'apply("diag", apply("vec", eye(size)))', 'apply("diag", apply("vec", ones(size, size)))'),
    # linear: moves in front of dx
    Slip("linear", "_turned", "row = reversed_product(right)", "row = Transpose(inner)"),
    Slip("linear", "_sum_of", "Product((Transpose(factor), rest))", "Product((Transpose(factor), factor))"),
    Slip("linear", "_sum_of", 'apply("tr", Product((transposed(factor), rest)))', 'apply("tr", Product((factor, rest)))'),
    Slip("linear", "_scalar_function", 'Quotient(apply("sum", inner), size(inner.shape.entries))', 'Quotient(apply("sum", inner), size(inner.shape.rows))'),
    Slip("linear", "_scalar_function", "unit(array.shape.rows, row), unit(array.shape.columns, column)", "unit(array.shape.rows, column), unit(array.shape.columns, row)"),
    Slip("linear", "_array_factor", "Hadamard((right, inner))", "Hadamard((right, right, inner))"),
    Slip("linear", "_scalar_factor", "vec(transposed(found))", "vec(found)"),
    # differentials: the rules themselves
    Slip("differential", "_product", "_piece(f, operator) if i == k else f", "_piece(f, operator)"),
    Slip("differential", "_linear_change", "Product((term.factors[0], change(", "Product((ONE_NUMBER, change("),
    Slip("differential", "_quotient", "Product((MINUS_ONE, times(", "Product((ONE_NUMBER, times("),
    Slip("differential", "_lowered", "lower = exponent.value - 1", "lower = exponent.value"),
    Slip("differential", "_norm_squared", "Product((number(2), Transpose(r), change(r, operator)))", "Product((Transpose(r), change(r, operator)))"),
    Slip("differential", "_norm_squared", "Product((number(2), traced))", "Product((ONE_NUMBER, traced))"),
    Slip("differential", "_hadamard", "Hadamard((*others, change(expr.factors[k], operator)))", "Hadamard((*expr.factors, change(expr.factors[k], operator)))"),
    Slip("called", "_trace", 'Product((exponent, apply("tr"', 'Product((ONE_NUMBER, apply("tr"'),
    Slip("called", "_trace", "tidied_sum(exponent, -1)", "exponent"),
    # simplification and layouts
    Slip("symmetrise", "symmetrised", "Sum((answer, transposed(answer)))", "Sum((answer, answer))"),
    Slip("symmetrise", "_half_of", "number(2)", "number(1)"),
    Slip("symmetrise", "_projected", "Sum((eye(size * size), turn))", "Sum((eye(size * size), eye(size * size)))"),
    Slip("sums", "_merged", "table.get(rest, Fraction(0)) + coefficient", "coefficient"),
    Slip("simplify", "component", "component(argument, column, row)", "component(argument, row, column)"),
    Slip("factoring", "_turned", "joined(Chain(link.scalars, (link.arrays[0].argument,)", "joined(Chain(ONE, (link.arrays[0].argument,)"),
    Slip("factoring", "_rest", "link.scalars.coefficient / scalars.coefficient", "link.scalars.coefficient"),
    Slip("gathering", "_branch", "*side, entry(link.scalars", "side[0], not side[1], entry(link.scalars"),
    Slip("gathering", "entrywise", "own * upside_down", "own"),
    Slip("gathering", "weighted", "_times(_total(numbers)", "_times(_total(numbers[:1])"),
    Slip("chains", "_joined", " * inner.scalars", ""),
    Slip("moves", "by_entries", "Product((unit(rows, i), Transpose(unit(columns, j))))", "Product((unit(rows, j), Transpose(unit(columns, i))))"),
    Slip("moves", "masked", "(choice.otherwise, ZERO_NUMBER, ONE_NUMBER)", "(choice.otherwise, ONE_NUMBER, ZERO_NUMBER)"),
    Slip("derive", "_derived", "tidy(spread_transpose(numerator))", "tidy(numerator)"),
)  # fmt: skip

MUTANTS: tuple[Slip | RecordSlip, ...] = (*RECORDS, *SLIPS)


@contextmanager
def planted(mutant: Slip | RecordSlip) -> Iterator[None]:
    """The engine with one wrong rule, and the right one again afterwards.

    Raises: ValueError where the piece of source to be replaced is not there.
    """
    match mutant:
        case RecordSlip(function=name):
            was: Any = FUNCTIONS[name]
            slips = {"partials": mutant.partials, "differential": mutant.differential, "linear": mutant.linear}
            FUNCTIONS[name] = replace(was, **{field: slip for field, slip in slips.items() if slip})
        case Slip():
            wrong = slipped(mutant)
            function = _function(mutant)
            was, function.__code__ = function.__code__, wrong
    _forget()
    try:
        yield
    finally:
        if isinstance(mutant, RecordSlip):
            FUNCTIONS[mutant.function] = was
        else:
            _function(mutant).__code__ = was
        _forget()


def slipped(slip: Slip) -> Any:
    """The code of the function with the slip in it."""
    source = textwrap.dedent(inspect.getsource(_function(slip)))
    if slip.old not in source:
        raise ValueError(f"{slip.module}.{slip.function} holds no longer: {slip.old}")
    names: dict[str, Any] = dict(vars(_module(slip.module)))
    exec("from __future__ import annotations\n" + source.replace(slip.old, slip.new), names)  # noqa: S102  # our own code, changed on purpose
    made = names[slip.function]
    return getattr(made, "__wrapped__", made).__code__


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"derivgen.calculus.{name}")


def _function(slip: Slip) -> FunctionType:
    found = getattr(_module(slip.module), slip.function)
    made: FunctionType = getattr(found, "__wrapped__", found)
    return made


def _forget() -> None:
    """Empties every cache, which may hold what another rule made."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("derivgen."):
            for found in tuple(vars(module).values()):
                if isinstance(found, _lru_cache_wrapper):
                    found.cache_clear()
