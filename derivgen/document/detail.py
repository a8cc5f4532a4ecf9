"""How much of a derivation is shown: presets hide or open steps, and never renumber them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby

from derivgen.calculus.conditions import added
from derivgen.calculus.records import Step
from derivgen.document.blocks import Block, Equation, Figure, Folded, Heading, LeftColumn, Legend, Line, StepBlock
from derivgen.document.repeats import without_repeats
from derivgen.document.wording.names import titled
from derivgen.expr.nodes import Expr, Product, Sum
from derivgen.expr.walk import nodes_within
from derivgen.printing.text import text
from derivgen.problem.problem import Condition, DetailName, Problem
from derivgen.record import record

NAMING = "introduce-intermediate"
# Their headings are one name, and what they collect is read side by side.
WHOLE = frozenset({"gradient", "jacobian", "hessian", "hold-constant"})


def shown(steps: tuple[Step, ...], problem: Problem) -> tuple[Step, ...]:
    """The steps that a reader of this problem's preset sees, those by known rules left out, those in focus opened.

    `brief` keeps the key steps, the line before an identification and the last line;
    `detailed` opens what was merged.
    """
    return tuple(step for one in kept(steps, problem.known, problem.focus) for step in _seen(one, problem.detail))


def _seen(one: Kept, detail: DetailName) -> tuple[Step, ...]:
    if detail == "brief" and not one.is_key:
        return ()
    if not (one.is_open or detail == "detailed"):
        return (one.step,)
    return (*one.step.parts, *((one.step,) if adds(one.step) else ()))


def is_key(steps: tuple[Step, ...], k: int) -> bool:
    """Whether the shortest way to the answer needs the step at this place, or a name that it gives."""
    step = steps[k]
    if _is_on_the_way(steps, k):
        return True
    later = (other for j, other in enumerate(steps) if j > k and _is_on_the_way(steps, j))
    return step.rule == NAMING and any(step.left in (*nodes_within(o.left), *nodes_within(o.after)) for o in later)


def _is_on_the_way(steps: tuple[Step, ...], k: int) -> bool:
    is_last = k == len(steps) - 1
    before_identification = not is_last and steps[k + 1].identifies is not None
    return is_last or before_identification or steps[k].weight == "key"


def adds(step: Step) -> bool:
    """Whether a step says more than its finer steps: a row does, a single partial derivative does not."""
    if not step.parts:
        return True
    last = step.parts[-1]
    # Within a finer step a function may be a variable: what is printed is what counts.
    return any(text(one) != text(other) for one, other in ((last.left, step.left), (last.after, step.after)))


@record
class Kept:
    """A step with those folded into it, because their rule is known; one in focus is key, and opened."""

    step: Step
    folded: tuple[Step, ...] = ()
    is_key: bool = True
    is_open: bool = False


def kept(steps: tuple[Step, ...], known: Collection[str] = (), focus: Collection[str] = ()) -> tuple[Kept, ...]:
    """The steps, those by known rules within the next one, which takes over their conditions.

    The last step and an identification stay: they hold the answer. A condition is told once, by the first step that
    adds it.
    """
    made: list[Kept] = []
    waiting: list[Step] = []
    told: tuple[Condition, ...] = ()
    for k, step in enumerate(steps):
        rules = {step.rule, *step.also}
        is_open = in_focus(step, focus)
        is_needed = is_open or k == len(steps) - 1 or step.identifies is not None
        if not is_needed and rules <= set(known):
            waiting.append(step)
            continue
        conditions = tuple(dict.fromkeys(c for one in (*waiting, step) for c in one.conditions))
        whole = replace(step, conditions=added(conditions, told), parts=_with_added(step.parts, told))
        told = (*told, *conditions)
        made.append(Kept(whole, tuple(waiting), is_open or is_key(steps, k), is_open))
        waiting = []
    return tuple(one for each in made for one in _apart(each))


def is_crowded(step: Step) -> bool:
    """Whether a step would have more than one idea: three rules and more, and lines that show them one by one.

    The entries of an array have a rule each, but none is built on another; nor are partial derivatives.
    """
    return len(titled(step)) > 2 and bool(step.parts) and step.rule not in WHOLE and not adds(step)


def _apart(one: Kept) -> Iterator[Kept]:
    """The step, or the finer ones of a crowded step in its place; the last of them has its line."""
    if not is_crowded(one.step):
        yield one
        return
    *first, last = one.step.parts
    waiting = one.folded
    for part in first:
        yield Kept(part, waiting, one.is_open, one.is_open)
        waiting = ()
    yield Kept(last, waiting, one.is_key, one.is_open)


def _with_added(parts: tuple[Step, ...], told: tuple[Condition, ...]) -> tuple[Step, ...]:
    made = []
    for part in parts:
        made.append(replace(part, conditions=added(part.conditions, told)))
        told = (*told, *part.conditions)
    return tuple(made)


def in_focus(step: Step, focus: Collection[str]) -> bool:
    """Whether a step or a finer one within it is by one of these rules."""
    return not {step.rule, *step.also, *(part.rule for part in step.parts)}.isdisjoint(focus)


def as_shown(blocks: tuple[Block, ...], detail: DetailName) -> tuple[Block, ...]:
    """The blocks for a reader who cannot switch: what the preset leaves out is gone, what it opens is open."""
    made = tuple(_shown(blocks, detail))
    return tuple(_in_columns(made)) if detail == "brief" else made


def _in_columns(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Neighbouring steps with the left sides that their lines are aligned with."""
    for _, run in groupby(blocks, key=_is_among_steps):
        together = tuple(run)
        lines = (line for block in together if isinstance(block, StepBlock) for line in block.equation.lines[:1])
        lefts = tuple(dict.fromkeys(line.left for line in lines))
        first = next((block for block in together if isinstance(block, StepBlock)), None)
        for block in together:
            column = LeftColumn(lefts, block is first)
            yield replace(block, column=column) if isinstance(block, StepBlock) else block


