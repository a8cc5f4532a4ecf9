"""The plan of a page, and the headings of its subgoals: words that would fit the next problem of the kind."""

from __future__ import annotations

from derivgen.calculus.lines import opened
from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Inline, Text
from derivgen.expr.nodes import Component, Differential, Expr, Unspecified
from derivgen.problem.problem import MethodName


def heading(step: Step, derivation: Derivation) -> Text:
    """The subgoal's heading over a step: words that would fit another problem of the kind."""
    facts = step.facts
    variable = facts.get("variable", derivation.request.wrt[0])
    if isinstance(derivation.request.of, Unspecified) and derivation.method != "chain":
        return (
            ("Gradient of one function",)
            if step.subgoal == "row"
            else (f"One {_lines_of(derivation)[:-1]} for each function",)
        )
    match step.subgoal:
        case "partial" if is_single(derivation):
            return ("Break it into simple parts",) if opened(step.after) else ("Differentiate the parts",)
        case "partial" if derivation.request.of.is_scalar:
            return ("Differentiate with respect to ", variable, *_held(variable, derivation))
        case "partial" | "row" if "of" in facts and _few_names(derivation):
            return ("Gradient of ", facts["of"])
        case "partial" | "row":
            return ("Gradient of each function",) if _has_rows(derivation) else ("Differentiate each function",)
        case "write":
            return ("Write out the components",)
        case "array":
            return ("Write the array of partial derivatives",)
        case "stack":
            return (
                (f"Stack the gradients as {_lines_of(derivation)}",)
                if _is_jacobian(derivation)
                else ("Stack the partial derivatives",)
            )
        case "letters":
            return ("Write one entry with indices",) if isinstance(step.left, Component) else ("Write with indices",)
        case "inside":
            return ("Differentiate with respect to ", variable)
        case "deltas":
            return ("Let each delta keep one index",)
        case "entries":
            return ("Put the entries together",)
        case "rewrite":
            return ("Rewrite the function",)
        case "change":
            return ("Write the change",)
        case "gather":
            return ("Gather everything in front of ", Differential(derivation.request.wrt[0]))
        case "identify":
            return ("Read off the derivative",)
        case "local":
            return ("Differentiate each part",)
        case "combine":
            return ("Combine",)
        case "back":
            return ("Answer in the given symbols",)
        case "assumed":
            return ("Use what is assumed",)
        case "read":
            return ("Read it",)
        case "same":
            return ("Bring it to the form of the answer",)
        case "form":
            return ("Write in matrix form",)
        case "second":
            return (
                ("Write the gradient as a column",)
                if derivation.request.of.is_scalar
                else ("Name the first derivative",)
            )
        case _:
            return ("Turn to denominator layout",)


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
        return (" (all other components are held constant)",)
    if not others:
        return ()
    words: list[str | Expr] = [" ("]
    for k, other in enumerate(others):
        words += [other] if k == 0 else [", ", other]
    return (*words, " is held constant)" if len(others) == 1 else " are held constant)")


def plan(derivation: Derivation) -> Text:
    """One sentence whose verbs are the headings of the steps."""
    request = derivation.request
    goals = {step.subgoal for step in derivation.steps}
    if isinstance(request.of, Unspecified) and derivation.method != "chain":
        return (
            ("Write the gradient of one function as a row; put the rows of all functions under one another.",)
            if derivation.layout == "numerator"
            else ("Write the gradient of one function as a column; put the columns of all functions side by side.",)
        )
    if derivation.method == "indices":
        return _indices_plan(derivation, goals)
    if derivation.method == "differentials":
        return _differentials_plan(derivation, goals)
    if derivation.method == "chain":
        return _chain_plan(derivation, goals)
    if is_single(derivation):
        if len(derivation.steps) == 1:
            return ("One rule is enough.",)
        return ("Break the expression into simple parts; differentiate the parts.",)
    if is_second(derivation):
        return ("Find the gradient; write it as a column; differentiate each of its entries once more.",)
    start = "Write out the components; differentiate" if "write" in goals else "Differentiate"
    if request.of.is_scalar and len(request.wrt) > 1:
        words: list[Inline] = [f"{start} with respect to ", request.wrt[0]]
        for other in request.wrt[1:]:
            words += [", then to ", other]
        return (*words, "; stack the results.")
    if request.of.is_scalar:
        return (f"{start} with respect to one component after the other; stack the results.",)
    if len(request.wrt) == 1 and request.wrt[0].is_scalar:
        return (
            f"{start} each function; stack the results in a {'column' if derivation.layout == 'numerator' else 'row'}.",
        )
    if "array" not in goals:
        return (
            f"{'Write out the components; find' if 'write' in goals else 'Find'} the gradient of each function; stack the gradients as {_lines_of(derivation)}.",
        )
    return (
        f"Write the array of partial derivatives; find the gradient of each function; stack the gradients as {_lines_of(derivation)}.",
    )


