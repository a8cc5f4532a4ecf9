"""Text to expressions: Python's grammar, NumPy's meaning; parsed, never evaluated.

What was typed is kept: a + b + c is one sum, (a + b) + c keeps its brackets. A minus sign
in front of a product or a quotient is a factor -1 of the whole term, as in textbooks; in
front of a literal number it belongs to the number.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Literal

from derivgen.errors import DerivgenError, ShapeError
from derivgen.expr import build
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Index,
    Place,
    Power,
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
from derivgen.expr.sizes import Size
from derivgen.syntax.chains import Run, extend, links_of, negative, without_minus
from derivgen.syntax.misfits import misfit
from derivgen.syntax.numbers import number_of
from derivgen.syntax.reading import DEEPEST, Reading, end_of, start_of, too_deep, tree_of
from derivgen.syntax.scope import Scope
from derivgen.syntax.sizes import size_at
from derivgen.syntax.slips import foreign_attribute, unknown_function, unknown_name
from derivgen.syntax.source import Source

RELATIONS: dict[type[ast.cmpop], Literal[">", "<", ">=", "<="]] = {
    ast.Gt: ">",
    ast.Lt: "<",
    ast.GtE: ">=",
    ast.LtE: "<=",
}


# What somebody means who gives a function another number of arguments.
OTHER_ARGUMENTS = {
    ("norm", 2): "write norm(x), or norm1(x) for the sum of the absolute values",
    ("log", 2): "write log(x)/log(b) for the logarithm to the base b",
    ("max", 3): "write max(a, max(b, c))",
    ("min", 3): "write min(a, min(b, c))",
    ("max", 1): "write max(a, b); for the largest entry list them: max(x[1], x[2])",
    ("min", 1): "write min(a, b); for the smallest entry list them: min(x[1], x[2])",
    ("where", 2): "write where(a > b, c, d): c where the comparison holds, else d",
}


def parse_source(source: Source, scope: Scope) -> Expr:
    """The expression that stands in `source`.

    Raises: DerivgenError with the exact place.
    """
    tree, reading = tree_of(source, scope)
    return _read(reading, tree, 0)


def _read(at: Reading, node: ast.expr, depth: int) -> Expr:
    if depth > DEEPEST:
        raise too_deep(at.source, start_of(node), end_of(node))
    try:
        return _node(at, node, depth + 1)
    except ShapeError as error:
        raise at.fault(error.kind, node, error.message, error.hint) from None


def _node(at: Reading, node: ast.expr, depth: int) -> Expr:
    match node:
        case ast.Name():
            return _word(at, node)
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _sum(at, node, depth)
        case ast.BinOp(op=ast.Mult() | ast.MatMult() | ast.Div()):
            return _product(at, node, depth)
        case ast.BinOp(op=ast.Pow()):
            return _power(at, node, depth)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return negative(_read(at, operand, depth), is_loose=_is_loose(node, operand))
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _read(at, operand, depth)
        case ast.Attribute():
            return _attribute(at, node, depth)
        case ast.Subscript():
            return _component(at, node, depth)
        case ast.List():
            return _stack(at, node, depth)
        case ast.Call():
            return _call(at, node, depth)
        case _:
            raise _refused(at, node)


def _refused(at: Reading, node: ast.expr) -> DerivgenError:
    match node:
        case ast.Compare():
            return at.fault(
                "comparison", node, "a comparison stands alone", "compare inside where(a > b, c, d), or use step(a - b)"
            )
        case ast.Tuple(elts=[]):
            return at.fault("empty", node, "these brackets are empty", "write an expression in them")
        case ast.Tuple(elts=[first, *others]):
            start, end = start_of(first), end_of([first, *others][-1])
            hint = f"stack scalars with square brackets: [{at.source.between(start, end)}]"
            return at.source.fault("stack", start, end, "several expressions stand side by side", hint)
        case _:
            return at.fault(
                "syntax",
                node,
                f"{at.typed(node)} has no meaning here",
                "write it with + - * / ** @ .T, components and functions",
            )


# Names and numbers


def _word(at: Reading, node: ast.expr) -> Expr:
    token = at.token(node)
    name, scope = token.text, at.scope
    if token.kind == "number":
        return Constant(number_of(at.source, token))
    if name in scope.names:
        return scope.names[name]
    if name in scope.sizes:
        return SizeNumber(Size.named(name))
    if scope.differentials and name[:1] == "d" and name[1:] in scope.names:
        return Differential(scope.names[name[1:]])
    if name in FUNCTIONS and not FUNCTIONS[name].parameters:
        return build.apply(name)
    raise unknown_name(at.source, token, scope)


# Sums


def _sum(at: Reading, node: ast.BinOp, depth: int) -> Expr:
    links = links_of(node, (ast.Add, ast.Sub))
    terms = [_read(at, links[0].left, depth)]
    array = terms[0]
    for link in links:
        term = _read(at, link.right, depth)
        if not array.is_scalar and not term.is_scalar and term.shape != array.shape:
            raise misfit(at, link, "add" if isinstance(link.op, ast.Add) else "subtract", array.shape, term.shape)
        array = term if array.is_scalar else array
        if isinstance(link.op, ast.Sub):
            term = negative(term, is_loose=end_of(link) == end_of(link.right) and _is_chain(link.right))
        terms.append(term)
    return Sum(tuple(terms))


def _is_loose(node: ast.UnaryOp, operand: ast.expr) -> bool:
    return end_of(node) == end_of(operand) and isinstance(operand, ast.Name)


def _is_chain(operand: ast.expr) -> bool:
    return isinstance(operand, ast.Name) or (isinstance(operand, ast.BinOp) and not isinstance(operand.op, ast.Pow))


# Products, quotients and powers


def _product(at: Reading, node: ast.BinOp, depth: int) -> Expr:
    links = links_of(node, (ast.Mult, ast.MatMult, ast.Div))
    head, is_negative = without_minus(links[0])
    first = _read(at, head, depth)
    run = Run(first.shape, [first])
    for link in links:
        extend(at, run, link, _read(at, link.right, depth))
    made = run.made()
    return negative(made, is_loose=True) if is_negative else made


def _power(at: Reading, node: ast.BinOp, depth: int) -> Expr:
    base, exponent = _read(at, node.left, depth), _read(at, node.right, depth)
    if not (base.is_scalar or exponent.is_scalar or base.shape == exponent.shape):
        raise misfit(at, node, "raise", base.shape, exponent.shape)
    return Power(base, exponent)


# Transposes, components and stacks


def _attribute(at: Reading, node: ast.Attribute, depth: int) -> Expr:
    token = at.name_after(node.value)
    if token.text == "T":
        return Transpose(_read(at, node.value, depth))
    raise foreign_attribute(at.source, token, at.typed(node.value))


def _component(at: Reading, node: ast.Subscript, depth: int) -> Expr:
    array = _read(at, node.value, depth)
    entries = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    shape = array.shape
    alone = (shape.columns if shape.is_row and not shape.is_column else shape.rows,)
    counted = shape if len(entries) == len(shape) else alone * len(entries)
    indices = [_index(at, entry, size) for entry, size in zip(entries, counted, strict=True)]
    typed = at.typed(node.value)
    match indices:
        case [row, column]:
            return Component(array, row, column)
        case [index] if array.shape.is_column:
            return Component(array, index)
        case [index] if array.shape.is_row:
            return Component(array, 1, index)
        case [index]:
            raise at.fault(
                "index", node, f"{typed} is a matrix ({array.shape})", f"give row and column: {typed}[{index}, 1]"
            )
        case _:
            raise at.fault("index", node, f"{len(indices)} indices are too many", "give a row and a column")


def _index(at: Reading, node: ast.expr, counted: Size) -> Place:
    letter = _letter(at, node)
    if letter is not None:
        return at.scope.indices.get(letter, Index(letter, counted))
    token = at.tokens.get(start_of(node))
    if isinstance(node, ast.Name) and token and token.kind == "number" and token.text.isdigit():
        if int(number_of(at.source, token)) == 0:
            raise at.fault("index", node, "components are counted from 1", "the first one is [1]")
        return int(number_of(at.source, token))
    typed = at.typed(node)
    if isinstance(node, ast.UnaryOp):
        raise at.fault("index", node, f"the index {typed} is below 1", "components are counted from 1, from the front")
    if isinstance(node, ast.Slice):
        raise at.fault("index", node, "there are no slices", "give one index, counted from 1")
    raise at.fault("index", node, f"the index {typed} is not a whole number", "write a number, as in x[1] or A[1, 2]")


def _letter(at: Reading, node: ast.expr) -> str | None:
    """The letter that stands for a number in index notation; only the lines of a derivation have such letters."""
    if not at.scope.differentials or not isinstance(node, ast.Name):
        return None
    token = at.token(node)
    is_taken = token.kind == "number" or token.text in at.scope.names or token.text in at.scope.sizes
    return None if is_taken else token.text


def _stack(at: Reading, node: ast.List, depth: int) -> Expr:
    rows = [entry for entry in node.elts if isinstance(entry, ast.List) and not at.is_in_brackets(entry)]
    if not node.elts or any(not row.elts for row in rows):
        raise at.fault("stack", node, "this stack is empty", "stack scalars, as in [a, b]")
    if not rows:
        return Stack(tuple((_entry(at, entry, depth),) for entry in node.elts))
    if len(rows) != len(node.elts):
        odd = next(entry for entry in node.elts if entry not in rows)
        raise at.fault(
            "stack",
            odd,
            f"{at.typed(odd)} is not a row like the others",
            "give each row its own brackets: [[a, b], [c, d]]",
        )
    for row in rows:
        if len(row.elts) != len(rows[0].elts):
            raise at.fault(
                "shape",
                row,
                "this row has another length than the first one",
                "give every row the same number of entries",
            )
    return Stack(tuple(tuple(_entry(at, entry, depth) for entry in row.elts) for row in rows))


def _entry(at: Reading, node: ast.expr, depth: int) -> Expr:
    if isinstance(node, ast.List) and not at.is_in_brackets(node):
        raise at.fault("stack", node, "stacks have at most two levels", "write a matrix by rows: [[a, b], [c, d]]")
    entry = _read(at, node, depth)
    if not entry.is_scalar:
        message = f"an entry of a stack must be a scalar, {at.typed(node)} is {entry.shape}"
        raise at.fault("shape", node, message, "stack scalars, for instance components x[1], x[2]")
    return entry


# Calls


def _call(at: Reading, node: ast.Call, depth: int) -> Expr:
    if isinstance(node.func, ast.Attribute):
        raise foreign_attribute(at.source, at.name_after(node.func.value), at.typed(node.func.value), at.typed(node))
    if not isinstance(node.func, ast.Name) or at.token(node.func).kind == "number":
        typed = at.typed(node.func)
        factor = typed if isinstance(node.func, ast.Name) else f"({typed})"
        raise at.fault(
            "missing-operator", node, f"{typed} is not a function", f"a product needs its sign: write {factor}*(...)"
        )
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise at.fault("syntax", argument, "* has nothing to multiply on its left", "write a factor in front of it")
    if node.keywords:
        raise at.fault("syntax", node, "** has nothing to raise on its left", "write a base in front of it")
    name = at.token(node.func).text
    match name:
        case "where":
            return _choice(at, node, depth)
        case "derivative":
            return _unresolved(at, node, depth)
        case "sum" if len(node.args) == 3 and _letter(at, node.args[0]) is not None:
            return _summation(at, node, depth)
        case "d" if at.scope.differentials:
            _take(at, node, (1,), "d(x)")
            return Differential(_read(at, node.args[0], depth))
        case _:
            return _function(at, node, name, depth)


def _function(at: Reading, node: ast.Call, name: str, depth: int) -> Expr:
    record = FUNCTIONS.get(name)
    if record is None or name in at.scope.names:
        raise unknown_function(at.source, at.token(node.func), at.scope)
    form = f"{name}({', '.join(record.parameters)})" if record.parameters else name
    _take(at, node, record.arities or (len(record.parameters),), form)
    if record.takes_sizes:
        return build.apply(name, *(SizeNumber(size_at(at, argument)) for argument in node.args))
    if not record.parameters:
        raise at.fault("arguments", node, f"{name} is a number, not a function", f"write {name}")
    return build.apply(name, *(_read(at, argument, depth) for argument in node.args))


def _summation(at: Reading, node: ast.Call, depth: int) -> Expr:
    letter, upto, body = node.args
    index = Index(at.token(letter).text, size_at(at, upto))
    within = replace(at, scope=replace(at.scope, indices={**at.scope.indices, index.name: index}))
    return Summation(index, _read(within, body, depth))


def _take(at: Reading, node: ast.Call, allowed: tuple[int, ...], form: str) -> None:
    if len(node.args) not in allowed:
        wanted = " or ".join(str(number) for number in allowed)
        plural = "" if allowed == (1,) else "s"
        message = f"{at.token(node.func).text} takes {wanted} argument{plural}, not {len(node.args)}"
        name = at.token(node.func).text
        raise at.fault("arguments", node, message, OTHER_ARGUMENTS.get((name, len(node.args)), f"write {form}"))


def _choice(at: Reading, node: ast.Call, depth: int) -> Expr:
    _take(at, node, (3,), "where(a > b, c, d)")
    test, then, otherwise = node.args
    if not isinstance(test, ast.Compare):
        raise at.fault(
            "comparison",
            test,
            f"{at.typed(test)} is not a comparison",
            f"compare it, as in where({at.typed(test)} > 0, c, d)",
        )
    if len(test.ops) > 1:
        raise at.fault("comparison", test, "comparisons cannot be chained", "write one where(...) inside another")
    if type(test.ops[0]) not in RELATIONS:
        raise at.fault("comparison", test, "this comparison is not known", "compare with > < >= <=")
    parts = tuple(_read(at, part, depth) for part in (test.left, test.comparators[0], then, otherwise))
    return Choice(RELATIONS[type(test.ops[0])], *parts)


def _unresolved(at: Reading, node: ast.Call, depth: int) -> Expr:
    if len(node.args) < 2:
        raise at.fault(
            "arguments", node, "derivative takes an expression and at least one variable", "write derivative(f, x)"
        )
    of, *wrt = (_read(at, argument, depth) for argument in node.args)
    for argument, variable in zip(node.args[1:], wrt, strict=True):
        match variable:
            case Variable() | Reference() | Unspecified() | Component(array=Variable()):
                if len(wrt) > 1 and not variable.is_scalar:
                    raise at.fault(
                        "shape",
                        argument,
                        f"only scalars are stacked, {at.typed(argument)} is {variable.shape}",
                        "give one array alone",
                    )
            case _:
                raise at.fault(
                    "arguments",
                    argument,
                    f"{at.typed(argument)} is not a variable",
                    "differentiate by a variable, a component or a function's name",
                )
    return Unresolved(of, tuple(wrt))
