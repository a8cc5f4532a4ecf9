"""From a request to a derivation: the method, the steps, both layouts, the conditions."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from derivgen.calculus.arrangement import Arrangement
from derivgen.calculus.chain import by_chain
from derivgen.calculus.checks import Checker, WrongStep
from derivgen.calculus.components import by_components, is_of_entries, suits
from derivgen.calculus.conditions import domain, smooth_domain, stated
from derivgen.calculus.definition import by_definition
from derivgen.calculus.differentials import by_differentials
from derivgen.calculus.factoring import in_order
from derivgen.calculus.indices import by_indices
from derivgen.calculus.layouts import arranged_as
from derivgen.calculus.paths import leads_through
from derivgen.calculus.points import Ground
from derivgen.calculus.readings import readings
from derivgen.calculus.recorder import Recorder
from derivgen.calculus.records import Derivation, Result, Step
from derivgen.calculus.simplify import tidy
from derivgen.calculus.smallsizes import small
from derivgen.calculus.standins import not_checked
from derivgen.calculus.symmetry import spread_transpose, transposed
from derivgen.errors import DerivgenError, Fault, NoRule
from derivgen.expr.build import apply
from derivgen.expr.memory import acyclic
from derivgen.expr.nodes import Expr, Reference, Transpose, Unresolved, Unspecified, Variable
from derivgen.expr.walk import count, inlined, nodes_within, parts, size_names
from derivgen.printing.text import text
from derivgen.problem.problem import Condition, LayoutName, MethodName, Problem, Request

T = TypeVar("T")

# A partial derivative with more nodes than this is no help on a first meeting.
MOST_NODES = 60

SECOND, FORM, SAME = "second", "form", "same"


def derive(problem: Problem, request: Request) -> Derivation:
    """The derivative that `request` asks for, with checked steps.

    Raises: DerivgenError where derivgen knows no way or no admissible point exists;
    WrongStep where a line fails its check, which is a fault of derivgen.
    """
    return _attempted(_derived, problem, request)


def numerator_of(problem: Problem, request: Request) -> Expr:
    """The derivative in numerator layout alone, by checked steps.

    Raises: as `derive`.
    """
    return _attempted(_numerator, problem, request)


def _attempted(work: Callable[[Problem, Request], T], problem: Problem, request: Request) -> T:
    try:
        with acyclic():
            return work(problem, request)
    except (WrongStep, IndexError) as error:
        if not Ground((request.of, *request.wrt, *request.then), ()).large_sizes:
            raise
        raise not_checked(request) from error
    except NoRule as missing:
        raise DerivgenError(
            Fault(
                "no-rule",
                f"derivgen has no rule for {missing.operation} of {missing.what}, so it does not know {request.text}",
                missing.mend,
                request.span,
            )
        ) from missing


def _numerator(problem: Problem, request: Request) -> Expr:
    return _found(problem, request, _checker(problem, request))[2]


def _checker(problem: Problem, request: Request) -> Checker:
    variables = (*request.wrt, *request.then)
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    ground = Ground((request.of, *variables), conditions, tuple(variable.name for variable in variables))
    return Checker.drawn(ground, seed=f"{request.text}: {text(request.body)}")


def _derived(problem: Problem, request: Request) -> Derivation:
    checker = _checker(problem, request)
    method, recorder, numerator = _found(problem, request, checker)
    denominator = numerator if _is_hessian(request) else in_order(tidy(spread_transpose(numerator)))
    found: dict[LayoutName, Expr] = {"numerator": numerator, "denominator": denominator}
    made = tuple(recorder.steps)
    others, lacking = _others(method, problem, request, checker, made[-1], denominator)
    arrange = Arrangement(problem, request, checker)
    steps = arrange.steps(made, denominator)
    return Derivation(
        request,
        method,
        steps,
        tuple(Result(name, found[name]) for name in problem.both),
        _conditions(problem, request, steps),
        readings(steps[-1], recorder.checker),
        others,
        lacking,
        views=_views(problem, request, found),
        layout=arrange.layout,
    )


def _views(problem: Problem, request: Request, found: dict[LayoutName, Expr]) -> tuple[Result, ...]:
    """The answer in the conventions that are asked for beside the layouts."""
    return () if problem.view is None else (Result(problem.view, found[arranged_as(problem.view, request)]),)


def _found(problem: Problem, request: Request, checker: Checker) -> tuple[MethodName, Recorder, Expr]:
    """The method, its lines, and the answer in numerator layout.

    Where several methods are listed, or nobody asked for one, another one is tried if the first knows no rule.
    Raises: NoRule of the first method if none knows the derivative.
    """
    plain = _without_names(request.of, (*request.wrt, *request.then))
    free: tuple[MethodName, ...] = (_chosen(request), plain, "differentials", "components")
    methods: tuple[MethodName, ...] = (request.method,) if request.method else problem.methods or free
    missing: NoRule | None = None
    for method in dict.fromkeys(methods):
        recorder = Recorder(checker, _equalities(problem), names=_names_of(problem))
        try:
            return method, recorder, _answer(request, method, recorder)
        except NoRule as error:
            missing = missing or error
    raise missing or NoRule(request.of.name, "the derivative")


def _equalities(problem: Problem) -> dict[Expr, Expr]:
    """What is assumed to be equal to a number: sum(t) = 1."""
    return {
        tidy(condition.left): condition.right
        for condition in problem.assumptions
        if condition.relation == "=" and condition.right is not None
    }


def _chosen(request: Request) -> MethodName:
    """The method that a lecturer would take."""
    if leads_through(request.of, request.wrt):
        return "chain"
    return _without_names(request.of, (*request.wrt, *request.then))


def _without_names(of: Expr, variables: tuple[Variable, ...]) -> MethodName:
    return "components" if suits(of, variables) or is_of_entries(of, variables) else "differentials"


def _answer(request: Request, method: MethodName, recorder: Recorder) -> Expr:
    shown = Unresolved(request.of, request.wrt)
    checker = recorder.checker
    recorder.checker = checker.moving(tuple(variable.name for variable in request.wrt))
    first = _by(method, request.of, request.wrt, recorder, shown)
    if not request.is_second:
        return first
    column = in_order(tidy(transposed(first))) if request.of.is_scalar else first
    if request.then and request.then[0].is_scalar and not request.wrt[0].is_scalar:
        # An array by two scalars keeps its shape; by an array and a scalar it is the column of the Jacobian.
        column = tidy(apply("vec", column))
    gradient = Reference(_free_name(recorder.names), column)
    turned = Unresolved(request.of, request.wrt)
    recorder.line(
        "introduce-intermediate",
        gradient,
        column,
        subgoal=SECOND,
        also=("transpose-layout",) if request.of.is_scalar and not column.is_scalar else (),
        facts={"of": request.of, "variable": request.wrt[0], "gradient": turned},
    )
    second = request.then or request.wrt
    recorder.checker = checker.moving(tuple(variable.name for variable in second))
    if method == "chain":
        method = _without_names(gradient, second)
    whole = Unresolved(shown, second)
    if column.is_scalar and request.then and not second[0].shape.is_column:
        return _as_row(_by(method, gradient, second, recorder, Unresolved(gradient, second)), whole, recorder)
    return _by(method, gradient, second, recorder, whole)


def _as_row(found: Expr, whole: Unresolved, recorder: Recorder) -> Expr:
    """The derivative by a matrix of a derivative by a scalar, as the one row of 1 x |Y|."""
    row = tidy(Transpose(apply("vec", transposed(found))))
    facts = {"variable": whole.wrt[0], "changed": whole.of}
    return recorder.line("identify-vec", whole, row, before=found, subgoal=SECOND, facts=facts).after


def _free_name(taken: tuple[str, ...]) -> str:
    """A name for the gradient that nothing of the problem has, and whose change dg nothing has either."""
    names = itertools.chain(("g", "h", "q"), (f"g_{number}" for number in itertools.count(1)))
    return next(name for name in names if name not in taken and f"d{name}" not in taken)


def _by(method: MethodName, of: Expr, wrt: tuple[Variable, ...], recorder: Recorder, shown: Expr) -> Expr:
    of_variables = isinstance(of, Unspecified) and all(isinstance(argument, Variable) for argument in of.of)
    if isinstance(of, Unspecified) and of_variables and all(variable in of.of for variable in wrt):
        return by_definition(of, wrt, recorder)
    match method:
        case "components":
            return by_components(of, wrt, recorder, shown=shown)
        case "indices":
            return by_indices(of, wrt, recorder, shown=shown)
        case "differentials":
            return by_differentials(of, wrt, recorder, shown=shown)
        case "chain" if isinstance(of, Reference | Unspecified):
            return by_chain(of, wrt, recorder, shown=shown)
        case _:
            raise NoRule(f"{of.name}" if isinstance(of, Reference) else "this function", f"the method {method}")


def _is_hessian(request: Request) -> bool:
    return request.order == 2 and not request.then and request.of.is_scalar


def _names_of(problem: Problem) -> tuple[str, ...]:
    """Every name of the problem: variables, functions and sizes."""
    named = (*problem.variables.values(), *problem.functions.values())
    sizes = (name for expr in named for name in size_names(expr))
    return (*problem.variables, *problem.functions, *sizes)


def _conditions(problem: Problem, request: Request, steps: tuple[Step, ...]) -> tuple[Condition, ...]:
    """What is assumed, what the function itself needs, and what the rules that were used need."""
    used = [condition for step in steps for condition in step.conditions]
    return stated(request.of, (*domain(request.of), *used), problem.assumptions)


def _others(
    first: MethodName, problem: Problem, request: Request, checker: Checker, last: Step, denominator: Expr
) -> tuple[tuple[tuple[MethodName, tuple[Step, ...]], ...], tuple[tuple[MethodName, str], ...]]:
    """The further methods that were asked for, and what those lack that know no rule.

    Each ends in the line in which the first one ends.
    """
    found: list[tuple[MethodName, tuple[Step, ...]]] = []
    lacking: list[tuple[MethodName, str]] = []
    for method in () if request.method else dict.fromkeys(problem.methods):
        if method == first:
            continue
        try:
            found.append((method, _way(method, problem, request, checker, last, denominator)))
        except NoRule as missing:
            lacking.append((method, f"{missing.operation} of {missing.what}"))
    return tuple(found), tuple(lacking)


def _way(
    method: MethodName, problem: Problem, request: Request, checker: Checker, last: Step, denominator: Expr
) -> tuple[Step, ...]:
    """The lines of a further method; those of components at small sizes where the sizes are letters.

    Raises: NoRule where it knows none.
    """
    conditions = (*problem.assumptions, *smooth_domain(request.of))
    chosen = small(request, conditions) if method == "components" else None
    request, checker = (request, checker) if chosen is None else (chosen.request, chosen.checker)
    recorder = Recorder(checker, _equalities(problem), names=_names_of(problem))
    reached = _answer(request, method, recorder)
    if method == "components" and reached != last.after:
        _keep_short(recorder)
    if reached != last.after:
        recorder.checker = checker
        rule, goal = ("substitute-back", SAME) if _names(reached) - _names(last.after) else ("matrix-form", FORM)
        facts = {"of": request.of, **_first_gone(reached, last.after), **(chosen.facts if chosen else {})}
        recorder.line(rule, last.left, last.after, before=reached, subgoal=goal, facts=facts)
    elif chosen is not None:
        recorder.steps[-1] = _for_all_sizes(recorder.steps[-1], last, checker)
    return Arrangement(problem, request, checker).steps(tuple(recorder.steps), denominator)


def _for_all_sizes(step: Step, last: Step, checker: Checker) -> Step:
    """The line that ends in an answer without sizes, as the line of the default way: about the function of any size."""
    return replace(step, left=last.left, check=checker.check(last.left, *step.between, step.after))


def _keep_short(recorder: Recorder) -> None:
    """Leaves away a long row of entries that are written out: the answer that follows says them all.

    Raises: NoRule where single entries are too long to help.
    """
    if any(
        count(step.after) > MOST_NODES
        for step in recorder.steps
        if isinstance(step.left, Unresolved) and step.left.is_scalar
    ):
        raise NoRule("entries so long", "the partial derivatives")
    if count(recorder.steps[-1].after) > MOST_NODES and len(recorder.steps) > 1:
        recorder.steps.pop()


def _first_gone(before: Expr, after: Expr) -> dict[str, Expr]:
    """A function that is named before and no more after, and what it stands for."""
    left = _names(before) - _names(after)
    gone = next((node for node in nodes_within(before) if isinstance(node, Reference) and node.name in left), None)
    return {} if gone is None else {"inner": gone, "body": inlined(gone)}


def _names(expr: Expr) -> frozenset[str]:
    """The functions that an expression uses by name, in sight."""
    if isinstance(expr, Reference):
        return frozenset({expr.name})
    return frozenset(name for part in parts(expr) for name in _names(part))
