"""The method of components: every partial derivative by scalar rules, then stacked.

This is the way of a first course: hold all variables but one constant, differentiate, and
put the results in an array, one row a function and one column a variable (numerator layout).
"""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.entries import entries
from derivgen.calculus.lines import advance
from derivgen.calculus.names import named_bodies, put_back
from derivgen.calculus.operators import Partial
from derivgen.calculus.polynomials import collected
from derivgen.calculus.recorder import Recorder, merged
from derivgen.calculus.records import Step
from derivgen.calculus.scalarforms import shortest
from derivgen.calculus.simplify import tidy
from derivgen.errors import NoRule
from derivgen.expr.build import ONE_NUMBER, ZERO_NUMBER
from derivgen.expr.functions.cells import whole
from derivgen.expr.nodes import Component, Expr, Reference, Stack, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import count, depends_on, nodes_within, parts, shapes_within
from derivgen.record import record

WRITE, PARTIAL, ROW, ARRAY, STACK = "write", "partial", "row", "array", "stack"
FINE, BY_ENTRY, LONG = 8, 4, 12
# A form of an entry that is written out and longer than this is left away where a shorter one follows.
LONG_FORM = 24
# With these rules alone the derivative is seen at once.
PLAIN = frozenset({"sum", "difference", "constant-multiple", "power", "variable", "constant"})
LIMIT = 40
SMALL = 4
# A partial derivative with more rules than this has a line of its own.
IN_A_ROW = 3


@record
class Output:
    """One scalar function: the name by which lines speak of it, and its expression."""

    name: Expr
    body: Expr


def suits(of: Expr, wrt: tuple[Variable, ...]) -> bool:
    """Whether scalar rules reach every place where the variables stand: only scalars on the way."""
    names = {variable.name for variable in wrt}
    if any(not v.is_scalar and (v.shape.rows.number is None or not v.shape.is_column) for v in wrt):
        return False
    top = _body(of)
    pieces = tuple(cell for cells in top.rows for cell in cells) if isinstance(top, Stack) else (top,)
    return all(piece.is_scalar and _scalar_only(piece, names) for piece in pieces)


def is_of_entries(of: Expr, wrt: tuple[Variable, ...]) -> bool:
    """Whether small arrays are stacked of the variables on the way, so that entries are all there is to see."""
    names = {variable.name for variable in wrt}
    if any(not v.is_scalar and (v.shape.rows.number is None or not v.shape.is_column) for v in wrt):
        return False
    body = _body(of)
    stacked = [node for node in nodes_within(body) if isinstance(node, Stack) and node != body]
    if not any(depends_on(stack, name) for stack in stacked for name in names):
        return False
    shapes = shapes_within(body)
    return all(size.number is not None for shape in shapes for size in shape) and _is_small(shapes)


def _is_small(shapes: tuple[Shape, ...]) -> bool:
    return all((shape.entries.number or 0) <= SMALL for shape in shapes)


def _scalar_only(expr: Expr, names: set[str]) -> bool:
    match expr:
        case Variable(name=name):
            return expr.is_scalar or name not in names
        case Component(array=Variable() | Unspecified()):
            return True
        case Component(array=array, row=int(row), column=int(column)) if isinstance(stack := _body(array), Stack):
            return _scalar_only(stack.rows[row - 1][column - 1], names)
        case Reference(body=body):
            return _scalar_only(body, names)
        case Unspecified(of=of):
            return all(isinstance(variable, Variable) and variable.is_scalar for variable in of)
        case _ if not expr.is_scalar or any(not part.is_scalar for part in parts(expr)):
            return not any(depends_on(expr, name) for name in names)
        case _:
            return all(_scalar_only(part, names) for part in parts(expr))


def _body(expr: Expr) -> Expr:
    return _body(expr.body) if isinstance(expr, Reference) else expr


