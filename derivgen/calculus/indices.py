"""The method of indices: one entry with letters, the derivative inside the sums, deltas, and back to arrays.

Every line but the first and the last is about one entry: the derivative of f by x_k, of y_i by x_k, or of f by
X_kl. The Kronecker delta says that an entry changes only with itself; it keeps one index of its sum.
"""

from __future__ import annotations

from derivgen.calculus.contraction import full_array
from derivgen.calculus.factoring import factored, in_order
from derivgen.calculus.indexform import VARIED, Letters, Writer, cleaned, place_for
from derivgen.calculus.indexlines import ByEntry, advance, collapsed
from derivgen.calculus.indexvec import jacobian_by_matrix
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import transposed
from derivgen.errors import NoRule
from derivgen.expr.build import zeros
from derivgen.expr.nodes import (
    Component,
    Expr,
    Index,
    Place,
    Reference,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import leaves, nodes_within, parts, size_names

LETTERS, INSIDE, DELTAS, BACK = "letters", "inside", "deltas", "entries"
LIMIT = 40
# A line of more letters no reader follows, and its check takes seconds: each letter multiplies the terms.
MOST_SUMS = 7


def by_indices(of: Expr, wrt: tuple[Variable, ...], recorder: Recorder, *, shown: Expr) -> Expr:
    """The derivative of `of` in numerator layout, by index notation; the steps go to the recorder.

    Raises: NoRule where a rule is missing or the entries cannot be read as a matrix of this language.
    """
    variable = _one(wrt)
    if not variable.is_scalar and not (of.shape.is_column or of.shape.is_row):
        raise NoRule("a matrix by an array", "index notation")
    letters = Letters((*recorder.names, *_names(of, variable)))
    target = _entry_of(variable, letters, VARIED)
    name = _entry_of(of, letters)
    operator = ByEntry(target)
    writer = Writer(letters, target)
    facts = {"variable": target, "array": variable, "of": name}
    if not operator.varies(of):
        return recorder.line(
            "constant", shown, zeros(shown.shape), subgoal=INSIDE, facts={**facts, "constant": of}
        ).after
    body = _written(of, name, writer)
    if body not in (name, _body(of)):
        recorder.line("index-form", name, body, subgoal=LETTERS, facts=facts)
    left = Unresolved(name, (target,))
    line = _worked_out(left, body, operator, writer, recorder, facts)
    kept = collapsed(line, letters)
    if kept != line:
        recorder.line("delta-in-sum", left, kept, before=line, subgoal=DELTAS, facts=facts)
    return _read(left, kept, recorder, shown, facts)


def _one(wrt: tuple[Variable, ...]) -> Variable:
    if len(wrt) > 1:
        raise NoRule("several variables at once", "index notation")
    if wrt[0].symmetric:
        raise NoRule(f"the symmetric matrix {wrt[0].name}, whose entries are not independent,", "index notation")
    return wrt[0]


def _names(of: Expr, variable: Variable) -> tuple[str, ...]:
    """The names on the page: no letter may be taken for one of them."""
    known = [node.name for node in nodes_within(of) if isinstance(node, Variable | Reference | Unspecified)]
    return (variable.name, *known, *(leaf.name for leaf in leaves(of) if isinstance(leaf, Variable)),
            *size_names(of), *size_names(variable), "e", "d")  # fmt: skip


def _body(of: Expr) -> Expr:
    return _body(of.body) if isinstance(of, Reference) else of


def _entry_of(array: Expr, letters: Letters, *pool: tuple[str, ...]) -> Expr:
    if array.is_scalar:
        return array
    row, column = (place_for(side, letters, *pool) for side in array.shape)
    return Component(array, row, column)


def _written(of: Expr, name: Expr, writer: Writer) -> Expr:
    body = _body(of)
    made = writer.entry(body, name.row, name.column) if isinstance(name, Component) else writer.scalar(body)
    return cleaned(made, writer.letters)


def _worked_out(
    left: Unresolved, body: Expr, operator: ByEntry, writer: Writer, recorder: Recorder, facts: dict[str, Expr]
) -> Expr:
    """The line in which nothing is open any more."""
    line: Expr = Unresolved(body, left.wrt)
    known = operator.settled(body)
    if known is not None:
        rule = "kronecker-delta" if isinstance(operator.variable, Component) else "variable"
        return recorder.line(rule, left, known, before=line, subgoal=INSIDE, facts={**facts, "inner": body}).after
    for _ in range(LIMIT):
        step = advance(line, operator, writer)
        if step is None:
            return line
        if _sums_within(step.shown) > MOST_SUMS:
            raise NoRule(f"more than {MOST_SUMS} sums within each other", "index notation")
        recorder.line(
            step.rule, left, step.after, before=line, between=(step.shown,), subgoal=INSIDE, also=step.also,
            facts={**step.facts, **facts}, conditions=step.conditions,
        )  # fmt: skip
        line = step.after
    raise NoRule("so deep an expression", "index notation")


def _sums_within(expr: Expr) -> int:
    """How many sums stand within each other."""
    deepest = max(map(_sums_within, parts(expr)), default=0)
    return deepest + isinstance(expr, Summation)


def _read(left: Unresolved, line: Expr, recorder: Recorder, shown: Expr, facts: dict[str, Expr]) -> Expr:
    """The array whose entry the line is, in numerator layout."""
    of, (target,) = left.of, left.wrt
    place = _place(of, target)
    found = tidy(_by_matrix(line, of, target) if place is None else full_array(line, *place))
    answer = in_order(factored(found if found.shape == shown.shape else _turned(found)))
    if place is not None and not found.is_scalar:
        component = Component(found, *place)
        if component != line:
            recorder.line("entry-of-array", left, component, before=line, subgoal=BACK, facts=facts)
            line = component
    rule = "jacobian" if isinstance(of, Component) else "entry-of-array" if shown.is_scalar else "gradient"
    return recorder.line(rule, shown, answer, before=line, subgoal=BACK, facts={**facts, "form": answer}).after


def _turned(column: Expr) -> Expr:
    """The column as a row, term by term."""
    return tidy(Sum(tuple(transposed(term) for term in column.terms)) if isinstance(column, Sum) else Transpose(column))


def _place(of: Expr, target: Expr) -> tuple[Place, Place] | None:
    """Row and column of the entry that is found; None for a vector by a matrix, whose columns need two letters."""
    match of, target:
        case Component(array=of_array, row=i, column=j), Component(array=array, row=k):
            if not array.shape.is_column:
                return None
            return (i if of_array.shape.is_column else j), k
        case Component(row=i, column=j), _:
            return i, j
        case _, Component(array=array, row=k, column=l):
            return (k, l) if array.shape.is_column else (l, k)
        case _:
            return 1, 1


def _by_matrix(line: Expr, of: Expr, target: Expr) -> Expr:
    match of, target:
        case Component(row=Index() as i), Component(row=k, column=l):
            return jacobian_by_matrix(line, i, k, l)
        case Component(column=Index() as i), Component(row=k, column=l):
            return jacobian_by_matrix(line, i, k, l)
        case _:
            raise NoRule("this entry", "index notation")
