"""The table of what is given: every symbol of a page with its shape and its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from derivgen.calculus.records import Derivation
from derivgen.document.asking import functions_used
from derivgen.document.blocks import Block, Given, Givens, Heading, Phrase, Text
from derivgen.document.symbols import sizes_used, stacked, symbols_used
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import Reference, Stack, Unspecified, Variable
from derivgen.expr.walk import leaves, parts, size_names
from derivgen.problem.problem import Problem


def givens(problem: Problem, derivations: Sequence[Derivation], words: Iterable[Text] = ()) -> Iterator[Block]:
    """Every symbol of the page with its shape and its role, those of its words too."""
    rows = (*given_rows(problem, derivations), *symbols_used(problem, derivations, words))
    yield Heading(2, (LABELS.given,), "given")
    yield givens_table(rows)


def with_roles(table: Block, roles: Mapping[str, Text]) -> Block:
    """The table with an author's words for variables and functions in front of ours."""
    if not isinstance(table, Givens):
        return table
    return replace(table, rows=tuple(_with_role(row, roles) for row in table.rows))


def _with_role(row: Given, roles: Mapping[str, Text]) -> Given:
    match row.symbol:
        case Variable(name=name) | Reference(name=name) | Unspecified(name=name) if name in roles:
            return replace(row, role=said("{role}; {kind}", role=roles[name], kind=row.role))
        case _:
            return row


def givens_table(rows: Iterable[Given]) -> Givens:
    """The rows, each once, under the heads of their columns."""
    return Givens((LABELS.symbol, LABELS.shape, LABELS.role), tuple(dict.fromkeys(rows)))


def given_rows(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Given, ...]:
    """The variables and functions that the questions use; nothing of their answers."""
    variables = {v.name for d in derivations for v in (*d.request.wrt, *d.request.then)}
    used = [leaf for d in derivations for leaf in leaves(d.request.of)]
    used += [v for d in derivations for v in d.request.wrt if v not in used]
    needed = functions_used(problem, derivations)
    # A function may be a variable of another question: its row says both.
    named = {function.name for function in needed}
    rows = [_given(v, variables) for v in dict.fromkeys(used) if isinstance(v, Variable) and v.name not in named]
    rows += [stacked(d.request.wrt) for d in derivations if len(d.request.wrt) > 1]
    rows += [_function(f, derivations, variables) for f in needed]
    shown = [expr for d in derivations for expr in (d.request.of, *d.request.wrt, *d.request.then)]
    sizes = [name for expr in shown for name in size_names(expr)]
    return (*dict.fromkeys(rows), *sizes_used(tuple(dict.fromkeys(sizes))))


def _given(leaf: Variable, variables: set[str]) -> Given:
    kind = _KIND_OF_ARRAY[0 if leaf.is_scalar else 1 if leaf.shape.is_column else 2]
    role = "{kind}, constant"
    if leaf.name in variables:
        role = "{kind}, the variable" if len(variables) == 1 else "{kind}, a variable"
    symmetric = said(" and symmetric") if leaf.symmetric else ()
    return Given(leaf, str(leaf.shape), (*said(role, kind=kind), *symmetric))


_KIND_OF_ARRAY = (Phrase("scalar"), Phrase("vector"), Phrase("matrix"))


def _function(function: Reference | Unspecified, derivations: Sequence[Derivation], variables: set[str]) -> Given:
    if isinstance(function, Reference):
        role = _role(function, [d.request.of for d in derivations])
        if function.name in variables:
            role = said("{role}, also a variable", role=role)
        return Given(function, str(function.shape), role, function.body)
    words = said("any differentiable function of {variables}", variables=joined(function.of, ", "))
    return Given(function, str(function.shape), words)


def _role(function: Reference, asked_for: Sequence[Reference | Unspecified]) -> Text:
    if function in asked_for:
        return _the(function)
    for whole in asked_for:
        if isinstance(whole, Reference) and isinstance(whole.body, Stack) and function in parts(whole.body):
            place = parts(whole.body).index(function) + 1
            return said("a function, entry {place} of {whole}", place=str(place), whole=whole)
    if function.is_scalar:
        return said("an intermediate function")
    return said("an intermediate vector") if function.shape.is_column else said("an intermediate matrix")


def _the(function: Reference) -> Text:
    if function.is_scalar:
        return said("the function")
    return said("the vector of functions") if function.shape.is_column else said("the matrix")
