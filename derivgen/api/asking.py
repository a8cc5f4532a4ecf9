"""Asking for a derivative from Python: texts or SymPy's objects become a problem like any other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import field
from os import PathLike
from pathlib import Path
from typing import Any

from derivgen.api.derivation import Derivation, Derivations
from derivgen.api.reading import read_sympy
from derivgen.errors import DerivgenError, Fault
from derivgen.expr.nodes import Variable
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import leaves
from derivgen.printing.text import text
from derivgen.problem.asked import Asked, Given
from derivgen.problem.findings import Findings
from derivgen.problem.problem import MethodName
from derivgen.problem.text import Text, joined, typed
from derivgen.project.work import Wishes, Worked, worked, worked_out
from derivgen.record import record
from derivgen.spec.blanks import rule_of
from derivgen.spec.keys import DETAILS, LAYOUTS
from derivgen.spec.model import free_name, from_texts
from derivgen.spec.settings import Settings, method_of
from derivgen.spec.values import chosen

# What SymPy and its callers may mean by an expression; anything else is refused in words.
Expression = Any


def derive(
    expression: Expression = None,
    wrt: Expression = "",
    *,
    variables: Mapping[str, Any] | None = None,
    functions: Mapping[str, Expression] | None = None,
    of: str = "",
    assume: str | Iterable[str] = (),
    order: int = 1,
    then: Expression = "",
    layout: str = "both",
    method: str = "",
    methods: Iterable[str] = (),
    detail: str = "standard",
    known: str | Iterable[str] = (),
    focus: str | Iterable[str] = (),
    cross_check: bool = False,
) -> Derivation:
    """The derivative of an expression, with checked steps.

    `expression` is a text of derivgen's language or an object of SymPy; without one, the function called
    `of` (or the last one) of `functions` is differentiated. `wrt` is a name, several scalars to be stacked
    (`"x, y"`), `"x twice"` or `"x, then y"`; `order=2` and `then="y"` say the same. `variables` declares
    shapes, as in `{"x": "vector(n)"}`; SymPy's symbols need no declaration. `methods` after the first one
    are further ways, told in `as_dict()`. `known` and `focus` are ids of rules whose steps are folded or
    opened. With `cross_check` SymPy differentiates too and has to agree.

    Raises: DerivgenError for all that is wrong in what was given, and where derivgen knows no rule.
    """
    findings = Findings()
    texts = findings.attempt(_texts, expression, functions or {}, variables or {}, (wrt, then))
    settings = findings.attempt(_settings, layout, ([method] if method else list(methods)), detail, (known, focus))
    if texts is None or settings is None:
        raise DerivgenError(*findings.faults)
    name = _asked_function(texts, of)
    request = Asked(joined(name, " wrt ", typed(texts.wrt, "<wrt>"), *_second(order, texts.then)))
    conditions = _listed(assume)
    given = Given(
        tuple((typed(key, "<variables>"), typed(value, "<variables>")) for key, value in texts.variables.items()),
        texts.functions,
        (request,),
        tuple(typed(_text_of(condition, "a condition"), "<assume>") for condition in conditions),
    )
    loaded = from_texts(texts.functions[-1][1].value, given, settings, findings)
    return _one(worked_out(loaded, _wishes(cross_check=cross_check)), texts.symbols)


def load_spec(path: str | PathLike[str], *, cross_check: bool = False) -> Derivations:
    """The derivations of a spec, in the order of its requests.

    Raises: DerivgenError for everything that is wrong in the spec, with places.
    """
    file = Path(path)
    done = worked(file, file, _wishes(cross_check=cross_check))
    _refuse_faults(done)
    title = "" if done.loaded.spec is None else done.loaded.spec.title.value
    return Derivations(title, tuple(Derivation(done, found) for found in done.derivations))


@record
class _Texts:
    """What was given, as texts; `symbols` are SymPy's own by their names."""

    functions: tuple[tuple[Text, Text], ...]
    variables: Mapping[str, str]
    wrt: str
    then: str
    symbols: Mapping[str, Any] = field(default_factory=dict)


