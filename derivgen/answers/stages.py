"""Lines of a derivation about another derivative than the one asked for: dz = ..., da/dz = ..., z = ... on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivgen.answers.key import Key, key_of
from derivgen.answers.leftsides import Left, named, rates_of
from derivgen.answers.mutants import HELD, with_changed
from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr, Reference, Variable
from derivgen.expr.walk import depends_on
from derivgen.problem.asked import Asked
from derivgen.problem.problem import Request
from derivgen.problem.requests import Known, requests_of
from derivgen.problem.text import typed


def stage(key: Key, left: str) -> Key | None:
    """The key of what a line names on its left, if that is a function or a derivative other than the one asked for."""
    asked = key.request
    first = asked.wrt[0].name if len(asked.wrt) == 1 else ""
    for one in _meant(key, left):
        variable = one.wrt or first
        if one.of not in key.problem.functions or not variable or (one.of == asked.of.name and not one.order):
            continue
        is_asked = (one.of, variable, max(one.order, 1)) == (asked.of.name, first, asked.order)
        if not (is_asked and not asked.then):
            return _key(key, f"{one.of} wrt {variable}{' twice' if one.order == 2 else ''}")
    return None


def _meant(key: Key, left: str) -> Iterator[Left]:
    """What a left side may mean; a function called da is no change of a."""
    if left in key.problem.functions:
        yield Left(left)
        return
    # A gradient on the way to a second derivative need not say of what.
    of = key.request.of.name if key.request.is_second else ""
    yield from (replace(one, of=one.of or of) for one in named(left))


def _key(key: Key, asked: str) -> Key | None:
    known = key.remembered
    name = f"stage {asked}"
    if name not in known:
        known[name] = _made(key, asked)
    return known[name]  # type: ignore[return-value]


def _made(key: Key, asked: str) -> Key | None:
    problem = key.problem
    names = Known(problem.variables, problem.functions, {}, problem.sizes)
    request = requests_of(Asked(typed(asked, "")), names)[0]
    if not isinstance(request, Request):
        return None
    try:
        return key_of(problem, derive(problem, request))
    except (DerivgenError, RecursionError):
        return None


def is_chain(key: Key, side: str) -> bool:
    """Whether a side is the chain rule for what is asked for, in rates alone: dL/da * da/dz * dz/dw, in any order."""
    links = {rate.of: rate.wrt for rate in rates_of(side)}
    asked = key.request
    if len(asked.wrt) > 1 or asked.is_second or len(links) < len(rates_of(side)) or asked.of.name not in links:
        return False
    path = [asked.of.name]
    while path[-1] in links:
        path.append(links.pop(path[-1]))
    return not links and path[-1] == asked.wrt[0].name and _is_the_only_way(key, path)


def _is_the_only_way(key: Key, path: Sequence[str]) -> bool:
    """Whether each function of a path changes with the last of its names through the next of them alone."""
    *functions, _, last = path
    for name, through in zip(functions, path[1:], strict=False):
        function = key.problem.functions.get(name)
        body = function.body if isinstance(function, Reference) else None
        if body is None or depends_on(_held(body, through), last):
            return False
    return True


def _held(body: Expr, name: str) -> Expr:
    def held(node: Expr) -> Expr | None:
        return Variable(HELD, node.shape) if isinstance(node, Reference) and node.name == name else None

    return with_changed(body, held)[0]
