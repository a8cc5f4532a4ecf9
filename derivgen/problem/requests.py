"""What a request asks of: names after `wrt` resolved, one request for each derivative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import Expr, Reference, Unspecified, Variable
from derivgen.expr.walk import rebuilt
from derivgen.problem.asked import Asked
from derivgen.problem.problem import Request
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.syntax.declarations import PlacedName
from derivgen.syntax.requests import RequestText, parse_request
from derivgen.syntax.slips import near_misses

Function = Reference | Unspecified

# A request, or the text of one that is lost with the faults that it is lost by.
Outcome = Request | tuple[str, tuple[Fault, ...]]


@record
class Known:
    """What the names in a request may mean; `functions` in the order of the spec."""

    variables: Mapping[str, Variable]
    functions: Mapping[str, Function]
    broken: Mapping[str, tuple[Fault, ...]]
    sizes: tuple[str, ...] = ()


def requests_of(asked: Asked, known: Known) -> tuple[Outcome, ...]:
    """The requests of one line: one, or one for each name if the names are not all scalars."""
    try:
        written = parse_request(asked.text.line_of_code, asked.text.flat_span)
    except DerivgenError as error:
        return ((" ".join(asked.text.value.split()), tuple(asked.text.placed(fault) for fault in error.faults)),)
    if _are_stacked(written, known):
        return (_outcome(written, asked, known),)
    if written.twice or written.then:
        return ((written.text, (_second_by_several(written, asked.text, known),)),)
    single = (RequestText(written.of, (name,)) for name in written.wrt)
    return tuple(_outcome(one, asked, known) for one in single)


def with_names(expr: Expr, meant: Mapping[str, Expr]) -> Expr:
    """The expression in which these names of variables and functions mean something else, also inside functions."""
    seen: dict[Expr, Expr] = {}

    def changed(part: Expr) -> Expr:
        if part not in seen:
            seen[part] = _changed(part)
        return seen[part]

    def _changed(part: Expr) -> Expr:
        match part:
            case Variable(name=name) | Reference(name=name) | Unspecified(name=name) if name in meant:
                return meant[name]
            case Unspecified(name=name, declared=declared, of=of):
                within = tuple(changed(argument) for argument in of)
                return part if within == of else Unspecified(name, declared, within)  # type: ignore[arg-type]  # names stay names
            case Reference(name=name, body=body):
                new = changed(body)
                return part if new is body else Reference(name, new)
            case _:
                return rebuilt(part, changed)

    return changed(expr)


def in_variables(expr: Expr, request: Request) -> Expr:
    """The expression with what they stand for in place of the functions that the request takes as variables."""
    return with_names(expr, {function.name: function for function in request.independent})


def _are_stacked(written: RequestText, known: Known) -> bool:
    """Whether the names stand for one vector. A name that is not known might be a scalar like the others."""
    found = [known.variables.get(name.name) or known.functions.get(name.name) for name in written.wrt]
    return len(found) == 1 or all(expr is None or expr.is_scalar for expr in found)


def _outcome(written: RequestText, asked: Asked, known: Known) -> Outcome:
    try:
        return _request(written, asked, known)
    except DerivgenError as error:
        return written.text, error.faults
    except RecursionError:
        hint = "write some of them out in the ones that use them"
        fault = Fault("limit", "these functions use one another in too long a chain", hint, asked.text.span)
        return written.text, (fault,)


def _request(written: RequestText, asked: Asked, known: Known) -> Request:
    of: Expr = _function(written.of, asked.text, known)
    names = (*written.wrt, written.then) if written.then else written.wrt
    faults: list[Fault] = []
    found: list[Variable] = []
    for name in names:
        try:
            found.append(_variable(name, written.of, asked.text, known))
        except DerivgenError as error:
            faults.extend(error.faults)
    if faults:
        raise DerivgenError(*faults)
    independent = {variable.name: variable for variable in found if variable.name in known.functions}
    of = with_names(of, independent) if independent else of
    assert isinstance(of, Reference | Unspecified)  # noqa: S101  # a function never stands for itself
    wrt, then = tuple(found[: len(written.wrt)]), tuple(found[len(written.wrt) :])
    order: Literal[1, 2] = 2 if written.twice or then else 1
    functions = tuple(known.functions[name] for name in independent)
    return Request(
        written.text, of, wrt, order, then, asked.layout, asked.method, asked.title, asked.text.span, functions
    )


def _function(name: PlacedName, text: Text, known: Known) -> Function:
    if name.name in known.functions:
        return known.functions[name.name]
    if name.name in known.broken:
        raise DerivgenError(*known.broken[name.name])
    place = text.place(name.span)
    if name.name in known.variables:
        hint = f"the functions are {', '.join(known.functions)}" if known.functions else "give it under functions"
        raise DerivgenError(
            Fault("request", f"{name.name} is a variable, and only a function has a derivative here", hint, place)
        )
    near = near_misses(name.name, known.functions)
    hint = f"did you mean {near}?" if near else "give it under functions"
    raise DerivgenError(Fault("name", f"there is no function {name.name}", hint, place))


def _variable(name: PlacedName, of: PlacedName, text: Text, known: Known) -> Variable:
    if name.name in known.variables:
        return known.variables[name.name]
    if name.name in known.broken:
        raise DerivgenError(*known.broken[name.name])
    place = text.place(name.span)
    if name.name in known.functions:
        order = list(known.functions)
        if name.name == of.name:
            raise DerivgenError(
                Fault("request", f"{of.name} stands on both sides of wrt", "name a variable after wrt", place)
            )
        if order.index(name.name) > order.index(of.name):
            hint = f"{name.name} is defined after {of.name}; did you mean {name.name} wrt {of.name}?"
            raise DerivgenError(Fault("request", f"{of.name} does not use {name.name}", hint, place))
        return Variable(name.name, known.functions[name.name].shape)
    if name.name in known.sizes:
        hint = "name a variable after wrt; a size is a whole number and has no derivative"
        raise DerivgenError(Fault("request", f"{name.name} is a size", hint, place))
    near = near_misses(name.name, [*known.variables, *known.functions])
    hint = f"did you mean {near}?" if near else "declare it under variables"
    raise DerivgenError(Fault("name", f"the name {name.name} is not declared", hint, place))


def _second_by_several(written: RequestText, text: Text, known: Known) -> Fault:
    arrays = [name for name in written.wrt if not _is_scalar(name.name, known)]
    what = "twice" if written.twice else "then"
    form = (
        f"{written.of.name} wrt {arrays[0].name} twice"
        if written.twice
        else f"{written.of.name} wrt {arrays[0].name}, then ..."
    )
    message = f"several names with {what} must all be scalars, and {arrays[0].name} is not"
    return Fault("request", message, f"ask for them one by one: {form}", text.place(arrays[0].span))


def _is_scalar(name: str, known: Known) -> bool:
    found = known.variables.get(name) or known.functions.get(name)
    return found is None or found.is_scalar
