"""Tables of answers: the derivatives of several specs, with a table for each variable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Inline, Link, Table, Text
from derivgen.document.wording import LABELS
from derivgen.document.worked import asked, functions_used, page_notation
from derivgen.expr.nodes import Reference
from derivgen.printing.boxes import Operator, beside
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.problem.problem import Problem

# The summaries of the course by their numbers: each is made from the specs with these slugs.
SUMMARIES: dict[str, tuple[str, ...]] = {
    "T1": ("constant-and-multiple", "power-rule", "sum-and-difference", "product-rule", "chain-rule"),
    "T2": ("sum-of-two-vectors", "difference-of-two-vectors", "product-of-two-vectors", "quotient-of-two-vectors"),
    "T3": ("adding-a-scalar", "multiplying-by-a-scalar"),
    "T4": ("sum-of-the-components", "sum-of-a-scaled-vector", "dot-product-as-a-sum"),
    "T5": ("sine-of-a-square", "sine-of-a-sum", "two-functions-of-one-variable"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A spec whose answers are shown: the title and the address of its page, and its derivations."""

    title: Text
    address: str
    problem: Problem
    derivations: tuple[Derivation, ...]


def answer_tables(answered: Sequence[Answered], notation: Notation) -> tuple[Table, ...]:
    """A table for each variable, in the order in which the variables come first; a row for each derivative."""
    rows = [(one, derivation) for one in answered for derivation in one.derivations]
    variables = dict.fromkeys(tuple(v.name for v in derivation.request.wrt) for _, derivation in rows)
    return tuple(
        _table([row for row in rows if tuple(v.name for v in row[1].request.wrt) == names], notation)
        for names in variables
    )


def _table(rows: Sequence[tuple[Answered, Derivation]], notation: Notation) -> Table:
    """The answers by one variable; one column where both layouts agree in every row."""
    agree = all(found.result("numerator") == found.result("denominator") for _, found in rows)
    layouts: tuple[Text, ...] = ((LABELS.both,),) if agree else ((LABELS.numerator,), (LABELS.denominator,))
    made = []
    for one, found in rows:
        page = Link((found.request.title,) if found.request.title else one.title, one.address)
        results = (found.result("numerator"),) if agree else (found.result("numerator"), found.result("denominator"))
        definitions = tuple(_definitions(one.problem, found, notation))
        symbol = present(asked(found), page_notation(notation, one.derivations))
        made.append(((page,), definitions, (symbol,), *((each,) for each in results)))
    return Table(((LABELS.page,), (LABELS.function,), (LABELS.derivative,), *layouts), tuple(made), row_heads=True)


def _definitions(problem: Problem, derivation: Derivation, notation: Notation) -> Iterator[Inline]:
    """The function, and then the intermediates that it uses, the last one first."""
    for k, function in enumerate(reversed(functions_used(problem, (derivation,)))):
        defined = present(function, notation)
        if isinstance(function, Reference):
            defined = beside(defined, Operator("=", "relation"), present(function.body, notation))
        yield from (", ", defined) if k else (defined,)
