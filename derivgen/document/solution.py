"""The solution of one question: the steps to its answer, where it holds, a check by number, and what earns points."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from derivgen.document.begun import WHOLE, Begun, begun_by
from derivgen.document.blocks import Block, Callout, Heading, Paragraph, Table, Text
from derivgen.document.checktable import check_sentences
from derivgen.document.gaps import anchored, worked_steps
from derivgen.document.likely import likely_mistake
from derivgen.document.wording.conditions import conditions_text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.questions import LAYOUT_WORDS, SHEET, points_number
from derivgen.document.wording.telling import said
from derivgen.document.worksheet import Part, Task

# Of the columns of a rubric: the step in words, points.
RUBRIC_WIDTHS = (86, 14)


def solution(task: Task, part: Part) -> tuple[Block, ...]:
    """The solution as it stands among those of its exercise: what an earlier question has shown is not shown again."""
    earlier = tuple(takewhile(lambda one: one.letter != part.letter, task.parts))
    twin = next((one for one in earlier if _asks_the_same(one, part)), None)
    if twin is not None and (part.kind in ("shape", "choice", "number") or _is_worked_the_same(twin, part)):
        return (Paragraph(_as_in(task, twin, part)), *_rubric(task, part))
    begun = begun_by([one.derivation for one in earlier], part.derivation)
    return (*_worked(task, part, begun), *_holding(part), *_checked(task, part), *_rubric(task, part))


def alone(task: Task, part: Part) -> tuple[Block, ...]:
    """The solution with all its steps, for where the other questions of the exercise do not stand beside it."""
    return (*_worked(task, part, WHOLE), *_conditions(part), *_rubric(task, part))


def _asks_the_same(one: Part, other: Part) -> bool:
    first, second = one.derivation.request, other.derivation.request
    return (first.of, first.wrt, first.then, first.order) == (second.of, second.wrt, second.then, second.order)


def _is_worked_the_same(one: Part, other: Part) -> bool:
    return (one.layouts, one.derivation.method) == (other.layouts, other.derivation.method)


def _as_in(task: Task, twin: Part, part: Part) -> Text:
    if twin.layouts[0] == part.layouts[0]:
        return said("The steps are those of question {question}.", question=task.label(twin))
    words = "The steps are those of question {question}; the last line is transposed for {layout}."
    return said(words, question=task.label(twin), layout=LAYOUT_WORDS[part.layouts[0]])


def _worked(task: Task, part: Part, begun: Begun) -> Iterator[Block]:
    label, derivation = task.label(part), part.derivation
    is_scalar = derivation.result("numerator").shape.is_scalar
    words = (SHEET.steps,) if is_scalar else said(LABELS.steps, layout=LAYOUT_WORDS[part.layouts[0]])
    yield Heading(3, words, f"steps-{label}")
    if begun.count:
        found = task.label(task.parts[begun.place])
        yield Paragraph(
            said(
                "Steps 1 to {last} are those of question {question}, which found the gradient.",
                last=str(begun.count),
                question=found,
            )
        )
    yield from anchored(worked_steps(task.problem, derivation, begun), label)


def _holding(part: Part) -> tuple[Block, ...]:
    """Where the answer holds, if it stands in no box that says so."""
    return _conditions(part) if part.kind == "shape" else ()


def _conditions(part: Part) -> tuple[Block, ...]:
    found = part.derivation.conditions
    return (Callout("conditions", LABELS.holds, conditions_text(found)),) if found else ()


def _checked(task: Task, part: Part) -> Iterator[Block]:
    """Numbers at one small point, and the mistake that is likeliest, with what gives it away."""
    found, slip = likely_mistake(task.problem, part.derivation)
    if found:
        yield Paragraph(check_sentences(found, part.derivation), SHEET.check)
    if slip:
        yield Callout("mistake", LABELS.mistake, slip)


def _rubric(task: Task, part: Part) -> Iterator[Block]:
    if part.rubric:
        rows = tuple((earned, (points_number(points),)) for earned, points in part.rubric)
        yield Heading(3, (SHEET.rubric,), f"rubric-{task.label(part)}")
        yield Table(((SHEET.what,), (SHEET.points,)), rows, widths=RUBRIC_WIDTHS)
