"""What a page is asked: the derivative as a symbol, the layouts to show, the functions on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Phrase
from derivgen.document.wording.labels import LABELS
from derivgen.expr.nodes import Expr, Reference, Unspecified
from derivgen.expr.walk import leaves, parts
from derivgen.printing.notation import Notation
from derivgen.problem.problem import LayoutName, Problem, ViewName


def page_notation(notation: Notation, derivations: Sequence[Derivation]) -> Notation:
    """The notation of a page: d instead of ∂ where one scalar varies and all else is a constant number."""
    moving = {v for d in derivations for v in (*d.request.wrt, *d.request.then)}
    scalars = all(leaf.is_scalar for d in derivations for leaf in leaves(d.request.of))
    return replace(notation, ordinary=len(moving) == 1 and scalars)


def layouts_shown(problem: Problem, derivation: Derivation) -> tuple[LayoutName, ...]:
    """The layouts that were asked for, the first one first."""
    return problem.layouts(derivation.request)


def moving(derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """The names of the variables that derivatives are taken with respect to."""
    return tuple(dict.fromkeys(v.name for d in derivations for v in (*d.request.wrt, *d.request.then)))


def asked_for(derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """The names of the functions whose derivatives are asked for."""
    return tuple(dict.fromkeys(d.request.of.name for d in derivations))


def functions_used(problem: Problem, derivations: Sequence[Derivation]) -> list[Reference | Unspecified]:
    """The functions that are asked for and those within them, in the order of the spec."""
    return functions_within(problem, [d.request.of for d in derivations])


def functions_within(problem: Problem, several: Sequence[Reference | Unspecified]) -> list[Reference | Unspecified]:
    """Functions and those within them, in the order of the spec."""
    names = {name for of in several for name in (of.name, *_names_within(of))}
    return [function for name, function in problem.functions.items() if name in names]


def _names_within(expr: Expr) -> set[str]:
    inner = (expr.body,) if isinstance(expr, Reference) else expr.of if isinstance(expr, Unspecified) else parts(expr)
    found = {part.name for part in inner if isinstance(part, Reference | Unspecified)}
    return found.union(*(_names_within(part) for part in inner))


def layout_words(name: LayoutName | ViewName) -> Phrase:
    """A layout or a view in words."""
    match name:
        case "numerator":
            return LABELS.numerator
        case "denominator":
            return LABELS.denominator
        case "shape":
            return LABELS.shape_convention
    assert_never(name)