def _is_among_steps(block: Block) -> bool:
    return isinstance(block, StepBlock) or (isinstance(block, Figure) and block.is_small)


def _shown(blocks: tuple[Block, ...], detail: DetailName) -> Iterator[Block]:
    is_gone = False
    for block in blocks:
        match block:
            case Heading(is_subgoal=True, anchor=anchor) if detail == "brief" and not anchor.startswith("reading"):
                # What is read off the answer stands apart from the lines that lead to it.
                continue
            case Legend() if detail == "brief":
                continue
            case Figure(is_small=True) if is_gone:
                # It stands beside a step, and repeats what its line says.
                continue
            case StepBlock():
                is_gone = detail == "brief" and block.least != "brief"
                yield from () if is_gone else _step(block, detail)
            case Folded(blocks=inner):
                yield replace(block, blocks=as_shown(inner, detail))
            case _:
                yield block


def _step(block: StepBlock, detail: DetailName) -> Iterator[StepBlock]:
    """One step, with the finer ones before it where they are open."""
    shaped = _with_shapes(block) if detail == "detailed" else replace(block, other=None)
    whole = replace(shaped, finer=())
    opened = tuple(part for part in shaped.finer if part.least == "detailed")
    if not opened or not (detail == "detailed" or block.is_open):
        yield _brief(whole) if detail == "brief" else whole
        return
    yield from (_brief(part) if detail == "brief" else part for part in opened)
    if block.adds:
        yield _brief(whole) if detail == "brief" else whole


def _brief(block: StepBlock) -> StepBlock:
    """A line with the name of its rule, and no reasons; what was rewritten may be of a line that is left out."""
    line = block.equation.line
    bare = replace(line, was=None, becomes=None) if isinstance(line, Line) else line
    return replace(block, why=(), shape="", notes=(), equation=Equation(bare))


def _with_shapes(block: StepBlock) -> StepBlock:
    """A step with the shape of each factor below it, in every line that ends in a product of arrays."""
    other = None if block.other is None else replace(block.other, equation=_shaped(block.other.equation))
    finer = tuple(map(_with_shapes, block.finer))
    return replace(block, equation=_shaped(block.equation), other=other, finer=finer)


def _shaped(equation: Equation) -> Equation:
    match equation.line:
        case Line(braced=None, implies=None, rights=(*_, last)) as line if _multiplies_arrays(last):
            return Equation(replace(line, braced=last))
        case _:
            return equation


def _multiplies_arrays(expr: Expr) -> bool:
    match expr:
        case Product(factors=factors):
            return sum(not factor.is_scalar for factor in factors) > 1
        case Sum(terms=terms):
            return any(map(_multiplies_arrays, terms))
        case _:
            return False


def on_screen(blocks: tuple[Block, ...], detail: DetailName) -> tuple[Block, ...]:
    """The blocks for a page whose reader may switch: the steps of every preset, those within others open or closed."""
    if detail != "detailed":
        return without_repeats(blocks)
    return tuple(_opened(block) for block in blocks)


def _opened(block: Block) -> Block:
    match block:
        case StepBlock():
            return replace(_with_shapes(block), is_open=any(part.least == "detailed" for part in block.finer))
        case Folded(blocks=inner):
            return replace(block, blocks=on_screen(inner, "detailed"))
        case _:
            return block
