"""The method of differentials: write the change, gather it in front of dx, read the derivative off."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.chains import chain
from derivgen.calculus.coefficients import coefficient
from derivgen.calculus.differential import push
from derivgen.calculus.explicit import written_out
from derivgen.calculus.factoring import simplest
from derivgen.calculus.linear import advance as moved
from derivgen.calculus.linear import terms_of
from derivgen.calculus.lines import LINEAR, Advance, advance, opened
from derivgen.calculus.logarithms import logarithms_first
from derivgen.calculus.names import named_bodies, put_back
from derivgen.calculus.operators import Differentials, is_open
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.records import Step
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetrise import symmetrised
from derivgen.errors import NoRule
from derivgen.expr.build import apply, number, row, zeros
from derivgen.expr.nodes import (
    Apply,
    Differential,
    Expr,
    Product,
    Quotient,
    Reference,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.walk import count, nodes_within, replaced

REWRITE, CHANGE, GATHER, IDENTIFY = "rewrite", "change", "gather", "identify"
LIMIT = 60
LONG = 15


def by_differentials(of: Expr, wrt: tuple[Variable, ...], recorder: Recorder, *, shown: Expr) -> Expr:
    """The derivative of `of` in numerator layout; the steps go to the recorder.

    `shown` is the left side of the last line: the derivative of what was asked for.
    Raises: NoRule where no rule is known.
    """
    by_scalar = len(wrt) == 1 and wrt[0].is_scalar
    operator = Differentials(tuple(variable.name for variable in wrt), as_matrix=_reads_a_matrix(of, wrt))
    if not operator.varies(of):
        return recorder.line(
            "d-constant", shown, zeros(shown.shape), subgoal=CHANGE, facts={"constant": of, "variable": wrt[0]}
        ).after
    turns = of.shape.is_row and not of.is_scalar and not by_scalar and all(v.shape.is_column for v in wrt)
    whole = Transpose(of) if turns else of
    line = _pushed(whole, operator, recorder)
    left: Expr = Differential(whole)
    if not (by_scalar or whole.shape.is_column):
        left, line = apply("vec", left), tidy(apply("vec", line))
    line = _gathered(line, wrt, recorder, left=left)
    return _identified(line, wrt, recorder, left=left, shown=shown, names=named_bodies(_named_body(of)))


def _reads_a_matrix(of: Expr, wrt: tuple[Variable, ...]) -> bool:
    """Whether the last line is a matrix times a column: not the trace of a product, and not a number dt."""
    return not any(variable.is_scalar for variable in wrt) and (
        not of.is_scalar or all(variable.shape.is_column for variable in wrt)
    )


def _pushed(of: Expr, operator: Differentials, recorder: Recorder) -> Expr:
    left = Differential(of)
    line: Expr = left
    if not is_open(Differential(_named_body(of))):
        body = tidy(Differential(_named_body(of)))
        recorder.line("identity", left, body, subgoal=CHANGE, facts={"inner": of})
        return body
    body = _opened(_logarithms_first(of, recorder))
    line = Differential(body) if body != _named_body(of) else line
    names = named_bodies(body)
    # The first line says once more what is differentiated, unless that is long.
    spelled: tuple[Expr, ...] = (Differential(body),) if count(body) <= LONG else ()
    before = len(recorder.steps)

    def recorded() -> bool:
        return len(recorder.steps) > before

    for _ in range(LIMIT):
        step, further = advance(line, operator), None
        if step is None:
            return line
        after = put_back(step.after, names)
        rule, also, facts, conditions = step.rule, step.also, step.facts, step.conditions
        dropped = _dropped(step)
        passed: tuple[Expr, ...] = ()
        while step.rule in LINEAR and (further := advance(after, operator)) is not None and further.rule in LINEAR:
            # What goes past a trace and then past factors is shown between the two.
            passed = (after,) if further.rule == "d-linear" and "d-trace" in (rule, *also) else ()
            after = put_back(further.after, names)
            also, conditions = (*also, further.rule, *further.also), (*conditions, *further.conditions)
            dropped += _dropped(further)
        if dropped and further is not None and further.rule == "linear-map" and len(opened(after)) == 1:
            # d(A x - b) = A dx is one step to a reader.
            after = put_back(further.after, names)
            rule, also = further.rule, (rule, *also, *further.also)
            facts = {**further.facts, **{f"added {k}": term for k, term in enumerate(dropped, start=1)}}
        elif len(dropped) > 1:
            facts = {**facts, **{f"added {k}": term for k, term in enumerate(dropped, start=1)}}
        if step.rule in LINEAR and _is_multiple(after):
            # A number in front of d is no step of its own.
            line = after
            continue
        shown = spelled if not recorded() else ()
        made = recorder.line(
            rule,
            left,
            after,
            before=line,
            # Where a determinant cancels, the line is shown before it does.
            between=(*shown, step.raw)
            if step.rule == "d-det" and count(step.raw) > count(after)
            else (*shown, *passed),
            subgoal=CHANGE,
            also=also,
            facts=facts,
            conditions=conditions,
        )
        recorder.steps[-1] = replace(made, parts=_from_shares(made, operator, recorder))
        line = after
    raise NoRule("so deep an expression", "the differential")


def _from_shares(step: Step, operator: Differentials, recorder: Recorder) -> tuple[Step, ...]:
    """The lines from exponentials and their sum to the Jacobian of the softmax of a variable; none for other steps."""
    match step:
        case Step(rule="softmax", facts={"function": softmax, "inner": Variable() as x}) if (
            operator.as_matrix and x.shape.is_column
        ):
            exponentials = apply("exp", x)
            share = Quotient(exponentials, apply("sum", exponentials))
        case _:
            return ()
    own = Recorder(recorder.checker)
    made = push(softmax, operator).expr
    left = step.left if step.after == made else Differential(softmax)
    line: Expr = Differential(share)
    while (further := advance(line, operator)) is not None:
        between = () if own.steps else (Differential(softmax), Differential(share))
        own.line(further.rule, left, further.after, before=line, between=between, subgoal=CHANGE,
                 also=further.also, facts=further.facts, conditions=further.conditions)  # fmt: skip
        line = further.after
    by_entries = push(softmax, replace(operator, as_matrix=False)).expr
    facts = {"inner": softmax, "body": share}
    own.line("substitute-back", left, by_entries, before=line, subgoal=CHANGE, facts=facts)
    line = _gathered(tidy(by_entries), (x,), own, left=left)
    own.line("collect", left, made, before=line, subgoal=GATHER, facts={"variable": x})
    return tuple(own.steps)


def _logarithms_first(of: Expr, recorder: Recorder) -> Expr:
    """The body with the logarithm of a softmax taken, in a step of its own; what is assumed is put in at once."""
    body = _named_body(of)
    found = logarithms_first(body)
    if found is None or not isinstance(of, Reference):
        return body
    taken, spread = found
    known = simplest(replaced(spread, recorder.known))
    facts = {"logarithm": taken, **({"total": next(iter(recorder.known))} if known != spread else {})}
    also = ("assumption",) if known != spread else ()
    return recorder.line("rewrite", of, known, between=(body, taken), subgoal=REWRITE, also=also, facts=facts).after


def _dropped(step: Advance) -> list[Expr]:
    """The constant terms of a sum that a step has left out."""
    return [step.facts["constant"]] if "d-constant" in step.also and "constant" in step.facts else []


def _is_multiple(line: Expr) -> bool:
    """Whether the line is a number times one d(...)."""
    link = chain(line)
    factors = (*link.arrays, *(base for base, _ in link.scalars.powers))
    return len(factors) == 1 and is_open(factors[0]) and factors[0] != line


def _opened(body: Expr) -> Expr:
    """log(det(X)) for logdet(X) of a variable: the page then shows where its rule comes from."""
    match body:
        case Apply(function="logdet", arguments=(Variable() as inner,)):
            return apply("log", apply("det", inner))
        case _:
            return body


def _named_body(of: Expr) -> Expr:
    return _named_body(of.body) if isinstance(of, Reference) else of


def _gathered(line: Expr, wrt: tuple[Variable, ...], recorder: Recorder, *, left: Expr) -> Expr:
    for _ in range(LIMIT):
        moves = moved(line, wrt)
        if not moves:
            return line
        for move in moves:
            if move.expr != line:
                recorder.line(move.rule, left, move.expr, before=line, subgoal=GATHER, facts=move.facts)
            line = move.expr
    raise NoRule("so long a line", "the identification")


def _identified(
    line: Expr, wrt: tuple[Variable, ...], recorder: Recorder, *, left: Expr, shown: Expr, names: dict[Expr, Expr]
) -> Expr:
    """J from J dx, after the terms with one dx have been collected."""
    gathered: dict[Variable, Expr] = {}
    for variable in wrt:
        found = [coefficient(term, variable) for term in terms_of(line)]
        mine = tuple(c for c in found if c is not None)
        gathered[variable] = put_back(simplest(Sum(mine)), names) if mine else zeros(_block(left, variable).shape)
    parts = [_times_change(c, v, left) for v, c in gathered.items() if not _is_nothing(c)]
    collected = _summed(parts, left)
    if collected != line and parts:
        while recorder.steps[-1].rule == "collect" and recorder.steps[-1].left == left:
            line = recorder.steps.pop().before
        # Where no sum is another one afterwards, a number has moved to what stands before dx.
        name = "scalar-move" if _sums(line) == _sums(collected) else "collect"
        recorder.line(name, left, collected, before=line, subgoal=GATHER, facts={"variable": wrt[0]})
    put_in = {v: simplest(replaced(c, recorder.known)) for v, c in gathered.items()} if recorder.known else gathered
    if put_in != gathered:
        gathered, parts = put_in, [_times_change(c, v, left) for v, c in put_in.items() if not _is_nothing(c)]
        before, collected = collected, _summed(parts, left)
        key, known = next(iter(recorder.known.items()))
        facts = {"variable": wrt[0], "inner": key, "value": known}
        recorder.line("assumption", left, collected, before=before, subgoal=GATHER, facts=facts)
    answer = _assembled(tuple(gathered.values()), wrt)
    facts = {"variable": wrt[0], "changed": left}
    rule = _identification(left, wrt)
    also: tuple[str, ...] = ()
    symmetric = symmetrised(answer, left, wrt[0])
    if symmetric != answer:
        rule, also, answer = "symmetric-variable", (rule,), symmetric
    return recorder.line(
        rule, shown, answer, before=collected, also=also, subgoal=IDENTIFY, facts=facts,
        identifies=collected,
    ).after  # fmt: skip


def _sums(line: Expr) -> frozenset[Expr]:
    """The sums within a line."""
    return frozenset(node for node in nodes_within(line) if isinstance(node, Sum))


def _summed(parts: list[Expr], left: Expr) -> Expr:
    return zeros(left.shape) if not parts else parts[0] if len(parts) == 1 else Sum(tuple(parts))


def _is_nothing(expr: Expr) -> bool:
    return expr == zeros(expr.shape)


def _block(left: Expr, variable: Variable) -> Expr:
    return Unresolved(left, (variable,))


def _times_change(coefficient_: Expr, variable: Variable, left: Expr) -> Expr:
    d: Expr = Differential(variable)
    if not variable.shape.is_column:
        if left.is_scalar:
            return tidy(apply("tr", Product((coefficient_, d))))
        d = apply("vec", d)
    made = tidy(Product((coefficient_, d)))
    # Tidying drops an identity in front of dx, and opens nothing else.
    return made if made == d or isinstance(made, Product) else Product((coefficient_, d))


def _identification(left: Expr, wrt: tuple[Variable, ...]) -> str:
    if not wrt[0].shape.is_column:
        return "identify-scalar-matrix" if left.is_scalar else "identify-vec"
    if not left.is_scalar and isinstance(left, Apply):
        return "identify-vec"
    if all(variable.is_scalar for variable in wrt):
        return "identify-scalar"
    return "identify-scalar-vector" if left.is_scalar else "identify-vector-vector"


def _assembled(coefficients: tuple[Expr, ...], wrt: tuple[Variable, ...]) -> Expr:
    """The coefficients of several scalars side by side."""
    if len(wrt) == 1:
        return coefficients[0]
    if all(c.is_scalar for c in coefficients):
        return row(*coefficients)
    blocks = []
    for k, c in enumerate(coefficients):
        blocks.append(Product((c, row(*(number(int(i == k)) for i in range(len(wrt)))))))
    side_by_side = tidy(Sum(tuple(blocks)))
    return written_out(side_by_side) or side_by_side
