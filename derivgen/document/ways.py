"""Further methods on a page: folded, or open and side by side with the first one where everything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Block, Equation, Folded, Paragraph, StepBlock, Strong
from derivgen.document.detail import kept
from derivgen.document.numbering import step_number
from derivgen.document.steplines import kept_blocks, line_of
from derivgen.document.wording.headings import left_out
from derivgen.document.wording.names import title_of
from derivgen.document.wording.ways import default_recap, other_way, when_to_prefer
from derivgen.problem.problem import Problem


def has_ways(problem: Problem, derivation: Derivation) -> bool:
    """Whether the page shows further methods: a reader of `brief` wants one."""
    return bool(derivation.others) and problem.detail != "brief"


def other_ways(problem: Problem, derivation: Derivation, letter: str) -> Iterator[Block]:
    """Each further method with its lines, and what is left out."""
    if has_ways(problem, derivation):
        if problem.detail == "detailed":
            yield _recap(problem, derivation, letter)
        yield from _ways(problem, derivation, letter)
    for method, what in derivation.lacking:
        yield Paragraph(left_out(method, what))


def _ways(problem: Problem, derivation: Derivation, letter: str) -> Iterator[Folded]:
    is_open = problem.detail == "detailed"
    for k, (method, made) in enumerate(derivation.others):
        mark = f"{letter}{'xyz'[k % 3]}"
        blocks = kept_blocks(kept(made, problem.known, problem.focus), mark, derivation)
        inner = map(_to_compare, blocks)
        when = Paragraph(when_to_prefer(method, made[-1]))
        yield Folded(other_way(method), (when, *inner), "open" if is_open else "closed")


def _to_compare(block: StepBlock) -> StepBlock:
    """A step of a further way: shown in every preset, and opened only where its rule is in focus."""
    finer = tuple(part for part in block.finer if block.is_open or part.least == "folded")
    return replace(block, least="brief", finer=finer)


def _recap(problem: Problem, derivation: Derivation, letter: str) -> Folded:
    """The lines of the first way alone, to be compared with the others."""
    lines: list[Block] = []
    for step in (one.step for one in kept(derivation.steps, problem.known, problem.focus)):
        lines += [
            Paragraph((Strong((step_number(letter, step.number),)), " ", *title_of(step))),
            Equation(line_of(step)),
        ]
    return Folded(default_recap(derivation.method), tuple(lines), "recap")
