"""Substituting back: names of intermediate functions in an answer, replaced where that reads better.

A name stays where a lecturer would leave it: the residual of a network, the input of a step.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.calculus.factoring import in_order, simplest
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.scalarforms import shortest
from derivgen.calculus.simplify import component, tidy
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Expr,
    Product,
    Reference,
    SizeNumber,
    Stack,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import count, inlined, parts, rebuilt, replaced

SHORT, AFFINE, LONGEST = 5, 7, 40
SELF_NAMED = frozenset({"softmax", "sigmoid", "tanh"})
SHARP = frozenset({"step", "sign", "abs", "max", "min", "relu"})


def given_symbols(answer: Expr, shown: Expr, recorder: Recorder, *, subgoal: str) -> Expr:
    """The answer with short intermediates substituted back, in a step of its own; else as it is."""
    table = _table(answer)
    if not table:
        return answer
    plain = _picked(replaced(answer, table))
    opened = in_order(tidy(plain))
    short = shortest(opened) if opened.is_scalar else in_order(simplest(opened))
    after = short if count(short) < count(opened) else opened
    if count(after) > LONGEST:
        return answer
    names = tuple(table)
    recorder.line(
        "substitute-back", shown, after, before=answer, between=(plain, opened), subgoal=subgoal,
        also=("collect",) if after != opened else (),
        facts={"inner": names[0], "body": table[names[0]]},
    )  # fmt: skip
    return after


def is_self_named(function: Reference) -> bool:
    """Whether it is a function whose derivative is written with its own values: s (1 - s) for the sigmoid s."""
    return isinstance(function.body, Apply) and function.body.function in SELF_NAMED


def _table(answer: Expr) -> dict[Expr, Expr]:
    names = tuple(dict.fromkeys(part for part in _names(answer)))
    kept = set(_at_kinks(answer))
    found: dict[Expr, Expr] = {}
    for name in names:
        body = inlined(name)
        if name in kept or _has_unknown(body) or is_self_named(name):
            continue
        is_only_factor = len(names) == 1 and _is_affine(body) and _is_factor(answer, name)
        is_short = _is_entrywise(body) and count(body) <= SHORT
        if _is_of_scalars(body) or is_short or (is_only_factor and count(body) <= AFFINE):
            found[name] = body
    return found


def _names(expr: Expr) -> Iterator[Reference]:
    if isinstance(expr, Reference):
        yield expr
    elif not isinstance(expr, Unresolved):
        for part in parts(expr):
            yield from _names(part)


def _at_kinks(expr: Expr) -> Iterator[Expr]:
    """The names inside an indicator or a choice, where the name makes the condition readable."""
    match expr:
        case Apply(function=name) if name in SHARP:
            yield from _names(expr)
        case Choice(left=left, right=right, then=then, otherwise=otherwise):
            for part in (left, right):
                yield from _names(part)
            for part in (then, otherwise):
                yield from _at_kinks(part)
        case _:
            for part in parts(expr):
                yield from _at_kinks(part)


def _picked(expr: Expr) -> Expr:
    """The expression with entries of a stack taken from it: [a, b][1] is a."""
    inner = rebuilt(expr, _picked)
    match inner:
        case Component(array=array, row=int(row), column=int(column)):
            return component(array, row, column)
        case _:
            return inner


def _has_unknown(expr: Expr) -> bool:
    return isinstance(expr, Unspecified) or any(_has_unknown(part) for part in parts(expr))


def _is_of_scalars(expr: Expr) -> bool:
    """Whether only scalars, entries of arrays, and stacks of those occur."""
    match expr:
        case Component(array=Variable()) | SizeNumber():
            return True
        case Stack():
            return all(_is_of_scalars(part) for part in parts(expr))
        case _:
            return expr.is_scalar and all(_is_of_scalars(part) for part in parts(expr))


def _is_entrywise(expr: Expr) -> bool:
    match expr:
        case Product(factors=factors):
            return sum(not f.is_scalar for f in factors) <= 1 and all(_is_entrywise(f) for f in factors)
        case Apply(function=name):
            return FUNCTIONS[name].is_elementwise and all(_is_entrywise(part) for part in parts(expr))
        case Transpose():
            return False
        case _:
            return all(_is_entrywise(part) for part in parts(expr))


def _is_affine(expr: Expr) -> bool:
    """Whether only sums and products occur."""
    return not isinstance(expr, Apply | Choice) and all(_is_affine(part) for part in parts(expr))


def _is_factor(expr: Expr, name: Expr) -> bool:
    """Whether the name stands in products, sums and transposes only, not inside a function."""
    if expr == name:
        return True
    inside = [part for part in parts(expr) if name in tuple(_names(part))]
    return not isinstance(expr, Apply | Choice) and all(_is_factor(part, name) for part in inside)
