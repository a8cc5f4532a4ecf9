"""Further methods on a page: folded, or open and side by side with the first one where everything is shown."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Block, Equation, Folded, Paragraph, Strong
from derivgen.document.steplines import line_of, step_blocks
from derivgen.document.wording import default_recap, left_out, other_way, title_of, when_to_prefer
from derivgen.problem.problem import DetailName, Problem


def has_ways(problem: Problem, derivation: Derivation) -> bool:
    """Whether the page shows further methods: a reader of `brief` wants one."""
    return bool(derivation.others) and problem.detail != "brief"


def other_ways(problem: Problem, derivation: Derivation, letter: str) -> Iterator[Block]:
    """Each further method with its lines, and what is left out."""
    if has_ways(problem, derivation):
        if problem.detail == "detailed":
            yield _recap(derivation, letter)
        yield from _ways(problem.detail, derivation, letter)
    for method, what in derivation.lacking:
        yield Paragraph(left_out(method, what))


def _ways(detail: DetailName, derivation: Derivation, letter: str) -> Iterator[Folded]:
    # The finer steps are opened in the first way only: the others are there to be compared.
    is_open = detail == "detailed"
    for k, (method, made) in enumerate(derivation.others):
        mark = f"{letter}{'xyz'[k % 3]}"
        inner = step_blocks(made, mark, derivation.layout)
        when = Paragraph(when_to_prefer(method, made[-1]))
        yield Folded(other_way(method), (when, *inner), "open" if is_open else "closed")


def _recap(derivation: Derivation, letter: str) -> Folded:
    """The lines of the first way alone, to be compared with the others."""
    lines: list[Block] = []
    for step in derivation.steps:
        lines += [Paragraph((Strong((f"{letter}{step.number}",)), " ", *title_of(step))), Equation(line_of(step))]
    return Folded(default_recap(derivation.method), tuple(lines), "recap")