def by_components(of: Expr, wrt: tuple[Variable, ...], recorder: Recorder, *, shown: Expr) -> Expr:
    """The derivative of `of` in numerator layout, entry by entry; the steps go to the recorder.

    Raises: NoRule where an entry has no rule or a size is not a small whole number.
    """
    inputs = scalars_of(wrt)
    is_written_out = not suits(of, wrt)
    outputs = _written_out(of, inputs, recorder) if is_written_out else outputs_of(of)
    table = [[_partial(output, variable, recorder) for variable in inputs] for output in outputs]
    rows = tuple(tuple(steps[-1].after for steps in row) for row in table)
    answer = _arranged(rows, shown)
    if len(outputs) == 1 and len(inputs) == 1:
        _record_all(table[0][0], recorder)
        return answer
    general = _arranged(tuple(tuple(Unresolved(output.name, (v,)) for v in inputs) for output in outputs), shown)
    total = sum(len(steps) for row in table for steps in row)
    # Where every rule has a step of its own, the array of partial derivatives is shown when they are stacked.
    wide = len(outputs) > 1 and len(inputs) > 1 and total > FINE
    if wide:
        goal = WRITE if is_written_out else ARRAY
        recorder.line("jacobian", shown, general, subgoal=goal, facts=_facts(outputs, inputs))
    if is_written_out:
        recorder.steps += [_in_one_line(tuple(steps), recorder) for row in table for steps in row]
    else:
        _record_table(table, outputs, inputs, recorder)
    rule = "jacobian" if len(outputs) > 1 else "gradient"
    return recorder.line(
        rule,
        shown,
        answer,
        before=general,
        between=() if wide else (general,),
        subgoal=STACK,
        facts=_facts(outputs, inputs),
    ).after


def scalars_of(wrt: tuple[Variable, ...]) -> tuple[Expr, ...]:
    """The scalars that the variables are made of: x[1], x[2], ... for a vector.

    Raises: NoRule for a matrix: its entries would need an order of their own.
    """
    found: list[Expr] = []
    for variable in wrt:
        if variable.is_scalar:
            found.append(variable)
        elif not variable.shape.is_column:
            raise NoRule(f"{variable.name}, a matrix", "the components", "use the method differentials")
        else:
            found += [Component(variable, i) for i in range(1, whole(variable.shape.rows) + 1)]
    return tuple(found)


def outputs_of(of: Expr) -> tuple[Output, ...]:
    """The scalar functions that a value is made of, columns first."""
    if of.is_scalar:
        return (Output(of, of),)
    top = _body(of)
    rows, columns = whole(of.shape.rows), whole(of.shape.columns)
    cells = top.rows if isinstance(top, Stack) else entries(of)
    made = []
    for j in range(columns):
        for i in range(rows):
            cell = cells[i][j]
            name = cell if isinstance(cell, Reference) else Component(of, i + 1, j + 1)
            made.append(Output(name, cell))
    return tuple(made)


def _written_out(of: Expr, inputs: tuple[Expr, ...], recorder: Recorder) -> tuple[Output, ...]:
    """The entries of a value that is built of arrays, written out in a step of their own."""
    plain = tuple(tuple(tidy(cell) for cell in row) for row in entries(of))
    cells = tuple(tuple(collected(cell, inputs) for cell in row) for row in plain)
    before, after = (rows[0][0] if of.is_scalar else Stack(rows) for rows in (plain, cells))
    recorder.line("components", of, after, between=_if_short(before), subgoal=WRITE, facts={"of": of})
    if of.is_scalar:
        return (Output(of, after),)
    places = [(i, j) for j in range(len(cells[0])) for i in range(len(cells))]
    return tuple(Output(Component(of, i + 1, j + 1), cells[i][j]) for i, j in places)


def _if_short(*forms: Expr) -> tuple[Expr, ...]:
    return tuple(form for form in forms if count(form) <= LONG_FORM)


def _in_one_line(steps: tuple[Step, ...], recorder: Recorder) -> Step:
    """A partial derivative of an entry that is written out: its terms are plain to see, so one line is enough."""
    whole = merged(steps, recorder.checker)
    rules = (whole.rule, *whole.also)
    if len(steps) == 1:
        return whole
    between = () if set(rules) <= PLAIN else _if_short(*whole.between[-1:])
    return replace(whole, rule="hold-constant", also=rules, between=between)


