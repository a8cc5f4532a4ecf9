"""A faded copy of a page, for practice: some steps are left out, and the page itself, marked, is the key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import Literal

from derivgen.document.blocks import (
    Answer,
    Block,
    Callout,
    Code,
    Document,
    Equation,
    Figure,
    Folded,
    Heading,
    Legend,
    Paragraph,
    Room,
    StepBlock,
)
from derivgen.document.wording.practice import PRACTICE, left_open
from derivgen.document.wording.telling import said, told_document
from derivgen.expr.nodes import Expr, Transpose, Variable
from derivgen.expr.walk import nodes_within, parts
from derivgen.printing.boxes import Operator, beside
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.problem.blanks import Blank
from derivgen.record import record

Asked = Literal["line", "why", "name"]
Chosen = dict[str, frozenset[Asked]]

EQUALS = Operator("=", "relation")
ROOM: dict[Asked, int] = {"line": 24, "why": 14, "name": 8}  # millimetres
NUMBER = re.compile(r"([a-z]?)([0-9]+[a-z]?(?:\.[0-9])?)")


@record
class Practice:
    """The copy to be filled in, the page with the filled steps marked, and the wishes that no step meets."""

    copy: Document
    key: Document
    unmet: tuple[Blank, ...]


def practice(document: Document, blanks: Sequence[Blank], notation: Notation) -> Practice:
    """The practice copy of a worked page."""
    own = steps_of(document)
    chosen = _chosen(own, blanks, _answers(document))
    unmet = tuple(blank for blank in blanks if not any(_meets(step, blank, own) for step in own))
    kept = tuple(_without_answers(document.blocks, hides=any("line" in asked for asked in chosen.values())))
    paper = tuple(made for block in kept for made in _blanked(block, chosen, notation, on_paper=True))
    screen = tuple(made for block in kept for made in _blanked(block, chosen, notation, on_paper=False))
    copy = Document(
        said(PRACTICE.title, title=document.title),
        f"{document.slug}.practice",
        document.language,
        PRACTICE.about,
        paper,
        on_screen=screen,
    )
    about = Paragraph((PRACTICE.about,))
    copy = told_document(replace(copy, blocks=(about, *paper), on_screen=(about, *screen)))
    return Practice(copy, told_document(_marked(document, chosen)), unmet)


@record
class Gap:
    """A step of which something is asked; `end` is the right side of its line where that is left out."""

    step: StepBlock
    end: Expr | None


@record
class FadedSteps:
    """The steps of a derivation with gaps, the gaps, and the wishes that no step meets."""

    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]
    unmet: tuple[Blank, ...]


def faded(blocks: Sequence[Block], blanks: Sequence[Blank], answer: tuple[Expr, ...], notation: Notation) -> FadedSteps:
    """The steps with what is asked left out, for paper; `answer` is that of the derivation in both layouts."""
    own = tuple(block for block in blocks if isinstance(block, StepBlock))
    chosen = _chosen(own, blanks, (answer,))
    hides = any("line" in asked for asked in chosen.values())
    kept = _without_answers(blocks, hides=hides)
    return FadedSteps(
        tuple(made for block in kept for made in _blanked(block, chosen, notation, on_paper=True)),
        tuple(
            Gap(step, _end(step) if "line" in chosen[step.anchor] else None) for step in own if step.anchor in chosen
        ),
        tuple(blank for blank in blanks if not any(_meets(step, blank, own) for step in own)),
    )


def steps_of(document: Document) -> tuple[StepBlock, ...]:
    """The steps of a page that lead to its answers, without its readings and other ways."""
    return tuple(block for block in _without_readings(document.blocks) if isinstance(block, StepBlock))


def _answers(document: Document) -> tuple[tuple[Expr, ...], ...]:
    """Each answer in all its layouts."""
    tables = (block for block in document.blocks if isinstance(block, Answer))
    return tuple(tuple(cell.expr for cell in row.cells) for table in tables for row in table.rows)


def _chosen(own: Sequence[StepBlock], blanks: Sequence[Blank], answers: tuple[tuple[Expr, ...], ...]) -> Chosen:
    """What is asked of each step, by its anchor; a later line that repeats what is left out is left out too."""
    asked: dict[str, set[Asked]] = {}
    hidden: list[Expr] = []
    for step in own:
        wishes = {_what(blank) for blank in blanks if _meets(step, blank, own)}
        if any(_shows(step, one) for one in hidden):
            wishes.add("line")
        if "line" in wishes and (end := _end(step)) is not None:
            same = (one for forms in answers if end in forms for one in forms)
            hidden += filter(_tells, (end, *same))
        if wishes:
            asked[step.anchor] = wishes
    return {anchor: frozenset(wishes) for anchor, wishes in asked.items()}


def _what(blank: Blank) -> Asked:
    return blank.kind if blank.kind in ("why", "name") else "line"


def _meets(step: StepBlock, blank: Blank, own: Sequence[StepBlock]) -> bool:
    letter, number = _numbered(step)
    match blank.kind:
        case "rule":
            return blank.value in (step.rule, *step.also)
        case "step":
            # Where step 2 is opened into 2a, 2b and 2c, 2 means them all.
            whole = number.rstrip(ascii_lowercase)
            return blank.value in (step.number, f"{letter}{number}", number, f"{letter}{whole}", whole)
        case "last":
            part = [one for one in own if _numbered(one)[0] == letter]
            return step in part[-int(blank.value) :]
        case "why" | "name":
            return True


def _numbered(step: StepBlock) -> tuple[str, str]:
    name = step.anchor.removeprefix("step-")
    hit = NUMBER.fullmatch(name)
    return (hit[1], hit[2]) if hit else ("", name)


def _end(step: StepBlock) -> Expr | None:
    lines = step.equation.lines
    return lines[-1].rights[-1] if lines else None


def _tells(expr: Expr) -> bool:
    """Whether an expression is more than a symbol, which stands everywhere."""
    return bool(parts(expr)) and not (isinstance(expr, Transpose) and isinstance(expr.argument, Variable))


def _shows(step: StepBlock, hidden: Expr) -> bool:
    forms = (form for line in step.equation.lines for form in (line.left, *line.rights))
    return any(node == hidden for form in forms for node in nodes_within(form))


def _without_readings(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without what a page reads off its answers and says of their layouts, which repeats them."""
    is_left_out = False
    for block in blocks:
        if isinstance(block, Heading):
            is_left_out = block.anchor.startswith(("reading", "layouts"))
        elif isinstance(block, Callout):
            is_left_out = False
        if not is_left_out:
            yield block


