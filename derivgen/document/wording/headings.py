"""The plan of a page, and the headings of its subgoals: words that would fit the next problem of the kind."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.calculus.layouts import in_denominator, turns
from derivgen.calculus.lines import opened
from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.telling import joined, listed, said
from derivgen.expr.nodes import Component, Differential, Expr, Unspecified
from derivgen.expr.walk import leaves
from derivgen.problem.problem import MethodName


def heading(step: Step, derivation: Derivation) -> Text:
    """The subgoal's heading over a step: words that would fit another problem of the kind."""
    facts = step.facts
    variable = facts.get("variable", derivation.request.wrt[0])
    if isinstance(derivation.request.of, Unspecified) and derivation.method != "chain":
        if step.subgoal == "row":
            return said("Gradient of one function")
        return said(_by_layout(derivation, "One row for each function", "One column for each function"))
    match step.subgoal:
        case "partial" if is_single(derivation):
            return said("Break it into simple parts") if opened(step.after) else said("Differentiate the parts")
        case "partial" if derivation.request.of.is_scalar:
            return said(
                "Differentiate with respect to {variable}{held}", variable=variable, held=_held(variable, derivation)
            )
        case "partial" | "row" if "of" in facts and _few_names(derivation):
            return said("Gradient of {of}", of=facts["of"])
        case "partial" | "row":
            return said("Gradient of each function") if _has_rows(derivation) else said("Differentiate each function")
        case "write":
            return said("Write out the components")
        case "array":
            return said("Write the array of partial derivatives")
        case "stack":
            return (
                said("Stack the gradients as columns" if in_denominator(step.left) else "Stack the gradients as rows")
                if _is_jacobian(derivation)
                else said("Stack the partial derivatives")
            )
        case "letters":
            return (
                said("Write one entry with indices") if isinstance(step.left, Component) else said("Write with indices")
            )
        case "inside":
            return said("Differentiate with respect to {variable}", variable=variable)
        case "deltas":
            return said("Let each delta keep one index")
        case "entries":
            return said("Put the entries together")
        case "rewrite":
            return said("Rewrite the function")
        case "change":
            return said("Write the change")
        case "gather":
            return said("Gather everything in front of {change}", change=Differential(derivation.request.wrt[0]))
        case "identify":
            return said("Read off the derivative")
        case "local":
            return said("Differentiate each part")
        case "combine":
            return said("Combine")
        case "back":
            return said("Answer in the given symbols")
        case "assumed":
            return said("Use what is assumed")
        case "read":
            return said("Read it")
        case "same":
            return said("Bring it to the form of the answer")
        case "form":
            return said("Write in matrix form")
        case _:
            if derivation.request.of.is_scalar:
                return said("Write the gradient as a column")
            return said("Name the first derivative")


def is_single(derivation: Derivation) -> bool:
    """Whether one scalar function is differentiated by one scalar."""
    request = derivation.request
    return request.of.is_scalar and len(request.wrt) == 1 and request.wrt[0].is_scalar and not request.then


def _few_names(derivation: Derivation) -> bool:
    names = {step.facts["of"] for step in derivation.steps if step.subgoal in ("partial", "row") and "of" in step.facts}
    return len(names) <= 2 and len(derivation.request.wrt) + len(names) > 2


def _has_rows(derivation: Derivation) -> bool:
    """Whether several variables make each function's derivatives a gradient."""
    return not (len(derivation.request.wrt) == 1 and derivation.request.wrt[0].is_scalar)


def _held(variable: Expr, derivation: Derivation) -> Text:
    others = [v for v in derivation.request.wrt if v != variable]
    if isinstance(variable, Component):
        return said(" (all other components are held constant)")
    if not others:
        return ()
    if len(others) == 1:
        return said(" ({other} is held constant)", other=others[0])
    return said(" ({others} are held constant)", others=joined(others, ", "))


def plan(derivation: Derivation) -> Text:
    """One sentence whose verbs are the headings of the steps."""
    request = derivation.request
    goals = {step.subgoal for step in derivation.steps}
    if isinstance(request.of, Unspecified) and derivation.method != "chain":
        return said(
            _by_layout(
                derivation,
                "Write the gradient of one function as a row; put the rows of all functions under one another.",
                "Write the gradient of one function as a column; put the columns of all functions side by side.",
            )
        )
    if derivation.method == "indices":
        return _indices_plan(derivation, goals)
    if derivation.method == "differentials":
        return _differentials_plan(derivation, goals)
    if derivation.method == "chain":
        return _chain_plan(derivation, goals)
    if is_single(derivation):
        if len(derivation.steps) == 1:
            return said("One rule is enough.")
        return said("Break the expression into simple parts; differentiate the parts.")
    if derivation.request.is_second:
        return said("Find the gradient; write it as a column; differentiate each of its entries once more.")
    first = [said("write out the components")] if "write" in goals else []
    if "array" in goals:
        first = [said("write the array of partial derivatives")]
    return _sentence([*first, *_stacking(derivation)])


