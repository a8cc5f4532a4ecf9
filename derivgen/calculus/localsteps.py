"""The derivative of one function by one of the variables that it uses itself, as one step.

The lines are those of the other methods; a reader who wants them finds them as the finer
steps of this one.
"""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.backwards import is_self_named
from derivgen.calculus.components import by_components, suits
from derivgen.calculus.conditions import simplified
from derivgen.calculus.differentials import by_differentials
from derivgen.calculus.localrules import AS_DERIVATIVE, Named, named
from derivgen.calculus.paths import Function, Station, as_variable
from derivgen.calculus.recorder import Recorder, merged
from derivgen.calculus.records import Step
from derivgen.errors import NoRule
from derivgen.expr.nodes import Expr, Reference, Sum, Unresolved, Unspecified, Variable
from derivgen.expr.walk import replaced
from derivgen.problem.problem import Condition

LOCAL = "local"
# Moves that bring dx to the end of a line: no reader of the derivative alone asks for them.
REARRANGED = frozenset(
    {"collect", "hadamard-move", "diag-vector", "scalar-transpose", "scalar-move", "identity-removal"}
)


def symbol_of(station: Station, source: Function | None, wrt: tuple[Variable, ...]) -> Unresolved:
    """The local derivative as a symbol: by a function that is used, or by the variables where `source` is None.

    Raises: NoRule for a function of which nothing is known that changes both directly and through functions.
    """
    if isinstance(station.function, Unspecified):
        if station.directly and station.through:
            raise NoRule(
                f"the unspecified function {station.function.name} of variables and functions", "the chain rule"
            )
        return Unresolved(station.function, wrt if source is None else (source,))
    if source is None:
        return Unresolved(station.opened, wrt, held=tuple(station.through))
    others = (*(wrt if station.directly else ()), *(as_variable(f) for f in station.through if f != source))
    return Unresolved(station.opened, (as_variable(source),), held=others)


def local_step(station: Station, source: Function | None, wrt: tuple[Variable, ...], recorder: Recorder) -> Step:
    """The local derivative with its value, checked; nothing is recorded yet.

    Raises: NoRule where no rule is known.
    """
    symbol = symbol_of(station, source, wrt)
    variables = wrt if source is None else (as_variable(source),)
    own = Recorder(recorder.checker.moving(tuple(variable.name for variable in variables)))
    method = by_components if suits(station.opened, variables) else by_differentials
    method(station.opened, variables, own, shown=symbol)
    plain = Unresolved(symbol.of, symbol.wrt)
    steps = (part for step in own.steps for part in ((step.parts if step.rule == "softmax" else ()) or (step,)))
    finer = tuple(_about(step, plain, symbol) for step in steps)
    return _one(finer, named(station.opened, variables[0]) if len(variables) == 1 else None, symbol, station, recorder)


def _about(step: Step, plain: Expr, symbol: Expr) -> Step:
    """The step under the heading of local derivatives, with the partial derivative marked as one."""
    return replace(step, subgoal=LOCAL, left=symbol) if step.left == plain else replace(step, subgoal=LOCAL)


def _one(finer: tuple[Step, ...], rule: Named | None, symbol: Unresolved, station: Station, recorder: Recorder) -> Step:
    """The finer steps as one: by its rule's own name, or by the names of all."""
    names: dict[Expr, Expr] = {as_variable(f): f for f in station.through}
    after = replaced(finer[-1].after, {**_itself(station), **names})
    conditions = simplified(tuple(_renamed(c, names) for step in finer for c in step.conditions))
    if rule is None and all(step.left == symbol and step.identifies is None for step in finer):
        whole = merged(finer, recorder.checker)
        # Within the lines of a partial derivative u would stand for a variable that does not move with x.
        between, parts = ((), ()) if symbol.held else (whole.between, whole.parts)
        return replace(whole, after=after, before=symbol, conditions=conditions, between=between, parts=parts)
    rule = rule or _from(finer)
    own = Recorder(recorder.checker)
    step = own.line(
        rule.rule, symbol, after, subgoal=LOCAL, also=rule.also, conditions=conditions,
        facts={"of": station.function, "variable": symbol.wrt[0], **rule.facts},
    )  # fmt: skip
    return replace(step, parts=finer if len(finer) > 1 and not symbol.held else ())


def _itself(station: Station) -> dict[Expr, Expr]:
    """The body of a sigmoid or softmax as the function's own name."""
    opened = station.opened
    return {opened.body: station.function} if isinstance(opened, Reference) and is_self_named(opened) else {}


def _from(finer: tuple[Step, ...]) -> Named:
    """The names of the rules of several steps, the first one first; an array of entries goes by its last."""
    if any(step.rule in ("jacobian", "gradient") for step in finer):
        rules = [finer[-1].rule, *(name for step in finer[:-1] for name in (step.rule, *step.also))]
        return Named(rules[0], tuple(dict.fromkeys(rules[1:])), finer[-1].facts)
    told = [step for step in finer if step.identifies is None]
    rules = [_as_derivative(name, step) for step in told or finer for name in (step.rule, *step.also)]
    kept = tuple(name for name in dict.fromkeys(rules) if name != rules[0] and name not in REARRANGED)
    return Named(rules[0], kept, (told or finer)[0].facts)


def _as_derivative(rule: str, step: Step) -> str:
    """What a rule for differentials is called where a derivative is read off at once."""
    inner = step.facts.get("inner")
    if rule == "d-linear" and not isinstance(inner, Sum):
        return "constant-multiple"
    if rule == "d-hadamard" and "constant" in step.facts:
        return "elementwise-binary"
    return AS_DERIVATIVE.get(rule, rule)


def _renamed(condition: Condition, names: dict[Expr, Expr]) -> Condition:
    right = None if condition.right is None else replaced(condition.right, names)
    return Condition(replaced(condition.left, names), condition.relation, right)
