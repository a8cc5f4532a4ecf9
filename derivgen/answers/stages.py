"""Lines of a derivation about another derivative than the one asked for: dz = ..., da/dz = ..., z = ... on the way."""

from __future__ import annotations

import re

from derivgen.answers.key import Key, key_of
from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError
from derivgen.problem.asked import Asked
from derivgen.problem.problem import Request
from derivgen.problem.requests import Known, requests_of
from derivgen.problem.text import typed

# da, d(a), da/dz, ∂a/∂z, or a.
_LEFT = re.compile(r"(?:[d∂]\s*\(?\s*)?(\w+)\s*\)?(?:\s*/\s*[d∂]\s*\(?\s*(\w+?)(?:\.T)?\s*\)?)?")


def stage(key: Key, named: str) -> Key | None:
    """The key of what a line names on its left, if that is a function or a derivative other than the one asked for."""
    asked = key.request
    for of, wrt in _names(key, named):
        if of not in key.problem.functions or (of == asked.of.name and not wrt):
            continue
        variable = wrt or (asked.wrt[0].name if len(asked.wrt) == 1 else "")
        is_asked = (of, variable) == (asked.of.name, asked.wrt[0].name) and len(asked.wrt) == 1
        if variable and not (is_asked and not asked.is_second):
            return _key(key, of, variable)
    return None


def _names(key: Key, named: str) -> list[tuple[str, str]]:
    """The function and the variable that a left side may mean; a function called da is no change of a."""
    if named in key.problem.functions:
        return [(named, "")]
    found = _LEFT.fullmatch(named)
    return [(found[1], found[2] or "")] if found else []


def _key(key: Key, of: str, wrt: str) -> Key | None:
    known = key.remembered
    name = f"stage {of} wrt {wrt}"
    if name not in known:
        known[name] = _made(key, f"{of} wrt {wrt}")
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