def _partial(output: Output, variable: Expr, recorder: Recorder) -> list[Step]:
    """The steps of one partial derivative, checked but not yet numbered."""
    operator = Partial(variable)
    left = Unresolved(output.name, (variable,))
    own = Recorder(recorder.checker)
    facts: dict[str, Expr] = {"variable": variable, "of": output.name}
    if not operator.varies(output.body):
        own.line("constant", left, ZERO_NUMBER, subgoal=PARTIAL, facts={**facts, "constant": output.body})
        return own.steps
    if _body(output.body) == variable:
        own.line("variable", left, ONE_NUMBER, subgoal=PARTIAL, facts=facts)
        return own.steps
    line: Expr = Unresolved(output.body, (variable,))
    body = _body(output.body)
    names = named_bodies(body)
    # The first line says once more what is differentiated, unless that is long.
    spelled = (Unresolved(body, (variable,)),) if body != output.name and count(body) <= LONG else ()
    for _ in range(LIMIT):
        step = advance(line, operator)
        if step is None:
            return _shortened(own)
        step = replace(step, after=put_back(step.after, names))
        own.line(
            step.rule, left, step.after, before=line, between=(*spelled, step.raw), subgoal=PARTIAL, also=step.also,
            facts={**step.facts, **facts}, conditions=step.conditions,
        )  # fmt: skip
        line, spelled = step.after, ()
    raise NoRule("so deep an expression", "the partial derivative")


def _shortened(own: Recorder) -> list[Step]:
    """The steps with the last line brought into its shortest form."""
    last = own.steps[-1]
    short = shortest(last.after)
    if short == last.after:
        return own.steps
    own.steps.pop()
    own.line(
        last.rule, last.left, short, before=last.before, between=(*last.between, last.after), subgoal=last.subgoal,
        also=last.also, facts=last.facts, conditions=last.conditions,
    )  # fmt: skip
    return own.steps


def _record_table(
    table: list[list[list[Step]]], outputs: tuple[Output, ...], inputs: tuple[Expr, ...], recorder: Recorder
) -> None:
    """As many steps as a reader wants: every rule, or a line for each partial derivative, or for each row."""
    total = sum(len(steps) for row in table for steps in row)
    # One function in a line and the next in many would be hard to compare: all rows are written in one way.
    by_entry = len(outputs) * len(inputs) <= BY_ENTRY or any(len(steps) > IN_A_ROW for row in table for steps in row)
    for output, row in zip(outputs, table, strict=True):
        if total <= FINE:
            for steps in row:
                _record_all(steps, recorder)
        elif by_entry:
            recorder.steps += [merged(tuple(steps), recorder.checker) for steps in row]
        else:
            _record_row(output, row, inputs, recorder)


def _record_all(steps: list[Step], recorder: Recorder) -> None:
    recorder.steps += steps


def _record_row(output: Output, row: list[list[Step]], inputs: tuple[Expr, ...], recorder: Recorder) -> None:
    """The gradient of one function in one line."""
    finer = tuple(merged(tuple(steps), recorder.checker) for steps in row)
    left = Stack((tuple(step.left for step in finer),))
    after = Stack((tuple(step.after for step in finer),))
    if len(finer) == 1:
        left, after = finer[0].left, finer[0].after  # type: ignore[assignment]  # a single scalar line
    rules = [name for step in finer for name in (step.rule, *step.also)]
    step = recorder.line(
        "hold-constant", left, after, subgoal=ROW, also=tuple(dict.fromkeys(rules)),
        facts={"of": output.name, "body": output.body, "variable": inputs[0]},
        conditions=tuple(dict.fromkeys(c for part in finer for c in part.conditions)),
    )  # fmt: skip
    recorder.steps[-1] = _with_parts(step, finer)


def _with_parts(step: Step, finer: tuple[Step, ...]) -> Step:
    return replace(step, parts=finer)


def _facts(outputs: tuple[Output, ...], inputs: tuple[Expr, ...]) -> dict[str, Expr]:
    return {"of": outputs[0].name, "last": outputs[-1].name, "variable": inputs[0], "end": inputs[-1]}


def _arranged(rows: tuple[tuple[Expr, ...], ...], shown: Expr) -> Expr:
    """One row a function, one column a variable; in the places that the shape of the answer asks for."""
    made = Stack(rows)
    if shown.is_scalar:
        return rows[0][0]
    return made if made.shape == shown.shape else _reshaped(rows, shown)


def _reshaped(rows: tuple[tuple[Expr, ...], ...], shown: Expr) -> Expr:
    """A matrix of functions by one scalar: the entries, columns first, in the shape of the matrix."""
    height = whole(shown.shape.rows)
    flat = [row[0] for row in rows]
    columns = [flat[k : k + height] for k in range(0, len(flat), height)]
    return Stack(tuple(zip(*columns, strict=True)))
