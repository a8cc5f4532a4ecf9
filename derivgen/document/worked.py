"""A worked page: the answer first, then what is given, the plan, the steps, and what there is to know of them.

The order is that of a lecture: answer in both layouts, givens with shapes, plan, steps under
subgoals, what the layouts change, the conditions, a check with short numbers, a remark and a
common mistake, other methods and the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derivgen.calculus.illustration import Illustration
from derivgen.calculus.properties import facts
from derivgen.calculus.records import Derivation
from derivgen.document.arrangements import answer, program
from derivgen.document.asking import asked_for, functions_used, layout_words, moving
from derivgen.document.begun import WHOLE, Begun, begun_by
from derivgen.document.blocks import Block, Callout, Figure, Heading, Legend, Paragraph, StepBlock, Text
from derivgen.document.checktable import check, check_source
from derivgen.document.detail import kept
from derivgen.document.given import givens
from derivgen.document.graphdrawing import graph_picture
from derivgen.document.likely import likely_mistake
from derivgen.document.linenotes import with_notes
from derivgen.document.marking import legend
from derivgen.document.numbering import part_letter, part_number, read_as, step_number
from derivgen.document.plots import plot
from derivgen.document.steplines import steps
from derivgen.document.ways import has_ways, other_ways
from derivgen.document.wording.conditions import conditions_text
from derivgen.document.wording.headings import held_by_plan, plan, second_plan
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.layoutnotes import layouts_sentence, shape_view_note
from derivgen.document.wording.notes import remark, symmetric_sentence
from derivgen.document.wording.parttitles import part_title
from derivgen.document.wording.telling import said
from derivgen.document.wording.ways import default_way
from derivgen.problem.problem import Problem
from derivgen.record import record


def worked(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Block, ...]:
    """The blocks of a page that works out `derivations`, in the order of the page, with the steps of every preset."""
    several = len(derivations) > 1
    blocks: list[Block] = [answer(problem, derivations), *givens(problem, derivations), *graph(problem, derivations)]
    once: set[Block] = set()
    steps_told: dict[tuple[object, ...], str] = {}
    checks: list[Checked] = []
    for k, derivation in enumerate(derivations):
        letter = part_letter(k) if several else ""
        checks.append(_checked(problem, derivations[: k + 1], checks))
        held = held_by_plan(derivation, [variable for one in derivations for variable in one.request.wrt])
        part = tuple(_part(problem, derivation, letter, _shared(derivations[:k], derivation), held, checks[k]))
        part = tuple(_with_reason_told(block, steps_told) for block in part)
        # What a page has said once it does not say again.
        blocks += [block for block in part if block not in once]
        once |= {block for block in part if _is_told_once(block)}
    return tuple(blocks)


@record
class Checked:
    """The points of a part's check, its likeliest mistake, and the part before it that has told these points."""

    found: tuple[Illustration, ...]
    slip: Text
    told: str = ""


def _checked(problem: Problem, derivations: Sequence[Derivation], before: Sequence[Checked]) -> Checked:
    """The check of the last derivation, at the point of an earlier one of the same function if that serves."""
    *others, derivation = derivations
    same = [k for k, one in enumerate(others) if one.request.of == derivation.request.of and not before[k].told]
    earlier = before[same[0]].found if same else ()
    found, slip = likely_mistake(problem, derivation, earlier)
    is_told = bool(found and earlier) and found[0].point is earlier[0].point
    return Checked(found, slip, part_number(part_letter(same[0])) if is_told else "")


def _with_reason_told(block: Block, told: dict[tuple[object, ...], str]) -> Block:
    """A step that the page has had before names it, with its reason: on paper it may stand pages back.

    Others are noted in `told`.
    """
    if not isinstance(block, StepBlock) or not block.why:
        return block
    number = told.setdefault((block.rule, block.also, block.equation, block.why), block.number)
    if number == block.number:
        return block
    return replace(block, why=said("As in step {number}: {why}", number=number, why=block.why))


def _is_told_once(block: Block) -> bool:
    return isinstance(block, Legend) or (isinstance(block, Callout) and block.kind in ("remark", "mistake"))


@record
class Shared:
    """What an earlier part of the page has: the first steps of a second derivative, and the graph of the function.

    `letter` says which part has the steps.
    """

    begun: Begun = WHOLE
    letter: str = ""
    has_graph: bool = False


def _shared(earlier: Sequence[Derivation], derivation: Derivation) -> Shared:
    """What earlier parts have of this derivative."""
    begun = begun_by(earlier, derivation)
    has_graph = any(one.request.of == derivation.request.of for one in earlier)
    return Shared(begun, part_letter(begun.place) if begun.count else "", has_graph)


def graph(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Figure, ...]:
    """The picture of how the functions use each other, where there are several."""
    needed = functions_used(problem, derivations)
    if len(needed) < 2:
        return ()
    return (graph_picture(needed, moving(derivations), asked_for(derivations), notation=problem.notation),)


def _part(
    problem: Problem, derivation: Derivation, letter: str, shared: Shared, held: Text, checked: Checked
) -> Iterator[Block]:
    """One derivative: plan, steps, layouts, conditions, check, remark, other ways."""
    suffix = f"-{letter}" if letter else ""
    if letter:
        title = (f"{part_number(letter)}. ", *part_title(derivation.request))
        yield Heading(2, title, f"part{suffix}")
    began = second_plan(part_number(shared.letter)) if shared.begun.count else plan(derivation)
    yield Paragraph((*began, *held), LABELS.plan)
    layout = layout_words(derivation.layout)
    level = 3 if letter else 2
    yield Heading(level, said(LABELS.steps, layout=layout), f"steps{suffix}")  # type: ignore[arg-type]  # 2 or 3
    if shared.begun.count:
        first, last = (step_number(shared.letter, str(k)) for k in (1, shared.begun.count))
        yield Paragraph(said(LABELS.cited, first=first, last=last))
    if has_ways(problem, derivation):
        yield Paragraph(default_way(derivation.method))
    all_steps = kept(derivation.steps, problem.known, problem.focus)
    new = tuple(one for one in all_steps if not shared.begun.has(one.step))
    found = checked.found
    blocks = tuple(steps(new, derivation, letter, level + 1, has_graph=shared.has_graph))
    if problem.detail == "detailed":
        blocks = with_notes(blocks, derivation, letter, found)
    yield from (*legend(blocks), *blocks)
    read = steps(kept(derivation.readings), derivation, letter, level + 1, anchor="reading")
    yield from read_as(read, next(block.number for block in reversed(blocks) if isinstance(block, StepBlock)))
    yield Heading(level, (LABELS.layouts,), f"layouts{suffix}")  # type: ignore[arg-type]  # 2 or 3
    yield Paragraph(layouts_sentence(derivation))
    if words := symmetric_sentence(derivation):
        yield Paragraph(words)
    if problem.view == "shape":
        yield Paragraph(shape_view_note(derivation), LABELS.shape_view)
    label = LABELS.holds if derivation.conditions else LABELS.holds_everywhere
    yield Callout("conditions", label, conditions_text(derivation.conditions))
    yield from check(found, problem, derivation, level, suffix, told=checked.told)
    if picture := plot(derivation, found):
        yield picture
    if words := remark(derivation, facts(problem, derivation)):
        yield Callout("remark", LABELS.remark, words)
    if checked.slip:
        yield Callout("mistake", LABELS.mistake, checked.slip)
    yield from other_ways(problem, derivation, letter)
    yield from check_source(found, derivation)
    yield from program(problem, derivation)