def _texts(
    expression: Expression, functions: Mapping[str, Expression], variables: Mapping[str, Any], asked: tuple[Any, Any]
) -> _Texts:
    bodies = dict(functions)
    if expression is not None:
        bodies[free_name((*functions, *variables))] = expression
    if not bodies:
        raise DerivgenError(Fault("missing-key", "there is nothing to differentiate", 'write derive("x.T @ x", ...)'))
    wrt, then = (tuple(one) if isinstance(one, list | tuple) else (one,) for one in asked)
    objects = [one for one in (*bodies.values(), *variables.values(), *wrt, *then) if not isinstance(one, str)]
    read = read_sympy(objects)
    expressions = dict(zip(map(id, objects), read.exprs, strict=True))

    def written(one: Any) -> str:
        return one if isinstance(one, str) else text(expressions[id(one)])

    declared = {
        name: one if isinstance(one, str) else _declaration(expressions[id(one)].shape)
        for name, one in variables.items()
    }
    found = (leaf for expr in expressions.values() for leaf in leaves(expr) if isinstance(leaf, Variable))
    implied = {leaf.name: _declaration(leaf.shape) for leaf in found if leaf.name not in bodies}
    return _Texts(
        tuple((typed(name, "<functions>"), typed(written(one), "<expression>")) for name, one in bodies.items()),
        {**implied, **declared},
        ", ".join(written(one) for one in wrt),
        ", ".join(written(one) for one in then),
        read.symbols,
    )


def _declaration(shape: Shape) -> str:
    if shape.is_scalar:
        return "scalar"
    return f"vector({shape.rows})" if shape.is_column else f"matrix({shape.rows}, {shape.columns})"


def _asked_function(texts: _Texts, of: str) -> Text:
    names = [name for name, _ in texts.functions]
    return typed(of, "<of>") if of else names[-1]


def _second(order: int, then: str) -> tuple[str | Text, ...]:
    if order not in (1, 2):
        fault = Fault("value", f"derivgen has derivatives of order 1 and 2, not {order}", "write order=2")
        raise DerivgenError(fault)
    if then:
        return (", then ", typed(then, "<then>"))
    return (" twice",) if order == 2 else ()


def _settings(
    layout: str, methods: list[str], detail: str, rules: tuple[str | Iterable[str], str | Iterable[str]]
) -> Settings:
    chosen_methods: tuple[MethodName, ...] = tuple(method_of(typed(one, "<method>")) for one in methods)
    known, focus = (
        tuple(rule_of(typed(_text_of(rule, "the id of a rule"), "<rule>")) for rule in _listed(ids)) for ids in rules
    )
    return Settings(
        layout=chosen(typed(layout, "<layout>"), LAYOUTS, "a layout"),
        methods=chosen_methods,
        detail=chosen(typed(detail, "<detail>"), DETAILS, "a level of detail"),
        known=known,
        focus=focus,
    )


def _listed(texts: str | Iterable[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _text_of(one: object, what: str) -> str:
    if not isinstance(one, str):
        fault = Fault("kind", f"{what} is a text, and this is {one!r}", 'write it in quotes, such as "x > 0"')
        raise DerivgenError(fault)
    return one


def _one(done: Worked, symbols: Mapping[str, Any]) -> Derivation:
    _refuse_faults(done)
    if len(done.derivations) != 1:
        asked = ", ".join(one.request.text for one in done.derivations)
        hint = "ask for one of them; several scalars after wrt are stacked, arrays are not"
        raise DerivgenError(Fault("request", f"this asks for {len(done.derivations)} derivatives: {asked}", hint))
    return Derivation(done, done.derivations[0], symbols)


def _refuse_faults(done: Worked) -> None:
    if done.bugs:
        # A line that fails its check is our fault and not the caller's: it is no DerivgenError.
        raise RuntimeError("\n\n".join(done.bugs))
    if done.faults:
        raise DerivgenError(*done.faults)


def _wishes(*, cross_check: bool) -> Wishes:
    """Who asks from Python can stop by himself, and the limits of his process are his own."""
    return Wishes(cross_check=cross_check, seconds=math.inf)