def _lines_of(derivation: Derivation) -> str:
    """What the gradients of several functions are in the layout of the steps."""
    return "rows" if derivation.layout == "numerator" else "columns"


def second_plan(letter: str) -> Text:
    """The plan of a second derivative whose gradient another part of the page has found."""
    return (f"Take the gradient from part {letter}; write it as a column; differentiate once more.",)


def _differentials_plan(derivation: Derivation, goals: set[str]) -> Text:
    request = derivation.request
    start = "Take the logarithm first; write the change " if "rewrite" in goals else "Write the change "
    words: list[Inline] = [start, Differential(request.of)]
    if "gather" in goals:
        words += ["; gather everything in front of ", Differential(request.wrt[0])]
    words.append("; read the derivative off")
    return (*words, ", then do the same with the gradient." if is_second(derivation) else ".")


def _chain_plan(derivation: Derivation, goals: set[str]) -> Text:
    request = derivation.request
    used = {step.rule for step in derivation.steps}
    words: list[Inline] = ["Differentiate each part; "] if "local" in goals else []
    if used & {"total-derivative", "total-vector-chain"}:
        words += [
            "multiply along each path from " if words else "Multiply along each path from ",
            request.wrt[0],
            " to ",
            request.of,
            " and add up",
        ]
    else:
        words += [
            "multiply along the path from " if words else "Multiply along the path from ",
            request.wrt[0],
            " to ",
            request.of,
        ]
    if used & {"diag-vector", "diag-product"}:
        words.append("; simplify")
    if "back" in goals:
        words.append("; put the given symbols back")
    if "assumed" in goals:
        words.append("; use what is assumed")
    return (*words, ", then differentiate the gradient." if is_second(derivation) else ".")


def _indices_plan(derivation: Derivation, goals: set[str]) -> Text:
    variable = next(step.facts["variable"] for step in derivation.steps if step.subgoal == "inside")
    words: list[Inline] = ["Write with indices; differentiate" if "letters" in goals else "Differentiate"]
    words += [" with respect to ", variable]
    if "deltas" in goals:
        words.append("; let each delta keep one index")
    if "entries" in goals:
        words.append("; put the entries together")
    return (*words, ", then do the same with the gradient." if is_second(derivation) else ".")


def _is_jacobian(derivation: Derivation) -> bool:
    return _has_rows(derivation) and not derivation.request.of.is_scalar


def other_way(method: MethodName) -> tuple[Text, Text]:
    """The heading of a further method, and when to prefer it."""
    match method:
        case "components":
            return ("Another way: by components",), (
                "Prefer it on a first meeting, for small sizes: nothing is hidden.",
            )
        case "differentials":
            return ("Another way: by differentials",), (
                "Prefer it for vectors of any size: the steps do not depend on the size.",
            )
        case "chain":
            return ("Another way: by the chain rule",), (
                "Prefer it to see how a change runs through the functions that have names.",
            )
        case "indices":
            return ("Another way: with indices",), (
                "Prefer it for a proof for all sizes, and when no matrix rule is at hand.",
            )
        case _:
            return (f"Another way: {method}",), ()


def is_second(derivation: Derivation) -> bool:
    """Whether a second derivative is asked for."""
    return derivation.request.order == 2 or bool(derivation.request.then)


def left_out(method: MethodName, what: str) -> Text:
    """That a further method does not reach this derivative."""
    return (f"The method of {method} is left out here: it has no rule for {what}.",)
