"""The table of what is given: every symbol of a page with its shape and its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from derivgen.calculus.records import Derivation
from derivgen.document.asking import functions_used
from derivgen.document.blocks import Block, Given, Givens, Heading, Inline, Text
from derivgen.document.symbols import sizes_used, stacked, symbols_used
from derivgen.document.wording import LABELS
from derivgen.expr.nodes import Reference, Stack, Unspecified, Variable
from derivgen.expr.walk import leaves, parts, size_names
from derivgen.problem.problem import Problem


def givens(problem: Problem, derivations: Sequence[Derivation]) -> Iterator[Block]:
    """Every symbol of the page with its shape and its role."""
    rows = (*given_rows(problem, derivations), *symbols_used(derivations, problem.detail))
    yield Heading(2, (LABELS.given,), "given")
    yield givens_table(rows)


def givens_table(rows: Iterable[Given]) -> Givens:
    """The rows, each once, under the heads of their columns."""
    return Givens((LABELS.symbol, LABELS.shape, LABELS.role), tuple(dict.fromkeys(rows)))


def given_rows(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Given, ...]:
    """The variables and functions that the questions use; nothing of their answers."""
    variables = {v.name for d in derivations for v in (*d.request.wrt, *d.request.then)}
    used = [leaf for d in derivations for leaf in leaves(d.request.of)]
    rows = [_given(leaf, variables) for leaf in dict.fromkeys(used) if isinstance(leaf, Variable)]
    rows += [_given(v, variables) for d in derivations for v in d.request.wrt if v not in used]
    rows += [stacked(d.request.wrt) for d in derivations if len(d.request.wrt) > 1]
    needed = functions_used(problem, derivations)
    rows += [_function(f, derivations) for f in needed]
    sizes = [name for d in derivations for name in size_names(d.request.of)]
    return (*dict.fromkeys(rows), *sizes_used(tuple(dict.fromkeys(sizes))))


def _given(leaf: Variable, variables: set[str]) -> Given:
    kind = "scalar" if leaf.is_scalar else "vector" if leaf.shape.is_column else "matrix"
    role = f"{kind}, the variable" if leaf.name in variables and len(variables) == 1 else (
        f"{kind}, a variable" if leaf.name in variables else f"{kind}, constant")  # fmt: skip
    return Given(leaf, str(leaf.shape), (role + (" and symmetric" if leaf.symmetric else ""),))


def _function(function: Reference | Unspecified, derivations: Sequence[Derivation]) -> Given:
    if isinstance(function, Reference):
        role = _role(function, [d.request.of for d in derivations])
        return Given(function, str(function.shape), role, function.body)
    words: list[Inline] = ["any differentiable function of "]
    for k, variable in enumerate(function.of):
        words += [variable] if k == 0 else [", ", variable]
    return Given(function, str(function.shape), tuple(words))


def _role(function: Reference, asked_for: Sequence[Reference | Unspecified]) -> Text:
    kind = "function" if function.is_scalar else "vector of functions" if function.shape.is_column else "matrix"
    if function in asked_for:
        return (f"the {kind}",)
    for whole in asked_for:
        if isinstance(whole, Reference) and isinstance(whole.body, Stack) and function in parts(whole.body):
            return ("a function, entry ", str(parts(whole.body).index(function) + 1), " of ", whole)
    return (f"an intermediate {kind}",)
