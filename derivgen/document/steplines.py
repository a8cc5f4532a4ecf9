"""The steps of a page: each with its displayed line, its reason, and the picture of what it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from derivgen.calculus.layouts import in_denominator, is_derivative, layout_of, turns
from derivgen.calculus.records import Derivation, Step
from derivgen.document.asking import layout_words
from derivgen.document.blocks import Block, Equation, Figure, Heading, Least, Line, OtherLine, StepBlock, Text
from derivgen.document.detail import Kept, adds
from derivgen.document.numbering import step_number
from derivgen.document.pathdrawing import marked_graphs
from derivgen.document.shapeboxes import chain_picture, identification_picture
from derivgen.document.wording.conditions import conditions_text
from derivgen.document.wording.headings import heading
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.names import title_of
from derivgen.document.wording.reasons import why
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Differential, Expr, Product, Transpose, Unresolved
from derivgen.printing.present import present
from derivgen.problem.problem import LayoutName, counterpart


def steps(
    made: Sequence[Kept],
    derivation: Derivation,
    letter: str,
    level: int,
    *,
    anchor: str = "goal",
    has_graph: bool = False,
) -> Iterator[Block]:
    """Steps of every preset under the headings of their subgoals.

    `has_graph` tells that the page has the graph with the numbers of such steps.
    """
    current: Text = ()
    count = 0
    pictures = marked_graphs(derivation, [(*kept.folded, kept.step) for kept in made], letter, has_graph=has_graph)
    for kept, block in zip(made, kept_blocks(made, letter, derivation), strict=True):
        title = heading(kept.step, derivation)
        if title != current:
            current, count = title, count + 1
            yield Heading(level, title, f"{anchor}-{letter}{count}", is_subgoal=True)  # type: ignore[arg-type]  # 3 or 4
        yield block
        yield from (*boxes(kept.step), *pictures.get(kept.step.number, ()))


def kept_blocks(made: Sequence[Kept], letter: str, derivation: Derivation) -> tuple[StepBlock, ...]:
    """Each step with those within it: the ones that are folded away, and the finer ones."""
    blocks = step_blocks(tuple(kept.step for kept in made), letter, derivation)
    return tuple(_kept_block(kept, block, letter, derivation) for kept, block in zip(made, blocks, strict=True))


def _kept_block(kept: Kept, block: StepBlock, letter: str, derivation: Derivation) -> StepBlock:
    least: Least = "brief" if kept.is_key else "standard"
    folded = (replace(one, least="folded") for one in step_blocks(kept.folded, letter, derivation))
    finer = (replace(one, least="detailed") for one in step_blocks(kept.step.parts, letter, derivation))
    return replace(block, least=least, finer=(*folded, *finer), is_open=kept.is_open, adds=adds(kept.step))


def step_blocks(made: Sequence[Step], letter: str, derivation: Derivation) -> tuple[StepBlock, ...]:
    """Each step as the reader sees it, in a layout, and its line in the other one where that stands beside it."""
    others = lines_of(tuple(step.other or step for step in made))
    layout = derivation.layout
    return tuple(
        replace(
            _step_block(step, line, letter, layout_of(step, derivation)),
            other=other_line(step.other, other, layout) if step.other else None,
            name=_named(step, derivation),
        )
        for step, line, other in zip(made, lines_of(made), others, strict=True)
    )


def _named(step: Step, derivation: Derivation) -> Text:
    """The name of the rule, with the layout of the line where the steps around it have the other one."""
    title = title_of(step)
    return (*title, ", ", LABELS.in_numerator) if _is_in_numerator(step, derivation) else title


def _is_in_numerator(step: Step, derivation: Derivation) -> bool:
    """Whether a line has another layout than the steps around it: it leads to a derivative of which all is turned."""
    is_kept = is_derivative(step.left) and not in_denominator(step.left) and not step.left.is_scalar
    return derivation.layout == "denominator" and not turns(derivation.request) and is_kept


def _step_block(step: Step, line: Line, letter: str, layout: LayoutName) -> StepBlock:
    conditions = said("Condition: {conditions}", conditions=conditions_text(step.conditions)) if step.conditions else ()
    return StepBlock(
        step_number(letter, step.number),
        f"step-{letter}{step.number}",
        title_of(step),
        step.rule,
        Equation(line),
        why(step, layout=layout),
        str(step.after.shape),
        conditions,
        step.also,
    )


def other_line(step: Step, line: Line, layout: LayoutName) -> OtherLine:
    """The line of a step that is not in `layout`; of an identification only what is read off: the rest is the same."""
    other = counterpart(layout)
    names = layout_words(layout), layout_words(other)
    return OtherLine(names, Equation(line.implies or line), str(step.after.shape), other)


def boxes(step: Step) -> tuple[Figure, ...]:
    """The factors of an identification or of a chain as boxes to scale, where they are not all numbers."""
    match step:
        case Step(identifies=Product(factors=(*_, Differential() as of))):
            # What multiplies dx is the derivative in numerator layout.
            factor = Transpose(step.left) if in_denominator(step.left) else step.left
            picture = identification_picture(step.facts["changed"], factor, of)
        case Step(identifies=None, between=(Product(factors=factors), *_)) if all(map(_is_derivative, factors)):
            picture = chain_picture(step.left, factors)
        case _:
            picture = None
    return () if picture is None else (picture,)


def _is_derivative(factor: Expr) -> bool:
    match factor:
        case Unresolved() | Transpose(argument=Unresolved()):
            return True
        case _:
            return False


def lines_of(made: Sequence[Step]) -> tuple[Line, ...]:
    """The displayed lines; each knows what it rewrites of the last line with its left side, and what is next."""
    lines = [line_of(step) for step in made]
    last: dict[Expr, int] = {}
    for k, step in enumerate(made):
        earlier = last.get(step.left)
        new = None if earlier is None else _first_new(step, made[earlier].after)
        if earlier is not None and new is not None:
            lines[earlier] = _before(lines[earlier], new)
            lines[k] = replace(lines[k], was=made[earlier].after)
        last[step.left] = k
    return tuple(lines)


def _before(line: Line, new: Expr) -> Line:
    """The line with what the next one makes of its end."""
    if line.implies is not None:
        return replace(line, implies=replace(line.implies, becomes=new))
    return replace(line, becomes=new)


def _first_new(step: Step, was: Expr) -> Expr | None:
    """The first form of a line that is not the end of the line before; an identification rewrites nothing."""
    forms = (*step.between, step.after) if step.identifies is None else ()
    return next((form for form in forms if form != was), None)


def line_of(step: Step) -> Line:
    """The displayed line; shapes stand under what an identification reads, and under a product of Jacobians."""
    if step.identifies is not None:
        return Line(step.facts["changed"], (step.identifies,), step.identifies, implies=Line(step.left, (step.after,)))
    return Line(step.left, _each_once((*step.between, step.after), step.rule), step.facts.get("factors"))


def _each_once(forms: tuple[Expr, ...], rule: str) -> tuple[Expr, ...]:
    """The forms without one that reads as the next does: what is put back brings brackets that no formula shows."""
    if rule != "substitute-back":
        return forms
    return (*(one for one, other in pairwise(forms) if present(one) != present(other)), forms[-1])
