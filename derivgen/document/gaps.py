"""A derivation with gaps: as students get it, and what belongs into them."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.records import Derivation
from derivgen.document.begun import WHOLE, Begun
from derivgen.document.blocks import Block, Heading, Paragraph, StepBlock, Table, Text
from derivgen.document.detail import as_shown, kept
from derivgen.document.linenotes import with_notes
from derivgen.document.practice import Gap
from derivgen.document.steplines import steps
from derivgen.document.wording.questions import SHEET
from derivgen.document.worksheet import Part
from derivgen.problem.problem import Problem

# Of the columns of what is left out: its step, its line and its reason.
WIDTHS = (8, 46, 46)


def worked_steps(problem: Problem, derivation: Derivation, begun: Begun = WHOLE) -> tuple[Block, ...]:
    """The steps of a derivation in the detail of the sheet, without those that an earlier one has shown."""
    new = [one for one in kept(derivation.steps, problem.known, problem.focus) if not begun.has(one.step)]
    made = tuple(steps(new, derivation, "", 4))
    if problem.detail == "detailed":
        made = with_notes(made, derivation, "")
    return tuple(as_shown(made, problem.detail))


def anchored(blocks: tuple[Block, ...], label: str) -> tuple[Block, ...]:
    """The blocks with places to link to of their own: each question counts its steps from 1."""
    return tuple(
        replace(block, anchor=f"{label}-{block.anchor}") if isinstance(block, Heading | StepBlock) else block
        for block in blocks
    )


def gaps_shown(part: Part, label: str) -> tuple[Block, ...]:
    """The steps with gaps."""
    return () if part.faded is None else anchored(part.faded.blocks, f"gaps-{label}")


def gaps_filled(part: Part) -> tuple[Block, ...]:
    """What belongs into each gap."""
    if part.faded is None:
        return ()
    rows = tuple(((gap.step.number,), _line(gap), (*gap.step.name, ". ", *gap.step.why)) for gap in part.faded.gaps)
    head: tuple[Text, ...] = ((SHEET.step,), (SHEET.line,), (SHEET.reason,))
    table = Table(head, rows, row_heads=True, widths=WIDTHS)
    if not any(line for _, line, _ in rows):
        # Where rules and reasons alone are left out, no line is to be filled in.
        reasons = tuple((number, reason) for number, _, reason in rows)
        table = Table((head[0], head[2]), reasons, row_heads=True, widths=(WIDTHS[0], 100 - WIDTHS[0]))
    return (Paragraph((SHEET.left_out,)), table)


def _line(gap: Gap) -> Text:
    return () if gap.end is None else (gap.step.equation.lines[-1].left, " = ", gap.end)
