"""The steps of a page: each with its displayed line, its reason, and the picture of what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.calculus.records import Derivation, Step
from derivgen.document.asking import layout_words
from derivgen.document.blocks import Block, Equation, Figure, Heading, Line, OtherLine, StepBlock, Text
from derivgen.document.shapeboxes import identification_picture
from derivgen.document.wording import conditions_text, heading, title_of, why
from derivgen.expr.nodes import Differential, Product
from derivgen.problem.problem import LayoutName


def steps(
    made: Sequence[Step], derivation: Derivation, letter: str, level: int, *, anchor: str = "goal"
) -> Iterator[Block]:
    """Steps under the headings of their subgoals."""
    current: Text = ()
    count = 0
    for step in made:
        title = heading(step, derivation)
        if title != current:
            current, count = title, count + 1
            yield Heading(level, title, f"{anchor}-{letter}{count}", is_subgoal=True)  # type: ignore[arg-type]  # 3 or 4
        yield step_block(step, letter, derivation.layout)
        yield from boxes(step)


def step_block(step: Step, letter: str, layout: LayoutName) -> StepBlock:
    """One step as the reader sees it, in a layout, and its line in the other one where that stands beside it."""
    number = f"{letter}{step.number}"
    conditions = conditions_text(step.conditions) if step.conditions else ()
    return StepBlock(
        number,
        f"step-{number}",
        title_of(step),
        step.rule,
        Equation(line_of(step)),
        why(step),
        str(step.after.shape),
        conditions,
        step.also,
        None if step.other is None else other_line(step.other, layout),
    )


def other_line(step: Step, layout: LayoutName) -> OtherLine:
    """The line of a step that is not in `layout`; of an identification only what is read off: the rest is the same."""
    other: LayoutName = "denominator" if layout == "numerator" else "numerator"
    line = Line(step.left, (step.after,)) if step.identifies is not None else line_of(step)
    return OtherLine((layout_words(layout), layout_words(other)), Equation(line), str(step.after.shape))


def boxes(step: Step) -> tuple[Figure, ...]:
    """The factors of an identification as boxes to scale, where they are not all numbers."""
    match step:
        case Step(identifies=Product(factors=(*_, Differential() as of))):
            picture = identification_picture(step.facts["changed"], step.left, of)
            return () if picture is None else (picture,)
        case _:
            return ()


def line_of(step: Step) -> Line:
    """The displayed line; shapes stand under what an identification reads, and under a product of Jacobians."""
    if step.identifies is not None:
        return Line(step.facts["changed"], (step.identifies,), step.identifies, implies=Line(step.left, (step.after,)))
    return Line(step.left, (*step.between, step.after), step.facts.get("factors"))