def _stacking(derivation: Derivation) -> list[Text]:
    """What is differentiated, and how the results are put together."""
    request = derivation.request
    one, *others = request.wrt
    if request.of.is_scalar and others:
        return [
            said("differentiate with respect to {variable}{others}", variable=one, others=_then(others)),
            said("stack the results"),
        ]
    if request.of.is_scalar:
        return [said("differentiate with respect to one component after the other"), said("stack the results")]
    if not others and one.is_scalar:
        stack = _by_layout(derivation, "stack the results in a column", "stack the results in a row")
        return [said("differentiate each function"), said(stack)]
    stack = _by_layout(derivation, "stack the gradients as rows", "stack the gradients as columns")
    return [said("find the gradient of each function"), said(stack)]


def _by_layout(derivation: Derivation, numerator: str, denominator: str) -> str:
    """The template for the layout of the steps, of the first ones where not all have one."""
    return numerator if derivation.layout == "numerator" or not turns(derivation.request) else denominator


def _then(variables: Sequence[Expr]) -> Text:
    return tuple(piece for variable in variables for piece in said(", then to {variable}", variable=variable))


def _sentence(clauses: Sequence[Text], *, again: bool = False) -> Text:
    """The clauses of a plan as one sentence; `again` where a second derivative is found in the same way."""
    if again:
        return said("^{clauses}, then do the same with the gradient.", clauses=joined(clauses, "; "))
    return said("^{clauses}.", clauses=joined(clauses, "; "))


def second_plan(letter: str) -> Text:
    """The plan of a second derivative whose gradient another part of the page has found."""
    return said("Take the gradient from part {letter}; write it as a column; differentiate once more.", letter=letter)


def held_by_plan(derivation: Derivation, others: Sequence[Expr]) -> Text:
    """The sentence on the variables of other parts of the page, which this part holds constant."""
    used = leaves(derivation.request.of)
    held = [other for other in dict.fromkeys(others) if other in used and other not in derivation.request.wrt]
    if not held:
        return ()
    if len(held) == 1:
        return (" ", *said("{name} is held constant.", name=held[0]))
    return (" ", *said("{names} are held constant.", names=listed(held)))


def _differentials_plan(derivation: Derivation, goals: set[str]) -> Text:
    request = derivation.request
    clauses = [said("take the logarithm first")] if "rewrite" in goals else []
    clauses.append(said("write the change {change}", change=Differential(request.of)))
    if "gather" in goals:
        clauses.append(said("gather everything in front of {change}", change=Differential(request.wrt[0])))
    return _sentence([*clauses, said("read the derivative off")], again=derivation.request.is_second)


def _chain_plan(derivation: Derivation, goals: set[str]) -> Text:
    request = derivation.request
    used = {step.rule for step in derivation.steps}
    along = "multiply along the path from {variable} to {of}"
    if used & {"total-derivative", "total-vector-chain"}:
        along = "multiply along each path from {variable} to {of} and add up"
    clauses = [
        *([said("differentiate each part")] if "local" in goals else []),
        said(along, variable=request.wrt[0], of=request.of),
        *([said("simplify")] if used & {"diag-vector", "diag-product"} else []),
        *([said("put the given symbols back")] if "back" in goals else []),
        *([said("use what is assumed")] if "assumed" in goals else []),
    ]
    if derivation.request.is_second:
        return said("^{clauses}, then differentiate the gradient.", clauses=joined(clauses, "; "))
    return _sentence(clauses)


def _indices_plan(derivation: Derivation, goals: set[str]) -> Text:
    variable = next(step.facts["variable"] for step in derivation.steps if step.subgoal == "inside")
    clauses = [
        *([said("write with indices")] if "letters" in goals else []),
        said("differentiate with respect to {variable}", variable=variable),
        *([said("let each delta keep one index")] if "deltas" in goals else []),
        *([said("put the entries together")] if "entries" in goals else []),
    ]
    return _sentence(clauses, again=derivation.request.is_second)


def _is_jacobian(derivation: Derivation) -> bool:
    return _has_rows(derivation) and not derivation.request.of.is_scalar


def left_out(method: MethodName, what: str) -> Text:
    """That a further method does not reach this derivative."""
    return said("The method of {method} is left out here: it has no rule for {what}.", method=Phrase(method), what=what)
