"""Walking an expression: its parts, the same node with other parts, and what occurs in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter, is_
from typing import Any, assert_never

from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Index,
    Node,
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
from derivgen.expr.sizes import Shape


def _none(_: Any) -> tuple[Expr, ...]:
    return ()


# Nothing is asked more often than this; a table is faster than a match, and a test holds it to all nodes.
PARTS: dict[type[Node], Callable[[Any], tuple[Expr, ...]]] = {
    Constant: _none,
    SizeNumber: _none,
    Variable: _none,
    Reference: _none,
    Unspecified: _none,
    Sum: attrgetter("terms"),
    Product: attrgetter("factors"),
    Hadamard: attrgetter("factors"),
    Apply: attrgetter("arguments"),
    Differential: lambda expr: (expr.of,),
    Unresolved: lambda expr: (expr.of, *expr.wrt),
    Quotient: attrgetter("numerator", "denominator"),
    Power: attrgetter("base", "exponent"),
    Transpose: lambda expr: (expr.argument,),
    Stack: lambda expr: tuple(entry for row in expr.rows for entry in row),
    Component: lambda expr: (expr.array,),
    Summation: lambda expr: (expr.body,),
    Choice: attrgetter("left", "right", "then", "otherwise"),
}


def parts(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts, in reading order; the body of a reference is not a part."""
    return PARTS[type(expr)](expr)


def with_parts(expr: Expr, new: tuple[Expr, ...]) -> Expr:
    """The same node with other direct parts, in the order of `parts`."""
    match expr:
        case Constant() | SizeNumber() | Variable() | Reference() | Unspecified():
            return expr
        case Differential():
            return Differential(new[0])
        case Unresolved(written_out=written_out, held=held, denominator=denominator):
            return Unresolved(new[0], new[1:], written_out, held, denominator)
        case Sum():
            return Sum(new)
        case Product():
            return Product(new)
        case Hadamard():
            return Hadamard(new)
        case Apply(function=function, declared=declared):
            return Apply(function, new, declared)
        case Quotient():
            return Quotient(*new)
        case Power():
            return Power(*new)
        case Transpose():
            return Transpose(new[0])
        case Stack(rows=rows):
            width = len(rows[0])
            return Stack(tuple(new[i : i + width] for i in range(0, len(new), width)))
        case Component(row=row, column=column):
            return Component(new[0], row, column)
        case Summation(index=index):
            return Summation(index, new[0])
        case Choice(relation=relation):
            return Choice(relation, *new)
    assert_never(expr)


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with `change` applied to each direct part; the same object if nothing changed."""
    old = parts(expr)
    if not old:
        return expr
    new = tuple(map(change, old))
    return expr if all(map(is_, old, new)) else with_parts(expr, new)


def replaced(expr: Expr, table: dict[Expr, Expr]) -> Expr:
    """The expression with every occurrence of a key replaced by its value, outermost first."""
    if expr in table:
        return table[expr]
    return rebuilt(expr, lambda part: replaced(part, table))


def depends_on(expr: Expr, name: str) -> bool:
    """Whether a variable or function called `name` occurs; references are followed."""
    return name in names_within(expr)


@remembered
def names_within(expr: Expr) -> frozenset[str]:
    """The names of the variables and functions that occur; references are followed."""
    own = {expr.name} if isinstance(expr, Variable | Reference | Unspecified) else set()
    inner = expr.of if isinstance(expr, Unspecified) else _opened(expr)
    return frozenset(own).union(*map(names_within, inner))


def inlined(expr: Expr) -> Expr:
    """The expression with every reference replaced by what it stands for."""
    if isinstance(expr, Reference):
        return inlined(expr.body)
    return rebuilt(expr, inlined)


@remembered
def leaves(expr: Expr) -> tuple[Expr, ...]:
    """The variables and unspecified functions that occur, each once, in reading order; references are followed."""
    match expr:
        case Variable():
            return (expr,)
        case Unspecified():
            return tuple(dict.fromkeys([expr, *(leaf for inner in _functions_of(expr) for leaf in leaves(inner))]))
        case Reference(body=body):
            return leaves(body)
        case _:
            return tuple(dict.fromkeys(leaf for part in parts(expr) for leaf in leaves(part)))


def _functions_of(expr: Unspecified) -> tuple[Expr, ...]:
    return tuple(argument for argument in expr.of if not isinstance(argument, Variable))


def _opened(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts, with functions that are used by name followed."""
    match expr:
        case Reference(body=body):
            return (body,)
        case Unspecified():
            return _functions_of(expr)
        case _:
            return parts(expr)


@remembered
def shapes_within(expr: Expr) -> tuple[Shape, ...]:
    """The shapes of every node that occurs, each once; references are followed."""
    inner = _opened(expr)
    return tuple(dict.fromkeys([expr.shape, *(shape for part in inner for shape in shapes_within(part))]))


@remembered
def size_names(expr: Expr) -> tuple[str, ...]:
    """The names of sizes that occur, in shapes or as numbers, each once; references are followed."""
    names = [name for shape in shapes_within(expr) for size in shape for name in size.names]
    return tuple(dict.fromkeys([*names, *_numbers_named(expr)]))


@remembered
def _numbers_named(expr: Expr) -> tuple[str, ...]:
    if isinstance(expr, SizeNumber):
        return expr.size.names
    counted = expr.index.size.names if isinstance(expr, Summation) else ()
    return (*counted, *(name for part in _opened(expr) for name in _numbers_named(part)))


@remembered
def free_indices(expr: Expr) -> tuple[Index, ...]:
    """The letters that stand for a number of which the line says nothing, each once, in reading order."""
    within = [index for part in parts(expr) for index in free_indices(part)]
    match expr:
        case Component(row=row, column=column):
            within += [place for place in (row, column) if isinstance(place, Index)]
        case Summation(index=bound):
            within = [index for index in within if index != bound]
    return tuple(dict.fromkeys(within))


def is_delta(expr: Expr) -> bool:
    """Whether this is a Kronecker delta: an entry of the identity matrix with letters."""
    match expr:
        case Component(array=Apply(function="eye"), row=row, column=column):
            return isinstance(row, Index) or isinstance(column, Index)
        case _:
            return False


@remembered
def holds_choice(expr: Expr) -> bool:
    """Whether a choice between cases occurs; references are not followed."""
    return isinstance(expr, Choice) or any(map(holds_choice, parts(expr)))


def nodes_within(expr: Expr) -> Iterator[Expr]:
    """Every different node, also those of the functions that are used by name."""
    seen: set[Expr] = set()
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(_opened(node))


def nodes_outside_sums(expr: Expr) -> Iterator[Expr]:
    """The same, without what stands within sums over letters."""
    seen: set[Expr] = set()
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(() if isinstance(node, Summation) else _opened(node))


def count(expr: Expr) -> int:
    """How many nodes a reader sees."""
    return 1 + sum(count(part) for part in parts(expr))


def changes(expr: Expr) -> bool:
    """Whether a differential occurs; references are not followed."""
    return contains(expr, lambda part: isinstance(part, Differential))


def contains(expr: Expr, test: Callable[[Expr], bool]) -> bool:
    """Whether a node that passes `test` occurs; references are not followed."""
    return test(expr) or any(contains(part, test) for part in parts(expr))