def _without_answers(blocks: Sequence[Block], *, hides: bool) -> Iterator[Block]:
    """The blocks that give nothing away; where no line is left out, answers and layouts may stay."""
    has_begun = False
    for block in _without_readings(blocks) if hides else blocks:
        has_begun = has_begun or isinstance(block, StepBlock)
        match block:
            case Answer() if hides:
                continue
            case Folded() | Code() | Callout(kind="remark" | "mistake" | "note"):
                continue
            case Figure() if has_begun and hides:
                continue
            case StepBlock() if hides:
                yield _without_notes(block)
            case _:
                yield block


def _without_notes(block: StepBlock) -> StepBlock:
    # What the letters of a rule stand for may be a part of the line before, which is left out.
    return replace(block, notes=(), finer=tuple(map(_without_notes, block.finer)))


def _blanked(block: Block, chosen: Chosen, notation: Notation, *, on_paper: bool) -> Iterator[Block]:
    """A step with what is asked left out, then room for it; on the screen also what was left out, closed."""
    asked = chosen.get(block.anchor) if isinstance(block, StepBlock) else None
    if not isinstance(block, StepBlock) or asked is None:
        yield block
        return
    yield _open(block, asked, notation)
    yield Room(max(ROOM[one] for one in asked))
    if on_paper:
        return
    summary = PRACTICE.show if "line" in asked else PRACTICE.show_why if "why" in asked else PRACTICE.show_name
    inner: tuple[Block, ...] = (Paragraph(block.name),) if "name" in asked else ()
    if "line" in asked:
        inner = (*inner, Equation(block.equation.line))
    if asked & {"line", "why"} and block.why:
        inner = (*inner, Paragraph(block.why))
    yield Folded((summary,), inner, "answer")


def _open(block: StepBlock, asked: frozenset[Asked], notation: Notation) -> StepBlock:
    # The rule in general would name it, and the value of a line would give it away.
    made = replace(block, finer=(), other=None, notes=())
    if "name" in asked:
        made = replace(made, name=(PRACTICE.name,))
    if "line" in asked:
        lines = block.equation.lines
        line = beside(present(lines[-1].left, notation), EQUALS) if lines else EQUALS
        return replace(made, equation=Equation(line), why=(PRACTICE.line,), conditions=())
    return replace(made, why=(PRACTICE.why,)) if "why" in asked else made


def _marked(document: Document, chosen: Chosen) -> Document:
    """The page with one line at the head of its steps that says which of them the practice copy leaves out."""
    own = [step for step in steps_of(document) if step.anchor in chosen]
    is_all = len(own) == len(steps_of(document))
    note = Legend(left_open([] if is_all else [step.number for step in own]))

    def mark(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        first = next((k for k, block in enumerate(blocks) if isinstance(block, Legend | StepBlock)), len(blocks))
        # The heading of a subgoal belongs to its first step.
        first -= first > 0 and isinstance(before := blocks[first - 1], Heading) and before.is_subgoal
        return (*blocks[:first], note, *blocks[first:])

    return replace(document, blocks=mark(document.blocks), on_screen=mark(document.on_screen))
