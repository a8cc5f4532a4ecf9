"""Tables of answers: the derivatives of several specs, with a table for each variable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.calculus.records import Derivation
from derivgen.document.asking import functions_used
from derivgen.document.blocks import Inline, Link, Table, Text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import Reference
from derivgen.printing.boxes import Operator, beside
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.widths import width
from derivgen.problem.problem import LayoutName, Problem, Request
from derivgen.record import record

# The summaries of the course by their numbers: each is made from the specs with these slugs.
SUMMARIES: dict[str, tuple[str, ...]] = {
    "T1": ("constant-and-multiple", "power-rule", "sum-and-difference", "product-rule", "chain-rule"),
    "T2": ("sum-of-two-vectors", "difference-of-two-vectors", "product-of-two-vectors", "quotient-of-two-vectors"),
    "T3": ("adding-a-scalar", "multiplying-by-a-scalar"),
    "T4": ("sum-of-the-components", "sum-of-a-scaled-vector", "dot-product-as-a-sum"),
    "T5": ("sine-of-a-square", "sine-of-a-sum", "two-functions-of-one-variable"),
    "T6": ("sine-of-a-square", "four-nested-functions"),
}

# In em: a wider answer needs more room than the title of its page. The columns where one is, by how many have answers.
WIDE = 9.0
WIDTHS = {1: (22, 30, 48), 2: (18, 24, 29, 29)}
LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")


@record
class Answered:
    """A spec whose answers are shown: the title and the address of its page, and its derivations."""

    title: Text
    address: str
    problem: Problem
    derivations: tuple[Derivation, ...]


def answer_tables(answered: Sequence[Answered], notation: Notation) -> tuple[Table, ...]:
    """A table for each variable, in the order in which the variables come first; a row for each derivative."""
    tables: dict[Text, list[tuple[Answered, Derivation]]] = {}
    for one in answered:
        for derivation in one.derivations:
            tables.setdefault(_caption(derivation.request), []).append((one, derivation))
    return tuple(_table(caption, rows, notation) for caption, rows in tables.items())


def _caption(request: Request) -> Text:
    """What the derivatives of a table have in common."""
    opening = LABELS.second_derivatives_by if request.order == 2 else LABELS.derivatives_by
    first = said(opening, variables=joined(request.wrt, ", "))
    return (*first, *(said(LABELS.then_by, variables=joined(request.then, ", ")) if request.then else ()))


def _table(caption: Text, rows: Sequence[tuple[Answered, Derivation]], notation: Notation) -> Table:
    """The answers by one variable; one column where both layouts agree in every row."""
    agree = all(found.result("numerator") == found.result("denominator") for _, found in rows)
    layouts: tuple[Text, ...] = ((LABELS.both,),) if agree else ((LABELS.numerator,), (LABELS.denominator,))
    made = []
    for one, found in rows:
        page = Link((found.request.title,) if found.request.title else one.title, one.address)
        results = (found.result("numerator"),) if agree else (found.result("numerator"), found.result("denominator"))
        made.append(((page,), tuple(_definitions(one.problem, found, notation)), *((each,) for each in results)))
    wide = any(width(present(found.result(name), notation)) > WIDE for _, found in rows for name in LAYOUTS)
    widths = () if not wide else WIDTHS[len(layouts)]
    return Table(((LABELS.page,), (LABELS.function,), *layouts), tuple(made), caption, row_heads=True, widths=widths)


def _definitions(problem: Problem, derivation: Derivation, notation: Notation) -> Iterator[Inline]:
    """The function, and then the intermediates that it uses, the last one first."""
    for k, function in enumerate(reversed(functions_used(problem, (derivation,)))):
        defined = present(function, notation)
        if isinstance(function, Reference):
            defined = beside(defined, Operator("=", "relation"), present(function.body, notation))
        yield from (defined,) if k == 0 else (", ", defined) if k > 1 else said(" with {defined}", defined=defined)
